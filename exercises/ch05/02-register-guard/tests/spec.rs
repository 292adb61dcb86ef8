//! # Spec of 05-02: register with a guard that deregisters
//!
//! Whoever has to remember to deregister forgets it: on the `?` in line 40, in the branch that returns early, in the
//! panic that nobody foresaw. Then callers call an address at which nobody listens, until a lease ends.
//!
//! In Rust a value is dropped on every way out, so the value that was got by registering does the deregistering.
//! Two things are left to think about. What `drop` did must not be done again, or left undone, when somebody has
//! ended it by hand. And a provider may change what it says about itself, without a moment in which it is not there.

mod harness;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use ch05_registry::backend::Offer;
use ch05_registry::table::{Seen, Table, TableLimits};
use harness::{ORDERS, PAGE, Paper, bounded, dropped, end, is_open_hole, key, on, register, replace, told};
use register_guard::{Directory, DirectoryError, EntryId, Registered};
use spec_kit::Failure;

// ---- in, and out again ----

#[test]
fn who_registers_is_listed() {
    bounded(|| {
        let paper = Paper::new();
        let endpoint = on(7051).with("zone", "north").unwrap();
        let guard = register(&paper, endpoint.clone());
        paper.check_listed(
            &[1],
            "The provider registered, and holds its guard.",
            "`register` enters it once; as long as the guard lives, it stays.",
        );
        let got = (paper.endpoints(), guard.endpoint(), guard.id());
        if got != (vec![endpoint.clone()], endpoint.clone(), EntryId(1)) {
            paper
                .failure("Another endpoint is listed than the one that was registered.")
                .expected(format_args!("entry 1, {endpoint}, in the list and in the guard"))
                .got(format_args!("in the list: {:?}; in the guard: entry {}, {}", got.0, got.2.0, got.1))
                .because(
                    "The endpoint goes into the list as it is, with its labels, and the guard remembers it.",
                )
                .page(PAGE)
                .raise();
        }
        dropped(&paper, guard);
    });
}

#[test]
fn a_refused_registration_leaves_nothing_behind() {
    bounded(|| {
        let paper = Paper::new();
        paper.refuse_enter();
        paper.step("register(127.0.0.1:7051)");
        let directory: Arc<dyn Directory> = paper.clone();
        let got = told(&paper, "register", || Registered::register(directory, key(ORDERS), on(7051)));
        let got = got.map(|_| "a guard");
        if got != Err(DirectoryError("full".into())) || paper.enters() != 1 || !paper.taken().is_empty() {
            paper
            .failure("The directory has refused the provider.")
            .expected("Err(the directory: full); asked once, and nothing to take out")
            .got(format_args!("{got:?}; asked {} times to enter, {} to take out", paper.enters(), paper.taken().len()))
            .because("Nothing was entered, so there is nothing to guard. Whether to try again is the caller's question.")
            .page(PAGE)
            .raise();
        }
    });
}

#[test]
fn dropping_takes_the_provider_out() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        dropped(&paper, guard);
        paper.check_taken(
            &[1],
            "The guard was dropped, and that is the end of the registration.",
            "`drop` asks the directory once to take out the entry that the guard has.",
        );
    });
}

/// Return, `?`, panic: nobody has to think of it.
#[test]
fn a_panic_takes_the_provider_out() {
    bounded(|| {
        let paper = Paper::new();
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let _guard = register(&paper, on(7051));
            paper.step("the provider panics; its variables are dropped");
            resume_unwind(Box::new("a bug"));
        }));
        let panic = caught.expect_err("it panics");
        if is_open_hole(&*panic) {
            resume_unwind(panic);
        }
        paper.check_listed(
        &[],
        "The provider panicked, and is still listed.",
        "A panic drops what is on the stack, the guard too. This is what guards are for: take it out here as well.",
    );
    });
}

