//! What is wrong with the book: one line each, with the place to mend.

use std::fmt;

use serde::Serialize;

/// One fault, at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The file, relative to the repository's root.
    pub file: String,
    /// Line in that file, from 1.
    pub line: usize,
    /// The rule that was broken, a short name such as `dead-link`.
    pub rule: &'static str,
    /// What was expected and what came.
    pub message: String,
}

impl Finding {
    /// A fault of `rule` at `file:line`.
    pub fn new(
        file: impl Into<String>,
        line: usize,
        rule: &'static str,
        message: impl Into<String>,
    ) -> Finding {
        Finding { file: file.into(), line, rule, message: message.into() }
    }
}

/// The number of the first line that holds `needle`; 1 when none does.
pub fn line_of(text: &str, needle: &str) -> usize {
    text.lines().position(|line| line.contains(needle)).map_or(1, |index| index + 1)
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.rule, self.message)
    }
}
