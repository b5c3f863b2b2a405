//! What responses come to.

use rulebook::x12::{Document, Outcome, Reason, Response, Resubmission, TraceOf, Verdict, check, verdict};

use super::message::{RESPONSE, recounted, with};

fn response(message: &str) -> Response {
    let message = recounted(message);
    let document = Document::read(message.as_bytes());
    let checked = check(&document);
    let transaction = checked.transactions().next().expect("there is a transaction");
    Response::read(transaction).expect("it is a response")
}

/// The response with these HCR or AAA segments at the event and at its line.
fn said(event: &str, line: &str) -> Verdict {
    let (rejected, decided) = if event.starts_with("AAA") { (event, "") } else { ("", event) };
    let message = with(RESPONSE, "HCR*A6*AUTH-5*1K~\n", decided);
    let message = with(&message, "UM*HS*I*1*11:B~\n", &format!("{rejected}UM*HS*I*1*11:B~\n"));
    verdict(&response(&with(&message, "HCR*A1*AUTH-5~\n", line)))
}

#[test]
fn each_action_has_its_outcome() {
    for (code, outcome) in [
        ("A1", Outcome::Approved),
        ("A2", Outcome::Modified),
        ("A3", Outcome::Denied),
        ("A4", Outcome::Pended),
        ("A6", Outcome::Modified),
        ("C", Outcome::Cancelled),
        ("CT", Outcome::CallPayer),
        ("NA", Outcome::NotRequired),
        ("A9", Outcome::Unclear),
        ("a1", Outcome::Unclear),
    ] {
        let decided = said(&format!("HCR*{code}*N-1*R7~\n"), "");
        assert_eq!(decided.outcome, outcome, "{code}");
        assert_eq!(decided.number.as_deref(), Some("N-1"));
        assert_eq!(decided.reasons, [Reason::Decided("R7".to_owned())]);
        assert_eq!(
            (decided.lines[0].outcome, decided.lines[0].own),
            (outcome, false),
            "{code}: the line takes it over"
        );
        let line = said("HCR*A4~\n", &format!("HCR*{code}~\n"));
        assert_eq!((line.lines[0].outcome, line.lines[0].own), (outcome, true), "{code} at the line");
    }
}

#[test]
fn a_line_outranks_the_event() {
    for (event, line, whole) in [
        ("HCR*A3~\n", "HCR*A1*X~\n", Outcome::Modified),
        ("HCR*A1*X~\n", "HCR*A3~\n", Outcome::Denied),
        ("HCR*A1*X~\n", "HCR*A4~\n", Outcome::Pended),
        ("HCR*A4~\n", "HCR*A1*X~\n", Outcome::Approved),
        ("HCR*A1*X~\n", "HCR*ZZ~\n", Outcome::Unclear),
        ("HCR*A6*X~\n", "HCR*A1*X~\n", Outcome::Modified),
        ("HCR*A1*X~\n", "HCR*A2*X~\n", Outcome::Modified),
        ("HCR*A1*X~\n", "HCR*NA~\n", Outcome::NotRequired),
        ("", "HCR*A1*X~\n", Outcome::Approved),
        ("", "", Outcome::Unclear),
    ] {
        assert_eq!(said(event, line).outcome, whole, "{event}{line}");
    }
}

