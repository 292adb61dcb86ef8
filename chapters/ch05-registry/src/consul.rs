//! Consul, over its HTTP interface: sessions as leases, keys that end with them, questions that wait.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ch04_proxy::ServiceKey;
use serde::Deserialize;
use serde_json::json;

use crate::backend::{Backend, Offer, Renewal, Watch};
use crate::error::RegistryError;
use crate::http::{Answer, Http};
use crate::listing::{Entry, Listing};
use crate::stored::{MAX_ENTRIES, MAX_VALUE, Stored, is_news};
use crate::url;

/// The shortest TTL that Consul takes: 10 s.
pub const SHORTEST: Duration = Duration::from_secs(10);
/// The longest: a day.
pub const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// How long to wait before asking again, when an answer came early and said nothing new: 100 ms. Consul may answer
/// for reasons of its own; without a rest, such a reason would keep a processor busy at both ends.
const REST: Duration = Duration::from_millis(100);

/// A backend that keeps registrations in Consul's key-value store. [R-03]
///
/// ```text
///   session  adf4238a-…   TTL 10 s, behaviour "delete": when it ends, its keys go with it
///      └─ yrpc/blue%2FOrderService/adf4238a-…  =  {"format":1,"service":…,"endpoint":…}
/// ```
///
/// **Tested against an imitation only.** It is written after Consul's documentation, and its tests run against a
/// small server that does what the documentation says. No real Consul has ever answered it. Try it before you
/// rely on it.
///
/// - **Lease.** A session; its TTL is between [`SHORTEST`] and [`LONGEST`], and a shorter one becomes the shortest. It
///   is a promise in one direction: Consul ends a session *not before* its TTL, and may take twice as long.
/// - **Why is the session the key's name?** Only one session can hold a key. An attempt whose answer was lost would
///   stand in the way of the next one; so each has a key of its own, and the lost one ends by itself. It also makes
///   the lock delay (how long nobody may take over a key) meaningless, so it is left as it is.
/// - **No health checks** are tied to the session, although Consul would tie the one of its agent's host to it: the
///   provider runs somewhere else, and only its renewals say that it lives. [H-01]
/// - **Order.** The key's `CreateIndex`. **Age**: Consul tells none, so it is `None`.
/// - **Memory.** A majority has it on disk: [`Listing::incarnation`] stays 0.
///
/// Consul has a catalogue of services with health checks, too. That is what one would use with Consul alone; here
/// all registries keep the same promise, a lease, and the key-value store has it. No TLS and no tokens here.
#[derive(Debug)]
pub struct Consul {
    http: Arc<Http>,
    ttl: Duration,
}

/// What Consul gave for a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsulLease {
    session: String,
    /// Its path in a URL.
    key: String,
}

impl Consul {
    /// Consul at `address`, with sessions of `ttl`, as far as Consul has such.
    pub fn new(address: SocketAddr, ttl: Duration) -> Self {
        Self { http: Arc::new(Http::new("consul", address)), ttl: ttl.clamp(SHORTEST, LONGEST) }
    }

    fn put(&self, path: &str, body: &str) -> Result<Answer, RegistryError> {
        let answer = self.http.put(path, body)?;
        if answer.status == 200 { Ok(answer) } else { Err(refusal(&self.http, &answer)) }
    }
}

#[derive(Deserialize)]
struct Created {
    #[serde(rename = "ID")]
    id: String,
}

// ANCHOR: backend
impl Backend for Consul {
    type Lease = ConsulLease;
    type Watch = ConsulWatch;

    fn name(&self) -> String {
        self.http.name().to_owned()
    }

    fn renew_every(&self) -> Duration {
        self.ttl / 3
    }

    /// Two steps. If the second fails, nothing is listed, and the session ends by itself.
    fn register(&self, offer: &Offer) -> Result<ConsulLease, RegistryError> {
        let ttl = format!("{}ms", self.ttl.as_millis());
        let session = json!({ "Name": "yrpc", "TTL": ttl, "Behavior": "delete", "NodeChecks": [] });
        let answer = self.put("/v1/session/create", &session.to_string())?;
        let Ok(Created { id }) = serde_json::from_slice(&answer.body) else {
            return Err(self.http.refused("it says nothing of a session that it has created"));
        };
        if !plain(&id) {
            return Err(self.http.refused(&format!("it calls a session {id:?}")));
        }
        let key = format!("{}{id}", path(&offer.service));
        match self.put(&format!("{key}?acquire={id}"), &Stored::new(offer).to_json())?.body.trim_ascii() {
            b"true" => Ok(ConsulLease { session: id, key }),
            _ => Err(self.http.refused("somebody else holds the key of a session that is new")),
        }
    }

    /// Renews the session, and looks whether its key is still there: somebody may have deleted it by hand.
    fn renew(&self, lease: &ConsulLease) -> Result<Renewal, RegistryError> {
        let renewed = self.http.put(&format!("/v1/session/renew/{}", lease.session), "")?;
        let key = match renewed.status {
            200 => self.http.get(&lease.key, Duration::ZERO)?,
            _ => renewed,
        };
        match key.status {
            200 => Ok(Renewal::Kept),
            404 => Ok(Renewal::Gone),
            _ => Err(refusal(&self.http, &key)),
        }
    }

    /// The end of the session is the end of its key. Consul says yes to the end of a session that has ended, too.
    fn deregister(&self, lease: &ConsulLease) -> Result<(), RegistryError> {
        self.put(&format!("/v1/session/destroy/{}", lease.session), "").map(|_| ())
    }

