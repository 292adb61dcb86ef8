//! # Spec of 01-04: bounded worker pool that refuses when full
//!
//! Between "everybody gets a thread" and "everybody waits for one thread" lies the pool: `k` threads take
//! work from one queue. The queue is the dangerous part. If it has no end, a server that is too slow looks
//! healthy until its memory is gone, and every caller in it has given up long before its turn. So the queue
//! ends, and whoever does not fit hears so at once and keeps the item.
//!
//! The handler below stops at a gate that the test opens, so "the worker is busy" and "the queue is full"
//! are facts here, not guesses. A wait that should be short is given up after 5 s, and said in words.

use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use spec_kit::Failure;
use worker_pool::{PoolFull, WorkerPool};

const PAGE: &str = "chapter 1, \"One at a time, a thread each, a pool\"";

/// How long a test waits for something that a right answer does at once.
const PATIENCE: Duration = Duration::from_secs(5);

#[test]
fn every_item_is_handled_once() {
    let handled = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&handled);
    let pool = pool(3, 20, move |item: u32| notes.lock().expect("no test panics here").push(item));
    let accepted = (0..20).filter(|&item| pool.try_submit(item).is_ok()).count();
    drop_or_fail(pool);
    let mut handled = handled.lock().expect("no test panics here").clone();
    handled.sort_unstable();
    if accepted != 20 || handled != (0..20).collect::<Vec<_>>() {
        Failure::new("Twenty items, a queue for twenty, three workers; something got lost or came twice.")
            .expected("20 accepted; handled: 0, 1, … 19, each once")
            .got(format_args!("{accepted} accepted; handled: {handled:?}"))
            .because(
                "Each item goes through the queue to one worker, and `drop` waits until all are handled.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn three_workers_handle_three_items_at_once() {
    let Gate { started, open, handler } = gate();
    let pool = pool(3, 3, handler);
    for item in 1..=3 {
        let _ = pool.try_submit(item);
    }
    let running = (0..3).take_while(|_| started.recv_timeout(PATIENCE).is_ok()).count();
    drop(open);
    if running != 3 {
        Failure::new("The pool has three threads, and they work one after the other.")
            .show("what happened", "three items were submitted; the handler holds each one at a gate")
            .expected("3 items in the handler at the same time")
            .got(format_args!("{running}"))
            .because(
                "Does a worker still hold the lock of the queue while it handles its item? A lock lives as long \
                 as its guard, and in `while let Ok(item) = queue.lock().unwrap().recv() { … }` that is the whole \
                 body. (Or there are fewer than three workers.)",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn refuses_at_once_when_workers_and_queue_are_full() {
    let Gate { started, open, handler } = gate();
    let pool = Arc::new(pool(1, 2, handler));
    let busy = pool.try_submit(1).is_ok() && started.recv_timeout(PATIENCE) == Ok(1);
    let queued = [pool.try_submit(2), pool.try_submit(3)];
    if !busy || queued != [Ok(()), Ok(())] {
        Failure::new("There was room, and an item was refused.")
            .show("the pool", "1 worker, a queue of 2; item 1 is being handled, items 2 and 3 come")
            .expected("[Ok(()), Ok(())]")
            .got(format_args!(
                "{queued:?}, the worker {}",
                if busy { "handles item 1" } else { "never began item 1" }
            ))
            .because("The queue holds as many items as `queue` says, besides those that are being handled.")
            .page(PAGE)
            .raise();
    }
    let (tell, told) = mpsc::channel();
    let submitter = Arc::clone(&pool);
    thread::spawn(move || tell.send(submitter.try_submit(4)));
    let answer = told.recv_timeout(PATIENCE);
    drop(open); // whoever waits may go on
    let (got, cause) = match answer {
        Ok(Err(PoolFull(4))) => return,
        Ok(Err(PoolFull(other))) => {
            (format!("item {other} came back"), "Give back the item that was not taken.")
        }
        Ok(Ok(())) => (
            "Ok(()): it was queued, as a third item".to_owned(),
            "A queue that takes everything hides that you are too slow, until memory runs out. It ends at \
             `queue` items.",
        ),
        Err(_) => (
            format!("no answer for {} s", PATIENCE.as_secs()),
            "`send` waits for room. The thread that accepts connections cannot wait: use `try_send`.",
        ),
    };
    Failure::new("The pool is full, and the one who brings more work does not hear so at once.")
        .show("the pool", "1 worker, a queue of 2; item 1 is being handled, items 2 and 3 wait, item 4 comes")
        .expected("Err(PoolFull(4))")
        .got(got)
        .because(cause)
        .page(PAGE)
        .raise();
}

#[test]
fn there_is_room_again_afterwards() {
    let Gate { started, open, handler } = gate();
    let pool = pool(1, 1, handler);
    let first = pool.try_submit(1);
    let _ = started.recv_timeout(PATIENCE);
    let second = pool.try_submit(2);
    let third = pool.try_submit(3);
    drop(open);
    // Item 2 has left the queue when its handling begins: now there is room for one.
    let moved_on = started.recv_timeout(PATIENCE);
    let fourth = pool.try_submit(4);
    if (&first, &second, &third, moved_on, &fourth) != (&Ok(()), &Ok(()), &Err(PoolFull(3)), Ok(2), &Ok(())) {
        Failure::new("The pool was full for a moment, and it never recovered.")
            .show(
                "the pool",
                "1 worker, a queue of 1; item 1 stops at the gate, items 2 and 3 come; the gate opens; item 4 comes",
            )
            .expected("1 Ok(()), 2 Ok(()), 3 Err(PoolFull(3)); next handled: Ok(2); 4 Ok(())")
            .got(format_args!("1 {first:?}, 2 {second:?}, 3 {third:?}; next handled: {moved_on:?}; 4 {fourth:?}"))
            .because("A refusal changes nothing: the workers go on, and the next item finds the room they make.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_panic_costs_no_worker() {
    let (tell, told) = mpsc::channel();
    let pool = pool(2, 8, move |item: u32| {
        if item == 0 {
            resume_unwind(Box::new("quietly")); // a panic that prints nothing
        }
        let _ = tell.send(item);
    });
    // As many panics as there are workers, and two more.
    for _ in 0..4 {
        let _ = pool.try_submit(0);
    }
    let after = pool.try_submit(7);
    let got = told.recv_timeout(PATIENCE);
    if got != Ok(7) {
        Failure::new("The handler panicked a few times, and now nobody works any more.")
            .show("what happened", "2 workers; four items that make the handler panic, then item 7")
            .expected("item 7 is handled")
            .got(match (after, got) {
                (Err(_), _) => "item 7 was refused".to_owned(),
                (_, Err(RecvTimeoutError::Disconnected)) => "all workers are gone".to_owned(),
                (_, got) => format!("{got:?}"),
            })
            .because(
                "A panic that leaves `work` ends the thread. Each one costs you a worker, without a word, until \
                 none is left. Contain it: `catch_unwind`.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn drop_finishes_what_was_queued() {
    let Gate { started, open, handler } = gate();
    let pool = pool(1, 2, handler);
    let mut submitted = vec![pool.try_submit(1)];
    let mut handled: Vec<u32> = started.recv_timeout(PATIENCE).into_iter().collect();
    submitted.extend([pool.try_submit(2), pool.try_submit(3)]);
    drop(open);
    drop_or_fail(pool);
    handled.extend(started.try_iter());
    if handled != [1, 2, 3] {
        Failure::new("The pool was dropped, and work that it had accepted was never done.")
            .show("what happened (1 worker, a queue of 2)", format_args!("submitted 1, 2, 3: {submitted:?}; then drop"))
            .expected("handled before drop returns: [1, 2, 3]")
            .got(format_args!("{handled:?}"))
            .because(
                "`Ok(())` was a promise. A receiver hands out what is queued even when the sender is gone: let the \
                 workers go on until `recv` fails, and wait for them.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn drop_waits_for_its_workers() {
    // A worker that nobody waits for may be quick by luck, but not a hundred times.
    for round in 1..=100 {
        let handled = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&handled);
        let pool = pool(2, 2, move |_: u32| {
            counter.fetch_add(1, SeqCst);
        });
        let accepted = [pool.try_submit(1), pool.try_submit(2)].iter().flatten().count();
        drop_or_fail(pool);
        let done = handled.load(SeqCst);
        let alive = Arc::strong_count(&handled) - 1; // the handler's own, gone with the last worker
        if (accepted, done, alive) != (2, 2, 0) {
            Failure::new("`drop` came back while a worker was still running.")
                .show(
                    "what happened",
                    format_args!("round {round}: 2 workers, 2 items submitted, the pool dropped"),
                )
                .expected("2 items handled, and nobody holds the handler any more")
                .got(format_args!(
                    "{accepted} accepted, {done} handled, the handler is {}",
                    if alive == 0 { "gone" } else { "still in use" }
                ))
                .because("After `drop` the program may end, and the threads with it. `join` every worker.")
                .page(PAGE)
                .raise();
        }
    }
}

// ---- a handler that can be stopped, and a drop that cannot hang the test ----

struct Gate<F> {
    /// Each item, at the moment when its handling begins.
    started: Receiver<u32>,
    /// Drop it to open the gate.
    open: mpsc::Sender<()>,
    handler: F,
}

fn gate() -> Gate<impl Fn(u32) + Send + Sync + 'static> {
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

/// A pool that is dropped by [`drop_or_fail`] or not at all: a `drop` that is not written yet, or never
/// comes back, is the business of the tests that are named after it.
fn pool<T: Send + 'static>(
    workers: usize,
    queue: usize,
    handler: impl Fn(T) + Send + Sync + 'static,
) -> ManuallyDrop<WorkerPool<T>> {
    ManuallyDrop::new(WorkerPool::new(workers, queue, handler).expect("this machine can start a few threads"))
}

/// Drops `pool`, and fails when that takes for ever.
#[track_caller]
fn drop_or_fail<T: Send + 'static>(pool: ManuallyDrop<WorkerPool<T>>) {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        drop(ManuallyDrop::into_inner(pool));
        let _ = tell.send(());
    });
    let (symptom, got) = match told.recv_timeout(PATIENCE) {
        Ok(()) => return,
        Err(RecvTimeoutError::Disconnected) => {
            ("The pool is dropped, and `drop` panics.", "the panic above".to_owned())
        }
        Err(RecvTimeoutError::Timeout) => (
            "The pool is dropped, and `drop` never comes back.",
            format!("nothing for {} s", PATIENCE.as_secs()),
        ),
    };
    Failure::new(symptom)
        .expected("the queued items are handled, the workers end, `drop` returns")
        .got(got)
        .because(
            "A worker waits in `recv` as long as anybody could still send. Give up the sender before you join, \
             and keep no second one.",
        )
        .page(PAGE)
        .raise();
}
