//! One change, and a thousand callers that hear of it: a real registry, as a process of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use ch02_protocol::header::HEADER_LEN;
use ch02_protocol::{CallError, ClientOptions, Reply};
use ch03_codec::{Format, Limits, Marshaller};
use ch04_proxy::{Client, Invocation, Invoker, Proxy};
use ch05_registry::Endpoint;
use ch05_registry::embedded::hub::MAX_WAIT;
use ch05_registry::embedded::service::{Answer, RegistryService as _, RegistryServiceStub};
use ch05_registry::table::Seen;
use serde::Serialize;

use crate::process::{Process, Registry};
use crate::{Error, median};

/// Changes that are followed: 21, as in the other tables.
const ROUNDS: usize = 21;
/// How often everybody asks for the whole list at once: once; it takes long.
const WHOLE_ROUNDS: usize = 1;
/// The service that is followed.
const SERVICE: &str = "shop.OrderService:1.0";
/// The leases: an hour, so that none ends meanwhile, and nobody has to renew.
pub const TTL_MS: u64 = 3_600_000;
/// How long anything may take before the benchmark gives up: two minutes.
const PATIENCE: Duration = Duration::from_secs(120);

/// The registry's process, as it fills.
#[derive(Serialize)]
struct Memory {
    /// Started so that only one may wait.
    for_one: Process,
    /// Started so that all may wait, and nobody does.
    empty: Process,
    /// With all providers.
    filled: Process,
    /// And with all callers waiting.
    waiting: Process,
    /// After all of them have asked for the whole list at once.
    after_whole: Process,
}

/// How long the news took, in milliseconds after the change was sent, in the median round.
#[derive(Serialize)]
struct Spread {
    first_ms: f64,
    median_ms: f64,
    last_ms: f64,
    /// In the bodies of all answers together.
    bytes: u64,
}

const MIB: f64 = (1 << 20) as f64;

/// What was measured.
#[derive(Serialize)]
pub struct News {
    instances: u32,
    watchers: u32,
    /// Registering one after the other, over one connection.
    register_us: f64,
    one_change: Spread,
    whole_list: Spread,
    memory: Option<Memory>,
}

/// A connection that counts the bytes of the answers that come over it.
struct Counting {
    client: Client,
    bytes: Arc<AtomicU64>,
}

impl Invoker for Counting {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        let reply = self.client.invoke(invocation)?;
        self.bytes.fetch_add((HEADER_LEN + reply.body.len()) as u64, Relaxed);
        Ok(reply)
    }
}

/// What a caller shall do next.
#[derive(Clone, Copy)]
enum Order {
    /// Wait for what is new.
    Wait,
    /// Forget everything, and ask for the whole list.
    AskForAll,
}

/// A caller that waits for news, as a follower does (and does nothing with it, so that a thousand of them fit
/// on one machine).
fn watcher(
    stub: &RegistryServiceStub,
    mut seen: Seen,
    orders: &Receiver<Order>,
    news: &Sender<Result<Instant, Error>>,
) {
    for order in orders {
        if matches!(order, Order::AskForAll) {
            seen = Seen::default();
        }
        let result = loop {
            match stub.watch(SERVICE, seen, MAX_WAIT.as_millis() as u64) {
                Ok(Answer::News(update)) => {
                    seen = update.seen;
                    break Ok(Instant::now());
                }
                Ok(Answer::Nothing) => {}
                Ok(Answer::Busy { .. }) => break Err("the registry says that too many wait".into()),
                Err(error) => break Err(error.to_string().into()),
            }
        };
        if news.send(result).is_err() {
            return;
        }
    }
}

/// All callers.
struct Crowd {
    orders: Vec<Sender<Order>>,
    news: Receiver<Result<Instant, Error>>,
    bytes: Arc<AtomicU64>,
}

