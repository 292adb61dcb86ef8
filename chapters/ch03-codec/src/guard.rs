//! Limits around a decoder that we did not write.
//!
//! serde_json, bincode and postcard have limits of their own, each other ones. [`Guarded`] stands between any
//! of them and the value: it forwards every question of serde, and counts what comes back. So the same
//! [`Limits`](crate::Limits) hold for every codec, with the same errors.

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

    fn around<U>(&self, inner: U) -> Guarded<'b, U> {
        Guarded { inner, budget: self.budget }
    }
}

// ANCHOR: first_words
/// The same error with the words of the first one.
///
/// An error goes up level by level, from the library to the value's type and back, and each of the two makes
/// one of its own of the other's text. bincode's text is its `Debug` output, with every quote escaped: sixteen
/// times as long after each level. A body of 20 bytes, five levels deep and wrong at the bottom, became a
/// message of 8 MB.
#[cold]
fn first_words<E: Error>(budget: &Budget, error: E) -> E {
    E::custom(budget.keep_words(error.to_string()))
}
// ANCHOR_END: first_words

/// serde carries texts only; the named error waits in the budget.
fn carry<E: Error>(error: LimitError) -> E {
    E::custom(error)
}

/// Forwards one question, with the answer guarded.
macro_rules! forward {
    ($($method:ident($($name:ident: $type:ty),*))*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            let around = self.around(visitor);
            self.inner.$method($($name,)* around).map_err(|error| first_words(self.budget, error))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Guarded<'_, D> {
    type Error = D::Error;

    forward! {
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
        deserialize_identifier() deserialize_ignored_any()
    }

    // Never ask for an owned text. bincode would take memory for the length that is announced, whatever it is,
    // and eight bytes could end the process. A borrowed one is a piece of what has come; the value's own type
    // copies it, and takes as much memory as there is text.
    // ANCHOR: borrowed
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_bytes(visitor)
    }
    // ANCHOR_END: borrowed

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Forwards a plain value as it is.
macro_rules! visit {
    ($($method:ident($type:ty))*) => {$(
        #[inline]
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Guarded<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128)
        visit_u8(u8) visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128)
        visit_f32(f32) visit_f64(f64) visit_char(char)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.budget.text(text.len() as u64).map_err(carry)?;
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.budget.text(text.len() as u64).map_err(carry)?;
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        self.budget.text(text.len() as u64).map_err(carry)?;
        self.inner.visit_string(text)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<V::Value, E> {
        self.budget.text(bytes.len() as u64).map_err(carry)?;
        self.inner.visit_bytes(bytes)
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<V::Value, E> {
        self.budget.text(bytes.len() as u64).map_err(carry)?;
        self.inner.visit_borrowed_bytes(bytes)
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<V::Value, E> {
        self.budget.text(bytes.len() as u64).map_err(carry)?;
        self.inner.visit_byte_buf(bytes)
    }

    // An option adds a byte or none, a newtype none: types that hold themselves in them, and in nothing else,
    // would recurse as deep as the body is long, or without reading any of it.
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.budget.enter().map_err(carry)?;
        let deserializer = self.around(deserializer);
        let value = self.inner.visit_some(deserializer)?;
        self.budget.leave();
        Ok(value)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.budget.enter().map_err(carry)?;
        let deserializer = self.around(deserializer);
        let value = self.inner.visit_newtype_struct(deserializer)?;
        self.budget.leave();
        Ok(value)
    }

    // ANCHOR: seq
    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        self.budget.enter().map_err(carry)?;
        let elements = self.around(elements);
        let value = self.inner.visit_seq(elements)?;
        self.budget.leave();
        Ok(value)
    }
    // ANCHOR_END: seq

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.budget.enter().map_err(carry)?;
        let entries = self.around(entries);
        let value = self.inner.visit_map(entries)?;
        self.budget.leave();
        Ok(value)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.budget.enter().map_err(carry)?;
        let variant = self.around(variant);
        let value = self.inner.visit_enum(variant)?;
        self.budget.leave();
        Ok(value)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Guarded<'_, S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.deserialize(deserializer)
    }
}

/// How many elements somebody may make room for: what the library says is what the body says.
fn on_credit(hint: Option<usize>) -> Option<usize> {
    hint.map(|hint| hint.min(ON_CREDIT))
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Guarded<'_, A> {
    type Error = A::Error;

    // ANCHOR: element
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        let element = self.inner.next_element_seed(Guarded::new(seed, self.budget))?;
        if element.is_some() {
            self.budget.elements(1).map_err(carry)?;
        }
        Ok(element)
    }
    // ANCHOR_END: element

    fn size_hint(&self) -> Option<usize> {
        on_credit(self.inner.size_hint())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Guarded<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let key = self.inner.next_key_seed(Guarded::new(seed, self.budget))?;
        if key.is_some() {
            self.budget.elements(1).map_err(carry)?;
        }
        Ok(key)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.next_value_seed(Guarded::new(seed, self.budget))
    }

    fn size_hint(&self) -> Option<usize> {
        on_credit(self.inner.size_hint())
    }
}

impl<'de, 'b, A: EnumAccess<'de>> EnumAccess<'de> for Guarded<'b, A> {
    type Error = A::Error;
    type Variant = Guarded<'b, A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        let (value, variant) = self.inner.variant_seed(Guarded::new(seed, self.budget))?;
        Ok((value, Guarded::new(variant, self.budget)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Guarded<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.newtype_variant_seed(Guarded::new(seed, self.budget))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, Guarded::new(visitor, self.budget))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Guarded::new(visitor, self.budget))
    }
}
