//! 05-03 Watch with versions, no lost update.
//!
//! One value that changes, and any number of callers who want to know. Each change has a number; who has seen number 4
//! asks for one that is newer than 4, and cannot miss number 5, however late he asks.
//!
//! ```text
//!   publish ──▶ ┌ version 5 · value ┐ ──▶ current(): what is now
//!               │ wakers            │ ──▶ wait_newer(4, within): a thread sleeps until there is a newer one
//!               └───────────────────┘ ──▶ newer(4).await: a task does, without a thread
//! ```
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// A value with a number.
#[derive(Debug)]
pub struct Board<T> {
    monitor: Monitor<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    /// How many were published. 0: only the first value, which nobody has published.
    version: u64,
    value: Arc<T>,
    /// Who is woken by the next change: a waker for each future, by its ticket.
    wakers: BTreeMap<u64, Waker>,
    /// The ticket that was given last.
    last: u64,
}

impl<T> Board<T> {
    /// Begins with `value`, as version 0.
    pub fn new(value: T) -> Self {
        let state = State { version: 0, value: Arc::new(value), wakers: BTreeMap::new(), last: 0 };
        Self { monitor: Monitor::new(state) }
    }

    /// Puts `value` there, as the next version, and wakes everybody who waits. Gives its version.
    pub fn publish(&self, value: T) -> u64 {
        // YOUR CODE publish: change it under the lock; wake when the lock is open again.
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
        // END YOUR CODE
    }

    /// What is there now.
    pub fn current(&self) -> (u64, Arc<T>) {
        // YOUR CODE current: both of one moment.
        let state = self.monitor.lock();
        (state.version, Arc::clone(&state.value))
        // END YOUR CODE
    }

    /// What is there as soon as it is newer than `version`; `None` when it is not within that time.
    pub fn wait_newer(&self, version: u64, within: Duration) -> Option<(u64, Arc<T>)> {
        let end = moment(within);
        // YOUR CODE wait_newer: look before you sleep, and again whenever you have been woken.
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
        // END YOUR CODE
    }

    /// What is there as soon as it is newer than `version`. Dropping the future gives up.
    pub fn newer(&self, version: u64) -> Newer<'_, T> {
        let mut state = self.monitor.lock();
        state.last += 1;
        Newer { board: self, version, ticket: state.last }
    }

    /// For specs: how many wakers are kept.
    pub fn wakers(&self) -> usize {
        self.monitor.lock().wakers.len()
    }

    /// For specs: how many threads sleep.
    pub fn asleep(&self) -> usize {
        self.monitor.asleep.load(Ordering::SeqCst)
    }

    /// For specs: whether somebody holds the lock.
    pub fn is_locked(&self) -> bool {
        self.monitor.is_locked()
    }
}

/// A future: it waits for a version newer than `version`.
#[derive(Debug)]
#[must_use = "a future does nothing until it is polled"]
pub struct Newer<'a, T> {
    board: &'a Board<T>,
    version: u64,
    /// Under which its waker is kept: no other future has the same.
    ticket: u64,
}

impl<T> Future for Newer<'_, T> {
    type Output = (u64, Arc<T>);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = context.waker().clone();
        // YOUR CODE poll: look, or leave the waker, under one lock.
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        let old = state.wakers.insert(self.ticket, waker);
        drop(state);
        drop(old);
        Poll::Pending
        // END YOUR CODE
    }
}

impl<T> Drop for Newer<'_, T> {
    fn drop(&mut self) {
        // YOUR CODE give_up: nobody waits any more, so nobody has to be woken.
        let waker = self.board.monitor.lock().wakers.remove(&self.ticket);
        drop(waker);
        // END YOUR CODE
    }
}

/// A day: so that adding a wait to a moment never overflows.
const LONGEST_WAIT: Duration = Duration::from_secs(86_400);

/// So long from now.
fn moment(within: Duration) -> Instant {
    Instant::now() + within.min(LONGEST_WAIT)
}

// ---- A lock and a bell, with a door for the specs. There is nothing to do below this line. ----

/// A `Mutex` and the `Condvar` that belongs to it.
#[derive(Debug)]
struct Monitor<S> {
    state: Mutex<S>,
    bell: Condvar,
    asleep: AtomicUsize,
}

/// Why a sleep has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Somebody has woken everybody, or one, or the system did for no reason: condition variables do that.
    Rung,
    /// The time is up.
    TimeUp,
}

impl<S> Monitor<S> {
    fn new(state: S) -> Self {
        Self { state: Mutex::new(state), bell: Condvar::new(), asleep: AtomicUsize::new(0) }
    }

    /// The state, locked until what this gives is dropped.
    fn lock(&self) -> MutexGuard<'_, S> {
        if visit(Step::Lock).is_some() && self.is_locked() {
            panic!("the lock is taken already, by this thread: it waits for itself, for ever");
        }
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the lock, sleeps until somebody rings or `end` has come, and locks it again. Between the opening and the
    /// sleeping nobody can ring unheard.
    fn wait_until<'a>(&'a self, guard: MutexGuard<'a, S>, end: Instant) -> (MutexGuard<'a, S>, Woken) {
        if visited() {
            drop(guard);
            let woken = visit(Step::Sleep(end)).unwrap_or(Woken::Rung);
            return (self.state.lock().unwrap_or_else(PoisonError::into_inner), woken);
        }
        self.asleep.fetch_add(1, Ordering::SeqCst);
        let left = end.saturating_duration_since(Instant::now());
        let (guard, result) = self.bell.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner);
        self.asleep.fetch_sub(1, Ordering::SeqCst);
        (guard, if result.timed_out() { Woken::TimeUp } else { Woken::Rung })
    }

    fn is_locked(&self) -> bool {
        matches!(self.state.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Wakes all who sleep.
    fn wake_all(&self) {
        visit(Step::WakeAll);
        self.bell.notify_all();
    }

    /// Wakes one who sleeps.
    #[allow(dead_code)] // Two ways to ring: which one is right is part of the exercise.
    fn wake_one(&self) {
        visit(Step::WakeOne);
        self.bell.notify_one();
    }
}

/// What a thread is about to do with a monitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Take the lock.
    Lock,
    /// Sleep until then; the lock is open.
    Sleep(Instant),
    /// Wake one.
    WakeOne,
    /// Wake all.
    WakeAll,
}

/// Somebody else, who comes before a step of this thread; and how its sleep ends, if it is one.
pub type Visitor = Box<dyn FnMut(Step) -> Woken>;

thread_local! {
    static MEANWHILE: RefCell<Option<Visitor>> = const { RefCell::new(None) };
}

/// Lets somebody in before each step that this thread takes: how a spec meets a moment that threads meet once in a year.
pub fn meanwhile(visitor: Option<Visitor>) {
    MEANWHILE.set(visitor);
}

fn visited() -> bool {
    MEANWHILE.with_borrow(Option::is_some)
}

fn visit(step: Step) -> Option<Woken> {
    let mut visitor = MEANWHILE.take()?;
    let woken = visitor(step); // nobody visits a visitor
    MEANWHILE.set(Some(visitor));
    Some(woken)
}
