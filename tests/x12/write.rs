//! Requests that are written: valid, read back as they were, and refused rather than altered.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use rulebook::diagnostic::Code;
use rulebook::x12::{
    Attachment, Category, Certification, Channel, Contact, DateKind, Dated, Delimiters, Diagnosis, Document, Envelope,
    Event, Identifier, Kind, Line, Party, Place, Procedure, Quantity, Request, Service, Trace, TraceOf, Usage, check,
    write,
};

use super::draw::{delimiters, requests};
use super::pyx12;

pub fn envelope() -> Envelope {
    Envelope {
        delimiters: Delimiters::USUAL,
        lines: false,
        sender: Identifier::new("ZZ", "CLINIC01"),
        receiver: Identifier::new("ZZ", "PAYER01"),
        application_sender: "CLINIC01".to_owned(),
        application_receiver: "PAYER01".to_owned(),
        usage: Usage::Test,
        acknowledge: true,
        at: moment(0),
        interchange: 17,
        group: 17,
        transaction: "0001".to_owned(),
    }
}

pub fn moment(minutes: i64) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().and_hms_opt(11, 30, 0).unwrap() + Duration::minutes(minutes)
}

pub fn request() -> Request {
    let mut requester = Party::person("1P", "OKAFOR", "ADA", Some(Identifier::new("XX", "1987654321")));
    requester.contact = Some(Contact {
        name: "FRONT DESK".to_owned(),
        channels: vec![(Channel::Telephone, "2075550100".to_owned()), (Channel::Fax, "2075550101".to_owned())],
    });
    let mut subscriber = Party::person("IL", "ROE", "JANE", Some(Identifier::new("MI", "M4711")));
    subscriber.born = NaiveDate::from_ymd_opt(1980, 2, 29);
    subscriber.gender = Some("F".to_owned());
    let day = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
    Request {
        reference: "REQ-17".to_owned(),
        at: moment(0),
        reservation: false,
        payer: Party::organization("X3", "NORTHERN HEALTH", Some(Identifier::new("PI", "12345"))),
        requester,
        subscriber,
        dependent: None,
        event: Event {
            traces: vec![trace("T-17")],
            category: Category::Services,
            certification: Certification::Initial,
            service_type: Some("1".to_owned()),
            place: Some(Place { code: "11".to_owned(), of: "B".to_owned() }),
            level_of_service: None,
            release: Some("Y".to_owned()),
            delay: None,
            authorization: None,
            review: None,
            dates: vec![Dated { kind: DateKind::Event, from: day, to: day + Duration::days(20) }],
            diagnoses: vec![Diagnosis { kind: "ABK".to_owned(), code: "M545".to_owned() }],
            delivery: None,
            attachments: vec![Attachment {
                kind: "M1".to_owned(),
                by: "EL".to_owned(),
                control: Some("DOC-17".to_owned()),
                description: None,
            }],
            message: None,
            providers: Vec::new(),
        },
        lines: vec![Line {
            traces: Vec::new(),
            review: None,
            dates: vec![Dated::on(DateKind::Service, day)],
            service: Some(Service::Professional {
                procedure: Procedure {
                    kind: "HC".to_owned(),
                    code: "97110".to_owned(),
                    modifiers: vec!["GP".to_owned()],
                },
                units: Some(Quantity { amount: 4.into(), unit: "UN".to_owned() }),
            }),
            delivery: None,
            attachments: Vec::new(),
            message: None,
            providers: Vec::new(),
        }],
    }
}

pub fn trace(number: &str) -> Trace {
    Trace { of: TraceOf::Sender, number: number.to_owned(), assigner: "1234567890".to_owned(), detail: None }
}

/// What a message that was written says when it is read.
fn read(bytes: &[u8]) -> Request {
    let document = Document::read(bytes);
    let checked = check(&document);
    assert!(checked.is_sound(), "{:#?}", checked.faults());
    let transaction = checked.transactions().next().unwrap();
    assert_eq!(transaction.kind(), Kind::Request);
    Request::read(transaction).unwrap()
}

#[test]
fn a_request_is_written_byte_for_byte() {
    let envelope = Envelope { lines: true, ..envelope() };
    let written = write(&envelope, &request()).unwrap();
    super::snapshot("written", &String::from_utf8(written).unwrap());
}

#[test]
fn cancellations_appeals_and_extensions_name_what_they_are_about() {
    for (certification, code) in [
        (Certification::Cancel, "3"),
        (Certification::ImmediateAppeal, "1"),
        (Certification::Appeal, "2"),
        (Certification::Extension, "4"),
        (Certification::Renewal, "R"),
        (Certification::Revised, "S"),
        (Certification::Reconsideration, "N"),
        (Certification::Notification, "5"),
        (Certification::Initial, "I"),
    ] {
        let mut request = request();
        request.event.certification = certification;
        request.event.authorization = Some("AUTH-5".to_owned());
        let written = write(&envelope(), &request).unwrap();
        let text = String::from_utf8(written.clone()).unwrap();
        assert!(text.contains(&format!("~UM*HS*{code}*1*11:B*****Y~REF*BB*AUTH-5~")), "{text}");
        assert_eq!(read(&written), request);
    }
}

