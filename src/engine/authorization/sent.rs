//! When the request of a case went out.

use crate::facts::{Case, Value};
use crate::policy::{Body, Field};
use crate::program::Program;
use crate::time::Instant;

/// The instant from which the payer's time to decide runs, and what it comes from.
///
/// A request that has not gone out goes out when the case is received. Of one that has, the case tells the day: if the case
/// was received on that very day, the hour too; else the day counts up to its last second, so that nobody is called late
/// who is not.
pub(in super::super) fn sent_at(program: &Program, case: &Case) -> (Instant, &'static str) {
    let received = (case.received(), "`received`");
    let policy = program.policy();
    let Body::Authorization(authorization) = &policy.body else { return received };
    let sent = authorization.reads.fact(Field::SubmittedOn).and_then(|fact| case.value(fact));
    let (Some(Value::Date(day)), Some(calendar)) = (sent, &policy.calendar) else { return received };
    match day.succ_opt() {
        Some(next) if calendar.local_date(case.received()) != *day => {
            let last = Instant::clamped(calendar.zone().start_of(next).unix() - 1);
            (last.min(case.at()), "the day on which the request went out")
        }
        Some(_) | None => received,
    }
}
