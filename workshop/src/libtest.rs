//! Reads what Rust's test harness prints.

/// One test and how it went.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Test {
    /// Its name.
    pub name: String,
    /// Whether it passed.
    pub ok: bool,
    /// What it said when it failed, without the harness's words around it.
    pub message: Option<String>,
    /// Where it failed, such as `tests/spec.rs:33:14`.
    pub place: Option<String>,
}

/// One run of a test program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// In the harness's order.
    pub tests: Vec<Test>,
    /// How many it announced; a program that dies early has announced more than it reports.
    pub announced: Option<usize>,
    /// Whether the closing line is there and says that all is well.
    pub closed_well: bool,
    /// How many were skipped: a skipped test proves nothing.
    pub ignored: usize,
}

impl Run {
    /// Reads standard output, without its escape sequences.
    pub fn parse(stdout: &str) -> Self {
        let mut run = Self::default();
        let mut sections: Vec<(String, String)> = Vec::new();
        let mut in_section = false;
        for line in stdout.lines() {
            if let Some(name) = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----"))
            {
                sections.push((name.to_owned(), String::new()));
                in_section = true;
            } else if in_section {
                // The list of names that follows the last section starts a line of its own.
                if line == "failures:" || line.starts_with("test result: ") {
                    in_section = false;
                    run.read_line(line);
                } else if let Some((_, text)) = sections.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            } else {
                run.read_line(line);
            }
        }
        for test in run.tests.iter_mut().filter(|test| !test.ok) {
            if let Some((_, section)) = sections.iter().find(|(name, _)| *name == test.name) {
                let (place, message) = panic_of(section);
                test.place = place;
                test.message = Some(message);
            }
        }
        run
    }

    fn read_line(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("running ") {
            let count = rest.split(' ').next().and_then(|count| count.parse().ok());
            self.announced = count.or(self.announced);
        } else if let Some(rest) = line.strip_prefix("test result: ") {
            self.closed_well = rest.starts_with("ok.");
        } else if let Some(rest) = line.strip_prefix("test ")
            && let Some((name, outcome)) = rest.split_once(" ... ")
        {
            let name = name.trim_end_matches(" - should panic").to_owned();
            // What the test printed past the harness may stand before the word.
            if outcome.starts_with("ignored") {
                self.ignored += 1;
            } else if outcome.ends_with("ok") || outcome.ends_with("FAILED") {
                self.tests.push(Test { name, ok: outcome.ends_with("ok"), message: None, place: None });
            }
        }
    }

    /// Whether every announced test ran and passed.
    pub fn green(&self) -> bool {
        self.closed_well
            && self.ignored == 0
            && !self.tests.is_empty()
            && self.announced == Some(self.tests.len())
            && self.tests.iter().all(|test| test.ok)
    }
}

/// Place and message of the panic that explains a failure; all of the output when there is none.
///
/// A spec may catch a panic of the reader's code and fail with an explanation, which comes later. An explanation
/// begins with an empty line (`spec_kit::Failure` sees to that). Without one the first panic is the cause.
fn panic_of(section: &str) -> (Option<String>, String) {
    let lines: Vec<&str> = section.lines().collect();
    let is_panic = |line: &&str| line.starts_with("thread '") && line.contains(" panicked at ");
    let panics = || (0..lines.len()).filter(|&at| is_panic(&lines[at]));
    let explained = panics().rfind(|&at| lines.get(at + 1).is_some_and(|line| line.is_empty()));
    let Some(start) = explained.or_else(|| panics().next()) else {
        return (None, section.trim_matches('\n').to_owned());
    };
    let place =
        lines[start].split_once(" panicked at ").map(|(_, place)| place.trim_end_matches(':').to_owned());
    let end = lines[start + 1..]
        .iter()
        .position(|line| {
            line.starts_with("note: run with `RUST_BACKTRACE")
                || line.starts_with("stack backtrace:")
                || is_panic(line)
        })
        .map_or(lines.len(), |length| start + 1 + length);
    // What the reader printed themselves comes first: they printed it to see it.
    let printed = lines[..start].join("\n").trim_matches('\n').to_owned();
    let message = lines[start + 1..end].join("\n").trim_matches('\n').to_owned();
    (place, if printed.is_empty() { message } else { format!("{message}\n\nYour code printed:\n{printed}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: &str = "
running 3 tests
test a ... ok
test b ... FAILED
test c ... FAILED

failures:

---- b stdout ----
my own print

thread 'b' (77) panicked at exercises/ch01/01-x/tests/spec.rs:33:14:


The peer sent it in pieces.

  expected: 1
  got:      2

note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

---- c stdout ----

thread 'c' (78) panicked at exercises/ch01/01-x/src/lib.rs:4:5:
not yet implemented: 01-01 x


failures:
    b
    c

test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn a_red_run() {
        let run = Run::parse(RED);
        assert!(!run.green());
        assert_eq!(run.tests.len(), 3);
        assert_eq!(
            run.tests[1].message.as_deref(),
            Some(
                "The peer sent it in pieces.\n\n  expected: 1\n  got:      2\n\nYour code printed:\nmy own print"
            )
        );
        assert_eq!(run.tests[1].place.as_deref(), Some("exercises/ch01/01-x/tests/spec.rs:33:14"));
        assert_eq!(run.tests[2].message.as_deref(), Some("not yet implemented: 01-01 x"));
    }

    /// A spec that catches the reader's panic explains it afterwards.
    #[test]
    fn the_explanation_comes_before_the_panic_that_it_explains() {
        let caught = "thread 'b' (77) panicked at src/lib.rs:4:5:\nindex out of bounds\n";
        let explained = RED.replace("my own print\n", caught);
        let test = &Run::parse(&explained).tests[1];
        let message = test.message.as_deref().unwrap();
        assert!(message.starts_with("The peer sent it in pieces."), "{message}");
        assert!(message.ends_with("index out of bounds"), "{message}");
        assert_eq!(test.place.as_deref(), Some("exercises/ch01/01-x/tests/spec.rs:33:14"));
    }

    #[test]
    fn green_needs_every_announced_test_and_the_closing_line() {
        let green =
            "running 2 tests\ntest a ... ok\ntest b ... ok\n\ntest result: ok. 2 passed; 0 failed; …\n";
        assert!(Run::parse(green).green());
        // The program left early, with exit code 0.
        assert!(!Run::parse("running 2 tests\ntest a ... ok\n").green());
        assert!(!Run::parse(&green.replace("test b ... ok", "test b ... ignored, slow")).green());
        assert!(!Run::parse("running 0 tests\n\ntest result: ok. 0 passed;\n").green());
        assert!(!Run::parse("").green());
    }
}
