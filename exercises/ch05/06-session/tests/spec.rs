//! # Spec of 05-06: expire, reconnect, re-register
//!
//! Three things that look alike from afar: the connection to the registry breaks; the lease has ended; the registry was
//! started again and has forgotten everybody. After the first the lease may well be alive, and whoever registers anew
//! is listed twice. After the other two the lease is dead, and whoever renews it until the end of time is not listed.
//! Only the registry knows which it was, so it has to be asked: with a renewal.
//!
//! Meanwhile it may be away for a second or for a night, and a thousand programs wait for it. How each of them waits
//! decides whether it comes back, or is knocked over the moment it does.
//!
//! There is no clock, no thread and no registry here: whoever has them asks what to do, and tells how it went.

mod harness;
mod world;

use std::collections::BTreeSet;
use std::time::Duration;

use harness::{EVERY, PAGE, Story, TURNS};
use session::{Todo, pause};
use spec_kit::Failure;

const RENEW: &str = "A lease is renewed `renew_every` after it was given or renewed, with the lease that the registry gave. Who has \
                     just had a success waits for that, and is not one of those who are brought forward.";
const ORDER: &str = "Whose turn has come first is first, whoever was wanted first. `first()` knows.";
const KEPT: &str = "Nobody answered. That says nothing about the lease, which is probably alive: it is kept, and renewed. \
                    Who registers anew is listed twice, and stays so until the old lease ends. The pauses are those after any \
                    failure: 50 ms, 100, 200, …";
const AT_ONCE: &str = "The registry answered: it does not know the lease. So the provider is not listed, nobody calls it, \
                       and no renewal will ever bring it back. It is registered again, at once.";
const AGAIN: &str =
    "It has expired before, and may expire again. As long as it is wanted, it is registered again.";
const OTHERS: &str = "The answer is about one lease. The others may be alive, or will hear it themselves, each with its own \
                      renewal. What was wanted before is still wanted.";
const LONGER: &str = "After each failure in a row the pause is twice as long: 50 ms, 100, 200, 400, … up to `LONGEST`, 5 s. \
                      It never ends, however often it has failed.";
const BOUNDED: &str = "No pause is longer than a renewal: a registry that is back is asked within that time, before the lease \
                       ends.";
const RESET: &str = "A success ends the counting: the next failure is the first one, and its pause is short.";
const FORWARD: &str = "One attempt after failures went well: the registry answers. Who waits to try again, after failures, is \
                       tried now. Who waits for nothing but its next renewal goes on waiting, and who is being worked on \
                       is in good hands.";
const NO_NEWS: &str = "One success among successes says nothing new. Who is refused again and again, for a reason of its own, \
                       waits out its pauses.";
const NO_SUCCESS: &str = "`gone` is an answer, and no success: the failures are counted on. The registration that follows may \
                          fail, too; and when it goes well, that is the success that brings the others forward.";
const FORGET: &str =
    "It was never listed, as far as anybody knows, so there is nothing to take back. It is forgotten.";
const BACK: &str = "It is listed and not wanted any more: it is taken from the list, at once, with its lease. Then it is forgotten.";
const MEANWHILE: &str = "It is being worked on, and how that goes is not known yet. So `unwant` only notes it. Whoever works on it \
                         tells how it went; then what stands in the list is taken back, and what does not is forgotten.";
const GIVE_UP: &str = "What is not wanted any more may fail five times (`DEREGISTER_ATTEMPTS`), counted from when it was not wanted. \
                       Then it is forgotten: its lease ends it, which is what leases are for.";
const UNKNOWN: &str =
    "An answer about a ticket that nobody knows any more changes nothing. Above all it brings nothing back.";

// ---- turns ----

#[test]
fn what_is_wanted_is_registered_and_renewed() {
    let mut story = Story::new(TURNS);
    story.next(0, "rest").want(10, 'A').next(10, "register A").next(10, "rest").registered(20, 'A', 1);
    story.because(RENEW).next(20, "rest until +3020 ms").next(3019, "rest until +3020 ms");
    story.next(3020, "renew A, lease 1").next(3020, "rest").renewed(3100, 'A');
    story.next(3100, "rest until +6100 ms").next(6100, "renew A, lease 1").renewed(6100, 'A');
    // A keeper that comes late.
    story.next(10_000, "renew A, lease 1").renewed(10_001, 'A').next(10_001, "rest until +13001 ms").left(1);
}

