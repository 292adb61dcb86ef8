//! A cursor over bytes: tags, numbers, lengths, and how to step over a value that nobody wants.

use crate::limits::Budget;
use crate::tagged::error::Error;
use crate::tagged::tag::{Kind, Tag};
use crate::tagged::varint;

/// Reads the parts of values from a slice. It never takes memory; what it gives is borrowed.
#[derive(Debug)]
pub struct Reader<'de, 'b> {
    whole: &'de [u8],
    rest: &'de [u8],
    budget: &'b Budget,
}

impl<'de, 'b> Reader<'de, 'b> {
    /// Begins at the front of `bytes`. What it reads counts against `budget`.
    pub fn new(bytes: &'de [u8], budget: &'b Budget) -> Self {
        Self { whole: bytes, rest: bytes, budget }
    }

    /// Where it is, counted from the front.
    pub fn at(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// What it counts against.
    pub fn budget(&self) -> &'b Budget {
        self.budget
    }

    /// A varint.
    ///
    /// # Errors
    /// [`Error::Varint`].
    #[inline]
    pub fn number(&mut self) -> Result<u64, Error> {
        varint::read(&mut self.rest).map_err(|source| Error::Varint { at: self.at(), source })
    }

    /// The next value's tag.
    ///
    /// # Errors
    /// [`Error::Varint`], [`Error::UnknownTag`].
    #[inline]
    pub fn tag(&mut self) -> Result<Tag, Error> {
        let at = self.at();
        let code = self.number()?;
        Tag::from_code(code).ok_or(Error::UnknownTag { at, code })
    }

    /// The tag of a value that is no field.
    ///
    /// # Errors
    /// Those of [`tag`](Self::tag), and [`Error::WrongNumber`].
    #[inline]
    pub fn plain_tag(&mut self) -> Result<Kind, Error> {
        let at = self.at();
        match self.tag()? {
            Tag { number: 0, kind } => Ok(kind),
            got => Err(Error::WrongNumber { at, got, expected: "0: it is no field" }),
        }
    }

    /// The tag of a field.
    ///
    /// # Errors
    /// Those of [`tag`](Self::tag), and [`Error::WrongNumber`].
    #[inline]
    pub fn field_tag(&mut self) -> Result<Tag, Error> {
        let at = self.at();
        match self.tag()? {
            got @ Tag { number: 0, .. } => {
                Err(Error::WrongNumber { at, got, expected: "1 or more: it is a field" })
            }
            tag => Ok(tag),
        }
    }

    /// A length and so many bytes: the payload of [`Kind::Bytes`].
    ///
    /// # Errors
    /// [`Error::Truncated`], [`LimitError::TextTooLong`](crate::LimitError::TextTooLong).
    // ANCHOR: bytes
    #[inline]
    pub fn bytes(&mut self) -> Result<&'de [u8], Error> {
        let length = self.number()?;
        self.budget.text(length)?;
        match self.rest.split_at_checked(usize::try_from(length).unwrap_or(usize::MAX)) {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(Error::Truncated { at: self.at(), needed: length, left: self.left() }),
        }
    }
    // ANCHOR_END: bytes

    /// The payload of [`Kind::Text`].
    ///
    /// # Errors
    /// Those of [`bytes`](Self::bytes), and [`Error::NotUtf8`].
    #[inline]
    pub fn text(&mut self) -> Result<&'de str, Error> {
        let at = self.at();
        std::str::from_utf8(self.bytes()?).map_err(|_| Error::NotUtf8 { at })
    }

    /// The payload of [`Kind::Double`].
    ///
    /// # Errors
    /// [`Error::Truncated`].
    #[inline]
    pub fn double(&mut self) -> Result<f64, Error> {
        let Some((bytes, rest)) = self.rest.split_first_chunk() else {
            return Err(Error::Truncated { at: self.at(), needed: 8, left: self.left() });
        };
        self.rest = rest;
        Ok(f64::from_le_bytes(*bytes))
    }

    /// How many elements follow, in a list, a record, or (in pairs) a map; it goes one level deeper.
    ///
    /// Each element has a tag, so it takes a byte at least: a count that is larger than what is left is a
    /// lie, and is refused before anybody makes room for so many.
    ///
    /// # Errors
    /// [`Error::Truncated`], [`Error::Limit`].
    // ANCHOR: count
    #[inline]
    pub fn count(&mut self) -> Result<u64, Error> {
        let count = self.number()?;
        if count > self.left() as u64 {
            return Err(Error::Truncated { at: self.at(), needed: count, left: self.left() });
        }
        self.budget.elements(count)?;
        self.budget.enter()?;
        Ok(count)
    }
    // ANCHOR_END: count

    /// Back from the level that [`count`](Self::count) entered.
    #[inline]
    pub fn leave(&self) {
        self.budget.leave();
    }

    /// Steps over the payload of a value whose tag has just been read: what an old reader does with a field
    /// that a new writer added. Whatever is inside of it is looked at only as far as its length goes, but
    /// it is counted like everything else.
    ///
    /// # Errors
    /// When it is no value, or beyond a limit.
    // ANCHOR: skip
    pub fn skip(&mut self, kind: Kind) -> Result<(), Error> {
        match kind {
            Kind::Null | Kind::False | Kind::True => {}
            Kind::Unsigned | Kind::Signed => _ = self.number()?,
            Kind::Double => _ = self.double()?,
            Kind::Text | Kind::Bytes => _ = self.bytes()?,
            Kind::List | Kind::Map | Kind::Record => {
                let count = self.count()?;
                let values = if kind == Kind::Map { 2 * count } else { count };
                for _ in 0..values {
                    let inner = if kind == Kind::Record { self.field_tag()?.kind } else { self.plain_tag()? };
                    self.skip(inner)?;
                }
                self.leave();
            }
            Kind::Variant => {
                self.number()?;
                self.budget.enter()?;
                let inner = self.plain_tag()?;
                self.skip(inner)?;
                self.leave();
            }
        }
        Ok(())
    }
    // ANCHOR_END: skip
}
