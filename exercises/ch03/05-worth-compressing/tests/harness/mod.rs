//! A compressor that gives what it is told to, and your three functions, called so that a panic is explained.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;

use ch03_codec::compress::{DecompressError, Deflate, Packed, Policy};
use ch03_codec::table::Named;
use ch03_codec::{Compressor, CompressorTable};
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 3, \"When fewer bytes cost more\"";

/// A compressor whose result has the length that a test wants. Its id is 9.
pub struct Press {
    gives: usize,
    /// What it was asked to compress.
    pub asked: Mutex<Vec<Vec<u8>>>,
    /// Where the bytes were that it was lent.
    places: Mutex<Vec<usize>>,
}

impl Press {
    pub fn new(gives: usize) -> Self {
        Self { gives, asked: Mutex::default(), places: Mutex::default() }
    }
}

impl Named for Press {
    fn id(&self) -> u8 {
        9
    }

    fn name(&self) -> &'static str {
        "press"
    }
}

impl Compressor for Press {
    fn compress(&self, body: &[u8]) -> Vec<u8> {
        self.places.lock().expect("nobody panics with it").push(body.as_ptr().addr());
        self.asked.lock().expect("nobody panics with it").push(body.to_vec());
        vec![b'p'; self.gives]
    }

    fn decompress(&self, _packed: &[u8], _limit: usize) -> Result<Vec<u8>, DecompressError> {
        Failure::new("`pack` asked the compressor to decompress.")
            .because("Nobody unpacks here. `compress` gives all that you have to know.")
            .page(PAGE)
            .raise()
    }
}

/// A body that looks like nothing that [`Press`] gives.
pub fn body(length: usize) -> Vec<u8> {
    (0..length).map(|index| b'A' + (index % 26) as u8).collect()
}

/// What `pack` did with a body.
pub struct Sent {
    pub packed: Packed,
    /// What the compressor was asked for.
    pub asked: Vec<Vec<u8>>,
    body: Vec<u8>,
    gives: usize,
    /// Whether the bytes are where they were before.
    pub in_place: bool,
    /// Whether the compressor got a copy of them.
    pub lent_a_copy: bool,
}

impl Sent {
    /// Whether it is the body, and is called so.
    pub fn is_raw(&self) -> bool {
        self.packed.compressor == 0 && self.packed.body == self.body
    }

    /// Whether it is what the compressor gave, and is called so.
    pub fn is_compressed(&self) -> bool {
        self.packed.compressor == 9 && self.bytes_are_compressed()
    }

    pub fn bytes_are_compressed(&self) -> bool {
        *self.packed.body == *vec![b'p'; self.gives]
    }
}

/// For people: which bytes go out, and what the header calls them.
impl std::fmt::Display for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (id, length) = (self.packed.compressor, in_bytes(self.packed.body.len()));
        if self.packed.body == self.body {
            write!(f, "id {id}, the body ({length})")
        } else if self.bytes_are_compressed() {
            write!(f, "id {id}, what the compressor gave ({length})")
        } else {
            write!(f, "id {id}, {length} that are neither the body nor what the compressor gave")
        }
    }
}

/// Calls your `pack` with a body of `length` bytes and a compressor that makes `gives` of it.
pub fn pack(policy: Policy, length: usize, gives: usize) -> Sent {
    let press = Press::new(gives);
    let body = body(length);
    let (place, copy) = (body.as_ptr(), body.clone());
    let packed = told("pack", || worth_compressing::pack(&policy, Some(&press), body));
    let in_place = packed.body.as_ptr() == place;
    let asked = press.asked.into_inner().expect("nobody panics with it");
    let places = press.places.into_inner().expect("nobody panics with it");
    let lent_a_copy = places.iter().any(|&lent| lent != place.addr());
    Sent { packed, asked, body: copy, gives, in_place, lent_a_copy }
}

