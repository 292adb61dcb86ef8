//! # Chapter 3: serialization and compression
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
