//! The part of a message that a fault is about, with marks below it.

/// How many characters are shown.
const WIDEST: usize = 90;

/// The segment around `offset` and carets below the bytes that are meant. Bytes that cannot be shown are dots.
pub(super) fn excerpt(bytes: &[u8], body: &[u8], start: usize, offset: usize, length: usize) -> (String, String) {
    let meant = offset.saturating_sub(start).min(body.len());
    // long segments are cut before what is meant, with some of what comes before
    let cut = if meant + length.min(WIDEST) > WIDEST { meant.saturating_sub(WIDEST / 3) } else { 0 };
    let until = bytes.len().min(start + body.len()).min(start + cut + WIDEST);
    let line: String = bytes.get(start + cut..until).unwrap_or_default().iter().map(|byte| sign(*byte)).collect();
    let width = length.clamp(1, WIDEST.saturating_sub(meant - cut).max(1));
    (line, format!("{}{}", " ".repeat(meant - cut), "^".repeat(width)))
}

fn sign(byte: u8) -> char {
    if (b' '..=b'~').contains(&byte) { char::from(byte) } else { '·' }
}
