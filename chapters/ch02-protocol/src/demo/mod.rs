//! Nine acts. Each plays on real sockets, gives its facts as a value that serializes, and tells them.

mod borders;
mod cost;
pub mod dissect;
mod dubbo;
mod evolution;
mod header;
mod heartbeat;
mod ids;
mod pain;
mod peer;
mod strangers;

use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::{OrderBook, OrderDispatcher};
use ch02_protocol::{FrameServer, Lines, ServerOptions};
use clap::ValueEnum;
use demo_kit::Failure;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Act {
    /// One call, byte by byte
    Header,
    /// Where a message ends, however it is cut
    Borders,
    /// Replies that overtake, and one that is late
    Ids,
    /// What strangers send, and what it costs us
    Strangers,
    /// A reader of today and a writer of tomorrow
    Evolution,
    /// Is anybody still there?
    Heartbeat,
    /// What a header costs, and what it buys
    Cost,
    /// The same header at the neighbours'
    Dubbo,
    /// What a body cannot say
    Pain,
}

impl demo_kit::Act for Act {
    fn title(self) -> &'static str {
        match self {
            Self::Header => "One call, byte by byte",
            Self::Borders => "Where a message ends",
            Self::Ids => "A name on every reply",
            Self::Strangers => "What strangers send",
            Self::Evolution => "Today's reader, tomorrow's writer",
            Self::Heartbeat => "Is anybody still there?",
            Self::Cost => "What a header costs, and what it buys",
            Self::Dubbo => "At the neighbours'",
            Self::Pain => "What a body cannot say",
        }
    }
}

const SEE: &str = "\
See it for yourself:
  strace -f -e trace=writev,recvfrom target/debug/ch02-protocol --act header
  cargo run -p ch02-protocol -- dissect --hex '79 72 70 63 01 04'
  cargo workshop next                              your next exercise";

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], calls: usize, as_json: bool) -> Result<(), Failure> {
    let one = |act, out: &mut dyn Write| match act {
        Act::Header => header::play(out),
        Act::Borders => borders::play(out),
        Act::Ids => ids::play(out),
        Act::Strangers => strangers::play(out),
        Act::Evolution => evolution::play(out),
        Act::Heartbeat => heartbeat::play(out),
        Act::Cost => cost::play(calls, out),
        Act::Dubbo => dubbo::play(out),
        Act::Pain => pain::play(out),
    };
    let whole = |facts| -> Value { json!({ "chapter": 2, "calls": calls, "acts": facts }) };
    demo_kit::play(acts, as_json, one, whole, SEE)
}

/// A server of the order service on a free port.
fn start(options: ServerOptions) -> io::Result<FrameServer> {
    let service = Arc::new(Lines(OrderDispatcher::<OrderBook>::default()));
    FrameServer::start(TcpListener::bind("127.0.0.1:0")?, service, options)
}
