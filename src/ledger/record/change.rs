//! What a payer grants, against what was asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::{Authorization, Codes, Request, Units};

/// What was granted, and what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What was granted.
    pub granted: Terms,
    /// What was asked for.
    pub asked: Terms,
}

/// Units, days and codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How many units.
    pub units: Units,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// The codes, in order; empty if every code is covered.
    pub codes: Vec<String>,
}

impl Change {
    pub(in crate::ledger) fn of(granted: &Authorization, asked: &Request) -> Change {
        Change {
            granted: Terms::new(granted.approved, (granted.first_day, granted.last_day), &granted.codes),
            asked: Terms::new(asked.units, (asked.first_day, asked.last_day), &asked.codes),
        }
    }
}

impl Terms {
    fn new(units: Units, (first_day, last_day): (NaiveDate, NaiveDate), codes: &Codes) -> Terms {
        Terms { units, first_day, last_day, codes: codes.iter().map(str::to_owned).collect() }
    }
}
