//! Bytes as text.

/// What people read; bytes that are no UTF-8 are shown as `�`.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The text, if there is one.
pub(super) fn given(bytes: &[u8]) -> Option<String> {
    (!bytes.is_empty()).then(|| text(bytes))
}
