//! # Chapter 4: proxies and dynamic dispatch
//!
//! A caller writes `orders.get_order(42)?`, a server writes `impl OrderService for Shop`, and nobody writes
//! bytes. Between the two stands a proxy, which makes a call into a value, and a dispatcher, which makes a
//! value into a call.
//!
//! ```text
//!   caller                                                                           server
//!   orders.get_order(42)                                             Shop::get_order(42)
//!        │                                                                   ▲
//!   OrderServiceStub  (generated)                                    OrderService's Skeleton (generated)
//!        │ Proxy: writes the arguments                                       │ dyn Handler: reads them
//!        ▼ Invocation                                                        │ Invocation
//!   Filter ─ Filter ─ Client ═══════════════ frame ═══════════════ Server ─ Filter ─ Dispatcher
//!   └───── dyn Invoker ─────┘                                      └────── dyn Invoker ──────┘
//! ```
//!
//! ## The story
//!
//! - [`orders`] is the contract: a trait under [`#[service]`](service), which writes stub and skeleton.
//! - [`key`], [`metadata`] and [`invocation`] are a call as a value. [`invoker`] is the seam: everything that
//!   can carry out a call, on either side.
//! - [`proxy`] is what all stubs share, [`error`] what a caller gets instead of a result.
//! - [`handler`] forgets the types of a method, [`skeleton`] keeps a service's methods, [`dispatcher`] finds
//!   them and contains their panics.
//! - [`filter`] is the chain around every call, [`filters`] are four that every framework has.
//! - [`generic`] calls what the program was not compiled with, [`reflection`] tells what there is to call.
//! - [`client`] and [`server`] are the thin ends: chapter 2's connection and threads.
//!
//! ## The simple framework stands
//!
//! Transport, protocol, serialization and compression are four steps of a simple framework; this is what they
//! lacked. [F-11]
//!
//! ```
//! use std::net::TcpListener;
//! use std::sync::Arc;
//! use ch02_protocol::ClientOptions;
//! use ch03_codec::shop::Shop;
//! use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
//! use ch04_proxy::{Client, Server};
//!
//! let shop = Arc::new(Shop::default());
//! let server =
//!     Server::builder().service(order_service_skeleton(shop)).start(TcpListener::bind("127.0.0.1:0")?)?;
//!
//! let client = Arc::new(Client::new(server.address(), ClientOptions::default()));
//! let orders = OrderServiceStub::new(client);
//! assert_eq!(orders.say_hello("world")?, "Hello world");
//! assert_eq!(orders.get_order(42).unwrap_err().to_string(), "no order 42");
//! server.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## The pain that is left
//!
//! The client has to be told an address. Which, when there are many servers, and they come and go? Chapter 5
//! gives services a place where they are found.
#![forbid(unsafe_code)]

// So that the code which `#[service]` writes finds this crate under one name, also in here.
extern crate self as ch04_proxy;

pub mod client;
pub mod dispatcher;
pub mod error;
pub mod filter;
pub mod filters;
pub mod generic;
pub mod handler;
pub mod invocation;
pub mod invoker;
pub mod key;
pub mod metadata;
pub mod orders;
pub mod proxy;
pub mod reflection;
pub mod server;
pub mod skeleton;
pub mod travels;

pub use ch02_protocol::{CallError, Reply, Status};
pub use ch04_proxy_macros::service;
pub use client::Client;
pub use dispatcher::Dispatcher;
pub use error::{NoError, RpcError};
pub use filter::{Chain, Filter};
pub use generic::{Generic, Target};
pub use handler::Handler;
pub use invocation::Invocation;
pub use invoker::{Invoker, outcome};
pub use key::{NameError, ServiceKey};
pub use metadata::Metadata;
pub use proxy::Proxy;
pub use server::Server;
pub use skeleton::{Signature, Skeleton};

/// For the code that `#[service]` writes, and for nobody else.
#[doc(hidden)]
pub mod __private {
    pub use crate::travels::travels;
    pub use serde;
}
