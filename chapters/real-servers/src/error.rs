//! Why there is no server.

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Not installed: what needs it is skipped.
    #[error("{server} is not installed ({missing} was not found; the Debian package is {package})")]
    NotHere {
        /// What was to be started.
        server: &'static str,
        /// The file that was looked for.
        missing: String,
        /// What to install.
        package: &'static str,
    },
    /// Installed, and broken: nothing to skip, but something to look into.
    #[error("{server} is installed but does not start: {why}\nthe end of its log:\n{log}")]
    Broken {
        /// What was to be started.
        server: &'static str,
        /// What it did instead.
        why: String,
        /// The last lines that it wrote.
        log: String,
    },
}

/// For tests: the server, or `None`, after a line that says what is skipped and why.
///
/// # Panics
/// When it is installed and does not start.
pub fn or_skip<T>(started: Result<T, StartError>) -> Option<T> {
    match started {
        Ok(server) => Some(server),
        Err(error @ StartError::NotHere { .. }) => {
            println!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}
