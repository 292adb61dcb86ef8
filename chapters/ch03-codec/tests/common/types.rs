//! Types of every shape that serde knows and that all formats share.

use std::collections::BTreeMap;

use ch03_codec::shop::{Item, Order, Request, Response};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::made::{Made, Maker};

/// An enum with a variant of each shape, which holds itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    Nothing,
    Newtype(Box<Shape>),
    Pair(i8, u64),
    Record { text: String, inner: Option<Box<Shape>>, list: Vec<Shape> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit;

#[derive(Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Newtype(pub f32);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair(pub i16, pub i32);

/// A record with a field of each kind.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Everything {
    pub flag: bool,
    pub whole: (i8, i16, i32, i64, u8, u16, u32, u64),
    pub broken: (f32, f64),
    pub letter: char,
    pub text: String,
    pub bytes: ByteBuf,
    pub newtype: Newtype,
    pub pair: Pair,
    pub maybe: Option<String>,
    pub array: [u16; 3],
    pub lists: Vec<Vec<i32>>,
    pub by_text: BTreeMap<String, Option<u32>>,
    pub by_number: BTreeMap<i64, Vec<String>>,
    pub shapes: Vec<Shape>,
}

impl Made for Shape {
    fn make(maker: &mut Maker) -> Self {
        match if maker.deeper() { maker.rng.u8(..4) } else { maker.rng.u8(..2) } {
            0 => Self::Nothing,
            1 => Self::Pair(Made::make(maker), Made::make(maker)),
            2 => Self::Newtype(Made::make(maker)),
            _ => Self::Record { text: Made::make(maker), inner: Made::make(maker), list: Made::make(maker) },
        }
    }
}

impl Made for Request {
    fn make(maker: &mut Maker) -> Self {
        match maker.rng.u8(..4) {
            0 => Self::SayHello { name: Made::make(maker) },
            1 => Self::PlaceOrder {
                customer: Made::make(maker),
                items: Made::make(maker),
                note: Made::make(maker),
            },
            2 => Self::GetOrder { id: Made::make(maker) },
            _ => Self::ListOrders { from: Made::make(maker), count: Made::make(maker) },
        }
    }
}

impl Made for Response {
    fn make(maker: &mut Maker) -> Self {
        match maker.rng.u8(..4) {
            0 => Self::Greeting(Made::make(maker)),
            1 => Self::Placed(Made::make(maker)),
            2 => Self::Order(Made::make(maker)),
            _ => Self::Orders(Made::make(maker)),
        }
    }
}

macro_rules! records {
    ($($name:ident { $($field:ident)* })*) => {$(
        impl Made for $name {
            fn make(maker: &mut Maker) -> Self {
                Self { $($field: Made::make(maker)),* }
            }
        }
    )*};
}

records! {
    Order { id customer items note }
    Item { name quantity cents }
    Everything {
        flag whole broken letter text bytes newtype pair maybe array lists by_text by_number shapes
    }
}

impl Made for Unit {
    fn make(_: &mut Maker) -> Self {
        Self
    }
}

impl Made for Newtype {
    fn make(maker: &mut Maker) -> Self {
        Self(Made::make(maker))
    }
}

impl Made for Pair {
    fn make(maker: &mut Maker) -> Self {
        Self(Made::make(maker), Made::make(maker))
    }
}

/// `[(name, function::<type>), …]` for all types of which values are made.
macro_rules! for_every_type {
    ($function:ident) => {
        for_every_type!($function: bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, char, String, ByteBuf,
            Unit, Newtype, Pair, Shape, Item, Order, Request, Response, Everything, (), (char, bool), [u8; 4],
            [String; 2], Option<String>, Option<i32>, Vec<()>, Vec<u8>, Vec<Option<f64>>, Vec<Vec<Vec<u16>>>,
            Vec<Order>, BTreeMap<String, String>, BTreeMap<u64, Shape>, BTreeMap<i8, ()>,
            BTreeMap<char, Vec<bool>>, BTreeMap<bool, Item>, Option<Box<Everything>>)
    };
    ($function:ident: $($type:ty),*) => { [$((stringify!($type), $function::<$type> as _)),*] };
}
pub(crate) use for_every_type;
