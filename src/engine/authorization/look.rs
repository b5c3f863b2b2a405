//! Single questions to an authorization policy, for those who keep the authorizations.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::Code;
use crate::facts::{Case, FactId, Fault, Kind, Raw, Value};
use crate::policy::{Alert, Authorization, Body, Demand, Field, InternalApproval, Move, Policy, Requirement, Rule};
use crate::program::{Answers, AuthorizationRules, Layout, Now, Program, RuleId, Truth, Verdict};
use crate::time::{Due, Instant, Turnaround};

use super::super::decision::Unmet;
use super::super::due::due;
use super::super::grounds::given;
use super::super::walk;

/// What is handed over of an authorization, a charge or a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValue<'v> {
    /// A date.
    Date(NaiveDate),
    /// A number.
    Number(Decimal),
    /// True or false.
    Truth(bool),
    /// A word or a text.
    Word(&'v str),
}

/// What is known of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Known<T, F> {
    /// The answer.
    Known(T),
    /// Missing facts on which it hangs may be among these.
    Open(F),
}

/// Whether an authorization serves a charge.
#[derive(Debug, Clone, PartialEq)]
pub struct Serving<'a> {
    /// Whether it does; `None` while a missing fact leaves that open.
    pub serves: Option<bool>,
    /// What it surely does not meet.
    pub unmet: Vec<Unmet<'a>>,
    /// The ids of what is open.
    pub open: Vec<&'a str>,
}

/// The alerts of one authorization.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alerts<'p> {
    /// Those that hold.
    pub holding: Vec<&'p Alert>,
    /// Those that missing facts leave open.
    pub open: Vec<&'p Alert>,
}

/// An authorization policy that is asked about many cases of one instant.
#[derive(Debug)]
pub struct Desk<'p> {
    program: &'p Program,
    authorization: &'p Authorization,
    rules: &'p AuthorizationRules,
    /// The alerts alone: what no alert reads need not be looked at.
    watch: Program,
    now: Now<'p>,
    answers: Answers,
}

/// The authorization policy of a program.
///
/// # Errors
/// A policy of another kind.
pub fn policy(program: &Program) -> Result<(&Authorization, &AuthorizationRules), Fault> {
    match (&program.policy().body, program.layout()) {
        (Body::Authorization(authorization), Layout::Authorization(rules)) => Ok((authorization, rules)),
        _ => {
            let message = format!("`{}` does not authorize services", program.policy().name);
            Err(Fault::new(Code::CaseType, message).help("name a policy that begins with `authorization:`"))
        }
    }
}

/// Gives a case what is known of a field. False if the policy does not read it.
///
/// # Errors
/// A value that the fact cannot hold, such as a payer that the vocabulary does not list.
pub fn fill(program: &Program, case: &mut Case, field: Field, value: FieldValue<'_>) -> Result<bool, Fault> {
    let (authorization, _) = policy(program)?;
    let Some(fact) = authorization.reads.fact(field) else { return Ok(false) };
    case.set(fact, Some(held(program, fact, value)?));
    Ok(true)
}

/// Takes a field out of a case. False if the policy does not read it.
///
/// # Errors
/// A policy of another kind.
pub fn clear(program: &Program, case: &mut Case, field: Field) -> Result<bool, Fault> {
    let (authorization, _) = policy(program)?;
    let Some(fact) = authorization.reads.fact(field) else { return Ok(false) };
    case.set(fact, None);
    Ok(true)
}

