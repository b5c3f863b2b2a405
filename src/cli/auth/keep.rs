//! `rulebook auth audit`, `verify`, `export` and `backup`.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::auth::AuthError;
use crate::ledger::{Difference, Entity, Hash, Kind, Recorded};
use crate::policy::Command;

use super::super::output::Output;
use super::super::{Exit, Stop};
use super::answer::{Failure, tell};
use super::look::when;
use super::permit;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Audit {
    /// What the history is of [default: everything]
    #[arg(value_name = "KIND", requires = "id", value_parser = kind)]
    kind: Option<Kind>,
    /// Which of them
    id: Option<String>,
    /// Give a hash over all histories, to be kept where nobody who writes the ledger can write
    #[arg(long, conflicts_with_all = ["kind", "id"])]
    pub anchor: bool,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::of(text).ok_or_else(|| {
        let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        format!("write one of {}", words.join(", "))
    })
}

pub(super) fn audit(args: &Audit, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    permit(session, Command::Audit)?;
    let format = session.format;
    if args.anchor {
        let (desk, ledger) = session.both()?;
        let anchor = desk.anchor(ledger)?;
        let json = json!({ "anchor": anchor.hash.to_string(), "histories": anchor.heads });
        return tell(format, out, &anchor.hash.to_string(), &json);
    }
    let mut entries: Vec<Recorded> = Vec::new();
    let (desk, ledger) = session.both()?;
    match (args.kind, &args.id) {
        (Some(kind), Some(id)) => {
            entries = ledger.history(&Entity::new(kind, id))?;
            if entries.is_empty() {
                return Err(AuthError::Call {
                    message: format!("there is no {} `{id}`", kind.word()),
                    help: "`rulebook auth audit` shows all that there is".to_owned(),
                }
                .into());
            }
        }
        (None, _) | (_, None) => ledger.each_recorded(|entry| entries.push(entry))?,
    }
    let mut last: HashMap<(Kind, &str), &Recorded> = HashMap::new();
    for entry in &entries {
        let reason = entry.reason.as_ref().map(|reason| format!("; \"{reason}\"")).unwrap_or_default();
        let mut text = format!(
            "{}  {} {} #{}: {} by {}{reason}",
            when(&desk, entry.at),
            entry.kind.word(),
            entry.entity,
            entry.seq,
            entry.operation,
            entry.actor
        );
        let before = last.insert((entry.kind, &entry.entity), entry);
        let changes: Vec<String> = entry.differences(before).iter().map(Difference::to_string).collect();
        if !changes.is_empty() {
            text += &format!("\n    {}", changes.join(", "));
        }
        tell(format, out, &text, &as_json(entry))?;
    }
    Ok(Exit::Done)
}

/// An entry with what it says as JSON, not as text of it.
fn as_json(entry: &Recorded) -> Value {
    let mut json = serde_json::to_value(entry).unwrap_or_default();
    for (field, text) in [("detail", &entry.detail), ("state", &entry.state)] {
        if let (Some(slot), Ok(value)) = (json.get_mut(field), serde_json::from_str(text)) {
            *slot = value;
        }
    }
    json
}

#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// An anchor that `audit --anchor` gave: what was cut off or rewritten since is found as well
    #[arg(long, value_name = "HASH")]
    anchor: Option<String>,
}

pub(super) fn verify(args: &Verify, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    permit(session, Command::Verify)?;
    let format = session.format;
    let anchor = args.anchor.as_deref().map(|text| {
        Hash::parse(text).ok_or_else(|| {
            Stop::Usage(format!("`{text}` is no anchor: give the 64 digits that `audit --anchor` printed"))
        })
    });
    let anchor = anchor.transpose()?;
    let verified = session.ledger.verify(anchor.as_ref())?;
    let mut text = format!("{} histories, {} entries", verified.histories, verified.entries);
    for finding in &verified.findings {
        let about = finding.about.as_ref().map(|about| format!("{about}: ")).unwrap_or_default();
        text += &format!("\n{}: {about}{}", finding.word, finding.message);
    }
    if verified.findings.is_empty() {
        text += ": all is as it was written";
        if anchor.is_none() {
            text += "; without `--anchor` a ledger that was rewritten as a whole looks the same";
        }
    }
    tell(format, out, &text, &serde_json::to_value(&verified).unwrap_or_default())?;
    Ok(if verified.findings.is_empty() { Exit::Done } else { Exit::Failed })
}

pub(super) fn export(session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    permit(session, Command::Export)?;
    session.ledger.export(out.stream()).map_err(|error| match error {
        crate::ledger::ExportError::Store(error) => Failure::from(error),
        crate::ledger::ExportError::Written(error) => Failure::from(error),
    })?;
    Ok(Exit::Done)
}

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The file that is made
    to: PathBuf,
}

pub(super) fn backup(args: &Backup, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    permit(session, Command::Backup)?;
    session.ledger.backup(&args.to)?;
    let path = args.to.display().to_string();
    tell(session.format, out, &format!("copied to {path}"), &json!({ "backup": path }))
}
