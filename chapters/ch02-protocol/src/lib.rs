//! # Chapter 2
#![forbid(unsafe_code)]

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
pub mod status;

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
pub use status::Status;
