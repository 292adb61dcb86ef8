//! Eight acts. Each plays on real sockets, gives its facts as a value that serializes, and tells them.

mod connections;
mod local_remote;
mod models;
mod nagle;
mod one_core;
mod overload;
mod pain;
mod pieces;
mod steps;
mod timing;

use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::meter::{Meter, Syscall};
use ch01_raw_tcp::{Limits, Model, OrderBook, OrderDispatcher, ServerHandle};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

/// What any act may fail with: sockets, calls, a full disk behind standard output.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Act {
    /// The same trait, called near and far
    LocalRemote,
    /// The nine steps of one call, in order
    Steps,
    /// Short reads and short writes
    Pieces,
    /// Five servers: threads, system calls, latency
    Models,
    /// A long connection against a connection per call
    Connections,
    /// Forty milliseconds that nobody ordered
    Nagle,
    /// More callers than a pool can take
    Overload,
    /// What a line cannot do
    Pain,
}

impl Act {
    pub const ALL: [Self; 8] = [
        Self::LocalRemote,
        Self::Steps,
        Self::Pieces,
        Self::Models,
        Self::Connections,
        Self::Nagle,
        Self::Overload,
        Self::Pain,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::LocalRemote => "One call site, near and far",
            Self::Steps => "Nine steps",
            Self::Pieces => "Bytes come in pieces",
            Self::Models => "Five ways to wait",
            Self::Connections => "A long connection against one per call",
            Self::Nagle => "Forty milliseconds",
            Self::Overload => "More callers than room",
            Self::Pain => "What a line cannot do",
        }
    }

    fn play(self, calls: usize, out: &mut dyn Write) -> Result<Value, Failure> {
        match self {
            Self::LocalRemote => local_remote::play(out),
            Self::Steps => steps::play(out),
            Self::Pieces => pieces::play(out),
            Self::Models => models::play(calls, out),
            Self::Connections => connections::play(calls, out),
            Self::Nagle => nagle::play(out),
            Self::Overload => overload::play(out),
            Self::Pain => pain::play(out),
        }
    }
}

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], calls: usize, as_json: bool) -> Result<(), Failure> {
    let mut facts = Map::new();
    let (mut story, mut nobody) = (io::stdout().lock(), io::sink());
    let out: &mut dyn Write = if as_json { &mut nobody } else { &mut story };
    for (index, act) in acts.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        writeln!(out, "{gap}── {} ──", act.title())?;
        let name = act.to_possible_value().expect("no act is hidden").get_name().to_owned();
        facts.insert(name, act.play(calls, out)?);
    }
    let counts = Meter::whole_process();
    let syscalls: Map<String, Value> =
        Syscall::ALL.iter().map(|&call| (call.name().to_owned(), json!(counts.of(call)))).collect();
    if as_json {
        let all = json!({ "chapter": 1, "calls": calls, "acts": facts, "syscalls": syscalls });
        writeln!(story, "{}", serde_json::to_string_pretty(&all)?)?;
    } else if acts.len() > 1 {
        writeln!(out, "\nSee it for yourself:")?;
        writeln!(out, "  strace -f -e trace=network target/debug/ch01-raw-tcp --act steps")?;
        writeln!(out, "  strace -c -f target/debug/ch01-raw-tcp --json    the counts above, from outside")?;
        writeln!(out, "  cargo workshop next                              your first exercise")?;
    }
    Ok(())
}

/// A server of the order service on a free port.
fn start(model: Model, limits: Limits) -> io::Result<ServerHandle> {
    let service = Arc::new(OrderDispatcher::<OrderBook>::default());
    model.start(TcpListener::bind("127.0.0.1:0")?, service, limits)
}