#[test]
fn a_text_that_cannot_be_sent_is_refused_and_not_altered() {
    let places = |change: &dyn Fn(&mut Request)| {
        let mut request = request();
        change(&mut request);
        let refused = write(&envelope(), &request).unwrap_err();
        for one in &refused {
            assert_eq!(one.code, Code::Unsendable);
            assert!(!one.help.is_empty() && one.message.starts_with(&one.place), "{one:?}");
        }
        refused.into_iter().map(|one| one.place).collect::<Vec<_>>()
    };
    assert_eq!(places(&|request| request.event.message = Some("a*b".to_owned())), ["MSG01"]);
    assert_eq!(places(&|request| request.event.message = Some("a\nb".to_owned())), ["MSG01"]);
    assert_eq!(places(&|request| request.reference = "x:1".to_owned()), ["BHT03"]);
    assert_eq!(places(&|request| request.event.diagnoses[0].code = "M54~5".to_owned()), ["HI01-2"]);
    assert_eq!(places(&|request| request.subscriber.id.as_mut().unwrap().value = "^".to_owned()), ["NM109"]);
    let other = Envelope { delimiters: Delimiters::new(b'|', Some(b'!'), b'>', b'\n').unwrap(), ..envelope() };
    let mut request = request();
    request.event.message = Some("a*b:c~d^e, Zoë".to_owned());
    let written = write(&other, &request).expect("with other separators it can be sent");
    assert_eq!(read(&written).event.message, request.event.message);
    let refused =
        write(&Envelope { sender: Identifier::new("ZZ", "A*B"), ..envelope() }, &self::request()).unwrap_err();
    assert_eq!(refused[0].place, "ISA06");
}

#[test]
fn a_request_that_would_not_be_valid_is_refused() {
    let places = |envelope: &Envelope, change: &dyn Fn(&mut Request)| {
        let mut request = request();
        change(&mut request);
        let refused = write(envelope, &request).unwrap_err();
        assert!(refused.iter().all(|one| one.code == Code::UnfitRequest && !one.help.is_empty()), "{refused:?}");
        refused.into_iter().map(|one| one.place).collect::<Vec<_>>()
    };
    let usual = envelope();
    let nothing = |_: &mut Request| ();
    assert_eq!(places(&usual, &|request| request.reference.clear()), ["BHT03"]);
    assert_eq!(places(&usual, &|request| request.reference = "9".repeat(51)), ["BHT03"]);
    assert_eq!(places(&usual, &|request| request.requester.id = None), ["NM108"]);
    assert_eq!(places(&usual, &|request| request.requester.role = "QC".to_owned()), ["NM101"]);
    assert_eq!(places(&usual, &|request| request.event.traces[0].assigner = "12".to_owned()), ["TRN03"]);
    assert_eq!(places(&usual, &|request| request.event.traces[0].of = TraceOf::Receiver), ["TRN01"]);
    assert_eq!(places(&usual, &|request| request.event.dates[0].kind = DateKind::Service), ["DTP01"]);
    assert_eq!(places(&Envelope { transaction: "1".to_owned(), ..envelope() }, &nothing), ["ST02", "SE02"]);
    assert_eq!(places(&Envelope { interchange: 1_000_000_000, ..envelope() }, &nothing), ["ISA13"]);
    assert_eq!(
        places(&Envelope { sender: Identifier::new("ZZ", "1234567890123456"), ..envelope() }, &nothing),
        ["ISA06"]
    );
    assert_eq!(places(&Envelope { application_sender: "A".to_owned(), ..envelope() }, &nothing), ["GS02"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    /// What is written is valid by our own tables, says what the request said, and says so in JSON as well.
    #[test]
    fn what_is_written_is_read_as_it_was(request in requests(), delimiters in delimiters(), lines in any::<bool>()) {
        let envelope = Envelope { delimiters, lines, ..envelope() };
        let written = write(&envelope, &request).unwrap_or_else(|refused| panic!("{refused:#?}"));
        prop_assert_eq!(&read(&written), &request);
        let json = rulebook::x12::to_json(&Document::read(&written));
        prop_assert_eq!(rulebook::x12::from_json(&json).unwrap(), written);
    }
}

/// Another reader, which knows nothing of ours, accepts the envelopes and levels of what we write.
#[test]
fn another_reader_accepts_what_is_written() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = (requests(), delimiters(), any::<bool>());
    let mut messages = vec![write(&envelope(), &request()).unwrap()];
    for _ in 0..200 {
        let (request, delimiters, lines) = strategy.new_tree(&mut runner).unwrap().current();
        // that reader takes line breaks away before it looks for separators, and stumbles over signs beyond ASCII
        if [delimiters.element(), delimiters.component(), delimiters.segment()].contains(&b'\n') {
            continue;
        }
        messages.push(write(&Envelope { delimiters, lines, ..envelope() }, &request).unwrap());
    }
    let Some(faults) = pyx12::faults(&messages) else { return };
    assert_eq!(faults.len(), messages.len());
    for (message, faults) in messages.iter().zip(faults) {
        assert_eq!(faults, [""; 0], "{}", String::from_utf8_lossy(message));
    }
    // and it does find what is wrong
    let text = String::from_utf8(messages[0].clone()).unwrap();
    let broken = [text.replace("SE*", "SE*9"), text.replace("HL*2*1*", "HL*2*7*")].map(String::into_bytes);
    assert!(pyx12::faults(&broken).unwrap().iter().all(|faults| !faults.is_empty()));
}
