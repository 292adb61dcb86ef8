//! What the chapters' demonstrations share, so that each `src/demo` holds only its story.
//!
//! ```text
//!   Args ──parse──▶ acts ──play──▶ a title and a story each, or one JSON object ──exit_code──▶ 0, 1 or 2
//! ```
#![forbid(unsafe_code)]

mod one_core;
mod timing;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
pub use one_core::OneCore;
use serde_json::{Map, Value};
pub use timing::{Latency, nanoseconds, show};

/// What any act may fail with: sockets, calls, a full disk behind standard output.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A part of a demonstration that can be played alone.
pub trait Act: ValueEnum + Copy {
    /// The line above its story.
    fn title(self) -> &'static str;
}

/// Reads the arguments. Help goes to standard output; a usage error is **one** line on standard error.
///
/// # Errors
/// The code to exit with: 0 after help, 2 after a usage error.
pub fn parse<A: Parser>() -> Result<A, ExitCode> {
    A::try_parse().map_err(|error| {
        if !error.use_stderr() {
            // Nobody reads it: nothing to be done.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        // clap's own text has several lines.
        let text = error.to_string();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut first = lines.next().unwrap_or("error: bad arguments").to_owned();
        if first.ends_with(':') {
            // What is missing stands on a line of its own.
            first.extend(lines.next().map(|missing| format!(" {missing}")));
        }
        let choices =
            lines.find(|line| line.starts_with("[possible")).unwrap_or("(--help shows what there is)");
        eprintln!("{first} {choices}");
        ExitCode::from(2)
    })
}

/// Plays `acts` (all there are, when none is named) and tells the story, or prints one JSON object.
///
/// `one` plays an act: it tells its story to the writer and gives its facts. `whole` makes the object of all
/// facts, under the names of the acts. `see` ends the story of a whole demonstration.
///
/// # Errors
/// Those of the acts, and of standard output.
pub fn play<A: Act>(
    acts: &[A],
    as_json: bool,
    mut one: impl FnMut(A, &mut dyn Write) -> Result<Value, Failure>,
    whole: impl FnOnce(Map<String, Value>) -> Value,
    see: &str,
) -> Result<(), Failure> {
    let acts = if acts.is_empty() { A::value_variants() } else { acts };
    let mut facts = Map::new();
    let (mut story, mut nobody) = (io::stdout().lock(), io::sink());
    let out: &mut dyn Write = if as_json { &mut nobody } else { &mut story };
    for (index, &act) in acts.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        writeln!(out, "{gap}── {} ──", act.title())?;
        let name = act.to_possible_value().expect("no act is hidden").get_name().to_owned();
        facts.insert(name, one(act, out)?);
    }
    if as_json {
        writeln!(story, "{}", serde_json::to_string_pretty(&whole(facts))?)?;
    } else if acts.len() > 1 {
        writeln!(out, "\n{see}")?;
    }
    Ok(())
}

/// Bytes as a row of hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.join(" ")
}

/// Says what went wrong, if something did. A reader of a pipe that has seen enough (`| head`) is no failure.
pub fn exit_code(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
