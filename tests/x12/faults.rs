//! Each fault is found at its place, with a cure, and nothing else is.

use std::collections::BTreeSet;

use rulebook::diagnostic::Code;
use rulebook::x12::{Document, Fault, MOST_FAULTS, check};

use super::message::{ACKNOWLEDGEMENT, REQUEST, RESPONSE, recounted, with};

/// The codes that messages are refused with, here and where they are written (841, 842) or come as JSON (843).
pub const CODES: [&str; 28] = [
    "RB801", "RB802", "RB803", "RB804", "RB805", "RB806", "RB807", "RB808", "RB809", "RB810", "RB811", "RB812",
    "RB813", "RB814", "RB815", "RB816", "RB817", "RB818", "RB821", "RB822", "RB823", "RB824", "RB825", "RB826",
    "RB827", "RB841", "RB842", "RB843",
];

fn faults(bytes: &[u8]) -> Vec<Fault> {
    let document = Document::read(bytes);
    let checked = check(&document);
    let found = checked.faults().to_vec();
    for fault in &found {
        assert!(!fault.help.is_empty(), "no cure for: {}", fault.message);
        assert!(fault.spot.offset + fault.spot.length <= bytes.len(), "{fault:?} lies outside of the file");
        assert!(!fault.message.ends_with('.') && !fault.help.ends_with('.'), "{fault:?}");
    }
    found
}

fn places(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.code, fault.spot.name())).collect()
}

#[test]
fn the_messages_of_these_tests_are_sound() {
    for message in [REQUEST, RESPONSE, ACKNOWLEDGEMENT] {
        assert_eq!(places(&faults(message.as_bytes())), [""; 0]);
        let one_line = message.replace('\n', "");
        assert_eq!(places(&faults(one_line.as_bytes())), [""; 0]);
        let dos = message.replace('\n', "\r\n");
        assert_eq!(places(&faults(dos.as_bytes())), [""; 0]);
    }
}

/// A piece of a message, what stands there instead, and what is wrong then.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// Faults of one segment, and of segments that are missing, misplaced or too many: SE01 is right all the same.
const OF_A_REQUEST: &[Case] = &[
    ("no ISA at all", "ISA*00", "IST*00", &["RB802 "]),
    ("a component separator that is a letter", "*0*T*:~", "*0*T*A~", &["RB801 ISA"]),
    ("two separators that are the same", "*1130*^*", "*1130*:*", &["RB801 ISA"]),
    ("an older version", "*00501*", "*00401*", &["RB825 ISA12"]),
    ("a usage that is neither", "*0*T*:~", "*0*X*:~", &["RB825 ISA15"]),
    ("groups that are miscounted", "IEA*1*", "IEA*2*", &["RB806 IEA01"]),
    ("transactions that are miscounted", "GE*1*", "GE*3*", &["RB806 GE01"]),
    ("another number of the interchange", "IEA*1*000000017", "IEA*1*000000018", &["RB807 IEA02"]),
    ("another number of the group", "GE*1*17", "GE*1*18", &["RB807 GE02"]),
    ("a group of claims", "GS*HI*", "GS*HC*", &["RB809 GS01"]),
    ("another version of the group", "*X*005010X217~", "*X*005010X279~", &["RB810 GS08"]),
    ("another transaction", "ST*278*", "ST*837*", &["RB811 ST01"]),
    ("a level that is numbered too high", "HL*4*3*EV*1~", "HL*7*3*EV*1~", &["RB812 HL01"]),
    ("a parent that does not exist", "HL*3*2*22*1~", "HL*3*9*22*1~", &["RB814 HL04", "RB813 HL02"]),
    ("a parent of the wrong level", "HL*5*4*SS*0~", "HL*5*3*SS*0~", &["RB814 HL04", "RB813 HL02"]),
    ("the topmost level with a parent", "HL*1**20*1~", "HL*1*1*20*1~", &["RB813 HL02"]),
    ("children that are denied", "HL*4*3*EV*1~", "HL*4*3*EV*0~", &["RB814 HL04"]),
    ("children that are not there", "HL*5*4*SS*0~", "HL*5*4*SS*1~", &["RB814 HL04"]),
    ("a level that reviews have not", "HL*5*4*SS*0~", "HL*5*4*XX*0~", &["RB814 HL04", "RB825 HL03"]),
    ("a segment that comes too late", "MSG*CALL FIRST~", "MSG*CALL FIRST~\nHSD*VS*1~", &["RB815 HSD"]),
    (
        "a segment of another loop",
        "BHT*0007*13*REQ-17*20260105*113000~",
        "BHT*0007*13*REQ-17*20260105*113000~\nSV3*AD:D0120~",
        &["RB815 SV3"],
    ),
    ("a segment of responses", "HSD*VS*12~", "HCR*A1*X~\nHSD*VS*12~", &["RB816 HCR"]),
    ("a segment without a name", "HSD*VS*12~", "~\nHSD*VS*12~", &["RB816 "]),
    ("no UM", "UM*HS*I*1*11:B**03***Y~\n", "", &["RB817 DTP"]),
    ("no subscriber's name", "NM1*IL*1*ROE*JANE****MI*M4711~\nDMG*D8*19800229*F~\n", "", &["RB817 HL"]),
    ("two quantities", "HSD*VS*12~", "HSD*VS*12~\nHSD*DY*3~", &["RB818 HSD"]),
    ("no code of the service", "SV1*HC:97110:GP*", "SV1**", &["RB821 SV101"]),
    ("a part that is missing", "SV1*HC:97110:GP*", "SV1*HC::GP*", &["RB821 SV101-2"]),
    ("a separator too many", "MSG*CALL FIRST~", "MSG*CALL FIRST*SS~", &["RB822 MSG02"]),
    ("more elements than there are", "GE*1*17~", "GE*1*17*1~", &["RB822 GE03"]),
    ("a value given in parts", "NM1*IL*1*ROE*", "NM1*IL*1*ROE:MRS*", &["RB822 NM103"]),
    ("a value given twice", "NM1*IL*1*ROE*", "NM1*IL*1*ROE^DOE*", &["RB822 NM103"]),
    ("an assigner that is too short", "TRN*1*T-17*1234567890~", "TRN*1*T-17*123~", &["RB823 TRN03"]),
    ("a date that does not exist", "DTP*472*D8*20260203~", "DTP*472*D8*20260231~", &["RB824 DTP03"]),
    ("a period that goes back", "RD8*20260201-20260228", "RD8*20260228-20260201", &["RB824 DTP03"]),
    ("a quantity that is no number", "HSD*VS*12~", "HSD*VS*TWELVE~", &["RB824 HSD02"]),
    ("a time that does not exist", "*20260105*113000~", "*20260105*256000~", &["RB824 BHT05"]),
    ("a category that there is not", "UM*HS*I*", "UM*HX*I*", &["RB825 UM01"]),
    ("a date of what no request has", "DTP*472*", "DTP*473*", &["RB825 DTP01"]),
    ("a quantity without its unit", "HSD*VS*12~", "HSD**12~", &["RB826 HSD02"]),
    ("a number without its kind", "****MI*M4711~", "*****M4711~", &["RB821 NM108", "RB826 NM109"]),
    ("a line break within a segment", "MSG*CALL FIRST~", "MSG*CALL\nFIRST~", &["RB827 MSG"]),
];

