//! A ledger that was kept by a release with fewer tables is brought up to date, and nothing in it changes.

use crate::ledger::store::Store;

use super::clinic::Clinic;

/// Goes on with a ledger of the first version.
fn goes_on(clinic: &Clinic) {
    assert_eq!(clinic.refused(&["verify"]), "older_ledger", "what only reads leaves it as it is");

    let again = clinic.json(&["request", "--charge", "c1", "--fact", "documents.supporting=true", "--key", "k1"]);
    assert_eq!((&again["request"], &again["replayed"]), (&1.into(), &true.into()), "keys stay good");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
    let outbox = clinic.folder.path().join("outbox");
    let appealed = clinic.json(&["appeal", "1", "--outbox", outbox.to_str().unwrap()]);
    assert_eq!(appealed["sent"]["control"], 2);
    let renewed = clinic.json(&["request", "--renews", "1", "--code", "97110", "--fact", "documents.supporting=true"]);
    assert_eq!((&renewed["purpose"], &renewed["authorization"]), (&"RENEWAL".into(), &3.into()));
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_older_ledger_goes_on_as_it_was() {
    let clinic = Clinic::new("older");
    let store = clinic.folder.path().join("a.ledger");
    std::fs::remove_file(&store).unwrap();
    // made by the first version of the store, and written out by `sqlite3 a.ledger .dump`
    let older = rusqlite::Connection::open(&store).unwrap();
    older.execute_batch(include_str!("version-1.sql")).unwrap();
    drop(older);
    goes_on(&clinic);
}

#[test]
fn an_older_ledger_on_a_server_goes_on_as_it_was() {
    let Some(store) = Store::on_server() else { return };
    let clinic = Clinic::on("older-server", &store.address);
    let mut older = postgres::Client::connect(&store.address, postgres::NoTls).unwrap();
    older.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").unwrap();
    // made by the same calls of the same release, and written out by `pg_dump --inserts --no-owner`
    older.batch_execute(include_str!("version-1-postgres.sql")).unwrap();
    drop(older);
    goes_on(&clinic);
}
