//! The procedure codes that an authorization covers.

use serde::Serialize;

use super::Refusal;

/// A list of procedure codes in which each stands once; empty if every code is covered.
///
/// It is kept in one column (`,97110,97112,`), so that the guard of an attachment reads it from the very row that it
/// locks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Codes(Vec<String>);

const LONGEST: usize = 48;
const MOST: usize = 1_000;

impl Codes {
    /// Takes codes in any order.
    ///
    /// # Errors
    ///
    /// [`Refusal::BadCode`] if one is blank, longer than 48 bytes or has other signs than letters, digits, `-`, `.` and
    /// `:`; [`Refusal::TooManyCodes`] past 1,000.
    pub fn new<T: AsRef<str>>(codes: impl IntoIterator<Item = T>) -> Result<Codes, Refusal> {
        let mut list = Vec::new();
        for code in codes {
            list.push(checked(code.as_ref())?.to_owned());
        }
        list.sort_unstable();
        list.dedup();
        if list.len() > MOST {
            return Err(Refusal::TooManyCodes { codes: list.len() });
        }
        Ok(Codes(list))
    }

    /// Whether a code is covered.
    pub fn cover(&self, code: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|covered| covered == code)
    }

    /// The codes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether every code is covered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn stored(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!(",{},", self.0.join(",")) }
    }

    pub(super) fn from_stored(text: &str) -> Codes {
        Codes(text.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect())
    }
}

/// A procedure code as given, if it is one.
pub(super) fn checked(code: &str) -> Result<&str, Refusal> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':');
    if code.is_empty() || code.len() > LONGEST || !code.bytes().all(known) {
        return Err(Refusal::BadCode { code: code.to_owned() });
    }
    Ok(code)
}
