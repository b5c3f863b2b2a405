//! Idempotency keys: what was done once is answered, not done again.

use rulebook::ledger::{Act, Attach, Attempt, Error, Refusal, Reverse, Submit, ValidateCharge};

use super::commands::{request, write};
use super::store::*;

#[test]
fn the_same_key_and_command_get_the_first_answer() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "3");
        let attach = Attach { charge: "c".into(), authorization: id };
        let first = ledger.run(keyed("k"), &attach).unwrap();
        assert!(!first.replayed);
        ledger.done(&charge("d", "1"));
        ledger.attach("d", id);
        // another process, a later time, another version of the policy: still the same command
        let later = Act { at: instant("2026-03-03T09:00:00-05:00"), policy: "sha256:q", ..keyed("k") };
        let again = store.open().run(later, &attach).unwrap();
        assert!(again.replayed);
        assert_eq!(again.value, first.value);
        assert_eq!(ledger.auth(id).used, units("2"));
        ledger.sound();
    }
}

#[test]
fn another_command_by_the_same_key_is_refused() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "3");
        ledger.done(&charge("d", "1"));
        ledger.run(keyed("k"), &Attach { charge: "c".into(), authorization: id }).unwrap();
        let reused = Error::Refused(Refusal::KeyReused { key: "k".into() }).to_string();
        let other = ledger.run(keyed("k"), &Attach { charge: "d".into(), authorization: id }).unwrap_err();
        assert_eq!(other.to_string(), reused);
        let other = Act { actor: "bob", ..keyed("k") };
        let other = ledger.run(other, &Attach { charge: "c".into(), authorization: id }).unwrap_err();
        assert_eq!(other.to_string(), reused);
        let other = ledger.run(keyed("k"), &ValidateCharge { charge: "c".into() }).unwrap_err();
        assert_eq!(other.to_string(), reused);
    }
}

#[test]
fn a_refusal_is_not_kept() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "1");
        ledger.done(&charge("d", "1"));
        let held = ledger.attach("d", id).attachment;
        let attach = Attach { charge: "c".into(), authorization: id };
        assert_eq!(ledger.run(keyed("k"), &attach).unwrap_err().word(), "not_enough_units");
        ledger.done(&Reverse { attachment: held });
        assert!(!ledger.run(keyed("k"), &attach).unwrap().replayed);
        ledger.sound();
    }
}

#[test]
fn what_changes_nothing_is_kept_as_well() {
    for store in Store::each() {
        let (mut ledger, id) = one_of_each(&store, "1");
        ledger.attach("c", id);
        let validate = ValidateCharge { charge: "c".into() };
        ledger.done(&validate);
        assert!(ledger.run(keyed("k"), &validate).unwrap().value.already);
        assert!(ledger.run(keyed("k"), &validate).unwrap().replayed);
        ledger.sound();
    }
}

#[test]
fn a_submission_is_repeated_by_its_key_with_the_same_control_number() {
    for store in Store::each() {
        let mut ledger = store.open();
        ledger.done(&member("m"));
        ledger.done(&charge("c", "1"));
        let request = ledger.done(&request()).request;
        let due = Some(instant("2026-03-09T09:00:00-05:00"));
        let first = ledger.run(keyed("k"), &Submit { request, attempt: Attempt::Anew, due, write: &write }).unwrap();
        // a retry comes later, so that the policy gives it a later date
        let again =
            ledger.run(keyed("k"), &Submit { request, attempt: Attempt::Anew, due: None, write: &write }).unwrap();
        assert!(again.replayed);
        assert_eq!(again.value, first.value);
        assert_eq!(ledger.waiting().unwrap().len(), 1);
    }
}
