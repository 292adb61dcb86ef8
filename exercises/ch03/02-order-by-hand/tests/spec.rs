//! # Spec of 03-02: an order by hand
//!
//! JSON writes the name of every field into every object. Here a name is a number, and it shares its byte with
//! the kind of the value: `13` is field 1, an unsigned number. The names stay in the program.
//!
//! What does that byte buy? The order of the fields does not matter. A field may be missing. And a reader who
//! does not know a field knows how long it is, because the kind tells, and steps over it. That is how a program
//! of today reads what a program of next year writes.

mod harness;

use ch03_codec::shop::Order;
use ch03_codec::tagged::{self, Error};
use ch03_codec::{LimitError, Limits};
use harness::{
    Numbers, PAGE, check_field, check_written, drawn, item, order, read, read_each, read_within, record,
    write, write_item, write_text,
};
use order_by_hand::OrderError::{self, FieldTwice, LeftOver, MissingField, Tagged, TooLarge};
use spec_kit::Failure;

// ---- from values to bytes ----

#[test]
fn a_text_is_tag_length_bytes() {
    check_field("The text field 1, \"pen\".", b"\x16\x03pen", &write_text(1, "pen"));
    check_field("The text field 2, without a letter.", b"\x26\x00", &write_text(2, ""));
    check_field("The text field 8: its tag needs two bytes.", b"\x86\x01\x01x", &write_text(8, "x"));
}

#[test]
fn the_length_counts_bytes() {
    for text in ["Zoë", "好", "a\u{1F600}"] {
        let expected = [&[0x26, text.len() as u8], text.as_bytes()].concat();
        check_field("A text with letters that take more than one byte.", &expected, &write_text(2, text));
    }
}

#[test]
fn a_long_text_has_a_long_length() {
    for (length, varint) in [(127, &b"\x7f"[..]), (128, b"\x80\x01"), (300, b"\xac\x02")] {
        let text = "x".repeat(length);
        let expected = [b"\x26", varint, text.as_bytes()].concat();
        check_field(&format!("A text of {length} bytes."), &expected, &write_text(2, &text));
    }
}

#[test]
fn an_item_is_a_record_of_three_fields() {
    check_written(
        "Two pens at 50 cents.",
        b"\x0a\x03\x16\x03pen\x23\x02\x34\x64",
        &write_item(&item("pen", 2, 50)),
    );
}

#[test]
fn a_discount_stays_small() {
    for (cents, bytes) in [(-1, &b"\x01"[..]), (-50, b"\x63"), (-500, b"\xe7\x07")] {
        let expected = [b"\x0a\x03\x16\x08discount\x23\x01\x34", bytes].concat();
        check_written(
            &format!("An item whose price is {cents} cents: a discount."),
            &expected,
            &write_item(&item("discount", 1, cents)),
        );
    }
}

#[test]
fn the_largest_numbers_fit() {
    for item in [item("a", u32::MAX, i64::MIN), item("b", 0, i64::MAX)] {
        let expected = tagged::to_vec(&item).expect("an item has bytes");
        check_written("The numbers of an item are as large as they can be.", &expected, &write_item(&item));
    }
    check_order("The id is as large as it can be.", &order(u64::MAX, "Ann", vec![], None));
}

#[test]
fn a_first_order() {
    check_order("An order without items and without a note.", &order(7, "Ann", vec![], None));
}

#[test]
fn no_note_is_a_null_and_counted() {
    check_order("An order without a note.", &order(7, "Ann", vec![item("pen", 2, 50)], None));
}

#[test]
fn a_note_is_a_text() {
    check_order("An order with a note.", &order(7, "Ann", vec![], Some("ring twice")));
    check_order(
        "An order whose note is empty: that is another thing than none.",
        &order(7, "Ann", vec![], Some("")),
    );
}

#[test]
fn every_item_is_written() {
    for count in [1, 2, 3, 130] {
        let items = (0..count).map(|number| item("pen", number, -50)).collect();
        check_order(
            &format!("An order whose list has a count of {count}."),
            &order(300, "Ann", items, Some("soon")),
        );
    }
}

