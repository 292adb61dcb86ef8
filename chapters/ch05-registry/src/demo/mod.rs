//! Six acts. Each gives its facts as a value that serializes, and tells them.

mod left;
mod outage;
mod pain;
mod process;
mod snapshot;
mod storm;
mod timeline;

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use ch03_codec::shop::Shop;
use ch04_proxy::Server;
use ch04_proxy::orders::{OrderServiceStub, order_service_skeleton};
use ch04_proxy::server::ServerBuilder;
use ch05_registry::Named;
use ch05_registry::subscription::Subscription;
use clap::ValueEnum;
use demo_kit::Failure;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Act {
    /// An address that is written into a caller
    Pain,
    /// Servers come, go and crash, as separate processes
    Timeline,
    /// The registry itself is killed
    Outage,
    /// A thousand changes in a moment
    Storm,
    /// What it costs to know who is there
    Snapshot,
    /// What a list does not say
    Left,
}

impl demo_kit::Act for Act {
    fn title(self) -> &'static str {
        match self {
            Self::Pain => "An address of yesterday",
            Self::Timeline => "Servers come, go and crash",
            Self::Outage => "The registry itself is killed",
            Self::Storm => "A thousand changes in a moment",
            Self::Snapshot => "What it costs to know who is there",
            Self::Left => "What a list does not say",
        }
    }
}

const SEE: &str = "\
See it for yourself, in four terminals:
  cargo run -p ch05-registry -- registry
  cargo run -p ch05-registry -- provide            (as often as you like; kill -9 one of them)
  cargo run -p ch05-registry -- follow
  cargo run -p ch05-registry -- call
  cargo workshop next                              your next exercise";

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], as_json: bool) -> Result<(), Failure> {
    let one = |act, out: &mut dyn Write| match act {
        Act::Pain => pain::play(out),
        Act::Timeline => timeline::play(out),
        Act::Outage => outage::play(out),
        Act::Storm => storm::play(out),
        Act::Snapshot => snapshot::play(out),
        Act::Left => left::play(out),
    };
    let whole = |facts| -> Value { json!({ "chapter": 5, "acts": facts }) };
    demo_kit::play(acts, as_json, one, whole, SEE)
}

/// A free port of this machine.
fn port() -> std::io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0")
}

/// A shop that can be served.
fn shop() -> ServerBuilder {
    Server::builder().service(order_service_skeleton(Arc::new(Shop::default())))
}

/// The order service, by its name.
fn by_name(subscription: &Subscription) -> OrderServiceStub {
    OrderServiceStub::new(Arc::new(Named::new(subscription.clone(), Default::default())))
}