const OF_A_RESPONSE: &[Case] = &[
    ("an action that there is not", "HCR*A6*AUTH-5*1K~", "HCR*A9*AUTH-5*1K~", &["RB825 HCR01"]),
    ("two decisions on one line", "HCR*A1*AUTH-5~", "HCR*A1*AUTH-5~\nHCR*A3~", &["RB818 HCR"]),
    ("a rejection without a reason", "UM*HS*I*1*11:B~", "AAA*N***C~\nUM*HS*I*1*11:B~", &["RB821 AAA03"]),
];

const OF_AN_ACKNOWLEDGEMENT: &[Case] = &[
    ("a reply that is neither yes nor no", "*A*000~", "*Z*000~", &["RB825 TA104"]),
    (
        "a TA1 within a group",
        "AK1*HI*17*005010X217~",
        "TA1*000000017*260105*1130*A*000~\nAK1*HI*17*005010X217~",
        &["RB816 TA1"],
    ),
    ("no end of a reply", "IK5*R*5~\n", "", &["RB817 AK9"]),
    ("a fault of an element without a segment", "IK3*NM1*6*2010*8~\nCTX*SITUATIONAL TRIGGER*HL~\n", "", &["RB815 IK4"]),
];

fn cases() -> Vec<(&'static str, String, &'static [&'static str])> {
    let groups = [(REQUEST, OF_A_REQUEST), (RESPONSE, OF_A_RESPONSE), (ACKNOWLEDGEMENT, OF_AN_ACKNOWLEDGEMENT)];
    let all = groups.into_iter().flat_map(|(message, cases)| cases.iter().map(move |case| (message, case)));
    all.map(|(message, (name, piece, instead, expected))| (*name, recounted(&with(message, piece, instead)), *expected))
        .collect()
}

/// Faults of files as a whole.
fn files() -> Vec<(&'static str, String, &'static [&'static str])> {
    let cut = |until: &str| REQUEST[..REQUEST.find(until).unwrap() + until.len()].to_owned();
    vec![
        ("an ISA whose spaces were squeezed", with(REQUEST, "*CLINIC01       *ZZ", "*CLINIC01 *ZZ"), &["RB801 ISA06"]),
        ("an ISA that is cut off", REQUEST[..60].to_owned(), &["RB801 ISA"]),
        ("an empty file", String::new(), &["RB802 "]),
        ("a letter before the message", format!("See below.\n{REQUEST}"), &["RB802 "]),
        ("a file that ends within a segment", cut("NM1*SJ*2*HARB"), &["RB803 NM1"]),
        ("a file that ends after a segment", cut("MSG*CALL FIRST~"), &["RB804 MSG", "RB804 MSG", "RB804 MSG"]),
        ("a transaction without its end", with(REQUEST, "SE*26*0001~\n", ""), &["RB804 GE"]),
        ("a group without its end", with(REQUEST, "GE*1*17~\n", ""), &["RB804 IEA"]),
        (
            "an interchange without its end",
            format!("{}{ACKNOWLEDGEMENT}", with(REQUEST, "IEA*1*000000017~\n", "")),
            &["RB804 ISA"],
        ),
        (
            "a group without its beginning",
            with(REQUEST, "GS*HI*CLINIC01*PAYER01*20260105*1130*17*X*005010X217~\n", ""),
            &["RB805 ST", "RB805 GE"],
        ),
        (
            "a transaction without its beginning",
            with(ACKNOWLEDGEMENT, "ST*999*0001*005010X231A1~\n", ""),
            &[
                "RB805 AK1",
                "RB805 AK2",
                "RB805 IK3",
                "RB805 CTX",
                "RB805 IK4",
                "RB805 IK5",
                "RB805 AK9",
                "RB805 SE",
                "RB806 GE01",
            ],
        ),
        ("segments that are miscounted", with(REQUEST, "SE*26*", "SE*25*"), &["RB806 SE01"]),
        ("another number of the transaction", with(REQUEST, "SE*26*0001", "SE*26*0002"), &["RB807 SE02"]),
        ("the same interchange twice", format!("{REQUEST}{REQUEST}"), &["RB808 ISA13"]),
    ]
}

#[test]
fn every_fault_is_found_where_it_is_and_no_other() {
    let mut told = String::new();
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut wrong = String::new();
    for (name, message, expected) in cases().into_iter().chain(files()) {
        let found = faults(message.as_bytes());
        if places(&found) != expected {
            wrong += &format!("{name}: expected {expected:?}, found {:#?}\n", places(&found));
        }
        told += &format!("{name}\n");
        for fault in &found {
            met.insert(fault.code.to_string());
            told += &format!("  {} at {}: {}\n    {}\n", fault.code, fault.spot, fault.message, fault.help);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    super::snapshot("faults", &told);
    let elsewhere = ["RB841", "RB842", "RB843"].map(str::to_owned);
    met.extend(elsewhere);
    let all = Code::ALL.iter().map(ToString::to_string).filter(|code| code.starts_with("RB8"));
    assert_eq!(met, all.collect(), "every code of messages is met");
    assert_eq!(met, CODES.map(str::to_owned).into_iter().collect());
}

#[test]
fn a_file_with_countless_faults_shows_the_first_of_them() {
    let many = format!("{}\n", "XX*1~".repeat(5_000));
    let message = recounted(&with(REQUEST, "SE*26*", &format!("{many}SE*26*")));
    let document = Document::read(message.as_bytes());
    let checked = check(&document);
    assert_eq!((checked.faults().len(), checked.count()), (MOST_FAULTS, 5_000));
    assert_eq!(checked.transactions().next().unwrap().faults(), 5_000);
}

#[test]
fn several_interchanges_groups_and_transactions_are_each_checked() {
    let second = REQUEST.replace("000000017", "000000018").replace("UM*HS", "UM*HX");
    let group = &RESPONSE[RESPONSE.find("GS*").unwrap()..RESPONSE.find("IEA").unwrap()];
    let third = with(RESPONSE, "IEA*1*", &format!("{}IEA*2*", group.replace("901", "902")));
    let set = &ACKNOWLEDGEMENT[ACKNOWLEDGEMENT.find("ST*").unwrap()..ACKNOWLEDGEMENT.find("GE*").unwrap()];
    let fourth = with(ACKNOWLEDGEMENT, "GE*1*", &format!("{}GE*2*", set.replace("*0001", "*0002")));
    let file = format!("{REQUEST}{second}{third}{fourth}");
    let document = Document::read(file.as_bytes());
    let checked = check(&document);
    let places: Vec<String> = checked.faults().iter().map(|fault| format!("{} {}", fault.code, fault.spot)).collect();
    let number = REQUEST.matches('~').count() + 18;
    let offset = REQUEST.len() + REQUEST.find("UM*HS").unwrap() + 3;
    assert_eq!(places, [format!("RB825 segment {number}, UM01, byte {offset}")]);
    assert_eq!(checked.interchanges().len(), 4);
    let sound: Vec<bool> = checked.transactions().map(|transaction| transaction.is_sound()).collect();
    assert_eq!(sound, [true, false, true, true, true, true]);
}

#[test]
fn other_separators_are_taken_from_the_isa() {
    let message =
        REQUEST.replace('\n', "").replace('*', "|").replace(':', ">").replace('^', "!").replace('~', "\u{1d}");
    assert_eq!(places(&faults(message.as_bytes())), [""; 0]);
    let lines = REQUEST.replace("~\n", "\n").replace('*', "\u{1e}");
    assert_eq!(places(&faults(lines.as_bytes())), [""; 0]);
}
