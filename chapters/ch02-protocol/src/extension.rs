//! What a header can carry beyond its fixed part: type, length, value, again and again. [P-07]

use std::fmt;
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};

use crate::error::{DecodeError, ExtensionFault};
use crate::header::HEADER_LEN;

/// The bit of an extension's type that says: who does not know this number must refuse the frame. Without it
/// he may act as if the extension were not there.
pub const CRITICAL: u8 = 0x80;

/// Type and length: what an extension costs beside its value, in bytes.
pub const EXTENSION_HEAD: usize = 3;

/// The extensions that this version knows, by number.
pub mod number {
    /// How much time is left for the call: microseconds, 8 bytes. *Remaining* time, because the clocks of two
    /// machines disagree, and a span of time does not care.
    pub const DEADLINE: u8 = 1;
    /// Which trace this call belongs to: 16 bytes of trace id, 8 of span id, 1 of flags, as in the W3C's
    /// Trace Context.
    pub const TRACE: u8 = 2;
    /// A word for the router: text. Chapter 6 routes by it.
    pub const TAG: u8 = 3;
    /// How the answer's body may be compressed: one byte for each compressor, the most wanted first. Who does
    /// not know this extension answers uncompressed, which everybody can read; so it is never critical, and a
    /// 0 in it says nothing. Chapter 3 uses it.
    pub const ACCEPT: u8 = 4;
    /// Which service is called: text, `group/interface:version`. Critical, since a call is nothing without
    /// it. Chapter 4 uses this one and the next two.
    pub const SERVICE: u8 = 5;
    /// Which of its methods: text. Critical, too.
    pub const METHOD: u8 = 6;
    /// What else a caller says about a call, by name: a token, for example.
    pub const METADATA: u8 = 7;

    /// All that have a name in this version. To know a name is not to act upon it: whoever must refuse what
    /// it does not act upon has a list of its own.
    pub const KNOWN: [u8; 7] = [DEADLINE, TRACE, TAG, ACCEPT, SERVICE, METHOD, METADATA];
}

/// One extension, as it stands in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Which one, from 1 to 127.
    pub number: u8,
    /// Whether a reader that does not know the number must refuse the frame.
    pub critical: bool,
    /// What it says.
    pub value: &'a [u8],
}

/// The extensions of one frame: a stretch of bytes that is known to be well-formed, shared, not copied.
///
/// ```text
///   ┌──────────────┬─────────────────┬───────────────┐
///   │ C │  number  │  length  (2)    │ value …       │   again and again, to the end of the header
///   └──────────────┴─────────────────┴───────────────┘
///     └ critical: bit 7
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extensions(Bytes);

impl Extensions {
    /// None.
    pub fn none() -> Self {
        Self::default()
    }

    /// Takes `bytes` for extensions, if they are some: each fits, none has number 0, none comes twice. What
    /// they *mean* is not looked at here.
    ///
    /// # Errors
    /// [`DecodeError::BadExtension`].
    // ANCHOR: parse
    pub fn parse(bytes: Bytes) -> Result<Self, DecodeError> {
        Self::check(&bytes)?;
        Ok(Self(bytes))
    }

    pub(crate) fn check(bytes: &[u8]) -> Result<(), DecodeError> {
        let mut seen = 0_u128; // one bit for each of the 127 numbers
        let mut rest = bytes;
        while !rest.is_empty() {
            let at = HEADER_LEN + bytes.len() - rest.len();
            let bad = |reason| DecodeError::BadExtension { at, reason };
            let (first, after) = split(rest).map_err(bad)?;
            if first.number == 0 {
                return Err(bad(ExtensionFault::Zero));
            }
            let bit = 1 << first.number;
            if seen & bit != 0 {
                return Err(bad(ExtensionFault::Twice { number: first.number }));
            }
            seen |= bit;
            rest = after;
        }
        Ok(())
    }
    // ANCHOR_END: parse

    /// Wraps what [`check`](Self::check) has found to be well-formed.
    pub(crate) fn checked(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// One more extension.
    ///
    /// # Panics
    /// When `number` is not between 1 and 127, or is there already, or `value` is longer than 65,535 bytes:
    /// the program that sends it is wrong, not its input.
    pub fn with(self, number: u8, critical: bool, value: &[u8]) -> Self {
        assert!((1..CRITICAL).contains(&number), "an extension's number is between 1 and 127, not {number}");
        assert!(self.get(number).is_none(), "extension {number} comes once");
        let length = u16::try_from(value.len()).expect("an extension's value has at most 65,535 bytes");
        let mut bytes = BytesMut::with_capacity(self.0.len() + EXTENSION_HEAD + value.len());
        bytes.put_slice(&self.0);
        bytes.put_u8(if critical { number | CRITICAL } else { number });
        bytes.put_u16(length);
        bytes.put_slice(value);
        Self(bytes.freeze())
    }

    /// The bytes, as they stand in the header.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Extension<'_>> {
        let mut rest = &self.0[..];
        std::iter::from_fn(move || {
            // `parse` has looked at all of them, and `with` makes no others.
            let (first, after) = split(rest).ok()?;
            rest = after;
            Some(first)
        })
    }

    /// The value of extension `number`, if it is there.
    pub fn get(&self, number: u8) -> Option<&[u8]> {
        self.iter().find(|extension| extension.number == number).map(|extension| extension.value)
    }

