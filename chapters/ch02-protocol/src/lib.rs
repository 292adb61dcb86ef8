//! # Chapter 2: a protocol of our own
//!
//! A line has a border that may not occur in it, no name, and no limit but its length. This crate gives a
//! message a header: where it ends, what it is, whose it is, how it went.
//!
//! ```text
//!      0       4         5      6       7            8              10       12           20
//!     ┌───────┬─────────┬──────┬───────┬────────────┬──────────────┬────────┬────────────┬─────────────┐
//!     │ yrpc  │ version │ kind │ codec │ compressor │ header length│ status │ request id │ body length │
//!     └───────┴─────────┴──────┴───────┴────────────┴──────────────┴────────┴────────────┴─────────────┘
//!  24 … header length: extensions   … and then: the body
//! ```
//!
//! ## The story
//!
//! - [`header`] is the twenty-four bytes, [`kind`] and [`status`] the numbers in them, [`extension`] what may
//!   come after them. [`frame`](mod@frame) is a whole message, [`limits`] how long it may be.
//! - [`decode`] cuts a stream into frames, [`encode`] makes a stream of them. Neither knows what a socket is,
//!   and neither copies a body.
//! - [`in_flight`] finds the caller of a reply; [`heartbeat`] says when to ask whether anybody is there. They
//!   know nothing of sockets, threads and clocks either.
//! - [`client`] and [`server`] are the thin drivers around them: one connection that many callers share,
//!   replies in any order. [`service`] is the seam behind the server, [`stub`] the one before the client;
//!   [`redial`] connects again.
//! - [`dissect`](mod@dissect) takes bytes apart for people; `wireshark/yrpc.lua` does it for Wireshark.
//! - [`dubbo`] is a neighbour's header, to compare.
//!
//! ## Many calls on one connection
//!
//! ```
//! use std::net::TcpListener;
//! use std::sync::Arc;
//! use ch01_raw_tcp::{Meter, OrderBook, OrderDispatcher};
//! use ch02_protocol::{ClientOptions, Frame, FrameClient, FrameServer, Kind, Lines, ServerOptions};
//!
//! let service = Arc::new(Lines(OrderDispatcher::<OrderBook>::default()));
//! let server = FrameServer::start(TcpListener::bind("127.0.0.1:0")?, service, ServerOptions::default())?;
//!
//! let client =
//!     FrameClient::connect(server.address(), &ClientOptions::default(), &Arc::new(Meter::default()))?;
//! let ann = client.send(Frame::new(Kind::Request, 0, "say_hello Ann"))?;
//! let bob = client.send(Frame::new(Kind::Request, 0, "say_hello Bob"))?; // Ann's reply is not here yet
//! assert_eq!(&bob.wait()?.body[..], b"Hello Bob");
//! assert_eq!(&ann.wait()?.body[..], b"Hello Ann");
//! server.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## The pain that is left
//!
//! A body is only bytes: `place_order 2 blue keyboard` is still text, and numbers are made of letters.
//! Chapter 3 gives the codec byte a meaning.
#![forbid(unsafe_code)]

pub mod call_error;
pub mod client;
mod connection;
pub mod decode;
pub mod dissect;
pub mod dubbo;
pub mod encode;
pub mod error;
pub mod extension;
pub mod frame;
pub mod header;
pub mod heartbeat;
pub mod in_flight;
pub mod kind;
pub mod limits;
pub mod options;
pub mod redial;
pub mod server;
pub mod service;
pub mod status;
pub mod stub;
mod writer;

pub use call_error::CallError;
pub use client::FrameClient;
pub use decode::FrameDecoder;
pub use dissect::dissect;
pub use encode::FrameEncoder;
pub use error::{DecodeError, EncodeError};
pub use extension::Extensions;
pub use frame::Frame;
pub use header::{HEADER_LEN, Header};
pub use heartbeat::Heartbeat;
pub use in_flight::InFlight;
pub use kind::Kind;
pub use limits::FrameLimits;
pub use options::{ClientOptions, ServerOptions};
pub use redial::Redial;
pub use server::FrameServer;
pub use service::{FrameService, Lines, Reply};
pub use status::Status;
pub use stub::FrameOrders;
