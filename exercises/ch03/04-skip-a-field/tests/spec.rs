//! # Spec of 03-04: skip an unknown field
//!
//! Two programs are never renewed in the same night. So a program of today gets messages of next year: with a
//! field that it does not know, somewhere between those that it needs. JSON's reader finds the end of such a
//! field by its quotes and braces. Here it is the kind in the tag that tells how long a value is, and that is
//! the whole reason why the kind is there.
//!
//! Who steps over bytes steps over a stranger's bytes: each length and each count in them is a claim, and values
//! may be nested as deep as there are bytes.

mod harness;

use ch03_codec::shop::{Item, Order};
use ch03_codec::tagged::varint::VarintError;
use ch03_codec::tagged::{self, Kind, Reader, Tag, tag};
use ch03_codec::{Budget, Limits};
use harness::{Left, Numbers, PAGE, drawn, field, next_tag, skip, skip_counting, take, value};
use serde::Serialize;
use skip_a_field::{MAX_DEPTH, SkipError};
use spec_kit::Failure;

// ---- take ----

#[test]
fn take_takes_from_the_front() {
    for (length, expected) in [(0, ""), (1, "p"), (3, "pen"), (6, "pencil")] {
        let got = take(b"pencil", length);
        if got != (Ok(expected.as_bytes().to_vec()), 6 - expected.len()) {
            Failure::new(format_args!("Of \"pencil\" {} to be taken.", if length == 1 { "1 byte was".to_owned() } else { format!("{length} bytes were") }))
                .expected(format_args!("Ok({expected:?}), and {}", left_over(6 - expected.len())))
                .got(in_words(&got))
                .because("`split_at_checked` gives both: what is taken, and the rest. `*input = rest` leaves the rest there.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn take_looks_before_it_takes() {
    for length in [7, 1 << 40, 1 << 63, u64::MAX] {
        // What is left of the input after an error is nobody's business.
        let (got, _) = take(b"pencil", length);
        let expected = Err(SkipError::Truncated { needed: length, left: 6 });
        if got != expected {
            Failure::new(format_args!("{length} bytes were announced, and 6 are there."))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(
                    "A length is a claim. `needed` is what was announced, `left` how many bytes there were. (A length of 64 bits may not fit into a `usize`: `as` would cut it, \
                     `usize::try_from` says so.)",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- next_tag ----

#[test]
fn a_tag_is_a_number_and_a_kind() {
    for (bytes, field, number, kind) in [
        (&b"\x13\x07"[..], true, 1, Kind::Unsigned),
        (b"\x0a\x04", false, 0, Kind::Record),
        (b"\x0b\x00", false, 0, Kind::Variant),
        (b"\x86\x01x", true, 8, Kind::Text),
        (b"\xf0\xff\xff\xff\xff\x01!", true, u32::MAX, Kind::Null),
    ] {
        let got = next_tag(bytes, field);
        let left = if bytes.len() > 3 { 1 } else { bytes.len() - if bytes[0] < 0x80 { 1 } else { 2 } };
        let expected = (Ok(Tag { number, kind }), left);
        if got != expected {
            Failure::new("A tag was to be taken off the front.")
                .show("the bytes", drawn(bytes))
                .show(
                    "asked for",
                    if field { "the tag of a field" } else { "the tag of a value that is no field" },
                )
                .expected(in_words(&expected))
                .got(in_words(&got))
                .because("A tag is a varint; `Tag::from_code` takes it apart.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_unknown_kind_has_no_length() {
    for (bytes, code) in [
        (&b"\x0c\x00"[..], 12),
        (b"\x1d\x00", 29),
        (b"\x2f\x00", 47),
        (b"\x80\x80\x80\x80\x80\x02\x00", 1 << 36),
    ] {
        for field in [true, false] {
            let got = next_tag(bytes, field);
            if got.0 != Err(SkipError::UnknownTag { code }) {
                Failure::new("There is no such kind, or no such number of a field.")
                    .show("the bytes", drawn(bytes))
                    .expected(format_args!("Err(UnknownTag {{ code: {code} }})"))
                    .got(format_args!("{:?}", got.0))
                    .because(
                        "Kinds are 0 to 11. What 12 to 15 will be nobody knows, so nobody knows how long it \
                         is: not 0 bytes, not one varint. An unknown field can be stepped over, an unknown \
                         kind cannot.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn a_field_has_a_number_and_nothing_else_has_one() {
    for (bytes, field, number) in [(b"\x03\x07", true, 0), (b"\x13\x07", false, 1), (b"\x73\x07", false, 7)] {
        let got = next_tag(bytes, field);
        if got.0 != Err(SkipError::WrongNumber { number }) {
            Failure::new(if field {
                "A field of a record has no number."
            } else {
                "A value that is no field has the number of one."
            })
            .show("the bytes", drawn(bytes))
            .expected(format_args!("Err(WrongNumber {{ number: {number} }})"))
            .got(format_args!("{:?}", got.0))
            .because(
                "Fields count from 1; 0 says: no field. Where the two are mixed up, a length or a count \
                 before it was wrong, and we are reading something as a tag that is none.",
            )
            .page(PAGE)
            .raise();
        }
    }
}

// ---- skip ----

#[test]
fn each_kind_has_its_length() {
    for (kind, payload, what) in [
        (Kind::Null, &b""[..], "A null has no payload."),
        (Kind::False, b"", "False has no payload: the kind says it all."),
        (Kind::True, b"", "True has no payload: the kind says it all."),
        (Kind::Unsigned, b"\x07", "A number is a varint."),
        (Kind::Unsigned, b"\xac\x02", "A number is a varint: here two bytes."),
        (Kind::Signed, b"\x63", "A number with a sign is a varint, too."),
        (
            Kind::Signed,
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            "A number with a sign is a varint: here ten bytes.",
        ),
        (Kind::Double, b"\x00\x00\x00\x00\x00\x00\xf0\x3f", "A double is eight bytes, whatever is in them."),
        (Kind::Double, b"\xff\xff\xff\xff\xff\xff\xff\xff", "A double is eight bytes, whatever is in them."),
        (Kind::Text, b"\x03pen", "A text is a length, and so many bytes."),
        (Kind::Text, b"\x00", "A text without a letter is a length of 0."),
        (Kind::Text, "\x06Zo\u{eb}\u{e9}".as_bytes(), "The length of a text counts bytes, not letters."),
        (Kind::Text, b"\x02\xff\xfe", "Nobody will read this text: whether it is UTF-8 is not asked."),
        (Kind::Bytes, b"\x04\x00\xff\x00\xff", "Bytes are a length, and so many bytes."),
        (Kind::List, b"\x00", "An empty list is a count of 0."),
        (Kind::List, b"\x02\x03\x07\x06\x01x", "A list is a count, and so many values with their tags."),
        (Kind::List, b"\x02\x00\x08\x01\x03\x07", "In a list there may be another one."),
        (Kind::Map, b"\x00", "An empty map is a count of 0."),
        (Kind::Map, b"\x01\x06\x01k\x03\x07", "The count of a map counts pairs: each is a key and a value."),
        (
            Kind::Map,
            b"\x02\x03\x01\x00\x03\x02\x01",
            "The count of a map counts pairs: each is a key and a value.",
        ),
        (Kind::Record, b"\x00", "A record without fields is a count of 0."),
        (
            Kind::Record,
            b"\x02\x13\x07\x26\x03Ann",
            "A record is a count, and so many fields: tags with numbers.",
        ),
        (Kind::Record, b"\x01\x8a\x01\x01\x10", "A record in field 8 of a record."),
        (Kind::Variant, b"\x00\x00", "A variant is its index, and one value with its tag: here a null."),
        (Kind::Variant, b"\xac\x02\x0a\x01\x13\x07", "A variant with an index of two bytes holds a record."),
        (
            Kind::Variant,
            b"\x80\x80\x80\x80\x10\x00",
            "The index of a variant is a varint, and nobody asks what it means: here 2^32.",
        ),
        (
            Kind::Variant,
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x03\x07",
            "The index of a variant is a varint, and nobody asks what it means: here ten bytes.",
        ),
        (
            Kind::Variant,
            b"\x05\x03\x07",
            "The index of a variant says nothing about its length: one value follows.",
        ),
    ] {
        // What comes behind it would be good as a value, as a field, and as a number.
        for behind in [&b""[..], b"\x10\x03\x07", b"\x00\x00\x00\x00\x00\x00\x00\x00\x00"] {
            let payload = [payload, behind].concat();
            let got = skip(&payload, kind, MAX_DEPTH);
            let expected = (Ok(()), behind.len());
            if got != expected {
                Failure::new(what)
                    .show(
                        format_args!(
                            "the {}, whose tag has been read, and what comes behind it",
                            kind.name()
                        ),
                        value(kind, &payload),
                    )
                    .expected(in_words(&expected))
                    .got(in_words(&got))
                    .because(match &got {
                        (Ok(()), left) if *left < behind.len() => {
                            "You took bytes of the next value: it will be read from its middle."
                        }
                        (Ok(()), _) => {
                            "Bytes of this value are left: whoever goes on will take them for a tag. (See \
                             the picture at the top of `src/lib.rs`.)"
                        }
                        (Err(SkipError::WrongNumber { .. }), _) => {
                            "What was read as a tag is none, or is one of the other sort: a record holds \
                             fields, with numbers; lists, maps and variants hold values, without."
                        }
                        (Err(_), _) => "There is nothing wrong with this value.",
                    })
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn values_in_values_are_values() {
    // An order with everything, in a list, in a variant, in a map.
    let order = tagged::to_vec(&sample()).expect("an order has bytes");
    let list = [b"\x08\x02", &order[..], &order].concat();
    let variant = [b"\x0b\x03", &list[..]].concat();
    let map = [b"\x02\x06\x01a", &variant[..], b"\x06\x01b", &order].concat();
    let got = skip(&[&map[..], b"\x03\x07"].concat(), Kind::Map, MAX_DEPTH);
    let expected = (Ok(()), 2);
    if got != expected {
        Failure::new("A map came, of a variant, of a list, of orders.")
            .show("the value", value(Kind::Map, &map))
            .expected(in_words(&expected))
            .got(in_words(&got))
            .because(
                "What is inside of a value is a tag and a payload again: `skip` steps over it. The number \
                 belongs to what it stands in: after a record has ended, the list around it goes on without \
                 numbers.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn inner_tags_are_looked_at() {
    for (kind, payload, expected) in [
        (Kind::List, &b"\x01\x13\x07"[..], SkipError::WrongNumber { number: 1 }),
        (Kind::Map, b"\x01\x03\x07\x13\x07", SkipError::WrongNumber { number: 1 }),
        (Kind::Variant, b"\x00\x13\x07", SkipError::WrongNumber { number: 1 }),
        (Kind::Record, b"\x01\x03\x07", SkipError::WrongNumber { number: 0 }),
        (Kind::Record, b"\x02\x13\x07\x00", SkipError::WrongNumber { number: 0 }),
        (Kind::List, b"\x01\x0c", SkipError::UnknownTag { code: 12 }),
        (Kind::Record, b"\x01\x1f", SkipError::UnknownTag { code: 31 }),
        (Kind::Variant, b"\x00\x0d", SkipError::UnknownTag { code: 13 }),
    ] {
        check_refused(
            "Inside of the value stands a tag that cannot be there.",
            kind,
            payload,
            MAX_DEPTH,
            expected,
            "A record holds fields: `next_tag(input, true)`. Lists, maps and variants hold values: \
             `next_tag(input, false)`. Hand its error on: nobody knows how long a value is whose tag is \
             wrong.",
        );
    }
}

#[test]
fn a_claim_is_not_believed() {
    for (kind, payload, needed, left) in [
        (Kind::Double, &b"\x00\x00\x00\x00\x00\x00\xf0"[..], 8, 7),
        (Kind::Text, b"\x04pen", 4, 3),
        (Kind::Bytes, b"\x01", 1, 0),
        (Kind::Text, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01pen", u64::MAX, 3),
        (Kind::List, b"\x05\x00\x00", 5, 2),
        (Kind::Record, b"\x03\x10\x20", 3, 2),
        (Kind::Map, b"\x03\x00\x00", 3, 2),
        (Kind::List, b"\x80\x80\x80\x80\x80\x80\x80\x80\x10\x00", 1 << 60, 1),
        (Kind::Record, b"\x80\x80\x80\x80\x80\x80\x80\x80\x10\x10", 1 << 60, 1),
        (Kind::Map, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00", u64::MAX, 1),
        (Kind::List, b"\x01\x06\x09pen", 9, 3),
    ] {
        check_refused(
            "More was announced than is there.",
            kind,
            payload,
            MAX_DEPTH,
            SkipError::Truncated { needed, left },
            "Every value takes a byte at least, so a count above what is left is a lie, and so is a length. \
             It is refused at once, before the first step: `count` and `take` do that. Who begins to step \
             finds out too late, after as much work as the stranger liked.",
        );
    }
}

#[test]
fn a_maps_count_alone_is_compared() {
    for (kind, payload) in [(Kind::Map, &b"\x03\x00\x00\x00\x00"[..]), (Kind::List, b"\x01\x09\x01\x00")] {
        check_refused(
            "A map's count is no larger than the bytes that are left. But there are not bytes for all its pairs.",
            kind,
            payload,
            MAX_DEPTH,
            SkipError::Varint(VarintError::Truncated),
            "The count is compared as it stands there, by `count`: one rule for list, map and record. That a key \
             or a value is missing is found where its tag should be: there is no varint.",
        );
    }
}

#[test]
fn a_broken_number_is_no_number() {
    for (kind, payload, expected) in [
        (Kind::Unsigned, &b""[..], VarintError::Truncated),
        (Kind::Signed, b"\x80", VarintError::Truncated),
        (Kind::Unsigned, b"\x80\x00", VarintError::NotShortest),
        (Kind::Text, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02x", VarintError::TooLong),
        (Kind::Bytes, b"", VarintError::Truncated),
        (Kind::List, b"", VarintError::Truncated),
        (Kind::Map, b"\x01\x03\x07", VarintError::Truncated),
        (Kind::Variant, b"", VarintError::Truncated),
        (Kind::Variant, b"\x80\x00\x00", VarintError::NotShortest),
        (Kind::Variant, b"\x07", VarintError::Truncated),
    ] {
        check_refused(
            "A number, a length, a count, an index or a tag is no varint.",
            kind,
            payload,
            MAX_DEPTH,
            SkipError::Varint(expected),
            "`varint::read` finds that out; hand its error on with `?`. (A variant always holds a value: if \
             it has nothing to say, a null. A map's value follows its key.)",
        );
    }
}

// ---- depth ----

#[test]
fn values_may_be_nested_so_deep_and_no_deeper() {
    for kind in [Kind::List, Kind::Map, Kind::Record, Kind::Variant] {
        for depth in [0, 1, 2, 5, MAX_DEPTH] {
            let payload = nested(kind, depth);
            let got = skip(&payload, Kind::List, depth + 1);
            if got != (Ok(()), 0) {
                Failure::new(format_args!("Levels of {} in a list: {depth}. Allowed with the list: {}.", kind.name(), depth + 1))
                    .show("the value", value(Kind::List, &payload))
                    .expected(in_words(&(Ok(()), 0)))
                    .got(in_words(&got))
                    .because("`depth` is how many levels may still be opened; each list, map, record or variant is one.")
                    .page(PAGE)
                    .raise();
            }
            check_refused(
                &format!("Levels of {} in a list: {depth}. Allowed with the list: {depth}.", kind.name()),
                Kind::List,
                &payload,
                depth,
                SkipError::TooDeep,
                "What is inside gets one level less than what is around it, and a list, a map, a record or a \
                 variant needs one. Each level is a call of `skip` inside of another one, and a stack is \
                 only so long: a hundred thousand bytes of `08 01` would end the whole process, not with an \
                 error, but at once.",
            );
        }
    }
}

#[test]
fn an_empty_one_is_a_level_too() {
    for (kind, payload) in [
        (Kind::List, &b"\x00"[..]),
        (Kind::Map, b"\x00"),
        (Kind::Record, b"\x00"),
        (Kind::Variant, b"\x00\x00"),
    ] {
        check_refused(
            &format!("A {} with nothing in it, and no level is left.", kind.name()),
            kind,
            payload,
            0,
            SkipError::TooDeep,
            "A level is opened by the kind, not by what is inside. So both ends count alike, whatever a \
             message holds.",
        );
    }
}

#[test]
fn a_stack_is_not_a_strangers() {
    for (kind, levels) in [(Kind::List, 300), (Kind::Variant, 300), (Kind::Record, 200), (Kind::Map, 200)] {
        check_refused(
            &format!("{levels} levels of {}, and {MAX_DEPTH} are allowed.", kind.name()),
            Kind::List,
            &nested(kind, levels),
            MAX_DEPTH,
            SkipError::TooDeep,
            "Each level is a call of `skip` inside of another one, and a stack is only so long. A body of a \
             few hundred thousand bytes ends the whole process, not with an error, but at once.",
        );
    }
}

#[test]
fn a_level_is_given_back() {
    // A hundred lists beside each other are two levels, not a hundred and one.
    let payload = [&b"\x64"[..], &b"\x08\x00".repeat(100)].concat();
    let got = skip(&payload, Kind::List, 2);
    if got != (Ok(()), 0) {
        Failure::new("A hundred lists beside each other, in one list: that is two levels.")
            .show("the value", value(Kind::List, &payload))
            .expected(in_words(&(Ok(()), 0)))
            .got(in_words(&got))
            .because(
                "Each of them may go as deep as the first. Who counts levels down in one variable, for all \
                 of them, must count up again behind each.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn nothing_is_kept() {
    let order = tagged::to_vec(&sample()).expect("an order has bytes");
    let payload = [&b"\xe8\x07"[..], &order.repeat(1000)].concat();
    let (got, times, bytes) = skip_counting(&payload, Kind::List);
    if got != (Ok(()), 0) || times > 0 {
        Failure::new("A thousand orders were stepped over.")
            .expected(format_args!("{}, and no memory is asked for", in_words(&(Ok(()), 0))))
            .got(format_args!("{}; memory was asked for {times} times, {bytes} bytes in all", in_words(&got)))
            .because("Nobody wants these values. Whoever steps over something needs to know its length, and keeps nothing.")
            .page(PAGE)
            .raise();
    }
}

// ---- field ----

#[test]
fn each_field_of_an_order_is_found() {
    let record = order_payload();
    for (number, expected) in [
        (1, &b"\xac\x02"[..]),
        (2, b"\x03Ann"),
        (3, b"\x02\x0a\x03\x16\x03pen\x23\x02\x34\x64\x0a\x03\x16\x08discount\x23\x01\x34\x63"),
        (4, b"\x04soon"),
    ] {
        check_field("An order of four fields.", &record, number, Some(expected), because_found(number));
    }
}

#[test]
fn what_is_not_there_is_none() {
    check_field(
        "The order has fields 1 to 4.",
        &order_payload(),
        5,
        None,
        "All of them were stepped over, and none was it. That is no error: an older program does not write \
         it yet.",
    );
    check_field(
        "A record without any field.",
        b"\x00",
        1,
        None,
        "There is nothing to look at. That is no error.",
    );
    for number in [0, u32::MAX] {
        check_field(
            "Any number may be asked for.",
            &order_payload(),
            number,
            None,
            "None of its fields has this number: fields count from 1, and this record ends with field 4. That \
             is no error.",
        );
    }
}

#[test]
fn a_number_is_compared_whole() {
    // Cut to 8 or 16 bits, each of these is field 1.
    for large in [257, 65_537, 1 << 31 | 1] {
        let mut record = b"\x02".to_vec();
        tag::write(large, Kind::Unsigned, &mut record);
        record.extend(b"\x09\x13\x07");
        for (number, payload) in [(1, &b"\x07"[..]), (large, b"\x09")] {
            check_field(
                &format!("A record has the fields {large} and 1."),
                &record,
                number,
                Some(payload),
                "A number has 32 bits, and all of them count: `as u8` or `as u16` makes one number of many.",
            );
        }
    }
    let mut record = b"\x01".to_vec();
    tag::write(u32::MAX, Kind::Null, &mut record);
    check_field(
        "Field 2^32 - 1 is the last that there can be.",
        &record,
        u32::MAX,
        Some(b""),
        because_found(2),
    );
}

#[test]
fn a_field_is_found_behind_unknown_ones() {
    for unknown in [
        &b"\x93\x01\x09"[..],
        b"\x96\x01\x03new",
        b"\x90\x01",
        b"\x95\x01\x00\x00\x00\x00\x00\x00\xf0\x3f",
        b"\x98\x01\x02\x03\x01\x03\x02",
        b"\x99\x01\x01\x06\x01k\x08\x00",
        b"\x9b\x01\x07\x0a\x01\x50",
    ] {
        let record = [b"\x02", unknown, b"\x53\x2a"].concat();
        check_field(
            "Field 9 is unknown, and field 5 comes behind it.",
            &record,
            5,
            Some(b"\x2a"),
            "Read a tag, step over the payload, and again, as often as the count says. Fields come in any \
             order.",
        );
    }
}

#[test]
fn a_field_is_one_of_this_record() {
    // Field 1 is a record that has a field 5 of its own; so has the record in the list of field 2.
    let record = b"\x03\x1a\x01\x53\x63\x28\x01\x0a\x01\x53\x62\x53\x2a";
    check_field(
        "Records inside of this one have a field 5, too.",
        record,
        5,
        Some(b"\x2a"),
        "Field 5 of an item is another thing than field 5 of the order. What is inside of a field is stepped \
         over as a whole, and not searched.",
    );
    check_field(
        "Only a record inside of this one has a field 5.",
        b"\x01\x1a\x01\x53\x63",
        5,
        None,
        "Field 5 of an item is another thing than field 5 of the order. What is inside of a field is stepped \
         over as a whole, and not searched.",
    );
    // The inner record's payload is a record again.
    let inner = field(record, 1).ok().flatten().unwrap_or_default();
    check_field("The payload of a record in field 1.", &inner, 5, Some(b"\x63"), because_found(5));
}

#[test]
fn a_payload_without_bytes_is_found() {
    for record in [&b"\x02\x10\x20"[..], b"\x02\x13\x07\x21"] {
        check_field(
            "Field 2 is there: a null or a false, without a payload.",
            record,
            2,
            Some(b""),
            "It is there, and its payload has 0 bytes. That is another thing than not being there.",
        );
    }
}

#[test]
fn the_first_of_two_is_found() {
    check_field(
        "Field 2 comes twice.",
        b"\x03\x13\x07\x23\x01\x23\x02",
        2,
        Some(b"\x01"),
        "The first one. What comes behind it is not looked at.",
    );
}

#[test]
fn what_comes_behind_is_not_looked_at() {
    check_field(
        "Behind field 1 comes a kind that nobody knows, and behind the record something else.",
        b"\x02\x13\x07\x2f\xff\xff",
        1,
        Some(b"\x07"),
        "Field 1 was found before that. There is no need to go on.",
    );
    check_field(
        "Behind the record comes the next value. It is not a part of it.",
        b"\x01\x13\x07\x23\x08",
        2,
        None,
        "The count says how many fields the record has. There is one, and it is not field 2.",
    );
}

#[test]
fn a_field_behind_an_error_is_not_found() {
    for (record, number, expected) in [
        (&b"\x02\x1c\x23\x07"[..], 2, SkipError::UnknownTag { code: 28 }),
        (b"\x02\x03\x07\x23\x07", 2, SkipError::WrongNumber { number: 0 }),
        (b"\x02\x16\x09pen", 2, SkipError::Truncated { needed: 9, left: 3 }),
        (b"\x02\x16\x09pen", 1, SkipError::Truncated { needed: 9, left: 3 }),
        (b"\x05\x13\x07", 1, SkipError::Truncated { needed: 5, left: 2 }),
        (b"\x02\x13\x07", 2, SkipError::Varint(VarintError::Truncated)),
        (b"", 1, SkipError::Varint(VarintError::Truncated)),
    ] {
        let got = field(record, number);
        if got != Err(expected) {
            Failure::new(format_args!("The way to field {number} is blocked."))
                .show("the record, whose tag has been read", value(Kind::Record, record))
                .expected(format_args!("Err({expected:?})"))
                .got(format_args!("{got:?}"))
                .because(if matches!(got, Err(other) if other != expected) {
                    "You stopped at another error. `record` begins with the count: the record's own tag has \
                     been read. If the tests of `skip` are red too, begin with them."
                } else {
                    "Who cannot step over a field does not know where the next one begins: `None` would be a \
                     guess, and so would be a number found behind it. Hand the error on."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn values_of_fields_may_be_64_deep() {
    for (levels, deep) in [(MAX_DEPTH - 1, false), (MAX_DEPTH, true)] {
        // Field 1 is a list of so many more.
        let record = [b"\x02\x18", &nested(Kind::List, levels)[..], b"\x23\x07"].concat();
        let (got, expected) =
            (field(&record, 2), if deep { Err(SkipError::TooDeep) } else { Ok(Some(b"\x07".to_vec())) });
        if got != expected {
            Failure::new(format_args!("Before field 2 comes a list, {} levels deep in all.", levels + 1))
                .show("the record, whose tag has been read", value(Kind::Record, &record))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because("The value of each field may be `MAX_DEPTH` levels deep.")
                .page(PAGE)
                .raise();
        }
    }
}

// ---- whatever comes ----

#[test]
fn any_value_is_stepped_over() {
    let mut numbers = Numbers(304);
    for round in 0..2000 {
        let mut bytes = Vec::new();
        numbers.value(0, 4, &mut bytes);
        let kind = Kind::ALL[usize::from(bytes.remove(0))];
        if round % 2 == 1 && !bytes.is_empty() {
            let place = numbers.below(bytes.len());
            bytes[place] = numbers.below(64) as u8;
        }
        let depth = 5;
        let limits = Limits { max_depth: depth, ..Limits::default() };
        let budget = Budget::new(&limits);
        let mut reader = Reader::new(&bytes, &budget);
        let theirs = reader.skip(kind);
        let got = skip(&bytes, kind, depth);
        let same = match (&theirs, &got) {
            (Ok(()), (Ok(()), left)) => *left == reader.left(),
            (Err(_), (Err(_), _)) => true,
            _ => false,
        };
        if !same {
            Failure::new("A value made up by chance, and you do not step over it as the chapter does.")
                .show("the value", value(kind, &bytes))
                .expected(format_args!("{theirs:?}, and {}", left_over(reader.left())))
                .got(in_words(&got))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn what_a_newer_program_writes_is_found() {
    /// An order of next year.
    #[derive(Serialize)]
    struct Newer {
        id: u64,
        customer: String,
        items: Vec<Item>,
        note: Option<String>,
        gift: Option<Gift>,
        weight: f64,
        tags: Vec<String>,
        priority: u32,
    }
    #[derive(Serialize)]
    enum Gift {
        Wrapped { paper: String },
    }
    let Order { id, customer, items, note } = sample();
    let newer = Newer {
        id,
        customer,
        items,
        note,
        gift: Some(Gift::Wrapped { paper: "blue".into() }),
        weight: 1.5,
        tags: vec!["spring".into(), "new".into()],
        priority: 300,
    };
    let bytes = tagged::to_vec(&newer).expect("it has bytes");
    for (number, payload) in [(8, &b"\xac\x02"[..]), (4, b"\x04soon"), (6, &1.5f64.to_le_bytes())] {
        check_field(
            "A newer program has written an order with eight fields.",
            &bytes[1..],
            number,
            Some(payload),
            because_found(number),
        );
    }
}

/// `levels` values of `kind` in each other, in a list; in the innermost is a null.
fn nested(kind: Kind, levels: u32) -> Vec<u8> {
    let before: &[u8] = match kind {
        Kind::Map => b"\x09\x01\x00",
        // In a record of one field stands a list; so its levels count double.
        Kind::Record => b"\x0a\x01\x18\x01",
        Kind::Variant => b"\x0b\x00",
        _ => b"\x08\x01",
    };
    let mut payload = b"\x01".to_vec();
    let mut left = levels;
    while left > 0 {
        if kind == Kind::Record && left == 1 {
            payload.extend(b"\x08\x01");
            left -= 1;
        } else {
            payload.extend(before);
            left -= if kind == Kind::Record { 2 } else { 1 };
        }
    }
    payload.push(0);
    payload
}

fn sample() -> Order {
    let item = |name: &str, quantity, cents| Item { name: name.into(), quantity, cents };
    Order {
        id: 300,
        customer: "Ann".into(),
        items: vec![item("pen", 2, 50), item("discount", 1, -50)],
        note: Some("soon".into()),
    }
}

/// An order without the tag before it.
fn order_payload() -> Vec<u8> {
    tagged::to_vec(&sample()).expect("an order has bytes").split_off(1)
}

fn because_found(number: u32) -> &'static str {
    match number {
        1 => "The payload begins behind the field's tag, and ends where the next field's tag begins.",
        _ => {
            "Step over all the fields before it. The payload begins behind the field's tag, and ends where \
             stepping over it ends."
        }
    }
}

fn in_words<T: std::fmt::Debug>((said, left): &Left<T>) -> String {
    format!("{said:?}, and {}", left_over(*left))
}

fn left_over(count: usize) -> String {
    if count == 1 { "1 byte is left".to_owned() } else { format!("{count} bytes are left") }
}

#[track_caller]
fn check_refused(symptom: &str, kind: Kind, payload: &[u8], depth: u32, expected: SkipError, because: &str) {
    let got = skip(payload, kind, depth);
    if got.0 != Err(expected) {
        Failure::new(symptom)
            .show(format_args!("the {}, whose tag has been read", kind.name()), value(kind, payload))
            .expected(format_args!("Err({expected:?})"))
            .got(format_args!("{:?}", got.0))
            .because(match got.0 {
                Err(SkipError::TooDeep) => {
                    "It is not too deep: `depth` is how many levels may still be opened. It gets less on the \
                     way in, and 0 is the end."
                }
                _ => because,
            })
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
fn check_field(symptom: &str, record: &[u8], number: u32, expected: Option<&[u8]>, because: &str) {
    let got = field(record, number);
    let hex = |found: Option<&[u8]>| match found {
        None => "None".to_owned(),
        Some(bytes) => format!("Some({bytes:02x?})"),
    };
    let right = matches!(&got, Ok(found) if found.as_deref() == expected);
    if !right {
        let because = match &got {
            Ok(Some(found))
                if expected
                    .is_some_and(|expected| found.ends_with(expected) && found.len() > expected.len()) =>
            {
                "You gave the tag as well. The payload begins behind it."
            }
            Err(_) => {
                "You stopped at an error on the way, and there is none. `record` begins with the count: the \
                 record's own tag has been read. If the tests of `skip` are red too, begin with them."
            }
            _ => because,
        };
        Failure::new(format_args!("{symptom} You were asked for field {number}."))
            .show("the record, whose tag has been read", value(Kind::Record, record))
            .expected(format_args!("Ok({})", hex(expected)))
            .got(got.as_ref().map_or_else(
                |error| format!("Err({error:?})"),
                |found| format!("Ok({})", hex(found.as_deref())),
            ))
            .because(because)
            .page(PAGE)
            .raise();
    }
}
