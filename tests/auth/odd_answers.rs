//! Answers that aren't what they seem: of somebody else, of something else, or in figures that nobody can keep.

use serde_json::Value;

use super::clinic::{Clinic, response};
use crate::command::{finish, run};

const ISSUED: &str = "20260303*0900";
const APPROVED: &str = "HCR*A1*AUTH-5~";

impl Clinic {
    /// A clinic that asked for twelve units of the code.
    fn asked(name: &str) -> Clinic {
        Clinic::asking(name, &["97110"])
    }

    fn asking(name: &str, codes: &[&str]) -> Clinic {
        let clinic = Clinic::new(name);
        clinic.charge("c1", "2026-03-05", "1");
        let codes: Vec<&str> = codes.iter().flat_map(|code| ["--code", code]).collect();
        let of = ["--units", "12", "--to", "2026-05-31", "--fact", "documents.supporting=true", "--diagnosis", "M54.5"];
        clinic.json(&[&["request", "--charge", "c1"], &of[..], &codes].concat());
        let outbox = clinic.folder.path().join("outbox");
        clinic.json(&["submit", "1", "--outbox", outbox.to_str().unwrap()]);
        clinic
    }

    /// Has a message taken in that attaches what it approves, and tells what the payer's answer came to.
    fn comes_to(&self, message: &str) -> Value {
        self.folder.write("response.x12", message);
        let file = self.folder.path().join("response.x12");
        let received = self.json(&["receive", file.to_str().unwrap(), "--attach"]);
        received["determined"][0].clone()
    }

    /// The reasons of an answer that a person has to look at, for which nothing was done.
    #[track_caller]
    fn unclear(&self, message: &str) -> String {
        let told = self.comes_to(message);
        assert_eq!(told["outcome"], "UNCLEAR", "{told}");
        assert_eq!((&told["status"], &told["attached"]), (&"PENDING".into(), &serde_json::json!([])));
        let shown = self.json(&["show", "1"]);
        assert_eq!((&shown["status"], &shown["number"]), (&"PENDING".into(), &Value::Null), "{shown}");
        assert_eq!(self.json(&["show", "--charge", "c1"])["attached"], Value::Null);
        assert!(self.json(&["verify"])["findings"].as_array().unwrap().is_empty());
        let reasons = shown["requests"][0]["reasons"].as_array().unwrap().clone();
        reasons.iter().map(|reason| reason.as_str().unwrap()).collect::<Vec<_>>().join("; ")
    }
}

/// An answer to the first request in which one text stands for another.
fn answer_where(said: &str, text: &str, other: &str) -> String {
    let message = response("R00000001", ISSUED, said);
    assert!(message.contains(text), "{text}");
    counted(&message.replace(text, other))
}

fn answer(said: &str) -> String {
    counted(&response("R00000001", ISSUED, said))
}

/// A message whose segments are counted anew.
fn counted(message: &str) -> String {
    let (begun, rest) = message.split_once("SE*").unwrap();
    let (_, rest) = rest.split_once('*').unwrap();
    let count = begun.matches('~').count() - 2 + 1;
    format!("{begun}SE*{count}*{rest}")
}

/// An answer that says this of the event and that of one line each.
fn lines(event: &str, lines: &[&str]) -> String {
    let mut said = event.to_owned();
    for (number, line) in (5..).zip(lines) {
        said += &format!("HL*{number}*4*SS*0~\n{line}\n");
    }
    answer_where(&said, "HL*4*3*EV*0~", "HL*4*3*EV*1~")
}

#[test]
fn an_answer_for_another_patient_is_not_taken() {
    let clinic = Clinic::asked("another-patient");
    let another = answer_where(APPROVED, "NM1*IL*1*RUIZ*EVA****MI*m1~", "NM1*IL*1*DOE*JAN****MI*m9~");
    let reasons = clinic.unclear(&another);
    assert!(reasons.contains("for the member `m9`") && reasons.contains("for `m1`"), "{reasons}");
    assert!(reasons.contains("HCR02 AUTH-5"), "who looks at it needs the number: {reasons}");
    assert_eq!(clinic.comes_to(&answer(APPROVED))["attached"][0], "c1", "the right one is taken");
}

