//! What can go wrong in the runner, and the exit code that says so.

use std::path::PathBuf;

use thiserror::Error;

/// Everything asked for is green, or there was nothing to judge.
pub const FINE: u8 = 0;
/// A test is red.
pub const RED: u8 = 1;
/// The command line names something that does not exist, or that cannot be had now.
pub const USAGE: u8 = 2;
/// Something the runner needs is missing or broken.
pub const BROKEN: u8 = 3;

/// A signal ended the runner; shells use the same number for Ctrl-C.
pub const SIGNALLED: u8 = 130;

/// A failure with one clear line.
#[derive(Debug, Error)]
pub enum Problem {
    /// No such exercise.
    #[error("no exercise {given}{}", nearest.as_ref().map(|id| format!("; the nearest is {id}")).unwrap_or_default())]
    UnknownExercise {
        /// What was asked for.
        given: String,
        /// The exercise whose id or name is most like it.
        nearest: Option<String>,
    },
    /// No such chapter.
    #[error("no chapter {given}: expected a number from 1 to {last}")]
    UnknownChapter {
        /// What was asked for.
        given: String,
        /// The last chapter.
        last: u8,
    },
    /// A chapter that has no crate yet.
    #[error("chapter {number} is not written yet")]
    NotWritten {
        /// Its number.
        number: u8,
    },
    /// The command cannot be carried out in this state; the text says why and what would help.
    #[error("{0}")]
    Refused(String),
    /// No workshop around here.
    #[error(
        "{} is not inside the workshop: no folder above it has both `exercises` and `workshop`", from.display()
    )]
    NotAWorkshop {
        /// Where the search began.
        from: PathBuf,
    },
    /// An exercise whose Cargo.toml does not say what the runner needs.
    #[error("{}: {reason}", path.display())]
    BadExercise {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Problem {
    /// The process's exit code for this problem.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::UnknownExercise { .. }
            | Self::UnknownChapter { .. }
            | Self::NotWritten { .. }
            | Self::Refused(_) => USAGE,
            Self::NotAWorkshop { .. } | Self::BadExercise { .. } => BROKEN,
        }
    }
}
