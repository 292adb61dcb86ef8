//! What a caller says about a call beside its arguments: names and values.

use std::fmt;

/// Names and values that travel with a call: a token, a language, whatever filters on both sides agree upon.
/// [P-07]
///
/// It stands in the header (extension 7), where a filter can read it without knowing the method's arguments:
///
/// ```text
///   ┌────────────┬──────┬──────────────────┬───────┐
///   │ length (1) │ name │ length (2)       │ value │   again and again
///   └────────────┴──────┴──────────────────┴───────┘
/// ```
///
/// `Debug` shows the names only. A token that is printed once is in every copy of a log for years.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Metadata(Vec<(String, String)>);

impl Metadata {
    /// How much it may take in a header, in bytes: 2048, half of the longest header. Service, method and what
    /// later chapters put there share the other half.
    pub const MAX_LEN: usize = 2048;

    /// None.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets `name` to `value`; an earlier value is replaced.
    ///
    /// # Errors
    /// [`MetadataError`]; then nothing has changed.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), MetadataError> {
        check_name(name.as_bytes())?;
        let others = self.0.iter().filter(|(other, _)| other != name);
        let length = others.map(|(name, value)| cost(name, value)).sum::<usize>() + cost(name, value);
        if length > Self::MAX_LEN {
            return Err(MetadataError::TooLong { length });
        }
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, place)) => value.clone_into(place),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| &**value)
    }

    /// All of them, in the order in which they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of the extension.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, value) in &self.0 {
            // `set` keeps a name below 256 bytes and a value below MAX_LEN.
            bytes.push(name.len() as u8);
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(&(value.len() as u16).to_be_bytes());
            bytes.extend_from_slice(value.as_bytes());
        }
        bytes
    }

    /// Reads the value of the extension.
    ///
    /// # Errors
    /// [`MetadataError`].
    pub fn decode(mut bytes: &[u8]) -> Result<Self, MetadataError> {
        if bytes.len() > Self::MAX_LEN {
            return Err(MetadataError::TooLong { length: bytes.len() });
        }
        let mut metadata = Self::none();
        while let Some((&length, rest)) = bytes.split_first() {
            let (name, rest) = rest.split_at_checked(length.into()).ok_or(MetadataError::Truncated)?;
            let (length, rest) = rest.split_first_chunk().ok_or(MetadataError::Truncated)?;
            let length = u16::from_be_bytes(*length).into();
            let (value, rest) = rest.split_at_checked(length).ok_or(MetadataError::Truncated)?;
            let name = check_name(name)?;
            let value =
                std::str::from_utf8(value).map_err(|_| MetadataError::NotText { name: name.into() })?;
            if metadata.get(name).is_some() {
                // Two readers that pick different ones would see different callers.
                return Err(MetadataError::Twice { name: name.into() });
            }
            metadata.0.push((name.to_owned(), value.to_owned()));
            bytes = rest;
        }
        Ok(metadata)
    }
}

/// Name, value and their lengths, in bytes.
fn cost(name: &str, value: &str) -> usize {
    1 + name.len() + 2 + value.len()
}

/// A name has 1 to 255 bytes, all of them lower-case ASCII letters, digits and `-`: so nobody has to ask
/// whether `Token` and `token` are the same.
fn check_name(name: &[u8]) -> Result<&str, MetadataError> {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    match std::str::from_utf8(name) {
        Ok(text) if (1..=255).contains(&name.len()) && name.iter().all(plain) => Ok(text),
        _ => Err(MetadataError::BadName { name: String::from_utf8_lossy(name).into_owned() }),
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Metadata that cannot travel, or that came broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// A name that is none.
    #[error("metadata's name {name:?}: expected 1 to 255 lower-case ASCII letters, digits and -")]
    BadName {
        /// What came.
        name: String,
    },
    /// A value that is not UTF-8.
    #[error("metadata's value of {name} is not UTF-8")]
    NotText {
        /// Whose value.
        name: String,
    },
    /// One name, two values.
    #[error("metadata's name {name} comes twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// The extension ends in the middle of a name or value.
    #[error("metadata ends before its last value does")]
    Truncated,
    /// More than a header has room for.
    #[error("metadata: expected at most {} bytes, got {length}", Metadata::MAX_LEN)]
    TooLong {
        /// Its length.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_arrives() {
        let mut metadata = Metadata::none();
        metadata.set("token", "s3cret").unwrap();
        metadata.set("empty", "").unwrap();
        metadata.set("token", "öfter").unwrap();
        let bytes = metadata.encode();
        assert_eq!(&bytes[..8], b"\x05token\x00\x06");
        let again = Metadata::decode(&bytes).unwrap();
        assert_eq!(again, metadata);
        assert_eq!(again.iter().collect::<Vec<_>>(), [("token", "öfter"), ("empty", "")]);
        assert_eq!((again.get("token"), again.get("other")), (Some("öfter"), None));
        assert_eq!(format!("{again:?}"), r#"{"token", "empty"}"#, "values are nobody's business");
    }

    #[test]
    fn it_is_bounded_and_a_refusal_changes_nothing() {
        let mut metadata = Metadata::none();
        metadata.set("a", &"x".repeat(Metadata::MAX_LEN - 4)).unwrap();
        assert_eq!(metadata.encode().len(), Metadata::MAX_LEN);
        assert_eq!(Metadata::decode(&metadata.encode()).as_ref(), Ok(&metadata));
        let before = metadata.clone();
        assert_eq!(metadata.set("b", ""), Err(MetadataError::TooLong { length: Metadata::MAX_LEN + 4 }));
        assert_eq!(metadata, before);
        metadata.set("a", &"y".repeat(Metadata::MAX_LEN - 4)).expect("a replaced value makes room");
        for name in ["", "Token", "a b", "ä", &"x".repeat(256)] {
            assert!(matches!(metadata.set(name, ""), Err(MetadataError::BadName { .. })), "{name}");
        }
    }

    #[test]
    fn what_a_stranger_wrote_is_refused_by_name() {
        for (bytes, error) in [
            (&b"\x05tok"[..], MetadataError::Truncated),
            (b"\x01a", MetadataError::Truncated),
            (b"\x01a\x00", MetadataError::Truncated),
            (b"\x01a\x00\x02x", MetadataError::Truncated),
            (b"\x00\x00\x00", MetadataError::BadName { name: String::new() }),
            (b"\x01A\x00\x00", MetadataError::BadName { name: "A".into() }),
            (b"\x01a\x00\x01\xff", MetadataError::NotText { name: "a".into() }),
            (b"\x01a\x00\x00\x01a\x00\x00", MetadataError::Twice { name: "a".into() }),
        ] {
            assert_eq!(Metadata::decode(bytes), Err(error), "{bytes:?}");
        }
        let long = vec![0; Metadata::MAX_LEN + 1];
        assert_eq!(Metadata::decode(&long), Err(MetadataError::TooLong { length: long.len() }));
        assert_eq!(Metadata::decode(b""), Ok(Metadata::none()));
    }
}
