//! bincode 2: nothing on the wire but the values. [S-08]

use crate::codec::{Codec, Visit};
use crate::codecs::hand::{self, Hand};
use crate::error::CodecError;
use crate::limits::Limits;
use crate::table::Named;

/// bincode 2 in its standard configuration: varints, little endian, no names, no numbers, no kinds. Both sides
/// must have the same type, field for field.
///
/// Its development has ended (RUSTSEC-2025-0141); the format stands still and works. [`Postcard`](super::Postcard)
/// is a maintained neighbour.
#[derive(Debug, Clone, Copy)]
pub struct Bincode;

impl Named for Bincode {
    fn id(&self) -> u8 {
        3
    }

    fn name(&self) -> &'static str {
        "bincode"
    }
}

impl Codec for Bincode {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        match bincode::serde::encode_into_std_write(value, out, bincode::config::standard()) {
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
            let ((), read) = bincode::serde::seed_decode_from_slice(
                Hand { budget, visit },
                bytes,
                bincode::config::standard(),
            )?;
            Ok::<_, bincode::error::DecodeError>(bytes.len() - read)
        })
    }
}
