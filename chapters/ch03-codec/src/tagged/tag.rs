//! A tag: which field, and what kind of value.

use crate::tagged::varint;

/// What a value is, so far as one must know to step over it. [S-02]
///
/// 12 to 15 are free. A reader cannot step over a kind that it does not know, because it does not know how
/// long it is: new *fields* are for every day, a new *kind* is a new version of the format.
// ANCHOR: kind
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// No value. No payload.
    Null = 0,
    /// No payload.
    False = 1,
    /// No payload.
    True = 2,
    /// A whole number from 0 on: a varint.
    Unsigned = 3,
    /// A whole number with a sign: a varint, folded ([`zigzag`](varint::zigzag)).
    Signed = 4,
    /// An IEEE 754 number: 8 bytes, little endian.
    Double = 5,
    /// A length in bytes, and so many bytes of UTF-8.
    Text = 6,
    /// A length, and so many bytes.
    Bytes = 7,
    /// A count, and so many values.
    List = 8,
    /// A count, and so many times a key and a value.
    Map = 9,
    /// A count, and so many fields: values whose tags have numbers.
    Record = 10,
    /// The index of a variant, and one value: what the variant holds.
    Variant = 11,
}
// ANCHOR_END: kind

impl Kind {
    /// All kinds, by their number.
    pub const ALL: [Self; 12] = [
        Self::Null,
        Self::False,
        Self::True,
        Self::Unsigned,
        Self::Signed,
        Self::Double,
        Self::Text,
        Self::Bytes,
        Self::List,
        Self::Map,
        Self::Record,
        Self::Variant,
    ];

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::False => "false",
            Self::True => "true",
            Self::Unsigned => "unsigned",
            Self::Signed => "signed",
            Self::Double => "double",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::List => "list",
            Self::Map => "map",
            Self::Record => "record",
            Self::Variant => "variant",
        }
    }
}

/// What every value begins with: a varint of `number * 16 + kind`.
///
/// In a hex dump the two stand side by side: `13` is field 1, kind 3; `26` is field 2, kind 6. Fields 1 to 7
/// have a tag of one byte, fields up to 1023 one of two.
// ANCHOR: tag
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// Which field of its record: 1, 2, 3 … in the order of declaration. 0 for everything that is no field.
    pub number: u32,
    /// What follows.
    pub kind: Kind,
}

impl Tag {
    /// The number that stands on the wire.
    #[inline]
    pub fn code(self) -> u64 {
        u64::from(self.number) << 4 | self.kind as u64
    }

    /// What `code` means; `None` for a kind or a field number that cannot be.
    #[inline]
    pub fn from_code(code: u64) -> Option<Self> {
        let kind = *Kind::ALL.get((code & 0x0f) as usize)?;
        Some(Self { number: u32::try_from(code >> 4).ok()?, kind })
    }
}
// ANCHOR_END: tag

/// Appends a tag.
#[inline]
pub fn write(number: u32, kind: Kind, out: &mut Vec<u8>) {
    varint::write(Tag { number, kind }.code(), out);
}
