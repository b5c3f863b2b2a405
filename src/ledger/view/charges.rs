//! Members, charges and their attachments.

use super::super::store::Reader;
use super::super::{Attachment, AuthorizationId, Charge, Ledger, Member, StoreError, columns};

impl Ledger {
    /// A member.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn member(&mut self, id: &str) -> Result<Option<Member>, StoreError> {
        let sql = concat!("SELECT ", columns::member!(), " FROM members WHERE id = ?1");
        self.read(|tx| tx.first(sql, &[id.into()], Member::read))
    }

    /// A charge.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn charge(&mut self, id: &str) -> Result<Option<Charge>, StoreError> {
        let sql = concat!("SELECT ", columns::charge!(), " FROM charges WHERE id = ?1");
        self.read(|tx| tx.first(sql, &[id.into()], Charge::read))
    }

    /// The charges of a member, by date of service.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn charges(&mut self, member: &str) -> Result<Vec<Charge>, StoreError> {
        let sql = concat!("SELECT ", columns::charge!(), " FROM charges WHERE member = ?1 ORDER BY day, id");
        self.read(|tx| tx.all(sql, &[member.into()], Charge::read))
    }

    /// All attachments to an authorization and what took them back, oldest first: how its units were used over time.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn attachments(&mut self, authorization: AuthorizationId) -> Result<Vec<Attachment>, StoreError> {
        let sql =
            concat!("SELECT ", columns::attachment!(), " FROM attachments WHERE authorization_id = ?1 ORDER BY id");
        self.read(|tx| tx.all(sql, &[authorization.0.into()], Attachment::read))
    }

    /// The attachment by which a charge holds units now.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn attachment_of(&mut self, charge: &str) -> Result<Option<Attachment>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::attachment!(),
            " FROM attachments WHERE charge = ?1 AND reverses IS NULL AND reversed = 0"
        );
        self.read(|tx| tx.first(sql, &[charge.into()], Attachment::read))
    }

    /// All charges, in the order of their ids.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn each_charge(&mut self, mut each: impl FnMut(Charge)) -> Result<(), StoreError> {
        let sql = concat!("SELECT ", columns::charge!(), " FROM charges ORDER BY id");
        self.read(|tx| {
            tx.visit(sql, &[], &mut |row| {
                each(Charge::read(&mut Reader::new(row))?);
                Ok(())
            })
        })
    }
}
