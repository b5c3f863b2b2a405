//! What commands do, on both stores.

use std::collections::BTreeSet;

use rulebook::ledger::{Access, Attempt, Ledger};
use rulebook::ledger::{
    Amend, Asking, AttachmentId, Basis, Cancel, Charge, Codes, Determination, Determine, Entity, FileDocument,
    FiledWith, Filter, Hash, Kind, Limits, MarkWritten, NewDocument, OpenRequest, Outcome, Outgoing, Request, Reverse,
    SetFollowUp, Status, Submit, Units, ValidateCharge, View, obstacles,
};

use super::store::*;

#[test]
fn attaching_uses_units_and_clears_the_issue_and_reversing_gives_both_back() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "2.5");
        let attached = ledger.attach("c", id);
        assert_eq!((attached.used, attached.approved), (units("1"), units("2.5")));
        assert_eq!(attached.number.as_deref(), Some("A-1"));
        let charge = ledger.one_charge("c");
        assert!(!charge.auth_required && !charge.validated);
        assert_eq!(charge.authorization, Some(id));

        ledger.done(&ValidateCharge { charge: "c".into() });
        assert!(ledger.one_charge("c").validated);

        let reversed = ledger.done(&Reverse { attachment: attached.attachment });
        assert_eq!(reversed.used, Units::ZERO);
        let charge = ledger.one_charge("c");
        assert!(charge.auth_required && !charge.validated && charge.authorization.is_none());

        let again = ledger.attach("c", id);
        assert_eq!(again.used, units("1"));
        let rows = ledger.attachments(id).unwrap();
        let told: Vec<(AttachmentId, Option<AttachmentId>, bool)> =
            rows.iter().map(|row| (row.id, row.reverses, row.open())).collect();
        let first = attached.attachment;
        assert_eq!(
            told,
            [(first, None, false), (reversed.reversal, Some(first), false), (again.attachment, None, true)]
        );
        assert_eq!(ledger.attachment_of("c").unwrap().unwrap().id, again.attachment);
        ledger.sound();
    }
}

#[test]
fn the_last_ten_thousandth_can_be_used_and_not_one_more() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "1.0001");
        ledger.attach("c", id);
        ledger.done(&charge("small", "0.0001"));
        ledger.done(&charge("too much", "0.0001"));
        assert_eq!(ledger.attach("small", id).used, units("1.0001"));
        let attach = rulebook::ledger::Attach { charge: "too much".into(), authorization: id };
        assert_eq!(ledger.refused(&attach), "not_enough_units");
        assert_eq!(ledger.auth(id).view(day("2026-03-10")), View::Exhausted);
        ledger.sound();
    }
}

#[test]
fn a_payer_may_cut_below_what_is_used() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "3");
        ledger.done(&charge("d", "2"));
        ledger.done(&charge("e", "0.5"));
        let attachment = ledger.attach("d", id).attachment;
        ledger.attach("c", id);
        let amended = ledger.done(&Amend { approved: Some(units("2")), ..Amend::new(id) });
        assert!(amended.over_used);
        assert_eq!((amended.approved, amended.used), (units("2"), units("3")));
        let attach = rulebook::ledger::Attach { charge: "e".into(), authorization: id };
        assert_eq!(ledger.refused(&attach), "over_used");
        ledger.done(&Reverse { attachment });
        assert_eq!(ledger.attach("e", id).used, units("1.5"));
        ledger.sound();
    }
}

#[test]
fn what_ended_yesterday_still_serves_the_charge_of_last_month() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "3");
        assert_eq!(ledger.auth(id).view(day("2026-04-30")), View::Active);
        assert_eq!(ledger.auth(id).view(day("2026-05-01")), View::Expired);
        ledger.attach("c", id);
        assert_eq!(ledger.auth(id).status, Status::Active);
    }
}

