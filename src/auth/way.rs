//! How something goes out to a payer.

/// How a request or an appeal goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a message, as far as the partner takes such messages.
    AsThePartnerTakesIt,
    /// By telephone, letter, fax or the payer's portal: that it went out is only noted.
    ByHand,
}
