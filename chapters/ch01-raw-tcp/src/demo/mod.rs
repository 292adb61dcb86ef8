//! Eight acts. Each plays on real sockets, gives its facts as a value that serializes, and tells them.

mod connections;
mod local_remote;
mod models;
mod nagle;
mod overload;
mod pain;
mod pieces;
mod steps;

use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::meter::{Meter, Syscall};
use ch01_raw_tcp::{Limits, Model, OrderBook, OrderDispatcher, ServerHandle};
use clap::ValueEnum;
use demo_kit::Failure;
use serde_json::{Map, Value, json};

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

impl demo_kit::Act for Act {
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
}

impl Act {
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

const SEE: &str = "\
See it for yourself:
  strace -f -e trace=network target/debug/ch01-raw-tcp --act steps
  strace -c -f target/debug/ch01-raw-tcp --json    the counts above, from outside
  cargo workshop next                              your first exercise";

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], calls: usize, as_json: bool) -> Result<(), Failure> {
    let whole = |facts| {
        let counts = Meter::whole_process();
        let syscalls: Map<String, Value> =
            Syscall::ALL.iter().map(|&call| (call.name().to_owned(), json!(counts.of(call)))).collect();
        json!({ "chapter": 1, "calls": calls, "acts": facts, "syscalls": syscalls })
    };
    demo_kit::play(acts, as_json, |act, out| act.play(calls, out), whole, SEE)
}

/// A server of the order service on a free port.
fn start(model: Model, limits: Limits) -> io::Result<ServerHandle> {
    let service = Arc::new(OrderDispatcher::<OrderBook>::default());
    model.start(TcpListener::bind("127.0.0.1:0")?, service, limits)
}