pub(super) fn held(program: &Program, fact: FactId, value: FieldValue<'_>) -> Result<Value, Fault> {
    let (vocabulary, declared) = (program.vocabulary(), program.vocabulary().fact(fact));
    let plain = match (value, &declared.kind) {
        (FieldValue::Date(date), Kind::Date) => Some(Value::Date(date)),
        (FieldValue::Truth(truth), Kind::Boolean) => Some(Value::Boolean(truth)),
        (FieldValue::Number(number), Kind::Decimal(bounds)) => bounds.admit(number).then_some(Value::Decimal(number)),
        (FieldValue::Number(number), Kind::Integer(bounds)) => {
            let whole = number.to_i64().filter(|_| number.is_integer());
            whole.filter(|whole| bounds.admit(*whole)).map(Value::Integer)
        }
        (FieldValue::Word(word), kind @ (Kind::OneOf(_) | Kind::Text)) => kind.parse(word, vocabulary.zones()).ok(),
        _ => None,
    };
    if let Some(plain) = plain {
        return Ok(plain);
    }
    let text = match value {
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Truth(truth) => truth.to_string(),
        FieldValue::Word(word) => word.to_owned(),
    };
    // what does not fit is refused as a case's own value would be
    let refused = declared.read(&Raw::Text(text.as_str().into()), vocabulary.zones()).err();
    Err(refused.unwrap_or_else(|| {
        Fault::new(Code::CaseValue, format!("`{}` cannot be `{text}`", declared.name))
            .expected(declared.kind.expected())
            .help("bind the field to a fact of its own type")
    }))
}

/// A program of the alerts alone, rule by rule.
fn watch(program: &Program, authorization: &Authorization) -> Program {
    let alone = Authorization {
        required: Vec::new(),
        documents: Vec::new(),
        forms: Vec::new(),
        before: Vec::new(),
        submitted: None,
        internal: None,
        serves: Vec::new(),
        next: Vec::new(),
        determination: Vec::new(),
        ..authorization.clone()
    };
    let policy = Policy { body: Body::Authorization(Box::new(alone)), ..Policy::clone(program.policy()) };
    Program::compile(&Arc::new(policy))
}

impl<'p> Desk<'p> {
    /// A policy at the instant of a case; only the instant of the case counts.
    ///
    /// # Errors
    /// A policy of another kind, or an instant beyond the calendar.
    pub fn new(program: &'p Program, case: &Case) -> Result<Desk<'p>, Fault> {
        let (authorization, rules) = policy(program)?;
        let watch = watch(program, authorization);
        Ok(Desk { program, authorization, rules, watch, now: program.now(case)?, answers: program.unasked() })
    }

    pub(super) fn program(&self) -> &'p Program {
        self.program
    }

    /// The facts that alerts read: of a derived one its parts.
    pub(super) fn watched(&self) -> Vec<FactId> {
        self.watch.reads()
    }

