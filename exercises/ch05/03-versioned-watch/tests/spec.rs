//! # Spec of 05-03: watch with versions, no lost update
//!
//! "Tell me when it changes" has a hole. You read the list, you ask to be told, and the change that came
//! between the two is told to nobody. ZooKeeper's watches have this hole, and everybody who uses them
//! writes the same loop around it.
//!
//! A number closes it. "Tell me when there is something newer than 4" can be asked late, twice, or after a
//! wake-up that meant nothing: the answer depends on what is there, and not on when you asked. The price is
//! one rule for the one who answers: look, and go to sleep, in one step.
//!
//! Most of these tests need one thread: they come in between two steps of your code, where a thread would
//! come once in a year.

mod harness;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use ch05_registry::Endpoint;
use harness::{Bell, Held, LONG, PAGE, Story, bounded, nobody, shown};
use spec_kit::{Failure, within};
use versioned_watch::{Board, Step, Woken};

// ---- publish and current ----

#[test]
fn versions_count_what_was_published() {
    bounded(|| {
        let story = Story::new();
        let because = "The first value is version 0, and each `publish` is one more, also when the \
             value is the same.";
        let first = Some(story.current());
        story.check(&first, Some(0), "Nothing was published yet.", because);
        for expected in 1..=3 {
            let version = story.publish();
            let current = Some(story.current());
            story.check(&current, Some(expected), "The board does not show what was published.", because);
            story.check(
                &Some((version, format!("v{version}"))),
                Some(expected),
                "`publish` gave another version than the one that it made.",
                because,
            );
        }
        let again = story.told("publish", || story.board.publish("v3".to_owned()));
        if again != 4 {
            story
                .failure("The same value was published once more.")
                .expected(4)
                .got(again)
                .because(because)
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn a_version_and_its_value_are_of_one_moment() {
    bounded(|| {
        type Way = fn(&Story) -> Option<(u64, Arc<String>)>;
        let ways: [(&str, Way); 3] = [
            ("current()", |story| Some(story.board.current())),
            ("wait_newer(0, 1 hour)", |story| story.board.wait_newer(0, LONG)),
            ("poll of newer(0)", |story| {
                let mut future = story.newer(0);
                match future.poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(seen) => Some(seen),
                    Poll::Pending => None,
                }
            }),
        ];
        for (name, way) in ways {
            let story = Story::new();
            story.publish();
            let other = story.clone();
            let visitor = move |step| {
                if step == Step::Lock {
                    other.log.note("  another thread comes before a lock:");
                    other.publish();
                }
                nobody(step)
            };
            let got = story.visited(name, visitor, || way(&story));
            let got = got.map(|(version, value)| (version, String::clone(&value)));
            story.log.note(format_args!("{name} gives {}", shown(&got)));
            let version = got.as_ref().map_or(1, |(version, _)| *version);
            story.check(
                &got,
                Some(version),
                "The value is not the one of this version.",
                "Somebody published between the two. Read both under one lock: what `lock()` gives has \
                 them both. Who gets an old number with a new value asks for the same value again.",
            );
        }
    });
}

#[test]
fn no_version_is_given_twice() {
    bounded(|| {
        let story = Story::new();
        let given = Rc::new(Cell::new(Vec::new()));
        let (others, other) = (Rc::clone(&given), story.clone());
        let visitor = move |step| {
            if step == Step::Lock {
                let mut all = others.take();
                all.push(other.board.publish("another".to_owned()));
                other.log.note(format_args!(
                    "  another thread comes before a lock, and publishes: {}",
                    all[all.len() - 1]
                ));
                others.set(all);
            }
            Woken::Rung
        };
        let mine = story.visited("publish", visitor, || story.board.publish("mine".to_owned()));
        story.log.note(format_args!("publish(mine) gives {mine}"));
        let (others, (now, value)) = (given.take(), story.current());
        if others.contains(&mine) || now != mine || value != "mine" {
            story
                .failure("Two threads published at the same time.")
                .expected("each gets a version of its own, and the last one is what is there")
                .got(format_args!(
                    "{mine} for one, {others:?} for the other; there is version {now}, {value}"
                ))
                .because(
                    "Counting, and putting the value there, is one step: under one lock, from the \
                     first to the last.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

// ---- a thread that waits ----

#[test]
fn what_came_before_is_not_lost() {
    bounded(|| {
        let story = Story::new();
        for _ in 0..3 {
            story.publish();
        }
        let because = "Version 3 is there, and version 2 is what the caller has seen. Look before you \
             sleep: who sleeps first waits for a change that has been.";
        for (seen, within) in [(2, LONG), (0, LONG), (2, Duration::ZERO), (2, Duration::MAX)] {
            let waited = story.wait(seen, within, |_| Woken::TimeUp);
            story.check(&waited.got, Some(3), "A change that came before the waiting was lost.", because);
            if !waited.ends.is_empty() {
                story
                    .failure("It went to sleep, and what it waits for was there.")
                    .expected("no sleep")
                    .got(format_args!("{} of them", waited.ends.len()))
                    .because(because)
                    .page(PAGE)
                    .raise();
            }
        }
    });
}

#[test]
fn who_waits_is_woken_by_the_next_one() {
    bounded(|| {
        let story = Story::new();
        story.publish();
        let other = story.clone();
        let waited = story.wait(1, LONG, move |_| {
            other.publish();
            Woken::Rung
        });
        let because = "It has seen version 1 and asks for a newer one. Version 1 is none; version 2 is.";
        story.check(&waited.got, Some(2), "Somebody waited for a newer version, and it came.", because);
        if waited.ends.len() != 1 {
            story
                .failure("Somebody waited for a newer version, which came during the first sleep.")
                .expected("1 sleep")
                .got(waited.ends.len())
                .because(because)
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn what_is_not_newer_is_not_given() {
    bounded(|| {
        let story = Story::new();
        story.publish();
        let other = story.clone();
        let waited = story.wait(3, LONG, move |_| {
            other.publish();
            Woken::Rung
        });
        story.check(
            &waited.got,
            Some(4),
            "The caller has seen version 3 of this board, and asks for a newer one.",
            "Newer than 3 is 4 and above: `>`. It may have seen more than there is, when the board was \
             made anew.",
        );
    });
}

#[test]
fn a_wake_up_for_nothing_is_slept_over() {
    bounded(|| {
        let story = Story::new();
        story.publish();
        let other = story.clone();
        let waited = story.wait(1, LONG, move |number| {
            if number == 3 {
                other.publish();
            }
            Woken::Rung
        });
        story.check(
            &waited.got,
            Some(2),
            "Three times it was woken, and there was nothing new.",
            "A condition variable may wake a thread for no reason, or for a change that this thread \
             does not wait for. After each sleep the question is the same as before the first: is \
             there a newer version? It is a loop.",
        );
    });
}

#[test]
fn the_newest_one_is_given() {
    bounded(|| {
        let story = Story::new();
        let other = story.clone();
        let waited = story.wait(0, LONG, move |_| {
            for _ in 0..3 {
                other.publish();
            }
            Woken::Rung
        });
        story.check(
            &waited.got,
            Some(3),
            "Three versions came during one sleep.",
            "What counts is what is there when it looks: the newest, and its own number. With an older \
             number the caller asks for the same again.",
        );
    });
}

#[test]
fn nothing_may_come_between_looking_and_sleeping() {
    bounded(|| {
        for before in 1..=3 {
            let story = Story::new();
            let other = story.clone();
            let (locks, sleeps, board) = (Cell::new(0), Cell::new(0), Arc::clone(&story.board));
            let missed = Rc::new(Cell::new(false));
            let its_missed = Rc::clone(&missed);
            let visitor = move |step| {
                match step {
                    Step::Lock => {
                        locks.set(locks.get() + 1);
                        if locks.get() == before {
                            other.log.note(format_args!("  before lock number {before}, another thread:"));
                            other.publish();
                        }
                        Woken::Rung
                    }
                    Step::Sleep(_) if board.current().0 > 0 => {
                        other.log.note("  it goes to sleep; version 1 is there");
                        its_missed.set(true);
                        Woken::TimeUp
                    }
                    // Nobody else will come, and the time is up. Should it sleep again, this ends it.
                    Step::Sleep(_) => {
                        sleeps.set(sleeps.get() + 1);
                        if sleeps.get() > 1 {
                            other.publish();
                        }
                        Woken::TimeUp
                    }
                    _ => Woken::Rung,
                }
            };
            story.log.note("wait_newer(0, 1 hour)");
            let got = story.visited("wait_newer", visitor, || story.board.wait_newer(0, LONG));
            if missed.get() {
                story
                    .failure(
                        "A change came after it had looked, and before it slept. Nobody wakes it for \
                         that one.",
                    )
                    .expected("no sleep when there is something newer")
                    .got("a sleep of an hour")
                    .because(
                        "The lock was open in between. `wait_until` takes the lock that you looked \
                         under, and opens it only when the thread sleeps: look and sleep with one \
                         lock.",
                    )
                    .page(PAGE)
                    .raise();
            }
            drop(got);
        }
    });
}

#[test]
fn when_the_time_is_up_there_is_nothing_newer() {
    bounded(|| {
        let because = "`None` says: nothing newer came within this time. What the caller has seen \
             already is not given once more, and what came at the last moment is given.";
        let story = Story::new();
        story.publish();
        let waited = story.wait(1, Duration::ZERO, |_| Woken::TimeUp);
        story.check(&waited.got, None, "The time is up, and nothing has come.", because);
        let waited = story.wait(7, Duration::ZERO, |_| Woken::TimeUp);
        story.check(&waited.got, None, "The time is up, and nothing has come.", because);

        let story = Story::new();
        let other = story.clone();
        let waited = story.wait(0, LONG, move |number| {
            if number == 1 {
                other.publish();
                return Woken::TimeUp;
            }
            Woken::Rung
        });
        story.check(&waited.got, Some(1), "A version came at the moment when the time was up.", because);
    });
}

#[test]
fn all_sleeps_end_at_the_same_moment() {
    bounded(|| {
        let story = Story::new();
        let before = Instant::now();
        let other = story.clone();
        let waited = story.wait(0, Duration::from_secs(5), move |number| {
            // The clock goes on, however coarse it is.
            let now = Instant::now();
            while Instant::now() == now {
                std::hint::spin_loop();
            }
            if number == 4 {
                other.publish();
            }
            Woken::Rung
        });
        let after = Instant::now();
        let five = Duration::from_secs(5);
        let right = |end: &Instant| (before + five..=after + five).contains(end);
        let same = waited.ends.windows(2).all(|pair| pair[0] == pair[1]);
        if !waited.ends.iter().all(right) || !same {
            let from = |end: &Instant| format!("{:?}", end.saturating_duration_since(before));
            story
                .failure(
                    "Its time begins anew with each wake-up: who is woken often enough never hears \
                     that it is up.",
                )
                .expected("all sleeps end 5 s after the call began")
                .got(waited.ends.iter().map(from).collect::<Vec<_>>().join(", "))
                .because(
                    "The time is that of the whole call. `end` was computed once, above: give it to \
                     every sleep as it is.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn all_who_sleep_are_woken() {
    bounded(|| {
        let story = Story::new();
        let rung = Rc::new(Cell::new((0, 0)));
        let its_rung = Rc::clone(&rung);
        let visitor = move |step| {
            let (all, one) = its_rung.get();
            match step {
                Step::WakeAll => its_rung.set((all + 1, one)),
                Step::WakeOne => its_rung.set((all, one + 1)),
                _ => {}
            }
            nobody(step)
        };
        story.visited("publish", visitor, || story.board.publish("v1".to_owned()));
        let (all, one) = rung.get();
        if all == 0 {
            Failure::new("Something new is there, and not all threads that sleep are woken.")
                .expected("`wake_all`")
                .got(if one > 0 { "`wake_one`" } else { "neither `wake_all` nor `wake_one`" })
                .because(
                    "Everybody who waits may be waiting for this change. If one is woken, the others \
                     sleep on, and the one may not even need it: who waits for a later version looks, \
                     and goes back to sleep.",
                )
                .page(PAGE)
                .raise();
        }

        let board = Arc::new(Board::new(0));
        board.publish(1);
        // Before anybody sleeps, so that an open hole shows itself here.
        let _ = board.wait_newer(0, Duration::ZERO);
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let board = Arc::clone(&board);
                thread::spawn(move || board.wait_newer(1, LONG).map(|(version, _)| version))
            })
            .collect();
        let sleepers = Arc::clone(&board);
        let (all_asleep, threads) = within("three threads go to sleep in wait_newer", move || {
            while sleepers.asleep() < 3 && !threads.iter().any(thread::JoinHandle::is_finished) {
                thread::yield_now();
            }
            (sleepers.asleep() == 3, threads)
        });
        board.publish(2);
        let got = within("one `publish` has to wake three threads that sleep in wait_newer", move || {
            threads.into_iter().map(|thread| thread.join().ok().flatten()).collect::<Vec<_>>()
        });
        if !all_asleep || got != [Some(2); 3] {
            Failure::new("Three threads waited for version 2, and it came.")
                .expected("all three sleep; then all three get version 2")
                .got(format_args!("all asleep: {all_asleep}; they got {got:?}"))
                .because("Everybody who waits may be waiting for this change: wake all of them.")
                .page(PAGE)
                .raise();
        }
    });
}

// ---- a future that waits ----

#[test]
fn a_future_looks_first() {
    bounded(|| {
        let story = Story::new();
        story.publish();
        let bell = Bell::new("one", &story);
        let got = story.poll(&mut story.newer(0), &bell);
        story.check(
        &got,
        Some(1),
        "A change that came before the waiting was lost.",
        "Version 1 is there. Look before you leave the waker: nobody wakes it for a change that has been.",
    );
        let mut future = story.newer(1);
        let got = story.poll(&mut future, &bell);
        story.check(
            &got,
            None,
            "Version 1 is not newer than version 1.",
            "Newer than 1 is 2 and above: `>`.",
        );
        let mut future = story.newer(9);
        let got = story.poll(&mut future, &bell);
        story.check(
            &got,
            None,
            "Version 1 is not newer than version 9.",
            "Newer than 9 is 10 and above: `>`.",
        );
    });
}

#[test]
fn a_future_is_woken_when_there_is_something_new() {
    bounded(|| {
        let story = Story::new();
        let bell = Bell::new("one", &story);
        let mut future = story.newer(0);
        for _ in 0..2 {
            let got = story.poll(&mut future, &bell);
            story.check(
                &got,
                None,
                "Nothing has been published.",
                "It is Pending as long as there is nothing newer.",
            );
        }
        if bell.woken() > 0 {
            story
                .failure("The task was woken, and nothing has changed.")
                .expected("no wake-up before the next `publish`")
                .got(bell.woken())
                .because(
                    "A future that wakes its own task is polled again at once, and again: a loop that \
                     never rests.",
                )
                .page(PAGE)
                .raise();
        }
        story.publish();
        if bell.woken() != 1 {
            story
                .failure(match bell.woken() {
                    0 => "Something new is there, and the task sleeps on.",
                    _ => "The task was polled twice, and is woken twice for one change.",
                })
                .expected("woken once")
                .got(format_args!("woken {} times", bell.woken()))
                .because(
                    "Who answers Pending has to leave a waker behind, and `publish` has to wake it. \
                     Under the future's ticket there is one place: the next poll puts its waker into \
                     the same.",
                )
                .page(PAGE)
                .raise();
        }
        let got = story.poll(&mut future, &bell);
        story.check(&got, Some(1), "The task was woken, and looked.", "It is Ready with what is there.");
        story.publish();
        if bell.woken() != 1 {
            story
                .failure("The task has got its answer long ago, and is woken again.")
                .expected("woken once")
                .got(format_args!("woken {} times", bell.woken()))
                .because(
                    "A waker is for one wake-up: `publish` takes it out of the state. Who wants more \
                     polls again.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn every_future_is_woken() {
    bounded(|| {
        let story = Story::new();
        let bells = ["one", "two", "three"].map(|name| Bell::new(name, &story));
        let mut futures = [(); 3].map(|()| story.newer(0));
        for (future, bell) in futures.iter_mut().zip(&bells) {
            story.poll(future, bell);
        }
        story.publish();
        let woken = bells.each_ref().map(Bell::woken);
        if woken != [1; 3] {
            story
                .failure("Three tasks wait, something new is there, and not all of them hear of it.")
                .expected("each is woken once")
                .got(format_args!("woken so often: {woken:?}"))
                .because(
                    "Each future has a ticket of its own: under it stands its waker, beside those of \
                     the others.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn the_last_waker_counts() {
    bounded(|| {
        let story = Story::new();
        let [one, two] = ["one", "two"].map(|name| Bell::new(name, &story));
        let mut future = story.newer(0);
        story.poll(&mut future, &one);
        story.poll(&mut future, &two);
        story.publish();
        if (one.woken(), two.woken()) != (0, 1) {
            story
                .failure("The future has moved to another task, and the old one was woken.")
                .expected("waker two, once")
                .got(format_args!("waker one {} times, waker two {} times", one.woken(), two.woken()))
                .because(
                    "A future may be polled with another waker each time. The last one counts, and \
                     takes the place of the one before.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn a_future_that_was_woken_too_early_waits_on() {
    bounded(|| {
        let story = Story::new();
        let bell = Bell::new("one", &story);
        let mut future = story.newer(2);
        for expected in [None, None, None] {
            let got = story.poll(&mut future, &bell);
            story.check(
                &got,
                expected,
                "There is nothing newer than version 2 yet.",
                "Newer than 2 is 3 and above: `>`.",
            );
            story.publish();
        }
        if bell.woken() != 3 {
            story
                .failure(
                    "The task was woken, looked, found nothing for it, and waited on. Then nobody woke it.",
                )
                .expected("woken by each of 3 changes")
                .got(format_args!("woken {} times", bell.woken()))
                .because("Each Pending leaves a waker behind, not only the first.")
                .page(PAGE)
                .raise();
        }
        let got = story.poll(&mut future, &bell);
        story.check(&got, Some(3), "Version 3 is there.", "It is Ready with what is there.");
    });
}

#[test]
fn who_is_woken_finds_what_is_new() {
    bounded(|| {
        let story = Story::new();
        let bell = Bell::new("one", &story);
        let mut future = story.newer(0);
        story.poll(&mut future, &bell);
        let thread_saw = Rc::new(Cell::new(None));
        let (saw, other) = (Rc::clone(&thread_saw), story.clone());
        let visitor = move |step| {
            // With the lock shut, who is woken has to wait until it is open, and finds what is there then.
            if matches!(step, Step::WakeAll | Step::WakeOne) && !other.board.is_locked() {
                let version = other.board.current().0;
                other.log.note(format_args!("    all threads are woken; version {version} is there"));
                saw.set(Some(version));
            }
            Woken::Rung
        };
        story.log.note("publish(v1)");
        story.visited("publish", visitor, || story.board.publish("v1".to_owned()));
        for (who, saw) in [("A thread", thread_saw.get()), ("A task", bell.saw())] {
            if saw == Some(0) {
                story
                    .failure(format_args!(
                        "{who} was woken, looked, and found nothing new. Then came the change."
                    ))
                    .expected("version 1 is there when it is woken")
                    .got("version 0")
                    .because(
                        "It goes to sleep again, and nobody wakes it a second time. First the change, \
                         then the waking.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    });
}

#[test]
fn a_future_that_is_dropped_leaves_nothing() {
    bounded(|| {
        let story = Story::new();
        let bell = Bell::new("one", &story);
        let mut stay = [story.newer(0), story.newer(0)];
        for future in &mut stay {
            story.poll(future, &bell);
        }
        for _ in 0..100 {
            let gone = Bell::new("gone", &story);
            let mut future = story.newer(0);
            story.poll(&mut future, &gone);
            story.told("drop", || drop(future));
        }
        let kept = story.board.wakers();
        if kept != 2 {
            Failure::new("100 futures were dropped, as in a `select!` with a time-out. Two are left.")
                .expected("2 wakers")
                .got(format_args!("{kept} wakers"))
                .because(
                    "A service that does not change for a day collects the wakers of a day. Who gives \
                     up takes its waker along: its own, under its ticket, and nobody else's.",
                )
                .page(PAGE)
                .raise();
        }
        story.publish();
        if bell.woken() != 2 {
            Failure::new("Other futures were dropped, and those that are left are not woken any more.")
                .expected("each of the two is woken once")
                .got(format_args!("woken {} times", bell.woken()))
                .because("Who gives up takes its own waker along, under its ticket, and nobody else's.")
                .page(PAGE)
                .raise();
        }
        drop(stay);
    });
}

#[test]
fn nothing_may_come_between_looking_and_leaving_the_waker() {
    bounded(|| {
        for before in 1..=3 {
            let story = Story::new();
            let bell = Bell::new("one", &story);
            let mut future = story.newer(0);
            let (other, locks) = (story.clone(), Cell::new(0));
            let visitor = move |step| {
                if step == Step::Lock {
                    locks.set(locks.get() + 1);
                    if locks.get() == before {
                        other
                            .log
                            .note(format_args!("  before lock number {before} of `poll`, another thread:"));
                        other.publish();
                    }
                }
                nobody(step)
            };
            let waker = bell.waker();
            let ready =
                story.visited("poll", visitor, || future.poll(&mut Context::from_waker(&waker)).is_ready());
            let got = if ready { "Ready" } else { "Pending" };
            story.log.note(format_args!("poll gives {got}"));
            let there = story.board.current().0;
            if !ready && there > 0 && bell.woken() == 0 {
                story
                    .failure(
                        "A change came after `poll` had looked, and before its waker was there. Nobody \
                         wakes it for that one.",
                    )
                    .expected("Ready, or a waker that was woken")
                    .got("Pending; version 1 is there, and the waker waits for version 2")
                    .because("The lock was open in between. Look, and leave the waker, under one lock.")
                    .page(PAGE)
                    .raise();
            }
        }
    });
}

// ---- the lock ----

#[test]
fn nothing_of_others_runs_under_the_lock() {
    bounded(|| {
        let story = Story::new();
        let bell = Bell::new("one", &story);
        let locked = bell.locked();
        let mut future = story.newer(0);
        story.poll(&mut future, &bell);
        story.publish();
        // The next waker is replaced, and the one after it is dropped with its future.
        for name in ["two", "three"] {
            let bell = Bell::new(name, &story);
            let its_locked = bell.locked();
            let mut future = story.newer(5);
            story.poll(&mut future, &bell);
            drop(bell);
            if name == "two" {
                let four = Bell::new("four", &story);
                story.poll(&mut future, &four);
            }
            story.told("drop", || drop(future));
            locked.lock().unwrap().extend(its_locked.lock().unwrap().drain(..));
        }
        let found = locked.lock().unwrap().join("; ");
        if !found.is_empty() {
            story
                .failure("Somebody else's code runs while the lock is held.")
                .expected("wakers are woken, and dropped, when the lock is open")
                .got(found)
                .because(
                    "A waker is code of a runtime. It may poll the task at once, or drop it with its \
                     future, and both come back to this lock: a deadlock. Take out of the state what \
                     has to be woken or dropped; then open the lock. A `let` with a name keeps a \
                     value to the end of the block, in `let _ = …` it dies before the lock.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

/// Looks, when it is dropped, whether the board is locked.
struct Looks {
    board: Mutex<Option<std::sync::Weak<Board<Looks>>>>,
    found: Arc<AtomicUsize>,
}

impl Drop for Looks {
    fn drop(&mut self) {
        let board = self.board.lock().unwrap().take().and_then(|board| board.upgrade());
        if board.is_some_and(|board| board.is_locked()) {
            self.found.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[test]
fn an_old_value_is_dropped_when_the_lock_is_open() {
    bounded(|| {
        let found = Arc::new(AtomicUsize::new(0));
        let value = || Looks { board: Mutex::new(None), found: Arc::clone(&found) };
        let board = Arc::new(Board::new(value()));
        for _ in 0..3 {
            *board.current().1.board.lock().unwrap() = Some(Arc::downgrade(&board));
            board.publish(value());
        }
        let found = found.load(Ordering::SeqCst);
        if found > 0 {
            Failure::new("An old value was dropped while the lock was held.")
                .expected("a value is dropped when the lock is open")
                .got(format_args!("{found} of 3 were dropped under the lock"))
                .because(
                    "Nobody else has the old value any more, so `publish` drops it, and its `drop` is \
                     somebody's code; with 10,000 providers in it, it also takes a while, and all \
                     wait. `std::mem::replace` gives you the old one: keep it until the lock is open.",
                )
                .page(PAGE)
                .raise();
        }
    });
}

// ---- on the chapter's list ----

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The smallest runtime: it parks the thread until the waker is woken.
fn block_on<T>(mut future: Held<'_, T>) -> (u64, Arc<T>) {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match future.poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(seen) => return seen,
            Poll::Pending => thread::park(),
        }
    }
}

/// 1000 changes, as fast as can be: whoever follows has the last list in the end, by a thread or by a task.
#[test]
fn a_thousand_changes_of_a_list_end_in_the_same_list() {
    bounded(|| {
        const CHANGES: u64 = 1000;
        let board: Arc<Board<Vec<Endpoint>>> = Arc::new(Board::new(Vec::new()));
        // An open hole shows itself here, and not as a thread that waits.
        let _ = (board.current(), board.wait_newer(u64::MAX, Duration::ZERO));
        let _ = Held::new(&board, u64::MAX).poll(&mut Context::from_waker(Waker::noop()));
        type Next = fn(&Board<Vec<Endpoint>>, u64) -> (u64, Arc<Vec<Endpoint>>);
        let follow = |next: Next| {
            let board = Arc::clone(&board);
            thread::spawn(move || {
                let (mut seen, mut list, mut steps_back) = (0, Arc::default(), 0);
                while seen < CHANGES {
                    let (version, newer) = next(&board, seen);
                    steps_back += usize::from(version <= seen);
                    (seen, list) = (version, newer);
                }
                (list, steps_back)
            })
        };
        let followers = [
            follow(|board, seen| board.wait_newer(seen, LONG).expect("an hour is enough")),
            follow(|board, seen| block_on(Held::new(board, seen))),
        ];
        let publisher = Arc::clone(&board);
        let (last, got) = within("two followers wait for the last of 1000 changes", move || {
            let mut list: Vec<Endpoint> = Vec::new();
            for change in 0..CHANGES {
                let port = 7000 + u16::try_from(change * 7 % 50).expect("below 50");
                let endpoint = Endpoint::new(([127, 0, 0, 1], port).into());
                match list.iter().position(|it| *it == endpoint) {
                    Some(place) => _ = list.remove(place),
                    None => list.push(endpoint),
                }
                publisher.publish(list.clone());
            }
            (list, followers.map(|follower| follower.join().ok()))
        });
        for (who, got) in ["a thread in wait_newer", "a task in newer"].into_iter().zip(got) {
            if got.as_ref().is_none_or(|(list, steps_back)| **list != last || *steps_back > 0) {
                Failure::new(format_args!("1000 times a provider came or went; {who} followed."))
                    .expected(format_args!(
                        "the last list, with {} providers, and versions that only grow",
                        last.len()
                    ))
                    .got(got.map_or("a panic".into(), |(list, steps_back)| {
                        format!("a list with {} providers, {steps_back} steps back", list.len())
                    }))
                    .because("Versions may be left out, none may come twice, and the last one must come.")
                    .page(PAGE)
                    .raise();
            }
        }
    });
}
