//! Interviews with somebody who knows a case: they end where deciding the whole case ends.

use std::collections::BTreeMap;

use rulebook::engine::{Interview, Told, decide};
use rulebook::facts::{Case, FactId, Missing};
use rulebook::policy::Policy;
use rulebook::program::Program;
use rulebook::render::{self, decision};

use super::tape::Tape;
use super::verdict::facts_read;

/// The case of which nothing is known but its instant and what it asks for.
fn blank(policy: &Policy, case: &Case) -> Case {
    policy.vocabulary.facts().fold(case.clone(), |case, (fact, _)| case.with(fact, None))
}

/// What somebody tells who knows the case.
fn known(case: &Case, fact: FactId) -> Told {
    case.value(fact).cloned().map_or(Told::Unreported, Told::Value)
}

/// Interviews whoever knows `case`; what it does not give is left open.
pub fn agrees(program: &Program, policy: &Policy, case: &Case) -> Result<(), String> {
    let read = facts_read(policy);
    let mut interview = Interview::new(program, blank(policy, case));
    let mut asked = Vec::new();
    let mut most = Vec::new();
    while let Some(question) = interview.question().map_err(|fault| fault.to_string())? {
        let name = &policy.vocabulary.fact(question.fact).name;
        if asked.contains(&question.fact) || !read.contains(&question.fact) {
            return Err(format!("asks for `{name}`, after {asked:?}"));
        }
        most.push(question.at_most);
        asked.push(question.fact);
        interview.reply(question.fact, known(case, question.fact));
    }
    let questions = asked.len();
    if let Some(at) = (0..questions).find(|at| most[*at] < questions - at) {
        return Err(format!("after {at} of {questions} questions at most {} were to come", most[at]));
    }
    let (heard, open) = (interview.case(), interview.open_case());
    let (whole, heard, open) =
        (decide(program, case).unwrap(), decide(program, &heard).unwrap(), decide(program, &open).unwrap());
    let answers = format!("{:#?}\n{:#?}\n{:#?}", whole.answer, heard.answer, open.answer);
    if heard.answer != whole.answer {
        return Err(format!("ends elsewhere than the whole case:\n{answers}"));
    }
    if open.answer != heard.answer {
        return Err(format!("ends before the decision holds:\n{answers}"));
    }
    Ok(())
}

/// The decision on what a transcript says, and what is wrong with the transcript if it cannot be read.
fn replayed(program: &Program, policy: &Policy, case: &Case) -> Result<String, String> {
    let text = render::case(case, &policy.vocabulary);
    let read = Case::from_json(&text, &policy.vocabulary).map_err(|found| format!("{}\n{text}", found.fault))?;
    let made = |case: &Case| decide(program, case).map(|made| decision::json(&made)).map_err(|fault| fault.to_string());
    let (again, first) = (made(&read)?, made(case)?);
    if again == first {
        Ok(again)
    } else {
        Err(format!("the transcript is decided otherwise:\n{text}\n{first}\n{again}"))
    }
}

/// Interviews somebody who does not know all that the case says, answers wrongly now and then, and goes back.
///
/// Their way leaves no trace; the transcript is decided as the interview was, wherever it is broken off; and whatever they
/// don't know is unknown in the decision, as if the whole case said so.
pub fn wavers(program: &Program, policy: &Policy, case: &Case, tape: &mut Tape) -> Result<(), String> {
    let fault = |fault: rulebook::facts::Fault| fault.to_string();
    let start = blank(policy, case);
    let mut interview = Interview::new(program, start.clone());
    let mut told: BTreeMap<FactId, Told> = BTreeMap::new();
    let mut left = 24;
    while let Some(question) = interview.question().map_err(fault)? {
        let standing = interview.open_case();
        if !decide(program, &standing).map_err(fault)?.is_unsettled() {
            return Err("asks although the decision holds".to_owned());
        }
        replayed(program, policy, &standing)?;
        let fact = question.fact;
        // what is said first may be taken back later, and is then said as before
        let reply = told.entry(fact).or_insert_with(|| if tape.chance(25) { Told::Unknown } else { known(case, fact) });
        let (reply, slip) = (reply.clone(), [Told::Unknown, Told::Unreported][tape.below(2)].clone());
        if left > 0 && tape.chance(20) {
            left -= 1;
            interview.reply(fact, slip);
            if tape.chance(50)
                && let Some(next) = interview.question().map_err(fault)?
            {
                interview.reply(next.fact, known(case, next.fact));
                interview.back();
            }
            interview.back();
            if interview.question().map_err(fault)?.as_ref() != Some(&question) {
                return Err(format!("asks otherwise once `{}` is taken back", policy.vocabulary.fact(fact).name));
            }
        } else if left > 0 && tape.chance(10) && interview.back().is_some() {
            left -= 1;
            continue;
        }
        interview.reply(fact, reply);
    }
    let mut straight = Interview::new(program, start);
    while let Some(question) = straight.question().map_err(fault)? {
        let name = &policy.vocabulary.fact(question.fact).name;
        let reply = told.get(&question.fact).ok_or_else(|| format!("`{name}` is asked on the straight way alone"))?;
        straight.reply(question.fact, reply.clone());
    }
    if straight.case() != interview.case() || straight.open_case() != interview.open_case() {
        return Err("going back leaves a trace".to_owned());
    }
    replayed(program, policy, &interview.case())?;
    let unknown = |fact: FactId| told.get(&fact) == Some(&Told::Unknown);
    let doubted = policy.vocabulary.facts().map(|(fact, _)| fact).filter(|fact| unknown(*fact));
    let mut whole = doubted.clone().fold(case.clone(), |case, fact| case.with(fact, None));
    let means_something = |fact: &FactId| policy.vocabulary.fact(*fact).missing != Missing::Ask;
    whole = whole.awaiting(doubted.filter(means_something).collect());
    let heard = interview.case();
    let (whole, heard) = (decide(program, &whole).map_err(fault)?, decide(program, &heard).map_err(fault)?);
    if whole.is_unsettled() != heard.is_unsettled() || (!whole.is_unsettled() && whole.answer != heard.answer) {
        return Err(format!("ends elsewhere than what is known:\n{:#?}\n{:#?}", whole.answer, heard.answer));
    }
    Ok(())
}