    fn watch(&self, service: &ServiceKey) -> Result<ConsulWatch, RegistryError> {
        Ok(ConsulWatch { http: Arc::clone(&self.http), service: service.clone(), index: 0, last: None })
    }
}
// ANCHOR_END: backend

/// Follows one service.
///
/// ```text
///   GET …?recurse              ──▶ at once:  index 41, the list
///   GET …?recurse&index=41     ──▶ waits …   index 44, the list as it is then
/// ```
///
/// The index is a version: whoever names the last one that he saw is told of what came after it, also if it came
/// while nobody was asking. [R-06] The waiting is done by Consul. (Our own registry works like that, too.)
#[derive(Debug)]
pub struct ConsulWatch {
    http: Arc<Http>,
    service: ServiceKey,
    /// What was seen; 0: nothing yet, and Consul answers at once.
    index: u64,
    last: Option<Listing>,
}

/// A key and its value.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pair {
    key: String,
    /// In base 64; missing when it is empty.
    value: Option<String>,
    create_index: u64,
    /// Who holds the key. Nobody, if a stranger wrote it: then nothing would ever end it.
    session: Option<String>,
}

// ANCHOR: next
impl Watch for ConsulWatch {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let end = Instant::now() + limit;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if let Some(listing) = self.ask(left)? {
                return Ok(Some(listing));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            thread::sleep(REST.min(left));
        }
    }
}

impl ConsulWatch {
    /// The list, if it has become another one within `wait`.
    fn ask(&mut self, wait: Duration) -> Result<Option<Listing>, RegistryError> {
        // "0ms" would mean: as long as Consul likes.
        let query = format!("?recurse&index={}&wait={}ms", self.index, wait.as_millis().max(1));
        // Consul adds up to a sixteenth, so that not everybody asks again at the same time.
        let its_time = wait + wait / 16;
        let answer = self.http.get(&format!("{}{query}", path(&self.service)), its_time)?;
        let pairs: Vec<Pair> = match answer.status {
            200 => serde_json::from_slice(&answer.body).map_err(|error| {
                self.http.refused(&format!("its answer is not what Consul says: {error}"))
            })?,
            404 => Vec::new(), // there is no such key: nobody is registered
            _ => return Err(refusal(&self.http, &answer)),
        };
        self.index = next_index(self.index, answer.index);
        if pairs.len() > MAX_ENTRIES {
            let why = format!("there are {} keys of this service, the limit is {MAX_ENTRIES}", pairs.len());
            return Err(self.http.refused(&why));
        }
        let entries = pairs.into_iter().filter_map(|pair| entry(&self.service, pair)).collect();
        let listing = Listing { entries, ..Listing::default() };
        Ok(is_news(&mut self.last, &listing).then_some(listing))
    }
}
// ANCHOR_END: next

/// Which index to name in the next question.
///
/// It may go back, when Consul was restored from a copy: then the old one would wait for a time long gone, so the
/// next question names none, and is answered at once. And it is at least 1: 0 means none, and would be answered
/// at once for ever.
// ANCHOR: index
fn next_index(asked: u64, came: Option<u64>) -> u64 {
    came.map(|came| came.max(1)).filter(|came| *came >= asked).unwrap_or(0)
}
// ANCHOR_END: index

/// The path of everything that belongs to `service`. Encoded twice: once by us, so that the service's key has no `/`
/// left, and once because it stands in a URL.
fn path(service: &ServiceKey) -> String {
    format!("/v1/kv/yrpc/{}/", url::encode(&url::encode(service.as_str())))
}

fn entry(service: &ServiceKey, pair: Pair) -> Option<Entry> {
    let id = pair.key.strip_prefix(&format!("yrpc/{}/", url::encode(service.as_str())))?;
    let value = pair.value.filter(|value| value.len() <= 2 * MAX_VALUE)?;
    pair.session?;
    let stored = Stored::read(&BASE64_STANDARD.decode(value).ok()?, service)?;
    stored.into_entry(id, pair.create_index, None)
}

/// Whether a name can stand in a URL as it is.
fn plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn refusal(http: &Http, answer: &Answer) -> RegistryError {
    http.refused(&format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_a_version_until_it_goes_back() {
        for (asked, came, next) in [
            (0, Some(41), 41),
            (41, Some(41), 41),
            (41, Some(44), 44),
            (44, Some(3), 0),
            (0, Some(0), 1),
            (1, Some(0), 1),
            (2, Some(0), 0),
            (7, None, 0),
        ] {
            assert_eq!(next_index(asked, came), next, "{asked} {came:?}");
        }
    }

    #[test]
    fn a_service_has_a_path_of_its_own() {
        let path = |key| path(&ServiceKey::parse(key).unwrap());
        assert_eq!(path("blue/S:1"), "/v1/kv/yrpc/blue%252FS%253A1/");
        assert!(!path("a/b").starts_with(&path("a")) && !path("ab").starts_with(&path("a")));
    }

    #[test]
    fn a_ttl_is_one_that_consul_takes() {
        for (asked, ttl) in [(1, 10), (10, 10), (15, 15), (1_000_000, 86_400)] {
            let consul = Consul::new(([127, 0, 0, 1], 1).into(), Duration::from_secs(asked));
            assert_eq!(consul.ttl, Duration::from_secs(ttl));
        }
    }
}
