//! `rulebook x12 check`.

use serde::Serialize;

use crate::x12::{Checked, Document, Fault, Kind, check};

use super::super::options::Format;
use super::super::output::Output;
use super::super::{Exit, Stop};
use super::counted;
use super::excerpt::excerpt;

pub(super) fn run(file: &str, bytes: &[u8], format: Format, out: &mut Output) -> Result<Exit, Stop> {
    let document = Document::read(bytes);
    let checked = check(&document);
    match format {
        Format::Text => text(file, &document, &checked, out)?,
        Format::Json => json(file, &checked, out)?,
    }
    Ok(if checked.is_sound() { Exit::Done } else { Exit::Failed })
}

fn text(file: &str, document: &Document<'_>, checked: &Checked<'_, '_>, out: &mut Output) -> Result<(), Stop> {
    let (red, bold, plain) = if out.color { ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
    for fault in checked.faults() {
        let Fault { code, spot, message, help } = fault;
        out.line(&format!("{red}error[{code}]{plain}: {bold}{message}{plain}"))?;
        out.line(&format!(" --> {file}: {spot}"))?;
        let (body, start) = surrounding(document, fault);
        if !body.is_empty() {
            let (line, marks) = excerpt(document.bytes(), body, start, spot.offset, spot.length);
            out.line(&format!("  |\n  | {line}\n  | {red}{marks}{plain}"))?;
        }
        out.line(&format!("  = help: {help}"))?;
        out.line(&format!("  = note: `rulebook explain {code}` tells what this means and how to mend it\n"))?;
    }
    let more = checked.count() - checked.faults().len();
    if more > 0 {
        out.line(&format!("{more} more faults are not shown"))?;
    }
    let held = held(checked);
    let faults = if checked.is_sound() { "no faults".to_owned() } else { counted(checked.count(), "fault") };
    Ok(out.line(&format!("{file}: {held}, {faults}"))?)
}

/// The segment that a fault is in, or the text; and where it begins.
fn surrounding<'a>(document: &Document<'a>, fault: &Fault) -> (&'a [u8], usize) {
    let segment = fault.spot.segment.and_then(|number| document.segments().get(number - 1));
    if let Some(segment) = segment {
        return (segment.body(), segment.offset());
    }
    let text =
        document.texts().iter().find(|text| (text.offset..text.offset + text.bytes.len()).contains(&fault.spot.offset));
    text.map_or((&[], 0), |text| {
        let end = text.bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(text.bytes.len());
        // an ISA with a line break in it is shown up to its element at fault
        let end = end.max((fault.spot.offset - text.offset + fault.spot.length).min(text.bytes.len()));
        (text.bytes.get(..end).unwrap_or_default(), text.offset)
    })
}

/// How many interchanges, and of what.
fn held(checked: &Checked<'_, '_>) -> String {
    let mut held = vec![counted(checked.interchanges().len(), "interchange")];
    for (kind, what) in KINDS {
        let number = checked.transactions().filter(|transaction| transaction.kind() == kind).count();
        if number > 0 {
            held.push(counted(number, what));
        }
    }
    let replies: usize = checked.interchanges().iter().map(|interchange| interchange.acknowledgements().len()).sum();
    if replies > 0 {
        held.push(counted(replies, "TA1"));
    }
    held.join(", ")
}

const KINDS: [(Kind, &str); 4] = [
    (Kind::Request, "request"),
    (Kind::Response, "response"),
    (Kind::Acknowledgement, "acknowledgement"),
    (Kind::Other, "other transaction"),
];

#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    faults: Vec<Item<'a>>,
    errors: usize,
    interchanges: usize,
    transactions: Vec<Told>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<usize>,
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<usize>,
    byte: usize,
    length: usize,
    help: &'a str,
}

#[derive(Serialize)]
struct Told {
    kind: &'static str,
    control: String,
    segments: usize,
    faults: usize,
}

fn json(file: &str, checked: &Checked<'_, '_>, out: &mut Output) -> Result<(), Stop> {
    let faults = checked.faults().iter().map(Item::new).collect();
    let transactions = checked.transactions().map(|transaction| {
        let header = transaction.segments().first();
        let control = header.and_then(|header| header.element(2)).map(|element| element.bytes().to_owned());
        let kind = KINDS.iter().find(|(kind, _)| *kind == transaction.kind()).map_or("", |(_, what)| *what);
        Told {
            kind,
            control: String::from_utf8_lossy(&control.unwrap_or_default()).into_owned(),
            segments: transaction.segments().len(),
            faults: transaction.faults(),
        }
    });
    let report = Report {
        file,
        faults,
        errors: checked.count(),
        interchanges: checked.interchanges().len(),
        transactions: transactions.collect(),
    };
    let json = serde_json::to_string_pretty(&report).unwrap_or_default();
    Ok(out.line(&json)?)
}

impl<'a> Item<'a> {
    fn new(fault: &'a Fault) -> Item<'a> {
        Item {
            code: fault.code.page().code,
            message: &fault.message,
            segment: fault.spot.segment,
            id: &fault.spot.id,
            element: fault.spot.element,
            component: fault.spot.component,
            byte: fault.spot.offset,
            length: fault.spot.length,
            help: &fault.help,
        }
    }
}
