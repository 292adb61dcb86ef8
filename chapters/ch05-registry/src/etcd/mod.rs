//! etcd, over its JSON gateway: plain HTTP, so that you can do by hand with `curl` whatever is done here.

mod stream;
mod watch;
mod wire;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ch04_proxy::ServiceKey;
use serde_json::{Value, json};

pub use watch::EtcdWatch;

use crate::backend::{Backend, Offer, Renewal};
use crate::error::RegistryError;
use crate::http::{Answer, Http};
use crate::listing::Entry;
use crate::stored::{MAX_ENTRIES, Stored};
use crate::url;
use wire::{Granted, KeptAlive, Pair, Ranged, encode64};

/// A backend that keeps registrations in etcd, each under a lease of its own. [R-03]
///
/// ```text
///   /yrpc/blue%2FOrderService%3A1.0/9f1c22d07a3be458  =  {"format":1,"service":…,"endpoint":…}   lease 7587…
///         └──── the service, encoded ─────┘ └ registration ┘
/// ```
///
/// The service is encoded, so that no `/` is left in it and the `/` behind it ends it: who asks for everything
/// below `/yrpc/a/` gets nothing of a service `a.b`, `ab` or `a/b`.
///
/// - **Lease.** A TTL has whole seconds here, and etcd may grant a longer one: never less than one and a half
///   elections of its cluster (2 s as it comes). It is renewed at a third of what was *asked* for.
/// - **Order.** A key's `create_revision`: one number for the whole store, and every change takes the next.
/// - **Age.** etcd tells no times, so [`Entry::age`] is `None`, and a caller takes a provider that it
///   sees for the first time for a new one.
/// - **Memory.** Everything is on the disks of a majority, leases too, and after a restart or an election
///   each lease starts over. So it never forgets, and [`Listing::incarnation`](crate::Listing) stays 0.
///   (One that was started with an empty folder in the place of its old one does not say so, and is believed.)
///
/// No TLS and no user names here: both would be a few lines in `Http`.
#[derive(Debug, Clone)]
pub struct Etcd {
    http: Arc<Http>,
    seconds: u64,
}

/// What etcd gave for a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EtcdLease {
    id: String,
    /// In base 64.
    key: String,
}

impl Etcd {
    /// etcd at `address`, with leases of `ttl`, in whole seconds, at least one.
    pub fn new(address: SocketAddr, ttl: Duration) -> Self {
        let seconds = ttl.as_secs() + u64::from(ttl.subsec_nanos() > 0);
        Self { http: Arc::new(Http::new("etcd", address)), seconds: seconds.max(1) }
    }

    /// The list of `service`, and the revision of the store that shows it.
    ///
    /// The read is *linearizable*, as etcd does it unless told otherwise: the member that we ask first makes sure
    /// with a majority that it has not fallen behind, so the list has whatever was written before we asked. It
    /// costs a round trip between the members, and fails without a majority. For discovery
    /// `"serializable": true` would do: the member answers at once with what it has, perhaps a little old, and
    /// the watch that follows brings the rest. Nobody can have more than that anyway: a list is old as soon
    /// as it is sent. [R-07]
    fn range(&self, service: &ServiceKey) -> Result<(BTreeMap<String, Entry>, u64), RegistryError> {
        let (key, range_end) = span(service);
        let query = json!({ "key": key, "range_end": range_end, "limit": MAX_ENTRIES });
        let ranged: Ranged = self.ask("/v3/kv/range", &query)?;
        if ranged.more {
            return Err(too_many(&self.http));
        }
        let entries = ranged.kvs.into_iter().filter_map(|pair| entry(service, &pair));
        Ok((entries.map(|entry| (entry.id.to_string(), entry)).collect(), ranged.header.revision))
    }

    fn ask<T: serde::de::DeserializeOwned>(&self, path: &str, query: &Value) -> Result<T, RegistryError> {
        read(&self.http, self.http.post(path, query)?)
    }
}

// ANCHOR: backend
impl Backend for Etcd {
    type Lease = EtcdLease;
    type Watch = EtcdWatch;

    fn name(&self) -> String {
        self.http.name().to_owned()
    }

    fn renew_every(&self) -> Duration {
        Duration::from_secs(self.seconds) / 3
    }

    /// Two steps. If the second fails, nothing is listed, and the lease ends by itself.
    fn register(&self, offer: &Offer) -> Result<EtcdLease, RegistryError> {
        let lease: Granted = self.ask("/v3/lease/grant", &json!({ "TTL": self.seconds }))?;
        let key = encode64(format!("{}{}", prefix(&offer.service), offer.id));
        let value = encode64(Stored::new(offer).to_json());
        let put = json!({ "key": key, "value": value, "lease": lease.id });
        self.ask::<Value>("/v3/kv/put", &put)?;
        Ok(EtcdLease { id: lease.id, key })
    }

