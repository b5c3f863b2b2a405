//! Alerts as a ledger's rows are looked through for them, beside each row by itself, put as a case of its own.

use std::path::Path;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rulebook::auth::{Actor, Desk, Rules};
use rulebook::diagnostic::Bag;
use rulebook::engine::authorization::{Desk as PolicyDesk, FieldValue, fill};
use rulebook::facts::Case;
use rulebook::ledger::{Access, Authorization, Filter, Ledger, Outcome, Purpose, Request, RequestState, Status, Units};
use rulebook::policy::{Field, Library};
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::{Instant, Zones, parse_date};
use rusqlite::{Connection, params};

use super::clinic::Clinic;
use super::guard::source;
use crate::command::Folder;
use crate::ledger::kills::random;

/// The shipped policy, with alerts about what no shipped alert looks at.
fn program(alerts: &str) -> Program {
    let file = source("authorizations/service.yaml");
    let text = file.text().replace("\nalerts:\n", &format!("\nalerts:\n{alerts}"));
    let files = [
        source("vocabulary.yaml"),
        source("calendars/us-business.yaml"),
        source("approvals/service-authorization.yaml"),
        Arc::new(Source::new("authorizations/service.yaml", text)),
    ];
    let mut bag = Bag::default();
    let library = Library::load(&files, &Zones::embedded(), &mut bag);
    Program::compile(library.policy("service").expect("the policy is sound"))
}

const OVER: &str = "  ended unused:
    title: Ended unused
    when: { auth.status: ACTIVE, auth.used_percent: less than 20, auth.last_day: within the last 40 days }
    actions: [renew]
  not begun:
    title: Not begun
    when: { auth.first_day: within the next 20 days }
    actions: [follow_up]
  appealed long ago:
    title: Appealed long ago
    when: { request.purpose: appeal, request.submitted_on: more than 30 days ago }
    actions: [call_payer]
  sent long ago:
    title: Sent long ago
    when: { auth.status: PENDING, request.submitted_on: more than 30 days ago }
    actions: [call_payer]
";

/// Writes rows of every kind, in an order that tells nothing.
fn write(file: &Path, rows: i64, seed: &mut u64) {
    drop(Ledger::open(file.to_str().unwrap(), Access::Write).unwrap());
    let mut connection = Connection::open(file).unwrap();
    let tx = connection.transaction().unwrap();
    tx.execute("INSERT INTO members (id, last_name, first_name) VALUES ('m', 'RUIZ', 'EVA')", []).unwrap();
    let start = parse_date("2026-01-01").unwrap();
    let mut below = |bound: u64| random(seed) % bound;
    let day = |offset: u64| -> NaiveDate { start.checked_add_days(Days::new(offset)).unwrap() };
    for id in 1..=rows {
        let status = Status::ALL[below(7) as usize % Status::ALL.len()];
        let first = below(120);
        let last = first + below(60);
        let approved = [0, 10_000, 95_000, 1_000_000][below(4) as usize];
        let used = if below(20) == 0 { approved + 1 } else { below(approved + 1) };
        let follow_up = (below(3) == 0).then(|| day(50 + below(30)).to_string());
        let request = (below(2) == 0).then_some(id);
        let sql = "INSERT INTO authorizations (id, member, payer, status, first_day, last_day, approved, used, modified, \
                   follow_up, request_id, codes) VALUES (?1, 'm', 'p', ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, '')";
        let (approved, used) = (approved as i64, used as i64);
        let values = params![
            id,
            status.word(),
            day(first).to_string(),
            day(last).to_string(),
            approved,
            used,
            follow_up,
            request
        ];
        tx.execute(sql, values).unwrap();
        if request.is_some() {
            let outcome = (below(3) > 0).then(|| Outcome::ALL[below(Outcome::ALL.len() as u64) as usize].word());
            let submitted = (below(4) > 0).then(|| 1_769_000_000 + below(5_000_000) as i64);
            let due = (below(3) > 0).then(|| 1_772_000_000 + below(2_000_000) as i64);
            let sql = "INSERT INTO requests (id, authorization_id, partner, trace, reference, state, units, first_day, last_day, codes, \
                       outcome, modified, correctable, reasons, attempts, submitted_at, due, purpose) \
                       VALUES (?1, ?1, 'hub', 'T' || ?1, 'R' || ?1, ?7, 1, ?2, ?2, '', ?3, 0, 0, '[]', 1, ?4, ?5, ?6)";
            let purpose = [Purpose::Initial, Purpose::Appeal][below(2) as usize].word();
            let state = RequestState::ALL[below(6) as usize % RequestState::ALL.len()].word();
            tx.execute(sql, params![id, day(first).to_string(), outcome, submitted, due, purpose, state]).unwrap();
            let appeal_by = (below(2) == 0).then(|| day(below(120)).to_string());
            let (correctable, retry) = (below(2) as i64, (below(3) == 0).then_some(1_772_000_000_i64));
            let sql = "UPDATE requests SET appeal_by = ?2, correctable = ?3, next_retry = ?4 WHERE id = ?1";
            tx.execute(sql, params![id, appeal_by, correctable, retry]).unwrap();
        }
    }
    tx.commit().unwrap();
}

