//! # Spec of 01-04: bounded worker pool that refuses when full
//!
//! Between "everybody gets a thread" and "everybody waits for one thread" lies the pool: `k` threads take
//! work from one queue. The queue is the dangerous part. If it has no end, a server that is too slow looks
//! healthy until its memory is gone, and every caller in it has given up long before its turn. So the queue
//! ends, and whoever does not fit hears so at once and keeps the item.
//!
//! The handler below stops at a gate that the test opens, so "the worker is busy" and "the queue is full"
//! are facts here, not guesses. What should come at once and does not is given up after 5 s, and said in
//! words.

mod harness;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};

use harness::{Gate, PAGE, PATIENCE, Pool, gate, idle};
use spec_kit::Failure;
use worker_pool::PoolFull;

#[test]
fn every_item_is_handled_once() {
    let handled = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&handled);
    let pool = Pool::new(3, 20, move |item: u32| notes.lock().expect("no test panics here").push(item));
    let accepted = (0..20).filter(|&item| pool.try_submit(item).is_ok()).count();
    pool.finish();
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
    let pool = Pool::new(3, 3, handler);
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
fn refuses_at_once_when_the_queue_is_full() {
    let Gate { started, open, handler } = gate();
    let pool = Pool::new(1, 2, handler);
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
    let answer = pool.try_submit(4);
    drop(open);
    let (got, cause) = match answer {
        Err(PoolFull(4)) => return,
        Err(PoolFull(other)) => (format!("item {other} came back"), "Give back the item that was not taken."),
        Ok(()) => (
            "Ok(()): it was queued, as a third item".to_owned(),
            "A queue that takes everything hides that you are too slow, until memory runs out. It ends at \
             `queue` items.",
        ),
    };
    Failure::new("The queue is full, and the one who brings more work does not hear so.")
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
    let pool = Pool::new(1, 1, handler);
    let first = pool.try_submit(1);
    let begun = started.recv_timeout(PATIENCE);
    let second = pool.try_submit(2);
    let third = pool.try_submit(3);
    drop(open);
    // Item 2 has left the queue when its handling begins: now there is room for one.
    let moved_on = begun.and_then(|_| started.recv_timeout(PATIENCE));
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
fn an_idle_worker_sleeps() {
    let (tell, told) = mpsc::channel();
    let pool = Pool::new(1, 1, move |()| drop(tell.send(idle::this_thread())));
    let _ = pool.try_submit(());
    // From here on the worker has nothing to do.
    let worker = told.recv_timeout(PATIENCE).expect("`every_item_is_handled_once` says what is wrong here");
    let Some(worker) = worker else {
        println!("skipped: this system has no /proc that tells whether a thread is asleep");
        return;
    };
    if !idle::falls_asleep(&worker) {
        Failure::new("The queue is empty, and its worker keeps a processor busy.")
            .expected("a worker that has nothing to do falls asleep")
            .got(format_args!("in {} s it never did", PATIENCE.as_secs()))
            .because("`try_recv` in a loop asks again and again. `recv` sleeps until there is something.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_panic_costs_no_worker() {
    let (tell, told) = mpsc::channel();
    let pool = Pool::new(2, 8, move |item: u32| {
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
    let pool = Pool::new(1, 2, handler);
    let mut submitted = vec![pool.try_submit(1)];
    let mut handled: Vec<u32> = started.recv_timeout(PATIENCE).into_iter().collect();
    submitted.extend([pool.try_submit(2), pool.try_submit(3)]);
    drop(open);
    pool.finish();
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
        let pool = Pool::new(2, 2, move |_: u32| {
            counter.fetch_add(1, SeqCst);
        });
        let accepted = [pool.try_submit(1), pool.try_submit(2)].iter().flatten().count();
        pool.finish();
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
