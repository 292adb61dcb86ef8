//! Eight acts. Each gives its facts as a value that serializes, and tells them.

mod compress;
mod criteria;
mod evolution;
mod hessian;
mod limits;
mod names;
mod pain;
mod seam;
pub mod show;

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use ch02_protocol::{ClientOptions, FrameServer, FrameService, ServerOptions};
use ch03_codec::{Marshaller, ShopClient};
use clap::ValueEnum;
use demo_kit::{Failure, hex};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Act {
    /// One order, in six formats
    Names,
    /// Any format, chosen by one byte of the header
    Seam,
    /// Old readers and new writers
    Evolution,
    /// What Java wrote, and what is shared
    Hessian,
    /// What bytes may not ask for
    Limits,
    /// When fewer bytes cost more
    Compress,
    /// Size and speed of five shapes of data
    Criteria,
    /// What a typed body still does not say
    Pain,
}

impl demo_kit::Act for Act {
    fn title(self) -> &'static str {
        match self {
            Self::Names => "Where do the names live?",
            Self::Seam => "Any format behind one byte",
            Self::Evolution => "Old readers, new writers",
            Self::Hessian => "What Java wrote",
            Self::Limits => "What bytes may not ask for",
            Self::Compress => "When fewer bytes cost more",
            Self::Criteria => "Size and speed",
            Self::Pain => "What a typed body does not say",
        }
    }
}

const SEE: &str = "\
See it for yourself:
  cargo run -p ch03-codec -- show hessian2 '7a 91 01 61'
  cargo run --release -p ch03-codec -- --act criteria
  cargo workshop next                              your next exercise";

/// Plays `acts` and tells the story, or prints one JSON object.
pub fn play(acts: &[Act], as_json: bool) -> Result<(), Failure> {
    let one = |act, out: &mut dyn Write| match act {
        Act::Names => names::play(out),
        Act::Seam => seam::play(out),
        Act::Evolution => evolution::play(out),
        Act::Hessian => hessian::play(out),
        Act::Limits => limits::play(out),
        Act::Compress => compress::play(out),
        Act::Criteria => criteria::play(out),
        Act::Pain => pain::play(out),
    };
    let whole = |facts| -> Value { json!({ "chapter": 3, "acts": facts }) };
    demo_kit::play(acts, as_json, one, whole, SEE)
}

/// A server on a free port, and a client of it that knows every format.
fn pair(service: impl FrameService + 'static) -> Result<(FrameServer, ShopClient), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = FrameServer::start(listener, Arc::new(service), ServerOptions::default())?;
    let client = ShopClient::connect(server.address(), &ClientOptions::default(), Marshaller::default())?;
    Ok((server, client))
}
