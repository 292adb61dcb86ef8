//! A look at the list, on the path of every call: behind a pointer that is swapped, and behind two locks.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Barrier, Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use benchmarks::{Contestant, Outcome, compare, table};
use ch04_proxy::ServiceKey;
use ch05_registry::subscription::{Publisher, Subscription, subscription};
use ch05_registry::{Endpoint, Provider, Snapshot};
use serde::Serialize;

use crate::{Error, median};

/// Looks that are one piece of work, so that the loop around them costs nothing.
const BATCH: u32 = 1000;
/// Rounds: 21, as in the other tables.
const ROUNDS: usize = 21;
/// Readers beside the writer.
const READERS: usize = 2;

/// A place for the current list.
trait Place: Sync {
    /// Looks at it, and reads a number in it.
    fn look(&self) -> u64;
    /// Puts another list in its place. Only one thread does.
    fn publish(&self);
}

/// Chapter 5's: a pointer that is swapped. (The lock is for the compiler: there is one writer.)
struct Swapped(Subscription, Mutex<Publisher>);
/// The same, and the reader keeps the list, as it would for longer work: one more owner is counted.
struct Kept(Swapped);
struct ReadWrite(RwLock<Arc<Snapshot>>);
struct Locked(Mutex<Arc<Snapshot>>);

impl Swapped {
    fn new() -> Self {
        let (mut publisher, subscription) = subscription(ServiceKey::parse("OrderService").expect("a key"));
        let provider = |port| {
            let endpoint = Arc::new(Endpoint::new(([127, 0, 0, 1], port).into()));
            Provider { endpoint, since: Instant::now() }
        };
        publisher.publish([1, 2, 3].map(provider).into());
        Self(subscription, Mutex::new(publisher))
    }

    fn list(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.snapshot())
    }
}

impl Place for Swapped {
    fn look(&self) -> u64 {
        self.0.snapshot().version()
    }
    fn publish(&self) {
        let providers = self.0.snapshot().providers().to_vec();
        self.1.lock().expect("nobody panics").publish(providers);
    }
}

impl Place for Kept {
    fn look(&self) -> u64 {
        black_box(self.0.list()).version()
    }
    fn publish(&self) {
        self.0.publish();
    }
}

// With a lock, too, the new list is made before the lock is taken and the old one freed after it was given
// back: nobody holds it for longer than a pointer needs.
impl Place for ReadWrite {
    fn look(&self) -> u64 {
        self.0.read().expect("nobody panics").version()
    }
    fn publish(&self) {
        let new = Arc::new(Snapshot::clone(&self.0.read().expect("nobody panics")));
        let _old = std::mem::replace(&mut *self.0.write().expect("nobody panics"), new);
    }
}

impl Place for Locked {
    fn look(&self) -> u64 {
        self.0.lock().expect("nobody panics").version()
    }
    fn publish(&self) {
        let new = Arc::clone(&self.0.lock().expect("nobody panics"));
        let new = Arc::new(Snapshot::clone(&new));
        let _old = std::mem::replace(&mut *self.0.lock().expect("nobody panics"), new);
    }
}

/// What was measured.
#[derive(Serialize)]
pub struct Looks {
    cores: usize,
    alone: Vec<Outcome>,
    crowded: Vec<Crowded>,
}

/// Two readers that look all the time, beside a writer that publishes all the time.
#[derive(Serialize)]
struct Crowded {
    name: &'static str,
    /// From one look of a reader to its next, in the median round.
    median_ns: f64,
    /// Lists that the writer published in a second.
    published: f64,
    /// How often a reader went to sleep for a lock, for a million looks; `None` where the system does not
    /// tell.
    sleeps: Option<f64>,
}

