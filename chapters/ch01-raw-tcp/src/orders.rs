//! The business: an order service that knows nothing about networks.

use std::sync::Mutex;

/// An order, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Counts up from 1.
    pub id: u64,
    /// What was ordered, free text.
    pub item: String,
    /// How many, at least 1.
    pub quantity: u32,
}

impl Order {
    /// Reads `QUANTITY ITEM`, the form in which an order travels as text; `None` when it is none.
    pub fn from_text(id: u64, text: &str) -> Option<Self> {
        let (quantity, item) = text.split_once(' ')?;
        Some(Self { id, quantity: quantity.parse().ok()?, item: item.to_owned() })
    }
}

/// The contract that both sides share: who calls it cannot see whether the other side is near. [F-01] [F-10]
///
/// Near and far differ in **one** place, the error type: a local call fails for business reasons, a remote
/// one also because of everything that can happen to a network. Hiding that difference is the mistake that
/// the old "transparent" systems made. [F-02]
// ANCHOR: trait
pub trait Orders {
    /// What can go wrong.
    type Error: std::error::Error;

    /// Greets: `"world"` gives `"Hello world"`. The call that runs through all ten chapters.
    fn say_hello(&self, name: &str) -> Result<String, Self::Error>;
    /// Stores an order and gives its id.
    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, Self::Error>;
    /// Looks an order up.
    fn get_order(&self, id: u64) -> Result<Order, Self::Error>;
}
// ANCHOR_END: trait

/// Why the order service said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// There is no such order.
    #[error("no order {0}")]
    NotFound(u64),
    /// Nobody can order nothing.
    #[error("the quantity must be at least 1")]
    NoQuantity,
    /// The item's text is too long: see [`OrderBook::MAX_ITEM`].
    #[error("the item is longer than {0} bytes")]
    ItemTooLong(usize),
    /// The book is full: see [`OrderBook::CAPACITY`].
    #[error("the book holds {0} orders, its limit")]
    Full(usize),
}

/// The real thing: orders in memory.
#[derive(Debug, Default)]
pub struct OrderBook {
    orders: Mutex<Vec<Order>>,
}

impl OrderBook {
    /// How many orders it holds: 100,000. With [`MAX_ITEM`](Self::MAX_ITEM) that is some 30 MB at most,
    /// whoever orders. A demo's table is bounded like any other.
    pub const CAPACITY: usize = 100_000;

    /// How long an item's text may be: 256 bytes, two lines of a letter. Without it the number of orders
    /// bounds nothing: each could be as long as a line of the protocol.
    pub const MAX_ITEM: usize = 256;
}

impl Orders for OrderBook {
    type Error = OrderError;

    fn say_hello(&self, name: &str) -> Result<String, OrderError> {
        Ok(format!("Hello {name}"))
    }

    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, OrderError> {
        if quantity == 0 {
            return Err(OrderError::NoQuantity);
        }
        if item.len() > Self::MAX_ITEM {
            return Err(OrderError::ItemTooLong(Self::MAX_ITEM));
        }
        let mut orders = self.orders.lock().expect("no code panics while it holds this lock");
        if orders.len() >= Self::CAPACITY {
            return Err(OrderError::Full(Self::CAPACITY));
        }
        let id = orders.len() as u64 + 1;
        orders.push(Order { id, item: item.to_owned(), quantity });
        Ok(id)
    }

    fn get_order(&self, id: u64) -> Result<Order, OrderError> {
        let orders = self.orders.lock().expect("no code panics while it holds this lock");
        let index = usize::try_from(id).ok().and_then(|id| id.checked_sub(1));
        index.and_then(|index| orders.get(index)).cloned().ok_or(OrderError::NotFound(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_kept_and_counted_from_one() {
        let book = OrderBook::default();
        assert_eq!(book.place_order("keyboard", 2), Ok(1));
        assert_eq!(book.place_order("mouse", 1), Ok(2));
        assert_eq!(book.get_order(2), Ok(Order { id: 2, item: "mouse".into(), quantity: 1 }));
        assert_eq!(book.get_order(0), Err(OrderError::NotFound(0)));
        assert_eq!(book.get_order(3), Err(OrderError::NotFound(3)));
        assert_eq!(book.place_order("nothing", 0), Err(OrderError::NoQuantity));
        assert_eq!(book.place_order(&"x".repeat(256), 1), Ok(3));
        assert_eq!(book.place_order(&"x".repeat(257), 1), Err(OrderError::ItemTooLong(256)));
    }

    #[test]
    fn a_full_book_refuses() {
        let book = OrderBook::default();
        for _ in 0..OrderBook::CAPACITY {
            book.place_order("x", 1).unwrap();
        }
        assert_eq!(book.place_order("x", 1), Err(OrderError::Full(OrderBook::CAPACITY)));
    }
}
