//! Lists, maps, objects and variants while serde reads them, element by element.

use serde::Deserializer as _;
use serde::de::{Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::de::{Deserializer, name};
use super::error::Error;
use super::scan::Rest;
use super::tag;
use crate::limits::ON_CREDIT;

/// A list.
#[derive(Debug)]
pub(super) struct List<'a, 'de, 'b> {
    pub deserializer: &'a mut Deserializer<'de, 'b>,
    pub rest: Rest,
}

impl<'de> SeqAccess<'de> for List<'_, 'de, '_> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.deserializer.scan.more(&mut self.rest)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.deserializer).map(Some)
    }

    /// What the message says, and no more than a stranger has on credit.
    fn size_hint(&self) -> Option<usize> {
        match self.rest {
            Rest::Count(count) => Some(count.min(ON_CREDIT)),
            Rest::UntilEnd => None,
        }
    }
}

/// The entries of a map.
#[derive(Debug)]
pub(super) struct Entries<'a, 'de, 'b> {
    pub deserializer: &'a mut Deserializer<'de, 'b>,
    pub rest: Rest,
    /// They are the fields of a struct: those that are null are left out.
    pub of_struct: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        loop {
            let scan = &mut self.deserializer.scan;
            if !scan.more(&mut self.rest)? {
                return Ok(None);
            }
            let is_text = tag::kind(scan.reader.peek("a key")?) == tag::kind(tag::TEXT);
            if !(self.of_struct && is_text) {
                return seed.deserialize(&mut *self.deserializer).map(Some);
            }
            let key = scan.text()?;
            if !scan.null()? {
                return name(&key, seed).map(Some);
            }
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut *self.deserializer)
    }
}

/// The fields of an object, each with its name from the class.
#[derive(Debug)]
pub(super) struct Fields<'a, 'de, 'b> {
    pub deserializer: &'a mut Deserializer<'de, 'b>,
    pub class: usize,
    pub index: usize,
    pub count: usize,
    /// They are the fields of a struct: those that are null are left out.
    pub of_struct: bool,
}

impl<'de> MapAccess<'de> for Fields<'_, 'de, '_> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let scan = &mut self.deserializer.scan;
        while self.index < self.count {
            self.index += 1;
            if !(self.of_struct && scan.null()?) {
                return name(&scan.fields(self.class)[self.index - 1], seed).map(Some);
            }
        }
        Ok(None)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut *self.deserializer)
    }

    fn size_hint(&self) -> Option<usize> {
        Some((self.count - self.index).min(ON_CREDIT))
    }
}

/// A variant and its content: the one entry of a map.
#[derive(Debug)]
pub(super) struct Content<'a, 'de, 'b> {
    pub deserializer: &'a mut Deserializer<'de, 'b>,
}

impl<'de> EnumAccess<'de> for Content<'_, 'de, '_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Error> {
        Ok((seed.deserialize(&mut *self.deserializer)?, self))
    }
}

impl<'de> VariantAccess<'de> for Content<'_, 'de, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Deserialize::deserialize(self.deserializer)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.deserializer)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserializer.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserializer.deserialize_struct("", fields, visitor)
    }
}
