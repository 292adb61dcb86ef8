//! # Chapter 1: raw TCP
//!
//! Two programs cannot call each other. This crate makes them, with nothing between the call and the
//! kernel: a socket, bytes, and one line of text each way.
//!
//! ```text
//!   caller                                                             server
//!  ┌──────────────┐   say_hello("world")                ┌──────────────────────────────┐
//!  │ RemoteOrders │  ──── "say_hello world\n" ────────▶ │ one of five ways to wait     │
//!  │ (client stub)│                                     │   └▶ OrderDispatcher (stub)  │
//!  │              │  ◀─── "ok Hello world\n" ────────── │        └▶ OrderBook          │
//!  └──────────────┘                                     └──────────────────────────────┘
//! ```
//!
//! ## The story
//!
//! - [`orders`] is the business, and the trait that caller and server share.
//! - [`stub`] and [`dispatch`] are the two stubs: they turn a method call into a line and back. Between
//!   them a call takes nine [`steps`].
//! - [`line`](mod@line) cuts the stream of bytes into lines; [`exact`] fills a buffer from a stream that
//!   hands out pieces; [`message`] says what stands on a line.
//! - [`client`] is one connection, one call at a time. [`error`] sorts what can go wrong by what the caller
//!   can do about it.
//! - [`server`] serves one [`Service`] in five ways: one at a time, a thread per connection, a worker
//!   pool, polling, epoll.
//! - [`meter`] counts what each of them asks of the kernel; [`limits`] says how much a stranger may ask of us.
//!
//! ## A call across a socket
//!
//! ```
//! use std::net::TcpListener;
//! use std::sync::Arc;
//! use ch01_raw_tcp::{ClientOptions, Limits, Model, OrderBook, OrderDispatcher, Orders, RemoteOrders};
//!
//! let listener = TcpListener::bind("127.0.0.1:0")?; // 0: the kernel picks a free port
//! let service = Arc::new(OrderDispatcher::<OrderBook>::default());
//! let server = Model::ThreadPerConnection.start(listener, service, Limits::default())?;
//!
//! let orders = RemoteOrders::new(server.address(), ClientOptions::default());
//! assert_eq!(orders.say_hello("world")?, "Hello world");
//! let id = orders.place_order("blue keyboard", 2)?;
//! assert_eq!(orders.get_order(id)?.item, "blue keyboard");
//! server.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## The pain that is left
//!
//! A `\n` cannot travel inside a message, a reply does not say which request it answers, and a number is a
//! piece of text. Chapter 2 gives messages a header.
#![forbid(unsafe_code)]

pub mod client;
pub mod dispatch;
pub mod error;
pub mod exact;
pub mod limits;
pub mod line;
pub mod message;
pub mod meter;
pub mod orders;
pub mod server;
pub mod service;
pub mod steps;
pub mod stub;

pub use client::{ClientOptions, LineClient};
pub use dispatch::OrderDispatcher;
pub use error::{CallError, Outcome};
pub use exact::{ReadError, read_exactly};
pub use limits::Limits;
pub use message::{Code, Reply};
pub use meter::Meter;
pub use orders::{Order, OrderBook, OrderError, Orders};
pub use server::{Model, ServerHandle};
pub use service::Service;
pub use stub::RemoteOrders;
