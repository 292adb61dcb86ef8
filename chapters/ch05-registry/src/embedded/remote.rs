//! The way to an embedded registry: the backend of those who use it.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ch02_protocol::ClientOptions;
use ch03_codec::{Format, Limits, Marshaller};
use ch04_proxy::{Client, Invoker, Proxy, RpcError, ServiceKey};

use super::hub::MAX_WAIT;
use super::service::{Answer, RegistryService as _, RegistryServiceStub};
use crate::backend::{Backend, Offer, Renewal, Watch};
use crate::error::RegistryError;
use crate::follower::LOOK_AROUND;
use crate::listing::{Entry, Listing};
use crate::table::{Listed, Refusal, Seen, Update};

/// How long a registration stays without a word from its provider: 10 s. A renewal every 3.3 s costs a registry
/// with 10,000 providers 3000 calls a second; and who hears of a crash 10 s late has called a dead provider for
/// 10 s, which chapter 6 does something about.
pub const DEFAULT_TTL: Duration = Duration::from_secs(10);
/// How long a call to the registry may take: 3 s, and never longer than a third of a lease, so that a lost one
/// does not cost the lease.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(3);
/// The shortest of all call time-outs: 100 ms. A call in a data centre takes one.
const SHORTEST_TIMEOUT: Duration = Duration::from_millis(100);
/// How many registrations of one service are taken from a registry: 100,000, as many as a registry of ours takes
/// of all. It may be a stranger's.
const MAX_ENTRIES: usize = 100_000;
/// How many values one answer may hold: 2 million. A provider with two labels is fifteen of them, so the largest
/// list that fits into a frame has half a million.
const MAX_ELEMENTS: u64 = 2_000_000;
/// The least time between two questions that were answered with nothing new: 50 ms.
const PACE: Duration = Duration::from_millis(50);

/// An embedded registry, seen from a program that uses it.
pub struct Embedded {
    name: String,
    ttl: Duration,
    /// For what is answered at once.
    calls: RegistryServiceStub,
    /// A connection of its own for watches, which wait: a registry that does not answer calls is noticed after
    /// [`CALL_TIMEOUT`], though watches may be silent for longer.
    watches: Arc<RegistryServiceStub>,
}

impl Embedded {
    /// The registry at `address`; registrations stay for `ttl`.
    pub fn new(address: SocketAddr, ttl: Duration) -> Self {
        let client = |call_timeout| -> Arc<dyn Invoker> {
            let options =
                ClientOptions { call_timeout, connect_timeout: CALL_TIMEOUT, ..ClientOptions::default() };
            Arc::new(Client::new(address, options))
        };
        let call_timeout = CALL_TIMEOUT.min(ttl / 3).max(SHORTEST_TIMEOUT);
        Self::through(address.to_string(), ttl, client(call_timeout), client(LOOK_AROUND + CALL_TIMEOUT))
    }

    /// A registry in this process.
    pub fn within(invoker: Arc<dyn Invoker>, ttl: Duration) -> Self {
        Self::through("in this process".into(), ttl, Arc::clone(&invoker), invoker)
    }

    fn through(at: String, ttl: Duration, calls: Arc<dyn Invoker>, watches: Arc<dyn Invoker>) -> Self {
        let limits = Limits { max_elements: MAX_ELEMENTS, ..Limits::default() };
        let marshaller = Arc::new(Marshaller { limits, ..Marshaller::default() });
        // Not compressed: after a restart everybody asks for the whole list at once, and to deflate it costs the
        // registry more than to send it.
        let format = Format { compressor: 0, ..Proxy::FORMAT };
        let stub = |invoker| {
            let proxy = Proxy::new(RegistryServiceStub::key(), invoker);
            RegistryServiceStub::over(proxy.with_format(format).with_marshaller(Arc::clone(&marshaller)))
        };
        let (calls, watches) = (stub(calls), Arc::new(stub(watches)));
        Self { name: format!("embedded {at}"), ttl, calls, watches }
    }

