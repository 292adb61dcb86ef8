//! Your functions, called so that no panic goes unexplained; orders and their bytes, explained line by line.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch03_codec::dump::{Line, show};
use ch03_codec::shop::{Item, Order};
use ch03_codec::tagged::{self, Kind, Reader, Tag, varint};
use ch03_codec::{Budget, Limits};
use order_by_hand::OrderError;
use spec_kit::{Failure, TIMED_OUT, within};

pub const PAGE: &str = "chapter 3, \"A tag before every value\"";

/// What `write_order` appends.
#[track_caller]
pub fn write(order: &Order) -> Vec<u8> {
    let order = order.clone();
    told("write_order", &format!("{order:#?}"), move || {
        let mut out = Vec::new();
        order_by_hand::write_order(&order, &mut out);
        out
    })
}

/// What `write_item` appends.
#[track_caller]
pub fn write_item(item: &Item) -> Vec<u8> {
    let item = item.clone();
    told("write_item", &format!("{item:#?}"), move || {
        let mut out = Vec::new();
        order_by_hand::write_item(&item, &mut out);
        out
    })
}

/// What `write_text` appends.
#[track_caller]
pub fn write_text(number: u32, text: &str) -> Vec<u8> {
    let text = text.to_owned();
    told("write_text", &format!("field {number}, {text:?}"), move || {
        let mut out = Vec::new();
        order_by_hand::write_text(number, &text, &mut out);
        out
    })
}

#[track_caller]
pub fn read(bytes: &[u8]) -> Result<Order, OrderError> {
    read_within(bytes, &Limits::default())
}

#[track_caller]
pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<Order, OrderError> {
    let (owned, limits) = (bytes.to_vec(), *limits);
    told("read_order", &drawn(bytes), move || order_by_hand::read_order(&owned, &limits))
}

/// What `order` says when one reader reads so many orders, and how many bytes it leaves.
#[track_caller]
pub fn read_each(bytes: &[u8], count: usize, limits: &Limits) -> (Result<Vec<Order>, OrderError>, usize) {
    let (owned, limits) = (bytes.to_vec(), *limits);
    told("order", &drawn(bytes), move || {
        let budget = Budget::new(&limits);
        let mut reader = Reader::new(&owned, &budget);
        let orders = (0..count).map(|_| order_by_hand::order(&mut reader)).collect();
        (orders, reader.left())
    })
}

/// Runs one of them on a thread of its own, and waits for a bounded time.
#[track_caller]
fn told<T: Send + 'static>(name: &str, given: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    catch_unwind(AssertUnwindSafe(|| within("an order was written or read", work))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, because) = if text.contains(TIMED_OUT) {
            ("does not come to an end", "Each turn of a loop over fields or items must take one of them.")
        } else if text.contains("attempt to subtract") {
            (
                "panicked",
                "`reader.leave()` comes back from the level that `record` has entered: once for each `record`, and \
                 never without one.",
            )
        } else {
            (
                "panicked",
                "No order and no bytes may make it panic: whatever is missing or wrong in bytes from a \
                 stranger is an `OrderError`. The lines above this message say where it happened.",
            )
        };
        Failure::new(format_args!("`{name}` {symptom}."))
            .show("given", given)
            .expected("an answer")
            .got(format_args!("a panic: {}", text.trim()))
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// The bytes, value by value, with what they say.
pub fn drawn(bytes: &[u8]) -> String {
    shortened(&tagged::dump(bytes))
}

/// Explains a field. Alone it would be a fault, because only a record has fields: so it gets one around it,
/// which is then taken off again.
fn dump_field(bytes: &[u8]) -> Vec<Line> {
    const RECORD_OF_ONE: &[u8] = b"\x0a\x01";
    if bytes.is_empty() {
        return Vec::new();
    }
    let within = |line: Line| {
        // A fault counts from the record's first byte; the line says where it is, too.
        let fault = line.meaning.strip_prefix("fault: byte ").and_then(|fault| fault.split_once(": "));
        Line {
            at: line.at - RECORD_OF_ONE.len(),
            depth: line.depth.saturating_sub(1),
            meaning: fault.map_or(line.meaning.clone(), |(_, said)| format!("fault: {said}")),
            ..line
        }
    };
    tagged::dump(&[RECORD_OF_ONE, bytes].concat()).into_iter().skip(1).map(within).collect()
}