pub fn pack_real(compressor: Option<&dyn Compressor>, body: &[u8]) -> Packed {
    told("pack", || worth_compressing::pack(&Policy::default(), compressor, body.to_vec()))
}

pub fn deflate(body: &[u8], level: u32) -> Vec<u8> {
    told("deflate", || worth_compressing::deflate(body, level))
}

pub fn accepted(accepts: &[u8], known: &CompressorTable) -> u8 {
    told("accepted", || worth_compressing::accepted(accepts, known))
}

/// Calls one of your functions, and explains a panic.
fn told<T>(name: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") || text.starts_with('\n') {
            resume_unwind(panic); // an open hole, or a message that explains itself
        }
        let because = if text.contains("divide by zero") {
            "A body may be empty, and a threshold may be 0. Multiply both sides and there is nothing to divide."
        } else if text.contains("overflow") {
            "A percentage may be as large as a `usize`: \"always\". Multiply in a type that has room for two \
             of them, `u128`."
        } else if name == "accepted" {
            "Any list is a good one, also an empty one, and so is any number in it. `known.get(id)` gives an \
             error for a number that is not in the table, and that is an answer."
        } else {
            "Any body is a good one, and so is any policy. The panic says in its own words what went wrong."
        };
        Failure::new(format_args!("`{name}` panicked."))
            .show("the panic", &text)
            .expected("an answer")
            .got("a panic")
            .because(because)
            .page(PAGE)
            .raise()
    })
}

/// Unpacks bare deflate, or explains why that does not work.
pub fn unpacked(packed: &[u8], body: &[u8], what: &str) -> Vec<u8> {
    let error = match Deflate.decompress(packed, body.len()) {
        Ok(unpacked) => return unpacked,
        Err(error) => error,
    };
    let because = match (packed, &error) {
        ([0x1F, 0x8B, ..], _) => {
            "1f 8b is the head of gzip. `DeflateEncoder` writes no head; `GzEncoder` does, and 8 bytes at the \
             end."
        }
        ([0x78, ..], _) => {
            "78 is the head of zlib. `DeflateEncoder` writes no head; `ZlibEncoder` does, and 4 bytes at the \
             end."
        }
        (_, DecompressError::Truncated { .. }) => {
            "The end is missing. An encoder keeps bytes back until it knows that no more will come: `finish` \
             tells it so, writes the end and hands out the `Vec`. `flush` writes no end."
        }
        _ => "Everything into the encoder, once; `finish`; nothing behind it.",
    };
    Failure::new(format_args!("What you compressed cannot be unpacked: {what}."))
        .show(format_args!("your {} bytes", packed.len()), drawn(packed))
        .expected(format_args!("deflate, from which {} come out", in_bytes(body.len())))
        .got(&error)
        .because(because)
        .page(PAGE)
        .raise()
}

/// The beginning of the bytes: enough for a head.
fn drawn(bytes: &[u8]) -> String {
    const SHOWN: usize = 48;
    if bytes.len() <= SHOWN {
        return hex_dump(bytes, &[]);
    }
    format!("{}… and {} bytes more\n", hex_dump(&bytes[..SHOWN], &[]), bytes.len() - SHOWN)
}

/// `1 byte`, `2 bytes`.
pub fn in_bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// Bytes that look random and are the same in every run (splitmix64): nothing compresses them.
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 5_u64;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// A list of orders as a program would print it.
pub fn orders(count: usize) -> Vec<u8> {
    let customers = ["laowang", "xiaoli", "bob", "grace", "ada"];
    let one = |id: usize| {
        format!(
            "{{\"id\":{id},\"customer\":\"{}\",\"items\":[{{\"name\":\"tea\",\"quantity\":{},\"cents\":{}}}]}}\n",
            customers[id * id % 5],
            id % 7,
            id * 7919 % 1000
        )
    };
    (0..count).flat_map(|id| one(id).into_bytes()).collect()
}