#[test]
fn candidates_are_ranked_by_what_is_left_then_by_end_then_by_number() {
    for store in Store::each() {
        let (mut ledger, first) = one_of_each(&store, "4");
        let mut later = authorization("A-3", "6");
        later.last_day = day("2026-06-30");
        let later = ledger.done(&later).authorization;
        let six = ledger.done(&authorization("A-2", "6")).authorization;
        let same = ledger.done(&authorization("A-0", "6")).authorization;
        let mut other = authorization("A-4", "9");
        other.codes = Codes::new(["97112", "97116"]).unwrap();
        let other = ledger.done(&other).authorization;
        let order: Vec<_> = ledger.candidates("m").unwrap().iter().map(|found| found.id).collect();
        assert_eq!(order, [other, same, six, later, first]);
        let charge = ledger.one_charge("c");
        let serving: Vec<_> = ledger.candidates("m").unwrap();
        let serving: Vec<_> =
            serving.iter().filter(|found| obstacles(found, &charge).is_empty()).map(|f| f.id).collect();
        assert_eq!(serving, [same, six, later, first]);
    }
}

#[test]
fn lists_are_filtered_by_what_people_see() {
    for store in Store::each() {
        let (mut ledger, full) = one_of_each(&store, "1");
        ledger.attach("c", full);
        let open = ledger.done(&authorization("A-2", "2")).authorization;
        let mut past = authorization("A-3", "2");
        past.last_day = day("2026-03-05");
        let past = ledger.done(&past).authorization;
        let gone = ledger.done(&authorization("A-4", "2")).authorization;
        ledger.done(&Cancel { authorization: gone });
        let on = day("2026-03-20");
        for (view, expected) in [
            (View::Active, vec![open]),
            (View::Exhausted, vec![full]),
            (View::Expired, vec![past]),
            (View::Cancelled, vec![gone]),
            (View::Pending, vec![]),
        ] {
            let filter = Filter { view: Some((view, on)), member: Some("m".into()), ..Filter::default() };
            let found = ledger.authorizations(&filter).unwrap();
            assert!(found.iter().all(|found| found.view(on) == view));
            assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), expected, "{view}");
        }
        let page = Filter { after: Some(open), most: Some(1), ..Filter::default() };
        assert_eq!(ledger.authorizations(&page).unwrap().iter().map(|found| found.id).collect::<Vec<_>>(), [past]);
        assert_eq!(ledger.authorizations_by_number("A-2").unwrap().len(), 1);
    }
}

#[test]
fn documents_are_kept_by_their_content_and_named_in_the_history() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        let letter = NewDocument { name: "letter.pdf".into(), bytes: b"approved".to_vec() };
        let mut add = authorization("A-1", "3");
        add.document = Some(letter.clone());
        let id = ledger.done(&add).authorization;
        let entity = Entity::new(Kind::Authorization, id);
        let history = ledger.history(&entity).unwrap();
        assert!(history[0].detail.contains("letter.pdf") && history[0].detail.contains(&letter.hash().to_string()));
        assert_eq!(history[0].actor, "ana");
        assert_eq!(history[0].reason.as_deref(), Some("a test"));
        // the same content under another name is stored once and filed twice
        let copy = NewDocument { name: "copy.pdf".into(), ..letter.clone() };
        ledger.done(&FileDocument { with: FiledWith::Authorization(id), document: copy });
        let filed: Vec<String> = ledger.filings(&entity).unwrap().into_iter().map(|filing| filing.name).collect();
        assert_eq!(filed, ["letter.pdf", "copy.pdf"]);
        assert_eq!(ledger.document(&letter.hash()).unwrap().unwrap(), b"approved");
        assert!(ledger.document(&Hash::of(b"other")).unwrap().is_none());
        ledger.sound();
    }
}

#[test]
fn follow_ups_are_set_and_taken_away() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "3");
        let on = Some(day("2026-03-20"));
        ledger.done(&SetFollowUp { authorization: id, on });
        assert_eq!(ledger.auth(id).follow_up, on);
        assert_eq!(ledger.refused(&SetFollowUp { authorization: id, on }), "nothing_to_change");
        ledger.done(&SetFollowUp { authorization: id, on: None });
        assert_eq!(ledger.auth(id).follow_up, None);
        ledger.sound();
    }
}

