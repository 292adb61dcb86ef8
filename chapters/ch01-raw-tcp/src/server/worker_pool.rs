//! Model 3: a fixed number of threads, a bounded queue, and a refusal when both are full. [T-09]

use std::io;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::{Context, accept, serve_connection};

/// Threads that wait for work of type `T`, and a queue that ends.
///
/// ```text
///                  ┌ queue: at most n items ┐       ┌ worker 1 ┐
///   try_submit ──▶ │ item │ item │          │ ────▶ │ worker 2 │
///        │         └────────────────────────┘       └ worker 3 ┘
///        └─ full: the item comes back, at once
/// ```
#[derive(Debug)]
pub struct WorkerPool<T> {
    /// `None` only while the pool is being dropped: closing the queue is what ends the workers.
    queue: Option<SyncSender<T>>,
    workers: Vec<JoinHandle<()>>,
}

/// The queue is full. The item comes back untouched.
///
/// Most often all workers are busy then. But an item that was queued a moment ago is in the queue until a
/// worker has woken up, so a burst can be refused while workers are idle: leave room for bursts.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the queue is full")]
pub struct PoolFull<T>(pub T);

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts `workers` threads that share a queue of `queue` items, at least 1, and call `handler` with each.
    ///
    /// # Errors
    /// When a thread cannot be started; those that were are ended again.
    pub fn new(
        workers: usize,
        queue: usize,
        handler: impl Fn(T) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(queue.max(1));
        let (receiver, handler) = (Arc::new(Mutex::new(receiver)), Arc::new(handler));
        let mut pool = Self { queue: Some(sender), workers: Vec::with_capacity(workers) };
        for number in 0..workers {
            let (receiver, handler) = (Arc::clone(&receiver), Arc::clone(&handler));
            let thread = std::thread::Builder::new().name(format!("worker-{number}"));
            pool.workers.push(thread.spawn(move || work(&receiver, &*handler))?);
        }
        Ok(pool)
    }

    /// Puts `item` into the queue, or hands it back when there is no room. Never waits.
    ///
    /// # Errors
    /// [`PoolFull`] with the item.
    // ANCHOR: try_submit
    pub fn try_submit(&self, item: T) -> Result<(), PoolFull<T>> {
        let queue = self.queue.as_ref().expect("only drop takes the queue away");
        queue.try_send(item).map_err(|error| match error {
            TrySendError::Full(item) | TrySendError::Disconnected(item) => PoolFull(item),
        })
    }
    // ANCHOR_END: try_submit
}

// ANCHOR: work
fn work<T>(receiver: &Mutex<Receiver<T>>, handle: impl Fn(T)) {
    loop {
        // One idle worker waits for the queue, the others wait for this lock. It is released at the end
        // of this statement, before the item is handled, or the pool would work one item at a time.
        let item = receiver.lock().expect("nothing is handled under this lock").recv();
        let Ok(item) = item else { return }; // the queue is closed and empty
        // A panic must cost its caller an answer, not the pool one of its threads.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| handle(item))) {
            // What it panicked with is a value, and may panic once more while it is dropped.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
        }
    }
}
// ANCHOR_END: work

impl<T> Drop for WorkerPool<T> {
    /// Closes the queue and waits until the queued items are handled.
    fn drop(&mut self) {
        self.queue = None;
        for worker in self.workers.drain(..) {
            // Handlers cannot panic through `work`.
            let _ = worker.join();
        }
    }
}

// ANCHOR: run
pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    // The pool's threads live as long as the pool, so they are counted here.
    let _counted: Vec<_> = (0..context.limits.workers).map(|_| context.meter.thread()).collect();
    let server = context.clone();
    let pool = WorkerPool::new(context.limits.workers, context.limits.queue, move |(id, stream)| {
        if let Ok(_known) = server.stop.register(id, &stream) {
            let _ = serve_connection(stream, &*server.service, &server.limits);
        }
    })?;
    for id in 0.. {
        let Some(stream) = accept::next(listener, &context.meter, &context.stop) else { break };
        if let Err(PoolFull((_, stream))) = pool.try_submit((id, stream)) {
            accept::refuse(stream, context);
        }
    }
    Ok(())
}
// ANCHOR_END: run

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn refuses_at_once_when_the_queue_is_full() {
        let (started, wait_started) = channel();
        let (let_go, gate) = channel::<()>();
        let gate = Mutex::new(gate);
        let pool = WorkerPool::new(1, 2, move |item: u32| {
            started.send(item).unwrap();
            let _ = gate.lock().unwrap().recv(); // closed is as good as open
        })
        .unwrap();
        pool.try_submit(1).unwrap();
        assert_eq!(wait_started.recv(), Ok(1)); // the worker holds 1, the queue is empty
        pool.try_submit(2).unwrap();
        pool.try_submit(3).unwrap();
        assert_eq!(pool.try_submit(4), Err(PoolFull(4)));
        drop(let_go);
        drop(pool); // handles what was queued
        assert_eq!(wait_started.try_iter().collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_panic_costs_no_worker() {
        let (done, wait) = channel();
        /// Panics once more when it is thrown away.
        struct Again;
        impl Drop for Again {
            fn drop(&mut self) {
                std::panic::resume_unwind(Box::new("quietly"));
            }
        }
        let pool = WorkerPool::new(1, 4, move |item: u32| match item {
            0 => std::panic::resume_unwind(Box::new(Again)),
            item => done.send(item).unwrap(),
        })
        .unwrap();
        pool.try_submit(0).unwrap();
        pool.try_submit(1).unwrap();
        assert_eq!(wait.recv(), Ok(1));
    }
}