#[test]
fn ending_tells_the_directory_once() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        let got = end(&paper, guard);
        paper.check_taken(
        &[1],
        "The registration was ended. Was the directory told once?",
        "`end` has the guard by value, so `drop` still comes after it. It has to know that there is nothing left.",
    );
        if got != Ok(()) {
            paper
                .failure("The directory has done it, and `end` says that it has not.")
                .expected("Ok(())")
                .got(format_args!("{got:?}"))
                .because("What `take_out` says is what `end` says.")
                .page(PAGE)
                .raise();
        }
    });
}

#[test]
fn ending_says_how_it_went() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.refuse_take_out();
        let got = end(&paper, guard);
        if got != Err(DirectoryError("no answer".into())) {
            paper
            .failure("The directory did not do it, and who asked does not hear of that.")
            .expected("Err(the directory: no answer)")
            .got(format_args!("{got:?}"))
            .because("Who calls `end`, and not `drop`, wants to know how it went. What `take_out` says, `end` says.")
            .page(PAGE)
            .raise();
        }
        paper.check_taken(
        &[1],
        "The directory did not take the entry out, when it was asked to.",
        "It is asked once: not again by `end`, nor by the `drop` that follows. The entry ends by itself, later.",
    );
    });
}

#[test]
fn dropping_survives_a_no() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.refuse_take_out();
        dropped(&paper, guard);
        paper.check_taken(
        &[1],
        "The guard was dropped, and the directory did not answer.",
        "It is asked once. A `drop` that tries until it works holds up whoever leaves; the entry ends by itself, later.",
    );
    });
}

#[test]
fn who_hands_over_leaves_the_entry_in_the_list() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.step("hand_over");
        let id = told(&paper, "hand_over", || guard.hand_over());
        paper.check_taken(
        &[],
        "The entry was handed over to somebody else, and was taken out under their hands.",
        "`hand_over` ends the guard, and leaves the entry. `drop` comes after it: it must have nothing to do.",
    );
        if id != EntryId(1) {
            paper
                .failure("Another entry was handed over.")
                .expected("entry 1")
                .got(format_args!("entry {}", id.0))
                .because("Who takes over takes this entry out one day, and needs its id.")
                .page(PAGE)
                .raise();
        }
        let guard = register(&paper, on(7052));
        let _ = replace(&paper, &guard, on(7053));
        paper.step("hand_over");
        let id = told(&paper, "hand_over", || guard.hand_over());
        if id != EntryId(3) {
            paper
                .failure("An entry was handed over that is in the list no more.")
                .expected("entry 3")
                .got(format_args!("entry {}", id.0))
                .because("A replacement is another entry, with another id.")
                .page(PAGE)
                .raise();
        }
    });
}

