//! The same values in Protocol Buffers: what a professional would reach for, to compare. [S-08]
//!
//! Protobuf has a schema. It numbers the fields, and from it a compiler writes the types for every language.
//! prost writes Rust; here its derive stands where `protoc` would have written. So Protobuf has types of its
//! own, which is why it is no [`Codec`](crate::Codec) of this chapter: a codec takes any type that serde knows.

use crate::shop;

/// `message Order { uint64 id = 1; string customer = 2; repeated Item items = 3; optional string note = 4; }`
// ANCHOR: order
#[derive(Clone, PartialEq, prost::Message)]
pub struct Order {
    /// Field 1.
    #[prost(uint64, tag = "1")]
    pub id: u64,
    /// Field 2.
    #[prost(string, tag = "2")]
    pub customer: String,
    /// Field 3.
    #[prost(message, repeated, tag = "3")]
    pub items: Vec<Item>,
    /// Field 4. Without `optional`, nobody could tell "no note" from an empty one.
    #[prost(string, optional, tag = "4")]
    pub note: Option<String>,
}

/// `message Item { string name = 1; uint32 quantity = 2; sint64 cents = 3; }`
#[derive(Clone, PartialEq, prost::Message)]
pub struct Item {
    /// Field 1.
    #[prost(string, tag = "1")]
    pub name: String,
    /// Field 2.
    #[prost(uint32, tag = "2")]
    pub quantity: u32,
    /// Field 3: `sint64` is folded (zigzag). An `int64` of -1 would take ten bytes.
    #[prost(sint64, tag = "3")]
    pub cents: i64,
}
// ANCHOR_END: order

/// `message Orders { repeated Order orders = 1; }`: a message is the only thing that can stand alone.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Orders {
    /// Field 1.
    #[prost(message, repeated, tag = "1")]
    pub orders: Vec<Order>,
}

/// `message GetOrder { uint64 id = 1; }`
#[derive(Clone, PartialEq, prost::Message)]
pub struct GetOrder {
    /// Field 1.
    #[prost(uint64, tag = "1")]
    pub id: u64,
}

/// `message Text { string text = 1; }`
#[derive(Clone, PartialEq, prost::Message)]
pub struct Text {
    /// Field 1.
    #[prost(string, tag = "1")]
    pub text: String,
}

/// `message Blob { bytes bytes = 1; }`
#[derive(Clone, PartialEq, prost::Message)]
pub struct Blob {
    /// Field 1.
    #[prost(bytes = "vec", tag = "1")]
    pub bytes: Vec<u8>,
}

impl From<&shop::Order> for Order {
    fn from(order: &shop::Order) -> Self {
        let items = order.items.iter();
        let items =
            items.map(|item| Item { name: item.name.clone(), quantity: item.quantity, cents: item.cents });
        Self {
            id: order.id,
            customer: order.customer.clone(),
            items: items.collect(),
            note: order.note.clone(),
        }
    }
}
