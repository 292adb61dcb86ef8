//! The twenty-four bytes that every frame begins with.

use crate::error::DecodeError;
use crate::kind::Kind;
use crate::limits::FrameLimits;
use crate::status::Status;

/// `yrpc`, the first four bytes of every frame. Letters, so that a person who looks at a dump sees them; and
/// no verb of HTTP, no handshake of TLS and no banner of SSH begins so. [P-02]
pub const MAGIC: [u8; 4] = *b"yrpc";

/// The version that this crate speaks.
pub const VERSION: u8 = 1;

/// The length of a header without extensions, in bytes.
pub const HEADER_LEN: usize = 24;

/// The fixed part of a header. Numbers are big endian, the order in which people write them. [P-01]
///
/// ```text
///        0        1        2        3        4        5        6        7
///    ┌────────┬────────┬────────┬────────┬────────┬────────┬────────┬────────┐
///  0 │  'y'      'r'      'p'      'c'   │version │  kind  │ codec  │compres.│
///    ├────────┴────────┼────────┴────────┼────────┴────────┴────────┴────────┤
///  8 │  header length  │     status      │             request id
///    ├─────────────────┴─────────────────┼───────────────────────────────────┤
/// 16 │          … request id             │           body length             │
///    └───────────────────────────────────┴───────────────────────────────────┘
///  24 … header length: extensions, then body length bytes of body
/// ```
// ANCHOR: header
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What the frame is for.
    pub kind: Kind,
    /// How the body is written. 0: bytes that only the two ends understand. Chapter 3 hands out the others.
    pub codec: u8,
    /// How the body is compressed. 0: not at all. Chapter 3 hands out the others.
    pub compressor: u8,
    /// Bytes from the `y` to the first byte of the body: 24 and the extensions.
    pub header_len: u16,
    /// How the call ended. 0 in everything but responses and goaways.
    pub status: Status,
    /// Which request this is, or answers, or cancels; in a goaway the last one that will be answered.
    pub request_id: u64,
    /// Bytes of the body, and of nothing else.
    pub body_len: u32,
}
// ANCHOR_END: header

impl Header {
    /// The header as it goes onto the wire.
    // ANCHOR: encode
    pub fn encode(&self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        bytes[0..4].copy_from_slice(&MAGIC);
        bytes[4] = VERSION;
        bytes[5] = self.kind as u8;
        bytes[6] = self.codec;
        bytes[7] = self.compressor;
        bytes[8..10].copy_from_slice(&self.header_len.to_be_bytes());
        bytes[10..12].copy_from_slice(&self.status.0.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.request_id.to_be_bytes());
        bytes[20..24].copy_from_slice(&self.body_len.to_be_bytes());
        bytes
    }
    // ANCHOR_END: encode

    /// Reads the header at the beginning of `bytes`; `None` when it is not all there, and nothing is wrong
    /// with what is.
    ///
    /// Every field is judged as soon as its bytes have come. A browser that says `GET /` is told apart by its
    /// first letter; it would never send a twenty-fourth byte to wait for.
    ///
    /// # Errors
    /// The first thing that is wrong, from front to back.
    #[inline]
    pub fn decode(bytes: &[u8], limits: &FrameLimits) -> Result<Option<Self>, DecodeError> {
        // The same twice: where all 24 bytes are there, which is nearly always, the compiler knows it, and
        // leaves out every look whether a field is.
        match bytes.first_chunk::<HEADER_LEN>() {
            Some(whole) => Self::decode_fields(whole, limits),
            None => Self::decode_fields(bytes, limits),
        }
    }

    // ANCHOR: decode
    #[inline(always)]
    fn decode_fields(bytes: &[u8], limits: &FrameLimits) -> Result<Option<Self>, DecodeError> {
        let magic = &bytes[..bytes.len().min(MAGIC.len())];
        if magic != &MAGIC[..magic.len()] {
            return Err(DecodeError::WrongMagic { got: magic.to_vec() });
        }
        let Some([version]) = field(bytes, 4) else { return Ok(None) };
        if version != VERSION {
            return Err(DecodeError::UnknownVersion { got: version });
        }
        let Some([kind]) = field(bytes, 5) else { return Ok(None) };
        let kind = Kind::from_byte(kind).ok_or(DecodeError::UnknownKind { got: kind })?;
        let Some([codec, compressor]) = field(bytes, 6) else { return Ok(None) };
        let Some(header_len) = field(bytes, 8).map(u16::from_be_bytes) else { return Ok(None) };
        check_header_len(header_len, limits)?;
        let Some(status) = field(bytes, 10).map(u16::from_be_bytes).map(Status) else { return Ok(None) };
        if status != Status::OK && !kind.has_status() {
            return Err(DecodeError::UnexpectedStatus { kind, got: status });
        }
        let Some(request_id) = field(bytes, 12).map(u64::from_be_bytes) else { return Ok(None) };
        let Some(body_len) = field(bytes, 20).map(u32::from_be_bytes) else { return Ok(None) };
        check_body_len(body_len, kind, limits)?;
        Ok(Some(Self { kind, codec, compressor, header_len, status, request_id, body_len }))
    }
    // ANCHOR_END: decode
}

