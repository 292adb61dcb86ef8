//! Rung 5 of the cost ladder: what it costs to know whom to call. A look at the list, with and without a lock; a
//! call by name beside a call by address; the registry's table; and one change that a thousand callers hear of.
#![forbid(unsafe_code)]

mod broadcast;
mod by_name;
mod leases;
mod looks;
mod process;

use std::time::Duration;

use benchmarks::stay_on_one_core;
use clap::Parser;
use serde_json::json;

/// Rung 5: looking at a list, calling by name, leases, and the news of a change.
#[derive(Parser)]
struct Args {
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Milliseconds that each contestant works in a round
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
    round: u64,
    /// Providers of the service that is followed (a registry lists some 30,000 of one service)
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=25_000))]
    instances: u32,
    /// Callers that wait for news of it, each over a connection of its own
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=4000))]
    watchers: u32,
    /// Be the registry at which so many may wait (the benchmark starts itself as its own registry)
    #[arg(long, hide = true)]
    registry: Option<usize>,
}

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Error> {
    let args = Args::parse();
    if let Some(max_waiting) = args.registry {
        return process::serve(max_waiting);
    }
    let round = Duration::from_millis(args.round);
    // First what needs all cores; what comes after it stays on one.
    let news = broadcast::measure(args.instances, args.watchers)?;
    let looks = looks::measure(round)?;
    stay_on_one_core();
    let (named, table) = (by_name::measure(round)?, leases::measure()?);
    if args.json {
        let all = json!({ "looks": looks, "by_name": named, "table": table, "news": news });
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    looks.print();
    println!("say_hello(\"world\") through a loopback socket, on one core");
    println!("{}", benchmarks::table(&named));
    leases::print(&table);
    news.print();
    Ok(())
}

/// The value in the middle of several rounds.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
