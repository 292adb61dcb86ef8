//! Limits around a decoder that we did not write.
//!
//! serde_json, bincode and postcard have limits of their own, each other ones. [`Guarded`] stands between any
//! of them and the value: it forwards every question of serde, and counts what comes back. So the same
//! [`Limits`](crate::Limits) hold for every codec, with the same errors.

use std::fmt::{self, Display};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::limits::{Budget, LimitError, ON_CREDIT};

/// A deserializer, a visitor, or whatever else serde passes around, with a [`Budget`].
#[derive(Debug)]
pub struct Guarded<'b, T> {
    inner: T,
    budget: &'b Budget,
}

impl<'b, T> Guarded<'b, T> {
    /// Everything that comes out of `inner` counts against `budget`.
    pub fn new(inner: T, budget: &'b Budget) -> Self {
        Self { inner, budget }
    }
}

/// What went wrong inside of a guard, in its own words.
///
/// The value's type says why it does not want what came, and says it in the library's error type. postcard's
/// has no room for words. bincode's shows them in its `Debug` output, with every quote escaped: sixteen times as
/// long after each level, so a body of 20 bytes, five levels deep and wrong at the bottom, became a message
/// of 8 MB. In here the error type is this one, and the account keeps the first words until they are outside.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Said(String);

impl Error for Said {
    fn custom<T: Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

/// The first words, whatever has become of them on the way, as an error of whoever asks.
// ANCHOR: first_words
#[cold]
fn first_words<E: Error>(budget: &Budget, error: impl Display) -> E {
    E::custom(budget.keep_words(error.to_string()))
}
// ANCHOR_END: first_words

/// serde carries texts only; the named error waits in the budget.
fn carry<E: Error>(error: LimitError) -> E {
    E::custom(error)
}

/// Forwards one question, with the answer guarded.
macro_rules! ask {
    ($($method:ident($($name:ident: $type:ty),*))*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, Said> {
            let Self { inner, budget } = self;
            inner.$method($($name,)* Guarded::new(visitor, budget)).map_err(|error| first_words(budget, error))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Guarded<'_, D> {
    type Error = Said;

    ask! {
        deserialize_any() deserialize_bool()
        deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char()
        deserialize_str() deserialize_bytes()
        deserialize_option() deserialize_unit() deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_seq() deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize) deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier()
    }

    // Never ask for an owned text. bincode would take memory for the length that is announced, whatever it is,
    // and eight bytes could end the process. A borrowed one is a piece of what has come; the value's own type
    // copies it, and takes as much memory as there is text.
    // ANCHOR: borrowed
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Said> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Said> {
        self.deserialize_bytes(visitor)
    }
    // ANCHOR_END: borrowed

    // JSON steps over what nobody wants without showing it, and we could not count it.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Said> {
        self.deserialize_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Forwards a plain value as it is.
macro_rules! plain {
    ($($method:ident($($value:ident: $type:ty)?))*) => {$(
        #[inline]
        fn $method<E: Error>(self $(, $value: $type)?) -> Result<V::Value, E> {
            let Self { inner, budget } = self;
            inner.$method($($value)?).map_err(|said: Said| first_words(budget, said))
        }
    )*};
}

/// Forwards a text or a byte string that is not too long.
macro_rules! text {
    ($($method:ident($type:ty))*) => {$(
        #[inline]
        fn $method<E: Error>(self, text: $type) -> Result<V::Value, E> {
            let Self { inner, budget } = self;
            budget.text(text.len() as u64).map_err(carry)?;
            inner.$method(text).map_err(|said: Said| first_words(budget, said))
        }
    )*};
}

/// Forwards what has values inside, one level deeper.
macro_rules! deeper {
    ($($method:ident($access:ident))*) => {$(
        fn $method<A: $access<'de>>(self, values: A) -> Result<V::Value, A::Error> {
            let Self { inner, budget } = self;
            budget.enter().map_err(carry)?;
            let value = inner.$method(Guarded::new(values, budget)).map_err(|said| first_words(budget, said))?;
            budget.leave();
            Ok(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Guarded<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    plain! {
        visit_bool(value: bool) visit_i8(value: i8) visit_i16(value: i16) visit_i32(value: i32)
        visit_i64(value: i64) visit_i128(value: i128) visit_u8(value: u8) visit_u16(value: u16)
        visit_u32(value: u32) visit_u64(value: u64) visit_u128(value: u128) visit_f32(value: f32)
        visit_f64(value: f64) visit_char(value: char) visit_none() visit_unit()
    }

    text! {
        visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
    }

    // An option adds a byte or none, a newtype none: types that hold themselves in them, and in nothing else,
    // would recurse for as long as there are bytes, or for ever.
    deeper! {
        visit_some(Deserializer) visit_newtype_struct(Deserializer)
        visit_seq(SeqAccess) visit_map(MapAccess) visit_enum(EnumAccess)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Guarded<'_, S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let Self { inner, budget } = self;
        inner.deserialize(Guarded::new(deserializer, budget)).map_err(|said| first_words(budget, said))
    }
}

/// How many elements somebody may make room for: what the library says is what the body says.
fn on_credit(hint: Option<usize>) -> Option<usize> {
    hint.map(|hint| hint.min(ON_CREDIT))
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Guarded<'_, A> {
    type Error = Said;

    // ANCHOR: element
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Said> {
        let Self { inner, budget } = self;
        let element = inner
            .next_element_seed(Guarded::new(seed, budget))
            .map_err(|error| first_words(budget, error))?;
        if element.is_some() {
            budget.elements(1).map_err(carry)?;
        }
        Ok(element)
    }
    // ANCHOR_END: element

    fn size_hint(&self) -> Option<usize> {
        on_credit(self.inner.size_hint())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Guarded<'_, A> {
    type Error = Said;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Said> {
        let Self { inner, budget } = self;
        let key =
            inner.next_key_seed(Guarded::new(seed, budget)).map_err(|error| first_words(budget, error))?;
        if key.is_some() {
            budget.elements(1).map_err(carry)?;
        }
        Ok(key)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Said> {
        let Self { inner, budget } = self;
        inner.next_value_seed(Guarded::new(seed, budget)).map_err(|error| first_words(budget, error))
    }

    fn size_hint(&self) -> Option<usize> {
        on_credit(self.inner.size_hint())
    }
}

impl<'de, 'b, A: EnumAccess<'de>> EnumAccess<'de> for Guarded<'b, A> {
    type Error = Said;
    type Variant = Guarded<'b, A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), Said> {
        let Self { inner, budget } = self;
        let seed = Guarded::new(seed, budget);
        let (value, variant) = inner.variant_seed(seed).map_err(|error| first_words(budget, error))?;
        Ok((value, Guarded::new(variant, budget)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Guarded<'_, A> {
    type Error = Said;

    fn unit_variant(self) -> Result<(), Said> {
        self.inner.unit_variant().map_err(|error| first_words(self.budget, error))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Said> {
        let Self { inner, budget } = self;
        inner.newtype_variant_seed(Guarded::new(seed, budget)).map_err(|error| first_words(budget, error))
    }

    ask! {
        tuple_variant(length: usize)
        struct_variant(fields: &'static [&'static str])
    }
}
