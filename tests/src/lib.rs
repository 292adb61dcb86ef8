//! Cross-chapter tests live in `tests/`; this library holds what they share.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The workshop's root folder.
///
/// # Panics
/// Never in a checkout: this package lies one folder below the root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package lies in the workshop").to_owned()
}

/// What a program prints, or why it could not say it.
///
/// # Errors
/// The program could not be started, or it failed: then with what it said on standard error.
pub fn output_of(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("cannot start {command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// cargo, in the workshop's root, and never on the network.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).arg("--offline").current_dir(root());
    command
}

/// `cargo metadata` with further arguments.
///
/// # Errors
/// See [`output_of`].
pub fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let text = output_of(cargo(&["metadata", "--format-version", "1"]).args(arguments))?;
    serde_json::from_str(&text).map_err(|error| format!("cargo metadata is no JSON: {error}"))
}
