//! `rulebook auth submit` and `receive`: messages out and in.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::auth::{Arrived, AuthError, Desk, Incoming, Sent};
use crate::ledger::{Answer, Attempt, Error, Ledger, NewDocument, Received, Refusal, RequestId};
use crate::policy::Command;

use super::super::Exit;
use super::super::bytes::bytes_within;
use super::super::options::Format;
use super::super::output::Output;
use super::answer::{Failure, again, note, tell, value};
use super::determine;
use super::enter::id;
use super::folder::{REPEAT, files, free_name, move_to, put};
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Submit {
    /// The request
    #[arg(value_parser = id, required_unless_present_any = ["retries", "waiting"])]
    request: Option<i64>,
    /// Send every request again that is due to be sent again; of what goes out by hand it is only told
    #[arg(long, conflicts_with = "request")]
    retries: bool,
    /// Only put messages into files that an interrupted run left
    #[arg(long, conflicts_with_all = ["request", "retries"])]
    waiting: bool,
    /// Send a request that has gone out already once more: the payer gets it twice
    #[arg(long, conflicts_with_all = ["retries", "waiting"])]
    again: bool,
    /// The folder from which partners take messages; each has a folder of its own in it
    #[arg(long, value_name = "DIR", default_value = "outbox")]
    outbox: PathBuf,
}

pub(super) fn submit(args: &Submit, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let attempt = if args.again { Attempt::Anew } else { Attempt::WhenDue };
    if let Some(request) = args.request {
        tell_sent(&desk.submit(ledger, RequestId(request), attempt)?, format, out)?;
    }
    let due = if args.retries { desk.due_again(ledger)? } else { Vec::new() };
    if args.retries && due.is_empty() {
        note(format, "no request is due to be sent again");
    }
    for request in due {
        match request.partner {
            Some(_) => tell_sent(&desk.submit(ledger, request.id, attempt)?, format, out)?,
            // only whoever makes it knows that it was made
            None => tell_due(request.id, format, out)?,
        };
    }
    // what an interrupted run left goes out as well
    let delivered = deliver(&desk, ledger, &args.outbox)?;
    if args.waiting {
        let waited = match delivered {
            0 => "no message waits to be put into the outbox".to_owned(),
            1 => "1 message that waited was put into the outbox".to_owned(),
            many => format!("{many} messages that waited were put into the outbox"),
        };
        note(format, &waited);
    }
    Ok(Exit::Done)
}

/// Tells how a request went out.
fn tell_sent(sent: &Sent, format: Format, out: &mut Output) -> Result<Exit, Failure> {
    match sent {
        Sent::Message(submitted) => {
            let done = &submitted.value;
            let text = format!("request {} is message {}{}", done.request, done.name, again(submitted));
            tell(format, out, &text, &value(submitted))
        }
        Sent::ByHand(sent) => {
            let id = sent.value.request;
            let text = format!(
                "request {id} is noted as sent by hand; no message goes out: `rulebook auth determine {id}` enters the \
                 answer{}",
                again(sent)
            );
            let mut json = value(sent);
            if let Some(object) = json.as_object_mut() {
                object.insert("transmission".to_owned(), serde_json::Value::Null);
            }
            tell(format, out, &text, &json)
        }
    }
}

/// Tells that a request is to be made by hand again.
fn tell_due(id: RequestId, format: Format, out: &mut Output) -> Result<Exit, Failure> {
    let text = format!(
        "request {id} is due again by telephone, fax or portal: `rulebook auth submit {id}` notes that it was made"
    );
    tell(format, out, &text, &json!({ "request": id, "transmission": null, "due": true }))
}

/// What mends a file that could not be written: the message itself stands in the ledger, and is not to be made again.
const WRITTEN_DOWN: &str =
    "the message is written down; mend that, then `rulebook auth submit --waiting` puts it there";

/// Puts every message into its file that is in none yet. Each is noted only once its file is on the disk, and its name has
/// its control number, so that doing it again is harmless. Tells how many they were.
pub(super) fn deliver(desk: &Desk<'_>, ledger: &mut Ledger, outbox: &Path) -> Result<usize, Failure> {
    let waiting = desk.outgoing(ledger)?;
    let delivered = waiting.len();
    for outgoing in waiting {
        put(&outbox.join(&outgoing.partner), &outgoing.name, &outgoing.bytes, WRITTEN_DOWN)?;
        desk.written(ledger, outgoing.transmission)?;
    }
    Ok(delivered)
}

#[derive(Debug, clap::Args)]
pub(super) struct Receive {
    /// The message
    #[arg(required_unless_present = "inbox")]
    file: Option<PathBuf>,
    /// Take every file of this folder, then move it to `done` within it, or to `bad` with the reason beside it
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    inbox: Option<PathBuf>,
    /// Attach the originating charges to what is approved
    #[arg(long)]
    attach: bool,
}

