//! Sending: once, unless somebody wants it twice.

use super::clinic::Clinic;
use crate::command::run;

impl Clinic {
    /// How many messages lie in the outbox.
    fn messages(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("outbox/example-clearinghouse")).unwrap().count()
    }
}

#[test]
fn what_has_gone_out_is_not_sent_again_by_mistake() {
    let clinic = Clinic::new("sent-once");
    let trace = clinic.submitted();
    let outbox = clinic.outbox();
    let submit = ["submit", "1", "--outbox", &outbox];
    let refused = clinic.run(&submit);
    assert_eq!(refused["error"]["code"], "already_sent");
    for cure in ["wait", "--retries", "--waiting", "--again"] {
        assert!(refused["error"]["help"].as_str().unwrap().contains(cure), "{refused}");
    }
    clinic.receive(&trace, "20260303*0900", "HCR*A4~");
    assert_eq!(clinic.refused(&submit), "already_sent", "the payer is reviewing");
    assert_eq!(clinic.messages(), 1);
    let anew = clinic.json(&["submit", "1", "--again", "--outbox", &outbox]);
    assert_eq!((&anew["control"], clinic.messages()), (&2.into(), 2), "on purpose it goes out twice");
    clinic.receive(&trace, "20260304*0900", "HCR*A1*AUTH-5~");
    assert_eq!(clinic.refused(&["submit", "1", "--again"]), "wrong_state");
}

#[test]
fn a_message_whose_file_cannot_be_written_is_put_there_later_and_once() {
    let clinic = Clinic::new("no-outbox");
    clinic.charge("c1", "2026-03-05", "1");
    clinic.json(&["request", "--charge", "c1", "--fact", "documents.supporting=true", "--diagnosis", "M54.5"]);
    clinic.folder.write("full", "no folder");
    let blocked = clinic.folder.path().join("full");
    let store = clinic.folder.path().join("a.ledger");
    let desk = ["auth", "--store", store.to_str().unwrap(), "--as", "ana:authorization_coordinator"];
    let at = ["--at", "2026-03-02T10:00:00-05:00"];
    let submit = || run(&[&desk[..], &at[..], &["submit", "1", "--outbox", blocked.to_str().unwrap()]].concat());
    let outcome = submit();
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.stderr.contains("`rulebook auth submit --waiting`"), "{}", outcome.stderr);
    assert!(submit().stderr.contains("request 1 has gone out already"), "repeating the call makes no second message");
    clinic.lines(&["submit", "--waiting", "--outbox", &clinic.outbox()]);
    assert_eq!(clinic.messages(), 1);
}

#[test]
fn what_no_message_carries_is_refused_before_it_is_written_down() {
    let clinic = Clinic::new("no-message");
    clinic.charge("c1", "2026-03-05", "1");
    let call = ["request", "--charge", "c1", "--fact", "documents.supporting=true"];
    for said in [
        &["--place", "99999"][..],
        &["--note", "SEE * THE LETTER"],
        &["--note", "SEE ~ THE LETTER"],
        &["--diagnosis", "NO SUCH CODE AT ALL, AND MUCH TOO LONG FOR A MESSAGE"],
    ] {
        let refused = clinic.run(&[&call[..], said].concat());
        assert_eq!(refused["error"]["code"], "unwritable", "{said:?}: {refused}");
    }
    let place = clinic.run(&[&call[..], &["--place", "99999"]].concat());
    assert!(place["error"]["message"].as_str().unwrap().contains("UM04-1 has 5 characters"), "{place}");
    clinic.json(&["amend-member", "m1", "--last-name", "RU*IZ"]);
    assert_eq!(clinic.refused(&call), "unwritable");
    assert!(clinic.lines(&["list"]).is_empty(), "nothing was written down");
    assert_eq!(clinic.json(&[&call[..], &["--by-hand", "--place", "99999"]].concat())["request"], 1, "nothing is sent");
    clinic.json(&["withdraw", "1"]);
    clinic.json(&["amend-member", "m1", "--last-name", "RUIZ"]);
    assert_eq!(clinic.json(&call)["request"], 2);
    assert_eq!(clinic.json(&["submit", "2", "--outbox", &clinic.outbox()])["control"], 1, "a trial uses no number");
}