#[test]
fn an_answer_for_another_patient_undoes_nothing() {
    let clinic = Clinic::asked("undoes-nothing");
    clinic.comes_to(&answer(APPROVED));
    let denial = answer_where("HCR*A3**0F~", "NM1*IL*1*RUIZ*EVA****MI*m1~", "NM1*IL*1*RUIZ*EVA****MI*m9~");
    let told = clinic.comes_to(&denial);
    assert_eq!((&told["outcome"], &told["status"]), (&"UNCLEAR".into(), &"ACTIVE".into()));
    assert_eq!(told["flagged"], serde_json::json!([]));
    assert_eq!(clinic.json(&["show", "1"])["number"], "AUTH-5");
}

#[test]
fn a_trace_that_another_office_numbered_is_none_of_ours() {
    let clinic = Clinic::asked("foreign-trace");
    let others =
        answer_where(APPROVED, "*9123456789~", "*9999999999~").replace("BHT*0007*11*R00000001", "BHT*0007*11*X1");
    clinic.folder.write("foreign.x12", others);
    let outcome = clinic.run(&["receive", clinic.folder.path().join("foreign.x12").to_str().unwrap()]);
    assert_eq!(outcome["unmatched"][0]["word"], "no_request", "{outcome}");
    assert_eq!(clinic.json(&["show", "1"])["status"], "PENDING");
}

#[test]
fn a_name_spelt_otherwise_is_no_other_patient() {
    for name in ["NM1*IL*1*RUIZ GOMEZ*EVA****MI*m1~", "NM1*IL*1*RUIS*EVE****MI*M1~"] {
        let clinic = Clinic::asked("spelt");
        let told = clinic.comes_to(&answer_where(APPROVED, "NM1*IL*1*RUIZ*EVA****MI*m1~", name));
        assert_eq!(told["status"], "ACTIVE", "{name}");
    }
}

#[test]
fn without_a_number_the_name_and_the_day_of_birth_count() {
    let born_otherwise = "NM1*IL*1*RUIZ*EVA****MI*m1~\nDMG*D8*19990101~";
    let dependent = |name: &str| format!("NM1*IL*1*RUIZ*JUAN****MI*m1~\nHL*4*3*23*1~\n{name}~\nHL*5*4*EV*0~");
    let with = |subscriber: &str| {
        let message = answer_where(APPROVED, "NM1*IL*1*RUIZ*EVA****MI*m1~\nHL*4*3*EV*0~", subscriber);
        Clinic::asked("by-name").comes_to(&message)["status"].clone()
    };
    let event = "\nHL*4*3*EV*0~";
    assert_eq!(with(&format!("{born_otherwise}{event}")), "ACTIVE", "the name and the number are hers");
    let other_and_born = "NM1*IL*1*DOE*JAN****MI*m1~\nDMG*D8*19990101~";
    assert_eq!(with(&format!("{other_and_born}{event}")), "PENDING", "families share numbers");
    assert_eq!(with(&dependent("NM1*QC*1*RUIZ*EVA")), "ACTIVE", "insured with somebody else");
    assert_eq!(with(&dependent("NM1*QC*1*RUIZ*TOM")), "PENDING", "a brother");
}

#[test]
fn an_answer_of_another_payer_is_not_taken() {
    let clinic = Clinic::asked("another-payer");
    let another = answer_where(APPROVED, "HEALTH PLAN*****PI*12345~", "HEALTH PLAN*****PI*99999~");
    let reasons = clinic.unclear(&another);
    assert!(reasons.contains("PI `99999`") && reasons.contains("PI `12345`"), "{reasons}");
}

#[test]
fn a_file_of_several_senders_is_not_taken() {
    let clinic = Clinic::asked("senders");
    let first = answer(APPROVED);
    let second = first.replace("*ZZ*EXAMPLECH      *", "*ZZ*SOMEBODY       *").replace("603030900", "603030910");
    clinic.folder.write("two.x12", format!("{first}{second}"));
    let file = clinic.folder.path().join("two.x12");
    let received = clinic.json(&["receive", file.to_str().unwrap()]);
    assert!(received["fault"].as_str().unwrap().contains("ISA06"), "{received}");
}

#[test]
fn what_was_not_asked_for_is_not_granted() {
    let clinic = Clinic::asked("foreign");
    let reasons = clinic.unclear(&lines(APPROVED, &["SV1*HC:97530~"]));
    assert!(reasons.contains("it approves 97530, and 97110 was asked for"), "{reasons}");
}

