//! Hessian2, in a frame. [S-06]

use serde::Serialize;

use crate::codec::{Codec, Visit};
use crate::codecs::hand;
use crate::error::CodecError;
use crate::hessian::{Deserializer, Serializer};
use crate::limits::Limits;
use crate::table::Named;

/// [`hessian`](mod@crate::hessian): Dubbo's format, with Dubbo's number for it.
#[derive(Debug, Clone, Copy)]
pub struct Hessian2;

impl Named for Hessian2 {
    fn id(&self) -> u8 {
        2
    }

    fn name(&self) -> &'static str {
        "hessian2"
    }
}

impl Codec for Hessian2 {
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
