//! 03-02 An order by hand.
//!
//! An order becomes bytes: a tag before every value, a number for every field, and no name at all.
//!
//! ```text
//!   tag = number * 16 + kind, as a varint
//!
//!   Order { id: 7, customer: "Ann",               0a 04                 record of 4 fields
//!     items: [Item { name: "pen",                 13 07                   field 1: unsigned 7
//!       quantity: 2, cents: -50 }],               26 03 41 6e 6e          field 2: text of 3 bytes, "Ann"
//!     note: None }                                38 01                   field 3: list of 1 value
//!                                                 0a 03                     record of 3 fields
//!   fields: 1 id · 2 customer · 3 items           16 03 70 65 6e              field 1: text of 3 bytes, "pen"
//!           4 note                                23 02                       field 2: unsigned 2
//!   of an item: 1 name · 2 quantity · 3 cents     34 63                       field 3: signed -50
//!                                                 40                      field 4: null
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]
#![allow(clippy::ptr_arg)] // An open hole does not append yet.

use ch03_codec::shop::{Item, Order};
use ch03_codec::tagged::{self, Kind, Reader, Tag, tag, varint};
use ch03_codec::{Budget, Limits};

use OrderError::{FieldTwice, LeftOver, MissingField, TooLarge};

/// Why bytes are no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// They are no value, or beyond a limit.
    #[error(transparent)]
    Tagged(#[from] tagged::Error),
    /// A field that every order has is not there.
    #[error("the field {name} is missing")]
    MissingField {
        /// Which.
        name: &'static str,
    },
    /// A field comes twice.
    #[error("the field {name} comes twice")]
    FieldTwice {
        /// Which.
        name: &'static str,
    },
    /// A quantity of more than 32 bits.
    #[error("{got} is too large for the field {name}")]
    TooLarge {
        /// Which field.
        name: &'static str,
        /// What stands there.
        got: u64,
    },
    /// The order ended before the bytes did.
    #[error("{count} bytes left over after the order")]
    LeftOver {
        /// How many.
        count: usize,
    },
}

// ---- from values to bytes ----

/// Appends the unsigned number of field `number`: a tag and a varint. The model for `write_text`.
fn write_unsigned(number: u32, value: u64, out: &mut Vec<u8>) {
    tag::write(number, Kind::Unsigned, out);
    varint::write(value, out);
}

/// Begins a record or a list: a tag and a count. So many fields or values must follow. `number` is 0 for what
/// is no field.
fn begin(number: u32, kind: Kind, count: usize, out: &mut Vec<u8>) {
    tag::write(number, kind, out);
    varint::write(count as u64, out);
}

/// Appends the text of field `number`.
pub fn write_text(number: u32, text: &str, out: &mut Vec<u8>) {
    // YOUR CODE write_text: tag, length, and the text itself.
    todo!("03-02 write_text")
    // END YOUR CODE
}

/// Appends one line of an order: a record of three fields. It stands in a list, so it is no field itself.
pub fn write_item(item: &Item, out: &mut Vec<u8>) {
    // YOUR CODE write_item: a record, how many fields it has, and the fields.
    todo!("03-02 write_item")
    // END YOUR CODE
}

/// Appends an order: a record of four fields.
pub fn write_order(order: &Order, out: &mut Vec<u8>) {
    // YOUR CODE write_order: like an item; a list has a count, and no note is a null.
    todo!("03-02 write_order")
    // END YOUR CODE
}

// ---- and back ----

/// The order in `bytes`, all of them.
///
/// # Errors
/// [`OrderError`].
pub fn read_order(bytes: &[u8], limits: &Limits) -> Result<Order, OrderError> {
    let budget = Budget::new(limits);
    budget.total(bytes.len()).map_err(tagged::Error::from)?;
    let mut reader = Reader::new(bytes, &budget);
    let order = order(&mut reader)?;
    // YOUR CODE read_order: nothing may be left over.
    todo!("03-02 read_order")
    // END YOUR CODE
}

/// Reads one order. Its fields may come in any order, and some may be unknown.
///
/// Behind it the reader is on the level where it was before, so the next order may follow.
///
/// # Errors
/// [`OrderError`].
pub fn order(reader: &mut Reader<'_, '_>) -> Result<Order, OrderError> {
    // YOUR CODE order: as `item` does it, with the fields of an order.
    todo!("03-02 order")
    // END YOUR CODE
}

/// Reads one line of an order: the model for `order`.
fn item(reader: &mut Reader<'_, '_>) -> Result<Item, OrderError> {
    let (mut name, mut quantity, mut cents) = (None, None, None);
    for _ in 0..record(reader)? {
        let Tag { number, kind } = reader.field_tag()?;
        match number {
            1 => once(&mut name, "name", text(reader, kind)?)?,
            2 => once(&mut quantity, "quantity", unsigned(reader, kind)?)?,
            3 => once(&mut cents, "cents", signed(reader, kind)?)?,
            // A later version has more to say about items.
            _ => reader.skip(kind)?,
        }
    }
    reader.leave();
    let quantity = quantity.ok_or(MissingField { name: "quantity" })?;
    Ok(Item {
        name: name.ok_or(MissingField { name: "name" })?,
        quantity: quantity.try_into().map_err(|_| TooLarge { name: "quantity", got: quantity })?,
        cents: cents.ok_or(MissingField { name: "cents" })?,
    })
}

/// Puts a field's value into its place, which must be empty.
fn once<T>(place: &mut Option<T>, name: &'static str, value: T) -> Result<(), OrderError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(FieldTwice { name }),
    }
}

/// The tag of a record that is no field, and how many fields it has. It goes one level deeper, and
/// [`Reader::leave`] comes back.
fn record(reader: &mut Reader<'_, '_>) -> Result<u64, OrderError> {
    let kind = reader.plain_tag()?;
    expect(reader, kind, Kind::Record)?;
    Ok(reader.count()?)
}

/// The items in a list, whose tag has been read and said `got`.
fn items_of(reader: &mut Reader<'_, '_>, got: Kind) -> Result<Vec<Item>, OrderError> {
    expect(reader, got, Kind::List)?;
    let items = (0..reader.count()?).map(|_| item(reader)).collect::<Result<_, _>>()?;
    reader.leave();
    Ok(items)
}

/// A number from 0 on, whose tag has been read and said `got`.
fn unsigned(reader: &mut Reader<'_, '_>, got: Kind) -> Result<u64, OrderError> {
    expect(reader, got, Kind::Unsigned)?;
    Ok(reader.number()?)
}

/// A number with a sign, whose tag has been read and said `got`.
fn signed(reader: &mut Reader<'_, '_>, got: Kind) -> Result<i64, OrderError> {
    expect(reader, got, Kind::Signed)?;
    Ok(varint::unzigzag(reader.number()?))
}

/// A text, whose tag has been read and said `got`.
fn text(reader: &mut Reader<'_, '_>, got: Kind) -> Result<String, OrderError> {
    expect(reader, got, Kind::Text)?;
    Ok(reader.text()?.to_owned())
}

/// Refuses another kind than the one that belongs here.
fn expect(reader: &Reader<'_, '_>, got: Kind, wanted: Kind) -> Result<(), OrderError> {
    if got == wanted {
        return Ok(());
    }
    Err(tagged::Error::WrongKind { at: reader.at(), got, expected: wanted.name() }.into())
}