#[test]
fn work_is_given_out_once() {
    let mut story = Story::new(TURNS);
    story.want(0, 'A').want(0, 'B').next(0, "register A").next(0, "register B").next(0, "rest");
    // The registry takes its time with A: longer than anything else.
    story
        .next(60_000, "rest")
        .registered(60_000, 'B', 1)
        .next(63_000, "renew B, lease 1")
        .next(90_000, "rest");
    story.failed(90_000, 'A').renewed(90_000, 'B').next(90_000, "rest until +90050 ms");
    story.next(90_050, "register A").next(90_050, "rest until +93000 ms").next(93_000, "renew B, lease 1");
    story.next(93_000, "rest").unwant(93_000, 'B').next(93_000, "rest").renewed(93_010, 'B');
    story.next(93_010, "deregister B, lease 1").next(93_010, "rest").left(2);
}

#[test]
fn whose_turn_has_come_first_is_first() {
    let mut story = Story::listed("AB", ORDER);
    story.want(10, 'C').next(10, "register C").failed(10, 'C').next(10, "rest until +60 ms");
    story.next(60, "register C").failed(60, 'C').next(60, "rest until +160 ms").next(160, "register C");
    story.registered(200, 'C', 3).next(200, "rest until +3000 ms");
    // A keeper that was held up finds three of them waiting.
    story
        .next(5000, "renew A, lease 1")
        .next(5000, "renew B, lease 2")
        .next(5000, "renew C, lease 3")
        .next(5000, "rest");
    story.renewed(5000, 'C').renewed(5001, 'A').renewed(5002, 'B');
    story.next(9000, "renew C, lease 3").next(9000, "renew A, lease 1").next(9000, "renew B, lease 2");
    story.renewed(9000, 'B').want(9001, 'D').next(9001, "register D").next(9001, "rest until +12000 ms");
}

// ---- the registry is away, or has forgotten ----

#[test]
fn a_disconnect_is_not_an_expiry() {
    let mut story = Story::listed("A", KEPT);
    story.next(3000, "renew A, lease 1").failed(3000, 'A').next(3050, "renew A, lease 1");
    story.failed(3050, 'A').next(3150, "renew A, lease 1").because(RENEW).renewed(3150, 'A');
    story.next(3150, "rest until +6150 ms").next(6150, "renew A, lease 1").left(1).because(KEPT);
    // Away for ten minutes. Whether the lease has ended meanwhile, only the registry knows.
    let mut at = 6150;
    for _ in 0..200 {
        story.failed(at, 'A');
        at += EVERY;
        story.next(at, "renew A, lease 1");
    }
    story.renewed(at, 'A').next(at + EVERY, "renew A, lease 1");
}

#[test]
fn after_an_expiry_it_is_registered_at_once() {
    let mut story = Story::listed("A", AT_ONCE);
    story.next(3000, "renew A, lease 1").gone(3010, 'A').next(3010, "register A");
    story
        .because(TURNS)
        .next(3010, "rest")
        .because(RENEW)
        .registered(3020, 'A', 2)
        .next(3020, "rest until +6020 ms");
    story.next(6020, "renew A, lease 2").renewed(6020, 'A');
    // And again, and with a failure in between.
    story.because(AGAIN).next(9020, "renew A, lease 2").gone(9020, 'A').next(9020, "register A");
    story.failed(9020, 'A').next(9070, "register A").registered(9070, 'A', 3);
    story.next(12_070, "renew A, lease 3").gone(12_070, 'A').next(12_070, "register A").left(1);
    story.registered(12_070, 'A', 4).next(15_070, "renew A, lease 4");
}

#[test]
fn an_expiry_leaves_the_others_alone() {
    let mut story = Story::listed("ABC", OTHERS);
    story.next(3000, "renew A, lease 1").gone(3001, 'A').next(3001, "renew B, lease 2").renewed(3001, 'B');
    story.next(3001, "renew C, lease 3").next(3001, "register A").gone(3002, 'C').next(3002, "register C");
    story.registered(3002, 'C', 4).registered(3003, 'A', 5).left(3);
    story.next(6001, "renew B, lease 2").next(6002, "renew C, lease 4").next(6003, "renew A, lease 5");
    // What was wanted before the first of them was ever registered, too.
    let mut story = Story::listed("A", OTHERS);
    story
        .want(2999, 'B')
        .next(2999, "register B")
        .next(3000, "renew A, lease 1")
        .want(3000, 'C')
        .gone(3000, 'A');
    story
        .left(3)
        .next(3000, "register A")
        .next(3000, "register C")
        .failed(3000, 'B')
        .next(3050, "register B");
}

