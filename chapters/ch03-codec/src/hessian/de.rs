//! serde: from bytes to the values of a program.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::containers::{Containers, Span};
use super::de_parts::{Content, Entries, Fields, List};
use super::error::Error;
use super::scan::{Rest, Scanner, Token, VALUE};
use super::{int, long, tag};
use crate::limits::{Budget, Limits};

/// The value in `bytes`, all of them. Texts and binaries may be borrowed from `bytes`.
///
/// # Errors
/// [`Error`]: no Hessian2, not such a value, bytes left over, or beyond a limit.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8], limits: &Limits) -> Result<T, Error> {
    let budget = Budget::new(limits);
    budget.total(bytes.len())?;
    let mut deserializer = Deserializer::new(bytes, &budget);
    let value = T::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads values, one after the other, that share their classes, type names and containers.
///
/// The reverse of the table at [`Serializer`](super::Serializer). Further:
/// * An object is read by the names of its fields; the name of its class does not matter. Of a struct, fields
///   that are null are left out, because in Java null means that nothing is there: an `Option` is `None`, and
///   `#[serde(default)]` gives its default. (So a field of type `()` needs `#[serde(default)]`.) A struct with
///   `#[serde(flatten)]` asks for a map, and gets the nulls.
/// * A map may stand for a struct, and a text or a map of one entry for an enum.
/// * A date gives its milliseconds as `i64`. Integers and doubles come in their own width, and serde converts:
///   an int will do for an `i64` or `f64`, a long for an `i32` only when it fits.
/// * A reference is followed by reading the container again. Each reading counts in the budget: the bytes, too,
///   against [`Limits::max_total`], so a small message cannot become larger than a large one may be. A
///   reference to a container that has not ended is [`Error::Cycle`].
#[derive(Debug)]
pub struct Deserializer<'de, 'b> {
    pub(super) scan: Scanner<'de, 'b>,
    /// Where the containers are, from the first reference on.
    containers: Option<Containers>,
    /// How many bytes have been read a second time.
    read_again: usize,
    /// An error has its place. Through a trait object it comes back as a text, and would get another one at
    /// each level.
    placed: bool,
}

impl<'de, 'b> Deserializer<'de, 'b> {
    /// At the beginning of `bytes`.
    pub fn new(bytes: &'de [u8], budget: &'b Budget) -> Self {
        let scan = Scanner::new(bytes, budget);
        Self { scan, containers: None, read_again: 0, placed: false }
    }

    /// How many bytes have not been read.
    pub fn left(&self) -> usize {
        self.scan.reader.rest().len()
    }

    /// Whether all bytes have been read.
    ///
    /// # Errors
    /// [`Error::LeftOver`].
    pub fn end(&self) -> Result<(), Error> {
        self.scan.reader.end()
    }

    /// A container ends, and must have no more elements.
    #[inline]
    fn leave(&mut self, mut rest: Rest) -> Result<(), Error> {
        let at = self.scan.reader.at();
        if self.scan.more(&mut rest)? {
            return Err(Error::ElementsLeft { at });
        }
        self.scan.leave();
        Ok(())
    }

    /// The container that a reference at `at` names.
    fn container(&mut self, at: usize, node: i32) -> Result<Span, Error> {
        let (message, limits) = (self.scan.reader.all(), self.scan.budget.limits());
        self.containers.get_or_insert_with(|| Containers::of(message, limits)).find(at, node)
    }

    // ANCHOR: follow
    /// A reference at `at` names container `node`: reads that one again, from its first byte, with `read`.
    fn follow<T>(
        &mut self,
        at: usize,
        node: i32,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Span { begin, end } = self.container(at, node)?;
        // Nobody writes a gigabyte into eight megabytes: what is read again counts as if it had been sent again.
        self.read_again += end - begin;
        self.scan.budget.total(self.scan.reader.all().len() + self.read_again)?;
        self.scan.budget.enter()?;
        let back = self.scan.reader.jump(begin);
        let again = std::mem::replace(&mut self.scan.again, true);
        let value = read(self)?;
        self.scan.again = again;
        self.scan.reader.jump(back);
        self.scan.budget.leave();
        Ok(value)
    }
    // ANCHOR_END: follow

    /// An error gets the place of the innermost value that it passes.
    #[cold]
    fn place(&mut self, error: Error, at: usize) -> Error {
        if std::mem::replace(&mut self.placed, true) { error } else { error.in_value(at) }
    }