#[test]
fn write_appends() {
    let order = order(7, "Ann", vec![item("pen", 2, 50)], None);
    let theirs = tagged::to_vec(&order).expect("an order has bytes");
    let mut out = b"before".to_vec();
    order_by_hand::write_order(&order, &mut out);
    if out != [b"before", &theirs[..]].concat() {
        let (symptom, because) = if out.starts_with(b"before") {
            (
                "There was something in `out` already, and behind it stands something else than the order.",
                "What was there is still there. The other tests that write look at one thing at a time: \
                 begin with them.",
            )
        } else {
            (
                "There was something in `out` already, and it is not what it was.",
                "`write_order` appends: the body of a frame may stand behind something else.",
            )
        };
        Failure::new(symptom)
            .expected(format_args!("{:02x?}, then the order", b"before"))
            .got(format_args!("{out:02x?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

// ---- and back ----

#[test]
fn what_the_chapter_writes_you_read() {
    for order in [
        order(7, "Ann", vec![], None),
        order(7, "Ann", vec![], Some("ring twice")),
        order(0, "", vec![item("", 0, 0)], Some("")),
        order(u64::MAX, "Zoë", vec![item("pen", 2, -50), item("好", u32::MAX, i64::MIN)], None),
    ] {
        let bytes = tagged::to_vec(&order).expect("an order has bytes");
        check_read(
            "The chapter wrote an order, and you read something else.",
            &bytes,
            &order,
            "Field 1 is the id, 2 the customer, 3 the list of items, 4 the note: a text or a null.",
        );
    }
}

#[test]
fn fields_come_in_any_order() {
    let (id, customer, items, note) = (ID, CUSTOMER, ITEMS, NOTE);
    for fields in [
        [note, items, customer, id],
        [customer, id, note, items],
        [items, note, id, customer],
        [id, items, customer, note],
    ] {
        check_read(
            "All four fields are there, in another order than you declared them.",
            &record(&fields),
            &sample(),
            "The number says which field it is; its place says nothing. Whoever writes may be another \
             program, in another language. Look at the number each time.",
        );
    }
}

#[test]
fn unknown_fields_are_stepped_over() {
    for (what, unknown) in [
        ("a number, field 5", &b"\x53\x09"[..]),
        ("a text, field 6", b"\x66\x03new"),
        ("a null, field 5", b"\x50"),
        ("a double, field 9", b"\x95\x01\x00\x00\x00\x00\x00\x00\xf0\x3f"),
        ("a list of two numbers, field 5", b"\x58\x02\x03\x01\x03\x02"),
        ("a record that has fields 1 and 2 of its own", b"\x5a\x02\x13\x63\x26\x03Bob"),
        ("field 1,000,000", b"\x83\xa4\xe8\x03\x01"),
        ("a map in a variant", b"\x5b\x01\x09\x01\x03\x01\x06\x01x"),
    ] {
        for place in 0..=4 {
            let mut fields = vec![ID, CUSTOMER, ITEMS, NOTE];
            fields.insert(place, unknown);
            check_read(
                &format!("A field came that you do not know: {what}."),
                &record(&fields),
                &sample(),
                "A newer program has something new to say. You cannot use it; you can step over it, because \
                 its kind tells how long it is: `reader.skip(kind)`. Exactly its bytes, and nothing else.",
            );
        }
    }
}

#[test]
fn a_missing_field_is_named() {
    for (name, fields) in
        [("id", [CUSTOMER, ITEMS, NOTE]), ("customer", [ID, ITEMS, NOTE]), ("items", [ID, CUSTOMER, NOTE])]
    {
        check_refused(
            &format!("The field {name} is not there."),
            &record(&fields),
            |got| *got == MissingField { name },
            &format!("Err(MissingField {{ name: {name:?} }})"),
            "An order without an id, a customer or a list of items is none. A default would be a lie: id 0, \
             or an order of nothing, for nobody.",
        );
    }
    check_refused(
        "A record without any field.",
        b"\x0a\x00",
        |got| matches!(got, MissingField { .. }),
        "Err(MissingField { … })",
        "It is a record; but nothing of an order is in it.",
    );
}

#[test]
fn a_missing_note_is_none() {
    let expected = Order { note: None, ..sample() };
    for (what, note) in [("left out", &[][..]), ("null", &[&b"\x40"[..]])] {
        check_read(
            &format!("The note is {what}."),
            &record(&[&[ID, CUSTOMER, ITEMS], note].concat()),
            &expected,
            "A note may be missing: an old program does not know that there are notes, and leaves field 4 \
             out. For you both mean the same: None.",
        );
    }
}

#[test]
fn a_field_that_comes_twice_is_refused() {
    for (name, again) in
        [("id", &b"\x13\x08"[..]), ("customer", b"\x26\x03Bob"), ("items", b"\x38\x00"), ("note", b"\x40")]
    {
        check_refused(
            &format!("The field {name} comes twice."),
            &record(&[ID, CUSTOMER, ITEMS, NOTE, again]),
            |got| *got == FieldTwice { name },
            &format!("Err(FieldTwice {{ name: {name:?} }})"),
            "Which of the two counts? One program takes the first, another the last, and they act upon two \
             different orders. `once` puts a value into its place, and refuses a second one.",
        );
    }
    check_refused(
        "The note comes twice, first as a null.",
        &record(&[ID, CUSTOMER, ITEMS, b"\x40", NOTE]),
        |got| *got == FieldTwice { name: "note" },
        "Err(FieldTwice { name: \"note\" })",
        "A null is a note as well: it says that there is none. Also that can be said only once. (An \
         Option<Option<String>> can tell \"said: none\" from \"not said yet\".)",
    );
}

#[test]
fn another_kind_is_refused() {
    for (what, bytes) in [
        ("the id is a text", record(&[b"\x16\x017", CUSTOMER, ITEMS, NOTE])),
        ("the id is a null", record(&[b"\x10", CUSTOMER, ITEMS, NOTE])),
        ("the id has a sign", record(&[b"\x14\x0e", CUSTOMER, ITEMS, NOTE])),
        ("the customer is a number", record(&[ID, b"\x23\x07", ITEMS, NOTE])),
        ("the customer is bytes", record(&[ID, b"\x27\x03Ann", ITEMS, NOTE])),
        ("the items are a record", record(&[ID, CUSTOMER, b"\x3a\x00", NOTE])),
        ("the items are a null", record(&[ID, CUSTOMER, b"\x30", NOTE])),
        ("an item is a number", record(&[ID, CUSTOMER, b"\x38\x01\x03\x07", NOTE])),
        ("cents without a sign", record(&[ID, CUSTOMER, b"\x38\x01\x0a\x03\x16\x01x\x23\x01\x33\x02", NOTE])),
        ("the note is a number", record(&[ID, CUSTOMER, ITEMS, b"\x43\x07"])),
        ("the order is a list", b"\x08\x00".to_vec()),
    ] {
        check_refused(
            &format!("A value of the wrong kind: {what}."),
            &bytes,
            |got| matches!(got, Tagged(Error::WrongKind { .. })),
            "Err(Tagged(WrongKind { … }))",
            "The kind is the second half of the tag, and it is a part of the contract between the two ends. \
             `unsigned`, `text`, `items_of` and `record` look at it; give them the one that you have read.",
        );
    }
}

#[test]
fn an_item_keeps_the_same_rules() {
    for (what, items, expected) in [
        ("no name", &b"\x38\x01\x0a\x02\x23\x02\x34\x63"[..], MissingField { name: "name" }),
        ("no quantity", b"\x38\x01\x0a\x02\x16\x03pen\x34\x63", MissingField { name: "quantity" }),
        ("no cents", b"\x38\x01\x0a\x02\x16\x03pen\x23\x02", MissingField { name: "cents" }),
        ("two names", b"\x38\x01\x0a\x02\x16\x03pen\x16\x03pen", FieldTwice { name: "name" }),
        (
            "a quantity of 2^32",
            b"\x38\x01\x0a\x03\x16\x03pen\x23\x80\x80\x80\x80\x10\x34\x63",
            TooLarge { name: "quantity", got: 1 << 32 },
        ),
    ] {
        check_refused(
            &format!("An item has {what}."),
            &record(&[ID, CUSTOMER, items, NOTE]),
            |got| *got == expected,
            &format!("Err({expected:?})"),
            "`item` was there already, and finds that. `items_of` calls it for each item.",
        );
    }
    check_read(
        "An item has a field that you do not know.",
        &record(&[ID, CUSTOMER, b"\x38\x01\x0a\x04\x16\x03pen\x45\0\0\0\0\0\0\0\0\x23\x02\x34\x63", NOTE]),
        &sample(),
        "`item` was there already, and steps over it. `items_of` calls it for each item.",
    );
}

#[test]
fn a_text_is_utf_8() {
    for (what, bytes) in [
        ("customer", record(&[ID, b"\x26\x01\xff", ITEMS, NOTE])),
        ("note", record(&[ID, CUSTOMER, ITEMS, b"\x46\x02\xc3\x28"])),
        ("name of an item", record(&[ID, CUSTOMER, b"\x38\x01\x0a\x03\x16\x01\x80\x23\x01\x34\x02", NOTE])),
    ] {
        check_refused(
            &format!("The {what} is not UTF-8."),
            &bytes,
            |got| matches!(got, Tagged(Error::NotUtf8 { .. })),
            "Err(Tagged(NotUtf8 { … }))",
            "A `String` holds UTF-8. Whoever replaces what is none, or leaves it out, changes somebody's \
             name. `text` looks at it.",
        );
    }
}

#[test]
fn nothing_may_be_left_over() {
    for count in [1, 9] {
        let bytes = [record(&[ID, CUSTOMER, ITEMS, NOTE]), vec![0; count]].concat();
        check_refused(
            "Behind the order there are more bytes.",
            &bytes,
            |got| *got == LeftOver { count },
            &format!("Err(LeftOver {{ count: {count} }})"),
            "The order ended before the body did: the two ends do not mean the same by these bytes, or \
             somebody is smuggling. `reader.left()` tells how many there are.",
        );
    }
}

#[test]
fn a_cut_order_is_an_error() {
    let bytes = record(&[ID, CUSTOMER, ITEMS, NOTE]);
    for cut in 0..bytes.len() {
        check_refused(
            &format!("Of {} bytes only {cut} came.", bytes.len()),
            &bytes[..cut],
            |got| matches!(got, Tagged(Error::Varint { .. } | Error::Truncated { .. })),
            "Err(Tagged(Varint { … })) or Err(Tagged(Truncated { … }))",
            "The reader finds that out; hand its error on with `?`. An order that is cut is none.",
        );
    }
}

#[test]
fn the_limits_hold() {
    let bytes = record(&[ID, CUSTOMER, ITEMS, NOTE, b"\x58\x03\x00\x00\x00"]);
    let ample = Limits { max_depth: 3, max_elements: 12, max_text: 10, max_total: bytes.len() };
    for (limits, expected) in [
        (Limits { max_total: bytes.len() - 1, ..ample }, LimitError::TooBig { got: 39, limit: 38 }),
        (Limits { max_depth: 2, ..ample }, LimitError::TooDeep { limit: 2 }),
        (Limits { max_elements: 11, ..ample }, LimitError::TooManyElements { limit: 11 }),
        (Limits { max_text: 9, ..ample }, LimitError::TextTooLong { got: 10, limit: 9 }),
    ] {
        let got = read_within(&bytes, &ample);
        if got != Ok(sample()) {
            Failure::new("An order that keeps all limits was refused.")
                .show("the bytes", drawn(&bytes))
                .expected(format_args!("Ok({:?})", sample()))
                .got(format_args!("{got:?}"))
                .because(format_args!(
                    "The limits are {ample:?}. Count each record, list and field once: `record` and \
                     `items_of` do it."
                ))
                .page(PAGE)
                .raise();
        }
        let got = read_within(&bytes, &limits);
        if got != Err(Tagged(Error::Limit(expected))) {
            Failure::new("The bytes ask for more than they may.")
                .show("the bytes", drawn(&bytes))
                .expected(format_args!("Err(Tagged(Limit({expected:?})))"))
                .got(format_args!("{got:?}"))
                .because(
                    "The reader counts as it reads, also what it steps over. Read with it, and hand its \
                     error on with `?`.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn orders_stand_behind_each_other() {
    const COUNT: usize = 100;
    let one = record(&[ID, CUSTOMER, ITEMS, NOTE]);
    let limits = Limits { max_depth: 3, ..Limits::default() };
    let got = read_each(&one.repeat(COUNT), COUNT, &limits);
    if got != (Ok(vec![sample(); COUNT]), 0) {
        let (symptom, because) = match &got.0 {
            Err(Tagged(Error::Limit(LimitError::TooDeep { .. }))) => (
                "Orders stand beside each other, and were counted as if each stood inside of the one before.",
                "`record` goes one level deeper. When the last field has been read, `reader.leave()` comes \
                 back: an order, its list and an item are three levels, and so is the next order.",
            ),
            _ => (
                "Orders stand behind each other, and one reader reads them all.",
                "If other tests are red too, begin with them: they look at one order alone.",
            ),
        };
        Failure::new(symptom)
            .show("each of them", drawn(&one))
            .expected(format_args!("{COUNT} orders, and no byte is left"))
            .got(match &got.0 {
                Ok(orders) => format!("{} orders; bytes that are left: {}", orders.len(), got.1),
                Err(error) => format!("Err({error:?})\n            {error}"),
            })
            .because(because)
            .page(PAGE)
            .raise();
    }
}

// ---- there and back ----

#[test]
fn any_order_goes_there_and_back() {
    let mut numbers = Numbers(302);
    for _ in 0..300 {
        let order = numbers.order();
        let bytes = write(&order);
        let theirs = tagged::to_vec(&order).expect("an order has bytes");
        check_written("An order made up by chance.", &theirs, &bytes);
        check_read(
            "What you wrote you do not read. [S-01]",
            &bytes,
            &order,
            "If other tests are red too, begin with those: they look at one thing at a time.",
        );
    }
}

#[test]
fn what_you_accept_the_chapter_accepts() {
    let mut numbers = Numbers(303);
    for _ in 0..2000 {
        let mut bytes = tagged::to_vec(&numbers.order()).expect("an order has bytes");
        for _ in 0..=numbers.below(2) {
            let place = numbers.below(bytes.len());
            bytes[place] = numbers.below(64) as u8;
        }
        let got = read(&bytes);
        let theirs = tagged::from_slice::<Order>(&bytes, &Limits::default());
        if let Ok(mine) = &got
            && theirs.as_ref().ok() != Some(mine)
        {
            Failure::new("You read an order where the chapter reads none, or another one.")
                .show("the bytes", drawn(&bytes))
                .expected(format_args!("{theirs:?}"))
                .got(format_args!("{got:?}"))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
}

const ID: &[u8] = b"\x13\x07";
const CUSTOMER: &[u8] = b"\x26\x03Ann";
const ITEMS: &[u8] = b"\x38\x01\x0a\x03\x16\x03pen\x23\x02\x34\x63";
const NOTE: &[u8] = b"\x46\x0aring twice";

/// The order of these four fields.
fn sample() -> Order {
    order(7, "Ann", vec![item("pen", 2, -50)], Some("ring twice"))
}

#[track_caller]
fn check_order(symptom: &str, order: &Order) {
    let expected = tagged::to_vec(order).expect("an order has bytes");
    check_written(symptom, &expected, &write(order));
}

#[track_caller]
fn check_read(symptom: &str, bytes: &[u8], expected: &Order, because: &str) {
    let got = read(bytes);
    if got.as_ref() == Ok(expected) {
        return;
    }
    let said = match &got {
        Err(error) => format!("Err({error:?})\n            {error}"),
        Ok(order) => format!("Ok({order:?})"),
    };
    Failure::new(symptom)
        .show("the bytes", drawn(bytes))
        .expected(format_args!("Ok({expected:?})"))
        .got(said)
        .because(cause(&got, "Tagged", because))
        .page(PAGE)
        .raise();
}

#[track_caller]
fn check_refused(
    symptom: &str,
    bytes: &[u8],
    right: impl Fn(&OrderError) -> bool,
    expected: &str,
    because: &str,
) {
    let got = read(bytes);
    if got.as_ref().is_err_and(right) {
        return;
    }
    Failure::new(symptom)
        .show("the bytes", drawn(bytes))
        .expected(expected)
        .got(format_args!("{got:?}"))
        .because(cause(&got, expected, because))
        .page(PAGE)
        .raise();
}

/// The likely cause, when it is another one than the test is about.
fn cause<'a>(got: &Result<Order, OrderError>, expected: &str, because: &'a str) -> &'a str {
    match got {
        Err(Tagged(Error::WrongNumber { at: 0, .. })) => {
            "You read the tag of a field where the order begins. Its own tag, and the count of its fields, \
             come first: `record(reader)?` reads them."
        }
        Err(Tagged(_)) if !expected.contains("Tagged") => {
            "You stopped at something else before that. If other tests are red too, begin with them: they \
             look at one thing at a time."
        }
        _ => because,
    }
}