#[test]
fn nothing_is_given_up_that_is_wanted() {
    let mut story = Story::with(10_000, 0, LONGER);
    story.want(0, 'A');
    let mut at = 0;
    for _ in 0..100 {
        story.next(at, "register A").failed(at, 'A').left(1);
        at += 10_000;
    }
    story
        .next(at, "register A")
        .registered(at, 'A', 1)
        .because(RENEW)
        .next(at, &format!("rest until +{} ms", at + 10_000));
}

// ---- pauses ----

#[test]
fn each_failure_in_a_row_waits_longer() {
    let mut at = 0;
    let mut story = Story::with(20_000, 0, LONGER);
    story.want(0, 'A');
    for wait in [50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000] {
        story.next(at, "register A").failed(at, 'A').next(at, &format!("rest until +{} ms", at + wait));
        story.next(at + wait - 1, &format!("rest until +{} ms", at + wait));
        at += wait;
    }
    for (attempts, expected) in
        [(1, 50), (2, 100), (3, 200), (7, 3200), (8, 5000), (9, 5000), (17, 5000), (33, 5000)]
    {
        check_pause(attempts, expected);
    }
}

#[test]
fn a_pause_is_bounded_after_any_number_of_failures() {
    for attempts in [31, 32, 33, 34, 63, 64, 65, 66, 70, 128, 129, 1000, 1_000_000, u32::MAX - 1, u32::MAX] {
        check_pause(attempts, 5000);
    }
    let mut story = Story::with(20_000, 0, LONGER);
    story.want(0, 'A');
    let mut at = 0;
    for _ in 0..200 {
        story.next(at, "register A").failed(at, 'A');
        at += 5000;
    }
    story.next(at, "register A");
}

#[track_caller]
fn check_pause(attempts: u32, expected: u64) {
    let got = std::panic::catch_unwind(|| pause(attempts));
    let got = match got {
        Ok(got) => format!("{got:?}"),
        Err(panic) if is_open_hole(&*panic) => std::panic::resume_unwind(panic),
        Err(_) => "a panic".to_owned(),
    };
    let expected = format!("{:?}", Duration::from_millis(expected));
    if got != expected {
        Failure::new(format_args!("The registry has failed {attempts} times in a row."))
            .expected(format_args!("pause({attempts}) → {expected}"))
            .got(format_args!("pause({attempts}) → {got}"))
            .because(if attempts > 8 {
                "A registry may be away for days, so the failures are many, and 2 to that power fits into no number. \
                 Bound the power before you take it, or let it saturate. The pause stays `LONGEST`."
            } else {
                LONGER
            })
            .page(PAGE)
            .raise();
    }
}

fn is_open_hole(panic: &(dyn std::any::Any + Send)) -> bool {
    panic.downcast_ref::<String>().is_some_and(|text| text.starts_with("not yet implemented"))
        || panic.downcast_ref::<&str>().is_some_and(|text| text.starts_with("not yet implemented"))
}

#[test]
fn no_pause_is_longer_than_a_renewal() {
    let mut story = Story::with(120, 0, BOUNDED);
    story.want(0, 'A');
    let mut at = 0;
    for wait in [50, 100, 120, 120, 120] {
        story.next(at, "register A").failed(at, 'A').next(at, &format!("rest until +{} ms", at + wait));
        at += wait;
    }
    // Leases that need no renewal are looked at once a day.
    let mut story = Story::with(u64::MAX, 0, RENEW);
    story.want(0, 'A').next(0, "register A").registered(0, 'A', 1).next(0, "rest until +86400000 ms");
}

#[test]
fn a_success_ends_the_counting() {
    let mut story = Story::new(LONGER);
    story.want(0, 'A').next(0, "register A").failed(0, 'A').next(50, "register A").failed(50, 'A');
    story.next(150, "register A").registered(150, 'A', 1).because(RENEW).next(3150, "renew A, lease 1");
    story.because(RESET).failed(3150, 'A').next(3150, "rest until +3200 ms").next(3200, "renew A, lease 1");
    story.because(LONGER).failed(3200, 'A').next(3200, "rest until +3300 ms").next(3300, "renew A, lease 1");
    story.because(RENEW).renewed(3300, 'A').next(6300, "renew A, lease 1");
    story.because(RESET).failed(6300, 'A').next(6300, "rest until +6350 ms");
}