    /// Renews the lease, and looks whether the key is still there and ends with it. Somebody may have deleted it by
    /// hand; or a first attempt to register, given up and repeated, has come late and tied it to its own lease.
    fn renew(&self, lease: &EtcdLease) -> Result<Renewal, RegistryError> {
        let kept: KeptAlive = self.ask("/v3/lease/keepalive", &json!({ "ID": lease.id }))?;
        // A lease that etcd does not know is no error to it: it has no time left.
        if kept.result.ttl == 0 {
            return Ok(Renewal::Gone);
        }
        let key: Ranged = self.ask("/v3/kv/range", &json!({ "key": lease.key, "keys_only": true }))?;
        let ours = key.kvs.iter().any(|pair| pair.lease == lease.id);
        Ok(if ours { Renewal::Kept } else { Renewal::Gone })
    }

    /// The end of the lease is the end of its key.
    fn deregister(&self, lease: &EtcdLease) -> Result<(), RegistryError> {
        let answer = self.http.post("/v3/lease/revoke", &json!({ "ID": lease.id }))?;
        match answer.status {
            404 => Ok(()), // it has ended before
            _ => read::<Value>(&self.http, answer).map(|_| ()),
        }
    }

    fn watch(&self, service: &ServiceKey) -> Result<EtcdWatch, RegistryError> {
        EtcdWatch::begin(self.clone(), service)
    }
}
// ANCHOR_END: backend

/// What stands before the number of a registration.
fn prefix(service: &ServiceKey) -> String {
    format!("/yrpc/{}/", url::encode(service.as_str()))
}

/// From the first key of `service` to the first behind the last one, in base 64.
fn span(service: &ServiceKey) -> (String, String) {
    let prefix = prefix(service);
    let end = format!("{}0", prefix.trim_end_matches('/')); // '0' is the character behind '/'
    (encode64(prefix), encode64(end))
}

/// The registration that a key and its value stand for, if they do.
fn entry(service: &ServiceKey, pair: &Pair) -> Option<Entry> {
    let id = id(service, pair)?;
    Stored::read(&pair.value()?, service)?.into_entry(&id, pair.create_revision, None)
}

/// What is left of the key behind the service.
fn id(service: &ServiceKey, pair: &Pair) -> Option<String> {
    let key = String::from_utf8(pair.key()?).ok()?;
    key.strip_prefix(&prefix(service)).map(str::to_owned)
}

/// What an answer says, or why it says nothing.
fn read<T: serde::de::DeserializeOwned>(http: &Http, answer: Answer) -> Result<T, RegistryError> {
    match (answer.status, serde_json::from_slice(&answer.body)) {
        (200, Ok(said)) => Ok(said),
        (200, Err(error)) => Err(http.refused(&format!("its answer is not what etcd says: {error}"))),
        (status, _) => {
            let body = String::from_utf8_lossy(&answer.body);
            let error: Option<wire::Failure> = serde_json::from_str(&body).ok();
            Err(http.refused(&format!("{status} {}", error.map_or(body.into_owned(), |it| it.message))))
        }
    }
}

fn too_many(http: &Http) -> RegistryError {
    http.refused(&format!("there are more than {MAX_ENTRIES} keys of this service, the limit of a list"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_does_not_catch_neighbours() {
        let service = |key| ServiceKey::parse(key).unwrap();
        let decode = |text: &str| String::from_utf8(wire::decode64(text).unwrap()).unwrap();
        let (start, end) = span(&service("a"));
        let (start, end) = (decode(&start), decode(&end));
        assert_eq!((start.as_str(), end.as_str()), ("/yrpc/a/", "/yrpc/a0"));
        for (key, inside) in [
            ("a", true),
            ("ab", false),
            ("a.b", false),
            ("a-b", false),
            ("a$", false),
            ("a0", false),
            ("a:1", false),
            ("a/b", false),
            ("b/a", false),
        ] {
            let key = format!("{}9f", prefix(&service(key)));
            assert_eq!((start.clone()..end.clone()).contains(&key), inside, "{key}");
        }
    }

    #[test]
    fn a_ttl_has_whole_seconds() {
        for (millis, seconds) in [(0, 1), (1, 1), (1000, 1), (1001, 2), (10_000, 10)] {
            assert_eq!(Etcd::new(([127, 0, 0, 1], 1).into(), Duration::from_millis(millis)).seconds, seconds);
        }
    }
}
