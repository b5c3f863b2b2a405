//! Receiving a message: each content once.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::super::record::determination::Determination;
use super::super::store::Field;
use super::super::work::Work;
use super::super::{Entity, Error, Hash, Kind, Message, MessageId, NewDocument, Refusal, RequestId, columns, text};
use super::Command;
use super::settle::{Determined, determine};

/// Stores a message from a partner as it came, and applies the answers that were read from it, each once. Of a content
/// that was received before only those are applied from which nothing came then; all, if it could not be read then.
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
    /// Whether it was received before: then nothing changed but for what is told here.
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
        if self.bytes.len() > NewDocument::LARGEST {
            return Err(Refusal::MessageTooLarge { name: self.name.clone() }.into());
        }
        let (message, fresh) = self.store(work)?;
        let mut received =
            Received { message: message.id, already: !fresh, determined: Vec::new(), unmatched: Vec::new() };
        let applied = if fresh { Applied::None } else { Applied::read(work, message.id)? };
        if self.fault.is_some() && !self.answers.is_empty() {
            return Err(Refusal::FaultyMessage { message: message.id }.into());
        }
        for (place, (answer, addressed)) in (0..).zip(self.answers.iter().enumerate()) {
            if applied.has(place) {
                continue;
            }
            let Some(request) = self.addressee(work, addressed)? else {
                received.unmatched.push(Unmatched {
                    answer,
                    word: "no_request".to_owned(),
                    message: "no request has this trace, reference or control number".to_owned(),
                });
                continue;
            };
            match determine(work, request, &addressed.determination, Some((message.id, place)), self.attach) {
                Ok(determined) => received.determined.push(determined),
                Err(Error::Refused(refusal)) => received.unmatched.push(Unmatched {
                    answer,
                    word: refusal.word().to_owned(),
                    message: refusal.to_string(),
                }),
                Err(fault @ Error::Store(_)) => return Err(fault),
            }
        }
        let entity = Entity::new(Kind::Message, message.id);
        if received.already && received.determined.is_empty() {
            work.note_already(entity, Self::NAME, &message)?;
        } else {
            work.note(entity, Self::NAME, &received, &message)?;
        }
        Ok(received)
    }
}

/// Which of a message's answers were applied.
enum Applied {
    /// None of them.
    None,
    /// Those at these places.
    These(Vec<i64>),
    /// Nobody noted which: it was received by an earlier release.
    Unknown,
}

impl Applied {
    fn read(work: &mut Work<'_>, message: MessageId) -> Result<Applied, Error> {
        let sql = "SELECT answer FROM determinations WHERE message_id = ?1";
        let places = work.tx.all(sql, &[message.0.into()], |row| row.maybe_int())?;
        let known: Option<Vec<i64>> = places.into_iter().collect();
        Ok(known.map_or(Applied::Unknown, Applied::These))
    }

    /// Whether an answer is not to be applied any more. Rather one too few than one twice.
    fn has(&self, place: i64) -> bool {
        match self {
            Applied::None => false,
            Applied::These(places) => places.contains(&place),
            Applied::Unknown => true,
        }
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
