//! Holds a file to the tables: envelopes and their counts, levels, loops, order, elements and codes.

mod element;
mod envelope;
mod faults;
mod hierarchy;
mod message;
mod value;
mod walk;

pub use faults::MOST_FAULTS;
pub use message::{Checked, Group, Interchange, Kind, Transaction};

pub(super) use value::{date, period, time};

use crate::diagnostic::Code;

use super::document::Document;
use super::fault::Spot;

use envelope::Envelopes;
use faults::Faults;

/// Finds what is wrong with a file. Never stops at a fault; reads each segment once.
///
/// ```
/// use rulebook::x12::{Document, check};
/// let document = Document::read(b"not a message");
/// let checked = check(&document);
/// assert_eq!(checked.faults()[0].code.to_string(), "RB802");
/// ```
pub fn check<'d, 'a>(document: &'d Document<'a>) -> Checked<'d, 'a> {
    let mut faults = Faults::default();
    texts(document, &mut faults);
    let mut envelopes = Envelopes::new(document.segments());
    for (at, segment) in document.segments().iter().enumerate() {
        faults.steps += segment.body.len();
        envelopes.take(at, segment, &mut faults);
    }
    let interchanges = envelopes.finish(&mut faults);
    if let Some(last) = document.segments().last().filter(|last| !last.is_ended()) {
        faults.push(Code::CutOff, || {
            let help = "ask the sender for the whole file; without a terminator nobody knows what is missing";
            (Spot::segment(last), "the file ends within a segment".to_owned(), help.to_owned())
        });
    }
    let steps = faults.steps + document.steps();
    let count = faults.count();
    Checked { faults: faults.into_sorted(), count, steps, interchanges }
}

/// What belongs to no interchange, and whether there is one at all.
fn texts(document: &Document<'_>, faults: &mut Faults) {
    for text in document.texts() {
        match text.fault {
            Some(fault) => faults.push(Code::InterchangeHeader, || {
                let (element, start, length) = match fault.element() {
                    Some((element, start, length)) => (Some(element), start, length),
                    None => (None, 0, 3),
                };
                let spot = Spot::text(text.offset + start, length);
                (Spot { id: "ISA".to_owned(), element, ..spot }, fault.to_string(), fault.help())
            }),
            None if text.is_blank() => {}
            None => faults.push(Code::StrayText, || {
                let bytes = text.bytes.len();
                let counted = if bytes == 1 { "1 byte belongs".to_owned() } else { format!("{bytes} bytes belong") };
                let help = "an interchange begins with `ISA` and ends with its IEA; take out what is none";
                (Spot::text(text.offset, bytes), format!("{counted} to no interchange"), help.to_owned())
            }),
        }
    }
    if document.segments().is_empty() && document.texts().iter().all(|text| text.is_blank()) {
        faults.push(Code::StrayText, || {
            let help = "a message begins with `ISA`: check that this is the right file";
            (Spot::text(0, 0), "the file holds no interchange".to_owned(), help.to_owned())
        });
    }
}
