//! Any bytes into the reader of 278 messages: no panic, every byte kept, work in proportion.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rulebook::x12::{
    Document, GroupReply, InterchangeReply, Part, Request, Response, check, from_json, to_json, verdict,
};

/// The same bound that the property tests hold.
const MOST_A_BYTE: usize = 600;

fuzz_target!(|bytes: &[u8]| {
    let document = Document::read(bytes);
    let mut at = 0;
    for part in document.parts() {
        let pieces = match part {
            Part::Segment(segment) => [segment.body(), segment.end()],
            Part::Text(text) => [text.bytes, &[]],
        };
        for piece in pieces {
            assert_eq!(bytes.get(at..at + piece.len()), Some(piece));
            at += piece.len();
        }
    }
    assert_eq!(at, bytes.len());
    let checked = check(&document);
    assert!(checked.steps() <= MOST_A_BYTE * (bytes.len() + 1), "{} steps", checked.steps());
    for interchange in checked.interchanges() {
        interchange.acknowledgements().iter().for_each(|segment| drop(InterchangeReply::read(segment)));
    }
    for transaction in checked.transactions() {
        drop((Request::read_in_part(transaction), GroupReply::read(transaction)));
        if let Some(response) = Response::read(transaction) {
            verdict(&response);
        }
    }
    assert_eq!(from_json(&to_json(&document)).as_deref(), Ok(bytes));
});