pub(super) fn receive(args: &Receive, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let taken = match (&args.file, &args.inbox) {
        (Some(file), _) => vec![file.clone()],
        (None, Some(inbox)) => files(inbox)?,
        (None, None) => Vec::new(),
    };
    if let (Some(inbox), []) = (&args.inbox, &taken[..]) {
        desk.permit(Command::Receive)?;
        note(format, &format!("`{}` holds no message", inbox.display()));
    }
    let mut bad = 0;
    for file in taken {
        let mut taken = take(&desk, ledger, &file, args)?;
        bad += usize::from(taken.reason.is_some());
        let folder = if taken.reason.is_some() { "bad" } else { "done" };
        // the ledger has it: where the file lies is a matter of order, and doing it again changes nothing
        if let Some(inbox) = &args.inbox {
            let folder = inbox.join(folder);
            let free = free_name(&file, &folder);
            // the reason first: a file that has left the inbox is not looked at again
            if let Some(reason) = &taken.reason {
                put(&folder, &format!("{}.txt", free.to_string_lossy()), reason.as_bytes(), REPEAT)?;
            }
            move_to(&file, &folder, &free)?;
        }
        if let (Some(_), Some(object)) = (&args.inbox, taken.json.as_object_mut()) {
            object.insert("moved_to".to_owned(), json!(folder));
        }
        tell(format, out, &taken.text, &taken.json)?;
    }
    Ok(if bad > 0 { Exit::Error } else { Exit::Done })
}

/// What came of a file.
struct Taken {
    text: String,
    json: serde_json::Value,
    /// Why it belongs to the bad ones.
    reason: Option<String>,
}

/// Takes a file in. One that the ledger has no room for is bad like any other in an inbox, so that the rest is taken; it is
/// not read to its end.
fn take(desk: &Desk<'_>, ledger: &mut Ledger, file: &Path, args: &Receive) -> Result<Taken, Failure> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = bytes_within(file, NewDocument::LARGEST)?;
    let received = match desk.receive(ledger, Incoming { name: name.clone(), bytes, attach: args.attach }) {
        Err(AuthError::Ledger(Error::Refused(refusal @ Refusal::MessageTooLarge { .. }))) if args.inbox.is_some() => {
            let fault = format!("{refusal}; {}", refusal.help());
            let json = json!({ "file": name, "fault": fault });
            return Ok(Taken { text: unusable(&name, &fault), json, reason: Some(fault) });
        }
        received => received?,
    };
    let Arrived { received, accepted } = received;
    let fault = ledger.message(received.value.message)?.and_then(|message| message.fault);
    Ok(Taken {
        text: told(&name, &received, &accepted, fault.as_deref()),
        json: told_json(&name, &received, fault.as_deref()),
        reason: fault.or_else(|| unmatched(&received.value)),
    })
}

fn unusable(name: &str, fault: &str) -> String {
    format!("{name}: cannot be used: {fault}")
}

/// What is told of answers from which nothing came; the file is to be given again once they fit.
fn unmatched(received: &Received) -> Option<String> {
    let each = received.unmatched.iter().map(|one| format!("answer {}: {}", one.answer + 1, one.message));
    let lines = each.collect::<Vec<_>>();
    (!lines.is_empty()).then(|| format!("{}\n{AGAIN}", lines.join("\n")))
}

const AGAIN: &str = "the rest was taken; mend that and give the file again: only what fitted nothing is applied then";

fn told(name: &str, received: &Answer<Received>, accepted: &[String], fault: Option<&str>) -> String {
    let done = &received.value;
    if let Some(fault) = fault {
        return unusable(name, fault);
    }
    let mut text = name.to_owned();
    if done.already {
        let applied =
            if done.determined.is_empty() { "nothing changed" } else { "applied now what fitted nothing then" };
        text += &format!(": received before, {applied}");
    }
    for line in accepted {
        text += &format!("\n  {line}");
    }
    for line in done.determined.iter().flat_map(determine::told) {
        text += &format!("\n  {line}");
    }
    for line in unmatched(done).iter().flat_map(|unmatched| unmatched.lines()) {
        text += &format!("\n  {line}");
    }
    let is_silent = !done.already && accepted.is_empty() && done.determined.is_empty() && done.unmatched.is_empty();
    if is_silent { text + "\n  it holds no answer" } else { text }
}

fn told_json(name: &str, received: &Answer<Received>, fault: Option<&str>) -> serde_json::Value {
    let mut json = value(received);
    if let Some(object) = json.as_object_mut() {
        object.insert("file".to_owned(), json!(name));
        if let Some(fault) = fault {
            object.insert("fault".to_owned(), json!(fault));
        }
    }
    json
}
