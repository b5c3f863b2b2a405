//! Whatever comes in: no panic, every byte is kept, and twice as much takes twice the work.

use proptest::prelude::*;
use rulebook::x12::{
    Document, GroupReply, InterchangeReply, Part, Request, Response, check, from_json, to_json, verdict,
};

use super::message::{ACKNOWLEDGEMENT, REQUEST, RESPONSE};

/// Steps a byte that no input may take more of: a segment of one byte can be looked for in the whole table.
const MOST_A_BYTE: usize = 600;

/// Reads, checks, decides and converts; gives the steps that it took.
fn all(bytes: &[u8]) -> usize {
    let document = Document::read(bytes);
    let kept = document.parts().flat_map(|part| match part {
        Part::Segment(segment) => [segment.body(), segment.end()],
        Part::Text(text) => [text.bytes, &[]],
    });
    assert_eq!(kept.collect::<Vec<_>>().concat(), bytes);
    let checked = check(&document);
    for fault in checked.faults() {
        assert!(fault.spot.offset + fault.spot.length <= bytes.len(), "{fault:?}");
        assert!(!fault.message.is_empty() && !fault.help.is_empty() && !fault.spot.to_string().is_empty());
    }
    for interchange in checked.interchanges() {
        interchange.acknowledgements().iter().for_each(|segment| drop(InterchangeReply::read(segment)));
    }
    for transaction in checked.transactions() {
        drop((Request::read_in_part(transaction), GroupReply::read(transaction)));
        if let Some(response) = Response::read(transaction) {
            verdict(&response);
        }
    }
    assert_eq!(from_json(&to_json(&document)).unwrap(), bytes);
    checked.steps()
}

/// Bytes of which messages are made, so that more of them mean something.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let header = REQUEST.as_bytes()[..106].to_vec();
    let messages = [REQUEST, RESPONSE, ACKNOWLEDGEMENT];
    let segments = messages.iter().flat_map(|message| message.split_inclusive('~'));
    let segments: Vec<Vec<u8>> = segments.map(|segment| segment.as_bytes().to_vec()).collect();
    let piece = prop_oneof![
        1 => Just(header),
        4 => prop::sample::select(segments),
        2 => prop::sample::select(b"*^:~\nISA0".as_slice()).prop_map(|byte| vec![byte]),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A sound message in which some bytes are changed, taken away or added.
fn changed() -> impl Strategy<Value = Vec<u8>> {
    let base = prop::sample::select(vec![REQUEST, RESPONSE, ACKNOWLEDGEMENT]);
    let change =
        (any::<prop::sample::Index>(), 0..3, prop_oneof![any::<u8>(), prop::sample::select(b"*^:~\n0A".as_slice())]);
    (base, prop::collection::vec(change, 1..8)).prop_map(|(base, changes)| {
        let mut bytes = base.as_bytes().to_vec();
        for (at, how, byte) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(all(&bytes) <= MOST_A_BYTE * (bytes.len() + 1));
    }

    #[test]
    fn pieces_of_messages_are_read_to_the_end(bytes in pieces()) {
        prop_assert!(all(&bytes) <= MOST_A_BYTE * (bytes.len() + 1));
    }

    #[test]
    fn changed_messages_are_read_to_the_end(bytes in changed()) {
        prop_assert!(all(&bytes) <= MOST_A_BYTE * (bytes.len() + 1));
    }

    #[test]
    fn any_json_is_read_to_the_end(text in "\\PC{0,200}") {
        drop(from_json(&text));
    }
}

/// Inputs that would be slow to a reader which looks back, searches for ends, or compares each with each.
#[test]
fn twice_as_much_takes_twice_the_work() {
    let header = &REQUEST[..106];
    let start = &REQUEST[..REQUEST.find("HL*1").unwrap()];
    let repeated: [(&str, &str, &str); 12] = [
        ("headers that are cut short", "", "ISA*00"),
        ("headers alone", "", header),
        ("what begins like a header", "", "ISA"),
        ("no terminators", header, "A*B:C^"),
        ("terminators alone", header, "~"),
        ("line breaks alone", header, "~\n\n\n\n"),
        ("levels", start, "HL*1**20*1~"),
        ("levels of services", start, "HL*9*9*SS*1~"),
        ("names", start, "NM1*XX~"),
        ("names that open loops", start, "NM1*SJ~"),
        ("transactions", header, "ST*278*1~"),
        ("groups", header, "GS*HI~ST*278~BHT*1~"),
    ];
    for (name, first, piece) in repeated {
        let steps = |times: usize| {
            let bytes = format!("{first}{}", piece.repeat(times)).into_bytes();
            let document = Document::read(&bytes);
            (check(&document).steps(), bytes.len())
        };
        let ((once, _), (twice, bytes)) = (steps(2_000), steps(4_000));
        assert!(twice <= 2 * once + 10_000, "{name}: {once} steps, then {twice}");
        assert!(twice <= MOST_A_BYTE * bytes, "{name}: {twice} steps for {bytes} bytes");
    }
}
