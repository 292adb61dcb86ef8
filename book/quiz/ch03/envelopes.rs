//! A hundred bytes without a pattern, in three envelopes.

use ch03_codec::CompressorTable;

fn main() {
    // Knuth's multiplier; the upper byte of each step looks random enough.
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    let body: Vec<u8> =
        std::iter::successors(Some(1), step).map(|state| (state >> 56) as u8).skip(1).take(100).collect();
    for compressor in CompressorTable::default().iter() {
        println!("{:<7} {} bytes", compressor.name(), compressor.compress(&body).len());
    }
}
