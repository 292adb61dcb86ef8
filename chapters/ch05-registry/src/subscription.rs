//! One writer, any number of readers: the current snapshot without waiting, and a way to wait for the next.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use arc_swap::{ArcSwap, Guard};
use ch04_proxy::ServiceKey;
use event_listener::{Event, Listener as _};

use crate::listing::Provider;
use crate::snapshot::Snapshot;

/// What a caller holds. A clone follows the same list. [R-01]
///
/// ```text
///   Publisher ── a new Arc<Snapshot> ──▶ [ pointer ] ◀── snapshot()   no lock: one atomic pointer is read
///                       │
///                       └── event ──▶ wait_newer() on a thread, newer() in async code
/// ```
#[derive(Debug, Clone)]
pub struct Subscription(Arc<Shared>);

/// Who tells the subscription what is new. It does not keep it: when the last [`Subscription`] is gone,
/// nobody listens any more.
#[derive(Debug)]
pub struct Publisher(Weak<Shared>);

#[derive(Debug)]
struct Shared {
    service: ServiceKey,
    current: ArcSwap<Snapshot>,
    changed: Event,
    standing: Mutex<Standing>,
}

/// The snapshot that was current a moment ago. It points to an `Arc`: clone that to keep it.
#[derive(Debug)]
pub struct Current(Guard<Arc<Snapshot>>);

impl Deref for Current {
    type Target = Arc<Snapshot>;

    fn deref(&self) -> &Arc<Snapshot> {
        &self.0
    }
}

// ANCHOR: standing
/// How far a snapshot can be trusted to be new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The registry has not been reached yet.
    Connecting {
        /// What went wrong last, if something did.
        why: Option<String>,
    },
    /// Changes are followed as they come.
    Following,
    /// The registry cannot be reached. The last snapshot stays, and may be wrong.
    Stale {
        /// Since when.
        since: Instant,
        /// What went wrong last.
        why: String,
    },
}
// ANCHOR_END: standing

/// A subscription to `service`, and who feeds it. For those who write a [`Registry`](crate::Registry) of their
/// own.
pub fn subscription(service: ServiceKey) -> (Publisher, Subscription) {
    let unknown = Snapshot::new(service.clone(), 0, Vec::new());
    let shared = Arc::new(Shared {
        service,
        current: ArcSwap::from_pointee(unknown),
        changed: Event::new(),
        standing: Mutex::new(Standing::Connecting { why: None }),
    });
    (Publisher(Arc::downgrade(&shared)), Subscription(shared))
}

impl Subscription {
    /// What is followed.
    pub fn service(&self) -> &ServiceKey {
        &self.0.service
    }

    /// Who provides it now, as far as this program knows. Takes no lock and never waits: for the path of every
    /// call. Hold the guard as briefly as a lock; clone the `Arc` in it to keep a snapshot.
    // ANCHOR: snapshot
    pub fn snapshot(&self) -> Current {
        Current(self.0.current.load())
    }
    // ANCHOR_END: snapshot

    /// The first snapshot newer than `version`, or `None` when there was none for `within`. Blocks a thread.
    ///
    /// Who asks again with the version that it got loses nothing: what happened in between is in the snapshot
    /// that it gets at once.
    // ANCHOR: wait
    pub fn wait_newer(&self, version: u64, within: Duration) -> Option<Arc<Snapshot>> {
        let end = moment(within);
        loop {
            // First listen, then look: who looks first may miss what comes between the two.
            let listener = self.0.changed.listen();
            let snapshot = self.0.current.load();
            if snapshot.version() > version {
                return Some(Arc::clone(&snapshot));
            }
            drop(snapshot);
            listener.wait_deadline(end)?;
        }
    }
    // ANCHOR_END: wait

    /// The first snapshot newer than `version`. In any async runtime; dropping the future gives up.
    // ANCHOR: newer
    pub async fn newer(&self, version: u64) -> Arc<Snapshot> {
        loop {
            let listener = self.0.changed.listen();
            let snapshot = self.0.current.load_full();
            if snapshot.version() > version {
                return snapshot;
            }
            listener.await;
        }
    }
    // ANCHOR_END: newer

    /// Waits until `is` accepts the standing; `None` when it did not for `within`.
    pub fn wait_standing(&self, within: Duration, is: impl Fn(&Standing) -> bool) -> Option<Standing> {
        let end = moment(within);
        loop {
            let listener = self.0.changed.listen();
            let standing = self.standing();
            if is(&standing) {
                return Some(standing);
            }
            listener.wait_deadline(end)?;
        }
    }

