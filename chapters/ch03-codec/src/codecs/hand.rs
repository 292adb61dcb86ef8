//! From a deserializer to whoever wants the value.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, Error};

use crate::codec::Visit;
use crate::error::{CodecError, Source};
use crate::guard::Guarded;
use crate::limits::{Budget, Limits};

/// What is kept of one decoding.
pub struct Account {
    pub budget: Budget,
    /// What the value's type said. The library wraps it into an error of its own, and not always well.
    said: Cell<Option<erased_serde::Error>>,
}

/// Hands a library's deserializer to `visit`, as a trait object and inside of its limits.
pub struct Hand<'a, 'b, 'de> {
    pub account: &'b Account,
    pub visit: Visit<'a, 'de>,
}

impl<'de> DeserializeSeed<'de> for Hand<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let guarded = Guarded::new(deserializer, &self.account.budget);
        (self.visit)(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded)).map_err(|error| {
            let carried = D::Error::custom(&error);
            self.account.said.set(Some(error));
            carried
        })
    }
}

/// What is the same for every format: `read` gets the account, and gives the number of bytes left over.
pub fn decode<E: Into<Source>>(
    codec: &'static str,
    bytes: &[u8],
    limits: &Limits,
    read: impl FnOnce(&Account) -> Result<usize, E>,
) -> Result<(), CodecError> {
    let account = Account { budget: Budget::new(limits), said: Cell::new(None) };
    account.budget.total(bytes.len())?;
    let left = read(&account).map_err(|error| match account.budget.refusal() {
        Some(refusal) => CodecError::Limit(refusal),
        None => {
            let source = account.said.take().map_or_else(|| error.into(), Source::from);
            CodecError::Decode { codec, source }
        }
    })?;
    match left {
        0 => Ok(()),
        count => Err(CodecError::LeftOver { codec, count }),
    }
}
