//! A program that the runner starts, and can end together with everything that it started.

use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The most that is kept of one program's output. A loop that prints fills it in a moment; what a person
/// can read ends long before.
const KEPT: usize = 1 << 20;

/// Ends a program from another thread, such as the one that waits for signals or for the next save.
#[derive(Debug, Clone, Default)]
pub struct Leash(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    process: Option<Process>,
    pulled: bool,
}

#[derive(Debug, Clone, Copy)]
enum Process {
    /// The leader of a group of its own.
    Group(u32),
    /// One that shares the runner's terminal and group.
    Single(u32),
}

impl Leash {
    /// Ends the program that is running, and any that would be started on this leash from now on.
    pub fn pull(&self) {
        self.held().pulled = true;
        self.end_this();
    }

    /// Ends only the program that is running.
    pub fn end_this(&self) {
        if let Some(process) = self.held().process {
            process.end();
        }
    }

    /// Whether somebody ended it.
    pub fn pulled(&self) -> bool {
        self.held().pulled
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a program printed, and how it ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Its exit status.
    pub status: ExitStatus,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Where a line was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Runs `command` to its end, with nothing on its standard input, and keeps what it prints.
/// `on_line` sees every line as it comes.
///
/// # Errors
/// When the program cannot be started or waited for.
pub fn run(mut command: Command, leash: &Leash, on_line: impl Fn(Stream, &str) + Sync) -> io::Result<Ended> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    own_group(&mut command);
    let mut child = {
        let mut held = leash.held();
        if held.pulled {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let child = command.spawn()?;
        held.process = Some(Process::Group(child.id()));
        child
    };
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("the program's output was not piped"));
    };
    let (stdout, stderr) = thread::scope(|scope| {
        let stdout = scope.spawn(|| keep(stdout, |line| on_line(Stream::Out, line)));
        let stderr = keep(stderr, |line| on_line(Stream::Err, line));
        (stdout.join().unwrap_or_default(), stderr)
    });
    let status = child.wait();
    // From here on the number may belong to another process.
    leash.held().process = None;
    Ok(Ended { status: status?, stdout, stderr })
}

/// Reads to the end and keeps the first [`KEPT`] bytes.
fn keep(mut source: impl Read, on_line: impl Fn(&str)) -> String {
    let mut kept = Vec::new();
    let mut line_start = 0;
    let mut chunk = [0; 8192];
    loop {
        let count = match source.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        let room = KEPT.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(&chunk[..room]);
        while let Some(length) = kept[line_start..].iter().position(|&byte| byte == b'\n') {
            on_line(&String::from_utf8_lossy(&kept[line_start..line_start + length]));
            line_start += length + 1;
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// Makes `command` the leader of a process group: cargo, rustc and the test then end together.
#[cfg(unix)]
pub fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// Other systems end only the program itself.
#[cfg(not(unix))]
pub fn own_group(_: &mut Command) {}

impl Process {
    #[cfg(unix)]
    fn end(self) {
        use nix::sys::signal::{Signal, kill, killpg};
        use nix::unistd::Pid;
        let pid = |process: u32| i32::try_from(process).map(Pid::from_raw);
        // It may have ended by itself in this moment: then there is nothing to do.
        let _ = match self {
            // Rust's test programs keep nothing that they would have to put in order first.
            Self::Group(process) => pid(process).map(|process| killpg(process, Signal::SIGKILL)),
            Self::Single(process) => pid(process).map(|process| kill(process, Signal::SIGTERM)),
        };
    }

    #[cfg(not(unix))]
    fn end(self) {
        let (Self::Group(process) | Self::Single(process)) = self;
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &process.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

/// Runs `command` in the reader's own terminal and waits for it.
///
/// # Errors
/// When the program cannot be started.
pub fn hand_over(mut command: Command, leash: &Leash) -> io::Result<ExitStatus> {
    let mut child = {
        let mut held = leash.held();
        let child = command.spawn()?;
        held.process = Some(Process::Single(child.id()));
        child
    };
    let status = child.wait();
    leash.held().process = None;
    status
}