    /// The policy.
    pub fn policy(&self) -> &'p Authorization {
        self.authorization
    }

    /// The alerts that hold of a case. Only where first sight leaves one open is there a closer look.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn alerts(&self, case: &Case) -> Result<Alerts<'p>, Fault> {
        let truth = self.watch.first_sight(case, &self.now, &self.answers)?;
        let mut alerts = Alerts::default();
        let mut open = Vec::new();
        let rules = self.rules.alerts.iter().zip(self.watch.rule_ids());
        for (alert, (rule, watched)) in self.authorization.alerts.iter().zip(rules) {
            match self.watch.verdict(&truth, watched) {
                Verdict::Yes => alerts.holding.push(alert),
                Verdict::No => {}
                Verdict::Open => open.push((alert, *rule)),
            }
        }
        if open.is_empty() {
            return Ok(alerts);
        }
        let (truth, answers) = self.look(case)?;
        for (alert, rule) in open {
            match self.settled(case, &answers, &truth, rule)? {
                Verdict::Yes => alerts.holding.push(alert),
                Verdict::No => {}
                Verdict::Open => alerts.open.push(alert),
            }
        }
        Ok(alerts)
    }

    /// Whether the authorization of a case serves its charge, and every reason why not.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn serving<'a>(&'a self, case: &'a Case) -> Result<Serving<'a>, Fault> {
        let (truth, answers) = self.look(case)?;
        let mut serving = Serving { serves: Some(true), unmet: Vec::new(), open: Vec::new() };
        for (requirement, rule) in self.authorization.serves.iter().zip(&self.rules.serves) {
            match self.settled(case, &answers, &truth, *rule)? {
                Verdict::Yes => {}
                Verdict::No => serving.unmet.push(self.unmet(case, requirement, *rule)),
                Verdict::Open => serving.open.push(&requirement.rule.id),
            }
        }
        serving.serves = match (serving.unmet.as_slice(), serving.open.as_slice()) {
            ([_, ..], _) => Some(false),
            ([], [_, ..]) => None,
            ([], []) => Some(!self.rules.serves.is_empty()),
        };
        Ok(serving)
    }

    /// The row that says whether an authorization is needed, whatever the rest of the policy says.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn requirement(&self, case: &Case) -> Result<Known<Option<&'p Demand>, &'p str>, Fault> {
        self.first(case, &self.authorization.required, &self.rules.required, |row| &row.rule)
    }

    /// The move that comes next, whatever the rest of the policy says.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn next(&self, case: &Case) -> Result<Known<Option<&'p Move>, &'p str>, Fault> {
        self.first(case, &self.authorization.next, &self.rules.next, |step| &step.rule)
    }

    /// The first of several things whose rule holds, if those before it surely do not.
    fn first<T>(
        &self,
        case: &Case,
        items: &'p [T],
        rules: &[RuleId],
        rule_of: impl Fn(&'p T) -> &'p Rule,
    ) -> Result<Known<Option<&'p T>, &'p str>, Fault> {
        let (truth, answers) = self.look(case)?;
        for (item, rule) in items.iter().zip(rules) {
            match self.settled(case, &answers, &truth, *rule)? {
                Verdict::Yes => return Ok(Known::Known(Some(item))),
                Verdict::No => {}
                Verdict::Open => return Ok(Known::Open(&rule_of(item).id)),
            }
        }
        Ok(Known::Known(None))
    }

    /// When the payer has to decide on a request that goes out at an instant; `None` if the policy states no time.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn determination(&self, case: &Case, from: Instant) -> Result<Known<Option<Due>, &'p str>, Fault> {
        let rows = &self.authorization.determination;
        Ok(match self.first(case, rows, &self.rules.determination, |row| &row.rule)? {
            Known::Known(row) => {
                let allowed = row.and_then(|row| row.allowed.as_ref());
                Known::Known(allowed.map(|allowed| self.due(&allowed.within, from)).transpose()?)
            }
            Known::Open(rule) => Known::Open(rule),
        })
    }

    /// When something is due that runs from an instant, such as the move that comes next.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn due(&self, within: &Turnaround, from: Instant) -> Result<Due, Fault> {
        due(self.program, within, from, "the instant that is given")
    }

    /// The organisation's own approval, if a request needs it.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn internal_approval(&self, case: &Case) -> Result<Known<Option<&'p InternalApproval>, &'p str>, Fault> {
        let (Some(internal), Some(rule)) = (&self.authorization.internal, self.rules.internal) else {
            return Ok(Known::Known(None));
        };
        let (truth, answers) = self.look(case)?;
        Ok(match self.settled(case, &answers, &truth, rule)? {
            Verdict::Yes => Known::Known(Some(internal)),
            Verdict::No => Known::Known(None),
            Verdict::Open => Known::Open(&internal.rule.id),
        })
    }

    /// What is known of the rules, with every hook asked that can be.
    fn look(&self, case: &Case) -> Result<(Truth, Answers), Fault> {
        let mut answers = self.answers.clone();
        self.program.ask_all(case, &mut answers);
        Ok((self.program.first_sight(case, &self.now, &answers)?, answers))
    }

    /// What is known of one rule at a closer look.
    fn settled(&self, case: &Case, answers: &Answers, truth: &Truth, rule: RuleId) -> Result<Verdict, Fault> {
        let verdict = self.program.verdict(truth, rule);
        if verdict != Verdict::Open {
            return Ok(verdict);
        }
        let completions = self.program.completions(case, &self.now, answers);
        let region = self.program.region(case, &self.now, answers, &completions)?;
        Ok(walk::verdict(self.program, region.truth(), &region, &completions, rule))
    }

    fn unmet<'a>(&'a self, case: &'a Case, requirement: &'a Requirement, rule: RuleId) -> Unmet<'a> {
        let rule = self.program.rule(rule);
        let facts = rule.facts.iter().filter_map(|fact| given(self.program, case, *fact)).collect();
        Unmet { rule: &rule.id, say: &requirement.say, facts }
    }
}
