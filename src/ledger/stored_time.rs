//! Instants within JSON: RFC 3339, in UTC.

use serde::Serializer;

use crate::time::Instant;

pub(super) fn text(at: Instant) -> String {
    let mut text = String::new();
    at.format(0, &mut text);
    text
}

/// For instants that are always there.
pub(super) fn serialize<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*at))
}

/// For instants that may be absent.
pub(super) mod maybe {
    use serde::Serializer;

    use crate::time::Instant;

    pub(in crate::ledger) fn serialize<S: Serializer>(at: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => serializer.serialize_str(&super::text(*at)),
            None => serializer.serialize_none(),
        }
    }
}
