//! The demo of chapter 3: `cargo run -p ch03-codec`.
#![forbid(unsafe_code)]

mod demo;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use demo::Act;

/// Values that become bytes, in the format that the caller chooses: eight short acts.
#[derive(Debug, Parser)]
#[command(name = "ch03-codec", after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Args {
    /// Play only these acts (may be given several times)
    #[arg(long, value_enum, value_name = "ACT")]
    act: Vec<Act>,
    /// Print the facts as one JSON object instead of the story
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    tool: Option<Tool>,
}

#[derive(Debug, Subcommand)]
enum Tool {
    /// Explain bytes, value by value; exits with 1 if something is wrong with them
    #[command(
        after_help = "Example: cargo run -p ch03-codec -- show tagged '0a 04 13 07 26 03 41 6e 6e 38 00 40'"
    )]
    Show {
        /// The format that they are in
        #[arg(value_enum)]
        format: Shown,
        /// The bytes, as hexadecimal digits; blanks do not matter; `-` reads them from standard input
        #[arg(value_name = "DIGITS")]
        hex: String,
        /// Print the lines as one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// The formats that say what they hold.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Shown {
    /// Our own
    Tagged,
    /// Hessian2
    Hessian2,
}

const EXAMPLES: &str = "\
Examples:
  cargo run -p ch03-codec                              the whole story, a few seconds
  cargo run -p ch03-codec -- --act names               one act
  cargo run -p ch03-codec -- --json                    the measured facts
  cargo run --release -p ch03-codec -- --act criteria  the speed that you would have
  cargo run -p ch03-codec -- show tagged '13 07'       what is in these bytes?";

fn main() -> ExitCode {
    let args = match demo_kit::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match args.tool {
        None => demo_kit::exit_code(demo::play(&args.act, args.json)),
        Some(Tool::Show { format, hex, json }) => demo::show::run(format, &hex, json),
    }
}
