//! What an answer promises by itself, read from its history.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::render::decision;
use rulebook::time::Instant;
use serde_json::Value as Json;

use super::answer::{answer, engine};
use super::condition::{Facts, settled};
use super::events::{Event, Request};
use super::plan::{Approvers, Pair, Plan};

fn history(answer: &Json) -> &[Json] {
    answer["history"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'j>(line: &'j Json, key: &str) -> &'j str {
    line[key].as_str().unwrap_or_default()
}

/// The people for whom a decision counts.
fn people(line: &Json) -> impl Iterator<Item = &str> {
    ["by", "instead_of"].into_iter().filter_map(|key| line[key].as_str())
}

/// An approved request has passed, in its last round, every level in order: with its approvals, or since it is not
/// needed by what was known.
pub fn every_level(plan: &Plan, request: &Request, answer: &Json) -> Result<(), String> {
    if answer["state"] != "approved" {
        return Ok(());
    }
    let mut known = request.facts.clone();
    let mut levels = plan.levels.iter();
    let mut passed = Vec::new();
    for line in history(answer) {
        if let Some(event) = line["event"].as_str().and_then(|id| request.events.iter().find(|event| event.id == id)) {
            known.extend(event.facts.clone());
        }
        match text(line, "type") {
            "submit" | "resubmit" | "modify" => (levels, passed) = (plan.levels.iter(), Vec::new()),
            way @ ("skipped" | "entered") => {
                let level = levels.next().ok_or("more levels than there are")?;
                if level.name != text(line, "level") {
                    return Err(format!("`{}` is not the turn of {}", text(line, "level"), level.name));
                }
                if settled(&known, |facts: &Facts| level.when.holds(facts)) == Ok(way == "skipped") {
                    return Err(format!("{} is {way}, which its condition forbids", level.name));
                }
                passed.push((level, way == "skipped", BTreeSet::new()));
            }
            "approve" => {
                let (_, _, approvals) = passed.last_mut().ok_or("an approval of nothing")?;
                approvals.insert(text(line, "by"));
            }
            _ => {}
        }
    }
    let needed = |level: &super::plan::Level| match (level.approvers, &level.people) {
        (Approvers::Any, _) => 1,
        (Approvers::Of(count), _) => count,
        (Approvers::All, Some(people)) => people.len(),
        (Approvers::All, None) => level.roles.len(),
    };
    let lacking = passed.iter().find(|(level, skipped, approvals)| !skipped && approvals.len() != needed(level));
    match lacking {
        Some((level, _, approvals)) => Err(format!("{} was passed by {approvals:?} alone", level.name)),
        None if passed.len() < plan.levels.len() => Err(format!("only {} levels were looked at", passed.len())),
        None => Ok(()),
    }
}

/// Within a round nobody votes twice at a level; if duties are separate, nor at two levels, nor on their own request.
pub fn separate(plan: &Plan, answer: &Json) -> Result<(), String> {
    let mut decided: BTreeMap<(u64, String), Vec<String>> = BTreeMap::new();
    let submitted = history(answer).iter().find(|line| line["type"] == "submit");
    let requester = submitted.map(|line| text(line, "by")).unwrap_or_default();
    for line in history(answer).iter().filter(|line| ["approve", "deny", "return"].contains(&text(line, "type"))) {
        for person in people(line) {
            if plan.separation && person == requester {
                return Err(format!("{person} decides what they requested"));
            }
            let round = line["round"].as_u64().ok_or("a decision in no round")?;
            let before = decided.entry((round, person.to_owned())).or_default();
            if before.iter().any(|level| plan.separation || level == text(line, "level")) {
                return Err(format!("{person} decides again in round {round}"));
            }
            before.push(text(line, "level").to_owned());
        }
    }
    Ok(())
}

/// After each of its events a request's history is the beginning of the whole one.
pub fn prefixes(pair: &Pair<'_>, request: &Request) -> Result<(), String> {
    let whole = answer(pair, request);
    let accepted: BTreeSet<&str> = history(&whole).iter().filter_map(|line| line["event"].as_str()).collect();
    let mut met = BTreeSet::new();
    for (number, event) in request.events.iter().enumerate() {
        // the first of an id is the one that was taken, if any was
        if !met.insert(event.id.as_str()) || !accepted.contains(event.id.as_str()) {
            continue;
        }
        let so_far = Request { at: event.at, events: request.events[..=number].to_vec(), ..request.clone() };
        let part = answer(pair, &so_far);
        if !history(&whole).starts_with(history(&part)) {
            return Err(format!("after {} it was {part:#}\nin the end it was {whole:#}", event.id));
        }
        let last = history(&part).iter().rev().find_map(|line| line["event"].as_str());
        if last != Some(&event.id) {
            return Err(format!("{} was taken in the end, but not at first", event.id));
        }
    }
    Ok(())
}

/// Without the events that were refused, and those that were sent twice, it stands where it stood.
pub fn without_refused(pair: &Pair<'_>, request: &Request) -> Result<(), String> {
    let whole = engine(pair, request);
    let told = answer(pair, request);
    let accepted: BTreeSet<&str> = history(&told).iter().filter_map(|line| line["event"].as_str()).collect();
    let mut met = BTreeSet::new();
    let taken = |event: &&Event| met.insert(event.id.clone()) && accepted.contains(event.id.as_str());
    let events: Vec<Event> = request.events.iter().filter(taken).cloned().collect();
    let mut bare = engine(pair, &Request { events, ..request.clone() });
    if !bare.refused.is_empty() {
        return Err(format!("taken before, and now refused: {:?}", bare.refused));
    }
    bare.refused.clone_from(&whole.refused);
    if bare == whole { Ok(()) } else { Err(format!("with them {whole:#?}\nwithout them {bare:#?}")) }
}

/// Whatever is sent, there is an answer or an error; where calendars end, the latter.
pub fn is_answered(pair: &Pair<'_>, request: &Request) {
    let case = Case::from_json(&request.json(), &pair.policy.vocabulary).expect("a case that can be read");
    match decide(&pair.program, &case) {
        Ok(decided) => assert!(!decision::json(&decided).is_empty() && !decision::text(&decided, true).is_empty()),
        Err(fault) => assert!(request.events.iter().any(|event| is_far(event.at)), "{fault:?}"),
    }
}

/// Whether something that begins then could end beyond what calendars hold.
fn is_far(at: Instant) -> bool {
    const YEAR: i64 = 366 * 24 * 3600;
    Instant::MAX.seconds_since(at) < YEAR || at.seconds_since(Instant::MIN) < YEAR
}
