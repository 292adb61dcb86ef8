//! Cuts the starter of an exercise out of its solution.
//!
//! ```text
//!   solution                                   starter
//!   // YOUR CODE read_all: fill the buffer.    // YOUR CODE read_all: fill the buffer.
//!   let mut got = 0;                           todo!("01-01 read_all")
//!   …                                          // END YOUR CODE
//!   // END YOUR CODE
//! ```
//!
//! There is one source, so the two can never drift apart: what is not between the markers is the same
//! line in both.

use thiserror::Error;

/// Stands in every starter, directly after its `//!` lines.
pub const ALLOW_UNUSED: &str =
    "#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.";

const START: &str = "// YOUR CODE";
const END: &str = "// END YOUR CODE";

/// One place that the reader fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The name, unique within the exercise.
    pub name: String,
    /// The one line that says what to do.
    pub instruction: String,
    /// The line number (from 1) of the `YOUR CODE` marker.
    pub line: usize,
    /// The answer: what stands between the two markers.
    pub answer: Vec<String>,
    /// The marker's indentation.
    indent: String,
}

impl Hole {
    /// How many lines of the answer are code: neither blank nor only a comment.
    pub fn code_lines(&self) -> usize {
        self.answer
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
            .count()
    }
}

/// Why a solution cannot be cut.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StarterError {
    /// A marker without a usable name.
    #[error("line {line}: expected `// YOUR CODE hole_name: what to do`, got `{got}`")]
    Unnamed {
        /// Where it stands.
        line: usize,
        /// The marker as it stands there.
        got: String,
    },
    /// A hole inside a hole.
    #[error("line {line}: a hole starts inside hole `{outer}` of line {opened}, which is still open")]
    Nested {
        /// Where the inner hole starts.
        line: usize,
        /// The name of the open hole.
        outer: String,
        /// Where the open hole starts.
        opened: usize,
    },
    /// A hole without an end.
    #[error("line {line}: hole `{name}` has no `// END YOUR CODE`")]
    Unclosed {
        /// Where the hole starts.
        line: usize,
        /// Its name.
        name: String,
    },
    /// Two holes of one name.
    #[error("line {line}: hole `{name}` has the name of the hole of line {first}")]
    Twice {
        /// Where the second starts.
        line: usize,
        /// The name of both.
        name: String,
        /// Where the first starts.
        first: usize,
    },
    /// An end without a start.
    #[error("line {line}: `// END YOUR CODE`, but no hole is open")]
    NotOpen {
        /// Where the end stands.
        line: usize,
    },
    /// Nothing to cut out.
    #[error("no hole: expected at least one `// YOUR CODE hole_name: what to do`")]
    NoHole,
    /// A replacement for a hole that does not exist.
    #[error("no hole is called `{name}`; the holes are: {known}")]
    UnknownHole {
        /// The name that was asked for.
        name: String,
        /// The names that exist.
        known: String,
    },
}

/// The holes of a solution, in order.
///
/// # Errors
/// See [`StarterError`]; never [`StarterError::UnknownHole`].
pub fn holes_of(solution: &str) -> Result<Vec<Hole>, StarterError> {
    let mut holes: Vec<Hole> = Vec::new();
    let mut open: Option<Hole> = None;
    for (index, text) in solution.lines().enumerate() {
        let line = index + 1;
        let marker = text.trim();
        if marker == END {
            holes.push(open.take().ok_or(StarterError::NotOpen { line })?);
        } else if let Some(rest) = marker.strip_prefix(START) {
            if let Some(outer) = open {
                return Err(StarterError::Nested { line, outer: outer.name, opened: outer.line });
            }
            let (name, instruction) =
                parse_marker(rest).ok_or_else(|| StarterError::Unnamed { line, got: marker.to_owned() })?;
            if let Some(first) = holes.iter().find(|hole| hole.name == name) {
                return Err(StarterError::Twice { line, name: name.to_owned(), first: first.line });
            }
            let indent = text[..text.len() - text.trim_start().len()].to_owned();
            open = Some(Hole {
                name: name.to_owned(),
                instruction: instruction.to_owned(),
                line,
                answer: Vec::new(),
                indent,
            });
        } else if let Some(hole) = &mut open {
            hole.answer.push(text.to_owned());
        }
    }
    match open {
        Some(hole) => Err(StarterError::Unclosed { line: hole.line, name: hole.name }),
        None if holes.is_empty() => Err(StarterError::NoHole),
        None => Ok(holes),
    }
}

/// The starter that belongs to a solution. `id` is the exercise's, such as `01-03`.
///
/// # Errors
/// See [`StarterError`].
pub fn starter_of(solution: &str, id: &str) -> Result<String, StarterError> {
    let holes = holes_of(solution)?;
    let mut starter =
        refill(solution, &holes, |hole| Some(format!("{}todo!(\"{id} {}\")\n", hole.indent, hole.name)));
    let docs: usize =
        starter.split_inclusive('\n').take_while(|line| line.starts_with("//!")).map(str::len).sum();
    starter.insert_str(docs, &format!("{ALLOW_UNUSED}\n"));
    Ok(starter)
}

