//! Runs a command and keeps what it prints, within bounds.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// A capture may have to compile its program first; five minutes is a cold build of one chapter, three times over.
pub const LIMIT: Duration = Duration::from_secs(300);
/// No page shows more than a few kilobytes; what prints a megabyte has run away.
const MAX_OUTPUT: u64 = 1024 * 1024;

/// What a command left behind.
pub struct Ran {
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    /// What it printed, with paths of this machine made relative to the repository.
    pub text: String,
}

/// Runs `command` in `root`, without colours. With `stderr`, both streams come in one text, in their true order.
pub fn run(root: &Path, command: &[String], stderr: bool) -> Result<Ran> {
    let Some((program, arguments)) = command.split_first() else { bail!("the command is empty") };
    let (mut reader, writer) = std::io::pipe()?;
    let errors = if stderr { Stdio::from(writer.try_clone()?) } else { Stdio::null() };
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(errors)
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;

    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let read = reader.by_ref().take(MAX_OUTPUT + 1).read_to_end(&mut text).map(|_| text);
        // The receiver is gone when the time ran out; nobody wants the text then.
        let _ = send.send(read);
    });
    let Ok(text) = receive.recv_timeout(LIMIT) else {
        child.kill()?;
        child.wait()?;
        bail!("no end after {} s; stopped", LIMIT.as_secs());
    };
    let text = text?;
    if text.len() as u64 > MAX_OUTPUT {
        child.kill()?;
        child.wait()?;
        bail!("more than {MAX_OUTPUT} bytes of output; stopped");
    }
    let here = format!("{}/", root.display());
    Ok(Ran { code: child.wait()?.code(), text: String::from_utf8_lossy(&text).replace(&here, "") })
}

/// Whether a program of this name is installed.
pub fn is_installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str, stderr: bool) -> Ran {
        run(Path::new("/"), &["sh".into(), "-c".into(), script.into()], stderr).expect("sh runs")
    }

    #[test]
    fn both_streams_come_in_order_and_the_exit_code_is_kept() {
        let ran = sh("echo one; echo two >&2; echo three; exit 3", true);
        assert_eq!((ran.code, ran.text.as_str()), (Some(3), "one\ntwo\nthree\n"));
        assert_eq!(sh("echo one; echo two >&2", false).text, "one\n");
    }

    #[test]
    fn endless_output_is_stopped() {
        let endless = ["sh", "-c", "yes"].map(String::from);
        assert!(
            run(Path::new("/"), &endless, false)
                .is_err_and(|why| why.to_string().contains("bytes of output"))
        );
    }
}
