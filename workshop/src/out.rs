//! The way to standard output.

use std::io::{self, Write as _};

/// Prints `text` as it is. A reader of a pipe that has seen enough (`| head`) is no failure.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn say(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints one JSON value, indented, with a line end.
///
/// # Errors
/// As [`say`].
pub fn say_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    say(&(serde_json::to_string_pretty(value)? + "\n"))
}
