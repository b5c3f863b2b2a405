//! What stands beside the answer of an authorization, and never makes it another one.

use crate::policy::Alert;

use super::super::decision::{Deadline, Unmet};
use super::pace::Renewal;

/// What stands beside the answer of an authorization.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside<'a> {
    /// When the payer has to decide on the request.
    pub determination: Option<Deadline<'a>>,
    /// Why the authorization that the case tells of does not serve.
    pub not_served: Vec<Unmet<'a>>,
    /// What is to be noticed.
    pub alerts: Vec<&'a Alert>,
    /// What may have to be noticed, for all that is known.
    pub may_alert: Vec<&'a str>,
    /// By when the authorization is to be renewed.
    pub renewal: Option<Renewal>,
}
