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
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
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
        todo!("01-04 new")
        // END YOUR CODE
    }

    /// Puts `item` into the queue. Never waits.
    ///
    /// # Errors
    /// [`PoolFull`], with the item in it, when the queue has no room.
    pub fn try_submit(&self, item: T) -> Result<(), PoolFull<T>> {
        // YOUR CODE try_submit: into the queue, or back to the caller, at once.
        todo!("01-04 try_submit")
        // END YOUR CODE
    }
}

/// What a worker does all its life: the next item, the handler, the next item. Returns when the queue is
/// closed and empty.
fn work<T>(receiver: &Mutex<Receiver<T>>, handler: &impl Fn(T)) {
    // YOUR CODE work: take one item at a time, handle it so that others can take theirs, survive a panic.
    todo!("01-04 work")
    // END YOUR CODE
}

impl<T> Drop for WorkerPool<T> {
    /// Lets the workers finish what is in the queue, and waits until they have.
    fn drop(&mut self) {
        // YOUR CODE finish: close the queue, then wait for every worker.
        todo!("01-04 finish")
        // END YOUR CODE
    }
}
