//! Redis: a key that ends by itself for each registration, and a set of their names for each service.

mod line;
mod watch;

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::redis::pipe;
use ch04_proxy::ServiceKey;

pub use watch::RedisWatch;

use crate::backend::{Backend, Offer, Renewal};
use crate::error::RegistryError;
use crate::stored::Stored;
use crate::url;
use line::Line;

/// The longest lease: a minute, as for every registry here.
const MAX_TTL: Duration = Duration::from_secs(60);
/// How long the set of a service outlives the last renewal in it: an hour, much longer than any lease. Without an
/// end, the sets of services that nobody provides any more would stay for ever.
const INDEX_TTL: Duration = Duration::from_secs(3600);

/// The counter. A service whose name is empty would have this key, and there is none.
const ORDER: &str = "yrpc::order";

/// Where Redis is, and who we are there.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisOptions {
    /// Where it listens: port 6379, as it comes.
    pub address: SocketAddr,
    /// The number of the database.
    pub database: u32,
    /// Who we are. `None`: the user `default`.
    pub username: Option<String>,
    /// What proves it, if it has to be proved.
    pub password: Option<String>,
    /// How long a registration stays without a renewal, in whole milliseconds: from one to a minute.
    pub ttl: Duration,
}

impl RedisOptions {
    /// Database 0 at `address`, without a password.
    pub fn new(address: SocketAddr, ttl: Duration) -> Self {
        Self { address, database: 0, username: None, password: None, ttl }
    }
}

/// Without the password.
impl fmt::Debug for RedisOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, database, username, ttl, .. } = self;
        write!(f, "RedisOptions({username:?} at {address}/{database}, {ttl:?})")
    }
}

/// A backend that keeps registrations in Redis 6 or newer. [R-03]
///
/// ```text
///   yrpc:blue%2FOrderService        sorted set  { 9f1c22d07a3be458 until 1700000010000, … }   who may be there
///   yrpc:blue%2FOrderService:9f1c…  string      {"format":1,…}   PX 10000                     who is there
///   yrpc::order                     number      42                     the last order number given
/// ```
///
/// - **Why a set?** `SCAN` would need none, but walks over every key of the database for each list. A set costs as
///   much as the service has providers. `KEYS` stops everybody meanwhile: never. Sorted by the end of the lease,
///   because names do not end by themselves as keys do: so each renewal takes out all whose time is over.
/// - **Lease.** The key's own end. A renewal is `PEXPIRE`, and writes the name into the set with its new end.
/// - **Order** and **age**: a counter, and `TIME`, both of Redis.
/// - **Memory.** Redis as a registry is usually run without a disk. So each start of it is another
///   [`incarnation`](crate::Listing::incarnation) (`run_id` of `INFO server`), and for one TTL it says that
///   providers may be missing. Who may not ask `INFO` gets a list that never says so. `FLUSHALL`, and
///   keys that are evicted because memory is full (`maxmemory-policy`), are not noticed: do not share a cache's
///   Redis.
/// - **One Redis, or a replica that took over?** Replication is asynchronous: what was written last may be lost,
///   and comes back with its next renewal.
///
/// Nothing here needs a setting of the server's. With `notify-keyspace-events Kxe`, callers hear of a crash as soon
/// as Redis notices that the lease is over, up to 100 ms later; otherwise within a second. More letters tell nothing
/// more: that somebody has come or gone, the backend says itself (`PUBLISH`).
pub struct Redis {
    options: RedisOptions,
    /// For registrations. Watches have connections of their own.
    line: Mutex<Option<Line>>,
}

/// A registration's key, and its name in the set of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisLease {
    service: ServiceKey,
    id: String,
}

impl Redis {
    /// A backend of the Redis that `options` name.
    pub fn new(options: RedisOptions) -> Self {
        Self { options, line: Mutex::new(None) }
    }

    /// Does `work` on the connection, or on a new one. After a failure it is not used again: nobody knows
    /// which answer would come next.
    fn on_line<T>(
        &self,
        work: impl FnOnce(&mut Line) -> Result<T, RegistryError>,
    ) -> Result<T, RegistryError> {
        let mut slot = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = match slot.take() {
            Some(line) => line,
            None => Line::open(&self.options)?,
        };
        let result = work(&mut line)?;
        *slot = Some(line);
        Ok(result)
    }

    fn ttl(&self) -> Duration {
        self.options.ttl.clamp(Duration::from_millis(1), MAX_TTL)
    }

    fn ttl_millis(&self) -> u64 {
        u64::try_from(self.ttl().as_millis()).expect("a minute has few of them")
    }

