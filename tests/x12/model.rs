//! Requests and acknowledgements as plain data.

use rulebook::x12::{
    Category, Certification, Document, GroupReply, InterchangeReply, Name, Quantity, Request, Taken, check,
};

use super::message::{ACKNOWLEDGEMENT, REQUEST, recounted, with};

fn request(message: &str) -> Option<Request> {
    let document = Document::read(message.as_bytes());
    let checked = check(&document);
    Request::read(checked.transactions().next().expect("there is a transaction"))
}

#[test]
fn a_request_says_who_asks_whom_for_what() {
    let request = request(REQUEST).expect("it is sound");
    assert_eq!((request.reference.as_str(), request.at.to_string().as_str()), ("REQ-17", "2026-01-05 11:30:00"));
    assert_eq!(request.payer.name, Name::Organization("NORTHERN HEALTH".to_owned()));
    assert_eq!(request.requester.id.unwrap().value, "1987654321");
    assert_eq!(request.requester.contact.unwrap().channels[0].1, "2075550100");
    assert_eq!(request.subscriber.born.unwrap().to_string(), "1980-02-29");
    assert!(request.dependent.is_none());
    let event = request.event;
    assert_eq!((event.category, event.certification), (Category::Services, Certification::Initial));
    assert_eq!(event.traces[0].number, "T-17");
    assert_eq!(event.diagnoses.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["M545", "M542"]);
    assert_eq!(event.delivery.unwrap().quantity.unwrap(), Quantity { amount: 12.into(), unit: "VS".to_owned() });
    assert_eq!(event.attachments[0].control.as_deref(), Some("DOC-17"));
    let line = &request.lines[0];
    let procedure = line.service.as_ref().unwrap().procedure().unwrap();
    assert_eq!((procedure.code.as_str(), procedure.modifiers.as_slice()), ("97110", &["GP".to_owned()][..]));
}

#[test]
fn a_patient_who_is_not_the_subscriber_has_a_level_of_their_own() {
    let message = with(REQUEST, "HL*4*3*EV*1~", "HL*4*3*23*1~\nNM1*QC*1*ROE*MAX~\nINS*N*19~\nHL*5*4*EV*1~");
    let message = recounted(&with(&message, "HL*5*4*SS*0~", "HL*6*5*SS*0~"));
    let dependent = request(&message).expect("it is sound").dependent.expect("there is one");
    assert_eq!(dependent.relationship.as_deref(), Some("19"));
}

#[test]
fn a_request_with_a_fault_is_not_read_unless_somebody_asks_for_what_there_is() {
    let message = with(REQUEST, "HSD*VS*12~", "HSD*VS*X~");
    assert_eq!(request(&message), None);
    let document = Document::read(message.as_bytes());
    let checked = check(&document);
    let read = Request::read_in_part(checked.transactions().next().unwrap()).expect("most of it can be read");
    assert_eq!(read.event.delivery.unwrap().quantity, None);
}

#[test]
fn acknowledgements_say_what_was_taken() {
    let document = Document::read(ACKNOWLEDGEMENT.as_bytes());
    let checked = check(&document);
    let reply = InterchangeReply::read(checked.interchanges()[0].acknowledgements()[0]);
    assert_eq!((reply.control.as_str(), reply.taken, reply.note.as_str()), ("000000017", Taken::Accepted, "000"));
    let group = GroupReply::read(checked.transactions().next().unwrap()).expect("it is a 999");
    assert_eq!((group.control.as_str(), &group.taken), ("17", &Taken::Rejected));
    let transaction = &group.transactions[0];
    assert_eq!((transaction.control.as_str(), &transaction.taken), ("0001", &Taken::Rejected));
    let fault = &transaction.faults[0];
    assert_eq!((fault.segment.as_str(), fault.number), ("NM1", Some(6)));
    assert_eq!(fault.elements, [("9".to_owned(), "7".to_owned(), Some("M4711".to_owned()))]);
    for (code, taken) in
        [("A", Taken::Accepted), ("E", Taken::WithErrors), ("P", Taken::Partly), ("X", Taken::Rejected)]
    {
        let message = with(ACKNOWLEDGEMENT, "AK9*R*", &format!("AK9*{code}*"));
        let document = Document::read(message.as_bytes());
        let checked = check(&document);
        assert_eq!(GroupReply::read(checked.transactions().next().unwrap()).unwrap().taken, taken);
    }
}
