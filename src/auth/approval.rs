//! The organisation's own approval of a request: whether it is given, and whether it is of what is asked for.

use rust_decimal::Decimal;

use crate::engine::approval::State;
use crate::engine::authorization::policy;
use crate::engine::decide_by;
use crate::facts::{Case, FactId, Value, Vocabulary};
use crate::ledger::NewDocument;
use crate::policy::Field;
use crate::program::Program;

use super::request::Wanted;
use super::{AuthError, Desk, Particulars};

/// The organisation's own approval: the request by which it was given.
#[derive(Debug, Clone)]
pub struct InternalApproval<'r> {
    /// The versions of the policy by which it is approved.
    pub versions: &'r [Program],
    /// The request with its events.
    pub case: &'r Case,
    /// The file in which it stands, which is kept with what rests on it.
    pub file: NewDocument,
}

/// What an approval has to state; of the rest it may say nothing.
const STATED: [Field; 3] = [Field::Member, Field::Code, Field::Units];

impl Desk<'_> {
    /// The name of an approval that is given, and of what is asked for: its policy and the `id` of its request. `asked` is
    /// the case of the request to the payer.
    pub(super) fn approved(
        &self,
        approval: &InternalApproval<'_>,
        asked: &Case,
        wanted: &Wanted,
        particulars: &Particulars,
    ) -> Result<String, AuthError> {
        let Some(id) = approval.case.id() else {
            return Err(AuthError::Call {
                message: "the request that was approved has no `id`, so nobody can tell whether it serves once"
                    .to_owned(),
                help: "give it the `id` under which it was approved".to_owned(),
            });
        };
        let decision = decide_by(approval.versions, approval.case)?;
        let program = decision.program();
        let name = format!("{} {id}", program.policy().name);
        let Some(request) = decision.request.as_ref().filter(|request| request.state == State::Approved) else {
            let state = decision.request.as_ref().map_or("not followed", |request| request.state.word());
            let unmet = vec![format!("the request `{id}` is {state} by `{}`, not approved", program.policy().name)];
            return Err(AuthError::Unmet { word: "not_approved", unmet, help: None });
        };
        let stated = Stated { vocabulary: program.vocabulary(), case: &request.known };
        let unmet = self.differences(&stated, asked, wanted, particulars)?;
        if unmet.is_empty() {
            return Ok(name);
        }
        let help = "ask for what was approved; or correct the `facts` of the request that was approved, and have it approved \
                    so";
        Err(AuthError::Unmet { word: "approval_differs", unmet, help: Some(help) })
    }

    /// What an approval states otherwise than a request asks, or does not state though it has to.
    fn differences(
        &self,
        stated: &Stated<'_>,
        asked: &Case,
        wanted: &Wanted,
        particulars: &Particulars,
    ) -> Result<Vec<String>, AuthError> {
        let (policy, _) = policy(self.rules.program)?;
        let vocabulary = self.rules.program.vocabulary();
        let mut unmet = Vec::new();
        let mut bound = Vec::new();
        for (field, values) in asked_for(wanted, particulars) {
            let Some(fact) = policy.reads.fact(field) else {
                if STATED.contains(&field) {
                    return Err(unbound(field));
                }
                continue;
            };
            let name = vocabulary.fact(fact).name.as_str();
            bound.push(name);
            let request = if values.is_empty() { "nothing".to_owned() } else { values.join(", ") };
            match stated.value(name) {
                None if STATED.contains(&field) => {
                    unmet.push(format!("the approval states no `{name}`, and the request says {request}"));
                }
                Some((fact, value)) if !fits(field, value, stated.text(fact, value), &values, wanted) => {
                    let approved = stated.text(fact, value);
                    unmet.push(format!("the approval states `{name}` {approved}, and the request says {request}"));
                }
                None | Some(_) => {}
            }
        }
        for (name, _) in &particulars.said {
            let said = vocabulary.fact_id(name).and_then(|fact| Some((fact, asked.value(fact)?)));
            let Some((fact, said)) = said.filter(|_| !bound.contains(&name.as_str())) else { continue };
            let said = said.text(&vocabulary.fact(fact).kind);
            let approved = stated.value(name).map(|(fact, value)| stated.text(fact, value));
            if let Some(approved) = approved.filter(|approved| *approved != said) {
                unmet.push(format!("the approval states `{name}` {approved}, and the request says {said}"));
            }
        }
        Ok(unmet)
    }
}

/// What the request that was approved states, by the names of facts.
struct Stated<'s> {
    vocabulary: &'s Vocabulary,
    case: &'s Case,
}

impl Stated<'_> {
    fn value(&self, name: &str) -> Option<(FactId, &Value)> {
        let fact = self.vocabulary.fact_id(name)?;
        Some((fact, self.case.value(fact)?))
    }

    fn text(&self, fact: FactId, value: &Value) -> String {
        value.text(&self.vocabulary.fact(fact).kind).into_owned()
    }
}

/// What a request asks for, field by field. Of several diagnoses the principal one counts, as for the policy.
fn asked_for(wanted: &Wanted, particulars: &Particulars) -> [(Field, Vec<String>); 7] {
    [
        (Field::Member, vec![wanted.member.clone()]),
        (Field::Code, wanted.codes.iter().map(str::to_owned).collect()),
        (Field::Units, vec![wanted.units.to_string()]),
        (Field::Payer, vec![wanted.payer.clone()]),
        (Field::DateOfService, vec![wanted.first_day.to_string()]),
        (Field::Place, particulars.place.iter().cloned().collect()),
        (Field::Diagnosis, particulars.diagnoses.first().cloned().into_iter().collect()),
    ]
}

/// Whether what was approved is what is asked for: units at least as many, all else the same.
fn fits(field: Field, value: &Value, text: String, values: &[String], wanted: &Wanted) -> bool {
    match (field, value) {
        (Field::Units, Value::Integer(units)) => Decimal::from(*units) >= wanted.units.decimal(),
        (Field::Units, Value::Decimal(units)) => *units >= wanted.units.decimal(),
        (_, _) => !values.is_empty() && values.iter().all(|asked| *asked == text),
    }
}

fn unbound(field: Field) -> AuthError {
    let (word, group) = (field.word(), field.group().word());
    AuthError::Call {
        message: format!(
            "which fact holds `{word}` of `{group}` is not known, so an approval cannot be held to the request"
        ),
        help: "bind it under `reads:` in the policy".to_owned(),
    }
}
