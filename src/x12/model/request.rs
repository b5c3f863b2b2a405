//! A request for review as plain data.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::code::{Category, Certification};
use super::date::Dated;
use super::party::Party;
use super::review::{Quantity, Trace};

/// A request: who asks whom, for whom, and what.
///
/// Holds what requests are written from. Of a request that was read, what has no place here (such as the certifications of
/// ambulances) is left out; the message itself keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The sender's own number of the request, which the response repeats (BHT03).
    pub reference: String,
    /// When it was made, in the sender's local time (BHT04, BHT05); hundredths of a second at most.
    pub at: NaiveDateTime,
    /// Whether services are reserved by it (BHT06).
    pub reservation: bool,
    /// Who reviews (2010A).
    pub payer: Party,
    /// Who asks (2010B).
    pub requester: Party,
    /// Who is insured (2010C).
    pub subscriber: Party,
    /// The patient, if that is not the subscriber (2010D).
    pub dependent: Option<Party>,
    /// What it is about (2000E).
    pub event: Event,
    /// The services, if they are named one by one (2000F).
    pub lines: Vec<Line>,
}

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The numbers by which the response is recognised (TRN).
    pub traces: Vec<Trace>,
    /// What is asked for.
    pub category: Category,
    /// In what manner.
    pub certification: Certification,
    /// The type of service (UM03).
    pub service_type: Option<String>,
    /// Where it takes place.
    pub place: Option<Place>,
    /// How soon it is needed: `03` urgent, `U`, `E` (UM06).
    pub level_of_service: Option<String>,
    /// Whether information may be released: `Y` (UM09).
    pub release: Option<String>,
    /// Why it comes late (UM10).
    pub delay: Option<String>,
    /// The number of an earlier authorization (REF BB).
    pub authorization: Option<String>,
    /// The payer's number of an earlier review (REF NT).
    pub review: Option<String>,
    /// Its dates.
    pub dates: Vec<Dated>,
    /// The diagnoses, the principal one first; at most twelve.
    pub diagnoses: Vec<Diagnosis>,
    /// How much is asked for.
    pub delivery: Option<Delivery>,
    /// What comes with it or follows.
    pub attachments: Vec<Attachment>,
    /// A note.
    pub message: Option<String>,
    /// Who takes part (2010EA).
    pub providers: Vec<Party>,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The numbers by which its answer is recognised (TRN).
    pub traces: Vec<Trace>,
    /// What is asked for, if not the same as for the event (UM01, UM02, UM03).
    pub review: Option<(Category, Certification, Option<String>)>,
    /// Its dates.
    pub dates: Vec<Dated>,
    /// What it is.
    pub service: Option<Service>,
    /// How much of it, where a quantity of the service itself does not say.
    pub delivery: Option<Delivery>,
    /// What comes with it or follows.
    pub attachments: Vec<Attachment>,
    /// A note.
    pub message: Option<String>,
    /// Who renders it (2010F).
    pub providers: Vec<Party>,
}

/// Where something takes place (UM04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The code, such as `11`.
    pub code: String,
    /// What it is a code of: `B` place of service, `A` type of bill.
    pub of: String,
}

/// A diagnosis (HI).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What it is a code of: `ABK` the principal one, `ABF` others.
    pub kind: String,
    /// The code, without a point.
    pub code: String,
}

/// How much is to be delivered, and how often (HSD).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivery {
    /// How much.
    pub quantity: Option<Quantity>,
    /// Per what: `DA` day, `WK` week, `MO` month.
    pub per: Option<String>,
    /// Every how many of them.
    pub every: Option<Decimal>,
    /// The unit of the whole time, such as `34` months.
    pub period: Option<String>,
    /// How many of those.
    pub periods: Option<u32>,
}

/// A document that belongs to a request (PWK).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is, such as `M1`.
    pub kind: String,
    /// How it comes, such as `EL` electronically, `FX` by fax.
    pub by: String,
    /// The number by which it is recognised.
    pub control: Option<String>,
    /// What it is, in words.
    pub description: Option<String>,
}

/// A service as the claim will name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// SV1.
    Professional {
        /// What is done.
        procedure: Procedure,
        /// How much of it.
        units: Option<Quantity>,
    },
    /// SV2.
    Institutional {
        /// The revenue code.
        revenue: Option<String>,
        /// What is done.
        procedure: Option<Procedure>,
        /// How much of it.
        units: Option<Quantity>,
    },
    /// SV3.
    Dental {
        /// What is done.
        procedure: Procedure,
        /// How often.
        units: Option<Decimal>,
    },
}

/// The code of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// What it is a code of: `HC` for CPT and HCPCS.
    pub kind: String,
    /// The code.
    pub code: String,
    /// Up to four modifiers.
    pub modifiers: Vec<String>,
}

impl Delivery {
    /// Whether it says how often or for how long, so that its quantity is not all there is.
    pub fn is_rate(&self) -> bool {
        let Delivery { quantity: _, per, every, period, periods } = self;
        per.is_some() || every.is_some() || period.is_some() || periods.is_some()
    }
}

impl Service {
    /// What is done, if it has a code.
    pub fn procedure(&self) -> Option<&Procedure> {
        match self {
            Service::Professional { procedure, .. } | Service::Dental { procedure, .. } => Some(procedure),
            Service::Institutional { procedure, .. } => procedure.as_ref(),
        }
    }

    /// How much of it.
    pub fn units(&self) -> Option<Quantity> {
        match self {
            Service::Professional { units, .. } | Service::Institutional { units, .. } => units.clone(),
            Service::Dental { units, .. } => units.map(|amount| Quantity { amount, unit: "UN".to_owned() }),
        }
    }
}
