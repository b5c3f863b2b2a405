//! What others than the policy know of an authorization, a charge and a request: each a field with a word and a type.

use crate::facts::Kind;

/// What a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The authorization that may serve.
    Authorization,
    /// The charge, or the service that is yet to be given.
    Charge,
    /// The request to the payer.
    Request,
}

/// One thing that is known of an authorization, a charge or a request, whatever the vocabulary calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The stored status of an authorization.
    Status,
    /// The first day of its period.
    FirstDay,
    /// The last day of its period, included.
    LastDay,
    /// The units approved.
    Approved,
    /// The units used up.
    Used,
    /// Whether it covers the charge's code: its list has it, or is empty.
    CoversCode,
    /// Whether the payer approved something else than was asked for.
    Modified,
    /// The day on which the service is given.
    DateOfService,
    /// The member, by the identifier on the payer's card.
    Member,
    /// The units of the charge.
    Units,
    /// The procedure code.
    Code,
    /// Who pays.
    Payer,
    /// Where the service is given.
    Place,
    /// What the service is for.
    Diagnosis,
    /// The line of business.
    LineOfBusiness,
    /// Whether the charge shows the issue that an authorization is missing.
    Issue,
    /// The day on which the request went out.
    SubmittedOn,
    /// What the payer answered.
    Outcome,
    /// Why the payer took no decision.
    Error,
    /// Whether a request that was rejected may be corrected.
    Correctable,
    /// Whether the payer wants to be called.
    CallPayer,
    /// How often the request was sent.
    Attempts,
    /// How fast the payer has to decide.
    Urgency,
    /// In what manner the request asks.
    Purpose,
    /// When the payer is to be asked how the request stands.
    FollowUpOn,
    /// The last day of an appeal, while nobody has appealed.
    AppealBy,
    /// Whether the payer's time to decide has run out.
    Overdue,
    /// Whether the organisation's own approval is given.
    ApprovedInternally,
    /// Whether a trading partner takes requests for the payer.
    Partner,
    /// Whether the request is made by telephone, fax or the payer's portal.
    ByHand,
}

/// The type that a field's fact must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// A date.
    Date,
    /// A decimal or whole number.
    Number,
    /// True or false.
    Truth,
    /// A text, or any word of a list.
    Word,
    /// A word of a list that has all of these.
    WordOf(&'static [&'static str]),
}

/// The stored status of an authorization.
pub const STATUSES: [&str; 5] = [ACTIVE, "PENDING", "DENIED", "CANCELLED", "NOT_REQUIRED"];
/// The status in which an authorization serves.
pub const ACTIVE: &str = "ACTIVE";
/// What a payer's answer comes to.
pub const OUTCOMES: [&str; 6] = ["APPROVED", "PENDED", "DENIED", "CANCELLED", "NOT_REQUIRED", "REJECTED"];
/// In what manner a request asks.
pub const PURPOSES: [&str; 5] = ["initial", "renewal", "extension", "correction", "appeal"];
/// How fast a payer has to decide.
pub const URGENCIES: [&str; 2] = ["expedited", "standard"];

impl Group {
    /// Every group, in the order in which the pages list them.
    pub const ALL: [Group; 3] = [Group::Authorization, Group::Charge, Group::Request];

    /// The key that it stands under.
    pub fn word(self) -> &'static str {
        match self {
            Group::Authorization => "authorization",
            Group::Charge => "charge",
            Group::Request => "request",
        }
    }
}

impl Field {
    /// Every field, group by group.
    pub const ALL: [Field; 30] = [
        Field::Status,
        Field::FirstDay,
        Field::LastDay,
        Field::Approved,
        Field::Used,
        Field::CoversCode,
        Field::Modified,
        Field::Member,
        Field::DateOfService,
        Field::Units,
        Field::Code,
        Field::Payer,
        Field::Place,
        Field::Diagnosis,
        Field::LineOfBusiness,
        Field::Issue,
        Field::SubmittedOn,
        Field::Outcome,
        Field::Error,
        Field::Correctable,
        Field::CallPayer,
        Field::Attempts,
        Field::Urgency,
        Field::Purpose,
        Field::FollowUpOn,
        Field::AppealBy,
        Field::Overdue,
        Field::ApprovedInternally,
        Field::Partner,
        Field::ByHand,
    ];

