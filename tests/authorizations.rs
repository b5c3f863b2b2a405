//! Authorizations: which one serves, when it runs out, who may do what, and the single questions of those who keep them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rulebook::diagnostic::Bag;
use rulebook::engine::authorization::{
    self, Desk, FieldValue, Grant, Known, Pace, Ranked, Shortfall, Use, clear, compare, fill,
};
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::{
    Authorization, Body, Command, Field, Forbidden, LeadTime, Library, OUTCOMES, Rank, STATUSES, URGENCIES, Usage,
};
use rulebook::program::Program;
use rulebook::source::{Place, Source, Span};
use rulebook::time::{Calendar, Zones};
use rust_decimal::Decimal;

const AT: &str = r#"{"at": "2026-03-02T10:00:00-05:00"}"#;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'));
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The shipped policies.
fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let sources: Vec<Arc<Source>> = files(&root)
        .iter()
        .map(|path| {
            let relative = path.strip_prefix(&root).unwrap().to_str().unwrap();
            Arc::new(Source::new(relative, std::fs::read_to_string(path).unwrap()))
        })
        .collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    assert!(bag.is_empty(), "{:#?}", bag.into_sorted());
    library
}

fn program(library: &Library) -> Program {
    Program::compile(library.policy("service").unwrap())
}

fn policy(program: &Program) -> &Authorization {
    match &program.policy().body {
        Body::Authorization(authorization) => authorization,
        _ => panic!("the shipped policy authorizes services"),
    }
}

