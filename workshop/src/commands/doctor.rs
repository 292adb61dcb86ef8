//! `cargo workshop doctor`: what this machine can and cannot do.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde::Serialize;
use serde_json::json;

use crate::out::{say, say_json};
use crate::paint::Paint;
use crate::probe;
use crate::problem::{BROKEN, FINE};
use crate::root::Workshop;

/// How to show it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: cargo workshop doctor --json\n\nExit code: 0 when everything that the workshop needs is there, 3 when something is missing."
)]
pub struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// There, and it works.
    Ok,
    /// Not there; something optional cannot be done.
    Without,
    /// Not there, and the workshop needs it.
    Broken,
}

#[derive(Debug, Serialize)]
struct Finding {
    name: &'static str,
    state: State,
    /// What was found.
    found: String,
    /// What it is for.
    why: &'static str,
}

/// Programs that some pages and checks use. None is needed to solve the exercises.
const TOOLS: [(&str, &[&str], &str); 10] = [
    ("git", &["git"], "bring a new version of the workshop in (cargo workshop upgrade)"),
    ("strace", &["strace"], "watch the system calls of a demo yourself"),
    ("tshark", &["tshark"], "look at the bytes on the wire"),
    ("chromium", &["chromium", "chromium-browser", "google-chrome"], "check the book's pages (maintainers)"),
    ("java", &["java"], "talk to the Java implementations of later chapters"),
    ("etcd", &["etcd"], "the registry chapter, against a real etcd"),
    ("redis", &["redis-server"], "the registry chapter, against a real Redis"),
    (
        "zookeeper",
        &["/usr/share/java/zookeeper.jar", "zkServer.sh"],
        "the registry chapter, against a real ZooKeeper",
    ),
    ("consul", &["consul"], "the registry chapter, against a real Consul"),
    ("cargo-mutants", &["cargo-mutants"], "prove that the specs notice wrong code (maintainers)"),
];

/// Looks, prints, and returns the exit code.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(workshop: &Workshop, args: &Args) -> anyhow::Result<u8> {
    let mut findings = vec![
        rust(workshop),
        cargo(),
        system(),
        loopback(),
        file_events(workshop),
        epoll(),
        namespaces(),
        tracing(),
    ];
    findings.extend(TOOLS.iter().map(|(name, programs, why)| tool(name, programs, why)));
    let ok = findings.iter().all(|finding| finding.state != State::Broken);
    if args.json {
        say_json(&json!({ "ok": ok, "checks": findings }))?;
    } else {
        let paint = Paint::for_stdout();
        let mut text = String::new();
        for finding in &findings {
            let (name, found, why) = (finding.name, &finding.found, finding.why);
            let name = format!("{name:14}");
            let sign = match finding.state {
                State::Ok => paint.good("✓"),
                State::Without => paint.dim("–"),
                State::Broken => paint.bad("✗"),
            };
            let _ = writeln!(text, "{sign} {name} {found}  {}", paint.dim(&format!("({why})")));
        }
        let _ = writeln!(
            text,
            "\n{}",
            if ok {
                "Everything that the workshop needs is there. What has a dash is optional."
            } else {
                "What has a cross is needed: mend it first."
            }
        );
        say(&text)?;
    }
    Ok(if ok { FINE } else { BROKEN })
}

/// The first line that a program prints about itself.
fn says(program: impl AsRef<std::ffi::OsStr>, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

fn rust(workshop: &Workshop) -> Finding {
    let why = "compiles your code";
    let minimum = fs::read_to_string(workshop.root.join("Cargo.toml"))
        .ok()
        .and_then(|text| text.parse::<toml::Table>().ok())
        .and_then(|table| {
            table.get("workspace")?.get("package")?.get("rust-version")?.as_str().map(str::to_owned)
        });
    let Some(version) = says(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()), "--version") else {
        return Finding { name: "rust", state: State::Broken, found: "not found".to_owned(), why };
    };
    let minimum = minimum.unwrap_or_default();
    let enough = numbers(version.trim_start_matches("rustc ")) >= numbers(&minimum);
    let found = if minimum.is_empty() { version } else { format!("{version}; at least {minimum} is needed") };
    Finding { name: "rust", state: if enough { State::Ok } else { State::Broken }, found, why }
}

