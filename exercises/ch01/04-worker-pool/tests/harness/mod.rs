//! A pool whose every call ends for the test, and a handler that can be stopped.
//!
//! All of your code runs on other threads than the test's. If it never comes back, the test says which call
//! it was, instead of hanging with it.

pub mod idle;

use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use spec_kit::Failure;
use worker_pool::{PoolFull, WorkerPool};

pub const PAGE: &str = "chapter 1, \"One at a time, a thread each, a pool\"";

/// How long a test waits for something that a right answer does at once.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Your pool. It is dropped by [`finish`](Self::finish) or not at all: a `drop` that is not written yet, or
/// never comes back, is the business of the tests that are named after it.
pub struct Pool<T> {
    pool: Arc<ManuallyDrop<WorkerPool<T>>>,
}

impl<T: Send + 'static> Pool<T> {
    pub fn new(workers: usize, queue: usize, handler: impl Fn(T) + Send + Sync + 'static) -> Self {
        let pool = bounded(
            move || WorkerPool::new(workers, queue, handler),
            "A pool is made, and `new` never comes back.",
            "Does `new` call `work` itself? A worker's loop ends with its queue: give each one a thread, by \
             `spawn`.",
        );
        Self { pool: Arc::new(ManuallyDrop::new(pool.expect("this machine can start a few threads"))) }
    }

    pub fn try_submit(&self, item: T) -> Result<(), PoolFull<T>> {
        let pool = Arc::clone(&self.pool);
        bounded(
            move || {
                let answer = pool.try_submit(item);
                drop(pool); // before the answer is known, so that `finish` finds the pool in one hand
                answer
            },
            "An item is submitted, and `try_submit` never comes back.",
            "`send` waits for room, and so does a loop that tries again. The thread that accepts connections \
             cannot wait: `try_send`, once.",
        )
    }

    /// Drops the pool.
    pub fn finish(self) {
        let pool = Arc::into_inner(self.pool).expect("every submit has returned");
        bounded(
            move || drop(ManuallyDrop::into_inner(pool)),
            "The pool is dropped, and `drop` never comes back.",
            "A worker waits in `recv` as long as anybody could still send. Give up the sender before you join, \
             and keep no second one.",
        );
    }
}

/// What `work` returns, or its panic; a failure when it takes for ever.
#[track_caller]
fn bounded<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static, symptom: &str, cause: &str) -> R {
    let (tell, told) = mpsc::channel();
    let helper = thread::spawn(move || {
        // Nobody listens any more once the time is up.
        let _ = tell.send(work());
    });
    match told.recv_timeout(PATIENCE) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Disconnected) => {
            resume_unwind(helper.join().expect_err("it sends, or it panics"))
        }
        Err(RecvTimeoutError::Timeout) => Failure::new(symptom)
            .expected("an answer at once")
            .got(format_args!("nothing for {} s", PATIENCE.as_secs()))
            .because(cause)
            .page(PAGE)
            .raise(),
    }
}

pub struct Gate<F> {
    /// Each item, at the moment when its handling begins.
    pub started: Receiver<u32>,
    /// Drop it to open the gate.
    pub open: mpsc::Sender<()>,
    pub handler: F,
}

pub fn gate() -> Gate<impl Fn(u32) + Send + Sync + 'static> {
    let (tell, started) = mpsc::channel();
    let (open, closed) = mpsc::channel::<()>();
    let closed = Arc::new(Mutex::new(closed));
    let handler = move |item| {
        // Nobody listens any more once the test has ended.
        let _ = tell.send(item);
        // Nothing is ever sent: this waits until the other end is dropped.
        let _ = closed.lock().expect("nothing panics under this lock").recv();
    };
    Gate { started, open, handler }
}
