//! A response in words.

use crate::x12::{
    FollowUp, Reason, Rejection, Response, Ruling, Stage, level_word, outcome_word, rejection_word, verdict,
};

use super::request::{date, party, quantity, service};
use super::show::Line;

/// Its title and what it comes to.
pub(super) fn shown(response: &Response) -> (String, Vec<Line>) {
    let at = response.at.map(|at| at.format(", %a %-d %b %Y, %H:%M").to_string()).unwrap_or_default();
    let title = format!("Response to {}{at}", response.reference);
    let verdict = verdict(response);
    let mut lines = Vec::new();
    let mut say = |what: &str, says: String| lines.push((what.to_owned(), says));
    say("outcome", outcome_word(verdict.outcome).to_owned());
    if let Some(number) = &verdict.number {
        say("number", number.clone());
    }
    verdict.reasons.iter().for_each(|reason| say("reason", self::reason(reason)));
    if let Some(event) = &verdict.event {
        if let Some(units) = &event.review.units {
            say("quantity", quantity(units));
        }
        event.review.dates.iter().for_each(|dated| say("date", date(dated)));
        if let Some(number) = &event.review.review {
            say("review", number.clone());
        }
        if let Some(message) = &event.review.message {
            say("note", message.trim().to_owned());
        }
    }
    for (number, line) in (1..).zip(&verdict.lines) {
        say(&format!("line {number}"), ruling(line));
    }
    for trace in response.traces() {
        say("trace", format!("{} of {}", trace.number, trace.assigner));
    }
    let people = [
        ("payer", &response.payer),
        ("requester", &response.requester),
        ("subscriber", &response.subscriber),
        ("patient", &response.dependent),
    ];
    for (what, found) in people {
        if let Some(found) = found {
            say(what, party(found));
        }
    }
    if response.stage == Stage::MoreFollow {
        say("stage", "further answers follow".to_owned());
    }
    (title, lines)
}

fn ruling(ruling: &Ruling) -> String {
    let review = &ruling.review;
    let outcome = outcome_word(ruling.outcome);
    let outcome = if ruling.own { outcome.to_owned() } else { format!("{outcome}, as the event") };
    let parts = [
        review.service.as_ref().map(service),
        Some(outcome),
        ruling.number.clone().filter(|_| ruling.own),
        review.units.as_ref().map(quantity),
    ];
    let all: Vec<String> = parts.into_iter().flatten().chain(review.dates.iter().map(date)).collect();
    all.join(", ")
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Decided(code) => format!("{code} of the payers' list"),
        Reason::Rejected(Rejection { level, reason, follow_up, .. }) => {
            let words = rejection_word(reason).unwrap_or("no words are known for this code");
            format!("{reason}, {words} ({}); {}", level_word(level), next(follow_up))
        }
    }
}

fn next(follow_up: &FollowUp) -> String {
    match follow_up {
        FollowUp::Correct => "correct it and send it again".to_owned(),
        FollowUp::Never => "do not send it again".to_owned(),
        FollowUp::SendOriginal => "send the original again".to_owned(),
        FollowUp::MaySendAgain => "it may be sent again".to_owned(),
        FollowUp::ThirdPartyAsked => "a third party is being asked".to_owned(),
        FollowUp::AfterThirtyDays => "send it again after 30 days".to_owned(),
        FollowUp::AfterTenDays => "send it again after 10 days".to_owned(),
        FollowUp::PayerWillAnswer => "the payer will answer".to_owned(),
        FollowUp::Unknown(code) => format!("the code `{code}` is unknown"),
    }
}
