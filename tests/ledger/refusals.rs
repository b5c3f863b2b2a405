//! Every refusal, by what causes it.

use std::collections::BTreeSet;

use rulebook::ledger::{
    Amend, Appeal, Asking, Attach, AttachmentId, Attempt, AuthorizationId, Basis, Cancel, Codes, Determination,
    Determine, FileDocument, FiledWith, MarkWritten, NewDocument, OpenRequest, Outcome, Receive, Refusal, Request,
    RequestId, Reverse, SendByHand, SetFollowUp, Submit, TransmissionId, Units, UnitsError, ValidateCharge, Withdraw,
};

use chrono::Datelike;

use super::commands::{request, write};
use super::store::*;

/// Causes every refusal once and gives their words.
fn caused(store: &Store) -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    let (mut ledger, id) = one_of_each(store, "1");
    let nobody = AuthorizationId(99);
    macro_rules! refused {
        ($word:literal, $command:expr) => {
            assert_eq!(ledger.refused(&$command), $word);
            words.insert($word);
        };
    }
    macro_rules! refusal {
        ($word:literal, $refusal:expr) => {
            assert_eq!($refusal.unwrap_err().word(), $word);
            words.insert($word);
        };
    }
    let attach = |charge: &str, authorization| Attach { charge: charge.into(), authorization };

    refused!("bad_text", member(" "));
    refused!("bad_text", member("tab\tin it"));
    refused!("member_exists", member("m"));
    refused!("charge_exists", charge("c", "1"));
    let mut wrong = charge("w", "1");
    wrong.code = "9 7".into();
    refused!("bad_code", wrong);
    refusal!("bad_code", Codes::new(["a,b"]));
    refusal!("too_many_codes", Codes::new((0..1_001).map(|number| number.to_string())));
    let mut wrong = charge("w", "1");
    wrong.day = day("2026-03-10").with_year(1850).unwrap();
    refused!("bad_day", wrong);
    refused!("no_units", charge("w", "0"));
    let mut wrong = charge("w", "1");
    wrong.member = "nobody".into();
    refused!("unknown_member", wrong);
    let mut backwards = authorization("A-2", "1");
    backwards.last_day = day("2026-02-28");
    refused!("period_backwards", backwards);
    refused!("number_taken", authorization("A-1", "1"));

    refused!("unknown_charge", attach("x", id));
    refused!("unknown_authorization", attach("c", nobody));
    ledger.done(&member("n"));
    let mut other = charge("other member", "1");
    other.member = "n".into();
    ledger.done(&other);
    refused!("other_member", attach("other member", id));
    let mut other = charge("other payer", "1");
    other.payer = "q".into();
    ledger.done(&other);
    refused!("other_payer", attach("other payer", id));
    let mut early = charge("early", "1");
    early.day = day("2026-02-28");
    ledger.done(&early);
    refused!("before_first_day", attach("early", id));
    let mut late = charge("late", "1");
    late.day = day("2026-05-01");
    ledger.done(&late);
    refused!("after_last_day", attach("late", id));
    let mut narrow = authorization("A-3", "5");
    narrow.codes = Codes::new(["9711"]).unwrap();
    let narrow = ledger.done(&narrow).authorization;
    refused!("code_not_covered", attach("c", narrow));
    ledger.done(&charge("d", "1.0001"));
    refused!("not_enough_units", attach("d", id));
    let attachment = ledger.attach("c", id).attachment;
    refused!("already_attached", attach("c", narrow));
    ledger.done(&Amend { approved: Some(Units::ZERO), ..Amend::new(id) });
    refused!("over_used", attach("d", id));
    refused!("nothing_to_change", Amend::new(id));
    let reversal = ledger.done(&Reverse { attachment }).reversal;
    refused!("already_reversed", Reverse { attachment });
    refused!("unknown_attachment", Reverse { attachment: reversal });
    refused!("unknown_attachment", Reverse { attachment: AttachmentId(99) });
    refused!("issue_open", ValidateCharge { charge: "c".into() });
    ledger.done(&Cancel { authorization: narrow });
    refused!("not_active", attach("c", narrow));
    refused!("wrong_status", Cancel { authorization: narrow });
    refused!("wrong_status", Amend { approved: Some(units("2")), ..Amend::new(narrow) });
    refused!("unknown_authorization", SetFollowUp { authorization: nobody, on: None });
    let document = NewDocument { name: "large".into(), bytes: vec![0; 16 * 1024 * 1024 + 1] };
    refused!("document_too_large", FileDocument { with: FiledWith::Authorization(id), document });

    let approved = OpenRequest { approval: Some("therapy-ana".into()), charges: BTreeSet::new(), ..request() };
    ledger.done(&approved);
    refused!("approval_used", approved);
    let first = ledger.done(&request()).request;
    refused!("already_asked", OpenRequest { asking: Asking::Once, ..request() });
    ledger.done(&Withdraw { request: first });
    let opened = ledger.done(&OpenRequest { trace: Some("T1".into()), ..request() }).request;
    refused!("trace_taken", OpenRequest { trace: Some("T1".into()), ..request() });
    refused!("other_payer", OpenRequest { charges: BTreeSet::from(["other payer".into()]), ..request() });
    refused!("wrong_status", OpenRequest { basis: Basis::Anew(id), ..request() });
    refused!("other_party", OpenRequest { member: "n".into(), basis: Basis::Renews(id), ..request() });
    refused!("wrong_status", OpenRequest { basis: Basis::Renews(narrow), ..request() });
    ledger.done(&OpenRequest { basis: Basis::Renews(id), ..request() });
    refused!("already_asked", OpenRequest { basis: Basis::Renews(id), ..request() });
    refused!("unknown_request", Submit { request: RequestId(99), attempt: Attempt::Anew, due: None, write: &write });
    refused!("wrong_way", SendByHand { request: opened, attempt: Attempt::WhenDue, due: None });
    let by_hand = ledger.done(&OpenRequest { partner: None, ..request() }).request;
    refused!("wrong_way", Submit { request: by_hand, attempt: Attempt::WhenDue, due: None, write: &write });
    ledger.done(&SendByHand { request: by_hand, attempt: Attempt::WhenDue, due: None });
    refused!("already_sent", SendByHand { request: by_hand, attempt: Attempt::WhenDue, due: None });
    let refuse = |_: &Request, _: u32| Err("no".to_owned());
    refused!("unwritable", Submit { request: opened, attempt: Attempt::Anew, due: None, write: &refuse });
    refused!("unknown_transmission", MarkWritten { transmission: TransmissionId(99) });
    let determine = |outcome| Determine {
        request: opened,
        determination: Determination { appeal_by: Some(day("2026-04-01")), ..Determination::new(outcome) },
        on: None,
        document: None,
        attach: false,
    };
    refused!("wrong_state", determine(Outcome::Denied));
    let follow_on = |basis| OpenRequest { basis, charges: BTreeSet::new(), ..request() };
    refused!("wrong_state", follow_on(Basis::Appeals { request: opened, immediate: false }));
    ledger.done(&Submit { request: opened, attempt: Attempt::Anew, due: None, write: &write });
    refused!("already_sent", Submit { request: opened, attempt: Attempt::WhenDue, due: None, write: &write });
    refused!("wrong_state", follow_on(Basis::Corrects(opened)));
    ledger.done(&determine(Outcome::Rejected));
    refused!("not_correctable", follow_on(Basis::Corrects(opened)));
    let appeal = |on| Appeal { request: opened, on: day(on), document: None, message: None };
    refused!("wrong_state", appeal("2026-04-01"));
    ledger.done(&determine(Outcome::Denied));
    refused!("appeal_too_late", appeal("2026-04-02"));
    let corrected = ledger.done(&follow_on(Basis::Corrects(opened))).request;
    refused!("being_prepared", follow_on(Basis::Corrects(opened)));
    let corrected = ledger.done(&follow_on(Basis::Corrects(corrected))).request;
    ledger.done(&Submit { request: corrected, attempt: Attempt::WhenDue, due: None, write: &write });
    refused!("not_newest", follow_on(Basis::Corrects(opened)));
    refused!("wrong_state", Withdraw { request: corrected });
    refused!("not_newest", appeal("2026-04-01"));
    refused!("wrong_state", Submit { request: opened, attempt: Attempt::Anew, due: None, write: &write });
    let faulty = Receive {
        partner: "hub".into(),
        name: "in".into(),
        bytes: b"?".to_vec(),
        fault: Some("no ISA".into()),
        answers: vec![rulebook::ledger::Addressed {
            trace: None,
            reference: None,
            control: None,
            determination: Determination::new(Outcome::Approved),
        }],
        attach: false,
    };
    let large = Receive { bytes: vec![0; NewDocument::LARGEST + 1], ..faulty.clone() };
    refused!("faulty_message", faulty);
    refused!("message_too_large", large);

    let set = |on| SetFollowUp { authorization: id, on: Some(day(on)) };
    ledger.run(keyed("k"), &set("2026-03-20")).unwrap();
    refusal!("key_reused", ledger.run(keyed("k"), &set("2026-03-21")));
    ledger.sound();
    words
}