    /// Writes the name of a registration into the set of its service, and takes out whose time is over.
    fn list(&self, pipe: &mut ::redis::Pipeline, service: &ServiceKey, id: &str, now: u64) {
        let index = index_key(service);
        pipe.cmd("ZADD").arg(&index).arg(now + self.ttl_millis()).arg(id).ignore();
        pipe.cmd("ZREMRANGEBYSCORE").arg(&index).arg("-inf").arg(now).ignore();
        pipe.cmd("EXPIRE").arg(&index).arg(INDEX_TTL.as_secs()).ignore();
    }
}

// ANCHOR: backend
impl Backend for Redis {
    type Lease = RedisLease;
    type Watch = RedisWatch;

    fn name(&self) -> String {
        line::name(&self.options)
    }

    fn renew_every(&self) -> Duration {
        self.ttl() / 3
    }

    fn register(&self, offer: &Offer) -> Result<RedisLease, RegistryError> {
        let (service, id) = (&offer.service, &offer.id);
        self.on_line(|line| {
            let mut ask = pipe();
            ask.cmd("TIME").cmd("INCR").arg(ORDER);
            let (time, order): ((u64, u64), u64) = line.ask(&ask)?;
            let now = line::millis(time);
            let mut stored = Stored::new(offer);
            (stored.order, stored.since) = (Some(order), Some(now));
            // All of it, or nothing; and nobody sees a half.
            let mut enter = pipe();
            enter.atomic();
            enter.cmd("SET").arg(entry_key(service, id)).arg(stored.to_json());
            enter.arg("PX").arg(self.ttl_millis()).ignore();
            self.list(&mut enter, service, id, now);
            enter.cmd("PUBLISH").arg(index_key(service)).arg(id).ignore();
            line.ask::<()>(&enter)
        })?;
        Ok(RedisLease { service: service.clone(), id: id.clone() })
    }

    fn renew(&self, RedisLease { service, id }: &RedisLease) -> Result<Renewal, RegistryError> {
        let (kept,): (bool,) = self.on_line(|line| {
            let (time,): ((u64, u64),) = line.ask(pipe().cmd("TIME"))?;
            let mut renew = pipe();
            renew.atomic();
            renew.cmd("PEXPIRE").arg(entry_key(service, id)).arg(self.ttl_millis());
            self.list(&mut renew, service, id, line::millis(time));
            line.ask(&renew)
        })?;
        Ok(if kept { Renewal::Kept } else { Renewal::Gone })
    }

    fn deregister(&self, RedisLease { service, id }: &RedisLease) -> Result<(), RegistryError> {
        let mut leave = pipe();
        leave.atomic();
        leave.cmd("DEL").arg(entry_key(service, id)).ignore();
        leave.cmd("ZREM").arg(index_key(service)).arg(id).ignore();
        leave.cmd("PUBLISH").arg(index_key(service)).arg(id).ignore();
        self.on_line(|line| line.ask(&leave))
    }

    fn watch(&self, service: &ServiceKey) -> Result<RedisWatch, RegistryError> {
        RedisWatch::begin(&self.options, service, self.ttl())
    }
}
// ANCHOR_END: backend

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Redis").field(&self.options).finish()
    }
}

/// The set of a service. Its name is the name of the channel, too, in which changes are told.
///
/// Encoded, no service key has a `:` left, nor anything that means something in a pattern (`*?[]^\`).
fn index_key(service: &ServiceKey) -> String {
    format!("yrpc:{}", url::encode(service.as_str()))
}

/// The key of one registration.
fn entry_key(service: &ServiceKey, id: &str) -> String {
    format!("{}:{id}", index_key(service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_service_has_a_key_that_belongs_to_another() {
        let keys = ["a", "ab", "a.b", "b/a", "b/a:1", "a:1", "a:1.0", "$", "order"];
        let keys: Vec<_> = keys.iter().map(|key| index_key(&ServiceKey::parse(key).unwrap())).collect();
        for key in &keys {
            let own = key.strip_prefix("yrpc:").unwrap();
            assert!(!own.contains([':', '*', '?', '[', ']', '^', '\\']), "{key}");
            assert_eq!(keys.iter().filter(|other| *other == key).count(), 1);
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let options = RedisOptions {
            password: Some("secret".into()),
            ..RedisOptions::new(([127, 0, 0, 1], 1).into(), Duration::from_secs(1))
        };
        let shown =
            format!("{options:?} {:?} {}", Redis::new(options.clone()), Redis::new(options.clone()).name());
        assert!(!shown.contains("secret") && shown.contains("127.0.0.1:1"), "{shown}");
    }
}
