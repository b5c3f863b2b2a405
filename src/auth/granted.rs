//! What a response approves, in the ledger's terms; where it can't be put so, why not.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::ledger::{Codes, Request, Units};
use crate::x12::{DateKind, Dated, Outcome, Quantity, Ruling, Verdict, unit_word};

use super::doubt::Question;

/// What is approved. What is absent is as it was asked for.
#[derive(Debug, Default)]
pub(super) struct Granted {
    pub number: Option<String>,
    pub units: Option<Units>,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub codes: Option<Codes>,
}

impl Granted {
    /// What a verdict that approves something grants of a request.
    ///
    /// # Errors
    /// Everything that a person has to make out, a sentence each.
    pub fn read(verdict: &Verdict, question: &Question<'_>) -> Result<Granted, Vec<String>> {
        let request = question.request;
        let mut doubts = Vec::new();
        let mut keep = |doubt: String| doubts.push(doubt);
        let number = number(verdict).map_err(&mut keep).unwrap_or_default();
        let units = units(verdict, question.particulars.shares_of(request)).map_err(&mut keep).unwrap_or_default();
        let codes = codes(verdict, request).map_err(&mut keep).unwrap_or_default();
        let fewer = codes.as_ref().is_some_and(|codes| codes.iter().count() < request.codes.iter().count());
        let (first_day, last_day) = period(verdict);
        let (first, last) = (first_day.unwrap_or(request.first_day), last_day.unwrap_or(request.last_day));
        if first > last {
            keep(format!("it holds from {first} to {last}, which is no period"));
        }
        // not all of the units that were asked for are of what is approved
        if doubts.is_empty() && units.is_none() && (fewer || is_part(verdict)) {
            doubts.push("it approves only some of what was asked for, and does not say how many units".to_owned());
        }
        if doubts.is_empty() { Ok(Granted { number, units, first_day, last_day, codes }) } else { Err(doubts) }
    }
}

/// The lines that are approved.
fn lines(verdict: &Verdict) -> impl Iterator<Item = &Ruling> {
    verdict.lines.iter().filter(|line| line.outcome.approves())
}

/// Whether some of the lines are approved, and some are not.
fn is_part(verdict: &Verdict) -> bool {
    (1..verdict.lines.len()).contains(&lines(verdict).count())
}

/// The lines that are approved; where there are none, what is said of the event.
fn approved(verdict: &Verdict) -> Vec<&Ruling> {
    let lines: Vec<&Ruling> = lines(verdict).collect();
    if lines.is_empty() { verdict.event.iter().collect() } else { lines }
}

/// The number of all that is approved: an authorization has one.
fn number(verdict: &Verdict) -> Result<Option<String>, String> {
    let mut numbers: Vec<&str> = lines(verdict).filter_map(|line| line.number.as_deref()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.as_slice() {
        [] | [_] => Ok(verdict.number.clone()),
        several => Err(format!("its lines have several numbers: {}", several.join(", "))),
    }
}

/// The units of all that is approved; nothing if some of it says none, for then they are those asked for.
fn units(verdict: &Verdict, shares: Option<&BTreeMap<String, Units>>) -> Result<Option<Units>, String> {
    let approved = approved(verdict);
    let event = verdict.event.as_ref().filter(|event| event.own && event.outcome.approves());
    for ruling in approved.iter().copied().chain(event) {
        if let Some(rate) = &ruling.review.rate {
            let amount = rate.quantity.as_ref().map(said).unwrap_or_default();
            return Err(format!("it gives a rate (HSD, {amount} at a time), and not how much in all"));
        }
        if let Some(quantity) = ruling.review.units.as_ref().filter(|quantity| !is_counted(quantity)) {
            return Err(format!("it gives {}, and units were asked for", said(quantity)));
        }
    }
    let of = |ruling: &Ruling| Some(ruling.review.units.as_ref()?.amount);
    let says = approved.iter().any(|ruling| of(ruling).is_some());
    let of_line = |ruling: &&Ruling| of(ruling).or_else(|| share(ruling, verdict, shares));
    let lines: Option<Vec<Decimal>> = approved.iter().map(of_line).collect();
    let sum = |lines: Vec<Decimal>| lines.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add);
    let lines = lines.filter(|lines| !lines.is_empty());
    let lines = lines.map(|lines| sum(lines).ok_or("its units add up to more than can be kept")).transpose()?;
    // the event's own units are of the whole; a line without a decision of its own only repeats what was asked
    let decides = approved.iter().any(|ruling| ruling.own && of(ruling).is_some());
    let sum = match (lines, event.and_then(of)) {
        (Some(lines), Some(whole)) if decides && lines != whole => {
            return Err(format!("it gives {} units in all, and its lines {}", whole.normalize(), lines.normalize()));
        }
        (_, Some(whole)) => whole,
        (Some(lines), None) => lines,
        (None, None) if says && verdict.outcome == Outcome::Modified => {
            return Err("only some of its lines say how many units are approved".to_owned());
        }
        (None, None) => return Ok(None),
    };
    let units = sum.normalize().to_string().parse();
    units.map(Some).map_err(|error: crate::ledger::UnitsError| format!("its units cannot be kept: {error}"))
}

