//! Payers' messages as answers for the ledger.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::ledger::{Codes, Determination, Outcome, Units};
use crate::time::Instant;
use crate::x12::{self, DateKind, Dated, FollowUp, Reason, Response, Resubmission, Ruling, Verdict, verdict};

/// The word by which policies and histories know that a payer could not decide yet, and the request is sent again.
pub const PROCESSING_DELAY: &str = "PROCESSING_DELAY";

/// What a response says of a request, before the policy says when to do something about it.
pub(super) fn determination(response: &Response) -> Determination {
    let verdict = verdict(response);
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
    if verdict.outcome.approves() {
        determination.modified = verdict.outcome == x12::Outcome::Modified;
        let (first_day, last_day) = period(&verdict);
        (determination.first_day, determination.last_day) = (first_day, last_day);
        determination.units = units(&verdict);
        determination.codes = codes(&verdict);
    }
    determination
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

/// The lines that are approved; where there are none, what is said of the event.
fn approved(verdict: &Verdict) -> Vec<&Ruling> {
    let lines: Vec<&Ruling> = verdict.lines.iter().filter(|line| line.outcome.approves()).collect();
    if lines.is_empty() { verdict.event.iter().collect() } else { lines }
}

/// The units of all that is approved; nothing if some of it says none, for then they are those asked for.
fn units(verdict: &Verdict) -> Option<Units> {
    let of = |ruling: &Ruling| Some(ruling.review.units.as_ref()?.amount);
    let lines: Option<Vec<Decimal>> = approved(verdict).into_iter().map(of).collect();
    // the event's own units are of the whole
    let event = verdict.event.as_ref().filter(|event| event.own && event.outcome.approves()).and_then(of);
    let sum = lines.filter(|lines| !lines.is_empty()).map(|lines| lines.into_iter().sum::<Decimal>()).or(event)?;
    sum.normalize().to_string().parse().ok()
}

/// The period of all that is approved: from the first day of any to the last of any.
fn period(verdict: &Verdict) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let rulings = approved(verdict).into_iter().chain(verdict.event.iter());
    let dates: Vec<&Dated> = rulings.flat_map(|ruling| &ruling.review.dates).collect();
    let of = |kind: &DateKind| dates.iter().filter(|dated| dated.kind == *kind).collect::<Vec<_>>();
    // what the payer says of the certification counts before what it repeats of the request
    for kind in [DateKind::Effective, DateKind::Service, DateKind::Event] {
        let found = of(&kind);
        if let (Some(first), Some(last)) =
            (found.iter().map(|dated| dated.from).min(), found.iter().map(|dated| dated.to).max())
        {
            let expires = of(&DateKind::Expires).iter().map(|dated| dated.to).max();
            return (Some(first), expires.or(Some(last)).filter(|last| *last >= first));
        }
    }
    (None, of(&DateKind::Expires).iter().map(|dated| dated.to).max())
}

/// The codes of the lines that are approved, if not all lines are and each of them has one.
fn codes(verdict: &Verdict) -> Option<Codes> {
    let approved: Vec<&Ruling> = verdict.lines.iter().filter(|line| line.outcome.approves()).collect();
    if approved.is_empty() || approved.len() == verdict.lines.len() {
        return None;
    }
    let of = |ruling: &&Ruling| {
        let service = ruling.review.service.as_ref()?;
        service.procedure().map(|procedure| procedure.code.clone())
    };
    let codes: Option<Vec<String>> = approved.iter().map(of).collect();
    Codes::new(codes?).ok()
}
