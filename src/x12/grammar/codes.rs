//! Lists of codes.

/// Yes and no.
pub(super) const YES_NO: &[&str] = &["Y", "N"];

/// Who reviews. Payers that review themselves send `PR`.
pub(super) const REVIEWER: &[&str] = &["X3", "PR"];
/// Who asks: a provider or a facility.
pub(super) const REQUESTER: &[&str] = &["1P", "FA"];
/// Who takes part in an event or service.
pub(super) const PROVIDER: &[&str] =
    &["SJ", "FA", "DK", "DN", "71", "72", "73", "77", "AAJ", "DD", "G3", "P3", "QB", "QV", "1T"];
/// Where somebody is taken from and to.
pub(super) const TRANSPORT: &[&str] = &["45", "FS", "ND", "PW", "R3"];
/// Whom to send further information to.
pub(super) const CONTACT: &[&str] = &["L5"];
/// Who else may have reviewed the same: entities that insure or review.
pub(super) const OTHER_REVIEWER: &[&str] = &["2B", "36", "CA", "GG", "IN", "P5", "PR", "TTP", "X3"];

/// How a reviewer is identified.
pub(super) const REVIEWER_ID: &[&str] = &["24", "34", "46", "PI", "XV", "XX"];
/// How a provider is identified.
pub(super) const PROVIDER_ID: &[&str] = &["24", "34", "46", "XX"];
/// How a member is identified.
pub(super) const MEMBER_ID: &[&str] = &["MI", "II", "ZZ"];

/// What is asked for (UM01).
pub(super) const CATEGORY: &[&str] = &["AR", "HS", "SC", "IN"];
/// In what manner (UM02).
pub(super) const CERTIFICATION: &[&str] = &["I", "R", "S", "1", "2", "3", "4", "5", "N"];
/// How soon (UM06).
pub(super) const LEVEL_OF_SERVICE: &[&str] = &["03", "E", "U"];
/// What an event is due to (UM05).
pub(super) const CAUSE: &[&str] = &["AA", "AB", "AP", "EM", "OA"];
/// Whether information may be released (UM09).
pub(super) const RELEASE: &[&str] = &["A", "I", "M", "N", "O", "Y"];

/// What was decided (HCR01).
pub(super) const ACTION: &[&str] = &["A1", "A2", "A3", "A4", "A6", "C", "CT", "NA"];
/// Why a request could not be taken (AAA03).
pub(super) const REJECTION: &[&str] = &[
    "04", "15", "33", "35", "41", "42", "43", "44", "45", "46", "47", "49", "50", "51", "52", "53", "54", "55", "56",
    "57", "58", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72", "73", "74", "75", "76",
    "77", "78", "79", "80", "82", "83", "84", "86", "87", "88", "89", "90", "91", "92", "95", "96", "97", "98", "AA",
    "AC", "AE", "AF", "AG", "AH", "AI", "AJ", "AK", "AL", "AM", "AN", "AO", "T1", "T4", "T5",
];
/// What to do then (AAA04).
pub(super) const FOLLOW_UP: &[&str] = &["C", "N", "P", "R", "S", "W", "X", "Y"];

/// What a diagnosis or other code is one of (HI).
pub(super) const DIAGNOSIS: &[&str] =
    &["ABK", "ABF", "ABJ", "BK", "BF", "BJ", "APR", "PR", "ABN", "BN", "DR", "LOI", "TQ"];
/// What is counted (HSD01).
pub(super) const QUANTITY: &[&str] = &["DY", "FL", "HS", "MN", "VS"];
/// What it is counted by (HSD03).
pub(super) const BASIS: &[&str] = &["DA", "MO", "WK"];
/// What the code of a service is one of.
pub(super) const SERVICE: &[&str] = &["HC", "HP", "IV", "N4", "WK", "ZZ", "ER", "ID", "AD", "CJ"];
/// What the code of a dental service is one of.
pub(super) const DENTAL: &[&str] = &["AD", "JP"];
/// In what services are counted.
pub(super) const UNIT: &[&str] = &["UN", "MJ", "DA", "F2"];
/// How a report comes (PWK02).
pub(super) const TRANSMISSION: &[&str] = &["AA", "BM", "EL", "EM", "FT", "FX", "VO"];
/// How somebody is reached (PER).
pub(super) const CHANNEL: &[&str] = &["EM", "EX", "FX", "TE", "UR"];
/// What a provider does (PRV01).
pub(super) const PROVIDER_ROLE: &[&str] = &[
    "AD", "AS", "AT", "BI", "CO", "CV", "H", "HH", "LA", "OP", "OR", "OT", "P1", "P2", "PC", "PE", "PT", "PU", "R",
    "RF", "RP", "SB", "SK", "SU",
];