fn case(program: &Program, text: &str) -> Case {
    Case::from_json(text, &program.policy().vocabulary).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

/// Ten-thousandths.
fn units(count: i64) -> Decimal {
    Decimal::new(count, 4)
}

/// The day on which the units run out, found by walking: what is used up after each further day is the use so far and as
/// many daily shares of it, counted in whole parts of a share.
fn walked(pace: &Pace, today: NaiveDate, most: i128) -> Option<NaiveDate> {
    let part = |number: Decimal| {
        let scaled = (number * Decimal::from(10_000)).normalize();
        assert_eq!(scaled.scale(), 0);
        scaled.mantissa()
    };
    let days = i128::from((today - pace.first_day).num_days()) + 1;
    // a day's share is `used / days`: in parts of one `days`-th, `used`
    let (mut gone, share, enough) = (part(pace.used) * days, part(pace.used), part(pace.approved) * days);
    let mut date = today;
    for _ in 0..=most {
        if gone >= enough {
            return Some(date);
        }
        gone += share;
        date = date.succ_opt()?;
    }
    None
}

/// Business days from Monday to Friday without holidays would hide mistakes: the shipped calendar has both.
fn calendar(library: &Library) -> Arc<Calendar> {
    Arc::clone(library.calendar("us-business").unwrap())
}

fn lead(days: u32, business: bool) -> LeadTime {
    let source = Arc::new(Source::new("lead", String::from("x")));
    LeadTime { days, business, place: Place::new(&source, Span::new(0, 1)) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The formula says what a walk from day to day finds.
    #[test]
    fn units_run_out_on_the_day_that_a_walk_finds(
        used in 1_i64..400_000,
        more in 0_i64..400_000,
        run in 0_u64..120,
        length in 0_u64..200,
    ) {
        let pace = Pace { first_day: day(0), last_day: day(length), approved: units(used + more), used: units(used) };
        let today = day(run);
        let found = pace.exhausted_on(today).unwrap();
        // a pace too slow to be walked is left to the others
        if (found - today).num_days() <= 5_000 {
            prop_assert_eq!(Some(found), walked(&pace, today, 5_001));
        }
    }

    /// The lead time, walked back from the day on which it runs out.
    #[test]
    fn a_renewal_is_asked_for_one_lead_time_ahead(
        used in 0_i64..200_000,
        more in -50_000_i64..200_000,
        run in 0_u64..60,
        length in 1_u64..300,
        days in 1_u32..40,
        business in any::<bool>(),
    ) {
        let library = library();
        let calendar = calendar(&library);
        let pace = Pace { first_day: day(0), last_day: day(length), approved: units((used + more).max(0)), used: units(used) };
        let today = day(run);
        let renewal = pace.renewal(today, &lead(days, business), &calendar).unwrap();
        let exhausted = pace.exhausted_on(today);
        prop_assert_eq!(renewal.runs_out, exhausted.map_or(pace.last_day, |date| date.min(pace.last_day)));
        prop_assert_eq!(renewal.by_pace, exhausted.is_some_and(|date| date <= pace.last_day));
        let mut date = renewal.runs_out;
        let mut left = days;
        while left > 0 {
            if !business || calendar.is_business_day(date) {
                left -= 1;
            }
            date = date.pred_opt().unwrap();
        }
        while business && !calendar.is_business_day(date) {
            date = date.pred_opt().unwrap();
        }
        prop_assert_eq!(renewal.ask_by, date);
    }

    /// The four conditions, once over a plain struct and once as rules over facts: neither says what the other does not.
    #[test]
    fn the_rules_say_of_a_charge_what_the_plain_conditions_do(
        status in 0..STATUSES.len(),
        first in 0_u64..20,
        length in 0_u64..20,
        date in 0_u64..40,
        approved in 0_i64..40_000,
        used in 0_i64..45_000,
        taken in 0_i64..30_000,
        covered in any::<bool>(),
    ) {
        thread_local!(static PROGRAM: Program = program(&library()));
        PROGRAM.with(|program| {
            let grant = Grant {
                active: STATUSES[status] == "ACTIVE",
                first_day: day(first),
                last_day: day(first + length),
                approved: units(approved),
                used: units(used),
            };
            let charge = Use { date: day(date), units: units(taken), covered };
            let mut told = case(program, AT);
            for (field, value) in [
                (Field::Status, FieldValue::Word(STATUSES[status])),
                (Field::FirstDay, FieldValue::Date(grant.first_day)),
                (Field::LastDay, FieldValue::Date(grant.last_day)),
                (Field::Approved, FieldValue::Number(grant.approved)),
                (Field::Used, FieldValue::Number(grant.used)),
                (Field::DateOfService, FieldValue::Date(charge.date)),
                (Field::Units, FieldValue::Number(charge.units)),
                (Field::CoversCode, FieldValue::Truth(covered)),
            ] {
                prop_assert!(fill(program, &mut told, field, value).unwrap());
            }
            let desk = Desk::new(program, &told).unwrap();
            let serving = desk.serving(&told).unwrap();
            let plain = grant.shortfalls(&charge);
            let words: Vec<&str> = plain.iter().map(|why| why.word()).collect();
            let rules: Vec<&str> = serving.unmet.iter().map(|unmet| named(unmet.rule)).collect();
            prop_assert_eq!(serving.serves, Some(plain.is_empty()));
            prop_assert_eq!(rules, words);
            prop_assert!(serving.open.is_empty());
            Ok(())
        })?;
    }

    /// Any ten digits but for the last leave one last digit that checks them.
    #[test]
    fn one_digit_checks_the_others(digits in 100_000_000_u32..1_000_000_000) {
        let accepted = (0..10).filter(|last| partner(&format!("{digits}{last}"))).count();
        prop_assert_eq!(accepted, 1);
    }
}

/// The word of the plain condition for a rule that the engine makes.
fn named(rule: &str) -> &'static str {
    let whys = [
        ("serves a charge.active", Shortfall::NotActive),
        ("serves a charge.begun", Shortfall::TooEarly),
        ("serves a charge.not ended", Shortfall::TooLate),
        ("serves a charge.units", Shortfall::TooFewUnits),
        ("serves a charge.code", Shortfall::NotCovered),
    ];
    whys.into_iter().find(|(id, _)| *id == rule).map(|(_, why)| why.word()).unwrap_or_else(|| panic!("{rule}"))
}

/// Whether a partner with this identifier is taken.
fn partner(npi: &str) -> bool {
    let text = format!(
        "partner: p\npayers: [a]\nusage: test\nsender: {{ qualifier: ZZ, id: US }}\nreceiver: {{ qualifier: ZZ, id: THEM }}\n\
         reviewer: {{ name: PLAN, qualifier: PI, id: \"12345\" }}\nrequester: {{ name: CLINIC, npi: \"{npi}\" }}\n"
    );
    let mut bag = Bag::default();
    let library = Library::load(&[Arc::new(Source::new("p.yaml", text))], &Zones::embedded(), &mut bag);
    assert_eq!(bag.is_empty(), library.partner("p").is_some());
    bag.is_empty()
}

#[test]
fn what_is_used_up_runs_out_today_and_what_is_not_used_never() {
    let pace =
        |approved, used| Pace { first_day: day(10), last_day: day(40), approved: units(approved), used: units(used) };
    assert_eq!(pace(30_000, 30_000).exhausted_on(day(20)), Some(day(20)));
    assert_eq!(pace(30_000, 50_000).exhausted_on(day(20)), Some(day(20)), "the payer has cut below what is used");
    assert_eq!(pace(30_000, 0).exhausted_on(day(20)), None);
    assert_eq!(pace(30_000, 10_000).exhausted_on(day(9)), None, "the period has not begun");
    // one unit on the first day: one a day
    assert_eq!(pace(30_000, 10_000).exhausted_on(day(10)), Some(day(12)));
    let slow = Pace { approved: Decimal::from(i64::MAX), ..pace(0, 1) };
    assert_eq!(slow.exhausted_on(day(20)), None, "no date lies so far off");
}

#[test]
fn the_most_units_left_go_first_then_the_earliest_end_then_the_number() {
    let ranked = |left, end, number| Ranked { left: units(left), last_day: day(end), number };
    let mut all = [ranked(2, 9, "D"), ranked(5, 30, "B"), ranked(2, 4, "E"), ranked(5, 30, "A"), ranked(-1, 1, "C")];
    let numbers = |all: &[Ranked<'static>]| all.iter().map(|one| one.number).collect::<String>();
    all.sort_by(|one, other| compare(&Rank::ALL, one, other));
    assert_eq!(numbers(&all), "ABEDC");
    all.sort_by(|one, other| compare(&[Rank::EarliestEnd, Rank::Number], one, other));
    assert_eq!(numbers(&all), "CEDAB");
    let library = library();
    assert_eq!(policy(&program(&library)).rank, Rank::ALL);
}

#[test]
fn who_lacks_a_scope_is_told_which_and_who_has_it() {
    let library = library();
    let program = program(&library);
    let access = &policy(&program).access;
    for command in Command::ALL {
        assert_eq!(access.permit(command, &["authorization_coordinator"]), Ok(()), "{}", command.word());
        let [first, ..] = access.scopes(command) else { panic!("nobody may {}", command.word()) };
        let Err(Forbidden::Lacks { scope, held_by }) = access.permit(command, &["payer"]) else { panic!() };
        assert_eq!(scope, first);
        assert!(held_by.contains(&"authorization_coordinator"));
    }
    assert_eq!(access.permit(Command::Show, &["clinician"]), Ok(()));
    let lacks = Forbidden::Lacks { scope: "clinical.authorization.write", held_by: vec!["authorization_coordinator"] };
    assert_eq!(access.permit(Command::Attach, &["clinician", "financial_manager"]), Err(lacks));
    // roles add up: one has the first scope that this takes, the other the second
    assert_eq!(access.permit(Command::Candidates, &["clinician", "financial_manager"]), Ok(()));
    let nobody = rulebook::policy::Access::default();
    assert_eq!(nobody.permit(Command::Show, &["clinician"]), Err(Forbidden::Nobody));
}

#[test]
fn single_questions_have_the_answers_of_the_whole() {
    let library = library();
    let program = program(&library);
    for suite in library.suites().iter().filter(|suite| suite.policy.name == "service") {
        assert!(suite.cases.len() > 30);
        for test in &suite.cases {
            let whole = decide(&program, &test.case).unwrap();
            let desk = Desk::new(&program, &test.case).unwrap();
            let Some(beside) = whole.beside() else { continue };
            let alerts = desk.alerts(&test.case).unwrap();
            assert_eq!(alerts.holding, beside.alerts, "{}", test.name);
            assert!(alerts.open.is_empty(), "{}", test.name);
            let serving = desk.serving(&test.case).unwrap();
            if whole.answer.outcome == "satisfied" {
                assert_eq!(serving.serves, Some(true), "{}", test.name);
            }
            if !beside.not_served.is_empty() {
                let rules = |unmet: &[rulebook::engine::Unmet<'_>]| {
                    unmet.iter().map(|one| one.rule.to_owned()).collect::<Vec<String>>()
                };
                assert_eq!(rules(&serving.unmet), rules(&beside.not_served), "{}", test.name);
            }
            if whole.answer.outcome != "not_required" {
                let next = whole.answer.keys.course.as_deref().and_then(|course| course.next);
                assert_eq!(desk.next(&test.case).unwrap(), Known::Known(next), "{}", test.name);
            }
        }
    }
}

#[test]
fn an_approval_in_the_house_is_needed_where_the_policy_says_so() {
    let library = library();
    let program = program(&library);
    let asked = |text: &str| {
        let case = case(&program, text);
        let desk = Desk::new(&program, &case).unwrap();
        match desk.internal_approval(&case).unwrap() {
            Known::Known(found) => found.map(|approval| approval.policy.clone()),
            Known::Open(rule) => panic!("{rule} is open"),
        }
    };
    let from_clinician = r#"{"at": "2026-03-02T10:00:00-05:00", "facts": {"request.from_clinician": true}}"#;
    assert_eq!(asked(from_clinician).as_deref(), Some("service-authorization"));
    assert_eq!(asked(AT), None);
    // what it names is there, and approves
    assert!(matches!(library.policy("service-authorization").unwrap().body, Body::Approval(_)));
}

#[test]
fn a_field_takes_what_its_fact_can_hold_and_nothing_else() {
    let library = library();
    let program = program(&library);
    let mut told = case(&program, AT);
    let fact = |field| policy(&program).reads.fact(field).unwrap();
    assert!(fill(&program, &mut told, Field::Attempts, FieldValue::Number(units(30_000))).unwrap());
    assert_eq!(told.value(fact(Field::Attempts)).unwrap().to_owned(), rulebook::facts::Value::Integer(3));
    assert!(clear(&program, &mut told, Field::Attempts).unwrap());
    assert_eq!(told.value(fact(Field::Attempts)), None);
    // the shipped policy does not read whether the payer approved something else
    assert_eq!(fill(&program, &mut told, Field::Modified, FieldValue::Truth(true)), Ok(false));
    for (field, value) in [
        (Field::Attempts, FieldValue::Number(units(5_000))),
        (Field::Attempts, FieldValue::Number(units(-10_000))),
        (Field::Status, FieldValue::Word("EXPIRED")),
        (Field::FirstDay, FieldValue::Word("soon")),
        (Field::Urgency, FieldValue::Truth(true)),
    ] {
        let fault = fill(&program, &mut told, field, value).unwrap_err();
        assert!(fault.advice().is_some(), "{fault}");
    }
    let others = Program::compile(library.policy("patient-billing").unwrap());
    assert!(authorization::policy(&others).is_err());
}

#[test]
fn the_words_that_others_hand_over_are_those_of_the_shipped_vocabulary() {
    let library = library();
    let program = program(&library);
    let mut told = case(&program, AT);
    for (field, words) in [
        (Field::Status, STATUSES.as_slice()),
        (Field::Outcome, OUTCOMES.as_slice()),
        (Field::Urgency, URGENCIES.as_slice()),
    ] {
        for word in words {
            assert_eq!(fill(&program, &mut told, field, FieldValue::Word(word)), Ok(true), "{word}");
        }
    }
    let fields: BTreeSet<(&str, &str)> = Field::ALL.map(|field| (field.group().word(), field.word())).into();
    assert_eq!(fields.len(), Field::ALL.len(), "two fields have one word");
}

#[test]
fn partners_are_found_with_their_settings() {
    let library = library();
    let partner = library.partner("example-clearinghouse").unwrap();
    assert_eq!(library.partners().count(), 1);
    assert_eq!((partner.title(), partner.usage()), ("Example Clearinghouse", Usage::Test));
    assert_eq!(partner.payers(), ["example-health-plan"]);
    assert_eq!((partner.sender().id.as_str(), partner.receiver().qualifier.as_str()), ("OURCLINIC", "ZZ"));
    assert_eq!((partner.delimiters().element, partner.usage().letter()), (b'*', b'T'));
    assert_eq!((partner.reviewer_name(), partner.reviewer_id()), ("EXAMPLE HEALTH PLAN", ("PI", "12345")));
    assert_eq!((partner.requester_name(), partner.requester_npi()), ("OUR CLINIC", "1234567893"));
    assert!(partner.is_acknowledged() && !partner.has_line_breaks());
}