/// `mem::forget` would do for the list, and leave everything else behind.
#[test]
fn nothing_of_a_guard_is_left() {
    bounded(|| {
        type Way = (&'static str, fn(Registered));
        let ways: [Way; 3] = [
            ("drop", |guard| drop(guard)),
            ("end", |guard| _ = guard.end()),
            ("hand_over", |guard| _ = guard.hand_over()),
        ];
        for (name, way) in ways {
            let paper = Paper::new();
            let guard = register(&paper, on(7051));
            paper.step(name);
            told(&paper, name, || way(guard));
            let left = Arc::strong_count(&paper) - 1;
            if left > 0 {
                paper
                .failure(format_args!("After `{name}` the directory is still held, for ever."))
                .expected("nobody holds the directory any more")
                .got(format_args!("{left} still held"))
                .because(
                    "The guard has an `Arc` of the directory, with a connection behind it. `mem::forget` leaves all \
                     of that behind. Let the guard be dropped, with nothing left to take out.",
                )
                .page(PAGE)
                .raise();
            }
        }
    });
}

// ---- whose entry it is ----

#[test]
fn each_takes_out_its_own_entry() {
    bounded(|| {
        for first_goes in [true, false] {
            let paper = Paper::new();
            let old = register(&paper, on(7051));
            let new = register(&paper, on(7051));
            let (goes, stays, left) = if first_goes { (old, new, 2) } else { (new, old, 1) };
            dropped(&paper, goes);
            paper.check_listed(
            &[left],
            "A provider was started again on its address before the old one was gone. One of the two went.",
            "Two registrations of one address are two entries. Each guard takes out the one that it has entered, by its \
             id; the address says nothing about whose it is.",
        );
            let ended = end(&paper, stays);
            paper.check_listed(&[], "Both have gone.", "Each guard takes out its own entry.");
            if ended.is_err() {
                paper
                    .failure("The second one could not go.")
                    .expected("Ok(())")
                    .got(format_args!("{ended:?}"))
                    .page(PAGE)
                    .raise();
            }
        }
    });
}

// ---- replacing ----

#[test]
fn a_replacement_leaves_no_gap() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.count_fewest();
        let endpoint = on(7051).with("weight", "2").unwrap();
        let got = replace(&paper, &guard, endpoint.clone());
        if paper.fewest() == 0 {
            paper
            .failure("For a moment nobody provided the service.")
            .expected("at least one entry in the list, after every step")
            .got("an empty list in between")
            .because(
                "The old entry was taken out before the new one was in. A caller that looked then found nobody, and \
                 failed. First in, then out: two entries of one provider harm nobody.",
            )
            .page(PAGE)
            .raise();
        }
        paper.check_listed(
        &[2],
        "The provider has changed what it says about itself.",
        "The new entry is in, and the old one is taken out: otherwise it is called with what was true before.",
    );
        if got != Ok(()) || guard.endpoint() != endpoint || guard.id() != EntryId(2) {
            paper
                .failure("The replacement went well, and the guard does not know of it.")
                .expected(format_args!("Ok(()); entry 2, {endpoint}"))
                .got(format_args!("{got:?}; entry {}, {}", guard.id().0, guard.endpoint()))
                .because("From here on the guard has the new entry: its id and its endpoint.")
                .page(PAGE)
                .raise();
        }
        dropped(&paper, guard);
        paper.check_taken(
            &[1, 2],
            "The guard was dropped after a replacement.",
            "The old entry is gone already. What is to be taken out now is the new one.",
        );
    });
}

#[test]
fn the_same_endpoint_is_entered_anew() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        let _ = replace(&paper, &guard, on(7051));
        paper.check_listed(
            &[2],
            "The endpoint was replaced by one that is equal.",
            "Whoever replaces gets a new entry, whatever is in it: the directory may have lost the old one, and nobody \
             here knows.",
        );
        dropped(&paper, guard);
    });
}

#[test]
fn a_refused_replacement_changes_nothing() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.refuse_enter();
        let got = replace(&paper, &guard, on(7052));
        paper.check_listed(
            &[1],
            "The new endpoint was refused.",
            "The old one is still true, and stays in the list. It is taken out only when the new one is in.",
        );
        if got != Err(DirectoryError("full".into())) || guard.endpoint() != on(7051) {
            paper
                .failure("The new endpoint was refused.")
                .expected("Err(the directory: full); the guard has entry 1, 127.0.0.1:7051, as before")
                .got(format_args!("{got:?}; entry {}, {}", guard.id().0, guard.endpoint()))
                .because("What was not entered is not listed. Who asked has to hear of it.")
                .page(PAGE)
                .raise();
        }
        let enters = paper.enters();
        if enters != 2 {
            paper
                .failure("The directory has said no, and was asked again.")
                .expected("2 calls of `enter`: of `register`, and of `replace`")
                .got(enters)
                .because("Whether to try again is the caller's question.")
                .page(PAGE)
                .raise();
        }
        dropped(&paper, guard);
        paper.check_taken(
            &[1],
            "The guard was dropped after a refused replacement.",
            "It still has the old entry.",
        );
    });
}

