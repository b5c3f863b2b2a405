//! Policies by which services are authorized.

use serde_json::{Value, json};

use crate::policy::{Command, Field, Group, Rank};

use super::keys::{Keys, map_of, reference};
use super::{escalation, phrase, scalar};

/// The keys of an authorization policy.
pub(super) fn rules(keys: Keys) -> Keys {
    let section = |rule: Value| map_of(phrase::NAME, rule, 1);
    let ranks = scalar::one_of(Rank::ALL.map(Rank::phrase).into_iter());
    let scopes = || scalar::one_or_more(&scalar::word());
    let commands = Command::ALL
        .into_iter()
        .fold(Keys::new(), |keys, command| keys.may(command.word(), "The scopes that it takes.", scopes()));
    keys.must("required", "Whether an authorization is needed; the first row that holds says it.", section(demand()))
        .may("reads", "Which facts carry what is known of an authorization, a charge and a request.", reads())
        .may("documents", "The documents that some requests need.", section(requirement()))
        .may("forms", "The forms that some requests need.", section(requirement()))
        .may("before submitting", "What must be true before any request goes out.", section(requirement()))
        .may("internal approval", "The policy that must have approved a request before.", internal())
        .may(
            "serves a charge",
            "What an authorization must meet beside what is always demanded.",
            section(requirement()),
        )
        .may("rank by", "How authorizations that serve are ranked.", scalar::one_or_more(&ranks))
        .may("next", "What comes next; the first move that holds.", section(step()))
        .may("determination", "How soon the payer decides.", reference("turnaround"))
        .may("alerts", "What is to be noticed.", section(alert()))
        .may("renewal lead time", "How long before its end the next one is asked for.", lead_time())
        .may("commands", "The scopes that each command takes.", commands.object())
        .may("scopes", "The scopes that each role has.", map_of(phrase::ANYTHING, scopes(), 0))
}

/// `reads:`, group by group.
fn reads() -> Value {
    let groups = Group::ALL.into_iter().fold(Keys::new(), |keys, group| {
        let fields = Field::ALL.into_iter().filter(|field| field.group() == group);
        let bound = |keys: Keys, field: Field| {
            keys.may(field.word(), &format!("Binds {}.", field.kind().expected()), reference("known fact"))
        };
        keys.may(group.word(), "Its fields, each with its fact.", fields.fold(Keys::new(), bound).object())
    });
    groups.object()
}

fn consequences(keys: Keys) -> Keys {
    keys.may("actions", "What is to be done.", scalar::one_or_more(&reference("action"))).may(
        "notes",
        "What is to be known.",
        scalar::one_or_more(&scalar::sentence()),
    )
}

fn demand() -> Value {
    let answers = [
        ("required", "An authorization is needed."),
        ("not_required", "None is needed."),
        ("ask_payer", "Only the payer knows."),
    ];
    let papers = || scalar::one_or_more(&scalar::word());
    consequences(Keys::named())
        .must("when", "When the row holds.", reference("condition"))
        .must("answer", "What it says.", scalar::explained(answers.into_iter()))
        .may("documents", "The documents that go along.", papers())
        .may("forms", "The forms that go along.", papers())
        .object()
}

fn requirement() -> Value {
    Keys::named()
        .must("that", "What must be true.", reference("condition"))
        .must("else", "What to say while it is not.", scalar::sentence())
        .object()
}

fn internal() -> Value {
    Keys::named()
        .must("policy", "The approval policy.", scalar::word())
        .may("when", "When its approval is needed; always unless given.", reference("condition"))
        .must("else", "What to say while it is not given.", scalar::sentence())
        .object()
}

fn step() -> Value {
    consequences(Keys::named())
        .must("when", "When it comes next.", reference("condition"))
        .may("within", "How soon.", escalation::within())
        .may("every", "How often it is done again.", escalation::within())
        .may("at most", "How many times.", scalar::phrase(r"^\+?[0-9]+\s* times$"))
        .rule(json!({ "dependentRequired": { "at most": ["every"] } }))
        .rule(json!({ "not": { "required": ["within", "every"] } }))
        .one_of(&["actions", "notes"])
        .object()
}

fn alert() -> Value {
    consequences(Keys::named()).must("when", "What is to be noticed.", reference("condition")).object()
}

fn lead_time() -> Value {
    let pattern = r"^\+?[0-9]+ \s*(?:days?|weeks?|business days?)\s*$";
    json!({ "type": "string", "pattern": pattern, "examples": ["10 business days"] })
}
