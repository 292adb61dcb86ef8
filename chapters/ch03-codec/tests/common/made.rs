//! Values at random, with the borders of every format among them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use fastrand::Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;

/// Makes values, and remembers the largest whole number of them: not every format has room for it.
pub struct Maker {
    pub rng: Rng,
    /// The largest whole number so far.
    pub most: u64,
    depth: u32,
}

impl Maker {
    pub fn new(rng: Rng) -> Self {
        Self { rng, most: 0, depth: 0 }
    }

    /// Whether a value may have one more value in it: few have, so that all end.
    pub fn deeper(&mut self) -> bool {
        self.depth += 1;
        self.depth < 12 && self.rng.u8(..4) != 0
    }

    /// How many elements: mostly few, seldom as many as need another length in front.
    fn count(&mut self) -> usize {
        if self.depth > 12 {
            return 0;
        }
        match self.rng.u8(..) {
            0 => self.rng.usize(120..140),
            1 => self.rng.usize(245..260),
            _ => self.rng.usize(..5),
        }
    }
}

/// A type of which there are values at random.
pub trait Made: Serialize + DeserializeOwned + PartialEq + Debug {
    fn make(maker: &mut Maker) -> Self;
}

macro_rules! whole_numbers {
    ($($type:ident)*) => {$(
        impl Made for $type {
            fn make(maker: &mut Maker) -> Self {
                let rng = &mut maker.rng;
                let value = match rng.u8(..8) {
                    // Where varints and Hessian2's short forms end.
                    0..3 => rng.i32(-20..300) as Self,
                    3..6 => {
                        let border = (1 as Self).wrapping_shl(rng.u32(..Self::BITS));
                        let near = border.wrapping_add(rng.i32(-6..=2) as Self);
                        if rng.bool() { near } else { (0 as Self).wrapping_sub(near) }
                    }
                    6 => *rng.choice(&[Self::MIN, Self::MAX]).expect("not empty"),
                    _ => rng.u64(..) as Self >> rng.u32(..Self::BITS),
                };
                maker.most = maker.most.max(value.try_into().unwrap_or(0));
                value
            }
        }
    )*};
}

whole_numbers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! floats {
    ($($type:ident $bits:ident)*) => {$(
        impl Made for $type {
            fn make(maker: &mut Maker) -> Self {
                let rng = &mut maker.rng;
                match rng.u8(..4) {
                    0 => *rng
                        .choice(&[0.0, -0.0, Self::MIN, Self::MAX, Self::MIN_POSITIVE, Self::EPSILON])
                        .expect("not empty"),
                    // Hessian2 has short forms for whole numbers, and for thousandths.
                    1 => rng.i32(-40_000..40_000) as Self,
                    2 => rng.i32(-40_000..40_000) as Self / 1000.0,
                    _ => loop {
                        // Any bits that are a number; what is none is in the table of `round_trip`.
                        let any = Self::from_bits(rng.$bits(..));
                        if any.is_finite() {
                            break any;
                        }
                    },
                }
            }
        }
    )*};
}

floats!(f32 u32 f64 u64);

impl Made for bool {
    fn make(maker: &mut Maker) -> Self {
        maker.rng.bool()
    }
}

impl Made for () {
    fn make(_: &mut Maker) -> Self {}
}

impl Made for char {
    fn make(maker: &mut Maker) -> Self {
        let rng = &mut maker.rng;
        match rng.u8(..6) {
            0..3 => rng.alphanumeric(),
            // The first and the last of each length in UTF-8, both sides of the surrogates, and what JSON
            // escapes.
            3 => *rng
                .choice(&[
                    '\0',
                    '\u{1f}',
                    ' ',
                    '"',
                    '\\',
                    '\u{7f}',
                    '\u{80}',
                    '\u{7ff}',
                    '\u{800}',
                    '\u{d7ff}',
                    '\u{e000}',
                    '\u{ffff}',
                    '\u{10000}',
                    '\u{1f600}',
                    '\u{10ffff}',
                ])
                .expect("not empty"),
            4 => rng.char('\u{80}'..'\u{3000}'),
            _ => rng.char(..),
        }
    }
}

/// How long a text or a byte string is: around the borders at which some format's length gets longer.
fn length(rng: &mut Rng) -> usize {
    let border: usize = match rng.u16(..) {
        0..100 => *rng.choice(&[16_384, 32_768, 65_536]).expect("not empty"),
        100..1000 => *rng.choice(&[1023, 4093, 8189]).expect("not empty"),
        1000..8000 => *rng.choice(&[16, 32, 127, 250, 255]).expect("not empty"),
        _ => return rng.usize(..10),
    };
    border - 2 + rng.usize(..5)
}

impl Made for String {
    fn make(maker: &mut Maker) -> Self {
        let length = length(&mut maker.rng);
        // Of one character, so that some lengths in UTF-16 units are borders too; or of many.
        if maker.rng.bool() {
            let one = char::make(maker);
            return std::iter::repeat_n(one, length).collect();
        }
        (0..length).map(|_| char::make(maker)).collect()
    }
}

impl Made for ByteBuf {
    fn make(maker: &mut Maker) -> Self {
        let mut bytes = vec![0; length(&mut maker.rng)];
        maker.rng.fill(&mut bytes);
        Self::from(bytes)
    }
}

impl<T: Made> Made for Box<T> {
    fn make(maker: &mut Maker) -> Self {
        Self::new(T::make(maker))
    }
}

impl<T: Made> Made for Option<T> {
    fn make(maker: &mut Maker) -> Self {
        maker.deeper().then(|| T::make(maker))
    }
}

impl<T: Made> Made for Vec<T> {
    fn make(maker: &mut Maker) -> Self {
        maker.depth += 1;
        (0..maker.count()).map(|_| T::make(maker)).collect()
    }
}

impl<K: Made + Ord, V: Made> Made for BTreeMap<K, V> {
    fn make(maker: &mut Maker) -> Self {
        maker.depth += 1;
        let mut map = Self::new();
        for _ in 0..maker.count() {
            // Of a key that comes twice the second value is not even made: `most` would count it.
            map.entry(K::make(maker)).or_insert_with(|| V::make(maker));
        }
        map
    }
}

impl<T: Made, const N: usize> Made for [T; N]
where
    Self: Serialize + DeserializeOwned,
{
    fn make(maker: &mut Maker) -> Self {
        std::array::from_fn(|_| T::make(maker))
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Made),*> Made for ($($name,)*) {
            fn make(maker: &mut Maker) -> Self {
                ($($name::make(maker),)*)
            }
        }
    )*};
}

tuples!((A)(A B)(A B C)(A B C D E F G H));