/// The field that begins at byte `at`, unless the input ends before it does.
#[inline(always)]
fn field<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<[u8; LENGTH]> {
    bytes.get(at..)?.first_chunk().copied()
}

// ANCHOR: check
fn check_header_len(got: u16, limits: &FrameLimits) -> Result<(), DecodeError> {
    if usize::from(got) < HEADER_LEN {
        return Err(DecodeError::HeaderTooShort { got });
    }
    if got > limits.max_header {
        return Err(DecodeError::HeaderTooLong { got, limit: limits.max_header });
    }
    Ok(())
}

fn check_body_len(got: u32, kind: Kind, limits: &FrameLimits) -> Result<(), DecodeError> {
    if got > 0 && !kind.has_body() {
        return Err(DecodeError::UnexpectedBody { kind, got });
    }
    if got > limits.max_body {
        return Err(DecodeError::BodyTooLong { got, limit: limits.max_body });
    }
    Ok(())
}
// ANCHOR_END: check

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: FrameLimits = FrameLimits { max_header: 100, max_body: 1000 };

    fn header() -> Header {
        Header {
            kind: Kind::Response,
            codec: 7,
            compressor: 9,
            header_len: 28,
            status: Status(0x0102),
            request_id: 0x0304_0506_0708_090A,
            body_len: 0x0000_0203,
        }
    }

    #[test]
    fn every_field_has_its_place() {
        let bytes = header().encode();
        assert_eq!(bytes, *b"yrpc\x01\x02\x07\x09\0\x1c\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\0\0\x02\x03");
        assert_eq!(Header::decode(&bytes, &LIMITS), Ok(Some(header())));
        for length in 0..bytes.len() {
            assert_eq!(Header::decode(&bytes[..length], &LIMITS), Ok(None), "{length} bytes");
        }
    }

    /// What is wrong, and after how many bytes that is known.
    #[test]
    fn a_wrong_byte_is_seen_when_it_comes() {
        use DecodeError as E;
        let good = Header { status: Status::OK, ..header() };
        let request = Header { kind: Kind::Request, ..good }.encode();
        let cancel = Header { kind: Kind::Cancel, body_len: 0, ..good }.encode();
        let change = |mut bytes: [u8; HEADER_LEN], at: usize, new: &[u8]| {
            bytes[at..at + new.len()].copy_from_slice(new);
            bytes
        };
        for (bytes, known_after, expected) in [
            (change(request, 0, b"Y"), 1, E::WrongMagic { got: b"Y".to_vec() }),
            (change(request, 3, b"k"), 4, E::WrongMagic { got: b"yrpk".to_vec() }),
            (change(request, 4, &[0]), 5, E::UnknownVersion { got: 0 }),
            (change(request, 4, &[2]), 5, E::UnknownVersion { got: 2 }),
            (change(request, 5, &[0]), 6, E::UnknownKind { got: 0 }),
            (change(request, 5, &[7]), 6, E::UnknownKind { got: 7 }),
            (change(request, 8, &[0, 23]), 10, E::HeaderTooShort { got: 23 }),
            (change(request, 8, &[0, 101]), 10, E::HeaderTooLong { got: 101, limit: 100 }),
            (
                change(request, 10, &[0, 103]),
                12,
                E::UnexpectedStatus { kind: Kind::Request, got: Status::BUSY },
            ),
            (change(request, 20, &[0, 0, 3, 233]), 24, E::BodyTooLong { got: 1001, limit: 1000 }),
            (change(request, 20, &[255; 4]), 24, E::BodyTooLong { got: u32::MAX, limit: 1000 }),
            (change(cancel, 20, &[0, 0, 0, 1]), 24, E::UnexpectedBody { kind: Kind::Cancel, got: 1 }),
        ] {
            assert_eq!(Header::decode(&bytes[..known_after - 1], &LIMITS), Ok(None), "{expected}");
            assert_eq!(Header::decode(&bytes[..known_after], &LIMITS), Err(expected));
        }
        assert!(Header::decode(&change(request, 8, &[0, 24]), &LIMITS).is_ok(), "24 is enough");
        assert!(
            Header::decode(&change(request, 8, &[0, 100]), &LIMITS).is_ok(),
            "the limit itself is allowed"
        );
        assert!(Header::decode(&change(request, 20, &[0, 0, 3, 232]), &LIMITS).is_ok(), "so it is here");
    }
}