/// A request for the charge `c`.
pub fn request() -> OpenRequest {
    OpenRequest {
        member: "m".into(),
        payer: "p".into(),
        partner: Some("hub".into()),
        basis: Basis::Nothing,
        units: units("6"),
        first_day: day("2026-03-01"),
        last_day: day("2026-04-30"),
        codes: Codes::new(["97110"]).unwrap(),
        charges: BTreeSet::from(["c".to_owned()]),
        asking: Asking::AlthoughAsked,
        approval: None,
        trace: None,
        reference: None,
        documents: Vec::new(),
    }
}

/// A message that names its control number.
pub fn write(request: &Request, control: u32) -> Result<Outgoing, String> {
    let bytes = format!("{} {} {}", request.trace, request.units, control).into_bytes();
    Ok(Outgoing { name: format!("{}-{control:09}.278", request.partner.as_deref().unwrap_or_default()), bytes })
}

#[test]
fn a_request_is_written_down_before_it_is_written_out() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        ledger.done(&charge("c", "1"));
        let opened = ledger.done(&request());
        let pending = ledger.auth(opened.authorization);
        assert_eq!((pending.status, pending.approved), (Status::Pending, Units::ZERO));
        let due = Some(instant("2026-03-09T09:00:00-05:00"));
        let sent = ledger.done(&Submit { request: opened.request, attempt: Attempt::Anew, due, write: &write });
        assert_eq!((sent.control, sent.name.as_str()), (1, "hub-000000001.278"));
        let waiting = ledger.waiting().unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(
            ledger.transmission_bytes(sent.transmission).unwrap().unwrap(),
            format!("{} 6 1", opened.trace).as_bytes()
        );
        assert!(!ledger.done(&MarkWritten { transmission: sent.transmission }).already);
        assert!(ledger.done(&MarkWritten { transmission: sent.transmission }).already);
        assert!(ledger.waiting().unwrap().is_empty());

        let until = instant("2026-03-02T13:00:00-05:00");
        let determination = Determination { next_retry: Some(until), ..Determination::new(Outcome::Pended) };
        ledger.done(&Determine { request: opened.request, determination, on: None, document: None, attach: false });
        assert!(ledger.requests_to_retry(instant("2026-03-02T12:59:59-05:00")).unwrap().is_empty());
        let due_now = ledger.requests_to_retry(until).unwrap();
        assert_eq!(due_now.iter().map(|due| due.id).collect::<Vec<_>>(), [opened.request]);
        let again = ledger.done(&Submit { request: opened.request, attempt: Attempt::Anew, due: None, write: &write });
        assert_eq!(again.control, 2);
        let request = ledger.request(opened.request).unwrap().unwrap();
        assert_eq!((request.attempts, request.due, request.next_retry), (2, due, None));
        assert_eq!(ledger.transmissions(opened.request).unwrap().len(), 2);
        ledger.sound();
    }
}

#[test]
fn a_message_that_cannot_be_written_takes_no_control_number() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        ledger.done(&charge("c", "1"));
        let opened = ledger.done(&request());
        let refuse = |_: &Request, _: u32| Err("the name has a `~`".to_owned());
        assert_eq!(
            ledger.refused(&Submit { request: opened.request, attempt: Attempt::Anew, due: None, write: &refuse }),
            "unwritable"
        );
        assert_eq!(
            ledger.done(&Submit { request: opened.request, attempt: Attempt::Anew, due: None, write: &write }).control,
            1
        );
    }
}

