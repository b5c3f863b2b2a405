//! A pseudo-terminal with the command in it, and somebody who types when they have read.
//!
//! Whatever is waited for is waited for by what stands on the terminal, never by time; one long limit ends what hangs.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Nothing takes so long, on however busy a machine.
const LONGEST: Duration = Duration::from_secs(20);

/// The key that ends a line.
pub const ENTER: &str = "\r";
/// The key that deletes what stands before the cursor.
pub const BACKSPACE: &str = "\u{7f}";
/// The key that goes down in a list.
pub const DOWN: &str = "\u{1b}[B";
/// The key that leaves.
pub const ESCAPE: &str = "\u{1b}";
/// What Ctrl-C sends.
pub const CTRL_C: &str = "\u{3}";
/// What Ctrl-D sends.
pub const CTRL_D: &str = "\u{4}";

/// A terminal in which the command runs.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    written: Receiver<Vec<u8>>,
    /// What was written since what was waited for last, as it came.
    screen: Vec<u8>,
    /// Everything.
    raw: Vec<u8>,
    // the terminal lives as long as this end of it
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Runs the command in the project's folder, in a terminal of so many columns.
    pub fn run(arguments: &[&str], columns: u16, color: bool) -> Terminal {
        let size = PtySize { rows: 24, cols: columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).expect("there are pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rulebook"));
        command.args(arguments);
        command.cwd(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        for name in ["CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        if !color {
            command.env("NO_COLOR", "1");
        }
        let child = pair.slave.spawn_command(command).expect("the command starts");
        // the reader ends when nobody holds the other end any more
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (sender, written) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal { child, keyboard, written, screen: Vec::new(), raw: Vec::new(), _master: pair.master }
    }

    /// Types keys.
    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Ends the command without a word, as whoever closes the window does.
    pub fn close(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Types a line.
    pub fn answer(&mut self, line: &str) {
        self.press(&format!("{line}{ENTER}"));
    }

    /// Reads on until these words have come, and forgets what came before their end.
    #[track_caller]
    pub fn read_to(&mut self, words: &str) {
        let begun = Instant::now();
        loop {
            let shown = shown(&self.screen);
            if let Some(at) = shown.find(words) {
                self.screen = shown.as_bytes()[at + words.len()..].to_vec();
                return;
            }
            match self.written.recv_timeout(LONGEST.saturating_sub(begun.elapsed())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {
                    drop(self.child.kill());
                    panic!("`{words}` does not come; there is\n{shown}");
                }
            }
        }
    }

    /// Reads what is left: the text, and the exit status.
    #[track_caller]
    pub fn finish(mut self) -> (String, u32) {
        let begun = Instant::now();
        loop {
            match self.written.recv_timeout(LONGEST.saturating_sub(begun.elapsed())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    drop(self.child.kill());
                    panic!("the command hangs; there is\n{}", shown(&self.screen));
                }
            }
        }
        let status = self.child.wait().unwrap();
        (shown(&self.screen), status.exit_code())
    }

    /// Everything that has been read, with its escapes.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.extend_from_slice(bytes);
        self.raw.extend_from_slice(bytes);
    }
}

/// What was written, without escapes and without line breaks that a terminal adds.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\u{1b}' => {
                // `ESC [ … letter`; all others that come up are one letter long
                if characters.next() == Some('[') {
                    characters.by_ref().find(|c| ('@'..='~').contains(c));
                }
            }
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}
