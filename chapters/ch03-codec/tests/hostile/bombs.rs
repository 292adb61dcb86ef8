//! Bytes that want to be decompressed.

use ch03_codec::codecs::Json;
use ch03_codec::compress::{Compressor, DecompressError, Gzip};
use ch03_codec::table::Named;
use ch03_codec::{Body, CompressorTable, Format, LimitError, Limits, Marshaller};

use crate::common;
use crate::memory::peak;

/// Byte strings for each compressor, unless `CASES` says otherwise.
const CASES: u64 = 1500;

/// What a decompressor needs for itself: buffers of 32 KiB on both sides, tables, what stands in a head of gzip.
const MACHINE: u64 = 128 * 1024;

/// What comes out is moved to a larger place, never larger than the limit, as long as there is more.
fn most_memory(received: usize, limit: usize) -> u64 {
    2 * limit as u64 + 2 * received as u64 + MACHINE
}

/// Decompresses, and checks the memory that it takes.
fn unpack(compressor: &dyn Compressor, packed: &[u8], limit: usize) -> Result<Vec<u8>, DecompressError> {
    let mut result = None;
    let took = peak(|| result = Some(compressor.decompress(packed, limit)));
    let most = most_memory(packed.len(), limit);
    assert!(took <= most, "{}: {took} bytes, at most {most}", compressor.name());
    let result = result.expect("it was run");
    assert!(result.as_ref().map_or(0, Vec::len) <= limit, "{}: more than the limit", compressor.name());
    result
}

#[test]
fn a_bomb_goes_off_nowhere() {
    let max_total = Limits::default().max_total;
    let zeros = vec![0; 4 * max_total];
    for compressor in CompressorTable::default().iter() {
        let packed = compressor.compress(&zeros);
        for limit in [0, 1000, max_total] {
            match unpack(&**compressor, &packed, limit) {
                Err(DecompressError::Limit(LimitError::TooBig { got, limit: is })) => {
                    assert_eq!((got, is), (limit + 1, limit), "no more than one byte too many comes out");
                }
                other => panic!("{}: {:?}", compressor.name(), other.map(|body| body.len())),
            }
        }
        let took = peak(|| _ = compressor.decompress(&packed, max_total));
        let (length, ratio) = (packed.len(), zeros.len() / packed.len());
        println!("{}: {length} bytes, 1:{ratio}: {took} bytes of memory", compressor.name());

        let format = Format { codec: Json.id(), compressor: compressor.id() };
        let error = Marshaller::default().read::<String>(&Body { format, bytes: packed.into() });
        assert!(matches!(error.unwrap_err().limit(), Some(LimitError::TooBig { .. })));
    }
}

/// A small bomb that is packed again is a smaller one. But nobody opens what comes out of it.
#[test]
fn only_the_outermost_is_opened() {
    let bomb = Gzip.compress(&vec![0; 4 * Limits::default().max_total]);
    let packed = Gzip.compress(&bomb);
    assert!(packed.len() < bomb.len() / 10, "{} bytes, then {}", bomb.len(), packed.len());
    assert_eq!(unpack(&Gzip, &packed, bomb.len()).expect("as it was"), bomb);
    for codec in ch03_codec::CodecTable::default().iter() {
        let format = Format { codec: codec.id(), compressor: Gzip.id() };
        let body = Body { format, bytes: packed.clone().into() };
        Marshaller::default().read::<Vec<String>>(&body).expect_err("gzip is no list of texts");
    }
}

/// gzip's CRC-32 finds what has changed. Adler-32, zlib's, is two sums: one changed bit of the compressed bytes
/// changes several letters, and in short bodies their sums may be the same again. Deflate has nothing.
#[test]
fn what_is_garbled_is_refused_where_there_is_a_checksum() {
    for compressor in CompressorTable::default().iter() {
        let (compressor, name) = (&**compressor, compressor.name());
        let mut ends = [0; 6];
        let cases = common::each_case(CASES, |mut rng| {
            let mut body = vec![0; rng.usize(..2000)];
            let largest = *rng.choice(&[3, 255]).expect("not empty");
            body.fill_with(|| rng.u8(..=largest));
            let mut packed = compressor.compress(&body);
            match rng.u8(..4) {
                0 => packed.truncate(rng.usize(..packed.len())),
                1 => {
                    packed.resize(rng.usize(..200), 0);
                    rng.fill(&mut packed);
                }
                _ => {
                    let at = rng.usize(..packed.len());
                    packed[at] ^= rng.u8(1..);
                }
            }
            let limit = *rng.choice(&[body.len(), body.len() / 2, 10_000]).expect("not empty");
            let end = match unpack(compressor, &packed, limit) {
                Ok(same) if same == body => 0,
                Ok(_) => 1,
                Err(DecompressError::Corrupt { .. }) => 2,
                Err(DecompressError::Truncated { .. }) => 3,
                Err(DecompressError::LeftOver { .. }) => 4,
                Err(DecompressError::Limit(_)) => 5,
            };
            assert!(end != 1 || name != "gzip", "{name}: a changed body passes");
            ends[end] += 1;
        });
        println!("{name}: {cases} garbled: [same, CHANGED, corrupt, truncated, left over, too big] {ends:?}");
    }
}
