//! A provider is killed and started again on its old port, before its old lease has ended.

use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use ch05_registry::backend::Offer;
use ch05_registry::table::{Seen, Table, TableLimits};

// ANCHOR: program
const SECOND: Duration = Duration::from_secs(1);
const TTL: Duration = Duration::from_secs(10);

fn main() {
    let start = Instant::now();
    let mut table = Table::new(1, start, Duration::ZERO, TableLimits::default());
    let service = ServiceKey::parse("OrderService").expect("a name");
    let offer = |id: &str| {
        let endpoint = Endpoint::new("10.0.0.7:7051".parse().expect("an address"));
        Offer { service: service.clone(), endpoint, id: id.into() }
    };
    for seconds in [0, 4, 9, 10, 15] {
        let now = start + seconds * SECOND;
        match seconds {
            0 => table.register(now, &offer("old"), TTL).expect("room"), // killed right after
            4 => table.register(now, &offer("new"), TTL).expect("room"),
            9 => println!("  new renews: {}", table.renew(now, "new")),
            15 => println!("  old renews: {}", table.renew(now, "old")), // if it was only slow
            _ => {}
        }
        table.expire(now);
        let list = table.since(now, &service, Seen::default()).expect("the whole list").put;
        let ids: Vec<_> = list.iter().map(|it| &*it.id).collect();
        let shown = list.iter().max_by_key(|it| it.order).map(|it| &*it.id);
        println!("+{seconds} s: {ids:?}, callers see {shown:?}");
    }
}
// ANCHOR_END: program
