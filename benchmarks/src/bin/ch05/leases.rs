//! The registry's table, without a socket: what each operation costs, in a small list and in a large one.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use ch05_registry::backend::Offer;
use ch05_registry::table::{Seen, Table, TableLimits};
use serde::Serialize;

use crate::{Error, median};

/// How many providers the service has.
const SIZES: [u32; 2] = [10_000, 100_000];
/// Registrations that come and go in one round: 1000, below what the log of changes holds.
const BATCH: u32 = 1000;
/// Rounds: 21, as in the other tables.
const ROUNDS: usize = 21;
/// A lease that ends within a round, and one that does not.
const SHORT: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(3600);

/// One operation, at each of the [`SIZES`].
#[derive(Serialize)]
pub struct Operation {
    name: &'static str,
    /// Nanoseconds of one, in the median round.
    median_ns: Vec<f64>,
}

const NAMES: [&str; 7] = [
    "register, one more",
    "renew",
    "expire, one that is over",
    "deregister",
    "since: nothing is new",
    "since: one change",
    "since: the whole list",
];

pub fn measure() -> Result<Vec<Operation>, Error> {
    let mut tables = SIZES.map(filled);
    // By operation, size, round.
    let mut times = vec![vec![Vec::with_capacity(ROUNDS); SIZES.len()]; NAMES.len()];
    for round in 0..ROUNDS {
        for (size, (table, now)) in tables.iter_mut().enumerate() {
            for (operation, ns) in one_round(table, now, round)?.into_iter().enumerate() {
                times[operation][size].push(ns);
            }
        }
    }
    let operation =
        |(name, times): (_, Vec<_>)| Operation { name, median_ns: times.into_iter().map(median).collect() };
    Ok(NAMES.into_iter().zip(times).map(operation).collect())
}

fn service() -> ServiceKey {
    ServiceKey::parse("shop.OrderService:1.0").expect("a good key")
}

/// An ordinary provider: an address, a zone, a weight.
fn offer(id: String, number: u32) -> Offer {
    let [_, a, b, c] = number.to_be_bytes();
    let endpoint = Endpoint::new(([10, a, b, c], 7050).into());
    let endpoint = endpoint.with("zone", "a").and_then(|it| it.with("weight", "100")).expect("two labels");
    Offer { service: service(), endpoint, id }
}

fn filled(size: u32) -> (Table, Instant) {
    // More than fits into one answer: what is measured is the table.
    let (max_registrations, max_service_bytes) = (200_000, usize::MAX);
    let limits =
        TableLimits { max_registrations, max_service_bytes, max_ttl: LONG, ..TableLimits::default() };
    let now = Instant::now();
    let mut table = Table::new(1, now, Duration::ZERO, limits);
    for number in 0..size {
        table.register(now, &offer(format!("{number:016x}"), number), LONG).expect("there is room");
    }
    (table, now)
}

/// Nanoseconds of one operation of each kind, in the order of [`NAMES`]. The table is afterwards as it was.
fn one_round(table: &mut Table, now: &mut Instant, round: usize) -> Result<[f64; NAMES.len()], Error> {
    let service = service();
    let offers: Vec<_> =
        (0..BATCH).map(|number| offer(format!("{round}-{number}"), (1 << 20) + number)).collect();
    let before = seen(table, *now, &service)?;
    let register = each(&offers, |offer| _ = table.register(*now, offer, SHORT));
    let renew = each(&offers, |offer| _ = table.renew(*now, &offer.id));
    let last = seen(table, *now, &service)?;
    let nothing = each(&offers, |_| _ = black_box(table.since(*now, &service, last)));
    let one_before = Seen { revision: last.revision - 1, ..last };
    let one = each(&offers, |_| _ = black_box(table.since(*now, &service, one_before)));
    let whole = each(&offers[..3], |_| _ = black_box(table.since(*now, &service, Seen::default())));
    *now += SHORT;
    let expire = each(&offers[..1], |_| assert_eq!(table.expire(*now).len(), offers.len()));
    for offer in &offers {
        table.register(*now, offer, LONG)?;
    }
    let deregister = each(&offers, |offer| _ = table.deregister(*now, &offer.id));
    assert!(seen(table, *now, &service)?.revision == before.revision + 4 * u64::from(BATCH));
    Ok([register, renew, expire / f64::from(BATCH), deregister, nothing, one, whole])
}

/// What a caller has seen who has just got the whole list.
fn seen(table: &Table, now: Instant, service: &ServiceKey) -> Result<Seen, Error> {
    Ok(table.since(now, service, Seen::default()).ok_or("a list is news to who has seen nothing")?.seen)
}

/// Nanoseconds of `work` for one of `offers`, when it is done for all.
fn each(offers: &[Offer], mut work: impl FnMut(&Offer)) -> f64 {
    let start = Instant::now();
    for offer in offers {
        work(black_box(offer));
    }
    start.elapsed().as_secs_f64() * 1e9 / offers.len() as f64
}

pub fn print(operations: &[Operation]) {
    println!("The registry's table, in memory, on one core: ns of one operation");
    let [small, large] = SIZES;
    println!("{:<28}{:>14}{:>16}{:>9}", "", format!("{small} listed"), format!("{large} listed"), "ratio");
    for Operation { name, median_ns } in operations {
        let [small, large] = [median_ns[0], median_ns[1]];
        println!("{name:<28}{small:>14.0}{large:>16.0}{:>9.1}", large / small);
    }
    println!();
}
