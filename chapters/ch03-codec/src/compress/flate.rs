//! Three envelopes around one algorithm: deflate bare, with gzip's head and checksum, and with zlib's.

use std::io::{ErrorKind, Read, Write};

use flate2::Compression;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use crate::compress::{Compressor, DecompressError};
use crate::limits::LimitError;
use crate::table::Named;

/// How hard to try, from 1 to 9: 1. On the list of orders of this chapter's measurement level 6 takes several
/// times as long to save another few per cent: a good deal for a file that is read a thousand times, a bad
/// one for a reply that is read once.
const LEVEL: u32 = 1;

/// The room that an unpacked body gets first: 4 KiB. Most bodies fit, and it is little beside the 32 KiB that
/// the decompressor needs for itself.
const FIRST_ROOM: usize = 4096;

/// Deflate without anything around it: the smallest, and without a checksum. TCP and the frame have theirs.
#[derive(Debug, Clone, Copy)]
pub struct Deflate;

/// Deflate with a head of 10 bytes and a CRC-32: what every tool can unpack.
#[derive(Debug, Clone, Copy)]
pub struct Gzip;

/// Deflate with a head of 2 bytes and an Adler-32.
#[derive(Debug, Clone, Copy)]
pub struct Zlib;

macro_rules! compressor {
    ($name:ident, $id:literal, $text:literal, $encoder:ident, $decoder:ident) => {
        impl Named for $name {
            fn id(&self) -> u8 {
                $id
            }

            fn name(&self) -> &'static str {
                $text
            }
        }

        impl Compressor for $name {
            fn compress(&self, body: &[u8]) -> Vec<u8> {
                let mut encoder = $encoder::new(Vec::new(), Compression::new(LEVEL));
                encoder.write_all(body).and_then(|()| encoder.finish()).expect("a Vec takes everything")
            }

            fn decompress(&self, packed: &[u8], limit: usize) -> Result<Vec<u8>, DecompressError> {
                let mut decoder = $decoder::new(packed);
                let body = read_at_most(self.name(), &mut decoder, limit)?;
                match decoder.into_inner().len() {
                    0 => Ok(body),
                    count => Err(DecompressError::LeftOver { compressor: self.name(), count }),
                }
            }
        }
    };
}

compressor!(Deflate, 1, "deflate", DeflateEncoder, DeflateDecoder);
compressor!(Gzip, 2, "gzip", GzEncoder, GzDecoder);
compressor!(Zlib, 3, "zlib", ZlibEncoder, ZlibDecoder);

/// Everything that `decoder` gives, if that is at most `limit` bytes.
///
/// Deflate writes a gigabyte of zeros in a megabyte, so neither the length of the input nor a length that
/// stands in it says anything. The room grows with what has come out, and ends one byte above the limit: that
/// byte is how we know. While a body moves to a larger room it is there twice, so for a moment up to twice the
/// limit is taken.
// ANCHOR: at_most
fn read_at_most(
    compressor: &'static str,
    mut decoder: impl Read,
    limit: usize,
) -> Result<Vec<u8>, DecompressError> {
    let mut body = Vec::new();
    loop {
        let room = body.len().max(FIRST_ROOM).min(limit.saturating_add(1) - body.len());
        body.reserve_exact(room);
        match decoder.by_ref().take(room as u64).read_to_end(&mut body) {
            Ok(_) if body.len() > limit => return Err(LimitError::TooBig { got: body.len(), limit }.into()),
            Ok(got) if got < room => return Ok(body),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                return Err(DecompressError::Truncated { compressor, got: body.len() });
            }
            Err(error) => return Err(DecompressError::Corrupt { compressor, why: error.to_string() }),
        }
    }
}
// ANCHOR_END: at_most

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&dyn Compressor; 3] = [&Deflate, &Gzip, &Zlib];

    #[test]
    fn what_was_compressed_comes_out_again() {
        let mut random = fastrand::Rng::with_seed(1);
        for length in [0, 1, 100, 5000, 200_000] {
            let noise: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
            for compressor in ALL {
                for body in [&noise, &vec![b'x'; length]] {
                    let packed = compressor.compress(body);
                    assert_eq!(&compressor.decompress(&packed, length).unwrap(), body);
                }
            }
        }
    }

    #[test]
    fn the_limit_allows_itself_and_refuses_one_more() {
        for compressor in ALL {
            let packed = compressor.compress(&[0; 1000]);
            assert!(compressor.decompress(&packed, 1000).is_ok());
            assert_eq!(compressor.decompress(&packed, usize::MAX).unwrap().len(), 1000);
            let error = compressor.decompress(&packed, 999).unwrap_err();
            assert_eq!(error.to_string(), "refused: too big: 1000 bytes, at most 999");
        }
    }

    #[test]
    fn what_is_cut_is_garbled_or_is_too_long_is_refused() {
        for compressor in ALL {
            let name = compressor.name();
            let packed = compressor.compress(&[b'x'; 1000]);
            for cut in 0..packed.len() {
                let error = compressor.decompress(&packed[..cut], 1000).unwrap_err();
                assert!(matches!(error, DecompressError::Truncated { .. }), "{name} cut at {cut}: {error}");
            }
            let error = compressor.decompress(&[&packed[..], b"yz"].concat(), 1000).unwrap_err();
            assert_eq!(error.to_string(), format!("2 bytes left over after the end of the {name}"));
            let error = compressor.decompress(&[0xff; 40], 1000).unwrap_err();
            assert!(matches!(error, DecompressError::Corrupt { .. }), "{name}: {error}");
        }
        // The checksum: deflate has none, and lets a changed letter pass.
        for (compressor, tail) in [(&Gzip as &dyn Compressor, 8), (&Zlib, 4)] {
            let mut packed = compressor.compress(b"abc");
            let at = packed.len() - tail;
            packed[at] ^= 1;
            let error = compressor.decompress(&packed, 3).unwrap_err();
            assert!(matches!(error, DecompressError::Corrupt { .. }), "{}: {error}", compressor.name());
        }
    }
}
