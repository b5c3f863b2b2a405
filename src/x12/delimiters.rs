//! The characters that hold a message apart.

/// The four characters that separate what stands in an interchange. Its ISA says which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    element: u8,
    repetition: Option<u8>,
    component: u8,
    segment: u8,
}

/// Why characters cannot serve as delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DelimiterError {
    /// It could as well be text.
    #[error("the {what} separator is {}, which may stand in a text", shown(*byte))]
    Text {
        /// Which of the four.
        what: &'static str,
        /// The character.
        byte: u8,
    },
    /// Two of them are the same.
    #[error("the {what} separator is {}, which separates {other}s already", shown(*byte))]
    Same {
        /// Which of the four.
        what: &'static str,
        /// Which of the others.
        other: &'static str,
        /// The character.
        byte: u8,
    },
}

impl DelimiterError {
    /// The cure.
    pub fn help(&self) -> &'static str {
        "use four different signs that stand in no text, such as `*`, `^`, `:` and `~`"
    }
}

/// A character as messages show it.
pub(super) fn shown(byte: u8) -> String {
    match byte {
        b' '..=b'~' => format!("`{}`", char::from(byte)),
        _ => format!("the byte {byte:02X}"),
    }
}

impl Delimiters {
    /// Those that most partners use: `*`, `^`, `:` and `~`.
    pub const USUAL: Delimiters = Delimiters { element: b'*', repetition: Some(b'^'), component: b':', segment: b'~' };

    /// Takes the four characters; a message may do without repetitions.
    ///
    /// # Errors
    ///
    /// A [`DelimiterError`] if two of them are the same, or one is a letter, a digit, a space, or no ASCII.
    pub fn new(element: u8, repetition: Option<u8>, component: u8, segment: u8) -> Result<Delimiters, DelimiterError> {
        let named = [
            ("element", Some(element)),
            ("repetition", repetition),
            ("component", Some(component)),
            ("segment", Some(segment)),
        ];
        for (at, (what, byte)) in named.into_iter().enumerate() {
            let Some(byte) = byte else { continue };
            if !byte.is_ascii() || byte.is_ascii_alphanumeric() || byte == b' ' {
                return Err(DelimiterError::Text { what, byte });
            }
            let before = named.iter().take(at).find(|(_, other)| *other == Some(byte));
            if let Some((other, _)) = before {
                return Err(DelimiterError::Same { what, other, byte });
            }
        }
        Ok(Delimiters { element, repetition, component, segment })
    }

    /// What stands between elements.
    pub fn element(self) -> u8 {
        self.element
    }

    /// What stands between repetitions of one element, if the interchange has such a character.
    pub fn repetition(self) -> Option<u8> {
        self.repetition
    }

    /// What stands between the components of one element.
    pub fn component(self) -> u8 {
        self.component
    }

    /// What ends a segment.
    pub fn segment(self) -> u8 {
        self.segment
    }

    /// Whether a byte separates anything, and so cannot stand in a text.
    pub fn contains(self, byte: u8) -> bool {
        byte == self.element
            || byte == self.component
            || byte == self.segment
            || self.repetition.is_some_and(|repetition| byte == repetition)
    }
}
