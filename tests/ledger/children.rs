//! Other processes: this very binary, told by its environment what to do.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::{kills, stopped, together};

const TASK: &str = "RULEBOOK_LEDGER_CHILD";

/// Starts a process that does a task: its name, the store's address, and a number.
pub fn start(task: &str, address: &str, number: u32) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["ledger::children::child", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(TASK, format!("{task}\n{address}\n{number}"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    // the test harness speaks first
    let mut line = String::new();
    while !line.ends_with("ready\n") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "the child ended before it was ready");
    }
    (child, said)
}

/// Tells a process to begin.
pub fn begin(child: &mut Child) {
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
}

/// No test by itself: what a child does.
#[test]
fn child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let mut parts = task.split('\n');
    let (task, address, number) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let number = number.parse().unwrap();
    let mut ledger = super::store::open(address);
    println!("ready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    match task {
        "attach" => together::attach_all(&mut ledger, number),
        "steps" => kills::steps(&mut ledger, number),
        "alternate" => stopped::alternate(&mut ledger, number),
        other => panic!("no task `{other}`"),
    }
}
