//! Runs the command as people do, and never waits for it longer than it may take.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A run that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(20);

/// How a run ended.
pub struct Outcome {
    /// The exit status; `None` if it was killed.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The command, to be run in the project's folder without colours or a known width of the terminal.
pub fn rulebook(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rulebook"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "TERM"] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end with a text on its standard input.
pub fn finish(mut command: Command, input: &str) -> Outcome {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("there is a standard input");
    let input = input.to_owned();
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());
    let status = wait(&mut child);
    writer.join().unwrap();
    Outcome { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

/// Runs it with these arguments.
pub fn run(arguments: &[&str]) -> Outcome {
    finish(rulebook(arguments), "")
}

/// Checks a folder of policies; the folder is called `DIR` in what is shown.
pub fn check(folder: &Path) -> Outcome {
    let shown = folder.to_str().expect("the folder's path is UTF-8");
    let mut outcome = run(&["check", "--rules", shown]);
    outcome.stdout = outcome.stdout.replace(shown, "DIR");
    outcome.stderr = outcome.stderr.replace(shown, "DIR");
    outcome
}

fn collect(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut bytes).unwrap();
        }
        String::from_utf8(bytes).expect("what the command writes is UTF-8")
    })
}

/// Waits for the end, and kills what does not end.
pub fn wait(child: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if begun.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("the command hangs");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// A folder that is deleted when its test ends.
pub struct Folder(std::path::PathBuf);

impl Folder {
    /// An empty folder; `name` tells it from those of other tests.
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rulebook-{}-{name}", std::process::id()));
        drop(std::fs::remove_dir_all(&path));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