#[test]
fn an_old_entry_that_stays_is_reported() {
    bounded(|| {
        let paper = Paper::new();
        let guard = register(&paper, on(7051));
        paper.refuse_take_out();
        let got = replace(&paper, &guard, on(7052));
        if got != Err(DirectoryError("no answer".into())) || guard.endpoint() != on(7052) {
            paper
            .failure("The new entry is in, and the old one could not be taken out.")
            .expected("Err(the directory: no answer); the guard has entry 2, 127.0.0.1:7052")
            .got(format_args!("{got:?}; entry {}, {}", guard.id().0, guard.endpoint()))
            .because(
                "The new entry is in the list, and somebody has to take it out one day: the guard. The old one ends \
                 by itself; until then callers may call it, which is worth an `Err`.",
            )
            .page(PAGE)
            .raise();
        }
        dropped(&paper, guard);
        paper.check_taken(
            &[1, 2],
            "The guard was dropped after a replacement whose old entry could not be taken out.",
            "Each entry is asked to go once: the old one by `replace`, the new one now.",
        );
    });
}

#[test]
fn nobody_waits_while_the_directory_is_asked() {
    bounded(|| {
        let paper = Paper::new();
        let guard = Arc::new(register(&paper, on(7051)));
        paper.watch(&guard);
        let _ = replace(&paper, &guard, on(7052));
        let held = paper.found_locked();
        if !held.is_empty() {
            paper
            .failure("The directory is asked over a network, and the guard's lock is held meanwhile.")
            .expected("an open lock while `enter` and `take_out` are at work")
            .got(format_args!("it is held during: {}", held.join("; ")))
            .because(
                "A directory may take seconds to answer. Whoever asks the guard for its endpoint waits for as long, a \
                 status page for instance; and a directory that asks itself waits for ever. Hold the lock for the \
                 moment in which the entries change places. A guard in a `match` or an `if let` is held to its end.",
            )
            .page(PAGE)
            .raise();
        }
    });
}

#[test]
fn of_two_replacements_at_once_one_is_left() {
    bounded(|| {
        // A `replace` needs one lock. Who takes more of them has somebody come in before each.
        for during in ["enter 127.0.0.1:7052", "take out entry 1", "lock 1", "lock 2", "lock 3"] {
            let paper = Paper::new();
            let guard = Arc::new(register(&paper, on(7051)));
            paper.watch(&guard);
            let (others, seen) = (Arc::downgrade(&guard), Arc::new(Mutex::new(None)));
            let (log, result) = (Arc::downgrade(&paper), Arc::clone(&seen));
            paper.visit(move |call| {
                if call == during
                    && let (Some(guard), Some(paper)) = (others.upgrade(), log.upgrade())
                {
                    paper.step(format_args!("at `{call}` another thread: replace(127.0.0.1:7053)"));
                    *result.lock().unwrap() = Some(guard.replace(on(7053)));
                }
            });
            let first = replace(&paper, &guard, on(7052));
            paper.visit(|_| {});
            let second = seen.lock().unwrap().take();
            let listed = paper.listed();
            if listed != [guard.id()] || paper.endpoints() != [guard.endpoint()] {
                paper
                .failure("Two threads replaced the endpoint at the same time. One entry has to be left: the guard's.")
                .expected("one entry in the list, and it is the one that the guard has")
                .got(format_args!(
                    "in the list: {}; the guard has entry {}",
                    harness::ids(&listed),
                    guard.id().0
                ))
                .because(
                    "What you took out must be what you put the new entry in place of: in one step, under the lock. \
                     If you look at the old entry first, and change it later, somebody was there in between; so, too, \
                     when each of the two takes the lock for itself.",
                )
                .page(PAGE)
                .raise();
            }
            let mut taken = paper.taken();
            taken.sort();
            taken.dedup();
            if taken.len() != paper.taken().len()
                || first != Ok(())
                || second.as_ref().is_some_and(Result::is_err)
            {
                paper
                    .failure("Two threads replaced the endpoint at the same time.")
                    .expected("Ok(()) for both, and each old entry is taken out once")
                    .got(format_args!(
                        "{first:?}, {second:?}; asked to take out: {}",
                        harness::ids(&paper.taken())
                    ))
                    .because("Each of the two takes out what it has replaced, and nothing else.")
                    .page(PAGE)
                    .raise();
            }
        }
    });
}

