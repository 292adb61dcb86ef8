//! A message, one head at a time: what graphs, serde and dumps have in common.

use std::borrow::Cow;

use super::error::Error;
use super::reader::Reader;
use super::{binary, date, double, int, long, tag, text};
use crate::limits::{Budget, ON_CREDIT};

pub(super) const VALUE: &str = "a value";

/// How many names or containers there is room for from the first on: most messages need no more.
pub(super) const ROOM: usize = 16;

/// A value without elements, or the beginning of one that has some.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'de> {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// 32 bits
    Int(i32),
    /// 64 bits
    Long(i64),
    /// 64 bits
    Double(f64),
    /// Milliseconds since 1970
    Date(i64),
    /// Characters
    Text(Cow<'de, str>),
    /// Bytes
    Binary(Cow<'de, [u8]>),
    /// A list begins.
    List {
        /// The number of the type's name.
        kind: Option<usize>,
        /// The elements to come.
        rest: Rest,
    },
    /// A map begins: a key, a value, and so on until the end.
    Map {
        /// The number of the type's name.
        kind: Option<usize>,
    },
    /// An object begins: the values of its fields, in the order of its class.
    Object {
        /// The number of the class.
        class: usize,
    },
    /// A container that began earlier, by its number. It has not been looked up.
    Reference(i32),
}

/// The elements of a container that are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// This many.
    Count(usize),
    /// As many as stand before the end mark.
    UntilEnd,
}

/// A class of this message. The names of its fields are in [`Scanner::fields`].
#[derive(Debug, Clone)]
struct Class<'de> {
    name: Cow<'de, str>,
    first: usize,
    count: usize,
}

/// Reads heads, and remembers what later heads refer to by number: classes and names of types. [S-06]
///
/// Containers are numbered too, but each reader keeps other things about them, so that is theirs to do.
#[derive(Debug)]
pub struct Scanner<'de, 'b> {
    /// Where we are.
    pub(super) reader: Reader<'de>,
    /// What the message may still ask for.
    pub(super) budget: &'b Budget,
    /// Something is read a second time: its classes and types have their numbers already.
    pub(super) again: bool,
    classes: Vec<Class<'de>>,
    /// The fields of all classes, one class after the other.
    fields: Vec<Cow<'de, str>>,
    types: Vec<Cow<'de, str>>,
}

impl<'de, 'b> Scanner<'de, 'b> {
    /// At the beginning of a message.
    pub fn new(bytes: &'de [u8], budget: &'b Budget) -> Self {
        Self {
            reader: Reader::new(bytes),
            budget,
            again: false,
            classes: Vec::new(),
            fields: Vec::new(),
            types: Vec::new(),
        }
    }

    /// Where the next value begins, and its head. Class definitions before it are remembered.
    ///
    /// A container counts as one level deeper until [`leave`](Self::leave).
    // ANCHOR: token
    #[inline]
    pub fn token(&mut self) -> Result<(usize, Token<'de>), Error> {
        while self.definition()? {}
        let at = self.reader.at();
        let tag = self.reader.peek(VALUE)?;
        let token = match tag {
            0x80..=0xD7 | tag::INT => Token::Int(int::read(&mut self.reader)?),
            0xD8..=0xFF | 0x38..=0x3F | tag::LONG | tag::LONG_INT => {
                Token::Long(long::read(&mut self.reader)?)
            }
            0x00..=0x1F | 0x30..=0x33 | tag::TEXT_CHUNK | tag::TEXT_LAST => Token::Text(self.text()?),
            0x20..=0x2F | 0x34..=0x37 | tag::BINARY_CHUNK | tag::BINARY_LAST => {
                Token::Binary(binary::read(&mut self.reader, self.budget)?)
            }
            tag::DOUBLE | tag::DOUBLE_ZERO..=tag::DOUBLE_MILLS => {
                Token::Double(double::read(&mut self.reader)?)
            }
            tag::DATE | tag::DATE_MINUTES => Token::Date(date::read(&mut self.reader)?),
            _ => {
                self.reader.byte(VALUE)?;
                match tag {
                    tag::NULL => Token::Null,
                    tag::TRUE => Token::Bool(true),
                    tag::FALSE => Token::Bool(false),
                    tag::REFERENCE => Token::Reference(int::read(&mut self.reader)?),
                    _ => self.container(at, tag)?,
                }
            }
        };
        Ok((at, token))
    }
    // ANCHOR_END: token