fn shortened(lines: &[Line]) -> String {
    /// An order with three items; more would push the message off the screen.
    const SHOWN: usize = 24;
    match lines.get(..SHOWN) {
        _ if lines.is_empty() => "(no bytes)\n".to_owned(),
        Some(first) if lines.len() > SHOWN => {
            format!("{}… and {} more of {} lines\n", show(first), lines.len() - SHOWN, lines.len())
        }
        _ => show(lines),
    }
}

pub fn item(name: &str, quantity: u32, cents: i64) -> Item {
    Item { name: name.into(), quantity, cents }
}

pub fn order(id: u64, customer: &str, items: Vec<Item>, note: Option<&str>) -> Order {
    Order { id, customer: customer.into(), items, note: note.map(str::to_owned) }
}

/// A record of these fields, each with its tag; no field is counted that is not there.
pub fn record(fields: &[&[u8]]) -> Vec<u8> {
    [&[0x0a, fields.len() as u8], fields.concat().as_slice()].concat()
}

/// Fails when the value that you wrote is not what the chapter writes.
#[track_caller]
pub fn check_written(symptom: &str, expected: &[u8], got: &[u8]) {
    check(tagged::dump, symptom, expected, got);
}

/// Fails when the field that you wrote is not what the chapter writes.
#[track_caller]
pub fn check_field(symptom: &str, expected: &[u8], got: &[u8]) {
    check(dump_field, symptom, expected, got);
}

#[track_caller]
fn check(dump: fn(&[u8]) -> Vec<Line>, symptom: &str, expected: &[u8], got: &[u8]) {
    if got == expected {
        return;
    }
    let lines = dump(expected);
    Failure::new(symptom)
        .show("it should be", shortened(&lines))
        .show("you wrote", shortened(&dump(got)))
        .because(why(&lines, expected, got))
        .page(PAGE)
        .raise()
}

