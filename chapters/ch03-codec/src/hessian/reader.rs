//! A place in a message.

use super::error::Error;

/// The bytes of a message, and how far we are. Offsets in errors count from its beginning.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'de> {
    bytes: &'de [u8],
    at: usize,
}

impl<'de> Reader<'de> {
    /// At the first byte.
    pub fn new(bytes: &'de [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The offset of the next byte.
    #[inline]
    pub fn at(&self) -> usize {
        self.at
    }

    /// What has not been read.
    #[inline]
    pub fn rest(&self) -> &'de [u8] {
        &self.bytes[self.at..]
    }

    /// The next byte, which stays where it is.
    #[inline]
    pub fn peek(&self, expected: &'static str) -> Result<u8, Error> {
        self.bytes.get(self.at).copied().ok_or_else(|| self.missing(expected))
    }

    /// The next byte.
    #[inline]
    pub fn byte(&mut self, expected: &'static str) -> Result<u8, Error> {
        let byte = self.peek(expected)?;
        self.at += 1;
        Ok(byte)
    }

    /// The next `count` bytes.
    #[inline]
    pub fn take(&mut self, count: usize, expected: &'static str) -> Result<&'de [u8], Error> {
        let bytes = self.rest().get(..count).ok_or_else(|| self.missing(expected))?;
        self.at += count;
        Ok(bytes)
    }

    /// The next `N` bytes, for `from_be_bytes`.
    #[inline]
    pub fn array<const N: usize>(&mut self, expected: &'static str) -> Result<[u8; N], Error> {
        let bytes = self.rest().first_chunk().ok_or_else(|| self.missing(expected))?;
        self.at += N;
        Ok(*bytes)
    }

    /// The message ends too early.
    #[cold]
    fn missing(&self, expected: &'static str) -> Error {
        Error::End { at: self.bytes.len(), expected }
    }

    /// The whole message.
    #[inline]
    pub(super) fn all(&self) -> &'de [u8] {
        self.bytes
    }

    /// Goes somewhere else, to a container that is read again; says from where.
    pub(super) fn jump(&mut self, at: usize) -> usize {
        std::mem::replace(&mut self.at, at)
    }

    /// Whether nothing is left.
    ///
    /// # Errors
    /// [`Error::LeftOver`].
    pub fn end(&self) -> Result<(), Error> {
        match self.rest().len() {
            0 => Ok(()),
            count => Err(Error::LeftOver { at: self.at, count }),
        }
    }
}
