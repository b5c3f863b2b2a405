//! Requests out as bytes.

use crate::diagnostic::Code;

use super::super::check::check;
use super::super::delimiters::{Delimiters, shown};
use super::super::document::Document;
use super::super::writer::Writer;
use super::date::day;
use super::envelope::{Envelope, Usage};
use super::request::Request;
use super::write_request::body;

/// The version of requests.
const VERSION: &str = "005010X217";

/// Why a request is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unwritable {
    /// Which kind of fault.
    pub code: Code,
    /// Where it would stand, such as `NM103`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Segments that are being written, and the texts that cannot be.
pub(super) struct Draft {
    writer: Writer,
    delimiters: Delimiters,
    refused: Vec<Unwritable>,
    /// How many segments there are from ST on.
    pub count: usize,
}

impl Draft {
    /// Writes a segment of plain elements.
    pub fn put(&mut self, id: &str, elements: &[&str]) {
        let elements: Vec<Vec<&str>> = elements.iter().map(|element| vec![*element]).collect();
        self.parts(id, elements);
    }

    /// Writes a segment whose elements may have components.
    pub fn parts(&mut self, id: &str, elements: Vec<Vec<&str>>) {
        for (number, element) in (1..).zip(&elements) {
            for (part, text) in (1..).zip(element) {
                let component = if element.len() > 1 { format!("-{part}") } else { String::new() };
                self.sendable(text, || format!("{id}{number:02}{component}"));
            }
        }
        self.count += 1;
        self.writer.segment(id, &elements);
    }

    /// Refuses what would be read as something else.
    fn sendable(&mut self, text: &str, place: impl FnOnce() -> String) {
        let stray = text.bytes().find(|byte| self.delimiters.contains(*byte) || *byte < b' ' || *byte == 0x7f);
        if let Some(byte) = stray {
            let place = place();
            let (what, help) = match self.delimiters.contains(byte) {
                true => ("separates elements in this message", "write it without, or agree on other separators"),
                false => ("is a control character", "write it without"),
            };
            self.refused.push(Unwritable {
                code: Code::Unsendable,
                message: format!("{place} cannot be `{}`: {} {what}", text.escape_debug(), shown(byte)),
                place,
                help: help.to_owned(),
            });
        }
    }
}

/// Writes a request as an interchange of its own.
///
/// What is written has been checked as if it had come from outside.
///
/// # Errors
///
/// Every text that cannot be sent, else everything that would not be valid; nothing is altered to make it fit.
pub fn write(envelope: &Envelope, request: &Request) -> Result<Vec<u8>, Vec<Unwritable>> {
    let delimiters = envelope.delimiters;
    let writer = Writer::new(delimiters, envelope.lines);
    let mut draft = Draft { writer, delimiters, refused: Vec::new(), count: 0 };
    let (date, time) = (day(envelope.at.date()), envelope.at.format("%H%M").to_string());
    header(&mut draft, envelope, &date, &time);
    let group = envelope.group.to_string();
    let (sender, receiver) = (envelope.application_sender.as_str(), envelope.application_receiver.as_str());
    draft.put("GS", &["HI", sender, receiver, &date, &time, &group, "X", VERSION]);
    draft.count = 0;
    draft.put("ST", &["278", &envelope.transaction, VERSION]);
    body(&mut draft, request);
    let count = (draft.count + 1).to_string();
    draft.put("SE", &[&count, &envelope.transaction]);
    draft.put("GE", &["1", &group]);
    draft.put("IEA", &["1", &format!("{:09}", envelope.interchange)]);
    if !draft.refused.is_empty() {
        return Err(draft.refused);
    }
    let bytes = draft.writer.into_bytes();
    let document = Document::read(&bytes);
    let checked = check(&document);
    let unfit = checked.faults().iter().map(|fault| Unwritable {
        code: Code::UnfitRequest,
        place: fault.spot.name(),
        message: fault.message.clone(),
        help: fault.help.clone(),
    });
    let unfit: Vec<Unwritable> = unfit.collect();
    if unfit.is_empty() { Ok(bytes) } else { Err(unfit) }
}

/// Writes the ISA: every element is filled up to its length.
fn header(draft: &mut Draft, envelope: &Envelope, date: &str, time: &str) {
    let delimiters = envelope.delimiters;
    // what is too long is left so, and found by the check
    let party = |text: &str| format!("{text:<15}");
    let (sender, receiver) = (party(&envelope.sender.value), party(&envelope.receiver.value));
    let blank = " ".repeat(10);
    let control = format!("{:09}", envelope.interchange);
    let usage = match envelope.usage {
        Usage::Production => "P",
        Usage::Test => "T",
    };
    let elements = [
        "00",
        &blank,
        "00",
        &blank,
        &envelope.sender.kind,
        &sender,
        &envelope.receiver.kind,
        &receiver,
        date.get(2..).unwrap_or_default(),
        time,
    ];
    for (number, text) in (1..).zip(elements) {
        draft.sendable(text, || format!("ISA{number:02}"));
    }
    let separator = |byte: u8| char::from(byte).to_string();
    let repetition = delimiters.repetition().map_or_else(|| "U".to_owned(), separator);
    let component = separator(delimiters.component());
    let acknowledge = if envelope.acknowledge { "1" } else { "0" };
    let rest = [&repetition, "00501", &control, acknowledge, usage, &component];
    let all: Vec<Vec<&str>> = elements.iter().chain(&rest).map(|text| vec![*text]).collect();
    draft.writer.segment("ISA", &all);
}
