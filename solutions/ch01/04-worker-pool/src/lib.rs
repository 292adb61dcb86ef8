//! 01-04 Bounded worker pool that refuses when full.
//!
//! A thread for every piece of work is a promise that nobody can keep. A pool has a fixed number of
//! threads, and a queue that ends.
//!
//! ```text
//!                  ┌ queue: at most n items ┐       ┌ worker 0 ┐
//!   try_submit ──▶ │ item │ item │          │ ────▶ │ worker 1 │ ──▶ handler(item)
//!        │         └────────────────────────┘       └ worker 2 ┘
//!        └─ full: the item comes back, at once
//! ```
#![forbid(unsafe_code)]

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A fixed number of threads that handle items of type `T`, and a queue of fixed length in front of them.
#[derive(Debug)]
pub struct WorkerPool<T> {
    /// The way into the queue. `None` only while the pool is being dropped.
    queue: Option<SyncSender<T>>,
    workers: Vec<JoinHandle<()>>,
}

/// The queue is full. The item comes back, untouched.
///
/// Most often all workers are busy then. But an item waits in the queue until a worker has woken up and
/// taken it, so a burst may be refused while workers are idle.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the queue is full")]
pub struct PoolFull<T>(pub T);

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts `workers` threads. They share one queue, of `queue` items, and one `handler`. Both numbers are at
    /// least 1.
    ///
    /// # Errors
    /// When a thread cannot be started. Those that were are ended again, because the pool is dropped.
    pub fn new(
        workers: usize,
        queue: usize,
        handler: impl Fn(T) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        // YOUR CODE new: a queue that ends, and `workers` threads that all run `work`.
        let (sender, receiver) = sync_channel(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let handler = Arc::new(handler);
        let mut pool = Self { queue: Some(sender), workers: Vec::with_capacity(workers) };
        for number in 0..workers {
            let (receiver, handler) = (Arc::clone(&receiver), Arc::clone(&handler));
            let thread = thread::Builder::new().name(format!("worker-{number}"));
            pool.workers.push(thread.spawn(move || work(&receiver, &*handler))?);
        }
        Ok(pool)
        // END YOUR CODE
    }

    /// Puts `item` into the queue. Never waits.
    ///
    /// # Errors
    /// [`PoolFull`], with the item in it, when the queue has no room.
    pub fn try_submit(&self, item: T) -> Result<(), PoolFull<T>> {
        // YOUR CODE try_submit: into the queue, or back to the caller, at once.
        let queue = self.queue.as_ref().expect("only drop takes the queue away");
        queue.try_send(item).map_err(|error| match error {
            TrySendError::Full(item) | TrySendError::Disconnected(item) => PoolFull(item),
        })
        // END YOUR CODE
    }
}

/// What a worker does all its life: the next item, the handler, the next item. Returns when the queue is
/// closed and empty.
fn work<T>(receiver: &Mutex<Receiver<T>>, handler: &impl Fn(T)) {
    // YOUR CODE work: take one item at a time, handle it so that others can take theirs, survive a panic.
    loop {
        // One idle worker waits for the queue, the others for this lock. It is released at the end of this
        // statement, before the item is handled, or the pool would handle one item at a time.
        let item = receiver.lock().expect("nothing is handled under this lock").recv();
        let Ok(item) = item else { return };
        // A panic costs its item, not the pool one of its threads. The hook has reported it already.
        let _ = catch_unwind(AssertUnwindSafe(|| handler(item)));
    }
    // END YOUR CODE
}

impl<T> Drop for WorkerPool<T> {
    /// Lets the workers finish what is in the queue, and waits until they have.
    fn drop(&mut self) {
        // YOUR CODE finish: close the queue, then wait for every worker.
        self.queue = None;
        for worker in self.workers.drain(..) {
            // A worker outlives every panic of the handler, so there is nothing to hear here.
            let _ = worker.join();
        }
        // END YOUR CODE
    }
}
