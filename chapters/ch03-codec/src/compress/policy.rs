//! When to compress at all.

use bytes::Bytes;

use crate::compress::Compressor;

/// Compression costs time on both sides. It pays only for a body that is long, and that gets shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Bodies below this many bytes are sent as they are: 1024, rpcx's number. What fits into one packet (some
    /// 1400 bytes) arrives as one packet with or without compression, and a short text of little repetition
    /// grows: gzip alone adds 18 bytes.
    pub threshold: usize,
    /// A compressed body is sent if it is at most so many per cent of the raw one: 90. For less the other side
    /// should not have to unpack it.
    pub at_most_percent: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self { threshold: 1024, at_most_percent: 90 }
    }
}

/// A body as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// For the header: the compressor's id, or 0 for a raw body.
    pub compressor: u8,
    /// The bytes.
    pub body: Bytes,
}

impl Policy {
    /// Compresses `body` if that is worth it.
    // ANCHOR: pack
    pub fn pack(&self, compressor: Option<&dyn Compressor>, body: Vec<u8>) -> Packed {
        if let Some(compressor) = compressor
            && body.len() >= self.threshold
        {
            let packed = compressor.compress(&body);
            // In 128 bits no body is so long that this would wrap around.
            if packed.len() as u128 * 100 <= body.len() as u128 * self.at_most_percent as u128 {
                return Packed { compressor: compressor.id(), body: packed.into() };
            }
        }
        Packed { compressor: 0, body: body.into() }
    }
    // ANCHOR_END: pack
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compress::{DecompressError, Gzip};
    use crate::table::Named;

    /// Gives what it is told to.
    struct To(usize);

    impl Named for To {
        fn id(&self) -> u8 {
            9
        }

        fn name(&self) -> &'static str {
            "to"
        }
    }

    impl Compressor for To {
        fn compress(&self, _body: &[u8]) -> Vec<u8> {
            vec![7; self.0]
        }

        fn decompress(&self, _packed: &[u8], _limit: usize) -> Result<Vec<u8>, DecompressError> {
            unreachable!("nobody unpacks here")
        }
    }

    #[test]
    fn short_bodies_and_bodies_that_stay_long_are_sent_as_they_are() {
        let policy = Policy { threshold: 100, at_most_percent: 90 };
        for (raw, packed, sent) in
            [(99, 1, 99), (100, 1, 1), (100, 90, 90), (100, 91, 100), (1000, 900, 900), (1000, 901, 1000)]
        {
            let body = policy.pack(Some(&To(packed)), vec![0; raw]);
            assert_eq!((body.compressor, body.body.len()), (if sent == raw { 0 } else { 9 }, sent));
        }
        assert_eq!(policy.pack(None, vec![0; 1000]).compressor, 0);
    }

    #[test]
    fn noise_is_sent_raw_and_text_is_not() {
        let mut noise = vec![0; 4096];
        fastrand::Rng::with_seed(3).fill(&mut noise);
        assert_eq!(Policy::default().pack(Some(&Gzip), noise).compressor, 0);
        let text = "roses are red, violets are blue, ".repeat(100).into_bytes();
        let packed = Policy::default().pack(Some(&Gzip), text);
        assert_eq!(packed.compressor, 2);
        assert!(packed.body.len() < 300, "{}", packed.body.len());
    }
}
