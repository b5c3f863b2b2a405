//! One command in progress: its transaction, and what is to be written into histories.

use serde::{Deserialize, Serialize};

use super::audit::entry::{Entry, append};
use super::record::document::{Content, Filed, NewDocument};
use super::store::{Field, Transaction};
use super::{
    Act, Attachment, Authorization, AuthorizationId, Charge, Entity, Error, Hash, Kind, Member, Refusal, Request,
    RequestId, StoreError, columns,
};

/// A command in progress. What it is given by the ledger is not yet stored.
pub struct Work<'a> {
    pub(super) tx: &'a mut dyn Transaction,
    pub(super) act: Act<'a>,
    entries: Vec<Entry>,
}

impl<'a> Work<'a> {
    pub(super) fn new(tx: &'a mut dyn Transaction, act: Act<'a>) -> Work<'a> {
        Work { tx, act, entries: Vec::new() }
    }

    /// Notes a change, with how the thing is after it.
    pub(super) fn note(
        &mut self,
        entity: Entity,
        operation: &'static str,
        detail: &impl Serialize,
        state: &impl Serialize,
    ) -> Result<(), StoreError> {
        self.entries.push(Entry { entity, operation, detail: json(detail)?, state: json(state)? });
        Ok(())
    }

    /// Notes that a thing is already as it was to be, so that what is kept for the key has a history.
    pub(super) fn note_already(
        &mut self,
        entity: Entity,
        operation: &'static str,
        state: &impl Serialize,
    ) -> Result<(), StoreError> {
        if self.act.key.is_some() { self.note(entity, operation, &"already", state) } else { Ok(()) }
    }

    /// Writes all histories. `answered` seals the answer that is kept for the key.
    pub(super) fn finish(self, answered: Option<Hash>) -> Result<(), StoreError> {
        let Work { tx, act, entries } = self;
        entries.iter().try_for_each(|entry| append(tx, act, entry, answered.as_ref()))
    }

    /// A member.
    pub(super) fn member(&mut self, id: &str) -> Result<Member, Error> {
        let sql = concat!("SELECT ", columns::member!(), " FROM members WHERE id = ?1");
        let found = self.tx.first(sql, &[id.into()], Member::read)?;
        Ok(found.ok_or_else(|| Refusal::UnknownMember { member: id.to_owned() })?)
    }

    /// A charge. Rows are held in the order request, authorization, charge, so that no two commands wait for each other;
    /// what a charge is about never changes, so it can be read before its authorization is held.
    pub(super) fn charge(&mut self, id: &str) -> Result<Charge, Error> {
        let sql = concat!("SELECT ", columns::charge!(), " FROM charges WHERE id = ?1");
        let found = self.tx.first(sql, &[id.into()], Charge::read)?;
        Ok(found.ok_or_else(|| Refusal::UnknownCharge { charge: id.to_owned() })?)
    }

    /// Whether a charge was entered as one that needs an authorization. Only its history knows: attaching clears the issue.
    pub(super) fn needs(&mut self, charge: &str) -> Result<bool, StoreError> {
        let sql = "SELECT state FROM audit WHERE kind = ?1 AND entity = ?2 ORDER BY seq LIMIT 1";
        let entered = self.tx.first(sql, &[Kind::Charge.word().into(), charge.into()], |row| row.text())?;
        let entered = entered.and_then(|state| serde_json::from_str::<Entered>(&state).ok());
        Ok(entered.is_none_or(|entered| entered.auth_required))
    }

    /// An authorization, which nobody else changes until this is done.
    pub(super) fn authorization(&mut self, id: AuthorizationId) -> Result<Authorization, Error> {
        let sql = concat!("SELECT ", columns::authorization!(), " FROM authorizations WHERE id = ?1 FOR UPDATE");
        let found = self.tx.first(sql, &[id.0.into()], Authorization::read)?;
        Ok(found.ok_or(Refusal::UnknownAuthorization { authorization: id })?)
    }

    /// A request, which nobody else changes until this is done.
    pub(super) fn request(&mut self, id: RequestId) -> Result<Request, Error> {
        let sql = concat!("SELECT ", columns::request!(), " FROM requests WHERE id = ?1 FOR UPDATE");
        let found = self.tx.first(sql, &[id.0.into()], Request::read)?;
        Ok(found.ok_or(Refusal::UnknownRequest { request: id })?)
    }

    /// The attachments of an authorization that hold units, oldest first.
    pub(super) fn open_attachments(&mut self, id: AuthorizationId) -> Result<Vec<Attachment>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::attachment!(),
            " FROM attachments WHERE authorization_id = ?1 AND reverses IS NULL AND reversed = 0 ORDER BY id"
        );
        self.tx.all(sql, &[id.0.into()], Attachment::read)
    }

    /// The charges from which a request came.
    pub(super) fn originating(&mut self, id: RequestId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT charge FROM originating WHERE request_id = ?1 ORDER BY charge";
        self.tx.all(sql, &[id.0.into()], |row| row.text())
    }

    /// Refuses a number that the payer gave to another authorization. What renews or extends one may have the same.
    pub(super) fn number_is_free(
        &mut self,
        payer: &str,
        number: &str,
        whose: Option<AuthorizationId>,
    ) -> Result<(), Error> {
        let sql = "SELECT id FROM authorizations WHERE payer = ?1 AND number = ?2 ORDER BY id";
        let holders = self.tx.all(sql, &[payer.into(), number.into()], |row| Ok(AuthorizationId(row.int()?)))?;
        let first = match whose {
            Some(id) if !holders.is_empty() => Some(self.first_of(id)?),
            Some(_) | None => None,
        };
        for authorization in holders {
            if first != Some(self.first_of(authorization)?) {
                let (payer, number) = (payer.to_owned(), number.to_owned());
                return Err(Refusal::NumberTaken { payer, number, authorization }.into());
            }
        }
        Ok(())
    }

    /// The authorization that is renewed or extended by this one, in however many steps.
    fn first_of(&mut self, id: AuthorizationId) -> Result<AuthorizationId, StoreError> {
        let mut first = id;
        // each follows on an older one, so this ends
        while let Some(older) = self.tx.first(
            "SELECT renews FROM authorizations WHERE id = ?1 AND renews < id",
            &[first.0.into()],
            |row| row.int(),
        )? {
            first = AuthorizationId(older);
        }
        Ok(first)
    }

    /// Stores a document, once however often it is filed, and files it with something.
    pub(super) fn file(&mut self, document: &NewDocument, entity: &Entity) -> Result<(), Error> {
        document.check()?;
        let sha256 = document.hash();
        let stored = self.tx.execute(
            "INSERT INTO documents (sha256, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            &[(&sha256).into(), Field::Bytes(&document.bytes)],
        )?;
        if stored > 0 {
            let content = Content { sha256, length: document.bytes.len() };
            self.note(Entity::new(Kind::Document, sha256), "store", &Filed { name: &document.name, sha256 }, &content)?;
        }
        self.tx.execute(
            "INSERT INTO filings (kind, entity, name, sha256) VALUES (?1, ?2, ?3, ?4)",
            &[entity.kind.word().into(), entity.id.as_str().into(), document.name.as_str().into(), (&sha256).into()],
        )?;
        Ok(())
    }
}

/// What is read of a charge as it was entered.
#[derive(Deserialize)]
struct Entered {
    auth_required: bool,
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other { why: error.to_string() })
}