    fn error(&self, error: RpcError<Refusal>) -> RegistryError {
        told(&self.name, error)
    }
}

fn told(registry: &str, error: RpcError<Refusal>) -> RegistryError {
    let registry = registry.to_owned();
    match error {
        RpcError::Service(refusal) => RegistryError::Refused { registry, why: refusal.to_string() },
        other => RegistryError::Unreachable { registry, why: other.to_string() },
    }
}

impl Backend for Embedded {
    type Lease = String;
    type Watch = EmbeddedWatch;

    fn name(&self) -> String {
        self.name.clone()
    }

    fn renew_every(&self) -> Duration {
        self.ttl / 3
    }

    fn register(&self, offer: &Offer) -> Result<String, RegistryError> {
        let ttl = self.ttl.as_millis() as u64;
        let done = self.calls.register(offer.service.as_str(), &offer.id, &offer.endpoint, ttl);
        done.map(|()| offer.id.clone()).map_err(|error| self.error(error))
    }

    fn renew(&self, lease: &String) -> Result<Renewal, RegistryError> {
        let kept = self.calls.renew(lease).map_err(|error| self.error(error))?;
        Ok(if kept { Renewal::Kept } else { Renewal::Gone })
    }

    fn deregister(&self, lease: &String) -> Result<(), RegistryError> {
        self.calls.deregister(lease).map(|_| ()).map_err(|error| self.error(error))
    }

    fn watch(&self, service: &ServiceKey) -> Result<EmbeddedWatch, RegistryError> {
        Ok(EmbeddedWatch {
            registry: self.name.clone(),
            service: service.clone(),
            stub: Arc::clone(&self.watches),
            seen: Seen::default(),
            entries: HashMap::new(),
        })
    }
}

/// One service, followed by asking again and again for what is new; the registry answers when something is.
pub struct EmbeddedWatch {
    registry: String,
    service: ServiceKey,
    stub: Arc<RegistryServiceStub>,
    seen: Seen,
    entries: HashMap<Arc<str>, Entry>,
}

impl Watch for EmbeddedWatch {
    // ANCHOR: next
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let asked = Instant::now();
        // At least one: to ask without waiting, again and again, would keep a core busy.
        let wait = limit.min(MAX_WAIT).as_millis().max(1) as u64;
        let answer = self.stub.watch(self.service.as_str(), self.seen, wait);
        let back = match answer.map_err(|error| told(&self.registry, error))? {
            Answer::News(update) => return self.apply(update).map(Some),
            Answer::Nothing => PACE.min(limit),
            Answer::Busy { after_ms } => Duration::from_millis(after_ms).clamp(PACE, limit.max(PACE)),
        };
        // A registry that has nothing to say says so late. One that is quicker does not set our pace.
        thread::sleep(back.saturating_sub(asked.elapsed()));
        Ok(None)
    }
    // ANCHOR_END: next
}

impl EmbeddedWatch {
    // ANCHOR: apply
    fn apply(&mut self, update: Update) -> Result<Listing, RegistryError> {
        if update.whole {
            self.entries.clear();
        }
        for id in update.gone {
            self.entries.remove(&*id);
        }
        let put = update.put.into_iter().map(entry);
        self.entries.extend(put.map(|entry| (Arc::clone(&entry.id), entry)));
        if self.entries.len() > MAX_ENTRIES {
            let what = format!("a list of {}", self.service);
            return Err(RegistryError::Malformed { what, why: format!("more than {MAX_ENTRIES} entries") });
        }
        self.seen = update.seen;
        Ok(Listing {
            entries: self.entries.values().cloned().collect(),
            incarnation: update.seen.incarnation,
            settles_in: Duration::from_millis(update.settles_in_ms),
        })
    }
    // ANCHOR_END: apply
}

fn entry(Listed { id, order, endpoint, age_ms }: Listed) -> Entry {
    let age = Some(Duration::from_millis(age_ms));
    Entry { id: id.into(), order, endpoint: Arc::new(endpoint), age }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("name", &self.name).field("ttl", &self.ttl).finish_non_exhaustive()
    }
}