#[test]
fn one_success_brings_the_others_forward() {
    let mut story = Story::listed("A", ORDER);
    for name in ['B', 'C', 'D'] {
        story.want(0, name);
    }
    story.next(0, "register B").next(0, "register C").next(0, "register D");
    story.because(LONGER).failed(10, 'B').failed(20, 'C').failed(30, 'D').next(30, "rest until +60 ms");
    story
        .next(60, "register B")
        .failed(60, 'B')
        .next(60, "rest until +70 ms")
        .next(70, "register C")
        .failed(70, 'C');
    story.next(80, "register D").next(80, "rest until +160 ms");
    // D is back, and B and C, who have waited since +60 and +70 ms, come at once. A is renewed when it is time.
    story.because(FORWARD).registered(90, 'D', 4).next(90, "register B").next(90, "register C");
    story.next(90, "rest until +3000 ms");
    // B's success finds C being worked on: it is not given out twice.
    story.registered(95, 'B', 2).next(95, "rest until +3000 ms").left(4);
    // C fails once more, after its successes nobody has counted.
    story.because(LONGER).failed(96, 'C').next(96, "rest until +296 ms");
}

#[test]
fn a_renewal_that_goes_well_again_brings_the_others_forward() {
    let mut story = Story::listed("AB", KEPT);
    story.next(3000, "renew A, lease 1").next(3000, "renew B, lease 2").failed(3000, 'A').failed(3001, 'B');
    story.next(3050, "renew A, lease 1").failed(3050, 'A').next(3051, "renew B, lease 2");
    story
        .because(FORWARD)
        .renewed(3060, 'B')
        .next(3060, "renew A, lease 1")
        .because(RENEW)
        .renewed(3061, 'A');
    story.next(3061, "rest until +6060 ms");
    // Not wanted any more, and cannot be taken back: that is tried now, too.
    let mut story = Story::listed("AB", BACK);
    story.unwant(10, 'A').next(10, "deregister A, lease 1").because(LONGER).failed(10, 'A');
    story
        .next(60, "deregister A, lease 1")
        .failed(60, 'A')
        .next(60, "rest until +160 ms")
        .because(TURNS)
        .want(60, 'C')
        .next(60, "register C")
        .failed(60, 'C');
    story.next(110, "register C").because(FORWARD).registered(110, 'C', 3).next(110, "deregister A, lease 1");
    story.deregistered(111, 'A').because(RENEW).next(111, "rest until +3000 ms");
}

#[test]
fn success_after_success_brings_nobody_forward() {
    let mut story = Story::listed("A", LONGER);
    story
        .want(2900, 'B')
        .next(2900, "register B")
        .failed(2900, 'B')
        .next(2950, "register B")
        .failed(2950, 'B');
    story.because(RENEW).next(3000, "renew A, lease 1");
    story.because(NO_NEWS).renewed(3000, 'A').next(3000, "rest until +3050 ms");
    story.want(3001, 'C').next(3001, "register C").registered(3001, 'C', 2).next(3001, "rest until +3050 ms");
}

#[test]
fn gone_is_no_success() {
    let mut story = Story::listed("AB", KEPT);
    story.next(3000, "renew A, lease 1").next(3000, "renew B, lease 2").failed(3000, 'A').failed(3000, 'B');
    story.next(3050, "renew A, lease 1").next(3050, "renew B, lease 2").failed(3050, 'B');
    story
        .because(AT_ONCE)
        .gone(3060, 'A')
        .next(3060, "register A")
        .because(NO_SUCCESS)
        .next(3060, "rest until +3150 ms");
    story.registered(3070, 'A', 3).next(3070, "renew B, lease 2");
    story.gone(3070, 'B').next(3070, "register B").failed(3070, 'B').next(3070, "rest until +3270 ms");
}

