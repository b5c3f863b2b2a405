//! Writes JSON objects key by key.
//!
//! serde_json looks at every byte of a string for escapes, which is half the cost of a decision: nearly all of its
//! strings come from the policy and have none. Here a string without escapes is copied whole; the others go to serde_json.

/// An object under construction; dropping it does not close it.
pub(super) struct Object<'o> {
    out: &'o mut String,
    empty: bool,
}

/// Writes an object.
pub(super) fn object(out: &mut String, fill: impl FnOnce(&mut Object<'_>)) {
    out.push('{');
    fill(&mut Object { out, empty: true });
    out.push('}');
}

/// Writes a string.
pub(super) fn string(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        // a string into memory cannot fail
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}

/// Whether a text has nothing to escape.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let found = are_plain::<16>(bytes).or_else(|| are_plain::<8>(bytes)).or_else(|| are_plain::<4>(bytes));
    found.unwrap_or_else(|| bytes.iter().all(|byte| needs_escape(byte) == 0))
}

/// The same, so many bytes at a time, without an exit between them: they become vector instructions. The last ones overlap
/// with those before; `None` if there are fewer.
fn are_plain<const WIDTH: usize>(bytes: &[u8]) -> Option<bool> {
    let plain = |chunk: &[u8; WIDTH]| chunk.iter().fold(0, |found, byte| found | needs_escape(byte)) == 0;
    let last = bytes.last_chunk::<WIDTH>()?;
    Some(bytes.as_chunks::<WIDTH>().0.iter().all(plain) && plain(last))
}

/// 1 for a byte that JSON escapes.
fn needs_escape(byte: &u8) -> u8 {
    u8::from(*byte < 0x20) | u8::from(*byte == b'"') | u8::from(*byte == b'\\')
}

impl Object<'_> {
    /// A key, which has nothing to escape, with whatever `write` appends as its value.
    #[inline]
    pub fn value(&mut self, key: &str, write: impl FnOnce(&mut String)) {
        self.key(key, "\":");
        write(self.out);
    }

    /// A key, with how it ends and its value begins. Nearly all keys are known beforehand: inlined, they are plain stores.
    #[inline(always)]
    fn key(&mut self, key: &str, end: &str) {
        self.out.push_str(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        self.out.push_str(key);
        self.out.push_str(end);
    }

    /// A string.
    #[inline]
    pub fn text(&mut self, key: &str, text: &str) {
        if is_plain(text) { self.name(key, text) } else { self.value(key, |out| string(out, text)) }
    }

    /// A string that has nothing to escape: a name, whose letters, digits, spaces, `-` and `_` are checked when the
    /// policy is read, a word of ours, an instant, a fingerprint.
    #[inline(always)]
    pub fn name(&mut self, key: &str, name: &str) {
        self.key(key, "\":\"");
        self.out.push_str(name);
        self.out.push('"');
    }

    /// A string that may be absent.
    #[inline]
    pub fn optional(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// True or false.
    #[inline]
    pub fn boolean(&mut self, key: &str, value: bool) {
        self.value(key, |out| out.push_str(if value { "true" } else { "false" }));
    }

    /// An object within.
    pub fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.value(key, |out| object(out, fill));
    }

    /// A list; absent if it is empty.
    pub fn list<T>(&mut self, key: &str, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return };
        self.value(key, |out| {
            out.push('[');
            write(out, first);
            for item in items {
                out.push(',');
                write(out, item);
            }
            out.push(']');
        });
    }

    /// A list of strings; absent if it is empty.
    pub fn texts<T: AsRef<str>>(&mut self, key: &str, texts: impl IntoIterator<Item = T>) {
        self.list(key, texts, |out, text| string(out, text.as_ref()));
    }

    /// A list of objects; absent if it is empty.
    pub fn objects<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut fill: impl FnMut(&mut Object<'_>, T),
    ) {
        self.list(key, items, |out, item| object(out, |object| fill(object, item)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_serde_json_reads() {
        for text in ["", "plain", "with \"quotes\"", "back\\slash", "line\nbreak", "\u{1}", "Zoë 日本 🙂"] {
            let mut out = String::new();
            object(&mut out, |object| object.texts("key", [text]));
            let read: serde_json::Value = serde_json::from_str(&out).unwrap();
            assert_eq!(read, serde_json::json!({ "key": [text] }));
        }
    }
}