    /// How far the snapshot can be trusted to be new.
    pub fn standing(&self) -> Standing {
        self.0.standing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// When a wait that begins now is over: in a day at the latest, so that no wait is too long to be written down.
pub(crate) fn moment(within: Duration) -> Instant {
    Instant::now() + within.min(Duration::from_secs(24 * 60 * 60))
}

impl Publisher {
    /// Puts `providers` in the place of the last snapshot, and wakes who waits. `false` when nobody listens
    /// any more.
    // ANCHOR: publish
    pub fn publish(&mut self, providers: Vec<Provider>) -> bool {
        let Some(shared) = self.0.upgrade() else { return false };
        let version = shared.current.load().version() + 1;
        shared.current.store(Arc::new(Snapshot::new(shared.service.clone(), version, providers)));
        shared.changed.notify(usize::MAX);
        true
    }
    // ANCHOR_END: publish

    /// The registry answers: what is published is as new as can be.
    pub fn following(&mut self) {
        self.stand(|_| Standing::Following);
    }

    /// The registry does not answer.
    pub fn lost(&mut self, now: Instant, why: String) {
        self.stand(|standing| match standing {
            Standing::Connecting { .. } => Standing::Connecting { why: Some(why) },
            Standing::Following => Standing::Stale { since: now, why },
            Standing::Stale { since, .. } => Standing::Stale { since: *since, why },
        });
    }

    /// Whether anybody listens.
    pub fn is_wanted(&self) -> bool {
        self.0.strong_count() > 0
    }

    /// One more for who listens already.
    pub(crate) fn subscription(&self) -> Option<Subscription> {
        self.0.upgrade().map(Subscription)
    }

    /// Another handle of the same.
    pub(crate) fn share(&self) -> Self {
        Self(Weak::clone(&self.0))
    }

    fn stand(&self, next: impl FnOnce(&Standing) -> Standing) {
        if let Some(shared) = self.0.upgrade() {
            let mut standing = shared.standing.lock().unwrap_or_else(PoisonError::into_inner);
            let next = next(&standing);
            if *standing != next {
                *standing = next;
                drop(standing);
                shared.changed.notify(usize::MAX);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;

    use super::*;
    use crate::endpoint::Endpoint;
    use crate::error::DiscoverError;

    fn pair() -> (Publisher, Subscription) {
        subscription(ServiceKey::parse("OrderService").unwrap())
    }

    fn on(port: u16) -> Vec<Provider> {
        let endpoint = Arc::new(Endpoint::new(([127, 0, 0, 1], port).into()));
        vec![Provider { endpoint, since: Instant::now() }]
    }

    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn nothing_known_is_not_nobody() {
        let (mut publisher, subscription) = pair();
        let service = subscription.service().clone();
        let unknown = DiscoverError::NotYetKnown { service: service.clone() };
        assert_eq!(subscription.snapshot().require(), Err(unknown));
        assert!(publisher.publish(Vec::new()));
        assert_eq!(subscription.snapshot().require(), Err(DiscoverError::NoProvider { service }));
        publisher.publish(on(1));
        assert_eq!(subscription.snapshot().require(), Ok(&on(1)[..]));
        assert_eq!(subscription.snapshot().version(), 2);
    }

    #[test]
    fn what_came_before_the_waiting_is_not_lost() {
        let (mut publisher, subscription) = pair();
        publisher.publish(on(1));
        publisher.publish(on(2));
        let newest = subscription.wait_newer(0, Duration::MAX).unwrap();
        assert_eq!((newest.version(), newest.providers()), (2, &on(2)[..]));
        assert_eq!(subscription.wait_newer(2, Duration::ZERO), None);
    }

    #[test]
    fn all_threads_that_wait_are_woken() {
        let (mut publisher, subscription) = pair();
        let waiting: Vec<_> = (0..8)
            .map(|_| {
                let subscription = subscription.clone();
                thread::spawn(move || subscription.wait_newer(0, LONG).map(|it| it.version()))
            })
            .collect();
        publisher.publish(on(1));
        for thread in waiting {
            assert!(thread.join().unwrap().is_some());
        }
    }

    #[test]
    fn async_code_waits_without_a_thread() {
        struct Woken(AtomicBool);
        impl Wake for Woken {
            fn wake(self: Arc<Self>) {
                self.0.store(true, SeqCst);
            }
        }
        let (mut publisher, subscription) = pair();
        let woken = Arc::new(Woken(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(subscription.newer(0));
        assert!(future.as_mut().poll(&mut context).is_pending());
        assert!(!woken.0.load(SeqCst));
        publisher.publish(on(1));
        assert!(woken.0.load(SeqCst));
        let Poll::Ready(snapshot) = future.as_mut().poll(&mut context) else { panic!("it was woken") };
        assert_eq!(snapshot.version(), 1);
    }

    #[test]
    fn standing_tells_since_when_the_list_may_be_wrong() {
        let (mut publisher, subscription) = pair();
        let start = Instant::now();
        assert_eq!(subscription.standing(), Standing::Connecting { why: None });
        publisher.lost(start, "refused".into());
        assert_eq!(subscription.standing(), Standing::Connecting { why: Some("refused".into()) });
        publisher.following();
        assert_eq!(subscription.standing(), Standing::Following);
        publisher.lost(start, "reset".into());
        publisher.lost(start + LONG, "refused".into());
        assert_eq!(subscription.standing(), Standing::Stale { since: start, why: "refused".into() });
    }

    #[test]
    fn a_publisher_notices_that_nobody_listens() {
        let (mut publisher, subscription) = pair();
        let second = subscription.clone();
        drop(subscription);
        assert!(publisher.is_wanted());
        drop(second);
        assert!(!publisher.is_wanted() && !publisher.publish(Vec::new()));
    }
}