// ---- on the chapter's table ----

/// The chapter's lease table as a directory.
struct Leases {
    table: Mutex<(Table, u64)>,
    now: Instant,
    fewest: Mutex<usize>,
}

impl Leases {
    fn providers(&self) -> usize {
        let mut addresses: Vec<_> = self.list(&key(ORDERS)).iter().map(|(_, it)| it.address()).collect();
        addresses.sort();
        addresses.dedup();
        addresses.len()
    }

    fn count(&self) {
        let now = self.providers();
        let mut fewest = self.fewest.lock().unwrap();
        *fewest = now.min(*fewest);
    }
}

impl Directory for Leases {
    fn enter(&self, service: &ServiceKey, endpoint: &Endpoint) -> Result<EntryId, DirectoryError> {
        let mut inner = self.table.lock().unwrap();
        inner.1 += 1;
        let id = inner.1;
        let offer = Offer { service: service.clone(), endpoint: endpoint.clone(), id: id.to_string() };
        let entered = inner.0.register(self.now, &offer, Duration::from_secs(10));
        drop(inner);
        self.count();
        entered.map(|()| EntryId(id)).map_err(|refusal| DirectoryError(refusal.to_string()))
    }

    fn take_out(&self, id: EntryId) -> Result<(), DirectoryError> {
        self.table.lock().unwrap().0.deregister(self.now, &id.0.to_string());
        self.count();
        Ok(())
    }

    fn list(&self, service: &ServiceKey) -> Vec<(EntryId, Endpoint)> {
        let inner = self.table.lock().unwrap();
        let update = inner.0.since(self.now, service, Seen::default());
        let listed = update.map(|update| update.put).unwrap_or_default();
        listed.into_iter().map(|it| (EntryId(it.id.parse().unwrap()), it.endpoint)).collect()
    }
}

/// Three servers, each of which is moved to another port: first the new guard, then the old one's end.
#[test]
fn three_providers_are_restarted_on_the_chapters_table() {
    bounded(|| {
        let now = Instant::now();
        let table = Table::new(1, now, Duration::ZERO, TableLimits::default());
        let leases = Arc::new(Leases { table: Mutex::new((table, 0)), now, fewest: Mutex::new(usize::MAX) });
        let enter =
            |port| Registered::register(leases.clone(), key(ORDERS), on(port)).expect("there is room");
        let mut guards: Vec<Registered> = [7051, 7052, 7053].into_iter().map(enter).collect();
        *leases.fewest.lock().unwrap() = usize::MAX;
        for (guard, port) in guards.iter_mut().zip(7061..) {
            let old = std::mem::replace(guard, enter(port));
            old.end().expect("the table does it");
            guard.replace(on(port).with("weight", "2").unwrap()).expect("the table does it");
        }
        let mut listed: Vec<String> =
            leases.list(&key(ORDERS)).iter().map(|(_, it)| it.to_string()).collect();
        listed.sort();
        let fewest = *leases.fewest.lock().unwrap();
        let expected = [7061, 7062, 7063].map(|port| format!("127.0.0.1:{port} weight=2"));
        if listed != expected || fewest < 3 {
            Failure::new("Three servers were restarted, one after another, and then changed their weights.")
                .expected(format_args!("never fewer than 3 providers; at the end {}", expected.join("; ")))
                .got(format_args!("{fewest} at the fewest; at the end {}", listed.join("; ")))
                .because("The new one is in before the old one goes, each time.")
                .page(PAGE)
                .raise();
        }
        drop(guards);
        if leases.providers() != 0 {
            Failure::new("All servers are gone, and the list is not empty.")
                .expected("nobody")
                .got(format_args!("{:?}", leases.list(&key(ORDERS))))
                .because("Each guard takes out the entry that it has, when it is dropped.")
                .page(PAGE)
                .raise();
        }
    });
}
