//! The ledger's guard and the policy's verdict are one: what the one lets through the other calls served.

use std::sync::Arc;

use proptest::prelude::*;
use rulebook::auth::{Actor, Desk, Rules};
use rulebook::diagnostic::Bag;
use rulebook::ledger::{Access, AddAuthorization, AddCharge, AddMember, Amend, Codes, Ledger, NewDocument, Units};
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::{Instant, Zones, parse_date};

use crate::command::Folder;

pub fn source(path: &str) -> Arc<Source> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path);
    Arc::new(Source::new(path, std::fs::read_to_string(file).unwrap()))
}

fn program() -> Program {
    let files = [
        "vocabulary.yaml",
        "calendars/us-business.yaml",
        "approvals/service-authorization.yaml",
        "authorizations/service.yaml",
    ];
    let mut bag = Bag::default();
    let library = Library::load(&files.map(source), &Zones::embedded(), &mut bag);
    Program::compile(library.policy("service").expect("the policy is sound"))
}

/// A charge on a day of March against an authorization of some days, units and codes, of which some units are used.
#[derive(Debug, Clone)]
struct Drawn {
    first: u32,
    last: u32,
    day: u32,
    approved: i64,
    cut: Option<i64>,
    used: i64,
    units: i64,
    codes: Vec<&'static str>,
    code: &'static str,
    other_payer: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let code = || prop::sample::select(vec!["97110", "97112", "9711", "97110-59"]);
    let days = (1..29_u32, 0..10_u32, 1..29_u32);
    let units = (0..60_000_i64, prop::option::of(0..60_000_i64), 0..60_000_i64, 1..60_000_i64);
    (days, units, prop::collection::vec(code(), 0..3), code(), prop::bool::weighted(0.1)).prop_map(
        |((first, more, day), (approved, cut, used, units), codes, code, other_payer)| Drawn {
            first,
            last: (first + more).min(28),
            day,
            approved,
            cut,
            used: used.min(approved),
            units,
            codes,
            code,
            other_payer,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_guard_lets_through_what_the_policy_calls_served(drawn in drawn()) {
        let folder = Folder::new("guard");
        let program = program();
        let (at, _) = Instant::parse("2026-03-15T10:00:00-04:00").unwrap();
        let rules = Rules { program: &program, partners: Vec::new() };
        let utc = Zones::embedded().get("UTC").unwrap();
        let actor = Actor::parse("ana:authorization_coordinator").unwrap();
        let desk = Desk::new(rules, utc, actor, at, None, None).unwrap();
        let mut ledger = Ledger::open(folder.path().join("a.ledger").to_str().unwrap(), Access::Write).unwrap();
        let units = |units| Units::from_ten_thousandths(units).unwrap();
        let day = |day: u32| parse_date(&format!("2026-03-{day:02}")).unwrap();
        let member = AddMember {
            id: "m".into(), last_name: "R".into(), first_name: "E".into(), born: None, sex: None, subscriber: None,
        };
        desk.add_member(&mut ledger, &member).unwrap();
        let mut charge = |id: &str, day, units, code: &str, payer: &str| {
            let charge = AddCharge {
                id: id.into(), member: "m".into(), payer: payer.into(), day, code: code.into(), units, auth_required: true, document: None,
            };
            desk.add_charge(&mut ledger, rulebook::auth::NewCharge { charge, issue: Some(true), said: Vec::new() }).unwrap();
        };
        let before = drawn.codes.first().copied().unwrap_or("97110");
        if drawn.used > 0 {
            charge("before", day(drawn.first), units(drawn.used), before, "p");
        }
        charge("now", day(drawn.day), units(drawn.units), drawn.code, if drawn.other_payer { "q" } else { "p" });
        let authorization = AddAuthorization {
            member: "m".into(), payer: "p".into(), number: "A-1".into(), first_day: day(drawn.first),
            last_day: day(drawn.last), approved: units(drawn.approved), codes: Codes::new(&drawn.codes).unwrap(),
            document: None::<NewDocument>,
        };
        let id = desk.add(&mut ledger, &authorization).unwrap().value.authorization;
        if drawn.used > 0 {
            desk.attach(&mut ledger, "before", id).unwrap();
        }
        if let Some(cut) = drawn.cut.filter(|cut| *cut != drawn.approved) {
            desk.amend(&mut ledger, &Amend { approved: Some(units(cut)), ..Amend::new(id) }).unwrap();
        }
        let served = desk.candidates(&mut ledger, "now", true).unwrap()[0].serves;
        let attached = desk.attach(&mut ledger, "now", id);
        prop_assert_eq!(served, Some(attached.is_ok()), "{:?}", attached);
    }
}
