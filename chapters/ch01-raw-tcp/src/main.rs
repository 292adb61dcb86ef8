//! The demo of chapter 1: `cargo run -p ch01-raw-tcp`.
#![forbid(unsafe_code)]

mod demo;

use std::process::ExitCode;

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use demo::Act;

/// A call across a socket, the bare way: eight short acts, each with a pain or a number.
#[derive(Debug, Parser)]
#[command(name = "ch01-raw-tcp", after_help = EXAMPLES)]
struct Args {
    /// Play only these acts (may be given several times)
    #[arg(long, value_enum, value_name = "ACT")]
    act: Vec<Act>,
    /// Print the facts as one JSON object instead of the story
    #[arg(long)]
    json: bool,
    /// Calls in each measurement; more calls, steadier numbers
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(10..=10_000))]
    calls: usize,
}

const EXAMPLES: &str = "\
Examples:
  cargo run -p ch01-raw-tcp                      the whole story, a few seconds
  cargo run -p ch01-raw-tcp -- --act steps       one act
  cargo run -p ch01-raw-tcp -- --json            the measured facts
  strace -c -f target/debug/ch01-raw-tcp --json  the same system calls, counted from outside";

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if error.use_stderr() => {
            // Usage errors are one clear line; clap's own text has several.
            let text = error.to_string();
            let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let first = lines.next().unwrap_or("error: bad arguments");
            let choices =
                lines.find(|line| line.starts_with("[possible")).unwrap_or("(--help shows what there is)");
            eprintln!("{first} {choices}");
            return ExitCode::from(2);
        }
        Err(help) => {
            // Nobody reads it: nothing to be done.
            let _ = help.print();
            return ExitCode::SUCCESS;
        }
    };
    let acts = if args.act.is_empty() { Act::ALL.to_vec() } else { args.act };
    match demo::play(&acts, args.calls, args.json) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader of a pipe that has seen enough (`| head`) is no failure.
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
