//! Why an authorization does not serve a charge.

use super::{Authorization, Charge, Refusal, Status};

/// All that keeps a charge from being attached to an authorization, in the order in which it is told; empty if nothing
/// does. The same conditions stand in the statement that attaches, which is what guards them; this says which one failed.
///
/// A charge that is attached already is no obstacle here: that is about the charge alone.
pub fn obstacles(authorization: &Authorization, charge: &Charge) -> Vec<Refusal> {
    let id = authorization.id;
    let mut found = Vec::new();
    if authorization.member != charge.member {
        found.push(Refusal::OtherMember { charge: charge.id.clone(), authorization: id });
    }
    if authorization.payer != charge.payer {
        found.push(Refusal::OtherPayer { charge: charge.id.clone(), authorization: id });
    }
    if authorization.status != Status::Active {
        found.push(Refusal::NotActive { authorization: id, status: authorization.status });
    }
    found.extend(uncovered(authorization, charge));
    match authorization.remaining() {
        None => found.push(Refusal::OverUsed {
            authorization: id,
            used: authorization.used,
            approved: authorization.approved,
        }),
        Some(left) if left < charge.units => {
            found.push(Refusal::NotEnoughUnits { authorization: id, left, units: charge.units });
        }
        Some(_) => {}
    }
    found
}

/// What of a charge an authorization does not cover: its day or its code. A payer may cut either after it was attached.
pub fn uncovered(authorization: &Authorization, charge: &Charge) -> Vec<Refusal> {
    let mut found = Vec::new();
    if charge.day < authorization.first_day {
        found.push(Refusal::BeforeFirstDay { day: charge.day, first: authorization.first_day });
    }
    if charge.day > authorization.last_day {
        found.push(Refusal::AfterLastDay { day: charge.day, last: authorization.last_day });
    }
    if !authorization.codes.cover(&charge.code) {
        found.push(Refusal::CodeNotCovered { code: charge.code.clone(), authorization: authorization.id });
    }
    found
}
