//! Interviews with somebody who knows a case: they end where deciding the whole case ends.

use rulebook::engine::{Interview, decide};
use rulebook::facts::Case;
use rulebook::policy::Policy;
use rulebook::program::Program;

use super::verdict::facts_read;

/// The case of which nothing is known but its instant and what it asks for.
fn blank(policy: &Policy, case: &Case) -> Case {
    policy.vocabulary.facts().fold(case.clone(), |case, (fact, _)| case.with(fact, None))
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
        interview.reply(question.fact, case.value(question.fact).cloned());
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
