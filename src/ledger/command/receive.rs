//! Receiving a message: each content once.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::super::record::determination::Determination;
use super::super::store::Field;
use super::super::work::Work;
use super::super::{Entity, Error, Hash, Kind, Message, MessageId, Refusal, RequestId, columns, text};
use super::Command;
use super::settle::{Determined, determine};

/// Stores a message from a partner as it came, and applies the answers that were read from it. A content that was
/// received before changes nothing, unless it could not be read then and can be now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    /// Whom it came from.
    pub partner: String,
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Why it can't be used, if it can't.
    pub fault: Option<String>,
    /// The answers in it.
    pub answers: Vec<Addressed>,
    /// Whether originating charges are attached to what was approved.
    pub attach: bool,
}

/// An answer, and what it says of the request that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The request's trace: looked at first.
    pub trace: Option<String>,
    /// The request's reference: looked at next.
    pub reference: Option<String>,
    /// The control number of our message: looked at last.
    pub control: Option<u32>,
    /// The answer.
    pub determination: Determination,
}

/// A message was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The message.
    pub message: MessageId,
    /// Whether it was received before, so that nothing changed.
    pub already: bool,
    /// What came of its answers.
    pub determined: Vec<Determined>,
    /// The answers from which nothing came.
    pub unmatched: Vec<Unmatched>,
}

/// An answer from which nothing came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    /// Its place among the answers, from 0.
    pub answer: usize,
    /// The word of the refusal, or `no_request`.
    pub word: String,
    /// Why.
    pub message: String,
}

/// The content stands for what was read from it.
impl Serialize for Receive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Receive", 3)?;
        fields.serialize_field("partner", &self.partner)?;
        fields.serialize_field("sha256", &Hash::of(&self.bytes))?;
        fields.serialize_field("attach", &self.attach)?;
        fields.end()
    }
}

impl Command for Receive {
    const NAME: &'static str = "receive";
    type Answer = Received;

    fn carry_out(&self, work: &mut Work<'_>) -> Result<Received, Error> {
        text::short("partner", &self.partner)?;
        text::short("name of a file", &self.name)?;
        text::maybe_short("fault", self.fault.as_deref())?;
        let (message, fresh) = self.store(work)?;
        let mut received =
            Received { message: message.id, already: !fresh, determined: Vec::new(), unmatched: Vec::new() };
        if !fresh {
            work.note_already(Entity::new(Kind::Message, message.id), Self::NAME, &message)?;
            return Ok(received);
        }
        if self.fault.is_some() && !self.answers.is_empty() {
            return Err(Refusal::FaultyMessage { message: message.id }.into());
        }
        for (answer, addressed) in self.answers.iter().enumerate() {
            let Some(request) = self.addressee(work, addressed)? else {
                received.unmatched.push(Unmatched {
                    answer,
                    word: "no_request".to_owned(),
                    message: "no request has this trace, reference or control number".to_owned(),
                });
                continue;
            };
            match determine(work, request, &addressed.determination, Some(message.id), self.attach) {
                Ok(determined) => received.determined.push(determined),
                Err(Error::Refused(refusal)) => received.unmatched.push(Unmatched {
                    answer,
                    word: refusal.word().to_owned(),
                    message: refusal.to_string(),
                }),
                Err(fault @ Error::Store(_)) => return Err(fault),
            }
        }
        work.note(Entity::new(Kind::Message, message.id), Self::NAME, &received, &message)?;
        Ok(received)
    }
}

impl Receive {
    /// The message as it is stored, and whether its answers are still to be applied.
    fn store(&self, work: &mut Work<'_>) -> Result<(Message, bool), Error> {
        let sha256 = Hash::of(&self.bytes);
        let sql = concat!(
            "INSERT INTO inbox (partner, name, sha256, at, fault, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT DO NOTHING RETURNING ",
            columns::message!()
        );
        let values = [
            self.partner.as_str().into(),
            self.name.as_str().into(),
            (&sha256).into(),
            work.act.at.into(),
            Field::maybe_text(self.fault.as_deref()),
            Field::Bytes(&self.bytes),
        ];
        if let Some(message) = work.tx.first(sql, &values, Message::read)? {
            return Ok((message, true));
        }
        let sql = concat!("SELECT ", columns::message!(), " FROM inbox WHERE sha256 = ?1 FOR UPDATE");
        let known = work.tx.one(sql, &[(&sha256).into()], Message::read)?;
        if known.fault.is_none() || self.fault.is_some() {
            return Ok((known, false));
        }
        let sql = concat!("UPDATE inbox SET fault = NULL WHERE id = ?1 RETURNING ", columns::message!());
        Ok((work.tx.one(sql, &[known.id.0.into()], Message::read)?, true))
    }

    fn addressee(&self, work: &mut Work<'_>, answer: &Addressed) -> Result<Option<RequestId>, Error> {
        let named = [
            ("SELECT id FROM requests WHERE partner = ?1 AND trace = ?2", answer.trace.as_deref()),
            ("SELECT id FROM requests WHERE partner = ?1 AND reference = ?2", answer.reference.as_deref()),
        ];
        for (sql, name) in named {
            let Some(name) = name else { continue };
            let values = [self.partner.as_str().into(), name.into()];
            if let Some(id) = work.tx.first(sql, &values, |row| row.int())? {
                return Ok(Some(RequestId(id)));
            }
        }
        let Some(control) = answer.control else { return Ok(None) };
        let sql = "SELECT request_id FROM outbox WHERE partner = ?1 AND control = ?2";
        let found = work.tx.first(sql, &[self.partner.as_str().into(), i64::from(control).into()], |row| row.int())?;
        Ok(found.map(RequestId))
    }
}
