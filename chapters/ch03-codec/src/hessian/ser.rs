//! serde: from the values of a program to bytes.

use serde::Serialize;
use serde::ser::Error as _;

use super::error::Error;
use super::graph_write::{write_definition, write_object};
use super::reader::Reader;
use super::ser_parts::{List, Map, Object};
use super::{binary, date, double, int, long, tag, text};

/// The bytes of `value`.
///
/// # Errors
/// [`Error::NoSuchLong`], [`Error::ClassMismatch`], [`Error::Announced`], [`Error::TooLong`], or what the type's
/// own `Serialize` says.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(128);
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
/// A value may be as deep as the program has built it.
#[derive(Debug)]
pub struct Serializer<'o> {
    pub(super) out: &'o mut Vec<u8>,
    classes: Vec<Class>,
    /// The fields of all classes whose first object is complete.
    fields: Vec<&'static str>,
    /// The fields, so far, of objects that are being written and whose class has no fields yet.
    open: Vec<&'static str>,
}

#[derive(Debug)]
struct Class {
    name: &'static str,
    /// Where its names are in `fields`. Nothing while its first object is being written.
    fields: Option<(usize, usize)>,
}

impl<'o> Serializer<'o> {
    /// Appends to `out`.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, classes: Vec::new(), fields: Vec::new(), open: Vec::new() }
    }

    /// The number of the class with this name, which it has from now on; and whether that is news.
    #[inline]
    fn class(&mut self, name: &'static str) -> (usize, bool) {
        let known = self.classes.iter().position(|class| same(class.name, name));
        let class = known.unwrap_or_else(|| {
            self.classes.push(Class { name, fields: None });
            self.classes.len() - 1
        });
        (class, known.is_none())
    }

    // ANCHOR: begin
    /// serde names the fields one by one, each with its value. But a definition, with all the names, stands
    /// before the first object. So that object is written first, and its definition moved in front of it when
    /// the last name is known. It takes its number now: classes that appear inside of the object come later.
    #[inline]
    fn begin(&mut self, name: &'static str) -> Result<Object<'_, 'o>, Error> {
        let (class, first) = self.class(name);
        let begin = first.then_some(self.out.len());
        write_object(self.out, class)?;
        let (known, open) = (self.classes[class].fields, self.open.len());
        Ok(Object { serializer: self, class, begin, known, open, index: 0 })
    }

    fn define(&mut self, class: usize, begin: usize) -> Result<(), Error> {
        let Class { name, fields } = self.classes[class];
        let (first, count) = fields.unwrap_or_default();
        let end = self.out.len();
        write_definition(self.out, name, self.fields[first..first + count].iter().copied())?;
        let length = self.out.len() - end;
        self.out[begin..].rotate_right(length);
        Ok(())
    }
    // ANCHOR_END: begin
}
