//! # Chapter 3: serialization and compression
//!
//! A frame has a body, and a body is only bytes. This crate gives bytes a meaning: a value of the program
//! becomes bytes and the bytes the same value again, in the format that the caller chooses for each frame.
//!
//! ```text
//!              header byte 6                    header byte 7
//!   value ────────codec────────▶ bytes ─────compressor, if it pays─────▶ body
//!         json · hessian2 · bincode            deflate · gzip · zlib
//!         postcard · tagged · yours            yours
//!   value ◀───────codec──────── bytes ◀─────compressor, up to a limit──── body
//! ```
//!
//! ## The story
//!
//! - [`codec`] and [`compress`] are the two seams, [`table`] finds a plug-in by its number, [`marshaller`]
//!   puts them together; both ends have one.
//! - [`tagged`](mod@tagged) is a format written by hand: varints, tags, fields that an old reader steps over.
//! - [`hessian`] is Hessian2, complete: what Java writes, with objects that are shared and go round in circles.
//! - [`codecs`] are the formats that can stand in a frame: these two, and three whose libraries a professional
//!   would take. [`protobuf`] is the one that he would probably take instead, to compare.
//! - [`limits`] says what a body may ask for, [`guard`] holds foreign decoders to it.
//! - [`shop`] is the order service with values that have a structure; [`service`] and [`client`] are its two
//!   ends. [`shapes`] are values to compare formats by; [`dump`] shows bytes to people.
//!
//! ## A format of one's choice for each call
//!
//! ```
//! use std::net::TcpListener;
//! use std::sync::Arc;
//! use ch02_protocol::{ClientOptions, FrameServer, ServerOptions};
//! use ch03_codec::{Format, Marshaller, ShopClient, ShopService};
//!
//! let service = Arc::new(ShopService::default());
//! let server = FrameServer::start(TcpListener::bind("127.0.0.1:0")?, service, ServerOptions::default())?;
//!
//! let client = ShopClient::connect(server.address(), &ClientOptions::default(), Marshaller::default())?;
//! let (json, tagged) = (Format { codec: 1, compressor: 0 }, Format { codec: 5, compressor: 1 });
//! assert_eq!(client.say_hello(json, "world")?, "Hello world");
//! assert_eq!(client.say_hello(tagged, "world")?, "Hello world");
//! server.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## The pain that is left
//!
//! A caller writes a `Request` and takes a `Response` apart; one enum lists all that a server can do, and
//! nothing says which answer belongs to which question. Chapter 4 lets callers write
//! `orders.get_order(42)?`, and nobody writes requests by hand any more.
#![forbid(unsafe_code)]

pub mod client;
pub mod codec;
pub mod codecs;
pub mod compress;
pub mod dump;
pub mod error;
pub mod guard;
pub mod hessian;
pub mod limits;
pub mod marshaller;
pub mod protobuf;
pub mod service;
pub mod shapes;
pub mod shop;
pub mod table;
pub mod tagged;

pub use client::ShopClient;
pub use codec::Codec;
pub use compress::{Compressor, CompressorTable};
pub use error::CodecError;
pub use limits::{Budget, LimitError, Limits};
pub use marshaller::{Body, Format, Marshaller};
pub use service::ShopService;
pub use table::Table;

/// The codecs that a side knows.
pub type CodecTable = Table<dyn Codec>;
