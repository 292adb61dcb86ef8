//! Texts that do not come in one piece of UTF-8.

use super::error::Error;

/// A text that is put together from chunks, and characters that are put together from halves.
#[derive(Default)]
pub(super) struct Joined {
    pub text: String,
    /// The first half of a pair, and where it began. The second may be in the next chunk.
    high: Option<(u16, usize)>,
}

impl Joined {
    /// Appends a chunk that begins at offset `at`.
    pub fn append(&mut self, mut bytes: &[u8], mut at: usize) -> Result<(), Error> {
        loop {
            // A surrogate is what UTF-8 forbids and CESU-8 is made of: what stands before it is UTF-8.
            let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let (before, rest) = bytes.split_at(valid);
            if !before.is_empty() {
                self.no_half()?;
                self.text.push_str(std::str::from_utf8(before).map_err(|_| Error::NotUtf8 { at })?);
                at += valid;
            }
            match rest {
                [] => return Ok(()),
                [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, after @ ..] => {
                    self.push(0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F), at)?;
                    (bytes, at) = (after, at + 3);
                }
                _ => return Err(Error::NotUtf8 { at }),
            }
        }
    }

    /// One half of a pair.
    fn push(&mut self, unit: u16, at: usize) -> Result<(), Error> {
        match (self.high.take(), unit) {
            (None, 0xD800..=0xDBFF) => self.high = Some((unit, at)),
            (Some((high, _)), 0xDC00..=0xDFFF) => {
                self.text.extend(char::decode_utf16([high, unit]).flatten());
            }
            (None, _) => return Err(Error::LoneSurrogate { at, unit }),
            (Some((unit, at)), _) => return Err(Error::LoneSurrogate { at, unit }),
        }
        Ok(())
    }

    fn no_half(&self) -> Result<(), Error> {
        self.high.map_or(Ok(()), |(unit, at)| Err(Error::LoneSurrogate { at, unit }))
    }

    /// The whole text.
    pub fn finish(self) -> Result<String, Error> {
        self.no_half()?;
        Ok(self.text)
    }
}
