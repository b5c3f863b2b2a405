//! One level of an approval: who decides there, when it is entered, and how soon it is decided.

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{Entry, Node};

use super::matcher::Scope;
use super::named::role;
use super::reader::{Captions, Fields, Reader};
use super::{Allowance, Condition, Lapse, Rule, approval, lapse, turnaround, when};

/// One level.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub captions: Captions,
    /// When it is entered.
    pub rule: Rule,
    /// The roles that decide.
    pub roles: Vec<String>,
    /// The only people of these roles who decide; everybody of them, if none is named.
    pub people: Vec<String>,
    /// How many approvals it takes.
    pub approvers: Approvers,
    /// What one denial does.
    pub denial: Denial,
    /// How soon it is decided, and from when on that is at risk.
    pub within: Option<Allowance>,
    /// What happens when it is not.
    pub lapses: Vec<Lapse>,
}

/// How many approvals a level takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approvers {
    /// This many people.
    Count(usize),
    /// One for each role, different people.
    EachRole,
    /// Everybody who is named.
    EachPerson,
}

/// What one denial does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// It ends the round.
    Ends,
    /// It ends the round once the approvals needed cannot be reached any more.
    EndsWhenImpossible,
}

/// How many approvals a level may take.
pub const MOST_SEATS: usize = 64;

impl Level {
    /// How many approvals it takes.
    pub fn seats(&self) -> usize {
        match self.approvers {
            Approvers::Count(count) => count,
            Approvers::EachRole => self.roles.len(),
            Approvers::EachPerson => self.people.len(),
        }
    }
}

/// Lowers one entry of `levels:`.
pub(super) fn lower(reader: &mut Reader<'_>, scope: &Scope<'_>, entry: &Entry) -> Option<Level> {
    let before = reader.faults();
    let mut fields = reader.fields(&entry.value, "the level's role and rules")?;
    let captions = fields.captions(reader);
    let roles = deciders(reader, scope, entry.key_span, &mut fields);
    let people = fields.node("people").map(|node| people(reader, node)).unwrap_or_default();
    let when = match fields.node("when") {
        Some(node) => when::lower(reader, scope, node),
        None => Some(Condition::Always),
    };
    let approvers = match fields.node("approvers") {
        Some(node) => {
            // what is wrong with the roles has been reported: there may be more of them
            let count = if reader.faults() > before { MOST_SEATS } else { roles.len() };
            approvers(reader, node, count, people.len())
        }
        None => Some(Approvers::Count(1)),
    };
    let denial = fields.take("deny").and_then(|entry| denial(reader, entry, people.is_empty()));
    let within = fields.take("within");
    let allowed = within.map(|entry| turnaround::allowance(reader, scope, Some(&entry.value), &mut fields));
    let lapses = fields.take("if it lapses");
    if let (Some(lapses), None) = (lapses, within) {
        let help = "add `within:` to the level, or delete the key";
        reader.fault(Code::BadLapse, lapses.key_span, "nothing says when the level lapses", help);
    }
    let within = allowed.flatten().flatten();
    if within.as_ref().is_some_and(|allowed| allowed.clock.pausable) {
        let help = "leave `pausable` out: no event of a request pauses its clock";
        reader.fault(Code::IdleClock, entry.key_span, "the clock of a level is never paused", help);
    }
    let everybody = people.is_empty() && matches!(approvers, Some(Approvers::Count(_)));
    let deciders = if everybody { roles.as_slice() } else { &[] };
    let lapses = lapses.map(|entry| lapse::lower(reader, scope, &entry.value, deciders)).unwrap_or_default();
    fields.finish(reader);
    let rule = Rule { id: format!("levels.{}", entry.key), place: reader.place(entry.key_span), when: when? };
    (reader.faults() == before).then_some(Level {
        name: entry.key.clone(),
        captions,
        rule,
        roles,
        people,
        approvers: approvers?,
        denial: denial.unwrap_or(Denial::Ends),
        within,
        lapses,
    })
}

/// `role:` or `roles:`.
fn deciders(reader: &mut Reader<'_>, scope: &Scope<'_>, name: Span, fields: &mut Fields<'_>) -> Vec<String> {
    match (fields.take("role"), fields.take("roles")) {
        (Some(one), None) => role(reader, scope, &one.value).into_iter().collect(),
        (None, Some(several)) => approval::roles(reader, scope, &several.value),
        (Some(_), Some(several)) => {
            let message = "a level has either `role` or `roles`";
            reader.fault(Code::UnknownKey, several.key_span, message, "delete one of the two");
            Vec::new()
        }
        (None, None) => {
            reader.fault(Code::MissingKey, name, "nothing says who decides the level", "add `role:` with a role");
            Vec::new()
        }
    }
}

fn people(reader: &mut Reader<'_>, node: &Node) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (id, span) in reader.words(node, "people") {
        if found.iter().any(|known| known == id) {
            reader.fault(Code::DuplicateName, span, format!("`{id}` is named twice"), "name everybody once");
        }
        found.push(id.to_owned());
    }
    found
}

/// `any`, `all` or `2 of`.
fn approvers(reader: &mut Reader<'_>, node: &Node, roles: usize, people: usize) -> Option<Approvers> {
    let text = reader.word(node, "`any`, `all` or a number such as `2 of`")?;
    let (approvers, seats) = match text {
        "any" => (Approvers::Count(1), 1),
        "all" if people > 0 => (Approvers::EachPerson, people),
        "all" if roles > 1 => (Approvers::EachRole, roles),
        "all" => {
            let help = "name them with `people:`, or several roles with `roles:`; `2 of` asks for two of the role";
            reader.fault(Code::BadApprovers, node.span, "nobody knows all people of one role", help);
            return None;
        }
        phrase => match phrase.strip_suffix(" of").and_then(|figure| figure.parse().ok()) {
            Some(count @ 1..) => (Approvers::Count(count), count),
            Some(0) | None => {
                let message = format!("`{text}` does not say how many people approve");
                reader.fault(Code::BadApprovers, node.span, message, "write `any`, `all` or a number such as `2 of`");
                return None;
            }
        },
    };
    if people > 0 && seats > people {
        let message = format!("`{text}` takes more people than the {people} that are named");
        reader.fault(Code::BadApprovers, node.span, message, "write a smaller number, or name more people");
        return None;
    }
    if seats > MOST_SEATS {
        let message = format!("the level takes more than {MOST_SEATS} approvals");
        reader.fault(Code::BadApprovers, node.span, message, "ask fewer people, or divide the level");
        return None;
    }
    Some(approvers)
}

fn denial(reader: &mut Reader<'_>, entry: &Entry, nobody_named: bool) -> Option<Denial> {
    const WAYS: [(&str, Denial); 2] =
        [("at once", Denial::Ends), ("when approval is impossible", Denial::EndsWhenImpossible)];
    let denial = reader.one_of(&entry.value, "way of a denial:", &WAYS)?;
    if denial == Denial::EndsWhenImpossible && nobody_named {
        let message = "nobody can tell when approval is impossible: the level names no people";
        reader.fault(Code::BadApprovers, entry.value.span, message, "add `people:`, or write `deny: at once`");
    }
    Some(denial)
}
