//! Nine acts. Each gives its facts as a value that serializes, and tells them.

mod cost;
mod errors;
mod filters;
mod generic;
mod left;
mod mappings;
mod near_far;
mod pain;
pub mod serve;
mod steps;
mod wiretap;

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use ch02_protocol::ClientOptions;
use ch03_codec::shop::Item;
use ch04_proxy::orders::OrderServiceStub;
use ch04_proxy::{Client, Invoker};
use clap::ValueEnum;
use demo_kit::{Failure, hex};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Act {
    /// What a caller writes without a proxy, and with one
    Pain,
    /// The same code, near and far
    NearFar,
    /// The nine steps of a call, with their bytes
    Steps,
    /// Three ways to a proxy, and a wrapper
    Mappings,
    /// Everything that can go wrong, told apart
    Errors,
    /// Who sees a call first, and who tries again
    Filters,
    /// A call without its interface
    Generic,
    /// What each layer costs
    Cost,
    /// What a proxy still has to be told
    Left,
}

impl demo_kit::Act for Act {
    fn title(self) -> &'static str {
        match self {
            Self::Pain => "Without a proxy, and with one",
            Self::NearFar => "The same code, near and far",
            Self::Steps => "The nine steps of a call",
            Self::Mappings => "Three ways to a proxy",
            Self::Errors => "Everything that can go wrong, told apart",
            Self::Filters => "Around every call",
            Self::Generic => "Calling what was never compiled in",
            Self::Cost => "What each layer costs",
            Self::Left => "What a proxy still has to be told",
        }
    }
}

const SEE: &str = "\
See it for yourself:
  cargo run -p ch04-proxy -- serve
  cargo run -p ch04-proxy --bin call -- 127.0.0.1:7040 OrderService.get_order '{\"id\":42}'
  cargo workshop next                              your next exercise";

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], as_json: bool) -> Result<(), Failure> {
    let one = |act, out: &mut dyn Write| match act {
        Act::Pain => pain::play(out),
        Act::NearFar => near_far::play(out),
        Act::Steps => steps::play(out),
        Act::Mappings => mappings::play(out),
        Act::Errors => errors::play(out),
        Act::Filters => filters::play(out),
        Act::Generic => generic::play(out),
        Act::Cost => cost::play(out),
        Act::Left => left::play(out),
    };
    let whole = |facts| -> Value { json!({ "chapter": 4, "acts": facts }) };
    demo_kit::play(acts, as_json, one, whole, SEE)
}

/// A free port of this machine.
fn port() -> std::io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0")
}

/// A way to the server at `address`.
fn client(address: SocketAddr) -> Arc<dyn Invoker> {
    Arc::new(Client::new(address, ClientOptions::default()))
}

/// The order service at `address`.
fn orders_at(address: SocketAddr) -> OrderServiceStub {
    OrderServiceStub::new(client(address))
}

/// Two keyboards.
fn items() -> Vec<Item> {
    vec![Item { name: "keyboard".into(), quantity: 2, cents: 4990 }]
}
