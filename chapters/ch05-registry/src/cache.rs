//! What a caller remembers of a list, and what it keeps when the registry has forgotten.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::listing::{Entry, Listing, Provider, newest};

/// The longest that a registry may ask callers to keep what it does not list: 60 s, the longest lease.
pub const MAX_SETTLE: Duration = Duration::from_secs(60);

/// The list of one service at a caller. It outlives the registry. [R-01]
///
/// ```text
///   registry        A B C │ killed   started again: A │ A C │ settled
///   its list        A B C │ ─        A                │ A C │ A C
///   this cache      A B C │ A B C    A B C            │ A B C │ A C
/// ```
///
/// A registry that was started again begins with an empty list, while all providers live. Who believed it
/// would have nobody to call. So it says for how long its list may lack somebody, and until then nobody is
/// taken away who was there before. Driven by `now`; no clock, no thread.
#[derive(Debug, Default)]
pub struct Cache {
    /// What is shown, by address.
    shown: BTreeMap<SocketAddr, Shown>,
    /// When what is only remembered is taken away.
    settles: Option<Instant>,
    /// Of the last list. `None`: no list has come yet.
    incarnation: Option<u64>,
}

#[derive(Debug)]
struct Shown {
    id: Arc<str>,
    provider: Provider,
    /// Not in the last list.
    remembered: bool,
}

impl Cache {
    /// Takes the registry's whole list. Whether callers see something new.
    // ANCHOR: listing
    pub fn listing(&mut self, listing: &Listing, now: Instant) -> bool {
        let last = self.incarnation.replace(listing.incarnation);
        let forgot = last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let mut gone = std::mem::take(&mut self.shown);
        for (address, entry) in newest(&listing.entries) {
            let old = gone.remove(&address);
            changed |= old.as_ref().is_none_or(|old| old.provider.endpoint != entry.endpoint);
            let since = old.filter(|old| old.id == entry.id).map(|old| old.provider.since);
            self.shown.insert(address, Shown::new(entry, since.unwrap_or_else(|| birth(entry, now))));
        }
        let settles_in = listing.settles_in.min(MAX_SETTLE);
        self.settles = (settles_in > Duration::ZERO).then(|| now + settles_in);
        // Who is not listed was forgotten, or has gone since the registry came back.
        let before = gone.len();
        gone.retain(|_, old| {
            old.remembered |= forgot;
            old.remembered && self.settles.is_some()
        });
        changed |= gone.len() < before;
        self.shown.append(&mut gone);
        changed
    }
    // ANCHOR_END: listing

    /// When to ask [`settle`](Self::settle).
    pub fn due(&self) -> Option<Instant> {
        self.settles
    }

    /// Takes away what was only remembered, if it is time. Whether callers see something new.
    pub fn settle(&mut self, now: Instant) -> bool {
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() < before
    }

    /// Everybody who may be called, by address.
    pub fn providers(&self) -> Vec<Provider> {
        self.shown.values().map(|shown| shown.provider.clone()).collect()
    }
}

impl Shown {
    fn new(entry: &Entry, since: Instant) -> Self {
        let provider = Provider { endpoint: Arc::clone(&entry.endpoint), since };
        Self { id: Arc::clone(&entry.id), provider, remembered: false }
    }
}

