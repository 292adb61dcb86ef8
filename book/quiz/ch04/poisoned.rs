//! A panic that is contained, and a lock that is not.

use std::sync::Mutex;

use ch02_protocol::{Reply, Status};
use ch04_proxy::dispatcher::contain;

// ANCHOR: program
fn main() {
    std::panic::set_hook(Box::new(|_| ())); // this program shows what the caller sees
    let stock = Mutex::new(10);
    let take = |count: i32| {
        contain(&"Stock.take", || {
            let mut left = stock.lock().unwrap();
            *left -= count;
            assert!(*left >= 0, "less than nothing in stock");
            Reply::ok(left.to_string())
        })
    };
    for count in [3, 50, 1] {
        let Reply { status, body, .. } = take(count);
        println!("take {count}: {status}, {}", String::from_utf8_lossy(&body));
    }
    println!("in stock: {}", stock.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    assert_eq!(Status::INTERNAL, take(1).status);
}
// ANCHOR_END: program
