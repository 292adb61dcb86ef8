//! The demo of chapter 5: `cargo run -p ch05-registry`.
#![forbid(unsafe_code)]

mod demo;
mod tools;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use ch04_proxy::ServiceKey;
use ch05_registry::RegistryAddress;
use clap::{Parser, Subcommand};
use demo::Act;

/// Callers know a name, servers come and go: six short acts.
#[derive(Debug, Parser)]
#[command(name = "ch05-registry", after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
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
    /// Run the embedded registry until Ctrl-C
    Registry {
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:7050", value_name = "IP:PORT")]
        listen: SocketAddr,
        /// Keep a snapshot in this file, and begin with what it holds
        #[arg(long, value_name = "FILE")]
        snapshot: Option<PathBuf>,
        /// For how long after its start somebody may be missing, in milliseconds
        #[arg(long, default_value_t = 30_000, value_name = "MS", value_parser = clap::value_parser!(u64).range(0..=60_000))]
        settle: u64,
    },
    /// Serve the order service, and enter it in a registry, until Ctrl-C
    Provide {
        #[command(flatten)]
        named: NamedService,
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:0", value_name = "IP:PORT")]
        listen: SocketAddr,
        /// Say this about the provider (may be given several times)
        #[arg(long, value_name = "NAME=VALUE", value_parser = tools::label)]
        label: Vec<(String, String)>,
        /// Enter this address, and serve nothing
        #[arg(long, value_name = "IP:PORT")]
        only_register: Option<SocketAddr>,
    },
    /// Show who provides a service, whenever it changes, until Ctrl-C
    Follow {
        #[command(flatten)]
        named: NamedService,
    },
    /// Call a service by its name, again and again, until Ctrl-C
    Call {
        #[command(flatten)]
        named: NamedService,
        /// How often, in milliseconds
        #[arg(long, default_value_t = 100, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..=60_000))]
        every: u64,
        /// End after so many calls
        #[arg(long, value_name = "N")]
        count: Option<u64>,
    },
    /// Measure how late callers hear of a crash, with every registry that is installed
    #[cfg(feature = "lateness")]
    Lateness {
        /// A lease in milliseconds (may be given several times)
        #[arg(long, value_name = "MS", default_values_t = [1000, 3000], value_parser = clap::value_parser!(u64).range(100..=60_000))]
        lease: Vec<u64>,
        /// How often each
        #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
        rounds: u32,
        /// Print one JSON object instead of the table
        #[arg(long)]
        json: bool,
    },
}

/// Which service, in which registry.
#[derive(Debug, clap::Args)]
struct NamedService {
    /// The registry: KIND://IP:PORT
    #[arg(long, default_value = "embedded://127.0.0.1:7050", value_name = "ADDRESS", value_parser = tools::registry_address)]
    registry: RegistryAddress,
    /// The service: group/interface:version
    #[arg(long, default_value = "OrderService", value_name = "KEY", value_parser = tools::service_key)]
    service: ServiceKey,
}

const EXAMPLES: &str = "\
Examples:
  cargo run -p ch05-registry                        the whole story, some ten seconds
  cargo run -p ch05-registry -- --act timeline      one act
  cargo run -p ch05-registry -- --json              the measured facts
  cargo run -p ch05-registry -- registry            a registry to play with, on 127.0.0.1:7050
  cargo run -p ch05-registry -- provide             a provider; start several, and kill one
  cargo run -p ch05-registry -- follow              who provides it now
  cargo run -p ch05-registry -- call                a caller that knows the name only";

fn main() -> ExitCode {
    let args = match demo_kit::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    demo_kit::exit_code(match args.tool {
        None => demo::play(&args.act, args.json),
        Some(Tool::Registry { listen, snapshot, settle }) => {
            tools::registry::run(listen, snapshot, Duration::from_millis(settle))
        }
        Some(Tool::Provide { named, listen, label, only_register }) => {
            tools::provide::run(&named.registry, &named.service, listen, label, only_register)
        }
        Some(Tool::Follow { named }) => tools::follow::run(&named.registry, &named.service),
        Some(Tool::Call { named, every, count }) => {
            tools::call::run(&named.registry, &named.service, Duration::from_millis(every), count)
        }
        #[cfg(feature = "lateness")]
        Some(Tool::Lateness { lease, rounds, json }) => tools::lateness::run(&lease, rounds, json),
    })
}