#[test]
fn alerts_look_at_all_that_is_pending_or_active_and_at_nothing_else() {
    for store in Store::each() {
        let (mut ledger, open) = one_of_each(&store, "3");
        let mut past = authorization("A-2", "2");
        past.last_day = day("2026-03-11");
        let over = ledger.done(&past).authorization;
        ledger.attach("c", over);
        past.number = "A-3".into();
        let cancelled = ledger.done(&past).authorization;
        ledger.done(&Cancel { authorization: cancelled });
        ledger.done(&Amend { approved: Some(units("0.5")), ..Amend::new(over) });
        let opened = ledger.done(&OpenRequest { charges: BTreeSet::new(), ..request() });
        let due = Some(instant("2026-03-09T09:00:00-05:00"));
        ledger.done(&Submit { request: opened.request, attempt: Attempt::Anew, due, write: &write });
        let mut watched = Vec::new();
        ledger.each_watched(|row| watched.push(row)).unwrap();
        watched.sort_by_key(|row| row.id);
        let ids: Vec<_> = watched.iter().map(|row| row.id).collect();
        assert_eq!(ids, [open, over, opened.authorization]);
        assert_eq!((watched[2].status, watched[2].due), (Status::Pending, due));
        assert_eq!((watched[1].used, watched[1].approved), (units("1"), units("0.5")));
    }
}

#[test]
fn the_same_ledger_is_exported_as_the_same_bytes_from_both_stores() {
    let exports: Vec<String> = Store::each()
        .iter()
        .map(|store| {
            let (mut ledger, id) = one_of_each(store, "3");
            let attachment = ledger.attach("c", id).attachment;
            ledger.done(&Reverse { attachment });
            let opened = ledger.done(&request());
            ledger.done(&Submit { request: opened.request, attempt: Attempt::Anew, due: None, write: &write });
            ledger.run(keyed("k"), &ValidateCharge { charge: "none".into() }).unwrap_err();
            ledger.run(keyed("k"), &SetFollowUp { authorization: id, on: Some(day("2026-03-20")) }).unwrap();
            let mut out = Vec::new();
            let lines = ledger.export(&mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.lines().count() as u64, lines);
            let mut again = Vec::new();
            ledger.export(&mut again).unwrap();
            assert_eq!(text.as_bytes(), again);
            text
        })
        .collect();
    assert!(exports[0].contains(r#"{"table":"attachments","id":2,"authorization_id":1,"charge":"c","units":"-1","#));
    assert!(exports.windows(2).all(|pair| pair[0] == pair[1]), "{exports:#?}");
}

#[test]
fn a_backup_is_the_ledger_at_one_moment() {
    let store = Store::file();
    let (mut ledger, id) = one_of_each(&store, "1000");
    let copy = store.folder.file("copy");
    // somebody else writes all the while
    let address = store.address.clone();
    let writer = std::thread::spawn(move || {
        let mut ledger = open(&address);
        for number in 0..60 {
            ledger.done(&charge(&format!("x{number}"), "1"));
            ledger.attach(&format!("x{number}"), id);
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(20));
    ledger.backup(&copy).unwrap();
    writer.join().unwrap();
    let mut copied = Ledger::open_file(&copy, Access::Read, Limits::default()).unwrap();
    copied.sound();
    let (used, now) = (copied.auth(id).used, ledger.auth(id).used);
    assert!(used <= now && now == units("60"), "{used} {now}");
    assert_eq!(ledger.backup(&copy).unwrap_err().word(), "backup_exists");
    assert!(!store.folder.file("copy.part").exists());
}

#[test]
fn charges_of_other_payers_and_members_are_told_apart() {
    let of = |member: &str, payer: &str| Charge {
        id: "x".into(),
        member: member.into(),
        payer: payer.into(),
        day: day("2026-03-10"),
        code: "97110".into(),
        units: units("1"),
        auth_required: true,
        validated: false,
        flag: None,
        authorization: None,
    };
    let (mut ledger, id) = one_of_each(&Store::file(), "3");
    let authorization = ledger.auth(id);
    let words =
        |charge: &Charge| obstacles(&authorization, charge).iter().map(|found| found.word()).collect::<Vec<_>>();
    assert_eq!(words(&of("m", "p")), [] as [&str; 0]);
    assert_eq!(words(&of("n", "q")), ["other_member", "other_payer"]);
}
