//! `rulebook auth file`.

use std::path::PathBuf;

use crate::ledger::{AuthorizationId, FileDocument, FiledWith, RequestId};

use super::super::Exit;
use super::super::output::Output;
use super::answer::{Failure, again, tell, value};
use super::enter::id;
use super::folder::document;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct File {
    /// The document
    #[arg(value_name = "FILE")]
    document: PathBuf,
    #[command(flatten)]
    with: With,
}

/// What the document is filed with.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct With {
    /// With this authorization: the number that the ledger gave it
    #[arg(long, value_name = "AUTHORIZATION", value_parser = id)]
    authorization: Option<i64>,
    /// With this request
    #[arg(long, value_name = "REQUEST", value_parser = id)]
    request: Option<i64>,
}

pub(super) fn run(args: &File, session: &mut Session, out: &mut Output) -> Result<Exit, Failure> {
    let format = session.format;
    let (desk, ledger) = session.both()?;
    let (with, name) = match (args.with.request, args.with.authorization.unwrap_or_default()) {
        (Some(id), _) => (FiledWith::Request(RequestId(id)), format!("request {id}")),
        (None, id) => (FiledWith::Authorization(AuthorizationId(id)), format!("authorization {id}")),
    };
    let document = FileDocument { with, document: document(&args.document)? };
    let filed = desk.file(ledger, &document)?;
    let text = format!("`{}` is filed with {name}{}", document.document.name, again(&filed));
    tell(format, out, &text, &value(&filed))
}