pub fn measure(round: Duration) -> Result<Looks, Error> {
    let swapped = Swapped::new();
    let list = swapped.list();
    let places: [(&'static str, Box<dyn Place>); 4] = [
        ("snapshot()", Box::new(swapped)),
        ("snapshot(), kept", Box::new(Kept(Swapped::new()))),
        ("RwLock<Arc<_>>", Box::new(ReadWrite(RwLock::new(Arc::clone(&list))))),
        ("Mutex<Arc<_>>", Box::new(Locked(Mutex::new(list)))),
    ];
    let contestants = places.iter().map(|(name, place)| contestant(name, &**place));
    let mut alone = compare(contestants.collect(), round);
    for outcome in &mut alone {
        let (low, high) = outcome.middle_half_ns;
        outcome.median_ns /= f64::from(BATCH);
        outcome.middle_half_ns = (low / f64::from(BATCH), high / f64::from(BATCH));
    }
    let mut rounds: Vec<Vec<Round>> = places.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (index, (_, place)) in places.iter().enumerate() {
            rounds[index].push(crowded(&**place, round));
        }
    }
    let summed_up =
        |(name, rounds): (&'static str, Vec<Round>)| Crowded {
            name,
            median_ns: median(rounds.iter().map(|round| round.ns).collect()),
            published: median(rounds.iter().map(|round| round.published).collect()),
            // All rounds together: it is a rare thing.
            sleeps: rounds.iter().map(|round| round.sleeps).sum::<Option<u64>>().map(|sleeps| {
                sleeps as f64 * 1e6 / rounds.iter().map(|round| round.looks).sum::<u64>() as f64
            }),
        };
    let crowded = places.iter().map(|(name, _)| *name).zip(rounds).map(summed_up).collect();
    Ok(Looks { cores: thread::available_parallelism()?.get(), alone, crowded })
}

fn contestant<'a>(name: &'a str, place: &'a dyn Place) -> Contestant<'a> {
    let work = move || {
        for _ in 0..BATCH {
            black_box(place.look());
        }
    };
    Contestant { name, work: Box::new(work) }
}

/// One round of one contestant.
struct Round {
    ns: f64,
    looks: u64,
    published: f64,
    sleeps: Option<u64>,
}

/// Everybody at once, for as long as one round.
fn crowded(place: &dyn Place, round: Duration) -> Round {
    let (start, stop) = (Barrier::new(READERS + 2), AtomicBool::new(false));
    let reader = || {
        start.wait();
        let (begun, slept, mut looks) = (Instant::now(), times_asleep(), 0);
        while !stop.load(Relaxed) {
            for _ in 0..BATCH {
                black_box(place.look());
            }
            looks += u64::from(BATCH);
        }
        let slept = times_asleep().zip(slept).map(|(after, before)| after - before);
        (begun.elapsed().as_secs_f64(), looks, slept)
    };
    let writer = || {
        start.wait();
        let (begun, mut published) = (Instant::now(), 0u64);
        while !stop.load(Relaxed) {
            place.publish();
            published += 1;
        }
        published as f64 / begun.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(reader)).collect();
        let writer = scope.spawn(writer);
        start.wait();
        thread::sleep(round);
        stop.store(true, Relaxed);
        let mut all = Round { ns: 0.0, looks: 0, published: 0.0, sleeps: Some(0) };
        for reader in readers {
            let (seconds, looks, slept) = reader.join().expect("nobody panics");
            all.ns += seconds * 1e9 / looks as f64 / READERS as f64;
            all.looks += looks;
            all.sleeps = all.sleeps.zip(slept).map(|(sum, more)| sum + more);
        }
        all.published = writer.join().expect("nobody panics");
        all
    })
}

/// How often this thread has given up its core because it had to wait for something, says the kernel. (That
/// others were given its core is another number.)
fn times_asleep() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/thread-self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?.trim().parse().ok()
}

impl Looks {
    pub fn print(&self) {
        println!("A look at the list, one reader");
        println!("{}", table(&self.alone));
        println!("{READERS} readers, and a writer that publishes all the time, on {} cores", self.cores);
        println!(
            "{:<20}{:>11}{:>10}{:>20}{:>25}",
            "", "ns a look", "× alone", "published a second", "sleeps a million looks"
        );
        for (Crowded { name, median_ns, published, sleeps }, alone) in self.crowded.iter().zip(&self.alone) {
            let slower = median_ns / alone.median_ns;
            let sleeps = sleeps.map_or("not told here".into(), |sleeps| format!("{sleeps:.1}"));
            println!("{name:<20}{median_ns:>11.0}{slower:>10.1}{published:>20.0}{sleeps:>25}");
        }
        println!(
            "A sleep: the kernel says that a reader gave up its core to wait for somebody. When threads outnumber"
        );
        println!(
            "cores, the writer is stopped in the middle again and again: who needs its lock sleeps until it goes on.\n"
        );
    }
}