    /// The head of a container, whose first byte has been read.
    fn container(&mut self, at: usize, tag: u8) -> Result<Token<'de>, Error> {
        self.budget.enter()?;
        Ok(match tag {
            0x70..=0x77 => {
                let kind = self.kind()?;
                Token::List { kind, rest: self.counted(usize::from(tag - tag::LIST_TYPED_SHORT))? }
            }
            0x78..=0x7F => {
                Token::List { kind: None, rest: self.counted(usize::from(tag - tag::LIST_SHORT))? }
            }
            tag::LIST_TYPED => {
                let kind = self.kind()?;
                let count = int::read_count(&mut self.reader)?;
                Token::List { kind, rest: self.counted(count)? }
            }
            tag::LIST => {
                let count = int::read_count(&mut self.reader)?;
                Token::List { kind: None, rest: self.counted(count)? }
            }
            tag::LIST_TYPED_UNTIL_END => Token::List { kind: self.kind()?, rest: Rest::UntilEnd },
            tag::LIST_UNTIL_END => Token::List { kind: None, rest: Rest::UntilEnd },
            tag::MAP_TYPED => Token::Map { kind: self.kind()? },
            tag::MAP => Token::Map { kind: None },
            0x60..=0x6F => self.object(at, i32::from(tag - tag::OBJECT_SHORT))?,
            tag::OBJECT => {
                let class = int::read(&mut self.reader)?;
                self.object(at, class)?
            }
            _ => return Err(Error::Unexpected { at, tag, expected: VALUE }),
        })
    }

    /// So many elements are coming; each takes a byte at least.
    #[inline]
    fn counted(&mut self, count: usize) -> Result<Rest, Error> {
        let left = self.reader.rest().len();
        if count > left {
            return Err(Error::Count { at: self.reader.at(), count: count as i32, left });
        }
        self.budget.elements(count as u64)?;
        Ok(Rest::Count(count))
    }

    #[inline]
    fn object(&mut self, at: usize, class: i32) -> Result<Token<'de>, Error> {
        let known = self.classes.len();
        let Some(class) = usize::try_from(class).ok().filter(|&class| class < known) else {
            return Err(Error::UnknownClass { at, class, known });
        };
        self.counted(self.classes[class].count)?;
        Ok(Token::Object { class })
    }

    /// Reads a class definition if one comes next.
    ///
    /// ```text
    ///   'C'  name  number of fields  name of field …
    /// ```
    #[inline]
    pub fn definition(&mut self) -> Result<bool, Error> {
        if self.reader.peek(VALUE)? != tag::CLASS {
            return Ok(false);
        }
        self.define()?;
        Ok(true)
    }

    fn define(&mut self) -> Result<(), Error> {
        self.reader.byte("a class definition")?;
        let name = self.text()?;
        let count = int::read_count(&mut self.reader)?;
        self.budget.elements(1 + count as u64)?;
        let first = self.fields.len();
        if self.fields.is_empty() {
            self.fields.reserve(count.clamp(ROOM, ON_CREDIT));
        }
        for _ in 0..count {
            let field = self.text()?;
            if !self.again {
                self.fields.push(field);
            }
        }
        if !self.again {
            self.classes.push(Class { name, first, count });
        }
        Ok(())
    }

    /// Reads the name of a type: as a text the first time, as its number from then on. What is read again
    /// has no number to give.
    fn kind(&mut self) -> Result<Option<usize>, Error> {
        let at = self.reader.at();
        let known = self.types.len();
        if matches!(self.reader.peek("the name of a type")?, 0x80..=0xD7 | tag::INT) {
            let number = int::read(&mut self.reader)?;
            let kind = usize::try_from(number).ok().filter(|&kind| kind < known);
            return kind.ok_or(Error::UnknownType { at, number, known }).map(Some);
        }
        let name = self.text()?;
        if self.again {
            return Ok(None);
        }
        self.types.push(name);
        Ok(Some(known))
    }

    /// What a head promises: elements, and how many values each of them is. A value without elements promises
    /// nothing.
    pub(super) fn elements(&self, head: &Token<'_>) -> Option<(Rest, usize)> {
        match *head {
            Token::List { rest, .. } => Some((rest, 1)),
            Token::Map { .. } => Some((Rest::UntilEnd, 2)),
            Token::Object { class } => Some((Rest::Count(self.fields(class).len()), 1)),
            _ => None,
        }
    }

    /// Whether another element comes. At the end mark it is read, too.
    #[inline]
    pub fn more(&mut self, rest: &mut Rest) -> Result<bool, Error> {
        match rest {
            Rest::Count(0) => Ok(false),
            Rest::Count(count) => {
                *count -= 1;
                Ok(true)
            }
            Rest::UntilEnd if self.reader.peek("an element or the end")? == tag::END => {
                self.reader.byte("the end")?;
                *rest = Rest::Count(0);
                Ok(false)
            }
            Rest::UntilEnd => {
                self.budget.elements(1)?;
                Ok(true)
            }
        }
    }

    /// The next value, which must be a text.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, Error> {
        text::read(&mut self.reader, self.budget)
    }

    /// Whether null comes next; then it is read.
    #[inline]
    pub(super) fn null(&mut self) -> Result<bool, Error> {
        while self.definition()? {}
        let null = self.reader.peek(VALUE)? == tag::NULL;
        if null {
            self.reader.byte("null")?;
        }
        Ok(null)
    }

    /// After the last element of a container.
    #[inline]
    pub fn leave(&mut self) {
        self.budget.leave();
    }

    /// The name of a class.
    ///
    /// # Panics
    /// When there is no such class: ask with numbers of tokens only.
    pub fn class(&self, class: usize) -> &Cow<'de, str> {
        &self.classes[class].name
    }

    /// The names of a class's fields.
    ///
    /// # Panics
    /// When there is no such class: ask with numbers of tokens only.
    #[inline]
    pub fn fields(&self, class: usize) -> &[Cow<'de, str>] {
        let class = &self.classes[class];
        &self.fields[class.first..class.first + class.count]
    }

    /// How many classes have been defined.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The name of a type.
    ///
    /// # Panics
    /// When there is no such type: ask with numbers of tokens only.
    pub fn type_name(&self, kind: usize) -> &Cow<'de, str> {
        &self.types[kind]
    }
}
