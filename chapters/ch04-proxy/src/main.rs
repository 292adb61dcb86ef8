//! The demo of chapter 4: `cargo run -p ch04-proxy`.
#![forbid(unsafe_code)]

mod demo;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use demo::Act;

/// Calls without bytes: nine short acts.
#[derive(Debug, Parser)]
#[command(name = "ch04-proxy", after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
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
    /// Serve the order service until Ctrl-C, and log every call
    #[command(after_help = "Then, in another terminal: cargo run -p ch04-proxy --bin call -- 127.0.0.1:7040")]
    Serve {
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:7040", value_name = "HOST:PORT")]
        listen: SocketAddr,
        /// Ask callers for this token
        #[arg(long, value_name = "SECRET", value_parser = clap::builder::NonEmptyStringValueParser::new())]
        token: Option<String>,
    },
}

const EXAMPLES: &str = "\
Examples:
  cargo run -p ch04-proxy                           the whole story, a few seconds
  cargo run -p ch04-proxy -- --act steps            one act
  cargo run -p ch04-proxy -- --json                 the measured facts
  cargo run --release -p ch04-proxy -- --act cost   the speed that you would have
  cargo run -p ch04-proxy -- serve                  a server to play with";

fn main() -> ExitCode {
    let args = match demo_kit::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    demo_kit::exit_code(match args.tool {
        None => demo::play(&args.act, args.json),
        Some(Tool::Serve { listen, token }) => demo::serve::run(listen, token.as_deref()),
    })
}
