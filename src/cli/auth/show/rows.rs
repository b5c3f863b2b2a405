//! Rows of what is shown, one below the other.

/// A line, and rows that say more of it.
pub(super) struct Rows {
    text: String,
}

impl Rows {
    pub fn under(line: &str) -> Rows {
        Rows { text: line.to_owned() }
    }

    /// Adds a row with its name.
    pub fn row(&mut self, name: &str, said: &str) {
        self.text += &format!("\n  {name:<12}{said}");
    }

    pub fn into_text(self) -> String {
        self.text
    }
}
