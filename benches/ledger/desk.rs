//! The shipped policy, and a ledger's plain entries.

use std::sync::Arc;

use chrono::NaiveDate;
use rulebook::auth::{Actor, Desk, Rules};
use rulebook::diagnostic::Bag;
use rulebook::ledger::{Act, AddAuthorization, AddCharge, AddMember, AuthorizationId, Codes, Ledger, Units};
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::{Instant, Zones, parse_date};

pub const PAYER: &str = "example-health-plan";
pub const CODE: &str = "97110";

pub fn program() -> Program {
    let files = [
        "vocabulary.yaml",
        "calendars/us-business.yaml",
        "hooks/codes.rhai",
        "approvals/service-authorization.yaml",
        "authorizations/service.yaml",
    ];
    let source = |path: &str| {
        let text = std::fs::read_to_string(format!("{}/rules/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        Arc::new(Source::new(path, text))
    };
    let mut bag = Bag::default();
    let library = Library::load(&files.map(source), &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "the policy has no faults");
    Program::compile(library.policy("service").unwrap())
}

pub fn desk<'p>(program: &'p Program, at: &str) -> Desk<'p> {
    let rules = Rules { program, partners: Vec::new() };
    let actor = Actor::parse("ana:authorization_coordinator").unwrap();
    Desk::new(rules, Zones::embedded().get("UTC").unwrap(), actor, instant(at), None, None).unwrap()
}

pub fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap().0
}

pub fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

/// When everything is done that is measured.
pub const AT: &str = "2026-03-02T09:00:00-05:00";
pub const POLICY: &str = "sha256:3d5c1f6a8b0e4d2f9a7c6b5e4d3c2b1a0f9e8d7c6b5a493827160f5e4d3c2b1a";
pub const ACTOR: &str = "ana";

pub fn act(key: Option<&str>) -> Act<'_> {
    Act { actor: ACTOR, at: instant(AT), policy: POLICY, reason: None, key }
}

/// Enters a member with an authorization that suffices for all, and so many charges `c0`, `c1`, …
pub fn enter(ledger: &mut Ledger, charges: u32) -> AuthorizationId {
    let member = AddMember {
        id: "m1".into(),
        last_name: "Ruiz".into(),
        first_name: "Eva".into(),
        born: None,
        sex: None,
        subscriber: None,
    };
    ledger.run(act(None), &member).unwrap();
    let authorization = AddAuthorization {
        member: "m1".into(),
        payer: PAYER.into(),
        number: "A-77".into(),
        first_day: day("2026-03-01"),
        last_day: day("2026-05-31"),
        approved: Units::whole(100_000).unwrap(),
        codes: Codes::new([CODE, "97112"]).unwrap(),
        document: None,
    };
    let id = ledger.run(act(None), &authorization).unwrap().value.authorization;
    for number in 0..charges {
        let charge = AddCharge {
            id: format!("c{number}"),
            member: "m1".into(),
            payer: PAYER.into(),
            day: day("2026-03-05"),
            code: CODE.into(),
            units: Units::whole(1).unwrap(),
            auth_required: true,
            document: None,
        };
        ledger.run(act(None), &charge).unwrap();
    }
    id
}
