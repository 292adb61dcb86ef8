//! The first byte of a value says what it is, and often a part of it too. [S-06]
//!
//! All 256 are taken by something, which is what makes a message small: the byte `0x97` alone is the int 7.
//!
//! ```text
//!   00–1f  text of 0–31 units              55–58  list: V typed, W …, see below
//!   20–2f  binary of 0–15 bytes            59     long in 4 bytes
//!   30–33  text of up to 1023 units        5a     Z, the end of a list or map
//!   34–37  binary of up to 1023 bytes      5b–5f  doubles
//!   38–3f  long in 2 more bytes            60–6f  object of class 0–15
//!   41 A   binary, more chunks follow      70–77  typed list of 0–7 elements
//!   42 B   binary, the last chunk          78–7f  list of 0–7 elements
//!   43 C   class definition                80–bf  int −16…47
//!   44 D   double in 8 bytes               c0–cf  int in 1 more byte
//!   46 F   false                           d0–d7  int in 2 more bytes
//!   48 H   map                             d8–ef  long −8…15
//!   49 I   int in 4 bytes                  f0–ff  long in 1 more byte
//!   4a, 4b date in ms, in minutes
//!   4c L   long in 8 bytes                 52 R   text, more chunks follow
//!   4d M   typed map                       53 S   text, the last chunk
//!   4e N   null                            54 T   true
//!   4f O   object                          40, 45, 47, 50: nobody's
//!   51 Q   reference
//! ```

/// A binary of 0 to 15 bytes begins here; `0x34` … are longer ones, whose two high bits are in the tag.
pub const BINARY: u8 = 0x20;
/// A binary of up to 1023 bytes.
pub const BINARY_SHORT: u8 = 0x34;
/// A chunk of a binary; another follows.
pub const BINARY_CHUNK: u8 = b'A';
/// The last chunk of a binary.
pub const BINARY_LAST: u8 = b'B';
/// A class definition: name, number of fields, their names. It stands before a value and is none itself.
pub const CLASS: u8 = b'C';
/// A date in milliseconds since 1970, 8 bytes.
pub const DATE: u8 = 0x4A;
/// A date in minutes since 1970, 4 bytes.
pub const DATE_MINUTES: u8 = 0x4B;
/// A double in 8 bytes.
pub const DOUBLE: u8 = b'D';
/// 0.0
pub const DOUBLE_ZERO: u8 = 0x5B;
/// 1.0
pub const DOUBLE_ONE: u8 = 0x5C;
/// A whole double in one byte.
pub const DOUBLE_BYTE: u8 = 0x5D;
/// A whole double in two bytes.
pub const DOUBLE_SHORT: u8 = 0x5E;
/// A double in thousandths, in four bytes.
pub const DOUBLE_MILLS: u8 = 0x5F;
/// The end of a list without a count, and of every map.
pub const END: u8 = b'Z';
/// false
pub const FALSE: u8 = b'F';
/// The int 0 in one byte.
pub const INT_ZERO: u8 = 0x90;
/// An int in two bytes, the high part around this.
pub const INT_BYTE: u8 = 0xC8;
/// An int in three bytes, the high part around this.
pub const INT_SHORT: u8 = 0xD4;
/// An int in 4 more bytes.
pub const INT: u8 = b'I';
/// Lists, by whether they have a type and a count.
pub const LIST_TYPED_UNTIL_END: u8 = 0x55;
/// A type, then a count.
pub const LIST_TYPED: u8 = 0x56;
/// Neither type nor count.
pub const LIST_UNTIL_END: u8 = 0x57;
/// A count.
pub const LIST: u8 = 0x58;
/// A typed list of 0 to 7 elements.
pub const LIST_TYPED_SHORT: u8 = 0x70;
/// A list of 0 to 7 elements.
pub const LIST_SHORT: u8 = 0x78;
/// The long 0 in one byte.
pub const LONG_ZERO: u8 = 0xE0;
/// A long in two bytes, the high part around this.
pub const LONG_BYTE: u8 = 0xF8;
/// A long in three bytes, the high part around this.
pub const LONG_SHORT: u8 = 0x3C;
/// A long that fits in an int, in 4 more bytes.
pub const LONG_INT: u8 = 0x59;
/// A long in 8 more bytes.
pub const LONG: u8 = b'L';
/// A map without a type.
pub const MAP: u8 = b'H';
/// A map with one.
pub const MAP_TYPED: u8 = b'M';
/// null
pub const NULL: u8 = b'N';
/// An object; the number of its class follows.
pub const OBJECT: u8 = b'O';
/// An object of class 0; 0x61 of class 1, and so on to 0x6f.
pub const OBJECT_SHORT: u8 = 0x60;
/// A reference to a container of this message.
pub const REFERENCE: u8 = 0x51;
/// A text of 0 to 31 units.
pub const TEXT: u8 = 0x00;
/// A text of up to 1023 units.
pub const TEXT_SHORT: u8 = 0x30;
/// A chunk of a text; another follows.
pub const TEXT_CHUNK: u8 = b'R';
/// The last chunk of a text.
pub const TEXT_LAST: u8 = b'S';
/// true
pub const TRUE: u8 = b'T';

/// What a first byte begins, for messages.
pub fn kind(tag: u8) -> &'static str {
    match tag {
        0x00..=0x1F | 0x30..=0x33 | TEXT_CHUNK | TEXT_LAST => "a text",
        0x20..=0x2F | 0x34..=0x37 | BINARY_CHUNK | BINARY_LAST => "a binary",
        0x38..=0x3F | LONG | LONG_INT | 0xD8..=0xFF => "a long",
        0x80..=0xD7 | INT => "an int",
        DOUBLE | DOUBLE_ZERO..=DOUBLE_MILLS => "a double",
        DATE | DATE_MINUTES => "a date",
        CLASS => "a class definition",
        TRUE | FALSE => "a boolean",
        NULL => "null",
        LIST_TYPED_UNTIL_END..=LIST | 0x70..=0x7F => "a list",
        MAP | MAP_TYPED => "a map",
        OBJECT | 0x60..=0x6F => "an object",
        REFERENCE => "a reference",
        END => "the end of a list or map",
        0x40 | 0x45 | 0x47 | 0x50 => "nothing that Hessian2 knows",
    }
}
