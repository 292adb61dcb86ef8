//! Any bytes, to be decompressed: no more comes out than may, and no more memory goes in.
#![no_main]

use std::sync::LazyLock;

use ch03_codec::CompressorTable;
use libfuzzer_sys::fuzz_target;

static COMPRESSORS: LazyLock<CompressorTable> = LazyLock::new(CompressorTable::default);

/// What a decompressor needs for itself: buffers of 32 KiB on both sides, tables, what stands in a head of gzip.
const MACHINE: u64 = 128 * 1024;

#[derive(Debug, arbitrary::Arbitrary)]
struct Input<'a> {
    compressor: u8,
    limit: u16,
    // Last, so that the rest of the fuzzer's bytes are as they are.
    packed: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let compressors: Vec<_> = COMPRESSORS.iter().collect();
    let compressor = compressors[usize::from(input.compressor) % compressors.len()];
    let limit = usize::from(input.limit);
    let mut result = None;
    let took = allocation_counter::measure(|| result = Some(compressor.decompress(input.packed, limit)));
    let most = 2 * limit as u64 + 2 * input.packed.len() as u64 + MACHINE;
    assert!(took.bytes_max <= most, "{}: {} bytes, at most {most}", compressor.name(), took.bytes_max);
    if let Some(Ok(body)) = result {
        assert!(body.len() <= limit);
        let again = compressor.compress(&body);
        assert_eq!(compressor.decompress(&again, body.len()).expect("our own"), body);
    }
});
