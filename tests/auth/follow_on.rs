//! Messages that follow on others: appeals, renewals, extensions and corrected requests, with the answers to them.

use serde_json::Value;

use super::clinic::Clinic;
use crate::command::run;
use crate::x12::pyx12;

impl Clinic {
    /// Sends a request; tells its message.
    fn sent(&self, request: &str) -> String {
        let submitted = self.json(&["submit", request, "--outbox", &self.outbox()]);
        self.message(submitted["control"].as_i64().unwrap())
    }

    /// A message that lies in the outbox. Another reader has to accept it.
    fn message(&self, control: i64) -> String {
        let name = format!("outbox/example-clearinghouse/example-clearinghouse-{control:09}.x12");
        let bytes = std::fs::read(self.folder.path().join(name)).unwrap();
        let faults = pyx12::faults(std::slice::from_ref(&bytes));
        assert!(faults.is_none_or(|faults| faults[0].is_empty()), "{}", String::from_utf8_lossy(&bytes));
        String::from_utf8(bytes).unwrap()
    }

    /// A clinic whose request for charge `c1` was answered so.
    fn answered(name: &str, said: &str) -> Clinic {
        let clinic = Clinic::new(name);
        let trace = clinic.submitted();
        clinic.receive(&trace, "20260303*0900", said);
        clinic
    }

    fn appealed(&self, options: &[&str]) -> Value {
        self.json(&[&["appeal", "1", "--outbox", &self.outbox()], options].concat())
    }

    fn state(&self, authorization: &str, request: usize) -> Value {
        self.json(&["show", authorization])["requests"][request]["state"].clone()
    }

    #[track_caller]
    fn sound(&self) {
        assert!(self.json(&["verify"])["findings"].as_array().unwrap().is_empty());
    }
}

/// The segments of a message of one kind.
fn segments(message: &str, name: &str) -> Vec<String> {
    let own = |segment: &&str| segment.split('*').next() == Some(name);
    message.split('~').filter(own).map(str::to_owned).collect()
}

#[test]
fn a_denial_is_appealed_by_a_message_that_names_it() {
    let clinic = Clinic::answered("appeal", "HCR*A3*D-7*0F~\nREF*NT*REV-3~");
    let appealed = clinic.appealed(&["--note", "SEE THE THERAPIST'S LETTER", "--key", "k"]);
    assert_eq!((&appealed["request"], &appealed["sent"]["request"]), (&1.into(), &2.into()));
    let message = clinic.message(2);
    assert_eq!(segments(&message, "UM"), ["UM*HS*2"]);
    assert_eq!(segments(&message, "REF"), ["REF*BB*D-7", "REF*NT*REV-3"]);
    assert_eq!(segments(&message, "MSG"), ["MSG*SEE THE THERAPIST'S LETTER"]);
    assert_eq!(segments(&message, "HI"), ["HI*ABK:M545"], "what the request said is said again");
    assert_eq!(clinic.json(&["show", "1"])["status"], "DENIED", "until the payer says otherwise");
    assert_eq!((clinic.state("1", 0), clinic.state("1", 1)), ("APPEALED".into(), "SUBMITTED".into()));
    assert_eq!(clinic.json(&["show", "1"])["requests"][1]["due"], "2026-04-02T03:59:59+00:00");

    let again = clinic.appealed(&["--note", "SEE THE THERAPIST'S LETTER", "--key", "k"]);
    assert_eq!((&again["sent"]["control"], &again["replayed"]), (&2.into(), &true.into()), "sent once");
    assert_eq!(clinic.refused(&["appeal", "1"]), "wrong_state");

    let pended = clinic.receive("R00000002", "20260304*0900", "HCR*A4~");
    assert_eq!(pended["determined"][0]["status"], "DENIED");
    assert_eq!(clinic.json(&["show", "1"])["follow_up"], "2026-03-09");
    let alerts = clinic.at("2026-03-10T10:00:00-04:00").lines(&["alerts"]);
    assert_eq!(alerts[0]["alerts"][0], "Pended past its follow-up", "an appeal is looked after as well");
    let won = clinic.receive("R00000002", "20260305*0900", "HCR*A1*AUTH-8~");
    assert_eq!((&won["determined"][0]["status"], &won["determined"][0]["request"]), (&"ACTIVE".into(), &2.into()));
    assert_eq!((clinic.state("1", 0), clinic.state("1", 1)), ("ANSWERED".into(), "ANSWERED".into()));
    clinic.json(&["attach", "c1", "1"]);
    clinic.sound();
}

