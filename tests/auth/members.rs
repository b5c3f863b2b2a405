//! Members, and what was wrong about them.

use super::clinic::Clinic;

#[test]
fn a_member_whom_the_payer_does_not_know_is_corrected_and_asked_for_again() {
    let clinic = Clinic::new("unknown-member");
    let trace = clinic.submitted();
    clinic.receive(&trace, "20260302*1100", "AAA*N**72*C~");
    let amend = ["amend-member", "m1", "--subscriber", "S-17", "--born", "1980-03-02", "--key", "k"];
    assert_eq!(clinic.acting("bob:clinician").refused(&amend[..4]), "forbidden");
    assert_eq!(clinic.json(&amend)["member"], "m1");
    assert_eq!(clinic.json(&amend)["replayed"], true);
    assert_eq!(clinic.refused(&amend[..6]), "nothing_to_change");
    assert_eq!(clinic.refused(&["amend-member", "m9", "--sex", "F"]), "unknown_member");
    let shown = clinic.json(&["show", "--member", "m1"]);
    assert_eq!((&shown["subscriber"], &shown["born"]), (&"S-17".into(), &"1980-03-02".into()));
    assert_eq!(shown["last_name"], "RUIZ", "what is not said stays");
    assert_eq!(shown["history"][1]["operation"], "amend_member");

    clinic.json(&["request", "--corrects", "1"]);
    let sent = clinic.json(&["submit", "2", "--outbox", &clinic.outbox()]);
    let folder = clinic.folder.path().join("outbox/example-clearinghouse");
    let first = std::fs::read_to_string(folder.join("example-clearinghouse-000000001.x12")).unwrap();
    let second = std::fs::read_to_string(folder.join(sent["name"].as_str().unwrap())).unwrap();
    assert!(first.contains("NM1*IL*1*RUIZ*EVA****MI*m1~") && first.contains("DMG*D8*19800203"), "{first}");
    assert!(second.contains("NM1*IL*1*RUIZ*EVA****MI*S-17~") && second.contains("DMG*D8*19800302"), "{second}");
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}
