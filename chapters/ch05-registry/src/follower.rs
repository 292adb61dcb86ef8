//! The thread that follows one service.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;

use crate::backend::{Backend, Watch};
use crate::backoff;
use crate::cache::Cache;
use crate::debounce::Debounce;
use crate::error::RegistryError;
use crate::subscription::Publisher;

/// How long a follower may live after the last subscription is gone: 5 s. It waits for the registry in pieces
/// of this length, and looks around between two.
pub const LOOK_AROUND: Duration = Duration::from_secs(5);

/// Follows `service` until nobody listens any more.
pub(crate) fn start<B: Backend>(
    backend: Arc<B>,
    service: ServiceKey,
    publisher: Publisher,
    window: Duration,
) {
    let mut notes = publisher.share();
    let follower = Follower { publisher, cache: Cache::default(), debounce: Debounce::new(window) };
    let thread = thread::Builder::new().name("registry-follower".into());
    if let Err(error) = thread.spawn(move || follower.follow(&*backend, &service)) {
        notes.lost(Instant::now(), format!("no thread to follow it: {error}"));
    }
}

struct Follower {
    publisher: Publisher,
    cache: Cache,
    debounce: Debounce,
}

impl Follower {
    // ANCHOR: follow
    fn follow<B: Backend>(mut self, backend: &B, service: &ServiceKey) {
        let mut attempts = 0;
        let mut random = fastrand::Rng::new();
        while self.publisher.is_wanted() {
            let watched = backend.watch(service).and_then(|mut watch| self.watch(&mut watch, &mut attempts));
            let Err(error) = watched else { return };
            // What callers have stays with them: cache, snapshot, version.
            self.publisher.lost(Instant::now(), error.to_string());
            attempts += 1;
            self.pause(backoff::after(attempts, &mut random));
        }
    }
    // ANCHOR_END: follow

    /// Follows one watch until it breaks, or until nobody listens.
    // ANCHOR: watch
    fn watch(&mut self, watch: &mut impl Watch, attempts: &mut u32) -> Result<(), RegistryError> {
        while self.publisher.is_wanted() {
            let limit = self.next_turn(Instant::now());
            let listing = watch.next(limit)?;
            *attempts = 0;
            self.publisher.following();
            let now = Instant::now();
            if let Some(listing) = listing
                && self.cache.listing(&listing, now)
            {
                self.changed(now);
            }
            self.turn(now);
        }
        Ok(())
    }
    // ANCHOR_END: watch

    /// How long nothing of our own is to be done.
    fn next_turn(&self, now: Instant) -> Duration {
        let due = [self.cache.due(), self.debounce.due()].into_iter().flatten().min();
        due.map_or(LOOK_AROUND, |due| due.saturating_duration_since(now).min(LOOK_AROUND))
    }

    /// Does what time has brought.
    fn turn(&mut self, now: Instant) {
        if self.cache.settle(now) {
            self.changed(now);
        }
        if self.debounce.poll(now) {
            self.publish();
        }
    }

    fn changed(&mut self, now: Instant) {
        if self.debounce.change(now) {
            self.publish();
        }
    }

    fn publish(&mut self) {
        self.publisher.publish(self.cache.providers());
    }

    /// Waits for `time`, and keeps its own appointments meanwhile.
    fn pause(&mut self, time: Duration) {
        let end = Instant::now() + time;
        loop {
            let now = Instant::now();
            self.turn(now);
            if now >= end || !self.publisher.is_wanted() {
                return;
            }
            thread::sleep((end - now).min(self.next_turn(now)));
        }
    }
}
