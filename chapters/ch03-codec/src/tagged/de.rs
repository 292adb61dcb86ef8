//! From bytes to a value.

use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::limits::{Budget, ON_CREDIT};
use crate::tagged::error::Error;
use crate::tagged::reader::Reader;
use crate::tagged::tag::Kind;
use crate::tagged::varint;

/// Reads values that stand behind each other.
///
/// The bytes say what they are, so nearly every question of serde has the same answer: look at the kind, and
/// give what is there. The value's type takes it or refuses it. It converts whole numbers if nothing is lost;
/// one that becomes a float may lose its last digits.
#[derive(Debug)]
pub struct Deserializer<'de, 'b> {
    reader: Reader<'de, 'b>,
    /// The kind of a field's value: its tag was read together with its number.
    kind: Option<Kind>,
}

impl<'de, 'b> Deserializer<'de, 'b> {
    /// Begins at the front of `bytes`.
    pub fn new(bytes: &'de [u8], budget: &'b Budget) -> Self {
        Self { reader: Reader::new(bytes, budget), kind: None }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.reader.left()
    }

    #[inline]
    fn kind(&mut self) -> Result<Kind, Error> {
        match self.kind.take() {
            Some(kind) => Ok(kind),
            None => self.reader.plain_tag(),
        }
    }

    fn inside<T>(
        &mut self,
        kind: Kind,
        read: impl FnOnce(&mut Elements<'_, 'de, 'b>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let left = self.reader.count()?;
        let mut elements = Elements { deserializer: self, kind, left };
        let value = read(&mut elements)?;
        let unread = elements.left;
        self.reader.leave();
        match unread {
            0 => Ok(value),
            more => Err(Error::Custom(format!("a {} has {more} more elements than expected", kind.name()))),
        }
    }
}

impl<'de> de::Deserializer<'de> for &mut Deserializer<'de, '_> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        false
    }

    // ANCHOR: any
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind()? {
            Kind::Null => visitor.visit_unit(),
            Kind::False => visitor.visit_bool(false),
            Kind::True => visitor.visit_bool(true),
            Kind::Unsigned => visitor.visit_u64(self.reader.number()?),
            Kind::Signed => visitor.visit_i64(varint::unzigzag(self.reader.number()?)),
            Kind::Double => visitor.visit_f64(self.reader.double()?),
            Kind::Text => visitor.visit_borrowed_str(self.reader.text()?),
            Kind::Bytes => visitor.visit_borrowed_bytes(self.reader.bytes()?),
            Kind::List => self.inside(Kind::List, |elements| visitor.visit_seq(elements)),
            kind @ (Kind::Map | Kind::Record) => self.inside(kind, |elements| visitor.visit_map(elements)),
            Kind::Variant => self.variant(visitor),
        }
    }
    // ANCHOR_END: any

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind()? {
            Kind::Null => visitor.visit_none(),
            kind => {
                self.kind = Some(kind);
                self.level(|inside| visitor.visit_some(inside))
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.level(|inside| visitor.visit_newtype_struct(inside))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.kind()? {
            Kind::Variant => self.variant(visitor),
            got => Err(Error::WrongKind { at: self.reader.at(), got, expected: "variant" }),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let kind = self.kind()?;
        self.reader.skip(kind)?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

impl<'de> Deserializer<'de, '_> {
    fn variant<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.level(|inside| visitor.visit_enum(inside))
    }

    /// One level deeper, also where no byte says so: an option and a newtype add none, so a type that holds
    /// itself in them, and in nothing else, would recurse without reading anything.
    #[inline]
    fn level<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.reader.budget().enter()?;
        let value = read(&mut *self)?;
        self.reader.leave();
        Ok(value)
    }
}

/// What is inside of a list, a map or a record.
struct Elements<'a, 'de, 'b> {
    deserializer: &'a mut Deserializer<'de, 'b>,
    kind: Kind,
    left: u64,
}

impl Elements<'_, '_, '_> {
    #[inline]
    fn take_one(&mut self) -> bool {
        let more = self.left > 0;
        self.left -= u64::from(more);
        more
    }

    fn hint(&self) -> Option<usize> {
        Some(self.left.min(ON_CREDIT as u64) as usize)
    }
}

impl<'de> de::SeqAccess<'de> for &mut Elements<'_, 'de, '_> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.take_one() {
            return Ok(None);
        }
        seed.deserialize(&mut *self.deserializer).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        self.hint()
    }
}

impl<'de> de::MapAccess<'de> for &mut Elements<'_, 'de, '_> {
    type Error = Error;

    // ANCHOR: key
    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if !self.take_one() {
            return Ok(None);
        }
        if self.kind == Kind::Map {
            return seed.deserialize(&mut *self.deserializer).map(Some);
        }
        let tag = self.deserializer.reader.field_tag()?;
        self.deserializer.kind = Some(tag.kind);
        // serde's derive counts fields from 0, and takes a number beyond the last for an unknown field.
        let index = u64::from(tag.number - 1);
        seed.deserialize(IntoDeserializer::<Error>::into_deserializer(index)).map(Some)
    }
    // ANCHOR_END: key

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.deserializer)
    }

    fn size_hint(&self) -> Option<usize> {
        self.hint()
    }
}

impl<'de, 'b> de::EnumAccess<'de> for &mut Deserializer<'de, 'b> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let index = self.reader.number()?;
        let variant = seed.deserialize(IntoDeserializer::<Error>::into_deserializer(index))?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for &mut Deserializer<'de, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        // What a later version put into this variant is stepped over.
        let kind = self.kind()?;
        self.reader.skip(kind)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_any(self, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_any(self, visitor)
    }
}
