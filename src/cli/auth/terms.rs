//! What is authorized or asked for: the options that commands have in common.

use chrono::NaiveDate;

use crate::ledger::Units;

use super::enter::{date, units};

/// Codes, units and dates; what is not said stays as it is, or is taken from what the command speaks of.
#[derive(Debug, clap::Args)]
pub(super) struct Terms {
    /// A procedure code; may be given several times, and all are to be given. `request` takes CODE=UNITS as well
    #[arg(long = "code", value_name = "CODE")]
    pub codes: Vec<String>,
    /// How many units
    #[arg(long, value_name = "UNITS", value_parser = units)]
    pub units: Option<Units>,
    /// The first day of service
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<NaiveDate>,
    /// The last day of service, included
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<NaiveDate>,
}
