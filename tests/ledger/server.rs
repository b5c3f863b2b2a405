//! A PostgreSQL server of our own, for as long as the tests run.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A server that stops, and takes its folder with it, when the process that started it ends, however that ends.
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    settings: String,
    /// Their standard inputs: while these are open, the server runs.
    shells: Vec<Child>,
}

/// Where the server's programs are, if they are anywhere.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().rev().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

impl Server {
    /// Starts one; `None` if PostgreSQL is not installed, which is said aloud.
    pub fn start(settings: &str) -> Option<Server> {
        let Some(programs) = programs() else {
            let required = std::env::var("POSTGRESQL").is_ok_and(|wanted| wanted == "required");
            assert!(!required, "PostgreSQL is not installed, and POSTGRESQL=required says that it must be");
            eprintln!("SKIPPED: PostgreSQL is not installed, so nothing is tested on it (apt-get install postgresql)");
            return None;
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rulebook-pg-{}-{number}", std::process::id()));
        let child = launch(&folder, &programs, settings);
        let mut server = Server { folder, programs, settings: settings.to_owned(), shells: vec![child] };
        server.wait_until_it_answers();
        Some(server)
    }

    /// Starts it again where it was stopped.
    pub fn start_again(&mut self) {
        self.shells.push(launch(&self.folder, &self.programs, &self.settings));
        self.wait_until_it_answers();
    }

    fn wait_until_it_answers(&mut self) {
        let patience = Instant::now() + Duration::from_secs(60);
        while postgres::Client::connect(&self.address("postgres"), postgres::NoTls).is_err() {
            let shell = self.shells.last_mut().unwrap();
            if let Some(status) = shell.try_wait().unwrap() {
                let mut said = String::new();
                shell.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("the server did not start: {status}: {said}");
            }
            assert!(Instant::now() < patience, "the server does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn address(&self, database: &str) -> String {
        format!("postgres:///{database}?user=app&host={}", self.folder.display())
    }

    /// A database of its own.
    pub fn database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("d{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut client = postgres::Client::connect(&self.address("postgres"), postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.address(&name)
    }

    /// Stops it at once, as a power cut would.
    pub fn stop_at_once(&self) {
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap().to_owned();
        assert!(Command::new("kill").args(["-QUIT", &pid]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for mut shell in self.shells.drain(..).rev() {
            drop(shell.stdin.take());
            let _ = shell.wait();
        }
    }
}

/// A shell that starts the server, and waits until nobody holds its standard input any more.
fn launch(folder: &Path, programs: &Path, settings: &str) -> Child {
    // the server refuses to run as root
    let script = r#"
        set -e
        LOG="$DIR.log"
        AS=
        mkdir -p "$DIR"
        if [ "$(id -u)" = 0 ]; then
            AS="setpriv --reuid=postgres --regid=postgres --clear-groups"
            chown postgres:postgres "$DIR"
        fi
        cd "$DIR"
        [ -d data ] || $AS "$BIN/initdb" -D "$DIR/data" -A trust -N -U app >"$LOG" 2>&1
        $AS "$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c max_connections=60 $SETTINGS >>"$LOG" 2>&1 &
        server=$!
        cat >/dev/null
        kill -INT $server 2>/dev/null || true
        wait $server 2>/dev/null || true
        rm -rf "$DIR" "$LOG"
    "#;
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).env("DIR", folder).env("BIN", programs).env("SETTINGS", settings);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A database on the server that all tests of this process share.
pub fn database() -> Option<String> {
    // waiting for the disk is tested by nothing here, and takes long
    static SHARED: OnceLock<Option<Server>> = OnceLock::new();
    SHARED.get_or_init(|| Server::start("-c fsync=off")).as_ref().map(Server::database)
}