    /// Shows the visitor what comes; `of_struct`: fields that are null are left out.
    #[inline]
    fn value<V: Visitor<'de>>(&mut self, visitor: V, of_struct: bool) -> Result<V::Value, Error> {
        let (at, token) = self.scan.token()?;
        let value = match token {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Int(value) => visitor.visit_i32(value),
            Token::Long(value) | Token::Date(value) => visitor.visit_i64(value),
            Token::Double(value) => visitor.visit_f64(value),
            Token::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Token::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Token::Binary(Cow::Borrowed(bytes)) => visitor.visit_borrowed_bytes(bytes),
            Token::Binary(Cow::Owned(bytes)) => visitor.visit_byte_buf(bytes),
            Token::List { rest, .. } => self.list(rest, visitor),
            Token::Map { .. } => self.map(visitor, of_struct),
            Token::Object { class } => self.object(class, visitor, of_struct),
            Token::Reference(node) => self.follow(at, node, |again| again.value(visitor, of_struct)),
        };
        value.map_err(|error| self.place(error, at))
    }

    /// An int or a long, most likely.
    #[inline]
    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let at = self.scan.reader.at();
        let value = match self.scan.reader.peek(VALUE)? {
            0x80..=0xD7 | tag::INT => visitor.visit_i32(int::read(&mut self.scan.reader)?),
            0xD8..=0xFF | 0x38..=0x3F => visitor.visit_i64(long::read(&mut self.scan.reader)?),
            _ => return self.value(visitor, false),
        };
        value.map_err(|error: Error| self.place(error, at))
    }

    /// A text, most likely.
    #[inline]
    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let at = self.scan.reader.at();
        let value = match self.scan.reader.peek(VALUE)? {
            0x00..=0x1F | 0x30..=0x33 => match self.scan.text()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            _ => return self.value(visitor, false),
        };
        value.map_err(|error: Error| self.place(error, at))
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, rest: Rest, visitor: V) -> Result<V::Value, Error> {
        let mut list = List { deserializer: self, rest };
        let value = visitor.visit_seq(&mut list)?;
        let rest = list.rest;
        self.leave(rest)?;
        Ok(value)
    }

    fn map<V: Visitor<'de>>(&mut self, visitor: V, of_struct: bool) -> Result<V::Value, Error> {
        let mut entries = Entries { deserializer: self, rest: Rest::UntilEnd, of_struct };
        let value = visitor.visit_map(&mut entries)?;
        let rest = entries.rest;
        self.leave(rest)?;
        Ok(value)
    }

    #[inline]
    fn object<V: Visitor<'de>>(
        &mut self,
        class: usize,
        visitor: V,
        of_struct: bool,
    ) -> Result<V::Value, Error> {
        let count = self.scan.fields(class).len();
        let mut fields = Fields { deserializer: self, class, index: 0, count, of_struct };
        let value = visitor.visit_map(&mut fields)?;
        let rest = Rest::Count(count - fields.index);
        self.leave(rest)?;
        Ok(value)
    }

    /// Reads a value that nobody wants.
    fn skip(&mut self) -> Result<(), Error> {
        let (at, token) = self.scan.token()?;
        if let Token::Reference(node) = token {
            // A reference to nowhere is wrong even here; a cycle is none of our business.
            return match self.container(at, node) {
                Ok(_) | Err(Error::Cycle { .. }) => Ok(()),
                Err(error) => Err(error),
            };
        }
        let Some((mut rest, values)) = self.scan.elements(&token) else { return Ok(()) };
        while self.scan.more(&mut rest)? {
            for _ in 0..values {
                self.skip()?;
            }
        }
        self.leave(rest)
    }
}

macro_rules! likely {
    ($way:ident: $($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$way(visitor)
        }
    )*};
}

/// What an enum may look like.
const ENUM: &str = "an enum: a text, an object with the one field `name`, or a map of one entry";

impl<'de> serde::Deserializer<'de> for &mut Deserializer<'de, '_> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.value(visitor, false)
    }

    forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct map
    }

    // What nearly every value consists of is tried first; anything else goes the long way.
    likely!(integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    likely!(integer: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    likely!(text: deserialize_str deserialize_string deserialize_identifier);

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.value(visitor, true)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.scan.null()? {
            return visitor.visit_none();
        }
        // A `Some` adds no byte: a type that is an option of itself would read on here for ever.
        self.scan.budget.enter()?;
        let value = visitor.visit_some(&mut *self)?;
        self.scan.budget.leave();
        Ok(value)
    }

    /// A newtype adds no byte, so one that contains itself would read on for ever: it counts as a level.
    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.scan.budget.enter()?;
        let value = visitor.visit_newtype_struct(&mut *self)?;
        self.scan.budget.leave();
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (at, token) = self.scan.token()?;
        let value = match token {
            Token::Text(text) => visitor.visit_enum(text.as_ref().into_deserializer()),
            Token::Object { class } if self.scan.fields(class) == ["name"] => {
                let text = self.scan.text()?;
                self.leave(Rest::Count(0))?;
                visitor.visit_enum(text.as_ref().into_deserializer())
            }
            Token::Map { .. } => {
                let mut rest = Rest::UntilEnd;
                if !self.scan.more(&mut rest)? {
                    return Err(Error::Unexpected { at, tag: tag::END, expected: ENUM });
                }
                let value = visitor.visit_enum(Content { deserializer: self })?;
                self.leave(rest)?;
                Ok(value)
            }
            Token::Reference(node) => {
                self.follow(at, node, |again| again.deserialize_enum(name, variants, visitor))
            }
            _ => Err(Error::Unexpected { at, tag: self.scan.reader.all()[at], expected: ENUM }),
        };
        value.map_err(|error| self.place(error, at))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// A name as a deserializer; borrowed, if it is.
#[inline]
pub(super) fn name<'de, S: serde::de::DeserializeSeed<'de>>(
    name: &Cow<'de, str>,
    seed: S,
) -> Result<S::Value, Error> {
    match name {
        Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
        Cow::Owned(name) => seed.deserialize(name.as_str().into_deserializer()),
    }
}