#[test]
fn of_several_codes_those_are_granted_whose_lines_are_approved() {
    let clinic = Clinic::asking("some", &["97110=8", "97112=4"]);
    let some = lines("", &["HCR*A1*AUTH-5~\nSV1*HC:97110~", "HCR*A3**0F~\nSV1*HC:97112~"]);
    assert_eq!(clinic.comes_to(&some)["status"], "ACTIVE");
    let shown = clinic.json(&["show", "1"]);
    assert_eq!((&shown["codes"], &shown["modified"]), (&serde_json::json!(["97110"]), &true.into()));
    assert_eq!(shown["approved"], "8");

    // one line alone, and nothing of the whole: how many of the units are of it is known only if it was said, or is now
    let clinic = Clinic::asking("one-line", &["97110", "97112"]);
    let reasons = clinic.unclear(&lines("", &["HCR*A1*AUTH-5~\nSV1*HC:97110~"]));
    assert!(reasons.contains("does not say how many units"), "{reasons}");
    clinic.comes_to(&lines("", &["HCR*A1*AUTH-5~\nSV1*HC:97110**UN*8~"]));
    assert_eq!(clinic.json(&["show", "1"])["codes"], serde_json::json!(["97110"]));

    // whichever it is
    let clinic = Clinic::asking("which", &["97110", "97112"]);
    let reasons = clinic.unclear(&lines("", &["HCR*A1*AUTH-5~", "HCR*A3**0F~\nSV1*HC:97112~"]));
    assert!(reasons.contains("does not say of which code"), "{reasons}");
}

#[test]
fn figures_that_nobody_can_keep_are_looked_at() {
    for (name, said, why) in [
        ("decimals", "HCR*A6*AUTH-5~\nHSD*VS*1.23456~", "more than four decimals"),
        ("hours", "HCR*A6*AUTH-5~\nHSD*HS*6~", "6 hours (HS), and units were asked for"),
        ("rate", "HCR*A6*AUTH-5~\nHSD*VS*3*WK**34*2~", "it gives a rate"),
        ("nothing", "HCR*A2*AUTH-5~", "does not say what"),
        ("same-days", "HCR*A6*AUTH-5~\nDTP*AAH*RD8*20260305-20260531~", "does not say what"),
        ("backwards", "HCR*A6*AUTH-5~\nDTP*036*D8*20260101~", "which is no period"),
    ] {
        let reasons = Clinic::asked(&format!("figures-{name}")).unclear(&answer(said));
        assert!(reasons.contains(why), "{name}: {reasons}");
    }
    let clinic = Clinic::asked("figures-minutes");
    let reasons = clinic.unclear(&lines("HCR*A6*AUTH-5~\n", &["SV1*HC:97110**MJ*90~"]));
    assert!(reasons.contains("90 minutes (MJ)"), "{reasons}");
}

#[test]
fn lines_with_numbers_of_their_own_are_looked_at() {
    let clinic = Clinic::asking("numbers", &["97110", "97112"]);
    let two = lines("", &["HCR*A1*AUTH-5~\nSV1*HC:97110~", "HCR*A1*AUTH-6~\nSV1*HC:97112~"]);
    let reasons = clinic.unclear(&two);
    assert!(reasons.contains("several numbers: AUTH-5, AUTH-6"), "{reasons}");
}

#[test]
fn a_full_approval_with_other_figures_is_a_modified_one() {
    let clinic = Clinic::asked("full");
    assert_eq!(clinic.comes_to(&answer("HCR*A1*AUTH-5~\nHSD*VS*6~"))["status"], "ACTIVE");
    let shown = clinic.json(&["show", "1"]);
    assert_eq!((&shown["approved"], &shown["modified"]), (&"6".into(), &true.into()));
    let reason = shown["requests"][0]["reasons"][0].as_str().unwrap();
    assert!(reason.contains("with other figures"), "{reason}");

    let clinic = Clinic::asked("as-asked");
    clinic.comes_to(&answer("HCR*A1*AUTH-5~\nHSD*VS*12~"));
    assert_eq!(clinic.json(&["show", "1"])["modified"], false);
}

#[test]
fn an_answer_dated_ahead_never_outranks_those_that_follow() {
    let clinic = Clinic::asked("ahead");
    let reasons = clinic.unclear(&answer_where("HCR*A3**0F~", ISSUED, "20360303*0900"));
    assert!(reasons.contains("dated 2036-03-03 09:00, more than a day ahead"), "{reasons}");
    assert_eq!(clinic.comes_to(&answer(APPROVED))["status"], "ACTIVE");
    let pended = clinic.comes_to(&answer_where("HCR*A4~", ISSUED, "20260303*0901"));
    assert_eq!((&pended["stands"], &pended["status"]), (&false.into(), &"ACTIVE".into()));
}