    /// The first critical extension whose number is not in `known`: the frame must not be acted upon.
    // ANCHOR: unknown_critical
    pub fn unknown_critical(&self, known: &[u8]) -> Option<u8> {
        self.iter()
            .find(|extension| extension.critical && !known.contains(&extension.number))
            .map(|extension| extension.number)
    }
    // ANCHOR_END: unknown_critical

    /// Adds how much time is left. What is longer than 584,000 years becomes that.
    pub fn with_deadline(self, left: Duration) -> Self {
        let micros = u64::try_from(left.as_micros()).unwrap_or(u64::MAX);
        self.with(number::DEADLINE, false, &micros.to_be_bytes())
    }

    /// How much time is left for the call; `None` when the frame does not say, or not in 8 bytes.
    pub fn deadline(&self) -> Option<Duration> {
        let micros = self.get(number::DEADLINE)?.try_into().ok()?;
        Some(Duration::from_micros(u64::from_be_bytes(micros)))
    }

    /// The word for the router; `None` when there is none, or it is not UTF-8.
    pub fn tag(&self) -> Option<&str> {
        std::str::from_utf8(self.get(number::TAG)?).ok()
    }
}

/// Number and value of each; of metadata only its length. Frames are printed in logs and failing tests, and
/// what a caller says of himself may be a secret.
impl fmt::Debug for Extensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|extension| match extension.number {
                number::METADATA => (extension.number, format!("{} bytes", extension.value.len())),
                other => (other, extension.value.escape_ascii().to_string()),
            }))
            .finish()
    }
}

/// The first extension of `bytes`, and what comes after it.
// ANCHOR: split
fn split(bytes: &[u8]) -> Result<(Extension<'_>, &[u8]), ExtensionFault> {
    let overruns = |needs| ExtensionFault::Overruns { needs, left: bytes.len() };
    let [kind, l0, l1, rest @ ..] = bytes else { return Err(overruns(EXTENSION_HEAD)) };
    let length = usize::from(u16::from_be_bytes([*l0, *l1]));
    let (value, after) = rest.split_at_checked(length).ok_or(overruns(EXTENSION_HEAD + length))?;
    Ok((Extension { number: kind & !CRITICAL, critical: kind & CRITICAL != 0, value }, after))
}
// ANCHOR_END: split

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &'static [u8]) -> Result<Extensions, DecodeError> {
        Extensions::parse(Bytes::from_static(bytes))
    }

    #[test]
    fn what_was_put_in_comes_out_in_order() {
        let extensions = Extensions::none()
            .with_deadline(Duration::from_millis(1500))
            .with(number::TAG, true, b"gray")
            .with(77, false, b"");
        let again = Extensions::parse(extensions.as_bytes().clone()).unwrap();
        assert_eq!(again, extensions);
        let listed: Vec<_> = again.iter().map(|e| (e.number, e.critical, e.value.len())).collect();
        assert_eq!(listed, [(1, false, 8), (3, true, 4), (77, false, 0)]);
        assert_eq!(again.deadline(), Some(Duration::from_millis(1500)));
        assert_eq!(again.tag(), Some("gray"));
        assert_eq!(again.get(78), None);
    }

    #[test]
    fn they_must_fill_the_header_exactly() {
        let bad = |at, reason| Err(DecodeError::BadExtension { at, reason });
        let overruns = |needs, left| ExtensionFault::Overruns { needs, left };
        assert_eq!(parse(b""), Ok(Extensions::none()));
        assert_eq!(parse(&[9]), bad(24, overruns(3, 1)));
        assert_eq!(parse(&[9, 0]), bad(24, overruns(3, 2)));
        assert_eq!(parse(&[9, 0, 1]), bad(24, overruns(4, 3)));
        assert_eq!(parse(&[9, 0, 1, 7, 8, 255, 255]), bad(28, overruns(65_538, 3)));
        assert!(parse(&[9, 0, 1, 7]).is_ok());
    }

    #[test]
    fn none_has_number_zero_and_none_comes_twice() {
        let bad = |at, reason| Err(DecodeError::BadExtension { at, reason });
        assert_eq!(parse(&[0, 0, 0]), bad(24, ExtensionFault::Zero));
        assert_eq!(parse(&[0x80, 0, 0]), bad(24, ExtensionFault::Zero));
        // Critical or not, it is the same extension.
        assert_eq!(parse(&[5, 0, 0, 0x85, 0, 0]), bad(27, ExtensionFault::Twice { number: 5 }));
        assert_eq!(parse(&[127, 0, 0, 0xFF, 0, 0]), bad(27, ExtensionFault::Twice { number: 127 }));
    }

    #[test]
    fn only_a_critical_one_has_to_be_known() {
        let extensions = Extensions::none().with(1, true, b"").with(50, false, b"").with(60, true, b"");
        assert_eq!(extensions.unknown_critical(&[1]), Some(60));
        assert_eq!(extensions.unknown_critical(&[1, 60]), None);
    }

    #[test]
    fn metadata_is_not_printed() {
        let extensions = Extensions::none().with(number::TAG, true, b"gray\n").with(
            number::METADATA,
            false,
            b"\x05token\0\x06s3cret",
        );
        assert_eq!(format!("{extensions:?}"), r#"{3: "gray\\n", 7: "14 bytes"}"#);
    }

    #[test]
    fn a_value_of_the_wrong_size_says_nothing() {
        let extensions =
            Extensions::none().with(number::DEADLINE, false, &[1]).with(number::TAG, false, &[255]);
        assert_eq!((extensions.deadline(), extensions.tag()), (None, None));
    }
}
