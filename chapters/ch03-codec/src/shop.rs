//! The order service, with values that have a structure: what chapter 2's text could not say.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};

/// An order, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Counts up from 1.
    pub id: u64,
    /// Who ordered.
    pub customer: String,
    /// What, at least one.
    pub items: Vec<Item>,
    /// Anything else, if there is something.
    pub note: Option<String>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What, free text.
    pub name: String,
    /// How many, at least 1.
    pub quantity: u32,
    /// What one costs, in cents; negative for a discount. Not a floating-point number: 0.1 is none.
    pub cents: i64,
}

/// What a caller may ask.
// ANCHOR: request
// ANCHOR: question
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Greets: `"world"` gives `"Hello world"`.
    SayHello {
        /// Whom.
        name: String,
    },
    /// Stores an order and gives its id.
    PlaceOrder {
        /// Who orders.
        customer: String,
        /// What.
        items: Vec<Item>,
        /// Anything else.
        note: Option<String>,
    },
    /// Looks an order up.
    GetOrder {
        /// Which.
        id: u64,
    },
    /// Looks many orders up, by ascending id.
    ListOrders {
        /// The first id.
        from: u64,
        /// How many at most.
        count: u32,
    },
}
// ANCHOR_END: question

// ANCHOR: answer
/// What the service says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::SayHello`].
    Greeting(String),
    /// To [`Request::PlaceOrder`]: the id.
    Placed(u64),
    /// To [`Request::GetOrder`].
    Order(Order),
    /// To [`Request::ListOrders`].
    Orders(Vec<Order>),
}
// ANCHOR_END: answer
// ANCHOR_END: request

/// Why the service said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShopError {
    /// There is no such order.
    #[error("no order {0}")]
    NotFound(u64),
    /// An order that cannot be: says why.
    #[error("{0}")]
    BadOrder(&'static str),
    /// The shop is full: see [`Shop::CAPACITY`].
    #[error("the shop holds {0} orders, its limit")]
    Full(usize),
}

/// The real thing: orders in memory.
#[derive(Debug, Default)]
pub struct Shop {
    orders: Mutex<Vec<Order>>,
}

impl Shop {
    /// How many orders it holds: 10,000. With at most 8 items of at most 256 bytes and a note as long, that is
    /// some 25 MB, whoever orders.
    pub const CAPACITY: usize = 10_000;
    /// How many lines an order may have.
    pub const MAX_ITEMS: usize = 8;
    /// How long a customer's name, an item's name and a note may be, in bytes.
    pub const MAX_TEXT: usize = 256;
    /// How many orders one answer lists at most: a thousand full ones are under 3 MB, and fit into a frame.
    pub const MAX_LIST: u32 = 1000;

    /// Answers one request.
    ///
    /// # Errors
    /// [`ShopError`].
    pub fn answer(&self, request: Request) -> Result<Response, ShopError> {
        match request {
            Request::SayHello { name } => Ok(Response::Greeting(self.say_hello(&name))),
            Request::PlaceOrder { customer, items, note } => {
                self.place(customer, items, note).map(Response::Placed)
            }
            Request::GetOrder { id } => self.get(id).map(Response::Order),
            Request::ListOrders { from, count } => Ok(Response::Orders(self.list(from, count))),
        }
    }

    /// Greets: `"world"` gives `"Hello world"`.
    pub fn say_hello(&self, name: &str) -> String {
        format!("Hello {name}")
    }

    /// Stores an order and gives its id.
    ///
    /// # Errors
    /// [`ShopError::BadOrder`], [`ShopError::Full`].
    pub fn place(&self, customer: String, items: Vec<Item>, note: Option<String>) -> Result<u64, ShopError> {
        if items.is_empty() || items.len() > Self::MAX_ITEMS {
            return Err(ShopError::BadOrder("an order has 1 to 8 items"));
        }
        if items.iter().any(|item| item.quantity == 0) {
            return Err(ShopError::BadOrder("the quantity must be at least 1"));
        }
        let texts = items.iter().map(|item| &item.name).chain([&customer]).chain(&note);
        if texts.map(String::len).any(|length| length > Self::MAX_TEXT) {
            return Err(ShopError::BadOrder("a text of an order has at most 256 bytes"));
        }
        let mut orders = self.orders.lock().expect("no code panics while it holds this lock");
        if orders.len() >= Self::CAPACITY {
            return Err(ShopError::Full(Self::CAPACITY));
        }
        let id = orders.len() as u64 + 1;
        orders.push(Order { id, customer, items, note });
        Ok(id)
    }

    /// Looks an order up.
    ///
    /// # Errors
    /// [`ShopError::NotFound`].
    pub fn get(&self, id: u64) -> Result<Order, ShopError> {
        let order = self.list(id, 1).into_iter().next().filter(|order| order.id == id);
        order.ok_or(ShopError::NotFound(id))
    }

    /// Looks orders up by ascending id, from the id `from` on, `count` and [`MAX_LIST`](Self::MAX_LIST) at
    /// most.
    pub fn list(&self, from: u64, count: u32) -> Vec<Order> {
        let orders = self.orders.lock().expect("no code panics while it holds this lock");
        let first = usize::try_from(from.max(1) - 1).unwrap_or(usize::MAX);
        orders.iter().skip(first).take(count.min(Self::MAX_LIST) as usize).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(items: usize, quantity: u32, text: usize) -> Request {
        let item = Item { name: "x".repeat(text), quantity, cents: -1 };
        Request::PlaceOrder { customer: "Ann".into(), items: vec![item; items], note: None }
    }

    #[test]
    fn orders_are_kept_and_counted_from_one() {
        let shop = Shop::default();
        assert_eq!(shop.answer(order(1, 1, 256)), Ok(Response::Placed(1)));
        assert_eq!(shop.answer(order(8, 1, 1)), Ok(Response::Placed(2)));
        let Ok(Response::Order(second)) = shop.answer(Request::GetOrder { id: 2 }) else {
            panic!("no order")
        };
        assert_eq!((second.id, second.items.len()), (2, 8));
        for id in [0, 3, u64::MAX] {
            assert_eq!(shop.answer(Request::GetOrder { id }), Err(ShopError::NotFound(id)));
        }
        for (request, count) in [((0, 10), 2), ((2, 10), 1), ((1, 1), 1), ((3, 1), 0)] {
            let (from, limit) = request;
            let Ok(Response::Orders(orders)) = shop.answer(Request::ListOrders { from, count: limit }) else {
                panic!("no list")
            };
            assert_eq!(orders.len(), count, "{request:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let shop = Shop::default();
        for request in [order(0, 1, 1), order(9, 1, 1), order(1, 0, 1), order(1, 1, 257)] {
            assert!(matches!(shop.answer(request), Err(ShopError::BadOrder(_))));
        }
        for _ in 0..Shop::CAPACITY {
            shop.answer(order(1, 1, 1)).unwrap();
        }
        assert_eq!(shop.answer(order(1, 1, 1)), Err(ShopError::Full(Shop::CAPACITY)));
    }
}