/// What was asked for under the code of a line that is approved as asked, if no other line has the code, and the whole isn't
/// said to be cut.
fn share(ruling: &Ruling, verdict: &Verdict, shares: Option<&BTreeMap<String, Units>>) -> Option<Decimal> {
    let code = code(ruling)?;
    let is_only = verdict.lines.iter().filter(|line| self::code(line) == Some(code)).count() == 1;
    let is_cut = verdict.event.as_ref().is_some_and(|event| event.own && event.outcome != Outcome::Approved);
    let is_whole = ruling.outcome == Outcome::Approved && is_only && !is_cut;
    shares.filter(|_| is_whole)?.get(code).map(|units| units.decimal())
}

fn code(ruling: &Ruling) -> Option<&str> {
    Some(ruling.review.service.as_ref()?.procedure()?.code.as_str())
}

/// Whether a quantity is of what requests ask for: units, of which an event has another code (FL), or visits.
fn is_counted(quantity: &Quantity) -> bool {
    matches!(quantity.unit.as_str(), "UN" | "FL" | "VS")
}

fn said(quantity: &Quantity) -> String {
    format!("{} {} ({})", quantity.amount.normalize(), unit_word(&quantity.unit), quantity.unit)
}

/// The period of all that is approved: from the first day of any to the last of any. A single day on which a certification
/// takes effect is the first; nothing is said of the last then.
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
            let begins = kind == DateKind::Effective && first == last;
            return (Some(first), expires.or((!begins).then_some(last)));
        }
    }
    (None, of(&DateKind::Expires).iter().map(|dated| dated.to).max())
}

/// The codes that are approved, as they were asked for; nothing where those asked for are.
fn codes(verdict: &Verdict, request: &Request) -> Result<Option<Codes>, String> {
    let approved: Vec<&Ruling> = lines(verdict).collect();
    let named: Vec<String> = approved.iter().filter_map(|line| code(line)).map(str::to_owned).collect();
    let asked = |named: &String| request.codes.iter().find(|asked| asked.eq_ignore_ascii_case(named));
    let mut foreign: Vec<&str> = named.iter().filter(|named| asked(named).is_none()).map(String::as_str).collect();
    if !foreign.is_empty() && !request.codes.is_empty() {
        foreign.sort_unstable();
        foreign.dedup();
        let wanted: Vec<&str> = request.codes.iter().collect();
        return Err(format!("it approves {}, and {} was asked for", foreign.join(", "), wanted.join(", ")));
    }
    let whole = verdict.event.as_ref().is_some_and(|event| event.own && event.outcome.approves());
    match (approved.is_empty(), named.len() == approved.len()) {
        (true, _) => Ok(None),
        (false, false) if is_part(verdict) => {
            Err("it approves only some lines, and does not say of which code".to_owned())
        }
        (false, false) => Ok(None),
        // what is said of the event holds for codes that no line names
        (false, true) if whole && !is_part(verdict) => Ok(None),
        (false, true) => {
            let codes = Codes::new(named.iter().map(|named| asked(named).unwrap_or(named)));
            codes.map(Some).map_err(|refusal| refusal.to_string())
        }
    }
}
