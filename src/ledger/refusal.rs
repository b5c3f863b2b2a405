//! Why a command is refused. The words are for machines and never change.

use chrono::NaiveDate;

use super::{AttachmentId, AuthorizationId, MessageId, RequestId, RequestState, Status, TransmissionId, Units};

macro_rules! refusals {
    ($($(#[$doc:meta])+ $variant:ident $({ $($field:ident: $type:ty),+ })? = $word:literal, $message:literal;
        $help:literal)+) => {
        /// A refusal: which one, with what it speaks of.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[allow(missing_docs, reason = "the fields stand in the messages")]
        pub enum Refusal {
            $($(#[$doc])+ #[error($message)] $variant $({ $($field: $type),+ })?,)+
        }

        impl Refusal {
            /// The words of all refusals.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word for it.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Refusal::$variant { .. } => $word,)+
                }
            }

            /// The cure.
            pub fn help(&self) -> String {
                match self {
                    $(Refusal::$variant { .. } => $help,)+
                }
                .to_owned()
            }
        }
    };
}

refusals! {
    /// A text is blank, too long or has signs that can't be shown.
    BadText { what: &'static str, text: String } = "bad_text", "the {what} `{text}` is blank, longer than 200 bytes, or has control characters";
        "give a short text of one line"
    /// A procedure code has other signs than codes have.
    BadCode { code: String } = "bad_code", "`{code}` is not a procedure code";
        "write up to 48 letters, digits, `-`, `.` or `:`"
    /// An authorization lists more codes than a ledger holds.
    TooManyCodes { codes: usize } = "too_many_codes", "{codes} codes are more than 1000";
        "leave the list empty if every code is covered, or enter several authorizations"
    /// A day lies outside the years that a ledger holds.
    BadDay { day: NaiveDate } = "bad_day", "the day `{day}` lies outside 1900 to 2199";
        "give a day of the years 1900 to 2199"
    /// A period ends before it begins.
    PeriodBackwards { first: NaiveDate, last: NaiveDate } = "period_backwards", "the period from `{first}` to `{last}` ends before it begins";
        "give the first day first; both days are included"
    /// A charge or request of no units.
    NoUnits = "no_units", "there are no units";
        "give more than 0"
    /// A document is larger than a ledger holds.
    DocumentTooLarge { name: String } = "document_too_large", "the document `{name}` is larger than 16 MiB";
        "store a smaller copy of it"
    /// A message is larger than a ledger holds.
    MessageTooLarge { name: String } = "message_too_large", "the message `{name}` is larger than 16 MiB";
        "see that it is a message; if so, have its sender split it into several files"
    /// No member has this id.
    UnknownMember { member: String } = "unknown_member", "there is no member `{member}`";
        "check the id, or add the member first"
    /// No charge has this id.
    UnknownCharge { charge: String } = "unknown_charge", "there is no charge `{charge}`";
        "check the id, or add the charge first"
    /// No authorization has this id.
    UnknownAuthorization { authorization: AuthorizationId } = "unknown_authorization", "there is no authorization {authorization}";
        "list the member's authorizations to see their ids"
    /// No request has this id.
    UnknownRequest { request: RequestId } = "unknown_request", "there is no request {request}";
        "show the authorization to see its requests"
    /// No attachment has this id.
    UnknownAttachment { attachment: AttachmentId } = "unknown_attachment", "there is no attachment {attachment}";
        "show the charge or the authorization to see its attachments"
    /// No message to a partner has this id.
    UnknownTransmission { transmission: TransmissionId } = "unknown_transmission", "there is no message {transmission} to a partner";
        "submit the request first"
    /// A member of this id is there already.
    MemberExists { member: String } = "member_exists", "there is a member `{member}` already";
        "use another id, or go on with the member that is there"
    /// A charge of this id is there already.
    ChargeExists { charge: String } = "charge_exists", "there is a charge `{charge}` already";
        "use another id, or go on with the charge that is there"
    /// The payer gave this number to another authorization.
    NumberTaken { payer: String, number: String, authorization: AuthorizationId } = "number_taken", "the number `{number}` of `{payer}` belongs to authorization {authorization}";
        "check the number, or amend the authorization that has it"
    /// Another request to the partner has this trace or reference.
    TraceTaken { trace: String } = "trace_taken", "another request has the trace or reference `{trace}`";
        "give another, or none: the ledger makes one up"
    /// The key was used for another command.
    KeyReused { key: String } = "key_reused", "the key `{key}` was used for another command";
        "use a new key for each command, and the same one only to repeat it"
    /// The charge is attached already.
    AlreadyAttached { charge: String, authorization: AuthorizationId } = "already_attached", "the charge `{charge}` is attached to authorization {authorization} already";
        "reverse that attachment first if it is wrong"
    /// The authorization is another member's.
    OtherMember { charge: String, authorization: AuthorizationId } = "other_member", "the charge `{charge}` and authorization {authorization} belong to different members";
        "choose an authorization of the charge's member"
    /// The authorization is another payer's.
    OtherPayer { charge: String, authorization: AuthorizationId } = "other_payer", "the charge `{charge}` and authorization {authorization} belong to different payers";
        "choose an authorization of the charge's payer"
    /// The authorization's stored status is not ACTIVE.
    NotActive { authorization: AuthorizationId, status: Status } = "not_active", "authorization {authorization} is {status}, not ACTIVE";
        "choose an active one, or wait for the payer's determination"
    /// The date of service lies before the period.
    BeforeFirstDay { day: NaiveDate, first: NaiveDate } = "before_first_day", "the date of service `{day}` lies before the first day `{first}`";
        "choose an authorization of that day, or ask the payer to let it begin earlier"
    /// The date of service lies after the period.
    AfterLastDay { day: NaiveDate, last: NaiveDate } = "after_last_day", "the date of service `{day}` lies after the last day `{last}`";
        "choose an authorization of that day, or request a new one"
    /// The procedure code is not on the list.
    CodeNotCovered { code: String, authorization: AuthorizationId } = "code_not_covered", "authorization {authorization} does not cover the code `{code}`";
        "choose one that covers it, or ask the payer to add it"
    /// More is used than approved.
    OverUsed { authorization: AuthorizationId, used: Units, approved: Units } = "over_used", "authorization {authorization} is over-used: {used} of {approved} units";
        "reverse a charge, or ask the payer for an amendment"
    /// Too few units are left.
    NotEnoughUnits { authorization: AuthorizationId, left: Units, units: Units } = "not_enough_units", "authorization {authorization} has {left} units left, and the charge has {units}";
        "choose another, reverse a charge, or ask the payer for more"
    /// The attachment was reversed before.
    AlreadyReversed { attachment: AttachmentId } = "already_reversed", "attachment {attachment} is reversed already";
        "attach the charge again if that was wrong"
    /// The charge still needs an authorization.
    IssueOpen { charge: String } = "issue_open", "the charge `{charge}` still needs an authorization";
        "attach one first"
    /// Nothing would change.
    NothingToChange = "nothing_to_change", "nothing would change";
        "say what is to be changed"
    /// The authorization's status does not allow it.
    WrongStatus { authorization: AuthorizationId, status: Status } = "wrong_status", "authorization {authorization} is {status}, which doesn't allow this";
        "show the authorization to see where it stands"
    /// The request's state does not allow it.
    WrongState { request: RequestId, state: RequestState } = "wrong_state", "request {request} is {state}, which doesn't allow this";
        "show the request to see where it stands"
    /// It has gone out, and the policy does not have it sent again by now.
    AlreadySent { request: RequestId } = "already_sent", "request {request} has gone out already";
        "wait for the payer's answer; `submit --retries` sends what is due again, `submit --waiting` puts a message into the outbox that is not there yet, and `submit REQUEST --again` sends the request twice on purpose"
    /// It goes out by a message and is noted as sent by hand, or the other way round.
    WrongWay { request: RequestId } = "wrong_way", "request {request} goes out in another way: by a message if it has a partner, else by hand";
        "submit what has a partner, and note of the rest that it went out by hand"
    /// The payer's period for appeals is over.
    AppealTooLate { request: RequestId, by: NaiveDate } = "appeal_too_late", "request {request} could be appealed until `{by}`";
        "rebuild the request with corrected information"
    /// The payer does not take it corrected.
    NotCorrectable { request: RequestId } = "not_correctable", "request {request} was rejected, and the payer doesn't take it corrected";
        "make it anew with what the payer's reasons ask for, or call the payer"
    /// A later request has taken its place.
    NotNewest { request: RequestId, newest: RequestId } = "not_newest", "request {newest} has taken the place of request {request}";
        "go on with the newer one"
    /// Another that corrects it is written down, and not sent yet.
    BeingPrepared { request: RequestId, draft: RequestId } = "being_prepared", "request {draft}, which corrects request {request}, is being prepared";
        "submit it, correct it with `request --corrects`, or take it back with `withdraw`"
    /// A request that follows on an authorization is for another member or payer.
    OtherParty { authorization: AuthorizationId } = "other_party", "authorization {authorization} belongs to another member or payer";
        "leave member and payer out: they are those of the authorization"
    /// The same is asked for, and not answered yet.
    AlreadyAsked { renews: AuthorizationId, authorization: AuthorizationId } = "already_asked", "authorization {authorization} asks for this period after authorization {renews} already";
        "go on with its request, correct it, or ask for another period"
    /// Another request rests on the same approval.
    ApprovalUsed { approval: String, request: RequestId } = "approval_used", "request {request} rests on the approval `{approval}` already, which serves once";
        "correct or appeal that request, take it back with `withdraw` if it was not sent, or have this one approved by itself"
    /// An open request asks for the charge.
    ChargeAsked { charge: String, request: RequestId, state: RequestState } = "already_asked", "request {request}, which is {state}, asks for the charge `{charge}` already";
        "go on with that request, correct it with `request --corrects`, take it back with `withdraw` if it was not sent, or ask all the same with `--although-asked`"
    /// The partner has had every control number.
    NoControlNumber { partner: String } = "no_control_number", "all 999999999 control numbers of `{partner}` are used up";
        "agree on a new identifier with the partner"
    /// The message can't be written.
    Unwritable { why: String } = "unwritable", "the request can't be written: {why}";
        "mend what is named, then repeat the call"
    /// The message was received and is faulty, so it holds no answers.
    FaultyMessage { message: MessageId } = "faulty_message", "a faulty message holds no answers that can be applied";
        "give either its fault or its answers"
}
