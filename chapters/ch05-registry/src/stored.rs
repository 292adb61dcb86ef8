//! A registration as the value of a key: for stores that know nothing of services (etcd, Redis, Consul).

use std::sync::Arc;
use std::time::Duration;

use ch04_proxy::ServiceKey;
use serde::{Deserialize, Serialize};

use crate::backend::Offer;
use crate::endpoint::Endpoint;
use crate::listing::{Entry, Listing};

/// How long a value may be: 16 KiB. The labels of an endpoint have 2048 bytes at most, and JSON makes six
/// characters of the worst of them.
pub const MAX_VALUE: usize = 16 * 1024;
/// How many keys a service may have: 4096. Anybody who can reach the store can write there; a list that is
/// longer is refused as a whole, because nobody can tell which part of it to believe.
pub const MAX_ENTRIES: usize = 4096;
/// How long the part of a key may be that is a registration's own: 64 bytes. Ours have 16, or 36.
const MAX_ID: usize = 64;
/// Another one when an older program could not read it any more.
const FORMAT: u32 = 1;

/// `{"format":1,"service":"blue/OrderService:1.0","endpoint":{"address":"127.0.0.1:7050","labels":{"zone":"a"}}}`
///
/// Fields that nobody here knows are ignored, so a newer program may add some.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stored {
    format: u32,
    /// Stands in the key, too. Here it is for people, and against keys that only look alike.
    service: String,
    endpoint: Endpoint,
    /// For stores that give no number themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u64>,
    /// When it was registered, in milliseconds on the store's clock, if it tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
}

impl Stored {
    /// What to write for `offer`.
    pub fn new(offer: &Offer) -> Self {
        let (service, endpoint) = (offer.service.to_string(), offer.endpoint.clone());
        Self { format: FORMAT, service, endpoint, order: None, since: None }
    }

    /// As it is written.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers, text and a map of text")
    }

    /// Reads the value of a key. `None`: it is no registration of `service`. A stranger may have written it, so
    /// that is no error; it is not listed, that is all.
    pub fn read(value: &[u8], service: &ServiceKey) -> Option<Self> {
        if value.len() > MAX_VALUE {
            return None;
        }
        let stored: Self = serde_json::from_slice(value).ok()?;
        (stored.format == FORMAT && stored.service == service.as_str()).then_some(stored)
    }

    /// As it is listed under `id`, what is left of its key.
    pub fn into_entry(self, id: &str, order: u64, age: Option<Duration>) -> Option<Entry> {
        let own = !id.is_empty() && id.len() <= MAX_ID && !id.contains('/');
        own.then(|| Entry { id: id.into(), order, endpoint: Arc::new(self.endpoint), age })
    }
}

/// Whether `listing` says something that `last` did not, which it becomes. Ages and remaining times grow and
/// shrink by themselves: they are no news.
pub(crate) fn is_news(last: &mut Option<Listing>, listing: &Listing) -> bool {
    let mut bare = Listing { settles_in: Duration::ZERO, ..listing.clone() };
    bare.entries.iter_mut().for_each(|entry| entry.age = None);
    bare.entries.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let news = last.as_ref() != Some(&bare);
    *last = Some(bare);
    news
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::tests::entry;

    fn service() -> ServiceKey {
        ServiceKey::parse("blue/S:1").unwrap()
    }

    fn json() -> String {
        let endpoint = Endpoint::new(([127, 0, 0, 1], 7050).into()).with("zone", "北\u{1b}\"").unwrap();
        Stored::new(&Offer { service: service(), endpoint, id: "9f".into() }).to_json()
    }

    #[test]
    fn it_comes_back_as_it_was_written() {
        let entry = Stored::read(json().as_bytes(), &service()).unwrap().into_entry("9f", 7, None).unwrap();
        assert_eq!((&*entry.id, entry.order), ("9f", 7));
        assert_eq!(entry.endpoint.label("zone"), Some("北\u{1b}\""));
        let newer = json().replace('{', r#"{"x":1,"#).replacen(r#""labels":{"x":1,"#, r#""labels":{"#, 1);
        assert!(Stored::read(newer.as_bytes(), &service()).is_some(), "unknown fields: {newer}");
    }

    #[test]
    fn the_longest_endpoint_fits() {
        let text = "\u{1}".repeat(Endpoint::MAX_LABEL_BYTES - 1);
        let endpoint = Endpoint::new(([127, 0, 0, 1], 7050).into()).with("a", &text).unwrap();
        let json = Stored::new(&Offer { service: service(), endpoint, id: String::new() }).to_json();
        assert!(json.len() > 12_000 && Stored::read(json.as_bytes(), &service()).is_some());
    }

    #[test]
    fn what_is_no_entry_is_skipped() {
        let other = ServiceKey::parse("blue/S:2").unwrap();
        assert!(Stored::read(json().as_bytes(), &other).is_none(), "of another service");
        let long = json().replace("北", &"x".repeat(MAX_VALUE));
        let label = json().replace("zone", "group");
        let format = json().replace(r#""format":1"#, r#""format":2"#);
        for value in ["", "{}", "[1]", "\u{0}", &"[".repeat(9999), &long, &label, &format, &json()[1..]] {
            assert!(Stored::read(value.as_bytes(), &service()).is_none(), "{value:.80}");
        }
        assert!(Stored::read(b"\xff", &service()).is_none());
        for id in ["", "a/b", &"x".repeat(MAX_ID + 1)] {
            let stored = Stored::read(json().as_bytes(), &service()).unwrap();
            assert!(stored.into_entry(id, 1, None).is_none(), "{id}");
        }
    }

    #[test]
    fn only_what_callers_can_see_is_news() {
        let list = |entries: &[Entry]| Listing { entries: entries.to_vec(), ..Listing::default() };
        let (a, b) = (entry("a", 1, 1), entry("b", 2, 2));
        let mut last = None;
        assert!(is_news(&mut last, &list(&[])), "the first time always");
        assert!(is_news(&mut last, &list(&[a.clone(), b.clone()])));
        let older = Entry { age: Some(Duration::from_secs(9)), ..a.clone() };
        let again = Listing { settles_in: Duration::from_secs(1), ..list(&[b.clone(), older]) };
        assert!(!is_news(&mut last, &again), "ages, and the order in which they stand");
        assert!(is_news(&mut last, &Listing { incarnation: 1, ..again }));
        assert!(is_news(&mut last, &list(&[Entry { order: 3, ..a }, b])));
    }
}
