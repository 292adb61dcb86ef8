//! From a value to bytes.

use serde::ser::{self, Serialize};

use crate::tagged::error::Error;
use crate::tagged::tag::{self, Kind};
use crate::tagged::varint;

/// Writes values behind each other into `out`.
#[derive(Debug)]
pub struct Serializer<'o> {
    out: &'o mut Vec<u8>,
    /// The field that the next value is; 0 when it is none.
    number: u32,
}

impl<'o> Serializer<'o> {
    /// Appends to `out`.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, number: 0 }
    }

    #[inline]
    fn tag(&mut self, kind: Kind) {
        tag::write(std::mem::take(&mut self.number), kind, self.out);
    }

    #[inline]
    fn counted(&mut self, kind: Kind, bytes: &[u8]) {
        self.tag(kind);
        varint::write(bytes.len() as u64, self.out);
        self.out.extend_from_slice(bytes);
    }

    fn unsigned(&mut self, value: u64) {
        self.tag(Kind::Unsigned);
        varint::write(value, self.out);
    }

    fn signed(&mut self, value: i64) {
        self.tag(Kind::Signed);
        varint::write(varint::zigzag(value), self.out);
    }

    /// Begins a list, a map or a record. When nobody knows how many elements will come, the count is put in
    /// front of them afterwards.
    fn open(&mut self, kind: Kind, count: Option<usize>) -> Elements<'_, 'o> {
        self.tag(kind);
        if let Some(count) = count {
            varint::write(count as u64, self.out);
        }
        Elements { start: self.out.len(), announced: count, count: 0, number: 0, serializer: self }
    }

    fn variant(&mut self, index: u32) {
        self.tag(Kind::Variant);
        varint::write(u64::from(index), self.out);
    }
}

impl<'a, 'o> ser::Serializer for &'a mut Serializer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Elements<'a, 'o>;
    type SerializeTuple = Elements<'a, 'o>;
    type SerializeTupleStruct = Elements<'a, 'o>;
    type SerializeTupleVariant = Elements<'a, 'o>;
    type SerializeMap = Elements<'a, 'o>;
    type SerializeStruct = Elements<'a, 'o>;
    type SerializeStructVariant = Elements<'a, 'o>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.tag(if value { Kind::True } else { Kind::False });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.signed(value);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result<(), Error> {
        self.serialize_i64(value.try_into().map_err(|_| Error::NumberTooLarge(value.to_string()))?)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.unsigned(value);
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.serialize_u64(value.try_into().map_err(|_| Error::NumberTooLarge(value.to_string()))?)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.tag(Kind::Double);
        self.out.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.counted(Kind::Text, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.counted(Kind::Bytes, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.tag(Kind::Null);
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
    ) -> Result<(), Error> {
        self.variant(index);
        self.serialize_unit()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(index);
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<'a, 'o>, Error> {
        Ok(self.open(Kind::List, length))
    }

    fn serialize_tuple(self, length: usize) -> Result<Elements<'a, 'o>, Error> {
        Ok(self.open(Kind::List, Some(length)))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Elements<'a, 'o>, Error> {
        Ok(self.open(Kind::List, Some(length)))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        length: usize,
    ) -> Result<Elements<'a, 'o>, Error> {
        self.variant(index);
        Ok(self.open(Kind::List, Some(length)))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Elements<'a, 'o>, Error> {
        Ok(self.open(Kind::Map, length))
    }

    fn serialize_struct(self, _name: &'static str, length: usize) -> Result<Elements<'a, 'o>, Error> {
        Ok(self.open(Kind::Record, Some(length)))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        length: usize,
    ) -> Result<Elements<'a, 'o>, Error> {
        self.variant(index);
        Ok(self.open(Kind::Record, Some(length)))
    }
}

/// The elements of a list, a map or a record, one after the other.
#[derive(Debug)]
pub struct Elements<'a, 'o> {
    serializer: &'a mut Serializer<'o>,
    /// Where the first element begins.
    start: usize,
    /// The count that stands before them, if it was known.
    announced: Option<usize>,
    count: usize,
    /// The number of the last field.
    number: u32,
}

impl Elements<'_, '_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.count += 1;
        value.serialize(&mut *self.serializer)
    }

    // ANCHOR: field
    fn field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.number += 1;
        self.serializer.number = self.number;
        self.element(value)
    }

    /// A field that is left out keeps its number: it would be the next one's otherwise. serde tells us of
    /// `skip_serializing_if`, but not of `skip_serializing`: see the rules of [`tagged`](mod@crate::tagged).
    fn skip_field(&mut self) {
        self.number += 1;
    }
    // ANCHOR_END: field

    fn close(self) -> Result<(), Error> {
        match self.announced {
            Some(announced) if announced == self.count => Ok(()),
            Some(announced) => Err(Error::Custom(format!(
                "the type announced {announced} elements and wrote {}",
                self.count
            ))),
            None => {
                let mut count = Vec::with_capacity(varint::MAX_LEN);
                varint::write(self.count as u64, &mut count);
                self.serializer.out.splice(self.start..self.start, count);
                Ok(())
            }
        }
    }
}

/// serde has four names for a list.
macro_rules! lists {
    ($($list:ident::$method:ident)*) => {$(
        impl ser::$list for Elements<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

/// And two for a record.
macro_rules! records {
    ($($record:ident)*) => {$(
        impl ser::$record for Elements<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(value)
            }

            fn skip_field(&mut self, _name: &'static str) -> Result<(), Error> {
                Elements::skip_field(self);
                Ok(())
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

records! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Elements<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        // The entry was counted with its key.
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
