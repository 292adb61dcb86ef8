//! The guard of a registration: as long as it lives, the provider is listed.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::RegistryError;
use crate::subscription::moment;

/// Keeps a provider in the list; dropping it takes the provider out.
///
/// Dropping does not wait: a program that ends right after it may be gone before the registry has heard of it,
/// and then the lease has to run out. [`end`](Self::end) waits.
#[derive(Debug)]
#[must_use = "the provider is taken from the list when this is dropped"]
pub struct Registration {
    progress: Progress,
    keeper: Box<dyn Keeper>,
    /// Whether the keeper has been told.
    withdrawn: AtomicBool,
}

/// Who keeps registrations. For those who write a [`Registry`](crate::Registry) of their own.
pub trait Keeper: Send + Sync + std::fmt::Debug {
    /// Take the provider from the list, and say [`State::Ended`] when it is done. Does not wait. Comes
    /// once.
    fn end(&self);
}

/// How a registration is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not in the list yet.
    Pending {
        /// What went wrong last, if something did.
        why: Option<String>,
    },
    /// In the list.
    Listed,
    /// It was in the list; whether it still is, nobody can say. It is being tried.
    Doubtful {
        /// What went wrong last.
        why: String,
    },
    /// Out of the list, or left to its lease.
    Ended,
}

/// The state, shared by the guard and its keeper.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: Mutex<Option<State>>,
    changed: Condvar,
}

impl Progress {
    /// What is known now.
    pub fn state(&self) -> State {
        self.lock().clone().unwrap_or(State::Pending { why: None })
    }

    /// It is in the list.
    pub fn listed(&self) {
        self.set(|_| State::Listed);
    }

    /// It is in the list no more, and has to be entered again.
    pub fn gone(&self) {
        self.set(|_| State::Pending { why: Some("the lease has ended".into()) });
    }

    /// Something did not work.
    pub fn failed(&self, why: String) {
        self.set(|state| match state {
            State::Listed | State::Doubtful { .. } => State::Doubtful { why },
            State::Pending { .. } => State::Pending { why: Some(why) },
            State::Ended => State::Ended,
        });
    }

    /// Nothing more comes.
    pub fn ended(&self) {
        self.set(|_| State::Ended);
    }

    fn set(&self, next: impl FnOnce(State) -> State) {
        let mut state = self.lock();
        *state = Some(next(state.take().unwrap_or(State::Pending { why: None })));
        self.0.changed.notify_all();
    }

    /// Waits for a state that `is` accepts.
    fn wait(
        &self,
        within: Duration,
        what: &'static str,
        is: fn(&State) -> bool,
    ) -> Result<(), RegistryError> {
        let end = moment(within);
        let mut state = self.lock();
        loop {
            let now = state.clone().unwrap_or(State::Pending { why: None });
            if is(&now) {
                return Ok(());
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let last = match now {
                    State::Pending { why } => why,
                    State::Doubtful { why } => Some(why),
                    State::Listed | State::Ended => None,
                };
                return Err(RegistryError::TimedOut { what, waited: within, last });
            }
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registration {
    /// A guard whose end `keeper` is told, and whose state comes from `progress`.
    pub fn new(progress: Progress, keeper: Box<dyn Keeper>) -> Self {
        Self { progress, keeper, withdrawn: AtomicBool::new(false) }
    }

    /// How it is getting on.
    pub fn state(&self) -> State {
        self.progress.state()
    }

    /// Waits until the state is another than `known`; the state then, or when `within` is over.
    pub fn wait_change(&self, known: &State, within: Duration) -> State {
        let end = moment(within);
        let mut state = self.progress.lock();
        loop {
            let now = state.clone().unwrap_or(State::Pending { why: None });
            let left = end.saturating_duration_since(Instant::now());
            if now != *known || left.is_zero() {
                return now;
            }
            let changed = &self.progress.0.changed;
            state = changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until the provider is in the list.
    ///
    /// # Errors
    /// [`RegistryError::TimedOut`]. The attempts go on.
    pub fn wait_listed(&self, within: Duration) -> Result<(), RegistryError> {
        self.progress.wait(within, "the registration", |state| *state == State::Listed)
    }

    /// Has the provider taken from the list, and does not wait for it.
    pub fn withdraw(&self) {
        if !self.withdrawn.swap(true, SeqCst) {
            self.keeper.end();
        }
    }

    /// Takes the provider from the list, and waits until it is out.
    ///
    /// # Errors
    /// [`RegistryError::TimedOut`]: it goes on in the background, and at the latest the lease ends it.
    pub fn end(self, within: Duration) -> Result<(), RegistryError> {
        let progress = self.progress.clone();
        drop(self);
        progress.wait(within, "taking the provider from the list", |state| *state == State::Ended)
    }
}

// ANCHOR: drop
impl Drop for Registration {
    fn drop(&mut self) {
        self.withdraw();
    }
}
// ANCHOR_END: drop

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;
    use std::thread;

    use super::*;

    #[derive(Debug, Default, Clone)]
    struct Count(Arc<AtomicU32>);

    impl Keeper for Count {
        fn end(&self) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    fn guard() -> (Registration, Progress, Count) {
        let (progress, count) = (Progress::default(), Count::default());
        (Registration::new(progress.clone(), Box::new(count.clone())), progress, count)
    }

    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn the_keeper_is_told_once_however_it_ends() {
        for end in [
            |guard| drop::<Registration>(guard),
            |guard: Registration| {
                let _ = guard.end(Duration::ZERO);
            },
            |guard: Registration| {
                guard.withdraw();
                guard.withdraw();
            },
        ] {
            let (guard, _, count) = guard();
            assert_eq!(count.0.load(SeqCst), 0);
            end(guard);
            assert_eq!(count.0.load(SeqCst), 1);
        }
    }

    #[test]
    fn who_waits_is_woken_and_who_waits_in_vain_is_told_why() {
        let (guard, progress, _) = guard();
        progress.failed("refused".into());
        let waited = Duration::from_millis(1);
        let error = guard.wait_listed(waited).unwrap_err();
        assert_eq!(error.to_string(), "the registration has not happened within 1ms; last: refused");
        let keeper = thread::spawn(move || {
            progress.listed();
            progress
        });
        guard.wait_listed(LONG).unwrap();
        let progress = keeper.join().unwrap();
        progress.failed("reset".into());
        assert_eq!(guard.state(), State::Doubtful { why: "reset".into() });
        progress.gone();
        assert!(matches!(guard.state(), State::Pending { why: Some(_) }));
        progress.ended();
        progress.failed("too late".into());
        assert_eq!(guard.end(Duration::MAX), Ok(()));
    }
}