// ANCHOR: birth
/// Since when it has been there, on our own clock. Without an age it is new.
fn birth(entry: &Entry, now: Instant) -> Instant {
    now.checked_sub(entry.age.unwrap_or_default()).unwrap_or(now)
}
// ANCHOR_END: birth

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::tests::entry;

    const SECOND: Duration = Duration::from_secs(1);

    fn listing(entries: &[Entry], settles_in: Duration) -> Listing {
        Listing { entries: entries.to_vec(), settles_in, incarnation: u64::from(settles_in > Duration::ZERO) }
    }

    fn ids(cache: &Cache) -> Vec<String> {
        cache.providers().iter().map(|it| it.endpoint.label("id").unwrap().to_owned()).collect()
    }

    #[test]
    fn a_list_replaces_the_one_before() {
        let now = Instant::now();
        let mut cache = Cache::default();
        assert!(
            cache.listing(&listing(&[], Duration::ZERO), now),
            "that nobody is there is news the first time"
        );
        assert!(!cache.listing(&listing(&[], Duration::ZERO), now));
        let (a, b) = (entry("a", 1, 1), entry("b", 2, 2));
        assert!(cache.listing(&listing(&[b.clone(), a.clone()], Duration::ZERO), now));
        assert_eq!(ids(&cache), ["a", "b"]);
        assert!(!cache.listing(&listing(&[a.clone(), b.clone()], Duration::ZERO), now), "another order only");
        assert!(cache.listing(&listing(&[b], Duration::ZERO), now));
        assert_eq!((ids(&cache), cache.due()), (vec!["b".to_owned()], None));
    }

    #[test]
    fn a_registry_that_has_forgotten_takes_nobody_away_until_it_has_settled() {
        let now = Instant::now();
        let [a, b, c] = [entry("a", 1, 1), entry("b", 2, 2), entry("c", 3, 3)];
        let mut cache = Cache::default();
        cache.listing(&listing(&[a.clone(), b.clone(), c.clone()], Duration::ZERO), now);
        assert!(!cache.listing(&listing(&[], SECOND), now), "nothing new to see");
        assert!(!cache.listing(&listing(&[a.clone(), c.clone()], SECOND / 2), now + SECOND / 2));
        assert_eq!((ids(&cache).len(), cache.due()), (3, Some(now + SECOND)));
        // Who has come back and goes then, has gone: that is known.
        assert!(cache.listing(&listing(&[a], SECOND / 4), now + SECOND * 3 / 4));
        assert_eq!(ids(&cache), ["a", "b"]);
        assert!(!cache.settle(now + SECOND - Duration::from_nanos(1)));
        assert!(cache.settle(now + SECOND));
        assert_eq!((ids(&cache), cache.due()), (vec!["a".to_owned()], None));
        assert!(!cache.settle(now + SECOND * 2));
    }

    #[test]
    fn a_settled_list_ends_the_waiting() {
        let now = Instant::now();
        let mut cache = Cache::default();
        cache.listing(&listing(&[entry("a", 1, 1)], Duration::ZERO), now);
        cache.listing(&listing(&[], SECOND), now);
        assert!(cache.listing(&listing(&[], Duration::ZERO), now));
        assert_eq!((ids(&cache).len(), cache.due()), (0, None));
    }

    #[test]
    fn nobody_can_ask_for_more_than_a_minute() {
        let now = Instant::now();
        let mut cache = Cache::default();
        cache.listing(&listing(&[entry("a", 1, 1)], Duration::ZERO), now);
        cache.listing(&listing(&[], Duration::MAX), now);
        assert_eq!(cache.due(), Some(now + MAX_SETTLE));
    }

    /// [G-16]: a caller that starts an hour later must not take an old provider for a new one, nor a new one
    /// for old; and hearing of it again makes nobody younger.
    #[test]
    fn uptime_is_the_registrys_age_on_our_own_clock() {
        let now = Instant::now() + SECOND * 10_000;
        let mut cache = Cache::default();
        let mut old = entry("old", 1, 1);
        old.age = Some(SECOND * 3600);
        cache.listing(&listing(&[old.clone(), entry("new", 2, 2)], Duration::ZERO), now);
        let uptimes =
            |cache: &Cache, now| cache.providers().iter().map(|it| it.uptime(now)).collect::<Vec<_>>();
        assert_eq!(uptimes(&cache, now), [SECOND * 3600, Duration::ZERO]);
        old.age = None;
        cache.listing(&listing(&[old.clone(), entry("new", 2, 2)], Duration::ZERO), now + SECOND);
        assert_eq!(uptimes(&cache, now + SECOND), [SECOND * 3601, SECOND]);
        // Another registration of the same address is another life.
        let mut again = entry("again", 3, 1);
        again.age = Some(Duration::ZERO);
        cache.listing(&listing(&[old, again], Duration::ZERO), now + SECOND);
        assert_eq!(uptimes(&cache, now + SECOND), [Duration::ZERO]);
        assert_eq!(cache.providers()[0].uptime(now), Duration::ZERO, "a clock that seems to go back");
    }
}
