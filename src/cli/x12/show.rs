//! `rulebook x12 show`.

use crate::x12::{Checked, Document, GroupReply, InterchangeReply, Kind, Request, Response, Taken, Transaction, check};

use super::super::output::Output;
use super::super::{Exit, Stop};
use super::{counted, request, response};

/// One line of what is shown: what it is, and what it says.
pub(super) type Line = (String, String);

pub(super) fn run(file: &str, bytes: &[u8], out: &mut Output) -> Result<Exit, Stop> {
    let document = Document::read(bytes);
    let checked = check(&document);
    let mut shown = 0;
    for interchange in checked.interchanges() {
        for segment in interchange.acknowledgements() {
            let reply = InterchangeReply::read(segment);
            let title = format!("Interchange {} was {}", reply.control, taken(&reply.taken));
            let lines = if reply.note == "000" { vec![] } else { vec![("note".to_owned(), reply.note)] };
            block(&title, &lines, out)?;
            shown += 1;
        }
    }
    for transaction in checked.transactions() {
        let (title, lines) = told(transaction);
        block(&title, &lines, out)?;
        shown += 1;
    }
    faults(file, &checked, out)?;
    Ok(if shown > 0 { Exit::Done } else { Exit::Failed })
}

fn told(transaction: &Transaction<'_, '_>) -> (String, Vec<Line>) {
    match transaction.kind() {
        Kind::Request => match Request::read_in_part(transaction) {
            Some(request) => request::shown(&request),
            None => ("A request that cannot be read".to_owned(), Vec::new()),
        },
        Kind::Response => match Response::read(transaction) {
            Some(response) => response::shown(&response),
            None => ("A response".to_owned(), Vec::new()),
        },
        Kind::Acknowledgement => GroupReply::read(transaction).map(|reply| replied(&reply)).unwrap_or_default(),
        Kind::Other => ("A transaction of another kind".to_owned(), Vec::new()),
    }
}

fn replied(reply: &GroupReply) -> (String, Vec<Line>) {
    let mut lines = Vec::new();
    for transaction in &reply.transactions {
        let codes =
            if transaction.codes.is_empty() { String::new() } else { format!(" ({})", transaction.codes.join(", ")) };
        lines.push((format!("message {}", transaction.control), format!("{}{codes}", taken(&transaction.taken))));
        for fault in &transaction.faults {
            let number = fault.number.map(|number| format!("segment {number}, ")).unwrap_or_default();
            let code = fault.code.as_deref().map(|code| format!(", fault {code}")).unwrap_or_default();
            let within = fault.within.as_deref().map(|within| format!(" in loop {within}")).unwrap_or_default();
            lines.push(("fault".to_owned(), format!("{number}{}{within}{code}", fault.segment)));
            for (position, code, value) in &fault.elements {
                let value = value.as_deref().map(|value| format!(": `{value}`")).unwrap_or_default();
                lines.push((String::new(), format!("element {position}, fault {code}{value}")));
            }
        }
    }
    (format!("Group {} was {}", reply.control, taken(&reply.taken)), lines)
}

fn taken(taken: &Taken) -> String {
    match taken {
        Taken::Accepted => "accepted".to_owned(),
        Taken::WithErrors => "accepted with errors".to_owned(),
        Taken::Partly => "accepted in part".to_owned(),
        Taken::Rejected => "rejected".to_owned(),
        Taken::Unknown(code) => format!("answered with the unknown code `{code}`"),
    }
}

fn block(title: &str, lines: &[Line], out: &mut Output) -> Result<(), Stop> {
    let (bold, plain) = if out.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    out.line(&format!("{bold}{title}{plain}"))?;
    for (what, says) in lines {
        out.line(&format!("  {what:<11} {says}"))?;
    }
    Ok(out.line("")?)
}

fn faults(file: &str, checked: &Checked<'_, '_>, out: &mut Output) -> Result<(), Stop> {
    if !checked.is_sound() {
        out.line(&format!("{}: `rulebook x12 check` tells of {file}", counted(checked.count(), "fault")))?;
    }
    Ok(())
}
