//! Makes a process stand still, and go on.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// How long it may take until the last thread stands still: 10 s. It takes microseconds on an idle machine.
const WITHIN: Duration = Duration::from_secs(10);

/// Stops `process`, and returns when it has stopped.
///
/// `kill` returns when the signal is *on its way*. A Java virtual machine has thirty threads, and on a busy
/// machine one of them goes on for some milliseconds, long enough to answer. The kernel tells the parent when
/// the last has stopped.
pub(crate) fn pause(process: &Child) -> Result<(), String> {
    let number = number(process)?;
    kill(number, Signal::SIGSTOP).map_err(|error| error.to_string())?;
    let end = Instant::now() + WITHIN;
    while Instant::now() < end {
        match waitpid(number, Some(WaitPidFlag::WUNTRACED | WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::Stopped(..)) => return Ok(()),
            Ok(WaitStatus::StillAlive) => thread::sleep(Duration::from_millis(1)),
            other => return Err(format!("expected it to stop, got {other:?}")),
        }
    }
    Err(format!("it has not stopped within {WITHIN:?}"))
}

/// Lets it go on.
pub(crate) fn resume(process: &Child) -> Result<(), String> {
    kill(number(process)?, Signal::SIGCONT).map_err(|error| error.to_string())
}

/// It is our own child and was not waited for yet, so the number cannot be another's.
fn number(process: &Child) -> Result<Pid, String> {
    i32::try_from(process.id()).map(Pid::from_raw).map_err(|error| error.to_string())
}
