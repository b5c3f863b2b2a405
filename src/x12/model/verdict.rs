//! What a response comes to.

use super::code::{Action, FollowUp};
use super::response::Response;
use super::review::{Rejection, Review};

/// What a payer's response means for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Approved as asked (A1).
    Approved,
    /// Approved in part or changed (A2, A6): the response's own units and dates count.
    Modified,
    /// Denied (A3).
    Denied,
    /// Not decided yet (A4).
    Pended,
    /// Not decided yet, and the payer wants to be called (CT).
    CallPayer,
    /// Cancelled (C).
    Cancelled,
    /// No authorization is needed (NA).
    NotRequired,
    /// Not taken at all (AAA without HCR).
    Rejected(Resubmission),
    /// The response does not say, or says it with a code that nobody here knows: a person has to look.
    Unclear,
}

/// What may be done with a request that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resubmission {
    /// Correct it and send it again.
    Corrected,
    /// Send it again as it is.
    Unchanged,
    /// Wait: the payer or a third party goes on with it, or a time has to pass.
    Wait,
    /// Do not send it again.
    Never,
}

impl Outcome {
    /// Whether it supersedes what the payer said of the same request before.
    pub fn supersedes(self) -> bool {
        match self {
            Outcome::Approved | Outcome::Modified | Outcome::Denied | Outcome::Cancelled | Outcome::NotRequired => true,
            Outcome::Pended | Outcome::CallPayer | Outcome::Rejected(_) | Outcome::Unclear => false,
        }
    }

    /// Whether something is authorized by it.
    pub fn approves(self) -> bool {
        match self {
            Outcome::Approved | Outcome::Modified => true,
            Outcome::Denied
            | Outcome::Pended
            | Outcome::CallPayer
            | Outcome::Cancelled
            | Outcome::NotRequired
            | Outcome::Rejected(_)
            | Outcome::Unclear => false,
        }
    }
}

/// A response, decided for the whole and for each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it comes to for the whole request.
    pub outcome: Outcome,
    /// The authorization's number: the event's, else the first of a line that is approved, else the first of any.
    pub number: Option<String>,
    /// Why, for the whole and all lines.
    pub reasons: Vec<Reason>,
    /// What is said of the event, if there is one.
    pub event: Option<Ruling>,
    /// What holds for each line.
    pub lines: Vec<Ruling>,
}

/// What holds for the event or for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// What it comes to.
    pub outcome: Outcome,
    /// Whether it was said of this very line, and not only of the event.
    pub own: bool,
    /// The authorization's number.
    pub number: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The response's own units and dates, and the service that they are of.
    pub review: Review,
}

/// Why something was decided or rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// HCR03, a code of a list that the payers keep.
    Decided(String),
    /// An AAA.
    Rejected(Rejection),
}

/// Decides what a response means.
///
/// A line's own HCR outranks the event's; a line without one takes the event's, unless an AAA rejects the line. For the
/// whole: an unclear line makes it unclear, an open line keeps it open, and it is approved as asked only if every line is
/// and the event does not say otherwise.
pub fn verdict(response: &Response) -> Verdict {
    let mut above: Vec<Reason> = response.rejections.iter().cloned().map(Reason::Rejected).collect();
    let event = response.event.as_ref().map(|review| ruling(review, &response.rejections, None));
    let lines: Vec<Ruling> =
        response.lines.iter().map(|review| ruling(review, &response.rejections, event.as_ref())).collect();
    let outcome = match (&event, lines.as_slice()) {
        (Some(event), []) => event.outcome,
        (None, []) => rejected(&response.rejections).unwrap_or(Outcome::Unclear),
        (event, lines) => whole(event.as_ref().map(|event| event.outcome), lines),
    };
    let rulings = || event.iter().chain(&lines);
    let approved = rulings().filter(|ruling| ruling.outcome.approves());
    let number = event.as_ref().filter(|event| event.own).and_then(|event| event.number.clone());
    let number = number.or_else(|| approved.chain(rulings()).find_map(|ruling| ruling.number.clone()));
    above.extend(rulings().filter(|ruling| ruling.own).flat_map(|ruling| ruling.reasons.iter().cloned()));
    Verdict { outcome, number, reasons: above, event, lines }
}

