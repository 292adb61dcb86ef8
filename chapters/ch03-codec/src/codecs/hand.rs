//! From a library's deserializer to whoever wants the value: what a codec for any serde format needs.
//!
//! [`Json`](super::Json) is the shortest example. Your own codec for MessagePack or CBOR looks the same.

use std::fmt::Display;

use serde::de::{DeserializeSeed, Deserializer, Error};

use crate::codec::Visit;
use crate::error::CodecError;
use crate::guard::Guarded;
use crate::limits::{Budget, Limits};

/// Hands a library's deserializer to `visit`, as a trait object and inside of its limits.
pub struct Hand<'a, 'b, 'de> {
    /// The account of this body.
    pub budget: &'b Budget,
    /// Who wants the value: what [`Codec::decode`](crate::Codec::decode) was given.
    pub visit: Visit<'a, 'de>,
}

impl<'de> DeserializeSeed<'de> for Hand<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let guarded = Guarded::new(deserializer, self.budget);
        (self.visit)(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded)).map_err(D::Error::custom)
    }
}

/// What is the same for every format: `read` gets the account, and gives the number of bytes left over.
///
/// # Errors
/// [`CodecError`]: beyond a limit, what `read` says, or bytes left over.
pub fn decode<E: Display>(
    codec: &'static str,
    bytes: &[u8],
    limits: &Limits,
    read: impl FnOnce(&Budget) -> Result<usize, E>,
) -> Result<(), CodecError> {
    let budget = Budget::new(limits);
    budget.total(bytes.len())?;
    let left = read(&budget).map_err(|error| match budget.refusal() {
        Some(refusal) => CodecError::Limit(refusal),
        // What was said first: the library has wrapped it since, and not always well.
        None => CodecError::Decode { codec, source: budget.keep_words(error.to_string()).into() },
    })?;
    match left {
        0 => Ok(()),
        count => Err(CodecError::LeftOver { codec, count }),
    }
}
