//! What every spec of the workshop shares, so that a red test speaks in the domain's words.
//!
//! ```text
//!   ScriptedStream ──▶ your code ──▶ what it returned ──▶ Failure: symptom · bytes · expected
//!   (pieces, errors,                                               got · likely cause · page
//!    exactly as scripted)        within(): a wait that ends
//! ```
//!
//! - [`ScriptedStream`] plays the peer without a socket: it hands out bytes in the pieces, and with the
//!   interruptions, that the script says. What took luck on a real network happens here every time.
//! - [`within`] bounds a wait, so that a wrong answer fails instead of hanging.
//! - [`Failure`] is the form of every failure message; [`hex_dump`] draws the bytes in it.
#![forbid(unsafe_code)]

mod bounded;
mod failure;
mod hex;
mod scripted;

pub use bounded::{LIMIT, TIMED_OUT, within};
pub use failure::{Failure, check_eq};
pub use hex::hex_dump;
pub use scripted::{Input, ScriptedStream};