#[test]
fn lines_that_differ_approve_no_more_than_they_say() {
    let second = |code: &str| {
        let line = format!("HL*6*4*SS*0~\nHCR*{code}*L-2~\nSV1*HC:97140**UN*2~\nSE*20*");
        verdict(&response(&with(&with(RESPONSE, "HCR*A6*AUTH-5*1K~\n", ""), "SE*20*", &line)))
    };
    assert_eq!(second("A1").outcome, Outcome::Approved);
    assert_eq!(second("NA").outcome, Outcome::Approved);
    assert_eq!(second("A3").outcome, Outcome::Modified);
    assert_eq!(second("A4").outcome, Outcome::Pended);
    assert_eq!(second("CT").outcome, Outcome::CallPayer);
    assert_eq!(second("XX").outcome, Outcome::Unclear);
    let denied = second("A3");
    assert_eq!(denied.lines.iter().map(|line| line.outcome.approves()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(denied.number.as_deref(), Some("AUTH-5"), "the number of what is approved");
}

#[test]
fn rejections_without_a_decision_are_told_apart_by_what_may_follow() {
    for (code, resubmission) in [
        ("C", Resubmission::Corrected),
        ("N", Resubmission::Never),
        ("P", Resubmission::Unchanged),
        ("R", Resubmission::Unchanged),
        ("Y", Resubmission::Wait),
        ("S", Resubmission::Wait),
        ("W", Resubmission::Wait),
        ("X", Resubmission::Wait),
        ("?", Resubmission::Never),
    ] {
        let rejected = said(&format!("AAA*N**33*{code}~\n"), "");
        assert_eq!(rejected.outcome, Outcome::Rejected(resubmission), "{code}");
        assert!(
            matches!(&rejected.reasons[..], [Reason::Rejected(found)] if found.reason == "33" && found.level == "EV")
        );
    }
    assert_eq!(said("AAA*N**33*C~\nAAA*N**57*N~\n", "").outcome, Outcome::Rejected(Resubmission::Never));
    assert_eq!(said("AAA*N**33*C~\n", "HCR*A1*X~\n").outcome, Outcome::Modified, "the line's own decision counts");
}

#[test]
fn a_rejection_above_the_event_is_one_of_the_request() {
    let upto = &RESPONSE[..RESPONSE.find("HL*4*").unwrap()];
    let message = format!(
        "{}AAA*N**75*C~\nSE*1*0001~\nGE*1*901~\nIEA*1*000000901~\n",
        upto.replace("HL*3*2*22*1", "HL*3*2*22*0")
    );
    let message = recounted(&message);
    let document = Document::read(message.as_bytes());
    let checked = check(&document);
    assert!(checked.is_sound(), "{:?}", checked.faults());
    let response = Response::read(checked.transactions().next().unwrap()).unwrap();
    let decided = verdict(&response);
    assert_eq!(decided.outcome, Outcome::Rejected(Resubmission::Corrected));
    assert!(decided.event.is_none() && decided.lines.is_empty());
    assert!(matches!(&decided.reasons[..], [Reason::Rejected(found)] if found.reason == "75" && found.level == "22"));
}

#[test]
fn what_supersedes_and_what_approves() {
    let all = [
        (Outcome::Approved, true, true),
        (Outcome::Modified, true, true),
        (Outcome::Denied, true, false),
        (Outcome::Cancelled, true, false),
        (Outcome::NotRequired, true, false),
        (Outcome::Pended, false, false),
        (Outcome::CallPayer, false, false),
        (Outcome::Rejected(Resubmission::Corrected), false, false),
        (Outcome::Unclear, false, false),
    ];
    for (outcome, supersedes, approves) in all {
        assert_eq!((outcome.supersedes(), outcome.approves()), (supersedes, approves), "{outcome:?}");
    }
}

#[test]
fn a_response_says_what_it_answers_and_its_own_units_and_dates() {
    let response = response(RESPONSE);
    assert_eq!(response.reference, "REQ-17");
    assert_eq!(response.at.unwrap().to_string(), "2026-01-07 09:00:00");
    let traces: Vec<(&str, &str)> =
        response.traces().map(|trace| (trace.number.as_str(), trace.assigner.as_str())).collect();
    assert_eq!(traces, [("T-17", "1234567890")]);
    let event = response.event.as_ref().unwrap();
    assert_eq!(event.traces.iter().filter(|trace| trace.of == TraceOf::Sender).count(), 1, "the payer's own number");
    assert_eq!(event.units.as_ref().unwrap().amount, 8.into());
    let (from, to) = event.period().unwrap();
    assert_eq!((from.to_string(), to.to_string()), ("2026-02-01".to_owned(), "2026-02-14".to_owned()));
    let line = &response.lines[0];
    assert_eq!(line.units.as_ref().unwrap().amount, 4.into());
    assert_eq!(line.service.as_ref().unwrap().procedure().unwrap().code, "97110");
    assert_eq!(line.period().unwrap().0.to_string(), "2026-02-03");
}

#[test]
fn a_certification_lasts_from_its_first_to_its_last_day() {
    let dated = |dates: &str| {
        let message = with(RESPONSE, "DTP*007*RD8*20260201-20260214~\n", dates);
        let period = response(&message).event.unwrap().period();
        period.map(|(from, to)| format!("{from} to {to}"))
    };
    assert_eq!(dated("DTP*007*D8*20260201~\nDTP*036*D8*20260301~\n").as_deref(), Some("2026-02-01 to 2026-03-01"));
    assert_eq!(dated("DTP*AAH*RD8*20260201-20260203~\n").as_deref(), Some("2026-02-01 to 2026-02-03"));
    assert_eq!(dated("DTP*435*D8*20260201~\nDTP*096*D8*20260204~\n").as_deref(), Some("2026-02-01 to 2026-02-04"));
    assert_eq!(dated("DTP*435*DT*202602011330~\n").as_deref(), Some("2026-02-01 to 2026-02-01"));
    assert_eq!(dated("DTP*007*D8*20260301~\nDTP*036*D8*20260201~\n"), None, "it ends before it begins");
    assert_eq!(dated(""), None);
}