/// The solution with other lines in one hole: how a decoy is made.
///
/// # Errors
/// [`StarterError::UnknownHole`], and whatever [`holes_of`] says.
pub fn with_hole(solution: &str, name: &str, replacement: &str) -> Result<String, StarterError> {
    let holes = holes_of(solution)?;
    if !holes.iter().any(|hole| hole.name == name) {
        let known: Vec<_> = holes.iter().map(|hole| hole.name.as_str()).collect();
        return Err(StarterError::UnknownHole { name: name.to_owned(), known: known.join(", ") });
    }
    Ok(refill(solution, &holes, |hole| {
        (hole.name == name).then(|| format!("{}\n", replacement.trim_end_matches('\n')))
    }))
}

/// Copies `solution` with each hole's answer replaced by what `fill` gives, or left alone for `None`.
fn refill(solution: &str, holes: &[Hole], fill: impl Fn(&Hole) -> Option<String>) -> String {
    let lines: Vec<&str> = solution.lines().collect();
    let mut text = String::with_capacity(solution.len());
    let mut next = 0;
    for hole in holes {
        let Some(replacement) = fill(hole) else { continue };
        for line in &lines[next..hole.line] {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str(&replacement);
        next = hole.line + hole.answer.len();
    }
    for line in &lines[next..] {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Splits ` name: instruction`. A name is what a Rust function could be called.
fn parse_marker(rest: &str) -> Option<(&str, &str)> {
    let (name, instruction) = rest.strip_prefix(' ')?.split_once(':')?;
    let usable = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !instruction.trim().is_empty();
    usable.then_some((name, instruction.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "\
//! Story.
//!
//! More.
#![forbid(unsafe_code)]

fn one() -> u8 {
    // YOUR CODE one: say one.
    // A remark.

    let one = 1;
    one
    // END YOUR CODE
}

fn two() -> u8 {
    if true {
        // YOUR CODE two: say two.
        1 + 1
        // END YOUR CODE
    }
}
";

    #[test]
    fn cuts_every_hole_and_keeps_the_rest() {
        let starter = starter_of(SOLUTION, "01-02").unwrap();
        let expected = "\
//! Story.
//!
//! More.
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

fn one() -> u8 {
    // YOUR CODE one: say one.
    todo!(\"01-02 one\")
    // END YOUR CODE
}

fn two() -> u8 {
    if true {
        // YOUR CODE two: say two.
        todo!(\"01-02 two\")
        // END YOUR CODE
    }
}
";
        assert_eq!(starter, expected);
    }

    #[test]
    fn windows_line_ends_make_the_same_starter() {
        let windows = SOLUTION.replace('\n', "\r\n");
        assert_eq!(starter_of(&windows, "01-02"), starter_of(SOLUTION, "01-02"));
    }

    #[test]
    fn a_hole_knows_its_name_its_task_and_its_size() {
        let holes = holes_of(SOLUTION).unwrap();
        assert_eq!(holes.len(), 2);
        assert_eq!((holes[0].name.as_str(), holes[0].instruction.as_str()), ("one", "say one."));
        assert_eq!((holes[0].line, holes[0].answer.len(), holes[0].code_lines()), (7, 4, 2));
    }

    #[test]
    fn a_name_is_what_a_function_could_be_called() {
        let holes = holes_of("// YOUR CODE step_2: x\n// END YOUR CODE\n").unwrap();
        assert_eq!(holes[0].name, "step_2");
    }

    #[test]
    fn a_decoy_changes_one_hole_only() {
        let decoy = with_hole(SOLUTION, "two", "        3\n").unwrap();
        assert_eq!(decoy, SOLUTION.replace("        1 + 1\n", "        3\n"));
        assert_eq!(
            with_hole(SOLUTION, "three", ""),
            Err(StarterError::UnknownHole { name: "three".into(), known: "one, two".into() })
        );
    }

    #[test]
    fn each_broken_marker_is_named_with_its_line() {
        let unnamed = |line, got: &str| StarterError::Unnamed { line, got: got.into() };
        let cases = [
            ("fn f() {}\n", StarterError::NoHole),
            ("// YOUR CODE\n", unnamed(1, "// YOUR CODE")),
            ("// YOUR CODE : do it\n", unnamed(1, "// YOUR CODE : do it")),
            ("// YOUR CODE a\n", unnamed(1, "// YOUR CODE a")),
            ("// YOUR CODE a b: do it\n", unnamed(1, "// YOUR CODE a b: do it")),
            ("// YOUR CODE a:\n", unnamed(1, "// YOUR CODE a:")),
            ("\n// END YOUR CODE\n", StarterError::NotOpen { line: 2 }),
            ("// YOUR CODE a: x\n1\n", StarterError::Unclosed { line: 1, name: "a".into() }),
            (
                "// YOUR CODE a: x\n// YOUR CODE b: y\n",
                StarterError::Nested { line: 2, outer: "a".into(), opened: 1 },
            ),
            (
                "// YOUR CODE a: x\n// END YOUR CODE\n// YOUR CODE a: y\n// END YOUR CODE\n",
                StarterError::Twice { line: 3, name: "a".into(), first: 1 },
            ),
        ];
        for (text, error) in cases {
            assert_eq!(starter_of(text, "01-01"), Err(error), "{text:?}");
        }
    }
}
