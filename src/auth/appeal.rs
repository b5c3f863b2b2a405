//! Appealing a denial: by a message where the partner takes them, else by letter or telephone.

use crate::ledger::{
    Answer, Appeal, AppealMessage, Appealed, Ledger, NewDocument, Outcome, Purpose, Refusal, RequestId, RequestState,
};
use crate::policy::{Command, Partner};

use super::{AuthError, Desk, Particulars, Way};

/// An appeal that is to be made.
#[derive(Debug, Clone)]
pub struct NewAppeal {
    /// The request that was denied.
    pub request: RequestId,
    /// How it goes out.
    pub way: Way,
    /// Whether the payer has to look at it at once.
    pub immediate: bool,
    /// The payer's number of what was denied, where its answer gave none.
    pub number: Option<String>,
    /// What the message tells the payer in words.
    pub note: Option<String>,
    /// The letter.
    pub document: Option<NewDocument>,
}

impl Desk<'_> {
    /// Notes that a denial is appealed, and writes the message down by which it is, if it goes out by one. That is put into
    /// a file afterwards: see [`Desk::outgoing`].
    ///
    /// # Errors
    /// A scope that is lacking, a request that was not denied, a period that is over, a payer's number that is not known,
    /// what is missing by the policy, a text that cannot be sent, or what the ledger refuses.
    pub fn appeal(&self, ledger: &mut Ledger, new: NewAppeal) -> Result<Answer<Appealed>, AuthError> {
        self.permit(Command::Appeal)?;
        let NewAppeal { request: id, way, immediate, number, note, document } = new;
        let denied = self.request(ledger, id)?;
        if (denied.state, denied.outcome) != (RequestState::Answered, Some(Outcome::Denied))
            && !self.is_repeated(ledger)?
        {
            return Err(Refusal::WrongState { request: id, state: denied.state }.into());
        }
        let authorization = self.authorization(ledger, denied.authorization)?;
        // the partner knows nothing of a request that went out by hand
        let taken = denied.partner.is_some() && self.partner_of(&authorization.payer).is_ok_and(Partner::takes_appeals);
        let appeal = Appeal { request: id, on: self.today(), document, message: None };
        if way == Way::ByHand || !taken {
            if immediate || number.is_some() || note.is_some() {
                return Err(AuthError::Call {
                    message: "no message goes out by which the appeal could say this".to_owned(),
                    help: "say in the letter what `--immediate`, `--number` and `--note` say, and leave them out; or have \
                           the partner take `appeals by message`"
                        .to_owned(),
                });
            }
            return Ok(ledger.run(self.act(), &appeal)?);
        }
        self.permit_as("appeal", Command::Submit)?;
        let said = Particulars { expedited: immediate, note, number, ..Particulars::default() };
        let particulars = said.over(Particulars::of(ledger, id)?);
        let reference = self.decided(ledger, &authorization, id, &particulars)?;
        let purpose = if immediate { Purpose::ImmediateAppeal } else { Purpose::Appeal };
        let due = self.due_if_sent(ledger, &denied, &authorization, purpose, &particulars)?;
        let member = self.member(ledger, &authorization.member)?;
        let partner = self.partner_of(&authorization.payer)?;
        let letter = self.letter(partner, &member, &particulars, &reference);
        let write = |request: &crate::ledger::Request, control: u32| letter.outgoing(request, control);
        let message = AppealMessage { immediate, documents: vec![particulars.document()?], due, write: &write };
        Ok(ledger.run(self.act(), &Appeal { message: Some(message), ..appeal })?)
    }
}