#[test]
fn what_fits_nothing_is_set_aside_and_taken_once_it_fits() {
    let clinic = Clinic::asked("unmatched");
    let other = clinic.authorize("AUTH-5", "3");
    let inbox = clinic.folder.path().join("inbox");
    clinic.folder.write("inbox/a.x12", answer(APPROVED));
    let call = ["receive", "--inbox", inbox.to_str().unwrap(), "--attach"];
    let outcome = finish(clinic.call(&call), "");
    assert_eq!(outcome.status, Some(2), "{}", outcome.stdout);
    let told: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((&told["unmatched"][0]["word"], &told["moved_to"]), (&"number_taken".into(), &"bad".into()), "{told}");
    let reason = std::fs::read_to_string(inbox.join("bad/a.x12.txt")).unwrap();
    assert!(reason.contains("AUTH-5") && reason.contains("give the file again"), "{reason}");

    // as long as it fits nothing, it is told each time
    let again = clinic.json(&["receive", inbox.join("bad/a.x12").to_str().unwrap()]);
    assert_eq!((&again["already"], &again["unmatched"][0]["word"]), (&true.into(), &"number_taken".into()));

    clinic.json(&["amend", &other.to_string(), "--number", "AUTH-4"]);
    std::fs::rename(inbox.join("bad/a.x12"), inbox.join("a.x12")).unwrap();
    let taken = clinic.json(&call);
    assert_eq!((&taken["determined"][0]["attached"][0], &taken["moved_to"]), (&"c1".into(), &"done".into()));
    let after = clinic.json(&["receive", inbox.join("done/a.x12").to_str().unwrap()]);
    assert_eq!((&after["already"], &after["determined"]), (&true.into(), &serde_json::json!([])));
    assert!(clinic.json(&["verify"])["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_answer_to_nobodys_request_is_set_aside() {
    let clinic = Clinic::asked("nobodys");
    clinic.folder.write("r.x12", response("R00000099", ISSUED, APPROVED));
    let outcome = finish(clinic.call(&["receive", clinic.folder.path().join("r.x12").to_str().unwrap()]), "");
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.stdout.contains("\"no_request\""), "{}", outcome.stdout);
}

#[test]
fn an_unknown_code_never_approves_and_holds_nothing_else_up() {
    let clinic = Clinic::asked("unknown-code");
    let odd = answer("HCR*A9*AUTH-5~");
    let reasons = clinic.unclear(&odd);
    assert!(reasons.contains("HCR01 `A9`"), "{reasons}");
    let beside = lines("HCR*A9~\n", &["HCR*A1*AUTH-5~\nSV1*HC:97110~"]);
    assert!(Clinic::asked("beside").unclear(&beside).contains("HCR01 `A9`"));
    let file = clinic.folder.path().join("response.x12");
    let checked = run(&["x12", "check", file.to_str().unwrap()]);
    assert_eq!(checked.status, Some(1));
    assert!((checked.stdout + checked.stderr.as_str()).contains("RB825"), "it is a fault all the same");
    assert_eq!(clinic.comes_to(&answer(APPROVED))["status"], "ACTIVE");
}

#[test]
fn what_was_cut_is_told() {
    let clinic = Clinic::asked("cut");
    let cut = "HCR*A6*AUTH-5~\nDTP*007*RD8*20260305-20260320~\nHSD*VS*6~";
    clinic.folder.write("cut.x12", answer(cut));
    let text = |call: &[&str]| {
        let store = clinic.folder.path().join("a.ledger");
        let desk = ["auth", "--store", store.to_str().unwrap(), "--as", "ana:authorization_coordinator", "--at"];
        let outcome = run(&[&desk[..], &["2026-03-10T10:00:00-04:00"], call].concat());
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        outcome.stdout
    };
    let told = text(&["receive", clinic.folder.path().join("cut.x12").to_str().unwrap()]);
    assert!(told.contains("modified: 6 of the 12 units asked, until 2026-03-20 instead of 2026-05-31\n"), "{told}");
    let told = text(&[
        "determine",
        "1",
        "approved",
        "--units",
        "14",
        "--code",
        "97112",
        "--issued",
        "2026-03-09T10:00:00-05:00",
    ]);
    assert!(told.contains("modified: 14 units instead of the 12 asked, for 97112 instead of 97110\n"), "{told}");
}

impl Clinic {
    /// The segments of the first message that went out.
    fn sent_out(&self) -> Vec<String> {
        let name = "outbox/example-clearinghouse/example-clearinghouse-000000001.x12";
        let text = std::fs::read_to_string(self.folder.path().join(name)).unwrap();
        let ours = text.split('~').filter(|segment| segment.starts_with("HSD") || segment.starts_with("SV1"));
        ours.map(str::to_owned).collect()
    }
}

#[test]
fn several_codes_go_out_with_units_together_or_each_with_its_own() {
    let together = Clinic::asking("together", &["97110", "97112"]);
    assert_eq!(together.sent_out(), ["HSD*FL*12", "SV1*HC:97110", "SV1*HC:97112"]);
    let each = Clinic::asking("each", &["97110=8", "97112=4"]);
    assert_eq!(each.sent_out(), ["SV1*HC:97110**UN*8", "SV1*HC:97112**UN*4"]);

    // a line that is approved as asked has the units that were asked for under its code
    let part = lines("", &["HCR*A1*AUTH-5~\nSV1*HC:97110~", "HCR*A3**0F~\nSV1*HC:97112~"]);
    assert_eq!(each.comes_to(&part)["modified"]["granted"]["units"], "8");
    let each = Clinic::asking("each-cut", &["97110=8", "97112=4"]);
    let cut = lines("", &["HCR*A6*AUTH-5~\nSV1*HC:97110**UN*3~", "HCR*A1*AUTH-5~\nSV1*HC:97112~"]);
    assert_eq!(each.comes_to(&cut)["modified"]["granted"]["units"], "7");

    // a cut of the whole is not undone by lines that say nothing of it
    let each = Clinic::asking("each-whole", &["97110=8", "97112=4"]);
    let as_asked = ["HCR*A1*AUTH-5~\nSV1*HC:97110~", "HCR*A1*AUTH-5~\nSV1*HC:97112~"];
    let reasons = each.unclear(&lines("HCR*A6*AUTH-5~\n", &as_asked));
    assert!(reasons.contains("does not say what"), "{reasons}");
    let repeated = ["HCR*A1*AUTH-5~\nSV1*HC:97110**UN*8~", "HCR*A1*AUTH-5~\nSV1*HC:97112**UN*4~"];
    let reasons = each.unclear(&lines("HCR*A6*AUTH-5~\nHSD*FL*5~\n", &repeated));
    assert!(reasons.contains("5 units in all, and its lines 12"), "{reasons}");
    let undecided = ["SV1*HC:97110**UN*8~", "SV1*HC:97112**UN*4~"];
    let told = Clinic::asking("each-undecided", &["97110=8", "97112=4"])
        .comes_to(&lines("HCR*A6*AUTH-5~\nHSD*FL*5~\n", &undecided));
    assert_eq!(told["modified"]["granted"]["units"], "5", "{told}");
    let told = each.comes_to(&lines("HCR*A6*AUTH-5~\nHSD*FL*5~\n", &as_asked));
    assert_eq!(told["modified"]["granted"]["units"], "5", "{told}");

    // where they were asked for together, nobody knows what the other line has
    let reasons = together.unclear(&cut);
    assert!(reasons.contains("only some of its lines say how many"), "{reasons}");
    let reasons = together.unclear(&part);
    assert!(reasons.contains("only some of what was asked for, and does not say how many"), "{reasons}");
}

#[test]
fn a_single_day_on_which_an_approval_takes_effect_leaves_its_end_as_asked() {
    for (name, said, first, last) in [
        ("effective", "HCR*A1*AUTH-5~\nDTP*007*D8*20260309~", "2026-03-09", "2026-05-31"),
        ("until", "HCR*A1*AUTH-5~\nDTP*007*D8*20260309~\nDTP*036*D8*20260430~", "2026-03-09", "2026-04-30"),
    ] {
        let clinic = Clinic::asked(name);
        clinic.comes_to(&answer(said));
        let shown = clinic.json(&["show", "1"]);
        assert_eq!(
            (&shown["status"], &shown["first_day"], &shown["last_day"]),
            (&"ACTIVE".into(), &first.into(), &last.into())
        );
    }
}

#[test]
fn units_by_code_that_do_not_add_up_are_refused() {
    let clinic = Clinic::new("shares");
    let of = ["--member", "m1", "--payer", "example-health-plan", "--from", "2026-03-05", "--to", "2026-05-31"];
    for codes in [
        &["--code", "97110=8", "--code", "97112"][..],
        &["--code", "97110=8", "--code", "97110=4"],
        &["--code", "97110=8", "--units", "12"],
        &["--code", "97110=0"],
        &["--code", "97110=1.00001"],
    ] {
        let call = [&["request", "--fact", "documents.supporting=true"], &of[..], codes].concat();
        assert_eq!(clinic.refused(&call), "bad_call", "{codes:?}");
    }
}
