//! Our own format, in a frame. [S-02]

use serde::Serialize;

use crate::codec::{Codec, Visit};
use crate::codecs::hand;
use crate::error::CodecError;
use crate::limits::Limits;
use crate::table::Named;
use crate::tagged::{self, Deserializer, Serializer};

/// [`tagged`](mod@crate::tagged): numbers for names, and a kind before every value.
#[derive(Debug, Clone, Copy)]
pub struct Tagged;

impl Named for Tagged {
    fn id(&self) -> u8 {
        5
    }

    fn name(&self) -> &'static str {
        tagged::NAME
    }
}

impl Codec for Tagged {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        value
            .serialize(&mut Serializer::new(out))
            .map_err(|error| CodecError::Encode { codec: self.name(), source: error.into() })
    }

    fn decode<'de>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
        visit: Visit<'_, 'de>,
    ) -> Result<(), CodecError> {
        hand::decode(self.name(), bytes, limits, |budget| {
            let mut deserializer = Deserializer::new(bytes, budget);
            visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(&mut deserializer))?;
            Ok::<_, erased_serde::Error>(deserializer.left())
        })
    }
}
