//! # Chapter 3: serialization and compression
#![forbid(unsafe_code)]

pub mod codec;
pub mod dump;
pub mod error;
pub mod hessian;
pub mod limits;
pub mod shop;
pub mod table;
pub mod tagged;

pub use codec::Codec;
pub use error::CodecError;
pub use limits::{Budget, LimitError, Limits};
pub use table::Table;

/// The codecs that a side knows.
pub type CodecTable = Table<dyn Codec>;
