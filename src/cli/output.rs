//! Where output goes.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use super::options::{Color, Format};

/// Standard output, buffered, with or without colours.
pub(super) struct Output {
    writer: BufWriter<io::Stdout>,
    /// Whether texts are to hold colours.
    pub color: bool,
    /// Whether a person reads along.
    pub terminal: bool,
}

impl Output {
    pub fn stdout(color: Color) -> Output {
        let stdout = io::stdout();
        let color = is_colored(color, &stdout);
        Output { terminal: stdout.is_terminal(), color, writer: BufWriter::with_capacity(1 << 16, stdout) }
    }

    /// What was asked for, else JSON unless a person reads along.
    pub fn format(&self, asked: Option<Format>) -> Format {
        asked.unwrap_or(if self.terminal { Format::Text } else { Format::Json })
    }

    /// Writes a text as it is.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())
    }

    /// Writes bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }

    /// Writes a line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.write(text)?;
        self.write("\n")
    }

    /// What bytes are written to.
    pub fn stream(&mut self) -> &mut impl Write {
        &mut self.writer
    }

    /// Hands on what is buffered: whoever reads along waits for it.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes what is left.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()
    }
}

/// Whether what is written to a stream may hold colours.
pub(super) fn is_colored(color: Color, stream: &impl RawStream) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// Tells the caller of a fault, on standard error.
pub(super) fn complain(message: &str) {
    let mut stderr = anstream::stderr().lock();
    // if standard error is closed too there is nobody left to tell
    let _ = writeln!(stderr, "\u{1b}[1;31merror\u{1b}[0m: {message}");
}

/// Writes a text to standard error, without colours where they are not wanted.
pub(super) fn report(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