/// What is said of one review, under what is said above it.
fn ruling(review: &Review, above: &[Rejection], event: Option<&Ruling>) -> Ruling {
    let decided = review.decision.as_ref();
    let outcome = decided.map(|decision| decided_by(&decision.action)).or_else(|| rejected(&review.rejections));
    let own = outcome.is_some();
    let inherited = event.map(|event| event.outcome).or_else(|| rejected(above)).unwrap_or(Outcome::Unclear);
    let reason = decided.and_then(|decision| decision.reason.clone()).map(Reason::Decided);
    let reasons = reason.into_iter().chain(review.rejections.iter().cloned().map(Reason::Rejected)).collect();
    let number = decided.and_then(|decision| decision.number.clone());
    let number = if own { number } else { event.and_then(|event| event.number.clone()) };
    Ruling { outcome: outcome.unwrap_or(inherited), own, number, reasons, review: review.clone() }
}

fn decided_by(action: &Action) -> Outcome {
    match action {
        Action::Certified => Outcome::Approved,
        Action::CertifiedPartly | Action::Modified => Outcome::Modified,
        Action::NotCertified => Outcome::Denied,
        Action::Pended => Outcome::Pended,
        Action::Cancelled => Outcome::Cancelled,
        Action::ContactPayer => Outcome::CallPayer,
        Action::NotRequired => Outcome::NotRequired,
        Action::Unknown(_) => Outcome::Unclear,
    }
}

/// What rejections come to; nothing if there are none. The strictest of them counts.
fn rejected(rejections: &[Rejection]) -> Option<Outcome> {
    let each = rejections.iter().map(|rejection| match &rejection.follow_up {
        FollowUp::Correct => (2, Resubmission::Corrected),
        FollowUp::SendOriginal | FollowUp::MaySendAgain => (3, Resubmission::Unchanged),
        FollowUp::ThirdPartyAsked | FollowUp::AfterThirtyDays | FollowUp::AfterTenDays | FollowUp::PayerWillAnswer => {
            (1, Resubmission::Wait)
        }
        // what nobody understands is not sent again by itself
        FollowUp::Never | FollowUp::Unknown(_) => (0, Resubmission::Never),
    });
    each.min_by_key(|(rank, _)| *rank).map(|(_, again)| Outcome::Rejected(again))
}

/// What the lines come to together.
fn whole(event: Option<Outcome>, lines: &[Ruling]) -> Outcome {
    let has = |outcome: Outcome| lines.iter().any(|line| line.outcome == outcome);
    let rejected = lines.iter().find(|line| matches!(line.outcome, Outcome::Rejected(_)));
    for open in [Outcome::Unclear, Outcome::CallPayer, Outcome::Pended] {
        if has(open) {
            return open;
        }
    }
    let approved = lines.iter().any(|line| line.outcome.approves());
    if approved {
        let all = lines.iter().all(|line| matches!(line.outcome, Outcome::Approved | Outcome::NotRequired));
        let event = match event {
            Some(Outcome::Modified | Outcome::Denied | Outcome::Cancelled | Outcome::Rejected(_)) => false,
            Some(
                Outcome::Approved | Outcome::Pended | Outcome::CallPayer | Outcome::NotRequired | Outcome::Unclear,
            )
            | None => true,
        };
        return if all && event { Outcome::Approved } else { Outcome::Modified };
    }
    match rejected {
        Some(rejected) if !has(Outcome::Denied) => rejected.outcome,
        Some(_) => Outcome::Denied,
        None if has(Outcome::Denied) => Outcome::Denied,
        None if has(Outcome::Cancelled) => Outcome::Cancelled,
        None => Outcome::NotRequired,
    }
}