/// Looks at the first value that differs.
fn why(lines: &[Line], expected: &[u8], got: &[u8]) -> String {
    let same = expected.iter().zip(got).take_while(|(expected, got)| expected == got).count();
    let Some(line) = lines.iter().rfind(|line| line.at <= same) else { return String::new() };
    if same == expected.len() {
        return "Up to its end it is right. Then come bytes that nobody has counted. (A null has no payload, \
                and a text has no end but its length.)"
            .to_owned();
    }
    let (wanted, rest) = (tag_of(&line.bytes), got.get(line.at..).unwrap_or_default());
    let (Some((wanted, payload)), at) = (wanted, line.at) else { return String::new() };
    let place = if at < 10 { at.to_string() } else { format!("{at} ({at:04x})") };
    let said = format!("Look at byte {place}: `{}` belongs there.", line.meaning);
    let Some((tag, mine)) = tag_of(rest) else {
        return match wanted.kind {
            _ if !rest.is_empty() => format!("{said} What stands there is no tag: number * 16 + kind."),
            Kind::Null => format!(
                "{said} You left it out. The record says how many fields it has, and this one is counted."
            ),
            _ => format!("{said} Your bytes end before it."),
        };
    };
    let swapped = u64::from(wanted.number) | (wanted.kind as u64) << 4;
    let hint = if tag != wanted {
        match tag {
            _ if rest[0] & 0x80 == 0 && u64::from(rest[0]) == swapped => {
                "Number and kind are the wrong way round: the number goes four bits up, the kind is below."
            }
            Tag { number, .. } if number + 1 == wanted.number && tag.kind == wanted.kind => {
                "Fields are counted from 1. Number 0 says that a value is no field."
            }
            Tag { number, .. } if wanted.number == 0 && number > 0 => {
                "An order, and an item in a list, are no fields: their number is 0."
            }
            Tag { number: 0, .. } if wanted.number > 0 && tag.kind != wanted.kind => {
                "What stands there has the number 0, so it is no field. The field's own tag comes first; if it \
                 is a list, its count comes next, and then its values."
            }
            Tag { kind: Kind::Unsigned, .. } if wanted.kind == Kind::Signed => {
                "Cents have a sign: a discount is below 0. As an unsigned number, -50 is eighteen trillion \
                 millions. The kind is Signed, and the number is folded."
            }
            Tag { kind: Kind::Signed, .. } if wanted.kind == Kind::Unsigned => {
                "A quantity and an id are never below 0: Unsigned, and not folded. With a sign a number is \
                 twice as large on the wire."
            }
            Tag { kind: Kind::Bytes, .. } => "A text is Text, not Bytes: the reader checks that it is UTF-8.",
            Tag { kind, .. } if kind == wanted.kind => {
                "The kind is right, the number is another one. Each field keeps the number that the picture \
                 gives it."
            }
            Tag { number, .. } if (1..8).contains(&number) && number != wanted.number => {
                "Another field stands there. They are written in the order of their numbers."
            }
            _ => "Its kind is another one; or the value before it ends too early or too late.",
        }
    } else {
        match wanted.kind {
            Kind::Signed if mine.starts_with(&unfolded(payload)) && line.meaning.contains('-') => {
                "The number is not folded. A number below 0 has its highest bit set, so it takes ten bytes; \
                 `varint::zigzag` moves the sign to the end."
            }
            Kind::Signed if mine.starts_with(&unfolded(payload)) => {
                "The number is not folded. The lowest bit is the place of the sign, so 50 is 100 on the \
                 wire: `varint::zigzag` does it."
            }
            Kind::Signed => "Folded, -1 is 1, 1 is 2, and -2 is 3: `varint::zigzag` does it.",
            Kind::Text => {
                let counted = std::str::from_utf8(&payload[1..]).map(|text| text.chars().count());
                if mine.starts_with(&payload[1..2.min(payload.len())]) && mine.first() != payload.first() {
                    "The length is missing. Without it nobody knows where the text ends."
                } else if counted == Ok(mine.first().copied().unwrap_or_default().into()) {
                    "The length counts bytes, not characters: `len()`, not `chars().count()`. A reader who \
                     takes one byte a character stops inside of the text."
                } else if payload[0] >= 0x80 {
                    "A length is a varint, too: above 127 it has two bytes."
                } else {
                    "A tag, the length in bytes, and so many bytes."
                }
            }
            Kind::List if mine.first() == Some(&0x0a) => {
                "The count is missing: behind the tag of a list stands how many values follow."
            }
            Kind::List => "The count behind the tag of a list says how many values follow.",
            Kind::Record => {
                "The count behind the tag of a record says how many fields follow: all that are written, \
                 also one that is null."
            }
            _ => "The tag is right, what follows is not.",
        }
    };
    format!("{said} {hint}")
}

/// The tag at the front, and what stands behind it.
fn tag_of(bytes: &[u8]) -> Option<(Tag, &[u8])> {
    let mut rest = bytes;
    let code = varint::read(&mut rest).ok()?;
    Some((Tag::from_code(code)?, rest))
}

/// A folded number, as it would stand there without folding.
fn unfolded(payload: &[u8]) -> Vec<u8> {
    let folded = varint::read(&mut &*payload).unwrap_or_default();
    let mut bytes = Vec::new();
    varint::write(varint::unzigzag(folded) as u64, &mut bytes);
    bytes
}

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below` - 1.
    pub fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// Small and large ones.
    pub fn any(&mut self) -> u64 {
        let bits = self.below(64);
        self.next() >> bits
    }

    pub fn text(&mut self) -> String {
        const LETTERS: [char; 6] = ['a', 'Z', '\n', 'ß', '好', '\u{1F600}'];
        (0..self.below(12)).map(|_| LETTERS[self.below(LETTERS.len())]).collect()
    }

    pub fn order(&mut self) -> Order {
        let items = (0..self.below(4))
            .map(|_| Item { name: self.text(), quantity: self.any() as u32, cents: self.any() as i64 })
            .collect();
        let note = (self.below(2) == 0).then(|| self.text());
        Order { id: self.any(), customer: self.text(), items, note }
    }
}
