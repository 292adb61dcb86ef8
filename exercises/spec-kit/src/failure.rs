//! The form of a failure message: symptom, evidence, expected and got, likely cause, page.

use std::fmt::{self, Debug, Display, Write as _};

/// A failed check, told in the order in which a reader needs it.
///
/// ```should_panic
/// spec_kit::Failure::new("The second line vanished.")
///     .show("fed in one piece (4 bytes)", "a \\n b \\n")
///     .expected("\"a\", then \"b\"")
///     .got("\"a\", then nothing")
///     .because("After the first line you dropped the rest of the buffer.")
///     .page("chapter 1, \"Bytes come in pieces\"")
///     .raise();
/// ```
#[derive(Debug)]
#[must_use = "a failure does nothing until it is raised"]
pub struct Failure {
    text: String,
}

impl Failure {
    /// Starts with the symptom: one sentence, no jargon.
    pub fn new(symptom: impl Display) -> Self {
        Self { text: format!("\n\n{symptom}\n") }
    }

    /// Evidence: a title and an indented block (a [`hex_dump`](crate::hex_dump), a script, a timeline).
    pub fn show(mut self, title: impl Display, block: impl Display) -> Self {
        let _ = write!(self.text, "\n  {title}:\n");
        for line in block.to_string().lines() {
            let _ = writeln!(self.text, "    {line}");
        }
        self
    }

    /// What the contract promises.
    pub fn expected(mut self, what: impl Display) -> Self {
        let _ = write!(self.text, "\n  expected: {what}\n");
        self
    }

    /// What the reader's code did instead.
    pub fn got(mut self, what: impl Display) -> Self {
        let _ = writeln!(self.text, "  got:      {what}");
        self
    }

    /// The likely cause, named as the mistake people really make.
    pub fn because(mut self, cause: impl Display) -> Self {
        let _ = write!(self.text, "\n  {cause}\n");
        self
    }

    /// The page to read, as "chapter 1, …".
    pub fn page(mut self, page: impl Display) -> Self {
        let _ = writeln!(self.text, "  Page: {page}");
        self
    }

    /// Fails the test with this message.
    ///
    /// # Panics
    /// Always; that is its job.
    #[track_caller]
    pub fn raise(self) -> ! {
        panic!("{}", self.text)
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Raises `failure` with expected and got filled in, unless the two are equal.
#[track_caller]
pub fn check_eq<T: PartialEq<U> + Debug, U: Debug>(
    got: T,
    expected: U,
    failure: impl FnOnce(Failure) -> Failure,
    symptom: &str,
) {
    if got != expected {
        failure(Failure::new(symptom).expected(format_args!("{expected:?}")).got(format_args!("{got:?}")))
            .raise();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_story_in_order() {
        let text = Failure::new("It broke.")
            .show("bytes", "00\n01")
            .expected(1)
            .got(2)
            .because("A typo.")
            .page("chapter 1")
            .to_string();
        assert_eq!(
            text,
            "\n\nIt broke.\n\n  bytes:\n    00\n    01\n\n  expected: 1\n  got:      2\n\n  A typo.\n  Page: chapter 1\n"
        );
    }

    #[test]
    fn equal_values_raise_nothing() {
        check_eq(1, 1, |failure| failure, "never seen");
    }

    #[test]
    #[should_panic(expected = "Off by one.")]
    fn different_values_raise() {
        check_eq(1, 2, |failure| failure, "Off by one.");
    }
}
