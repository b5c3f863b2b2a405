//! Writing down a request whose message can be made.

use std::fmt;

use serde::Serialize;

use super::super::work::Work;
use super::super::{Error, Refusal};
use super::Command;
use super::open_request::{OpenRequest, RequestOpened};
use super::submit::Write;

/// Writes down a request once its message was made on trial: what could not be sent is refused before it is there.
#[derive(Serialize)]
#[serde(transparent)]
pub struct OpenSendable<'a> {
    /// The request.
    pub open: OpenRequest,
    /// What writes the message.
    #[serde(skip)]
    pub write: &'a Write<'a>,
}

impl fmt::Debug for OpenSendable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenSendable").field("open", &self.open).finish_non_exhaustive()
    }
}

impl Command for OpenSendable<'_> {
    // the trial is no part of what a key stands for, nor of what histories tell
    const NAME: &'static str = OpenRequest::NAME;
    type Answer = RequestOpened;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<RequestOpened, Error> {
        let opened = self.open.carry_out(work)?;
        let request = work.request(opened.request)?;
        // no partner gets it, so any control number will do
        (self.write)(&request, 1).map_err(|why| Refusal::Unwritable { why })?;
        Ok(opened)
    }
}
