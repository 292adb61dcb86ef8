//! The demo of chapter 2: `cargo run -p ch02-protocol`.
#![forbid(unsafe_code)]

mod demo;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::RangedU64ValueParser;
use clap::{Parser, Subcommand};
use demo::Act;

/// Messages with borders, names and limits: nine short acts, each with a pain or a number.
#[derive(Debug, Parser)]
#[command(name = "ch02-protocol", after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Args {
    /// Play only these acts (may be given several times)
    #[arg(long, value_enum, value_name = "ACT")]
    act: Vec<Act>,
    /// Print the facts as one JSON object instead of the story
    #[arg(long)]
    json: bool,
    /// Calls in each measurement; more calls, steadier numbers
    #[arg(long, default_value_t = 2000, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(100..=100_000))]
    calls: usize,
    #[command(subcommand)]
    tool: Option<Tool>,
}

#[derive(Debug, Subcommand)]
enum Tool {
    /// Take frames apart, field by field; exits with 1 if something is wrong with them
    #[command(after_help = "Example: cargo run -p ch02-protocol -- dissect --hex '79 72 70 63 01 04'")]
    Dissect {
        /// A file of bytes as they stood on the wire; `-` is standard input
        #[arg(value_name = "FILE", required_unless_present = "hex")]
        file: Option<PathBuf>,
        /// The bytes themselves, as hexadecimal digits; blanks do not matter
        #[arg(long, value_name = "DIGITS", conflicts_with = "file")]
        hex: Option<String>,
        /// Print the fields as one JSON object
        #[arg(long)]
        json: bool,
    },
}

const EXAMPLES: &str = "\
Examples:
  cargo run -p ch02-protocol                          the whole story, a few seconds
  cargo run -p ch02-protocol -- --act ids             one act
  cargo run -p ch02-protocol -- --json                the measured facts
  cargo run -p ch02-protocol -- dissect capture.bin   what is in these bytes?";

fn main() -> ExitCode {
    let args = match demo_kit::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match args.tool {
        None => demo_kit::exit_code(demo::play(&args.act, args.calls, args.json)),
        Some(Tool::Dissect { file, hex, json }) => demo::dissect::run(file.as_deref(), hex.as_deref(), json),
    }
}
