//! Codes in words, for people.

use super::code::Certification;
use super::date::DateKind;
use super::verdict::{Outcome, Resubmission};

/// What an outcome is called.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Approved => "approved",
        Outcome::Modified => "approved with changes",
        Outcome::Denied => "denied",
        Outcome::Pended => "pended",
        Outcome::CallPayer => "pended: the payer wants to be called",
        Outcome::Cancelled => "cancelled",
        Outcome::NotRequired => "no authorization is needed",
        Outcome::Rejected(Resubmission::Corrected) => "rejected: correct it and send it again",
        Outcome::Rejected(Resubmission::Unchanged) => "rejected: send it again as it is",
        Outcome::Rejected(Resubmission::Wait) => "rejected: wait for the payer",
        Outcome::Rejected(Resubmission::Never) => "rejected: do not send it again",
        Outcome::Unclear => "unclear: a person has to look",
    }
}

/// In what manner something is asked for.
pub fn certification_word(certification: Certification) -> &'static str {
    match certification {
        Certification::Initial => "first request",
        Certification::Renewal => "renewal",
        Certification::Revised => "revision",
        Certification::Reconsideration => "reconsideration",
        Certification::ImmediateAppeal => "immediate appeal",
        Certification::Appeal => "appeal",
        Certification::Cancel => "cancellation",
        Certification::Extension => "extension",
        Certification::Notification => "notification",
    }
}

/// What a date is the date of.
pub fn date_word(kind: &DateKind) -> &str {
    match kind {
        DateKind::Accident => "accident",
        DateKind::LastMenstruation => "last menstruation",
        DateKind::ExpectedBirth => "birth expected",
        DateKind::Onset => "onset",
        DateKind::Event => "event",
        DateKind::Admission => "admission",
        DateKind::Discharge => "discharge",
        DateKind::Service => "service",
        DateKind::Issued => "issued",
        DateKind::Expires => "expires",
        DateKind::Effective => "effective",
        DateKind::Other(code) => code,
    }
}

/// What a level of the hierarchy is called.
pub fn level_word(code: &str) -> &str {
    match code {
        "20" => "payer",
        "21" => "requester",
        "22" => "subscriber",
        "23" => "dependent",
        "EV" => "event",
        "SS" => "service",
        other => other,
    }
}

/// What a unit is called; other codes are shown as they are.
pub fn unit_word(code: &str) -> &str {
    match code {
        "DY" | "DA" => "days",
        "FL" => "units",
        "HS" => "hours",
        "MN" => "months",
        "VS" => "visits",
        "UN" => "units",
        "MJ" => "minutes",
        other => other,
    }
}

/// Why a request was rejected (AAA03), as far as the code is known.
pub fn rejection_word(code: &str) -> Option<&'static str> {
    Some(match code {
        "04" => "more is asked for than may be",
        "15" => "required data is missing",
        "33" => "the data is wrong",
        "35" => "out of network",
        "41" => "access is restricted",
        "42" => "unable to answer now",
        "43" => "the provider's number is missing or wrong",
        "44" => "the provider's name is missing or wrong",
        "45" => "the provider's specialty is missing or wrong",
        "46" => "the provider's telephone number is missing or wrong",
        "47" => "the provider's state is missing or wrong",
        "49" => "the provider is not the primary care physician",
        "50" => "the provider may not ask",
        "51" => "the provider is unknown",
        "52" => "the dates lie outside the provider's enrolment",
        "56" => "the date does not fit",
        "57" => "the date of service is missing or wrong",
        "58" => "the date of birth is missing or wrong",
        "60" => "the date of birth lies after the service",
        "61" => "the date of death lies before the service",
        "62" => "the date of service lies outside of what may be asked for",
        "63" => "the date of service lies in the future",
        "64" => "the patient's number is missing or wrong",
        "65" => "the patient's name is missing or wrong",
        "66" => "the patient's gender is missing or wrong",
        "67" => "the patient is unknown",
        "68" => "the patient's number is not unique",
        "71" => "the patient's date of birth does not match",
        "72" => "the subscriber's number is missing or wrong",
        "73" => "the subscriber's name is missing or wrong",
        "74" => "the subscriber's gender is missing or wrong",
        "75" => "the subscriber is unknown",
        "76" => "the subscriber's number is not unique",
        "77" => "the subscriber is known, the patient is not",
        "78" => "the subscriber is not in this group or plan",
        "79" => "a participant's number is wrong",
        "80" => "no answer came",
        "84" => "no certification is needed for this service",
        "88" => "the service is not covered",
        "91" => "the request has come before",
        "95" => "the patient is not eligible",
        "97" => "the provider's address is missing or wrong",
        "AA" => "the authorization's number is unknown",
        "AE" => "the primary care physician must authorize",
        "AF" => "a diagnosis is missing or wrong",
        "AG" => "a procedure is missing or wrong",
        "AH" => "the date of onset is missing or wrong",
        "AI" => "the date of the accident is missing or wrong",
        "AJ" => "the date of the last menstruation is missing or wrong",
        "AK" => "the expected date of birth is missing or wrong",
        "AL" => "the date of surgery is missing or wrong",
        "AM" => "the date of admission is missing or wrong",
        "AN" => "the date of discharge is missing or wrong",
        "T1" => "the provider cannot be found as a participant",
        "T4" => "the payer's name or number is missing",
        "T5" => "information on the certification is missing",
        _ => return None,
    })
}