    /// Those without which nobody can tell whether an authorization serves a charge.
    pub const SERVING: [Field; 8] = [
        Field::Status,
        Field::FirstDay,
        Field::LastDay,
        Field::Approved,
        Field::Used,
        Field::CoversCode,
        Field::DateOfService,
        Field::Units,
    ];

    /// What it belongs to, its key there, and its type.
    fn row(self) -> (Group, &'static str, FieldType) {
        use FieldType::{Date, Number, Truth, Word, WordOf};
        use Group::{Authorization, Charge, Request};
        match self {
            Field::Status => (Authorization, "status", WordOf(&STATUSES)),
            Field::FirstDay => (Authorization, "first day", Date),
            Field::LastDay => (Authorization, "last day", Date),
            Field::Approved => (Authorization, "approved", Number),
            Field::Used => (Authorization, "used", Number),
            Field::CoversCode => (Authorization, "covers code", Truth),
            Field::Modified => (Authorization, "modified", Truth),
            Field::Member => (Charge, "member", Word),
            Field::DateOfService => (Charge, "date of service", Date),
            Field::Units => (Charge, "units", Number),
            Field::Code => (Charge, "code", Word),
            Field::Payer => (Charge, "payer", Word),
            Field::Place => (Charge, "place", Word),
            Field::Diagnosis => (Charge, "diagnosis", Word),
            Field::LineOfBusiness => (Charge, "line of business", Word),
            Field::Issue => (Charge, "issue", Truth),
            Field::SubmittedOn => (Request, "submitted on", Date),
            Field::Outcome => (Request, "outcome", WordOf(&OUTCOMES)),
            Field::Error => (Request, "error", Word),
            Field::Correctable => (Request, "correctable", Truth),
            Field::CallPayer => (Request, "call payer", Truth),
            Field::Attempts => (Request, "attempts", Number),
            Field::Urgency => (Request, "urgency", WordOf(&URGENCIES)),
            Field::Purpose => (Request, "purpose", WordOf(&PURPOSES)),
            Field::FollowUpOn => (Request, "follow up on", Date),
            Field::AppealBy => (Request, "appeal by", Date),
            Field::Overdue => (Request, "overdue", Truth),
            Field::ApprovedInternally => (Request, "approved internally", Truth),
            Field::Partner => (Request, "partner", Truth),
            Field::ByHand => (Request, "by hand", Truth),
        }
    }

    /// What it belongs to.
    pub fn group(self) -> Group {
        self.row().0
    }

    /// The key that binds it, under its group.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The type that its fact must have.
    pub fn kind(self) -> FieldType {
        self.row().2
    }
}

impl FieldType {
    /// Whether a fact of this kind can hold the field.
    pub fn fits(self, kind: &Kind) -> bool {
        match (self, kind) {
            (FieldType::Date, Kind::Date)
            | (FieldType::Truth, Kind::Boolean)
            | (FieldType::Word, Kind::Text | Kind::OneOf(_)) => true,
            (FieldType::Number, Kind::Integer(bounds)) => bounds.to.is_none(),
            (FieldType::Number, Kind::Decimal(bounds)) => bounds.to.is_none(),
            (FieldType::WordOf(words), Kind::OneOf(known)) => {
                words.iter().all(|word| known.iter().any(|other| other == word))
            }
            _ => false,
        }
    }

    /// What would fit: the end of the sentence "bind it to …".
    pub fn expected(self) -> String {
        match self {
            FieldType::Date => "a fact of `type: date`".to_owned(),
            FieldType::Number => "a fact of `type: integer` or `type: decimal` without `to:`".to_owned(),
            FieldType::Truth => "a fact of `type: boolean`".to_owned(),
            FieldType::Word => "a fact of `type: text`, or one with `one of:`".to_owned(),
            FieldType::WordOf(words) => format!("a fact whose `one of:` has the words {}", words.join(", ")),
        }
    }
}
