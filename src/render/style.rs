//! How text is set off on a terminal.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

/// The styles of one text; without colour all of them are plain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styles {
    /// What the reader came for.
    pub strong: Style,
    /// What went well.
    pub good: Style,
    /// What needs attention.
    pub warning: Style,
    /// What is there to be looked up.
    pub faint: Style,
}

impl Styles {
    pub fn new(color: bool) -> Styles {
        if !color {
            let plain = Style::new();
            return Styles { strong: plain, good: plain, warning: plain, faint: plain };
        }
        Styles {
            strong: Style::new().effects(Effects::BOLD),
            good: AnsiColor::Green.on_default().effects(Effects::BOLD),
            warning: AnsiColor::Yellow.on_default().effects(Effects::BOLD),
            faint: Style::new().effects(Effects::DIMMED),
        }
    }
}