#[test]
fn an_appeal_that_cannot_wait_says_so_and_has_the_shorter_time() {
    let clinic = Clinic::answered("at-once", "HCR*A3**0F~");
    assert_eq!(clinic.refused(&["appeal", "1"]), "no_number", "nothing would tell the payer what is appealed");
    assert_eq!(clinic.state("1", 0), "ANSWERED");
    clinic.appealed(&["--immediate", "--number", "D-9"]);
    let message = clinic.message(2);
    assert_eq!(segments(&message, "UM"), ["UM*HS*1****03"]);
    assert_eq!(segments(&message, "REF"), ["REF*BB*D-9"]);
    assert_eq!(clinic.json(&["show", "1"])["requests"][1]["due"], "2026-03-05T15:00:00+00:00");
}

#[test]
fn an_appeal_that_fails_can_be_appealed_again_and_one_that_is_not_taken_can_be_corrected() {
    let clinic = Clinic::answered("levels", "HCR*A3*D-7*0F~");
    clinic.appealed(&[]);
    clinic.receive("R00000002", "20260304*0900", "AAA*N**33*C~");
    assert_eq!(clinic.state("1", 0), "ANSWERED", "no appeal is with the payer");
    let corrected = clinic.json(&["request", "--corrects", "2", "--diagnosis", "M54.2"]);
    assert_eq!(corrected["purpose"], "APPEAL");
    assert_eq!(clinic.json(&["show", "1"])["status"], "DENIED");
    let message = clinic.sent("3");
    assert_eq!(
        (segments(&message, "UM"), segments(&message, "HI")),
        (vec!["UM*HS*2".into()], vec!["HI*ABK:M542".into()])
    );
    assert_eq!((clinic.state("1", 0), clinic.state("1", 1)), ("APPEALED".into(), "GIVEN_UP".into()));
    clinic.receive("R00000003", "20260305*0900", "HCR*A3*D-8*0F~");
    assert_eq!(clinic.refused(&["appeal", "1"]), "not_newest");
    let second = clinic.json(&["appeal", "3", "--outbox", &clinic.outbox()]);
    assert_eq!(second["sent"]["request"], 4);
    assert_eq!(segments(&clinic.message(4), "REF"), ["REF*BB*D-8"]);
    // the payer changes its mind about what it denied, whatever becomes of the appeal
    let changed = clinic.receive("R00000003", "20260306*0900", "HCR*A1*AUTH-9~");
    assert_eq!(
        (&changed["determined"][0]["stands"], &changed["determined"][0]["status"]),
        (&true.into(), &"ACTIVE".into())
    );
    clinic.sound();
}

#[test]
fn an_appeal_by_letter_is_noted_and_nothing_goes_out() {
    let clinic = Clinic::answered("letter", "HCR*A3*D-7*0F~");
    clinic.folder.write("letter.txt", "We appeal.");
    let letter = clinic.folder.path().join("letter.txt");
    let appealed = clinic.appealed(&["--by-hand", "--document", letter.to_str().unwrap()]);
    assert!(appealed["sent"].is_null());
    assert_eq!(std::fs::read_dir(clinic.folder.path().join("outbox/example-clearinghouse")).unwrap().count(), 1);
    assert_eq!(clinic.receive("R00000001", "20260310*0900", "HCR*A1*AUTH-8~")["determined"][0]["status"], "ACTIVE");
    clinic.sound();
}

