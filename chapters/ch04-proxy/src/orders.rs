//! The order service as a trait that travels: the contract that both sides share.

use ch03_codec::shop::{Item, Order, Shop, ShopError};
use serde::{Deserialize, Serialize};

use crate::service;

/// The order service. [X-05] [F-10]
///
/// Near and far differ in one place, as in chapter 1: a [`Shop`] has `Error = OrderError`, a stub has
/// `Error = RpcError<OrderError>`, because a network can fail where a shop cannot. [F-01] [F-02]
// ANCHOR: trait
#[service(error = OrderError)]
pub trait OrderService {
    /// What can go wrong.
    type Error;

    /// Greets: `"world"` gives `"Hello world"`.
    fn say_hello(&self, name: &str) -> Result<String, Self::Error>;
    /// Stores an order and gives its id.
    fn place_order(&self, customer: &str, items: &[Item], note: Option<String>) -> Result<u64, Self::Error>;
    /// Looks an order up.
    fn get_order(&self, id: u64) -> Result<Order, Self::Error>;
    /// Looks many orders up, by ascending id.
    fn list_orders(&self, from: u64, count: u32) -> Result<Vec<Order>, Self::Error>;
}
// ANCHOR_END: trait

/// Why the order service said no. It travels, so a caller far away can `match` on it as one who stands beside
/// it.
// ANCHOR: error
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum OrderError {
    /// There is no such order.
    #[error("no order {id}")]
    NotFound {
        /// Which was asked for.
        id: u64,
    },
    /// An order that cannot be.
    #[error("{why}")]
    BadOrder {
        /// Why not.
        why: String,
    },
    /// The shop is full.
    #[error("the shop holds {capacity} orders, its limit")]
    Full {
        /// How many it holds.
        capacity: u64,
    },
}
// ANCHOR_END: error

impl From<ShopError> for OrderError {
    fn from(error: ShopError) -> Self {
        match error {
            ShopError::NotFound(id) => Self::NotFound { id },
            ShopError::BadOrder(why) => Self::BadOrder { why: why.into() },
            ShopError::Full(capacity) => Self::Full { capacity: capacity as u64 },
        }
    }
}

// ANCHOR: shop
impl OrderService for Shop {
    type Error = OrderError;

    fn say_hello(&self, name: &str) -> Result<String, OrderError> {
        Ok(Shop::say_hello(self, name))
    }

    fn place_order(&self, customer: &str, items: &[Item], note: Option<String>) -> Result<u64, OrderError> {
        Ok(self.place(customer.into(), items.to_vec(), note)?)
    }

    fn get_order(&self, id: u64) -> Result<Order, OrderError> {
        Ok(self.get(id)?)
    }

    fn list_orders(&self, from: u64, count: u32) -> Result<Vec<Order>, OrderError> {
        Ok(self.list(from, count))
    }
}
// ANCHOR_END: shop
