//! Ends a server whose program was killed.
//!
//! [`RealServer`](crate::RealServer) ends its process when it is dropped, also when a test panics. Nothing is
//! dropped when the program itself is killed: `kill -9`, Ctrl-C, a debugger's stop. Then its servers would run
//! until the machine restarts. The watchman is a shell that waits for the end of a pipe whose other end only
//! this program holds. The kernel closes it however the program ends; then the watchman cleans up.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Waits for the end of this program.
#[derive(Debug)]
pub(crate) struct Watchman(Child);

impl Watchman {
    /// Guards `process` and its `folder`.
    pub(crate) fn guard(process: u32, folder: &Path) -> io::Result<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", r#"read -r _; kill -9 "$1"; rm -rf "$2""#, "watchman"]);
        shell.arg(process.to_string()).arg(folder);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        apart(&mut shell);
        shell.spawn().map(Self)
    }
}

/// Whoever dismisses the watchman does it *before* the process is waited for: until then nobody else can get
/// its number.
impl Drop for Watchman {
    fn drop(&mut self) {
        // Killed already: nothing to be done.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// In a process group of its own, so that Ctrl-C on the terminal reaches the program and not its servers: it
/// may have a last word with them.
pub(crate) fn apart(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}
