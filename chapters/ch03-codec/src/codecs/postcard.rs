//! postcard: bincode's maintained neighbour. [S-08]

use serde::de::DeserializeSeed;

use crate::codec::{Codec, Visit};
use crate::codecs::hand::{self, Hand};
use crate::error::CodecError;
use crate::limits::Limits;
use crate::table::Named;

/// postcard 1: varints, zigzag, no names, no numbers, no kinds; its format is written down and stable. Both
/// sides must have the same type, field for field.
#[derive(Debug, Clone, Copy)]
pub struct Postcard;

impl Named for Postcard {
    fn id(&self) -> u8 {
        4
    }

    fn name(&self) -> &'static str {
        "postcard"
    }
}

impl Codec for Postcard {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        match postcard::to_io(value, out) {
            Ok(_) => Ok(()),
            Err(error) => Err(CodecError::Encode { codec: self.name(), source: error.into() }),
        }
    }

    fn decode<'de>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
        visit: Visit<'_, 'de>,
    ) -> Result<(), CodecError> {
        hand::decode(self.name(), bytes, limits, |budget| {
            let mut deserializer = postcard::Deserializer::from_bytes(bytes);
            Hand { budget, visit }.deserialize(&mut deserializer)?;
            deserializer.finalize().map(<[u8]>::len)
        })
    }
}
