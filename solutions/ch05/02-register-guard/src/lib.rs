//! 05-02 Register with a guard that deregisters.
//!
//! A provider is in the list as long as a value lives: on every way out of a function, also the one that nobody
//! thought of.
//!
//! ```text
//!   register ──▶ Registered ──┬── replace ──▶ the new entry in, then the old one out
//!     enter        1 entry    ├── end ───────▶ out, and how it went
//!                             ├── hand_over ─▶ stays in; somebody else takes it out
//!                             └── drop ──────▶ out: `?`, return, panic
//! ```
#![forbid(unsafe_code)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;

/// Names one entry of the list. Each is given once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u64);

/// The directory did not do it, or nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the directory: {0}")]
pub struct DirectoryError(pub String);

/// Who keeps the list. Each call may take its time, and may fail.
pub trait Directory: Send + Sync {
    /// Lists `endpoint` as a provider of `service`, as an entry of its own.
    ///
    /// # Errors
    /// [`DirectoryError`]: there is no new entry.
    fn enter(&self, service: &ServiceKey, endpoint: &Endpoint) -> Result<EntryId, DirectoryError>;

    /// Takes this entry out.
    ///
    /// # Errors
    /// [`DirectoryError`]: the directory will take it out later by itself, when its time is up.
    fn take_out(&self, id: EntryId) -> Result<(), DirectoryError>;

    /// Everybody who is listed, whoever entered them.
    fn list(&self, service: &ServiceKey) -> Vec<(EntryId, Endpoint)>;

    /// Right before a guard takes its lock: a door through which a spec lets others come in between.
    fn before_lock(&self) {}
}

/// As long as it lives, the provider is listed. Shared by whoever likes: all but the end needs only a `&`.
#[must_use = "the provider is taken from the list when this is dropped"]
pub struct Registered {
    directory: Arc<dyn Directory>,
    service: ServiceKey,
    entry: Mutex<Entry>,
    /// Whether `drop` has something to take out.
    armed: bool,
}

/// What is listed.
#[derive(Debug, Clone)]
struct Entry {
    id: EntryId,
    endpoint: Endpoint,
}

impl Registered {
    /// Lists `endpoint` as a provider of `service`.
    ///
    /// # Errors
    /// Those of the directory; then there is nothing to take out.
    pub fn register(
        directory: Arc<dyn Directory>,
        service: ServiceKey,
        endpoint: Endpoint,
    ) -> Result<Self, DirectoryError> {
        // YOUR CODE register: the entry first, then the guard that has it.
        let id = directory.enter(&service, &endpoint)?;
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: true })
        // END YOUR CODE
    }

    /// What is listed now.
    pub fn endpoint(&self) -> Endpoint {
        self.lock().endpoint.clone()
    }

    /// Lists `endpoint` in place of the last one: a new label, another port.
    ///
    /// # Errors
    /// Those of the directory.
    pub fn replace(&self, endpoint: Endpoint) -> Result<(), DirectoryError> {
        // YOUR CODE replace: the new one in, then the old one out; the lock only for the moment in between.
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        self.directory.take_out(old.id)
        // END YOUR CODE
    }

    /// Takes the provider out, and says how it went.
    ///
    /// # Errors
    /// Those of the directory. It is not asked again.
    pub fn end(mut self) -> Result<(), DirectoryError> {
        // YOUR CODE end: what is taken out here is not taken out once more by `drop`.
        self.armed = false;
        self.directory.take_out(self.id())
        // END YOUR CODE
    }

    /// Leaves the entry in the list: who gets the id takes care of it.
    pub fn hand_over(mut self) -> EntryId {
        // YOUR CODE hand_over: the directory hears nothing of it.
        self.armed = false;
        self.id()
        // END YOUR CODE
    }

    /// The entry that is listed now.
    pub fn id(&self) -> EntryId {
        self.lock().id
    }

    /// The lock, also after somebody has panicked while holding it.
    fn lock(&self) -> MutexGuard<'_, Entry> {
        self.directory.before_lock();
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody holds the lock: how a spec sees that others would have to wait.
    pub fn is_locked(&self) -> bool {
        matches!(self.entry.try_lock(), Err(TryLockError::WouldBlock))
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        // YOUR CODE drop: out of the list, unless that is done. Nobody is there to hear of an error.
        if self.armed {
            let _ = self.directory.take_out(self.id());
        }
        // END YOUR CODE
    }
}
