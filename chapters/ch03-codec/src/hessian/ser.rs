//! serde: from the values of a program to bytes.

use serde::Serialize;
use serde::ser::SerializeStruct as _;

use super::classes::Classes;
use super::error::Error;
use super::graph_write::write_object;
use super::reader::Reader;
use super::ser_parts::{List, Map, Object};
use super::{binary, date, double, int, long, tag, text};

/// The bytes of `value`.
///
/// # Errors
/// [`Error::NoSuchLong`], [`Error::ClassMismatch`], [`Error::Announced`], [`Error::TooLong`], or what the type's
/// own `Serialize` says.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    // A message with names in it: most fit.
    let mut out = Vec::with_capacity(256);
    append(value, &mut out)?;
    Ok(out)
}

/// Appends the bytes of `value`; after an error nothing is appended.
///
/// # Errors
/// As for [`to_vec`].
pub fn append<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), Error> {
    let begin = out.len();
    let result = value.serialize(&mut Serializer::new(out));
    if result.is_err() {
        out.truncate(begin);
    }
    result
}

/// A date: milliseconds since 1970. In other formats it is a plain number. [S-06]
///
/// Reading, a date gives its milliseconds to whatever wants an `i64`, so this type is needed for writing only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename = "$hessian::Date")]
pub struct Date(pub i64);

/// What tells our serializer that the number in the newtype is a date.
const DATE: &str = "$hessian::Date";

/// Writes values, one after the other, that share their classes.
///
/// | Rust | Hessian2 |
/// |---|---|
/// | `bool` | boolean |
/// | `i8` … `i32`, `u8`, `u16`, a `u32` that fits | int: the width is lost [S-07] |
/// | `i64`, `u64` up to `i64::MAX`, other `u32` | long |
/// | `f32`, `f64` | double |
/// | `char`, `str` | string |
/// | bytes (`serde_bytes`) | binary |
/// | `None`, `()`, unit struct | null |
/// | `Some(x)`, newtype | x |
/// | sequence, tuple | list |
/// | map | map |
/// | struct | object; its class has serde's name, so `#[serde(rename = "com.example.User")]` gives Java's |
/// | unit variant | object of the enum's class with the one field `name`, as Java writes its enums |
/// | other variants | map of one entry: the variant's name, and its content |
///
/// A class is its name. Two structs of one name in a message must have the same fields, and so must a struct and
/// the variants without content of an enum of that name, whose one field is `name`: rename one of them.
///
/// A value may be as deep as the program has built it.
#[derive(Debug)]
pub struct Serializer<'o> {
    pub(super) out: &'o mut Vec<u8>,
    pub(super) classes: Classes,
}

impl<'o> Serializer<'o> {
    /// Appends to `out`.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, classes: Classes::default() }
    }

    #[inline]
    pub(super) fn list_head(&mut self, count: Option<usize>) -> Result<(), Error> {
        match count {
            None => self.out.push(tag::LIST_UNTIL_END),
            Some(count @ 0..=7) => self.out.push(tag::LIST_SHORT + count as u8),
            Some(count) => {
                self.out.push(tag::LIST);
                int::write_count(self.out, count)?;
            }
        }
        Ok(())
    }

    #[inline]
    pub(super) fn object_head(&mut self, class: usize) -> Result<(), Error> {
        write_object(self.out, class)
    }

    /// A variant with content: a map of one entry begins.
    #[inline]
    fn variant(&mut self, variant: &'static str) -> &mut Self {
        self.out.push(tag::MAP);
        text::write(self.out, variant);
        self
    }
}

impl<'s, 'o> serde::Serializer for &'s mut Serializer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'s, 'o>;
    type SerializeTuple = List<'s, 'o>;
    type SerializeTupleStruct = List<'s, 'o>;
    type SerializeTupleVariant = List<'s, 'o>;
    type SerializeMap = Map<'s, 'o>;
    type SerializeStruct = Object<'s, 'o>;
    type SerializeStructVariant = Map<'s, 'o>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.push(if value { tag::TRUE } else { tag::FALSE });
        Ok(())
    }

    #[inline]
    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        int::write(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        long::write(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_i32(value.into())
    }

    #[inline]
    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        match i32::try_from(value) {
            Ok(int) => int::write(self.out, int),
            Err(_) => long::write(self.out, value.into()),
        }
        Ok(())
    }

    #[inline]
    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        let long = i64::try_from(value).map_err(|_| Error::NoSuchLong { number: value })?;
        long::write(self.out, long);
        Ok(())
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        double::write(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        text::write(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        binary::write(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Error> {
        self.out.push(tag::NULL);
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    /// As Java writes its enums: an object of the enum's class, whose one field is the constant's name.
    fn serialize_unit_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        let mut object = Object::begin(self, name)?;
        object.serialize_field("name", variant)?;
        object.end()
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let begin = self.out.len();
        value.serialize(&mut *self)?;
        if name == DATE {
            // The number has been written as a long; here it becomes a date.
            let ms = long::read(&mut Reader::new(&self.out[begin..]))?;
            self.out.truncate(begin);
            date::write(self.out, ms);
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self.variant(variant))?;
        self.out.push(tag::END);
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, count: Option<usize>) -> Result<List<'s, 'o>, Error> {
        List::begin(self, count, false)
    }

    #[inline]
    fn serialize_tuple(self, count: usize) -> Result<List<'s, 'o>, Error> {
        List::begin(self, Some(count), false)
    }

    #[inline]
    fn serialize_tuple_struct(self, _name: &'static str, count: usize) -> Result<List<'s, 'o>, Error> {
        List::begin(self, Some(count), false)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        count: usize,
    ) -> Result<List<'s, 'o>, Error> {
        List::begin(self.variant(variant), Some(count), true)
    }

    #[inline]
    fn serialize_map(self, _count: Option<usize>) -> Result<Map<'s, 'o>, Error> {
        Ok(Map::begin(self, false))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _count: usize) -> Result<Object<'s, 'o>, Error> {
        Object::begin(self, name)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _count: usize,
    ) -> Result<Map<'s, 'o>, Error> {
        Ok(Map::begin(self.variant(variant), true))
    }
}