#[test]
fn not_everybody_comes_at_once() {
    let spread = "A thousand programs lost the registry at the same moment. If all of them wait for the same time, it is \
                  visited by all of them at once when it comes back, and goes down again. So `spread` takes a random part \
                  of each pause away, at most half.";
    let mut seen = [(); 3].map(|()| BTreeSet::new());
    for seed in 1..=40 {
        let mut story = Story::with(120, seed, spread);
        story.want(0, 'A');
        let mut at = 0;
        for (waits, longest) in seen.iter_mut().zip([50, 100, 120]) {
            story.next(at, "register A").failed(at, 'A');
            let now = story.start + Duration::from_millis(at);
            let Todo::Rest(Some(until)) = story.asks(at) else {
                story.failure("It has failed, and there is no pause.").because(LONGER).page(PAGE).raise()
            };
            let wait = until.saturating_duration_since(now);
            let whole = Duration::from_millis(longest);
            if wait > whole || wait < whole / 2 {
                story
                    .failure("A pause was spread too far.")
                    .expected(format_args!("between {:?} and {whole:?}", whole / 2))
                    .got(format_args!("{wait:?}"))
                    .because("First the pause is bounded, by `LONGEST` and by a renewal; then a part of it is taken away.")
                    .page(PAGE)
                    .raise();
            }
            waits.insert(wait);
            at += longest;
        }
    }
    for (waits, longest) in seen.iter().zip([50, 100, 120]) {
        if waits.len() < 30 {
            Failure::new("Forty programs have failed at the same moment.")
                .expected(format_args!("some forty different pauses, of {longest} ms at most"))
                .got(format_args!("{} different ones", waits.len()))
                .because(spread)
                .page(PAGE)
                .raise();
        }
    }
}

// ---- not wanted any more ----

#[test]
fn who_was_never_listed_is_forgotten() {
    let mut story = Story::new(FORGET);
    story.want(0, 'A').unwant(0, 'A').left(0).next(0, "rest");
    // After a failure, while it waits to try again.
    story.because(TURNS).want(10, 'B').next(10, "register B").failed(10, 'B').unwant(20, 'B');
    story.because(FORGET).left(0).next(20, "rest").next(60, "rest");
    // After an expiry, before it is registered again.
    let mut story = Story::listed("AB", FORGET);
    story
        .next(3000, "renew A, lease 1")
        .gone(3000, 'A')
        .unwant(3000, 'A')
        .left(1)
        .next(3000, "renew B, lease 2");
    story.next(9000, "rest");
}

#[test]
fn who_is_listed_is_taken_from_the_list_at_once() {
    let mut story = Story::listed("AB", BACK);
    story.unwant(10, 'B').left(2).next(10, "deregister B, lease 2").next(10, "rest until +3000 ms");
    story.deregistered(11, 'B').left(1).next(11, "rest until +3000 ms");
    // While it waits to renew again.
    story
        .because(KEPT)
        .next(3000, "renew A, lease 1")
        .failed(3000, 'A')
        .next(3050, "renew A, lease 1")
        .failed(3050, 'A');
    story.because(BACK).unwant(3060, 'A').next(3060, "deregister A, lease 1").deregistered(3061, 'A').left(0);
    story.next(9999, "rest");
}

#[test]
fn who_is_being_worked_on_is_taken_back_afterwards() {
    // It is being registered.
    let mut story = Story::new(MEANWHILE);
    story.want(0, 'A').next(0, "register A").unwant(1, 'A').left(1).next(1, "rest").registered(5, 'A', 1);
    story.next(5, "deregister A, lease 1").next(5, "rest").deregistered(6, 'A').left(0);
    // It is being renewed.
    let mut story = Story::listed("A", MEANWHILE);
    story.next(3000, "renew A, lease 1").unwant(3001, 'A').left(1).next(3001, "rest").renewed(3005, 'A');
    story.next(3005, "deregister A, lease 1").deregistered(3006, 'A').left(0);
    // The renewal fails: whether it is listed, nobody knows.
    let mut story = Story::listed("A", MEANWHILE);
    story.next(3000, "renew A, lease 1").unwant(3001, 'A').failed(3005, 'A').left(1);
    story
        .next(3005, "rest until +3055 ms")
        .next(3055, "deregister A, lease 1")
        .deregistered(3056, 'A')
        .left(0);
    // The registry has forgotten it.
    let mut story = Story::listed("A", MEANWHILE);
    story.next(3000, "renew A, lease 1").unwant(3001, 'A').gone(3005, 'A').left(0).next(3005, "rest");
    // It could not be registered: without a lease nothing can be taken back.
    let mut story = Story::new(MEANWHILE);
    story
        .want(0, 'A')
        .next(0, "register A")
        .unwant(1, 'A')
        .failed(5, 'A')
        .left(0)
        .next(5, "rest")
        .next(9999, "rest");
    // It is being registered, for the second time.
    let mut story = Story::listed("A", MEANWHILE);
    story.next(3000, "renew A, lease 1").gone(3000, 'A').next(3000, "register A").unwant(3001, 'A').left(1);
    story.registered(3002, 'A', 2).next(3002, "deregister A, lease 2").deregistered(3003, 'A').left(0);
}

