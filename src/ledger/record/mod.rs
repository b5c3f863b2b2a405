//! What a ledger holds, as it is read from rows and written down in histories.

pub(super) mod attachment;
pub(super) mod authorization;
pub(super) mod change;
pub(super) mod charge;
pub(super) mod determination;
pub(super) mod document;
pub(super) mod member;
pub(super) mod message;
pub(super) mod request;
pub(super) mod transmission;
