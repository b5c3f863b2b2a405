//! Payers' messages as answers for the ledger.

use chrono::NaiveDateTime;

use crate::ledger::{Determination, Outcome, Request};
use crate::time::Instant;
use crate::x12::{self, FollowUp, Reason, Response, Resubmission, Verdict, verdict};

use super::determine::differs;
use super::doubt::{self, Question};
use super::granted::Granted;

/// The word by which policies and histories know that a payer could not decide yet, and the request is sent again.
pub const PROCESSING_DELAY: &str = "PROCESSING_DELAY";

/// What a response says of what was asked, before the policy says when to do something about it. Without a question nobody
/// knows whom it is for.
///
/// What does not fit the question, or cannot be put in the ledger's terms, is unclear: a person has to look, and nothing is
/// granted meanwhile.
pub(super) fn determination(response: &Response, question: Option<&Question<'_>>) -> Determination {
    let verdict = verdict(response);
    let Some(question) = question else { return plain(response, &verdict) };
    let mut doubts = doubt::parties(response, question);
    let is_ours = doubts.is_empty();
    let mut determination = plain(response, &verdict);
    if let Some(at) = response.at.filter(|at| issued(*at).is_some_and(|issued| doubt::is_early(issued, question.at))) {
        doubts.push(format!("it is dated {}, more than a day ahead (BHT04)", at.format("%Y-%m-%d %H:%M")));
        determination.issued = None;
    }
    doubts.extend(doubt::unknown_actions(response));
    if verdict.outcome.approves() {
        match Granted::read(&verdict, question) {
            Ok(granted) => grant(&mut determination, granted, &verdict, question.request, &mut doubts),
            Err(more) => doubts.extend(more),
        }
    }
    if doubts.is_empty() { determination } else { unclear(determination, doubts, is_ours) }
}

/// What a response says, but for what it grants.
fn plain(response: &Response, verdict: &Verdict) -> Determination {
    let mut reasons: Vec<String> = verdict.reasons.iter().map(reason).collect();
    let (outcome, correctable) = match verdict.outcome {
        x12::Outcome::Approved | x12::Outcome::Modified => (Outcome::Approved, false),
        x12::Outcome::Denied => (Outcome::Denied, false),
        x12::Outcome::Pended => (Outcome::Pended, false),
        x12::Outcome::CallPayer => (Outcome::CallPayer, false),
        x12::Outcome::Cancelled => (Outcome::Cancelled, false),
        x12::Outcome::NotRequired => (Outcome::NotRequired, false),
        x12::Outcome::Unclear => (Outcome::Unclear, false),
        x12::Outcome::Rejected(Resubmission::Corrected) => (Outcome::Rejected, true),
        x12::Outcome::Rejected(Resubmission::Unchanged | Resubmission::Wait) => {
            reasons.insert(0, PROCESSING_DELAY.to_owned());
            (Outcome::Rejected, false)
        }
        x12::Outcome::Rejected(Resubmission::Never) => (Outcome::Rejected, false),
    };
    let mut determination = Determination::new(outcome);
    determination.correctable = correctable;
    determination.reasons = reasons;
    determination.number.clone_from(&verdict.number);
    determination.review = response.event.as_ref().and_then(|event| event.review.clone());
    determination.issued = response.at.and_then(issued);
    determination
}

/// Puts what is granted into an answer, and says whether that is what was asked for.
fn grant(
    determination: &mut Determination,
    granted: Granted,
    verdict: &Verdict,
    request: &Request,
    doubts: &mut Vec<String>,
) {
    let Granted { number, units, first_day, last_day, codes } = granted;
    determination.number = number;
    determination.units = units;
    (determination.first_day, determination.last_day) = (first_day, last_day);
    determination.codes = codes;
    let differs = differs(determination, request);
    let is_cut = verdict.outcome == x12::Outcome::Modified;
    if is_cut && !differs && units.is_none() {
        doubts.push("it approves part of what was asked, and does not say what".to_owned());
    }
    if !is_cut && differs {
        determination.reasons.push("approved in full (A1), with other figures than were asked for".to_owned());
    }
    determination.modified = is_cut || differs;
}

/// An answer that a person has to look at. It leaves nothing behind but its reasons: a number among them, lest the ledger
/// takes it for that of the authorization.
fn unclear(read: Determination, mut reasons: Vec<String>, is_ours: bool) -> Determination {
    reasons.extend(read.number.map(|number| format!("HCR02 {number}")));
    reasons.extend(read.reasons);
    Determination {
        reasons,
        issued: read.issued,
        review: read.review.filter(|_| is_ours),
        ..Determination::new(Outcome::Unclear)
    }
}

/// When a response was made. Payers write their local time without saying whose; it only orders a payer's own answers.
fn issued(at: NaiveDateTime) -> Option<Instant> {
    Instant::from_unix(at.and_utc().timestamp())
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Decided(code) => format!("HCR03 {code}"),
        Reason::Rejected(rejection) => {
            let next = match &rejection.follow_up {
                FollowUp::Correct => "correct and send again",
                FollowUp::Never => "do not send again",
                FollowUp::SendOriginal | FollowUp::MaySendAgain => "send again",
                FollowUp::ThirdPartyAsked | FollowUp::PayerWillAnswer => "wait for the answer",
                FollowUp::AfterThirtyDays => "send again after 30 days",
                FollowUp::AfterTenDays => "send again after 10 days",
                FollowUp::Unknown(code) => code,
            };
            format!("AAA03 {}: {next}", rejection.reason)
        }
    }
}
