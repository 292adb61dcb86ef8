//! What a caller remembers of a list, and what it keeps when the registry has forgotten.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::listing::{Entry, Listing, Provider, newest};

/// The longest that a registry may ask callers to keep what it does not list: 60 s, the longest lease.
pub const MAX_SETTLE: Duration = Duration::from_secs(60);
/// For how long callers keep whom another registry, at the same address, does not list and says nothing about:
/// 10 s, the usual lease. Whoever lives has registered there by then.
pub const STRANGER: Duration = Duration::from_secs(10);

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
    /// The registry was lost before that.
    unsettled: bool,
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
        let unsettled = std::mem::take(&mut self.unsettled);
        let forgot = unsettled || last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let mut gone = std::mem::take(&mut self.shown);
        for (address, entry) in newest(&listing.entries) {
            let old = gone.remove(&address);
            // Another registration of the same endpoint is another life: a cold one, which has to be known.
            let same = |old: &Shown| old.id == entry.id && old.provider.endpoint == entry.endpoint;
            changed |= !old.as_ref().is_some_and(same);
            let since = old.filter(|old| old.id == entry.id).map(|old| old.provider.since);
            self.shown.insert(address, Shown::new(entry, since.unwrap_or_else(|| birth(entry, now))));
        }
        if forgot {
            let settles_in = Some(listing.settles_in).filter(|it| !it.is_zero()).unwrap_or(STRANGER);
            self.settles = Some(now + settles_in.min(MAX_SETTLE));
        }
        // Who is not listed was forgotten, or has gone since the registry came back.
        let before = gone.len();
        gone.retain(|_, old| {
            old.remembered |= forgot;
            old.remembered
        });
        changed |= gone.len() < before;
        self.shown.append(&mut gone);
        changed
    }
    // ANCHOR_END: listing

    /// The registry is away (again). Nobody is taken away while it cannot say who is there; and one that was
    /// lost before it had settled gets its time once more.
    pub fn lost(&mut self) {
        self.unsettled |= self.settles.take().is_some();
    }

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

    /// A registry that remembers everything.
    fn durable(entries: &[Entry]) -> Listing {
        Listing { entries: entries.to_vec(), ..Listing::default() }
    }

    /// One in its `incarnation`th life.
    fn again(incarnation: u64, entries: &[Entry], settles_in: Duration) -> Listing {
        Listing { entries: entries.to_vec(), incarnation, settles_in }
    }

    fn ids(cache: &Cache) -> Vec<String> {
        cache.providers().iter().map(|it| it.endpoint.label("id").unwrap().to_owned()).collect()
    }

    #[test]
    fn a_list_replaces_the_one_before() {
        let now = Instant::now();
        let mut cache = Cache::default();
        assert!(cache.listing(&durable(&[]), now), "that nobody is there is news the first time");
        assert!(!cache.listing(&durable(&[]), now));
        let (a, b) = (entry("a", 1, 1), entry("b", 2, 2));
        assert!(cache.listing(&durable(&[b.clone(), a.clone()]), now));
        assert_eq!(ids(&cache), ["a", "b"]);
        assert!(!cache.listing(&durable(&[a.clone(), b.clone()]), now), "another order only");
        assert!(cache.listing(&durable(&[b]), now));
        assert_eq!((ids(&cache), cache.due()), (vec!["b".to_owned()], None));
    }

    #[test]
    fn a_registry_that_has_forgotten_takes_nobody_away_until_it_has_settled() {
        let now = Instant::now();
        let [a, b, c] = [entry("a", 1, 1), entry("b", 2, 2), entry("c", 3, 3)];
        let mut cache = Cache::default();
        cache.listing(&durable(&[a.clone(), b.clone(), c.clone()]), now);
        assert!(!cache.listing(&again(1, &[], SECOND), now), "nothing new to see");
        assert!(!cache.listing(&again(1, &[a.clone(), c.clone()], SECOND / 2), now + SECOND / 2));
        assert_eq!((ids(&cache).len(), cache.due()), (3, Some(now + SECOND)));
        // Who has come back and goes then, has gone: that is known.
        assert!(cache.listing(&again(1, &[a], SECOND / 4), now + SECOND * 3 / 4));
        assert_eq!(ids(&cache), ["a", "b"]);
        assert!(!cache.settle(now + SECOND - Duration::from_nanos(1)));
        assert!(cache.settle(now + SECOND));
        assert_eq!((ids(&cache), cache.due()), (vec!["a".to_owned()], None));
        assert!(!cache.settle(now + SECOND * 2));
    }

    /// Another registry stands at the address: it has settled long ago, and has never heard of them.
    #[test]
    fn a_stranger_is_not_believed_at_once() {
        let now = Instant::now();
        let mut cache = Cache::default();
        cache.listing(&again(1, &[entry("a", 1, 1)], Duration::ZERO), now);
        assert!(!cache.listing(&again(2, &[], Duration::ZERO), now));
        assert!(!cache.listing(&again(2, &[], Duration::ZERO), now + SECOND), "its next list ends nothing");
        assert_eq!(cache.due(), Some(now + STRANGER));
        assert!(cache.settle(now + STRANGER));
    }

    /// It comes back empty, and dies again before anybody has registered.
    #[test]
    fn while_the_registry_is_away_nobody_is_taken_away() {
        let now = Instant::now();
        let mut cache = Cache::default();
        cache.listing(&again(1, &[entry("a", 1, 1)], Duration::ZERO), now);
        cache.listing(&again(2, &[], SECOND), now);
        cache.lost();
        assert!(cache.due().is_none() && !cache.settle(now + SECOND * 9));
        // Only the connection was lost: the same registry, and it has its time again.
        assert!(!cache.listing(&again(2, &[], SECOND), now + SECOND * 9));
        assert_eq!((ids(&cache).len(), cache.due()), (1, Some(now + SECOND * 10)));
        // A loss in quiet times means nothing: the next list of the same registry is believed.
        cache.settle(now + SECOND * 10);
        cache.listing(&again(2, &[entry("b", 1, 1)], Duration::ZERO), now + SECOND * 11);
        cache.lost();
        assert!(cache.listing(&again(2, &[], Duration::ZERO), now + SECOND * 12));
    }

    #[test]
    fn nobody_can_ask_for_more_than_a_minute() {
        let now = Instant::now();
        let mut cache = Cache::default();
        cache.listing(&durable(&[entry("a", 1, 1)]), now);
        cache.listing(&again(1, &[], Duration::MAX), now);
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
        cache.listing(&durable(&[old.clone(), entry("new", 2, 2)]), now);
        let uptimes =
            |cache: &Cache, now| cache.providers().iter().map(|it| it.uptime(now)).collect::<Vec<_>>();
        assert_eq!(uptimes(&cache, now), [SECOND * 3600, Duration::ZERO]);
        old.age = None;
        cache.listing(&durable(&[old.clone(), entry("new", 2, 2)]), now + SECOND);
        assert_eq!(uptimes(&cache, now + SECOND), [SECOND * 3601, SECOND]);
        // Another registration of the same address is another life.
        let again = Entry { id: "again".into(), order: 3, age: Some(Duration::ZERO), ..old.clone() };
        assert!(
            cache.listing(&durable(&[old, again]), now + SECOND),
            "news, with the same address and labels"
        );
        assert_eq!(uptimes(&cache, now + SECOND), [Duration::ZERO]);
        assert_eq!(cache.providers()[0].uptime(now), Duration::ZERO, "a clock that seems to go back");
    }
}
