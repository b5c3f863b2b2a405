//! One case that is put to the alerts of a policy again and again, for those who look through many authorizations.

use crate::facts::{Case, FactId, Fault};
use crate::policy::Field;

use super::look::{Alerts, Desk, FieldValue, held};

/// A case that is told what is known of one authorization after the other.
///
/// What no alert reads is left out, and what is as it was for the one before is not told again: most authorizations of a
/// ledger share most of what alerts read. Whoever tells of an authorization must tell every field that it told of any
/// other, also those of which nothing is known.
#[derive(Debug)]
pub struct Watch<'d, 'p> {
    desk: &'d Desk<'p>,
    case: Case,
    /// A slot for each field that an alert reads, by the field's number.
    told: Vec<Option<Told>>,
}

/// A field that an alert reads: its fact, and what was told of it last.
#[derive(Debug, Clone, Copy)]
struct Told {
    fact: FactId,
    value: Option<FieldValue<'static>>,
}

impl<'d, 'p> Watch<'d, 'p> {
    /// A case of which nothing is known yet that authorizations tell.
    pub fn new(desk: &'d Desk<'p>, case: Case) -> Watch<'d, 'p> {
        let read = desk.watched();
        let mut told = vec![None; Field::ALL.len()];
        for (field, fact) in desk.policy().reads.iter().filter(|(_, fact)| read.contains(fact)) {
            if let Some(slot) = told.get_mut(field as usize) {
                *slot = Some(Told { fact, value: None });
            }
        }
        Watch { desk, case, told }
    }

    /// Tells what is known of a field, or that nothing is.
    ///
    /// # Errors
    /// A value that the fact cannot hold.
    pub fn tell(&mut self, field: Field, value: Option<FieldValue<'static>>) -> Result<(), Fault> {
        let Some(Some(told)) = self.told.get_mut(field as usize) else { return Ok(()) };
        if told.value != value {
            let held = value.map(|value| held(self.desk.program(), told.fact, value)).transpose()?;
            self.case.set(told.fact, held);
            told.value = value;
        }
        Ok(())
    }

    /// The alerts of the authorization that was told of.
    ///
    /// # Errors
    /// A date beyond the calendar.
    pub fn alerts(&self) -> Result<Alerts<'p>, Fault> {
        self.desk.alerts(&self.case)
    }
}
