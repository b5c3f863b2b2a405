//! Requests in the course of their events: what the shipped policy and the pages have no occasion to show.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use rulebook::diagnostic::Bag;
use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::policy::Library;
use rulebook::program::Program;
use rulebook::render::{approval, decision, diagnostics};
use rulebook::source::Source;
use rulebook::time::Zones;
use serde_json::{Value as Json, json};

const WORDS: &str = "vocabulary: words
facts:
  order.total: { type: integer, ask: \"What does it cost?\" }
  order.placed: { type: date, if missing: no match }
  order.kind: { one of: [a, b, c], ask: \"Of what kind is it?\" }
roles: { buyer: \"Asks.\", lead: \"Leads.\", finance: \"Pays.\", director: \"Directs.\" }
";
const CALENDAR: &str = "calendar: office\nzone: America/New_York\nhours: { monday to friday: 09:00-17:00 }\n";

fn program(levels: &str) -> Program {
    let policy = format!("approval: sample\ncalendar: office\nrequested by: buyer\n{levels}");
    let sources = [("v.yaml", WORDS), ("c.yaml", CALENDAR), ("p.yaml", &policy)]
        .map(|(name, text)| Arc::new(Source::new(name, text)));
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    let found = bag.into_sorted();
    assert!(found.is_empty(), "{}", diagnostics::text(&found, false));
    Program::compile(library.policy("sample").unwrap())
}

/// A request with events such as `2 10:00 ana/buyer submit`: a day of March 2026, a time, who with which roles, a type.
/// What follows is JSON that goes into the event.
fn answer(program: &Program, facts: Json, events: &[&str], at: &str) -> Json {
    let events: Vec<Json> = (1..).zip(events).map(|(number, event)| read(number, event)).collect();
    let case = json!({ "at": instant(at), "facts": facts, "events": events });
    let case =
        Case::from_json(&case.to_string(), &program.policy().vocabulary).unwrap_or_else(|bad| panic!("{}", bad.fault));
    let decided = decide(program, &case).unwrap_or_else(|fault| panic!("{fault}"));
    serde_json::from_str(&decision::json(&decided)).unwrap()
}

fn instant(at: &str) -> String {
    let (day, time) = at.split_once(' ').unwrap();
    let offset = if day.parse::<u32>().unwrap() < 8 { "-05:00" } else { "-04:00" };
    format!("2026-03-{day:0>2}T{time}:00{offset}")
}

fn read(number: usize, event: &str) -> Json {
    let mut words = event.splitn(5, ' ');
    let mut next = || words.next().unwrap_or_default();
    let (day, time, who, kind, more) = (next(), next(), next(), next(), next());
    let (id, roles) = who.split_once('/').unwrap_or((who, ""));
    let roles: Vec<&str> = roles.split('+').filter(|role| !role.is_empty()).collect();
    let mut event = json!({
        "id": format!("e{number}"), "at": instant(&format!("{day} {time}")), "type": kind, "by": { "id": id, "roles": roles }
    });
    if !more.is_empty() {
        let more: Json = serde_json::from_str(more).unwrap();
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    }
    event
}

/// The codes of what was refused, by event.
fn refused(answer: &Json) -> Vec<String> {
    let refused = answer["refused"].as_array().cloned().unwrap_or_default();
    refused.iter().map(|one| format!("{} {}", one["event"].as_str().unwrap(), one["code"].as_str().unwrap())).collect()
}

fn types(answer: &Json) -> Vec<&str> {
    answer["history"].as_array().into_iter().flatten().map(|line| line["type"].as_str().unwrap()).collect()
}

const TWO: &str = "levels:\n  first: { role: lead, within: 24 hours, if it lapses: { notify: buyer } }\n  second: { role: \
                   finance, when: { order.total: more than 100 } }\n";

#[test]
fn a_refused_event_changes_nothing_not_even_the_clock() {
    let program = program(TWO);
    let events = ["2 10:00 ana/buyer submit", "4 10:00 tom approve", "2 11:00 lea/lead approve"];
    let with = answer(&program, json!({ "order.total": 500 }), &events, "5 10:00");
    assert_eq!(refused(&with), ["e2 wrong_role"]);
    // the lapse that the refused event would have come after did not come before the approval
    assert_eq!(types(&with), ["submit", "entered", "approve", "entered"]);
    let mut without = answer(&program, json!({ "order.total": 500 }), &[events[0], events[2]], "5 10:00");
    let mut with = with;
    for answer in [&mut with, &mut without] {
        answer.as_object_mut().unwrap().remove("refused");
        for line in answer["history"].as_array_mut().unwrap() {
            line.as_object_mut().unwrap().remove("event");
        }
    }
    assert_eq!(with, without);
}

#[test]
fn facts_of_refused_events_do_not_count_and_those_of_accepted_ones_replace() {
    let program = program(TWO);
    let events = [
        "2 10:00 ana/buyer submit {\"facts\": {\"order.total\": 50}}",
        "2 11:00 tom approve {\"facts\": {\"order.total\": 5000}}",
        "2 12:00 lea/lead approve",
    ];
    let low = answer(&program, json!({ "order.total": 500 }), &events, "2 13:00");
    assert_eq!(low["state"], "approved", "{low}");
}

#[test]
fn what_becomes_known_later_changes_nothing_about_levels_that_were_skipped() {
    let levels = "levels:\n  first: { role: lead, when: { order.total: more than 100 } }\n  second: { role: finance }\n  \
                  third: { role: director }\n";
    let program = program(levels);
    let events = [
        "2 10:00 ana/buyer submit {\"facts\": {\"order.total\": 50}}",
        "2 11:00 fay/finance approve {\"facts\": {\"order.total\": 5000}}",
    ];
    let pending = answer(&program, json!({}), &events, "2 13:00");
    assert_eq!(pending["level"], "third", "{pending}");
    let events = [events[0], events[1], "2 12:00 ana/buyer modify"];
    let again = answer(&program, json!({}), &events, "2 13:00");
    assert_eq!((&again["level"], &again["round"]), (&json!("first"), &json!(2)), "{again}");
}

#[test]
fn a_level_that_every_completion_enters_is_entered() {
    let levels = "levels:\n  first: { role: lead, when: { any of: [{ order.kind: a }, { order.kind: [b, c] }] } }\n";
    let sure = answer(&program(levels), json!({}), &["2 10:00 ana/buyer submit"], "2 13:00");
    assert_eq!(sure["level"], "first", "{sure}");
    let levels = "levels:\n  first: { role: lead, when: { order.kind: a } }\n  second: { role: finance, when: { order.total: \
                  more than 5 } }\n  third: { role: director }\n";
    let open = answer(&program(levels), json!({ "order.total": 1 }), &["2 10:00 ana/buyer submit"], "2 13:00");
    assert_eq!((&open["state"], &open["needs"]), (&json!("undetermined"), &json!(["order.kind"])), "{open}");
    // the second level is surely skipped, and still the first is what it hangs on
    assert_eq!(open["history"][1]["level"], "first");
}

#[test]
fn nothing_but_facts_settles_an_undetermined_request() {
    let levels = format!("within: 24 hours\n{TWO}");
    let events = ["2 10:00 ana/buyer submit", "2 11:00 lea/lead approve", "2 12:00 ana/buyer withdraw"];
    let open = answer(&program(&levels), json!({}), &events, "9 10:00");
    assert_eq!((&open["state"], refused(&open)), (&json!("undetermined"), vec!["e3 undetermined".to_owned()]));
    assert_eq!(open["deadline"], "2026-03-03T10:00:00-05:00");
}

#[test]
fn ages_are_counted_from_the_instant_at_which_the_level_is_looked_for() {
    let levels =
        "levels:\n  first: { role: lead }\n  old: { role: finance, when: { order.placed: at least 3 days ago } }\n";
    let program = program(levels);
    for (day, state) in [("4", "approved"), ("5", "pending")] {
        let events = ["2 10:00 ana/buyer submit", &format!("{day} 10:00 lea/lead approve")];
        let answer = answer(&program, json!({ "order.placed": "2026-03-02" }), &events, "6 10:00");
        assert_eq!(answer["state"], state, "{answer}");
    }
}

#[test]
fn a_cap_closes_what_comes_back_once_too_often() {
    let program = program("resubmissions: at most 1\nlevels: { first: { role: lead } }\n");
    let mut events = vec!["2 10:00 ana/buyer submit", "2 11:00 ana/buyer modify", "2 12:00 lea/lead deny"];
    assert_eq!(answer(&program, json!({}), &events, "9 10:00")["state"], "returned");
    events.extend(["2 13:00 ana/buyer resubmit", "2 14:00 lea/lead return", "2 15:00 ana/buyer resubmit"]);
    let closed = answer(&program, json!({}), &events, "9 10:00");
    assert_eq!((&closed["state"], &closed["closed"], &closed["round"]), (&json!("closed"), &json!("cap"), &json!(3)));
    assert_eq!(refused(&closed), ["e6 wrong_state"]);
}

#[test]
fn without_separated_duties_one_person_may_do_it_all_but_votes_once() {
    let levels =
        "separation of duties: false\nlevels:\n  first: { role: lead, approvers: 2 of }\n  second: { role: lead }\n";
    let events = [
        "2 10:00 ana/buyer+lead submit",
        "2 11:00 ana/lead approve",
        "2 12:00 ana/lead approve",
        "2 13:00 ben/lead approve",
        "2 14:00 ana/lead approve",
    ];
    let approved = answer(&program(levels), json!({}), &events, "9 10:00");
    assert_eq!((&approved["state"], refused(&approved)), (&json!("approved"), vec!["e3 already_voted".to_owned()]));
}

#[test]
fn requesters_do_what_the_policy_lets_them() {
    let program = program("requester may: withdraw\non denial: end\nlevels: { first: { role: lead } }\n");
    let mut events = vec!["2 10:00 ana/buyer submit", "2 11:00 ana/buyer modify", "2 12:00 ben/buyer close"];
    let pending = answer(&program, json!({}), &events, "9 10:00");
    assert_eq!(refused(&pending), ["e2 not_allowed", "e3 not_the_requester"]);
    assert_eq!(pending["may_act"][1]["actions"], json!(["withdraw"]));
    events.push("2 13:00 lea/lead deny");
    let denied = answer(&program, json!({}), &events, "9 10:00");
    assert_eq!((&denied["state"], &denied["may_act"]), (&json!("denied"), &Json::Null));
}

#[test]
fn delegations_are_direct_dated_and_half_open() {
    let program = program("levels: { first: { role: lead } }\n");
    let period = "{\"to\": {\"id\": \"zoe\"}, \"from\": \"2026-03-03T10:00:00-05:00\", \"until\": \"2026-03-03T11:00:00-05:00\"}";
    let given = format!("2 10:00 lea/lead delegate {period}");
    for (time, state) in [("09:59", "pending"), ("10:00", "approved"), ("10:59", "approved"), ("11:00", "pending")] {
        let events = ["2 09:00 ana/buyer submit", &given, &format!("3 {time} zoe approve")];
        assert_eq!(answer(&program, json!({}), &events, "9 10:00")["state"], state, "{time}");
    }
    let events = [
        "2 09:00 lea/lead delegate",
        "2 09:00 lea/lead delegate {\"to\": \"lea\"}",
        "2 09:00 lea/lead delegate {\"to\": \"zoe\", \"until\": \"2026-03-02T09:00:00-05:00\"}",
        "2 09:00 ana/buyer submit {\"to\": \"zoe\"}",
        "2 09:00 ana/buyer delegate {\"to\": \"zoe\"}",
    ];
    let codes = refused(&answer(&program, json!({}), &events, "9 10:00"));
    assert_eq!(codes, ["e1 no_delegate", "e2 own_delegate", "e3 bad_period", "e4 misplaced_key", "e5 wrong_role"]);
}

#[test]
fn a_second_delegation_serves_where_the_first_is_barred() {
    let program = program("levels: { first: { role: lead }, second: { role: lead } }\n");
    let events = [
        "2 09:00 ana/buyer submit",
        "2 10:00 lea/lead delegate {\"to\": \"zoe\"}",
        "2 10:00 lou/lead delegate {\"to\": \"zoe\"}",
        "2 11:00 lea/lead approve",
        "2 12:00 zoe approve",
    ];
    let approved = answer(&program, json!({}), &events, "9 10:00");
    assert_eq!(approved["state"], "approved", "{approved}");
    assert_eq!(approved["history"][6]["instead_of"], "lou");
}

#[test]
fn lapses_reassign_and_escalate_and_never_approve() {
    let levels = "levels:\n  first:\n    role: lead\n    people: [ana]\n    within: 24 hours\n    if it lapses:\n      - { \
                  reassign: finance }\n      - { escalate: director, after: 24 hours }\n";
    let program = program(levels);
    let submit = "2 10:00 ana/buyer submit";
    let blocked = answer(&program, json!({}), &[submit], "3 10:00");
    assert_eq!((&blocked["state"], &blocked["blocked"]), (&json!("pending"), &json!(["lead"])));
    let reassigned = answer(&program, json!({}), &[submit], "3 10:01");
    assert_eq!((&reassigned["blocked"], &reassigned["due"]), (&Json::Null, &json!("2026-03-04T10:00:00-05:00")));
    let late =
        answer(&program, json!({}), &[submit, "3 10:01 lea/lead approve", "3 10:01 fay/finance approve"], "6 10:00");
    assert_eq!((&late["state"], refused(&late)), (&json!("approved"), vec!["e2 wrong_role".to_owned()]));
    // the escalation waits for the clock that was started again
    let escalated = answer(&program, json!({}), &[submit, "5 10:01 dan/director approve"], "6 10:00");
    assert_eq!(types(&escalated), ["submit", "entered", "lapsed", "lapsed", "approve", "approved"]);
    assert_eq!(escalated["history"][3]["at"], "2026-03-05T10:00:00-05:00");
    let waiting = answer(&program, json!({}), &[submit], "31 10:00");
    assert_eq!(waiting["state"], "pending");
}

#[test]
fn who_could_still_approve_is_unknown_after_a_lapse() {
    let levels = "levels:\n  first:\n    role: lead\n    people: [lea, lou, liz]\n    deny: when approval is impossible\n    \
                  within: 24 hours\n    if it lapses: { escalate: director }\n";
    let program = program(levels);
    let events = ["2 10:00 ana/buyer submit", "2 11:00 lea/lead deny", "2 12:00 lou/lead deny"];
    assert_eq!(answer(&program, json!({}), &events, "3 10:00")["state"], "pending");
    let events = [events[0], events[1], "3 12:00 lou/lead deny"];
    assert_eq!(answer(&program, json!({}), &events, "3 13:00")["state"], "returned");
}

#[test]
fn a_request_whose_levels_all_do_without_is_approved_at_once() {
    let program = program("levels: { first: { role: lead, when: { order.total: more than 100 } } }\n");
    let approved = answer(&program, json!({ "order.total": 5 }), &["2 10:00 ana/buyer submit"], "2 10:00");
    assert_eq!(types(&approved), ["submit", "skipped", "approved"]);
}

#[test]
fn the_deadline_of_the_whole_request_comes_after_the_lapse_of_the_same_instant() {
    let levels = format!("within: 24 hours\n{TWO}");
    let closed = answer(&program(&levels), json!({}), &["2 10:00 ana/buyer submit"], "3 10:01");
    assert_eq!(types(&closed), ["submit", "entered", "lapsed", "closed"]);
    assert_eq!(closed["closed"], "deadline");
    let in_time = answer(&program(&levels), json!({}), &["2 10:00 ana/buyer submit"], "3 10:00");
    assert_eq!(in_time["state"], "pending");
}

#[test]
fn thousands_of_events_are_followed() {
    let program = program(TWO);
    let mut events = vec!["2 10:00 ana/buyer submit".to_owned()];
    for number in 0..4_999 {
        events.push(format!("2 11:00 lea{number}/lead delegate {{\"to\": \"zoe\"}}"));
        events.push("2 11:00 zoe/buyer modify".to_owned());
    }
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let followed = answer(&program, json!({}), &events, "2 12:00");
    assert_eq!(followed["refused"].as_array().unwrap().len(), 4_999);
}

#[test]
fn routes_are_drawn_as_sound_pictures_whatever_they_are_called() {
    let levels = "title: \"A <b> & \\\"c\\\" -->|x| ]]> # ; \\u0007\"\nlevels:\n  first:\n    title: \"Zoë's <script> & \\\"level\\\" %% \
                  ]\"\n    roles: [lead, finance]\n    approvers: all\n    within: 24 hours\n    if it lapses: { escalate: director }\n  \
                  second:\n    role: finance\n    people: [fay, fred]\n    approvers: 2 of\n    deny: when approval is impossible\n    when: { any \
                  of: [{ order.total: more than 100 }, { order.kind: a }] }\nresubmissions: at most 3\n";
    let endings = ["on denial: end\n", "on denial: return to requester\n", "requester may: modify\n"];
    for ending in endings {
        let program = program(&format!("{levels}{ending}"));
        let svg = approval::svg(&program, None).unwrap();
        let read = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
        let texts: String = read.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
        assert!(texts.contains("Zoë's <script> & \"level\""), "{texts}");
        let chart = approval::mermaid(&program, None).unwrap();
        assert!(!chart.contains("<script>") && !chart.contains("\"level\""), "{chart}");
        assert!(chart.starts_with("flowchart TD\n"), "{chart}");
    }
}

#[test]
fn a_diagram_and_a_timeline_show_where_a_request_stands() {
    let program = program(TWO);
    let events = [
        "2 10:00 ana/buyer submit",
        "2 11:00 lea/lead approve {\"comment\": \"Fine.\", \"facts\": {\"order.total\": 500}}",
    ];
    let events: Vec<Json> = (1..).zip(events).map(|(number, event)| read(number, event)).collect();
    let case = json!({ "id": "r1", "at": instant("2 12:00"), "events": events });
    let case = Case::from_json(&case.to_string(), &program.policy().vocabulary).unwrap();
    let decided = decide(&program, &case).unwrap();
    let mut shown = decision::text(&decided, false);
    shown += &approval::timeline(&decided, false);
    write!(shown, "\n{}", approval::mermaid(&program, decided.request.as_deref()).unwrap()).unwrap();
    insta::with_settings!({
        snapshot_path => "../snapshots/approvals",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("a request on its way", shown);
    });
    let svg = approval::svg(&program, decided.request.as_deref()).unwrap();
    assert_eq!(svg.matches("class=\"here\"").count(), 1);
}

/// A policy with something of everything.
const ALL: &str = "within: 20 days
resubmissions: at most 2
levels:
  first:
    role: lead
    within: 24 hours
    if it lapses: [{ notify: buyer }, { reassign: finance, after: 12 hours }, { escalate: director, after: 1 hour }]
  second:
    roles: [lead, finance]
    approvers: all
    when: { order.total: more than 100 }
    within: 2 business days
    if it lapses: { escalate: director }
  third:
    role: director
    people: [ana, ben, cat]
    approvers: 2 of
    deny: when approval is impossible
";

fn events() -> impl Strategy<Value = Vec<Json>> {
    let kinds = select(vec![
        "submit", "approve", "approve", "approve", "deny", "return", "modify", "resubmit", "withdraw", "close",
        "delegate", "file",
    ]);
    let roles = prop::collection::vec(select(vec!["buyer", "lead", "finance", "director"]), 0..4);
    let event = (kinds, select(vec!["ana", "ben", "cat", "dan"]), roles, 0..40_i64, 0..60_u32, 0..12_u8);
    prop::collection::vec(event, 0..24).prop_map(|drawn| {
        let mut hours = 0;
        let mut events = vec![json!({
            "id": "s", "at": instant("2 10:00"), "type": "submit", "by": { "id": "ana", "roles": ["buyer"] }
        })];
        for (number, (kind, id, roles, later, minute, more)) in drawn.into_iter().enumerate() {
            // now and then an event is earlier than the one before it, or has the id of another
            hours = if more == 0 { hours - 3 } else { hours + later / 4 };
            let at = chrono::DateTime::parse_from_rfc3339("2026-03-02T10:00:00-05:00").unwrap()
                + chrono::TimeDelta::minutes(hours * 60 + i64::from(minute));
            let number = if more == 1 { number / 2 } else { number };
            let mut event = json!({ "id": format!("e{number}"), "at": at.to_rfc3339(), "type": kind, "by": { "id": id, "roles": roles } });
            if kind == "delegate" && more != 2 {
                event["to"] = ["ana", "ben", "cat", "dan"][usize::from(more) % 4].into();
            }
            if more == 3 {
                event["facts"] = json!({ "order.total": minute * 5 });
            }
            events.push(event);
        }
        events
    })
}

fn followed(program: &Program, facts: &Json, events: &[Json]) -> Json {
    let case = json!({ "at": "2026-03-16T10:00:00-04:00", "facts": facts, "events": events });
    let case =
        Case::from_json(&case.to_string(), &program.policy().vocabulary).unwrap_or_else(|bad| panic!("{}", bad.fault));
    let decided = decide(program, &case).unwrap_or_else(|fault| panic!("{fault}"));
    approval::timeline(&decided, true);
    serde_json::from_str(&decision::json(&decided)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens(events in events(), total in prop_oneof![Just(Json::Null), Just(json!(50)), Just(json!(500))]) {
        let program = program(ALL);
        let facts = json!({ "order.total": total });
        let answer = followed(&program, &facts, &events);
        // without what was refused it comes to the same
        let history = answer["history"].as_array().cloned().unwrap_or_default();
        let accepted: BTreeSet<&str> = history.iter().filter_map(|line| line["event"].as_str()).collect();
        let mut seen = BTreeSet::new();
        let kept: Vec<Json> = events
            .iter()
            .filter(|event| accepted.contains(event["id"].as_str().unwrap()) && seen.insert(event["id"].as_str().unwrap()))
            .cloned()
            .collect();
        let mut again = followed(&program, &facts, &kept);
        prop_assert!(refused(&again).is_empty(), "{again:#}");
        let mut first = answer.clone();
        for answer in [&mut first, &mut again] {
            answer.as_object_mut().unwrap().shift_remove("refused");
        }
        prop_assert_eq!(&first, &again);
        // time does not run backwards, and nobody decides two levels of a round, or what they requested
        let instants: Vec<_> =
            history.iter().map(|line| chrono::DateTime::parse_from_rfc3339(line["at"].as_str().unwrap()).unwrap()).collect();
        prop_assert!(instants.is_sorted(), "{answer:#}");
        let mut decided: BTreeSet<(u64, String, String)> = BTreeSet::new();
        for line in history.iter().filter(|line| ["approve", "deny"].contains(&line["type"].as_str().unwrap())) {
            let round = line["round"].as_u64().unwrap();
            let level = line["level"].as_str().unwrap();
            for id in [&line["by"], &line["instead_of"]].into_iter().filter_map(Json::as_str) {
                prop_assert!(id != "ana", "{answer:#}");
                prop_assert!(!decided.iter().any(|(known, _, other)| *known == round && other == id), "{answer:#}");
                decided.insert((round, level.to_owned(), id.to_owned()));
            }
        }
        // what is approved was approved by somebody at every level that was entered
        if answer["state"] == "approved" {
            let last = answer["round"].as_u64().unwrap();
            let entered = history.iter().filter(|line| line["type"] == "entered" && line["round"] == last);
            for level in entered.map(|line| line["level"].as_str().unwrap()) {
                prop_assert!(decided.iter().any(|(round, name, _)| *round == last && name == level), "{answer:#}");
            }
        }
    }

    /// A state that is settled though facts are missing is that of every way to complete them.
    #[test]
    fn missing_facts_make_no_difference_to_what_is_settled(events in events()) {
        let program = program(ALL);
        let open = followed(&program, &json!({}), &events);
        if open["state"] != "undetermined" {
            for total in [0, 100, 101, 5000] {
                let full = followed(&program, &json!({ "order.total": total }), &events);
                for key in ["state", "level", "round", "due", "closed", "may_act"] {
                    prop_assert_eq!(&open[key], &full[key], "{} {:#} {:#}", key, open, full);
                }
            }
        }
    }
}