/// `1.88.0-nightly (…)` as `[1, 88]`.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').take(2).filter_map(|part| part.parse().ok()).collect()
}

fn cargo() -> Finding {
    let found = says(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), "--version");
    let state = if found.is_some() { State::Ok } else { State::Broken };
    Finding {
        name: "cargo",
        state,
        found: found.unwrap_or_else(|| "not found".to_owned()),
        why: "runs the specs",
    }
}

fn system() -> Finding {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").ok();
    let release = release.or_else(|| says("uname", "-r")).unwrap_or_default();
    let found = format!("{} {} {}", env::consts::OS, release.trim(), env::consts::ARCH);
    let why = "Linux runs everything; other systems all but epoll and chapter 9";
    Finding { name: "system", state: State::Ok, found, why }
}

fn loopback() -> Finding {
    let why = "your servers and clients talk over it";
    let ping = || -> std::io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut client = TcpStream::connect(listener.local_addr()?)?;
        let (mut server, _) = listener.accept()?;
        client.write_all(b"?")?;
        server.read_exact(&mut [0])
    };
    match ping() {
        Ok(()) => {
            Finding { name: "loopback", state: State::Ok, found: "a byte went through".to_owned(), why }
        }
        Err(error) => Finding { name: "loopback", state: State::Broken, found: error.to_string(), why },
    }
}

fn file_events(workshop: &Workshop) -> Finding {
    let why = "the watch view sees your saves at once";
    match probe::file_events(&workshop.notes()) {
        Ok(()) => Finding { name: "file events", state: State::Ok, found: "a save was seen".to_owned(), why },
        Err(reason) => {
            let found = format!("{reason}; the watch view looks once a second instead");
            Finding { name: "file events", state: State::Without, found, why }
        }
    }
}

fn epoll() -> Finding {
    #[cfg(target_os = "linux")]
    let tried = nix::sys::epoll::Epoll::new(nix::sys::epoll::EpollCreateFlags::empty())
        .map(drop)
        .map_err(|error| error.to_string());
    #[cfg(not(target_os = "linux"))]
    let tried: Result<(), String> = Err("needs Linux".to_owned());
    let why = "the fifth server of chapter 1, and exercise 01-06";
    match tried {
        Ok(()) => Finding { name: "epoll", state: State::Ok, found: "works".to_owned(), why },
        Err(reason) => Finding { name: "epoll", state: State::Without, found: reason, why },
    }
}

/// Tries `program` with `arguments`; `found` says what came of it.
fn tried(name: &'static str, why: &'static str, program: &str, arguments: &[&str]) -> Finding {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let (state, found) = match output {
        Ok(output) if output.status.success() => (State::Ok, "works".to_owned()),
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            (State::Without, text.lines().next().unwrap_or("refused").to_owned())
        }
        Err(_) => (State::Without, format!("not tried: {program} is not installed")),
    };
    Finding { name, state, found, why }
}

fn namespaces() -> Finding {
    tried("namespaces", "break a network on purpose, in later chapters", "unshare", &["--user", "true"])
}

fn tracing() -> Finding {
    tried("ptrace", "lets strace look into a program", "strace", &["-o", "/dev/null", "true"])
}

fn tool(name: &'static str, programs: &[&str], why: &'static str) -> Finding {
    match programs.iter().find_map(|program| which(program)) {
        Some(path) => Finding { name, state: State::Ok, found: path.display().to_string(), why },
        None => Finding { name, state: State::Without, found: "not installed".to_owned(), why },
    }
}

/// Where a program lies on the path.
fn which(program: &str) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(|path| path.is_file());
    }
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder: PathBuf| folder.join(&file))
        .find(|path: &PathBuf| Path::is_file(path))
}
