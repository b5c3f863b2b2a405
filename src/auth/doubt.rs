//! Why an answer cannot be taken as it reads, so that a person has to look at it.

use crate::ledger::{Member, Request};
use crate::policy::Partner;
use crate::time::Instant;
use crate::x12::{Action, Name, Party, Response};

use super::Particulars;

/// What a payer was asked, to which its answer is held.
pub(super) struct Question<'q> {
    pub request: &'q Request,
    pub member: &'q Member,
    pub particulars: &'q Particulars,
    pub partner: &'q Partner,
    /// When the answer came.
    pub at: Instant,
}

/// How far ahead of the clock here a payer's may be: its local time is written without an offset.
const AHEAD: i64 = 24 * 60 * 60;

/// Whether a response is dated later than it can have been made: it would outrank each that follows.
pub(super) fn is_early(issued: Instant, at: Instant) -> bool {
    issued.unix() > at.unix() + AHEAD
}

/// What a response says of whom and by whom, where that isn't what was asked.
pub(super) fn parties(response: &Response, question: &Question<'_>) -> Vec<String> {
    payer(response, question.partner).into_iter().chain(patient(response, question.member)).collect()
}

fn payer(response: &Response, partner: &Partner) -> Option<String> {
    let theirs = response.payer.as_ref()?.id.as_ref()?;
    let (kind, ours) = partner.reviewer_id();
    let differs = !theirs.value.trim().is_empty() && !is_same(&theirs.value, ours);
    let (their_kind, value) = (&theirs.kind, &theirs.value);
    differs.then(|| format!("it is of the payer {their_kind} `{value}`, and the request went to {kind} `{ours}`"))
}

/// Another patient is one with another number. Names are spelt in many ways, so a name alone says nothing against a number;
/// it counts where no number is given, and where the day of birth differs too, since families share numbers.
fn patient(response: &Response, member: &Member) -> Option<String> {
    let dependent = response.dependent.as_ref();
    let patient = dependent.or(response.subscriber.as_ref())?;
    let numbered = [dependent, response.subscriber.as_ref()].into_iter().flatten().find_map(number);
    let ours = member.subscriber.as_deref().unwrap_or(&member.id);
    if let Some(theirs) = numbered
        && !is_same(theirs, ours)
        && !is_same(theirs, &member.id)
    {
        return Some(format!("it is for the member `{theirs}`, and the request for `{ours}`"));
    }
    let born = patient.born.zip(member.born).map(|(theirs, ours)| theirs == ours);
    let own_number = number(patient).is_some();
    let another = match (is_named(patient, member), born) {
        (true, _) | (false, Some(true)) => false,
        (false, Some(false)) => true,
        (false, None) => !own_number,
    };
    another.then(|| {
        let born = |day: Option<chrono::NaiveDate>| day.map(|day| format!(", born {day}")).unwrap_or_default();
        format!(
            "it is for `{}`{}, and the request for `{}, {}`{}",
            full_name(patient),
            born(patient.born),
            member.last_name,
            member.first_name,
            born(member.born)
        )
    })
}

fn number(party: &Party) -> Option<&str> {
    party.id.as_ref().map(|id| id.value.trim()).filter(|value| !value.is_empty())
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Whether somebody may be called so; what isn't said doesn't differ.
fn is_named(party: &Party, member: &Member) -> bool {
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let begins = |one: &str, other: &str| {
        let (one, other) = (plain(one), plain(other));
        one.starts_with(&other) || other.starts_with(&one)
    };
    match &party.name {
        Name::Person { last, first, .. } => begins(last, &member.last_name) && begins(first, &member.first_name),
        Name::Organization(name) => name.is_empty(),
    }
}

fn full_name(party: &Party) -> String {
    match &party.name {
        Name::Person { last, first, .. } => format!("{last}, {first}"),
        Name::Organization(name) => name.clone(),
    }
}

/// The decisions by a code that nobody here knows: whatever stands beside one, it never approves.
pub(super) fn unknown_actions(response: &Response) -> Vec<String> {
    let reviews = response.event.iter().chain(&response.lines);
    let actions = reviews.filter_map(|review| review.decision.as_ref()).filter_map(|decision| match &decision.action {
        Action::Unknown(code) => Some(format!("HCR01 `{code}` is no code that is known here")),
        Action::Certified
        | Action::CertifiedPartly
        | Action::NotCertified
        | Action::Pended
        | Action::Modified
        | Action::Cancelled
        | Action::ContactPayer
        | Action::NotRequired => None,
    });
    actions.collect()
}
