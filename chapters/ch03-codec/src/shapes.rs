//! Five shapes of data, to compare formats by: the same ones in the demo, the tests and the benchmark. [S-02]

use serde_bytes::ByteBuf;

use crate::shop::{Item, Order, Request};

/// The smallest thing that crosses the wire: a question with one number.
pub fn small_call() -> Request {
    Request::GetOrder { id: 42 }
}

/// The order of the book's first pages.
pub fn short_order() -> Order {
    let item = |name: &str, quantity, cents| Item { name: name.into(), quantity, cents };
    let items = vec![item("keyboard", 2, 4900), item("mouse", 1, 1950)];
    Order { id: 7, customer: "Ann".into(), items, note: None }
}

/// An order as a shop has it: three lines, a discount, a note.
pub fn order() -> Order {
    orders(1).remove(0)
}

/// `count` orders, all different, always the same ones.
pub fn orders(count: u64) -> Vec<Order> {
    const NAMES: [&str; 6] = ["keyboard", "mouse", "monitor, 27 inch", "desk lamp", "USB-C cable", "headset"];
    const CUSTOMERS: [&str; 5] = ["Ann Lee", "Bob Öztürk", "Chen Wei", "Dana Novák", "Eve"];
    let mut random = fastrand::Rng::with_seed(3);
    let mut order = |id| {
        let mut items: Vec<Item> = (0..2)
            .map(|_| Item {
                name: (*random.choice(NAMES.iter()).expect("there are names")).into(),
                quantity: random.u32(1..10),
                cents: random.i64(500..50_000),
            })
            .collect();
        items.push(Item { name: "discount".into(), quantity: 1, cents: -random.i64(100..500) });
        let customer = CUSTOMERS[id as usize % CUSTOMERS.len()].into();
        Order { id, customer, items, note: (id % 2 == 1).then(|| "please ring twice".into()) }
    };
    (0..count).map(|index| order(100_001 + index)).collect()
}

/// Some 4,000 bytes of something like English: text repeats itself, as text does.
pub fn text() -> String {
    const WORDS: [&str; 16] = [
        "the", "order", "of", "a", "customer", "has", "been", "shipped", "to", "address", "and", "will",
        "arrive", "on", "Monday", "morning",
    ];
    let mut random = fastrand::Rng::with_seed(5);
    let mut text = String::new();
    while text.len() < 4000 {
        text.push_str(random.choice(WORDS.iter()).expect("there are words"));
        text.push(' ');
    }
    text
}

/// A thousand bytes without any pattern: a picture, a signature, something that is compressed already.
pub fn random_bytes() -> ByteBuf {
    let mut random = fastrand::Rng::with_seed(8);
    ByteBuf::from((0..1000).map(|_| random.u8(..)).collect::<Vec<_>>())
}