#[test]
fn a_partner_that_takes_no_appeals_gets_none() {
    let clinic = Clinic::answered("no-appeals", "HCR*A3*D-7*0F~").by_rules_where("appeals by message: true", "");
    assert_eq!(clinic.refused(&["appeal", "1", "--immediate"]), "bad_call", "nobody would hear of it");
    assert!(clinic.appealed(&[])["sent"].is_null());
    assert_eq!(clinic.state("1", 0), "APPEALED");
}

#[test]
fn a_renewal_is_an_authorization_of_its_own_that_may_have_the_same_number() {
    let clinic = Clinic::new("renewal");
    clinic.authorize("A-77", "12");
    let facts = ["--fact", "documents.supporting=true", "--code", "97110"];
    let renewed = clinic.json(&[&["request", "--renews", "1"], &facts[..]].concat());
    assert_eq!((&renewed["authorization"], &renewed["purpose"]), (&2.into(), &"RENEWAL".into()));
    let message = clinic.sent("1");
    assert_eq!(
        (segments(&message, "UM"), segments(&message, "REF")),
        (vec!["UM*HS*R".into()], vec!["REF*BB*A-77".into()])
    );
    assert!(message.contains("DTP*AAH*RD8*20260601-20260831"), "as many days as before, from the day after: {message}");
    let shown = clinic.json(&["show", "1"]);
    assert_eq!((&shown["status"], &shown["renewals"][0]["id"]), (&"ACTIVE".into(), &2.into()), "what is granted stays");
    let approved = clinic.receive("R00000001", "20260303*0900", "HCR*A1*A-77~");
    assert_eq!(approved["determined"][0]["status"], "ACTIVE", "{approved}");
    let shown = clinic.json(&["show", "2"]);
    assert_eq!((&shown["number"], &shown["renews"], &shown["approved"]), (&"A-77".into(), &1.into(), &"12".into()));
    clinic.charge("june", "2026-06-03", "1");
    let candidates = clinic.json(&["candidates", "june"]);
    assert_eq!(candidates["authorization"]["id"], 2);
    // another authorization cannot have it all the same
    let of = ["--member", "m1", "--payer", "example-health-plan", "--from", "2026-03-01", "--to", "2026-03-02"];
    assert_eq!(clinic.refused(&[&["add", "--number", "A-77", "--units", "1"], &of[..]].concat()), "number_taken");
    let next = clinic.json(&[&["request", "--renews", "2"], &facts[..]].concat());
    assert_eq!(next["authorization"], 3);
    clinic.sound();
}

#[test]
fn an_extension_that_is_denied_takes_nothing_away() {
    let clinic = Clinic::new("extension");
    clinic.authorize("A-77", "12");
    clinic.charge("c1", "2026-03-05", "12");
    clinic.json(&["attach", "c1", "1"]);
    let facts = ["--fact", "documents.supporting=true", "--code", "97110"];
    assert_eq!(clinic.refused(&[&["request", "--extends", "1", "--units", "4"], &facts[..]].concat()), "bad_call");
    let more = ["request", "--extends", "1", "--units", "4", "--from", "2026-03-20", "--to", "2026-05-31"];
    clinic.json(&[&more[..], &facts[..]].concat());
    let message = clinic.sent("1");
    assert_eq!(
        (segments(&message, "UM"), segments(&message, "REF")),
        (vec!["UM*HS*4".into()], vec!["REF*BB*A-77".into()])
    );
    clinic.receive("R00000001", "20260303*0900", "HCR*A3**0F~");
    assert_eq!(clinic.json(&["show", "1"])["status"], "ACTIVE");
    assert_eq!(clinic.json(&["show", "2"])["status"], "DENIED");
    assert_eq!(clinic.json(&["validate", "c1"])["charge"], "c1", "no charge is flagged");
    clinic.sound();
}