#[test]
fn taking_back_is_given_up_after_five_failures() {
    let mut story = Story::listed("A", KEPT);
    // Failures before it was unwanted are of another kind.
    story.next(3000, "renew A, lease 1").failed(3000, 'A').next(3050, "renew A, lease 1").failed(3050, 'A');
    story.because(GIVE_UP).unwant(3100, 'A');
    let mut at = 3100;
    for wait in [50, 100, 200, 400] {
        story.next(at, "deregister A, lease 1").failed(at, 'A').left(1);
        story.next(at, &format!("rest until +{} ms", at + wait));
        at += wait;
    }
    story
        .next(at, "deregister A, lease 1")
        .failed(at, 'A')
        .left(0)
        .next(at, "rest")
        .next(at + 60_000, "rest");
    // Saying so twice changes nothing: the failures stay counted, and the pause is waited out.
    let mut story = Story::listed("A", BACK);
    story.unwant(10, 'A').next(10, "deregister A, lease 1").because(LONGER).failed(10, 'A').unwant(20, 'A');
    story.next(20, "rest until +60 ms").next(60, "deregister A, lease 1").unwant(60, 'A').failed(60, 'A');
    story.next(60, "rest until +160 ms");
    // The last of them finds that it is gone.
    let mut story = Story::listed("A", BACK);
    story.unwant(10, 'A').next(10, "deregister A, lease 1").failed(10, 'A').next(60, "deregister A, lease 1");
    story.because("It is gone, which is what was wanted. Nobody registers it again.");
    story.gone(60, 'A').left(0).next(60, "rest");
}

#[test]
fn a_late_answer_brings_nothing_back() {
    let mut story = Story::listed("AB", BACK);
    story.unwant(10, 'A').next(10, "deregister A, lease 1").deregistered(11, 'A').left(1).because(UNKNOWN);
    for (at, name) in [(20, 'A'), (30, 'Z')] {
        story.registered(at, name, 9).left(1).next(at, "rest until +3000 ms");
        story.renewed(at, name).left(1).next(at, "rest until +3000 ms");
        story.failed(at, name).left(1).next(at, "rest until +3000 ms");
        story.gone(at, name).left(1).next(at, "rest until +3000 ms");
        story.unwant(at, name).left(1).next(at, "rest until +3000 ms");
        story.deregistered(at, name).left(1).next(at, "rest until +3000 ms");
    }
    story.next(3000, "renew B, lease 2").want(3000, 'C').next(3000, "register C");
}

// ---- all of it ----

/// A registry that goes away, forgets, and comes back; programs that come and go; two minutes of it.
#[test]
fn in_the_end_who_is_wanted_is_listed_once_and_nobody_else() {
    for seed in 1..=30 {
        world::run(seed);
    }
}

#[test]
fn a_restarted_registry_knows_everybody_within_a_renewal() {
    let mut story = Story::listed("ABCDE", AT_ONCE);
    let mut back = BTreeSet::new();
    // Five renewals and five registrations; the first that has nothing to do ends it.
    for (at, lease) in (3000..3020).zip(10..) {
        match story.asks(at) {
            Todo::Renew(ticket, _) => _ = story.gone(at, harness::name(ticket)),
            Todo::Register(ticket) => {
                story.registered(at, harness::name(ticket), lease);
                back.insert(ticket);
            }
            Todo::Rest(_) | Todo::Deregister(..) => break,
        }
    }
    if back.len() != 5 {
        story
            .failure("A registry was started again, with an empty list. Five are wanted.")
            .expected("all five are listed again when each has been told, once, that its lease is not known")
            .got(format_args!("{} of them", back.len()))
            .because(AT_ONCE)
            .page(PAGE)
            .raise();
    }
}