impl Crowd {
    /// `count` callers, each with a connection of its own, who have seen the list up to `seen`.
    fn new(registry: SocketAddr, count: u32, seen: Seen) -> Result<Self, Error> {
        let (bytes, (sender, news)) = (Arc::<AtomicU64>::default(), channel());
        let mut orders = Vec::new();
        for _ in 0..count {
            let client = Counting { client: client(registry), bytes: Arc::clone(&bytes) };
            let (stub, news, (order, next)) = (stub(client), sender.clone(), channel());
            thread::Builder::new().spawn(move || watcher(&stub, seen, &next, &news))?;
            orders.push(order);
        }
        Ok(Self { orders, news, bytes })
    }

    fn order(&self, order: Order) -> Result<(), Error> {
        self.orders.iter().try_for_each(|caller| caller.send(order)).map_err(|_| "a caller has ended".into())
    }

    /// Waits until all have news, and says how long after `start` the first, the middle and the last had it.
    fn hear(&self, start: Instant) -> Result<[f64; 3], Error> {
        let mut times = Vec::with_capacity(self.orders.len());
        for _ in &self.orders {
            let heard = self.news.recv_timeout(PATIENCE).map_err(|_| "a caller has not heard the news")??;
            times.push(heard.saturating_duration_since(start).as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        Ok([times[0], times[times.len() / 2], times[times.len() - 1]])
    }

    /// Several rounds: `once` begins one, and says when.
    fn rounds(&self, rounds: usize, once: impl Fn(usize) -> Result<Instant, Error>) -> Result<Spread, Error> {
        let (mut times, before) = ([const { Vec::new() }; 3], self.bytes.load(Relaxed));
        for round in 0..rounds {
            let heard = self.hear(once(round)?)?;
            times.iter_mut().zip(heard).for_each(|(times, time)| times.push(time));
        }
        let bytes = (self.bytes.load(Relaxed) - before) / rounds as u64;
        let [first_ms, median_ms, last_ms] = times.map(median);
        Ok(Spread { first_ms, median_ms, last_ms, bytes })
    }
}

/// The registry's service through `invoker`, in the format and with the limits that its own client has: a list
/// of 10,000 has more elements than an ordinary answer may have, and nothing is compressed.
fn stub(invoker: impl Invoker + 'static) -> RegistryServiceStub {
    let limits = Limits { max_elements: 2_000_000, ..Limits::default() };
    let marshaller = Arc::new(Marshaller { limits, ..Marshaller::default() });
    let format = Format { compressor: 0, ..Proxy::FORMAT };
    let proxy = Proxy::new(RegistryServiceStub::key(), Arc::new(invoker));
    RegistryServiceStub::over(proxy.with_format(format).with_marshaller(marshaller))
}

fn client(registry: SocketAddr) -> Client {
    Client::new(registry, ClientOptions { call_timeout: PATIENCE, ..ClientOptions::default() })
}

fn endpoint(number: u32) -> Result<Endpoint, Error> {
    let [_, a, b, c] = number.to_be_bytes();
    Ok(Endpoint::new(([10, a, b, c], 7050).into()).with("zone", "a")?.with("weight", "100")?)
}

pub fn measure(instances: u32, watchers: u32) -> Result<News, Error> {
    room_for_sockets(watchers)?;
    let for_one = Registry::start(1)?.process();
    let registry = Registry::start(watchers)?;
    let stub = stub(client(registry.address));
    let empty = registry.process();

    let start = Instant::now();
    for number in 0..instances {
        stub.register(SERVICE, &format!("{number:016x}"), &endpoint(number)?, TTL_MS)?;
    }
    let register_us = start.elapsed().as_secs_f64() * 1e6 / f64::from(instances);
    let filled = registry.process();

    let Answer::News(list) = stub.watch(SERVICE, Seen::default(), 0)? else {
        return Err("a list is news to who has seen nothing".into());
    };
    let crowd = Crowd::new(registry.address, watchers, list.seen)?;
    let all_wait = || -> Result<(), Error> {
        crowd.order(Order::Wait)?;
        let start = Instant::now();
        while stub.services("")?.first().is_none_or(|service| service.waiting < u64::from(watchers)) {
            if start.elapsed() > PATIENCE {
                return Err(format!("not all of {watchers} callers have come to wait").into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    };
    all_wait()?;
    let waiting = registry.process();
    let change = |round| -> Result<Instant, Error> {
        let start = Instant::now();
        stub.register(SERVICE, &format!("new-{round}"), &endpoint(instances + round as u32)?, TTL_MS)?;
        Ok(start)
    };
    let one_change = crowd.rounds(ROUNDS, |round| {
        if round > 0 {
            all_wait()?;
        }
        change(round)
    })?;
    let whole_list = crowd.rounds(WHOLE_ROUNDS, |_| {
        let start = Instant::now();
        crowd.order(Order::AskForAll)?;
        Ok(start)
    })?;
    let after_whole = registry.process();
    let memory = (|| {
        Some(Memory {
            for_one: for_one?,
            empty: empty?,
            filled: filled?,
            waiting: waiting?,
            after_whole: after_whole?,
        })
    })();
    Ok(News { instances, watchers, register_us, one_change, whole_list, memory })
}

/// Makes sure that this process, and the registry that it starts, may open so many sockets.
///
/// A connection costs up to four handles at each end: one to read, one to write, one to close it with.
fn room_for_sockets(watchers: u32) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let needed = u64::from(watchers) * 4 + 100;
        let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
        if soft < needed {
            setrlimit(Resource::RLIMIT_NOFILE, needed, hard.max(needed)).map_err(|error| {
                format!(
                    "{watchers} callers need {needed} open files, this process may have {hard} ({error}): \
                     raise the limit with `ulimit -n {needed}`, or take fewer with --watchers {}",
                    hard.saturating_sub(100) / 4
                )
            })?;
        }
    }
    Ok(())
}

impl News {
    pub fn print(&self) {
        let Self { instances, watchers, register_us, one_change, whole_list, memory } = self;
        println!(
            "{watchers} callers, each over a connection of its own, follow a service of {instances} providers"
        );
        println!(
            "{:<36}{:>11}{:>11}{:>11}{:>16}",
            "ms until it is with", "the first", "the middle", "the last", "bytes for all"
        );
        let rows = [
            ("one more provider, from the log", one_change),
            ("the whole list, all ask at once", whole_list),
        ];
        for (name, Spread { first_ms, median_ms, last_ms, bytes }) in rows {
            println!("{name:<36}{first_ms:>11.1}{median_ms:>11.1}{last_ms:>11.1}{bytes:>16}");
        }
        let times = whole_list.bytes / one_change.bytes.max(1);
        println!("Whole lists for one change: {times} times the bytes.");
        println!("To register {instances}, one after the other: {register_us:.0} µs each.\n");
        match memory {
            Some(memory) => memory.print(*instances, *watchers),
            None => println!("The registry's process: its memory is not told on this system."),
        }
    }
}

impl Memory {
    fn print(&self, instances: u32, watchers: u32) {
        let Self { for_one, empty, filled, waiting, after_whole } = self;
        let each = |later: &Process, earlier: &Process, count: u32, what: &str| {
            let bytes = later.resident.saturating_sub(earlier.resident) / u64::from(count.max(1));
            format!("{bytes} bytes {what}")
        };
        let most = format!("{:.1} MiB at most", after_whole.most as f64 / MIB);
        println!("{:<36}{:>14}{:>10}", "The registry's process", "resident, MiB", "threads");
        for (name, process, says) in [
            ("empty, one caller may wait", for_one, String::new()),
            (
                "empty, all may wait",
                empty,
                each(empty, for_one, watchers.saturating_sub(1), "an idle worker"),
            ),
            ("all providers registered", filled, each(filled, empty, instances, "a provider")),
            ("all callers wait", waiting, each(waiting, filled, watchers, "a caller")),
            ("all have asked for the whole list", after_whole, most),
        ] {
            let line =
                format!("{name:<36}{:>14.1}{:>10}   {says}", process.resident as f64 / MIB, process.threads);
            println!("{}", line.trim_end());
        }
    }
}