#[test]
fn what_was_denied_is_asked_for_again_as_it_was_or_changed() {
    for (name, changed, code) in [("same", &[][..], "N"), ("changed", &["--units", "2"][..], "S")] {
        let clinic = Clinic::answered(name, "HCR*A3*D-7*0F~");
        clinic.json(&[&["request", "--corrects", "1"], changed].concat());
        let message = clinic.sent("2");
        assert_eq!(segments(&message, "UM"), [format!("UM*HS*{code}")]);
        assert_eq!(segments(&message, "REF"), ["REF*BB*D-7"]);
        assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING");
        let approved = clinic.receive("R00000002", "20260304*0900", "HCR*A1*AUTH-8~");
        assert_eq!(approved["determined"][0]["status"], "ACTIVE");
        let units = clinic.json(&["show", "1"])["approved"].clone();
        assert_eq!(units, if code == "S" { "2" } else { "1" });
        assert_eq!(clinic.lines(&["candidates", "c1"]).len(), 1, "the charges are those of the first");
        clinic.sound();
    }
}

#[test]
fn what_was_rejected_is_corrected_if_the_payer_takes_it_so() {
    let clinic = Clinic::answered("rejected", "AAA*N**33*C~");
    clinic.json(&["request", "--corrects", "1", "--diagnosis", "M54.2"]);
    let message = clinic.sent("2");
    assert_eq!(segments(&message, "UM"), ["UM*HS*I"], "the payer has nothing of it that could be revised");
    assert!(segments(&message, "REF").is_empty());
    assert_eq!(clinic.state("1", 0), "GIVEN_UP");
    assert_eq!(clinic.refused(&["submit", "1"]), "wrong_state");

    let clinic = Clinic::answered("numbered", "AAA*N**33*C~\nREF*NT*REV-3~");
    clinic.json(&["request", "--corrects", "1", "--diagnosis", "M54.2"]);
    let message = clinic.sent("2");
    assert_eq!(
        (segments(&message, "UM"), segments(&message, "REF")),
        (vec!["UM*HS*S".into()], vec!["REF*NT*REV-3".into()])
    );
    clinic.sound();

    let clinic = Clinic::answered("for-good", "AAA*N**33*N~");
    assert_eq!(clinic.refused(&["request", "--corrects", "1"]), "not_correctable");
}

#[test]
fn a_request_that_was_not_sent_is_corrected_in_its_place() {
    let clinic = Clinic::new("draft");
    clinic.authorize("A-77", "12");
    let facts = ["--fact", "documents.supporting=true", "--code", "97110"];
    clinic.json(&[&["request", "--renews", "1"], &facts[..]].concat());
    let corrected = clinic.json(&["request", "--corrects", "1", "--units", "10"]);
    assert_eq!((&corrected["authorization"], &corrected["purpose"]), (&2.into(), &"RENEWAL".into()));
    assert_eq!(segments(&clinic.sent("2"), "REF"), ["REF*BB*A-77"]);
    assert_eq!(clinic.refused(&["submit", "1"]), "wrong_state");
    clinic.sound();
}

#[test]
fn an_appeal_whose_file_cannot_be_written_goes_out_later_and_once() {
    let clinic = Clinic::answered("blocked", "HCR*A3*D-7*0F~");
    clinic.folder.write("full", "no folder");
    let store = clinic.folder.path().join("a.ledger");
    let blocked = clinic.folder.path().join("full");
    let call = |at: &str| {
        let desk = ["auth", "--store", store.to_str().unwrap(), "--as", "ana:authorization_coordinator", "--at", at];
        run(&[&desk[..], &["appeal", "1", "--key", "k", "--outbox", blocked.to_str().unwrap()]].concat())
    };
    let outcome = call("2026-03-03T10:00:00-05:00");
    assert_eq!(outcome.status, Some(2), "{}", outcome.stdout);
    assert!(outcome.stderr.contains("`rulebook auth submit --waiting` puts it there"), "{}", outcome.stderr);
    assert!(call("2026-03-03T10:01:00-05:00").stdout.contains("done before by this key"));
    clinic.lines(&["submit", "--waiting", "--outbox", &clinic.outbox()]);
    assert_eq!(segments(&clinic.message(2), "UM"), ["UM*HS*2"]);
    let folder = clinic.folder.path().join("outbox/example-clearinghouse");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 2);
    clinic.sound();
}
