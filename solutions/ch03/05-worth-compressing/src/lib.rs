//! 03-05 Compress when it helps.
//!
//! Fewer bytes cost time on both sides, and some bytes only get more. So a body is compressed when it is long,
//! sent compressed when that made it short, and the header says which of the two it was.
//!
//! ```text
//!   body ──▶ long enough? ──yes──▶ compress ──▶ short enough? ──yes──▶ those bytes, the compressor's id
//!                 │ no                               │ no
//!                 ▼                                  ▼
//!           the body, id 0                     the body, id 0
//! ```
#![forbid(unsafe_code)]

use std::io::Write as _;

use ch03_codec::compress::{Packed, Policy};
use ch03_codec::{Compressor, CompressorTable};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// `body` as bare deflate, without a head and without a checksum. `level` is how hard to try, from 0 to 9.
pub fn deflate(body: &[u8], level: u32) -> Vec<u8> {
    // YOUR CODE deflate: bytes into the encoder, and at the end the Vec out of it.
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
    // END YOUR CODE
}

/// The body as it is sent: compressed if `policy` finds that worth it, as it is otherwise.
pub fn pack(policy: &Policy, compressor: Option<&dyn Compressor>, body: Vec<u8>) -> Packed {
    // YOUR CODE pack: long enough? then compress; short enough? then send that.
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        // In 128 bits no body and no percentage is so large that this would wrap around.
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
    // END YOUR CODE
}

/// The compressor for an answer. `accepts` is what the asker can unpack, the dearest first.
pub fn accepted(accepts: &[u8], known: &CompressorTable) -> u8 {
    // YOUR CODE accepted: the first of theirs that is one of ours, or 0.
    accepts.iter().copied().find(|&id| known.get(id).is_ok()).unwrap_or(0)
    // END YOUR CODE
}