#[test]
fn every_refusal_has_its_cause_and_leaves_nothing_behind() {
    for store in Store::each() {
        let caused = caused(&store);
        let missing: Vec<_> = Refusal::WORDS.iter().filter(|word| !caused.contains(*word)).collect();
        // it takes 999,999,999 messages
        assert_eq!(missing, [&"no_control_number"]);
    }
}

#[test]
fn the_last_control_number_is_the_last() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        ledger.done(&charge("c", "1"));
        let request = ledger.done(&request()).request;
        super::tampering::change(&store.address, "INSERT INTO partners (id, control) VALUES ('hub', 999999998)");
        assert_eq!(
            ledger.done(&Submit { request, attempt: Attempt::Anew, due: None, write: &write }).control,
            999_999_999
        );
        assert_eq!(
            ledger.refused(&Submit { request, attempt: Attempt::Anew, due: None, write: &write }),
            "no_control_number"
        );
    }
}

#[test]
fn refusals_say_what_is_wrong_and_what_to_do() {
    let (mut ledger, id) = one_of_each(&Store::file(), "0.5");
    let refusal = match ledger.run(act(), &Attach { charge: "c".into(), authorization: id }).unwrap_err() {
        rulebook::ledger::Error::Refused(refusal) => refusal,
        rulebook::ledger::Error::Store(error) => panic!("{error}"),
    };
    assert_eq!(refusal.to_string(), "authorization 1 has 0.5 units left, and the charge has 1");
    assert_eq!(refusal.help(), "choose another, reverse a charge, or ask the payer for more");
}

#[test]
fn units_are_read_exactly_or_not_at_all() {
    for (text, read) in [("12", 120_000), ("0.25", 2_500), ("1.0000", 10_000), ("1000000000", 10_000_000_000_000)] {
        assert_eq!(text.parse::<Units>().unwrap().ten_thousandths(), read);
    }
    let wrong = |text: &str| text.parse::<Units>().unwrap_err();
    assert!(matches!(wrong("1.00001"), UnitsError::Decimals { .. }));
    assert!(matches!(wrong("1000000000.0001"), UnitsError::Large { .. }));
    assert!(matches!(wrong("99999999999999999999"), UnitsError::Large { .. }));
    for text in ["", ".5", "1.", "-1", "+1", "1e3", "1,5", " 1", "NaN"] {
        assert!(matches!(wrong(text), UnitsError::Shape { .. }), "{text}");
    }
}