/// A case of one authorization alone.
fn case(program: &Program, at: &str, authorization: &Authorization, request: Option<&Request>) -> Case {
    let text = format!(r#"{{"at":"{at}"}}"#);
    let mut case = Case::from_json(&text, &program.policy().vocabulary).unwrap();
    let mut tell = |field, value| {
        fill(program, &mut case, field, value).unwrap();
    };
    tell(Field::Status, FieldValue::Word(authorization.status.word()));
    tell(Field::FirstDay, FieldValue::Date(authorization.first_day));
    tell(Field::LastDay, FieldValue::Date(authorization.last_day));
    tell(Field::Approved, FieldValue::Number(authorization.approved.decimal()));
    tell(Field::Used, FieldValue::Number(authorization.used.decimal()));
    if let Some(day) = authorization.follow_up {
        tell(Field::FollowUpOn, FieldValue::Date(day));
    }
    let request = request.filter(|_| authorization.status != Status::Active);
    if let Some(request) = request {
        let appeal = request.purpose == Purpose::Appeal;
        tell(Field::Purpose, FieldValue::Word(if appeal { "appeal" } else { "initial" }));
    }
    let outcome = request.and_then(|request| request.outcome);
    let delayed = outcome == Some(Outcome::Rejected) && request.is_some_and(|request| request.next_retry.is_some());
    if delayed {
        tell(Field::Error, FieldValue::Word("PROCESSING_DELAY"));
    } else if let Some(outcome) = outcome {
        let asks = matches!(outcome, Outcome::CallPayer | Outcome::Unclear);
        let word = if asks { "PENDED" } else { outcome.word() };
        tell(Field::Outcome, FieldValue::Word(word));
        tell(Field::CallPayer, FieldValue::Truth(asks));
        let correctable = outcome == Outcome::Rejected && request.is_some_and(|request| request.correctable);
        tell(Field::Correctable, FieldValue::Truth(correctable));
        if let Some(by) = request.and_then(|request| request.appeal_by).filter(|_| outcome == Outcome::Denied) {
            tell(Field::AppealBy, FieldValue::Date(by));
        }
    } else if let Some(sent) = request.and_then(|request| request.submitted_at) {
        let zone = program.policy().calendar.as_ref().unwrap().zone().clone();
        tell(Field::SubmittedOn, FieldValue::Date(zone.local_date(sent)));
    }
    let late = request.and_then(|request| request.due).is_some_and(|due| due < Instant::parse(at).unwrap().0);
    let ours = outcome.is_some_and(|outcome| outcome.is_final() || outcome == Outcome::Rejected);
    tell(Field::Overdue, FieldValue::Truth(late && !ours));
    case
}

#[test]
fn looking_through_a_ledger_finds_what_each_row_by_itself_would_show() {
    let folder = Folder::new("alerts");
    let file = folder.path().join("a.ledger");
    write(&file, 3_000, &mut 278);
    let mut ledger = Ledger::open(file.to_str().unwrap(), Access::Read).unwrap();
    for (more, at) in [
        ("", "2026-03-02T10:00:00-05:00"),
        (OVER, "2026-03-02T10:00:00-05:00"),
        (OVER, "2026-01-15T23:30:00-05:00"),
        (OVER, "2026-06-20T00:00:00-04:00"),
    ] {
        let program = program(more);
        let rules = Rules { program: &program, partners: Vec::new() };
        let actor = Actor::parse("ana:authorization_coordinator").unwrap();
        let utc = Zones::embedded().get("UTC").unwrap();
        let desk = Desk::new(rules, utc, actor, Instant::parse(at).unwrap().0, None, None).unwrap();
        let found: Vec<_> =
            desk.alerts(&mut ledger).unwrap().into_iter().map(|notice| (notice.authorization, notice.alerts)).collect();
        let mut expected = Vec::new();
        let mut titles = std::collections::BTreeSet::new();
        for authorization in ledger.authorizations(&Filter::default()).unwrap() {
            let request = authorization.request.and_then(|id| ledger.request(id).unwrap());
            let given_up = [RequestState::Draft, RequestState::Appealed, RequestState::GivenUp];
            let open = request.as_ref().is_some_and(|request| !given_up.contains(&request.state));
            match authorization.status {
                Status::Pending | Status::Active => {}
                // it can be appealed, or an appeal is at the payer or sent back
                Status::Denied if open => {}
                // its charges are to be looked at
                Status::Cancelled if authorization.used > Units::ZERO => {}
                Status::Denied | Status::Cancelled | Status::NotRequired => continue,
            }
            let case = case(&program, at, &authorization, request.as_ref());
            let alone = PolicyDesk::new(&program, &case).unwrap();
            let holding = alone.alerts(&case).unwrap().holding;
            let names: Vec<String> = holding.iter().filter_map(|alert| alert.captions.title.clone()).collect();
            titles.extend(names.iter().cloned());
            if !names.is_empty() {
                expected.push((authorization.id, names));
            }
        }
        assert_eq!(found, expected, "{at}");
        assert!(titles.len() > 2, "{at}: the rows show little: {titles:?}");
    }
}

#[test]
fn a_denial_whose_time_runs_out_and_a_request_that_was_sent_back_are_noticed() {
    let of = |clinic: &Clinic, at: &str| {
        let lines = clinic.at(at).lines(&["alerts"]);
        lines.first().map_or(serde_json::Value::Null, |line| line["alerts"].clone())
    };
    let clinic = Clinic::new("alert-denied");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260302*1100", "HCR*A3*D-7*0F~");
    let (early, soon, over) = ("2026-04-20T10:00:00-04:00", "2026-04-21T10:00:00-04:00", "2026-05-02T10:00:00-04:00");
    assert_eq!(of(&clinic, early), serde_json::Value::Null);
    assert_eq!(of(&clinic, soon), serde_json::json!(["The time to appeal ends soon"]));
    assert_eq!(of(&clinic, over), serde_json::Value::Null, "it is too late");
    clinic.at(soon).json(&["appeal", "1", "--by-hand"]);
    assert_eq!(of(&clinic, soon), serde_json::Value::Null, "it is appealed");

    for (said, alert) in
        [("AAA*N**33*C~", "Rejected, and to be corrected"), ("AAA*N**33*N~", "Rejected"), ("AAA*N**42*R~", "")]
    {
        let clinic = Clinic::new(&format!("alert-rejected-{}", said.len() + alert.len()));
        let trace = clinic.submitted();
        clinic.receive(&trace, "20260302*1100", said);
        // long after the payer had to decide
        let expected = if alert.is_empty() { serde_json::Value::Null } else { serde_json::json!([alert]) };
        assert_eq!(of(&clinic, "2026-03-20T10:00:00-04:00"), expected, "the payer is not late: {said}");
    }
}
