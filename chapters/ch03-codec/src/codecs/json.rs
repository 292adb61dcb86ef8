//! JSON: what everybody can read. [S-03] [S-05]

use serde::de::DeserializeSeed;

use crate::codec::{Codec, Visit};
use crate::codecs::hand::{self, Hand};
use crate::error::CodecError;
use crate::limits::Limits;
use crate::table::Named;

/// JSON, by serde_json. Names stand in every object, numbers are decimal digits, and bytes are a list of
/// numbers.
///
/// Numbers above 2^53 survive here; many other readers take every number for a double, and lose them.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Named for Json {
    fn id(&self) -> u8 {
        1
    }

    fn name(&self) -> &'static str {
        "json"
    }
}

// ANCHOR: codec
impl Codec for Json {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        serde_json::to_writer(out, value)
            .map_err(|error| CodecError::Encode { codec: self.name(), source: error.into() })
    }

    fn decode<'de>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
        visit: Visit<'_, 'de>,
    ) -> Result<(), CodecError> {
        hand::decode(self.name(), bytes, limits, |budget| {
            let mut deserializer = serde_json::Deserializer::from_slice(bytes);
            Hand { budget, visit }.deserialize(&mut deserializer)?;
            // Blanks may follow, nothing else.
            deserializer.end().map(|()| 0)
        })
    }
}
// ANCHOR_END: codec
