//! Messages and documents.

use super::super::{Hash, Ledger, Message, MessageId, RequestId, StoreError, Transmission, TransmissionId, columns};

impl Ledger {
    /// A message that was received.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn message(&mut self, id: MessageId) -> Result<Option<Message>, StoreError> {
        let sql = concat!("SELECT ", columns::message!(), " FROM inbox WHERE id = ?1");
        self.read(|tx| tx.first(sql, &[id.0.into()], Message::read))
    }

    /// The message of a content that was received.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn message_of(&mut self, sha256: &Hash) -> Result<Option<Message>, StoreError> {
        let sql = concat!("SELECT ", columns::message!(), " FROM inbox WHERE sha256 = ?1");
        self.read(|tx| tx.first(sql, &[sha256.into()], Message::read))
    }

    /// The bytes of a received message.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn message_bytes(&mut self, id: MessageId) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            tx.first("SELECT bytes FROM inbox WHERE id = ?1", &[id.0.into()], |row| Ok(row.bytes()?.to_vec()))
        })
    }

    /// The messages that are written down and not yet put where their partner takes them, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn waiting(&mut self) -> Result<Vec<Transmission>, StoreError> {
        let sql = concat!("SELECT ", columns::transmission!(), " FROM outbox WHERE written_at IS NULL ORDER BY id");
        self.read(|tx| tx.all(sql, &[], Transmission::read))
    }

    /// The messages that held a request, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn transmissions(&mut self, request: RequestId) -> Result<Vec<Transmission>, StoreError> {
        let sql = concat!("SELECT ", columns::transmission!(), " FROM outbox WHERE request_id = ?1 ORDER BY id");
        self.read(|tx| tx.all(sql, &[request.0.into()], Transmission::read))
    }

    /// The bytes of a message to a partner.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn transmission_bytes(&mut self, id: TransmissionId) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|tx| {
            tx.first("SELECT bytes FROM outbox WHERE id = ?1", &[id.0.into()], |row| Ok(row.bytes()?.to_vec()))
        })
    }

    /// The bytes of a document.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn document(&mut self, sha256: &Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM documents WHERE sha256 = ?1";
        self.read(|tx| tx.first(sql, &[sha256.into()], |row| Ok(row.bytes()?.to_vec())))
    }
}
