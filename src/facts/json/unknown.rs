//! Reads the names of facts that a case says are unknown.

use serde_json::value::RawValue;

use crate::facts::{CaseBuilder, Fault, Raw};

use super::raw_of;

/// Takes the names of facts that are unknown.
pub(super) fn take(case: &mut CaseBuilder, raw: &Raw<'_>) -> Result<(), Fault> {
    let names: Vec<&RawValue> = match raw {
        Raw::Null => return Ok(()),
        Raw::Nested(text) => serde_json::from_str(text).map_err(|_| Fault::no_names(&Fault::shown(raw)))?,
        Raw::Boolean(_) | Raw::Number(_) | Raw::Text(_) | Raw::Plain(_) => {
            return Err(Fault::no_names(&Fault::shown(raw)));
        }
    };
    for name in names {
        match raw_of(name)? {
            Raw::Text(name) => case.add_unknown(&name)?,
            other => return Err(Fault::no_name(&other)),
        }
    }
    Ok(())
}
