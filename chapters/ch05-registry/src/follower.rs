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

/// How long the registry is left alone at most while a change waits to be published: 50 ms.
const PACE: Duration = Duration::from_millis(50);

/// Follows `service` until nobody listens any more. `alive` is held for as long as the thread lives.
pub(crate) fn start<B: Backend>(
    backend: Arc<B>,
    service: ServiceKey,
    publisher: Publisher,
    window: Duration,
    alive: Arc<()>,
) -> Result<(), RegistryError> {
    let alarm = Alarm(publisher.share());
    let follower = Follower { publisher, cache: Cache::default(), debounce: Debounce::new(window) };
    let thread = thread::Builder::new().name("registry-follower".into());
    let follow = move || {
        let _alarm = alarm;
        follower.follow(&*backend, &service);
        drop(alive);
    };
    thread.spawn(follow).map(|_| ()).map_err(|error| RegistryError::NoThread { why: error.to_string() })
}

/// Says so when the thread panics, which a backend of somebody else may do: nobody follows any more.
struct Alarm(Publisher);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lost(Instant::now(), "the thread that follows the registry has panicked".into());
        }
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
        let (mut attempts, mut random) = (0, fastrand::Rng::new());
        while self.publisher.is_wanted() {
            let begun = Instant::now();
            let watched = backend.watch(service).and_then(|mut watch| self.watch(&mut watch));
            let Err(error) = watched else { return };
            // What callers have stays with them: cache, snapshot, version.
            self.publisher.lost(Instant::now(), error.to_string());
            self.cache.lost();
            // One that breaks as soon as it has begun is no success.
            attempts = if begun.elapsed() > backoff::LONGEST { 1 } else { attempts + 1 };
            self.pause(backoff::after(attempts, &mut random));
        }
    }
    // ANCHOR_END: follow

    /// Follows one watch until it breaks, or until nobody listens.
    // ANCHOR: watch
    fn watch(&mut self, watch: &mut impl Watch) -> Result<(), RegistryError> {
        while self.publisher.is_wanted() {
            let listing = watch.next(self.next_turn(Instant::now()))?;
            let now = Instant::now();
            if let Some(listing) = listing
                && self.cache.listing(&listing, now)
            {
                self.changed(now);
            }
            self.turn(now);
            if self.debounce.due().is_none() {
                self.publisher.following(); // after the list that makes it true
                continue;
            }
            // News would have to wait. A registry that always has some does not set our pace.
            thread::sleep(self.next_turn(Instant::now()).min(PACE));
            self.turn(Instant::now());
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
