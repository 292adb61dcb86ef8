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
    match demo_kit::parse::<Args>() {
        Ok(args) => demo_kit::exit_code(demo::play(&args.act, args.calls, args.json)),
        Err(code) => code,
    }
}
