//! The seam: a value becomes bytes, and bytes a value. Which format it is, is decided while the program runs.

use serde::{Deserialize, Serialize};

use crate::error::CodecError;
use crate::limits::Limits;
use crate::table::Named;

/// What [`Codec::decode`] hands its deserializer to.
pub type Visit<'a, 'de> =
    &'a mut dyn FnMut(&mut dyn erased_serde::Deserializer<'de>) -> Result<(), erased_serde::Error>;

/// A format. [S-01]
///
/// serde's `Serialize` and `Deserialize` are generic in the format, so a `dyn Codec` cannot have a method
/// that is generic in the value: a table of methods has no room for a method for every type. Therefore the
/// value comes as a trait object too, `erased_serde::Serialize`, and the format goes out as one,
/// `erased_serde::Deserializer`. Callers see none of that: they use [`to_vec`](trait.Codec.html#method.to_vec)
/// and [`from_slice`](trait.Codec.html#method.from_slice), which are generic and stand on top.
// ANCHOR: trait
pub trait Codec: Named + Send + Sync {
    /// Appends `value` to `out`.
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError>;

    /// Makes a deserializer over `bytes`, hands it to `visit`, once, and checks that nothing is left over.
    ///
    /// Nothing that `bytes` say may cost more than `limits` allow.
    fn decode<'de>(&self, bytes: &'de [u8], limits: &Limits, visit: Visit<'_, 'de>)
    -> Result<(), CodecError>;
}
// ANCHOR_END: trait

// ANCHOR: generic
impl dyn Codec + '_ {
    /// The bytes of `value`.
    ///
    /// # Errors
    /// [`CodecError::Encode`] when the format has no way to write it.
    pub fn to_vec<T: Serialize + ?Sized>(&self, value: &T) -> Result<Vec<u8>, CodecError> {
        let mut out = Vec::with_capacity(128);
        self.encode(&value, &mut out)?;
        Ok(out)
    }

    /// The value in `bytes`, all of them. Texts may be borrowed from `bytes`.
    ///
    /// # Errors
    /// [`CodecError`]: not such a value, bytes left over, or beyond a limit.
    pub fn from_slice<'de, T: Deserialize<'de>>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
    ) -> Result<T, CodecError> {
        let mut value = None;
        self.decode(bytes, limits, &mut |deserializer| {
            value = Some(erased_serde::deserialize(deserializer)?);
            Ok(())
        })?;
        value.ok_or(CodecError::NothingRead { codec: self.name() })
    }
}
// ANCHOR_END: generic

#[cfg(test)]
mod tests {
    use super::*;

    /// A codec that forgets to call what it is given.
    struct Forgets;

    impl Named for Forgets {
        fn id(&self) -> u8 {
            200
        }

        fn name(&self) -> &'static str {
            "forgets"
        }
    }

    impl Codec for Forgets {
        fn encode(&self, _: &dyn erased_serde::Serialize, _: &mut Vec<u8>) -> Result<(), CodecError> {
            Ok(())
        }

        fn decode<'de>(&self, _: &'de [u8], _: &Limits, _: Visit<'_, 'de>) -> Result<(), CodecError> {
            Ok(())
        }
    }

    #[test]
    fn a_codec_that_reads_nothing_is_an_error_and_no_panic() {
        let codec: &dyn Codec = &Forgets;
        let error = codec.from_slice::<u8>(&[1], &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "forgets has read nothing: its decode must call what it is given");
    }

    #[test]
    fn texts_are_borrowed_where_the_format_allows_it() {
        let codec: &dyn Codec = &crate::codecs::Tagged;
        let bytes = codec.to_vec("keyboard").unwrap();
        let text: &str = codec.from_slice(&bytes, &Limits::default()).unwrap();
        assert_eq!(text.as_ptr(), bytes[2..].as_ptr());
    }
}
