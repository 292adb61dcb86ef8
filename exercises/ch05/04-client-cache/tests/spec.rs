//! # Spec of 05-04: a cache that outlives the registry
//!
//! A registry that is down costs nobody a call, if callers keep the last list. The danger comes afterwards: it is
//! started again, its memory is empty, and the first thing that it says is a list without anybody. All providers
//! live. Who believes that list has nobody to call.
//!
//! And who never believes an empty list calls the dead for ever. So the registry says two things besides its list:
//! which of its lives this is, and for how long somebody may be missing who has not come back yet. Who was known
//! before is kept until then, and not longer.
//!
//! All times here are made up, in milliseconds after the beginning of a story.

mod harness;

use std::sync::Arc;
use std::time::Duration;

use ch04_proxy::ServiceKey;
use ch05_registry::agenda::{Agenda, Todo};
use ch05_registry::backend::Offer;
use ch05_registry::listing::{Entry, Listing};
use ch05_registry::table::{Table, TableLimits};
use client_cache::{MAX_SETTLE, STRANGER};
use harness::{NEWS, PAGE, SAME, Story, believed, entry};

/// A life in which nothing is missing.
const SETTLED: (u64, u64) = (1, 0);

// ---- a registry that remembers ----

#[test]
fn a_list_takes_the_place_of_the_one_before() {
    let mut story = Story::new();
    let because = "The registry has never lost its memory: who is in its list is shown, and nobody else.";
    story.listing(0, SETTLED, "A B", NEWS, "A B", because);
    story.listing(1000, SETTLED, "B C", NEWS, "B C", because);
    story.listing(2000, SETTLED, "B", NEWS, "B", because);
    story.listing(3000, SETTLED, "", NEWS, "", because);
    story.listing(4000, SETTLED, "D", NEWS, "D", because);
}

#[test]
fn the_first_list_is_news_even_when_it_is_empty() {
    let mut story = Story::new();
    let because = "Before the first list nothing is known. \"Nobody provides it\" is an answer, and callers wait for \
                   one: it is news, once.";
    story.listing(0, SETTLED, "", NEWS, "", because);
    story.listing(1000, SETTLED, "", SAME, "", because);
    let mut story = Story::new();
    story.listing(0, (7, 5000), "", NEWS, "", because);
    story.listing(1000, (7, 4000), "", SAME, "", because);
    let mut story = Story::new();
    story.listing(0, (0, 0), "", NEWS, "", because);
}

#[test]
fn what_callers_cannot_see_is_no_news() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(
        1000,
        SETTLED,
        "C A B",
        SAME,
        "A B C",
        "Only the order is another. A registry may list them in any order; callers see them by address.",
    );
    story.listing(
        2000,
        SETTLED,
        "A@100 B@1 C@?",
        SAME,
        "A B C",
        "Only the ages are others. They grow in every list, and nobody is another provider for that.",
    );
    story.listing(
        3000,
        SETTLED,
        "A* B C",
        NEWS,
        "A* B C",
        "A says something else about itself: its endpoint is another, though its address is the same.",
    );
    story.listing(4000, SETTLED, "A B C", NEWS, "A B C", "And back again, which is news as well.");
    story.listing(5000, (2, 0), "A B C", SAME, "A B C", "Another life of the registry, and the same list.");
}

#[test]
fn of_two_registrations_of_an_address_the_newest_is_shown() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A", NEWS, "A", "The first list is news.");
    let because = "A was started again before its old lease had ended: two entries of one address. The one that was \
                   registered last, with the larger order, is what is true now.";
    story.listing(1000, SETTLED, "A A2*", NEWS, "A*", because);
    story.listing(2000, SETTLED, "A2* A", SAME, "A*", because);
    story.listing(
        3000,
        SETTLED,
        "A2*",
        SAME,
        "A*",
        "The old lease has ended. Nobody has seen it any more, so nothing is new.",
    );
    story.listing(4000, SETTLED, "A2* A3", NEWS, "A", because);
}

// ---- a registry that has forgotten ----

#[test]
fn nobody_is_taken_away_by_a_registry_that_has_forgotten() {
    let mut story = Story::new();
    let because = "This is another life of the registry, and its list may lack somebody for a while. Who was known \
                   before is kept until it has settled: they live, and have not come back yet.";
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.due(None, "Nothing is missing in a list that is settled.");
    story.listing(5000, (2, 10_000), "", SAME, "A B C", because);
    story.due(Some(15_000), "It settles so long after its list came.");
    story.listing(6000, (2, 9000), "A", SAME, "A B C", because);
    story.listing(8000, (2, 7000), "A C", SAME, "A B C", because);
    story.due(
        Some(15_000),
        "The first list of this life said when it settles. The others of the same life do not move that.",
    );
    story.listing(
        9000,
        (2, 6000),
        "A C D",
        NEWS,
        "A B C D",
        "D is new, and is shown at once; B is still missing, and is kept.",
    );
    story.settle(14_999, SAME, "A B C D", "It is not time yet.");
    story.settle(
        15_000,
        NEWS,
        "A C D",
        "The registry has settled. Who has not come back by now is gone, and must not be called for ever.",
    );
    story.due(None, "Nothing is left to settle.");
    story.settle(15_000, SAME, "A C D", "It has settled already, and nothing is new.");
    story.settle(99_000, SAME, "A C D", "It has settled already, and nothing is new.");
}

#[test]
fn settling_is_no_news_when_all_have_come_back() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.listing(1000, (2, 5000), "A", SAME, "A B", "B has not come back yet.");
    story.listing(2000, (2, 4000), "A B", SAME, "A B", "All are back, and nothing is new.");
    story.settle(5999, SAME, "A B", "It is not time yet.");
    story.settle(6000, SAME, "A B", "Nobody was only remembered, so nobody goes.");
    story.due(None, "Nothing is left to settle.");
}

#[test]
fn who_has_come_back_and_goes_has_gone() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B C", "B and C have not come back yet.");
    story.listing(
        2000,
        (2, 9000),
        "",
        NEWS,
        "B C",
        "This registry knew A, and lists it no more: A has gone, in good order. What it may have forgotten is only \
         who has not been in any list of this life: B and C.",
    );
    story.listing(3000, (2, 8000), "D", NEWS, "B C D", "D is new.");
    story.listing(
        4000,
        (2, 7000),
        "B",
        NEWS,
        "B C",
        "D came in this life and has gone in it. Nobody had to remember it.",
    );
    story.settle(11_000, NEWS, "B", "C has never come back.");
}

#[test]
fn a_stranger_gets_ten_seconds() {
    let mut story = Story::new();
    let because = "Another memory, and not a word about what may be missing in it: another registry at the same \
                   address, or one that was emptied. Whoever lives has registered there within STRANGER.";
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(5000, (9, 0), "A", SAME, "A B C", because);
    story.due(Some(5000 + STRANGER.as_millis() as u64), because);
    story.listing(6000, (9, 0), "A B", SAME, "A B C", because);
    story.due(Some(15_000), "The first list of this life has set the time.");
    story.settle(14_999, SAME, "A B C", "It is not time yet.");
    story.settle(15_000, NEWS, "A B", because);
}

/// A registry that says "wait" in every list is not waited for without end.
#[test]
fn a_life_settles_once() {
    let mut story = Story::new();
    let because = "The first list of a life says when it has settled. If each list could move that moment, a registry \
                   that says \"in 10 s\" again and again would keep the dead for ever.";
    story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B", "B has not come back yet.");
    for at in [3000, 6000, 9000] {
        story.listing(at, (2, 10_000), "A", SAME, "A B", because);
        story.due(Some(11_000), because);
    }
    story.listing(10_000, (2, 0), "A", SAME, "A B", because);
    story.due(Some(11_000), because);
    story.settle(11_000, NEWS, "A", because);
    story.listing(12_000, (2, 10_000), "A", SAME, "A", because);
    story.due(None, because);
    story.listing(13_000, (2, 10_000), "", NEWS, "", "It has settled, and has forgotten nobody: A has gone.");
}

/// Nobody misses anybody, and yet the registry has not settled: so it can still be lost before that.
#[test]
fn lost_before_it_settled_though_nobody_was_missing() {
    let because = "A list that has forgotten says when it settles, also when all are in it. The registry was lost \
                   before that moment, so its next list has forgotten, and takes nobody away.";
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.listing(1000, (2, 10_000), "A B", SAME, "A B", "Another life, and all are in its list.");
    story.lost(2000);
    story.listing(5000, (2, 7000), "A", SAME, "A B", because);
    story.due(Some(12_000), because);
    story.settle(12_000, NEWS, "A", "Now it has settled.");
}

#[test]
fn lost_before_it_settled_and_back_without_a_word() {
    let because = "It was lost before it had settled, so this list has forgotten, whatever its life is. It says nothing \
                   about what may be missing in it: whoever lives has registered there within STRANGER.";
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B", "B has not come back yet.");
    story.lost(2000);
    story.listing(20_000, (2, 0), "A", SAME, "A B", because);
    story.due(Some(30_000), because);
    story.settle(30_000, NEWS, "A", "Now it has settled.");
}

#[test]
fn a_list_after_the_moment_does_not_end_it() {
    let because = "The moment has come, and nobody has asked `settle` yet. That is for `settle` alone: a list of the \
                   same life does not take away who is remembered, and does not take the moment away either.";
    for settles_in in [0, 10_000] {
        let mut story = Story::new();
        story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
        story.listing(1000, (2, 10_000), "A", SAME, "A B", "B has not come back yet.");
        story.listing(12_000, (2, settles_in), "A", SAME, "A B", because);
        story.due(Some(11_000), because);
        story.settle(12_000, NEWS, "A", because);
    }
}

// ---- a registry that is away ----

#[test]
fn nobody_is_taken_away_while_the_registry_is_away() {
    let mut story = Story::new();
    let because = "It was lost before it had settled. While it is away, nobody can come back to its list: so nobody is \
                   taken away, and its next list begins the time anew.";
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B C", "B and C have not come back yet.");
    story.lost(5000);
    story.due(None, because);
    story.settle(11_000, SAME, "A B C", because);
    story.lost(12_000);
    story.settle(12_000, SAME, "A B C", because);
    story.listing(20_000, (2, 6000), "B", SAME, "A B C", because);
    story.due(Some(26_000), because);
    story.listing(
        21_000,
        (2, 5000),
        "",
        NEWS,
        "A C",
        "B was in a list of this life after it came back, and has gone.",
    );
    story.settle(26_000, NEWS, "", "Now it has settled.");

    // Lost too early, and then another life: that is one reason to wait, and not two.
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B C", "B and C have not come back yet.");
    story.lost(5000);
    story.listing(6000, (3, 4000), "A B", SAME, "A B C", because);
    let because = "The list before this one was the first after the registry was away. This one is like any other: who \
                   has come back and is missing has gone, and the moment stays.";
    story.listing(7000, (3, 3500), "A", NEWS, "A C", because);
    story.due(Some(10_000), because);
}

#[test]
fn a_settled_registry_that_was_away_is_believed() {
    let mut story = Story::new();
    let because = "There was nothing to settle when it was lost. It is back in the same life: it remembers, and who \
                   is not in its list has gone.";
    story.listing(0, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.lost(1000);
    story.listing(2000, SETTLED, "A", NEWS, "A", because);
    story.due(None, because);
    let mut story = Story::new();
    story.lost(0);
    story.listing(1000, SETTLED, "A B", NEWS, "A B", "The first list is news.");
    story.listing(2000, (2, 1000), "A", SAME, "A B", "B has not come back yet.");
    story.settle(3000, NEWS, "A", "It has settled.");
    story.lost(4000);
    story.due(None, because);
    story.listing(5000, (2, 0), "", NEWS, "", because);
}

#[test]
fn who_leaves_before_anything_is_forgotten_has_gone() {
    let mut story = Story::new();
    let because = "This is the life in which A was listed, so it has not forgotten A: A has gone. That the list may \
                   lack others for a while changes nothing.";
    story.listing(0, (4, 10_000), "A B", NEWS, "A B", "The first list is news.");
    story.due(None, "Nobody was known before this list, so nobody can have been forgotten.");
    story.listing(1000, (4, 9000), "B", NEWS, "B", because);
    story.listing(2000, (4, 8000), "", NEWS, "", because);
    story.settle(10_000, SAME, "", "Nobody was remembered.");
}

#[test]
fn a_registry_may_forget_twice() {
    let mut story = Story::new();
    let because = "It was started a third time before it had settled. Who was only remembered is so still, who had \
                   come back is remembered now, and the time begins again.";
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(1000, (2, 10_000), "A", SAME, "A B C", "B and C have not come back yet.");
    story.listing(5000, (3, 10_000), "B", SAME, "A B C", because);
    story.due(Some(15_000), because);
    story.settle(11_000, SAME, "A B C", because);
    story.listing(12_000, (3, 3000), "B", SAME, "A B C", because);
    story.settle(15_000, NEWS, "B", "Now it has settled: A and C have not come back.");
    // Back to a life that was there before: also another one than the last.
    story.listing(
        20_000,
        (2, 5000),
        "",
        SAME,
        "B",
        "Any other life than that of the last list has another memory, whatever its number.",
    );
    story.settle(25_000, NEWS, "", "B has not come back.");
}

#[test]
fn who_is_only_remembered_is_like_the_others() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A B C", NEWS, "A B C", "The first list is news.");
    story.listing(1000, (2, 10_000), "B", SAME, "A B C", "A and C are remembered, each at its own place.");
    story.listing(
        2000,
        (2, 9000),
        "B A*",
        NEWS,
        "A* B C",
        "A has come back with another label. What is listed is newer than what is remembered.",
    );
    story.listing(3000, (2, 8000), "B", NEWS, "B C", "A has come back, and has gone.");
    story.settle(11_000, NEWS, "B", "C has never come back.");
}

#[test]
fn nobody_is_kept_for_more_than_a_minute() {
    for settles_in in [MAX_SETTLE + Duration::from_millis(1), Duration::from_secs(3600), Duration::MAX] {
        let mut story = Story::new();
        story.listing(0, SETTLED, "A", NEWS, "A", "The first list is news.");
        let listing = Listing { entries: Vec::new(), incarnation: 2, settles_in };
        story.raw(1000, &listing);
        let because = "How long it takes comes from a stranger. Nobody is kept for longer than MAX_SETTLE, the longest \
                       lease: who has not come back by then is gone.";
        story.due(Some(61_000), because);
        story.settle(60_999, SAME, "A", "It is not time yet.");
        story.settle(61_000, NEWS, "", because);
    }
    let mut story = Story::new();
    story.listing(0, SETTLED, "A", NEWS, "A", "The first list is news.");
    story.listing(1000, (2, 60_000), "", SAME, "A", "A minute is a minute.");
    story.due(Some(61_000), "A minute is a minute.");
}

// ---- since when ----

#[test]
fn an_age_is_the_registrys_on_our_own_clock() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A@3600 B C@?", NEWS, "A B C", "The first list is news.");
    let because = "A caller that was started now must not take a provider that is an hour old for a new one. The \
                   registry says for how long it has been there; that long before now, on our own clock, it came. \
                   Without an age it is new.";
    story.uptimes(0, &[3_600_000, 0, 0], because);
    story.uptimes(500, &[3_600_500, 500, 500], because);
    let mut story = Story::new();
    story.listing(0, SETTLED, "A@18446744073709551615", NEWS, "A", "The first list is news.");
    story.uptimes(
        1000,
        &[1000],
        "This age is older than any clock. It says nothing, so the provider is as if new.",
    );
}

#[test]
fn nobody_gets_younger_by_being_listed_again() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A@100 B", NEWS, "A B", "The first list is news.");
    let because = "It is the same registration, so what is known about its beginning stays. A list may have been \
                   on its way for a while: whoever computes it anew each time has an uptime that jumps.";
    story.listing(5000, SETTLED, "A@103 B@9 C", NEWS, "A B C", "C is new.");
    story.uptimes(5000, &[105_000, 5000, 0], because);
    story.listing(6000, SETTLED, "A@? B@? C@?", SAME, "A B C", "Nothing that callers see has changed.");
    story.uptimes(6000, &[106_000, 6000, 1000], because);
    story.listing(7000, SETTLED, "A* B C", NEWS, "A* B C", "A has another label.");
    story.uptimes(7000, &[107_000, 7000, 2000], because);
    let because = "It was only remembered for a while, and is the same registration as before.";
    story.listing(8000, (2, 5000), "", SAME, "A* B C", "Nobody has come back yet.");
    story.uptimes(8000, &[108_000, 8000, 3000], because);
    story.listing(9000, (2, 4000), "A* B", SAME, "A* B C", "C has not come back yet.");
    story.uptimes(9000, &[109_000, 9000, 4000], because);
}

/// The bug that Dubbo has had again and again: a process that has just begun, and looks old.
#[test]
fn another_registration_is_another_life() {
    let mut story = Story::new();
    story.listing(0, SETTLED, "A@3600 B@60", NEWS, "A B", "The first list is news.");
    let because = "A was started again: another id at the same address is another process, which has just begun. With \
                   the uptime of the old one it would get all its calls at once, before it is warm.";
    story.listing(5000, SETTLED, "A@3605 A2 B@65", NEWS, "A B", because);
    story.uptimes(5000, &[0, 65_000], because);
    story.listing(6000, SETTLED, "A2@1 B@66", SAME, "A B", "The end of the old lease is no news.");
    story.uptimes(6000, &[1000, 66_000], because);
    // Gone, and here again with the same id and age: nothing is known of it any more.
    story.listing(7000, SETTLED, "B", NEWS, "B", "A has gone.");
    story.listing(8000, SETTLED, "A2@1 B", NEWS, "A B", "A is here again.");
    story.uptimes(8000, &[1000, 68_000], "A had gone. What is known of it is what this list says.");
    // The id of A, at an address of its own: not the same registration.
    let mut moved = entry("D");
    moved.id = entry("A2").id;
    let listing = Listing { entries: vec![entry("B"), moved], incarnation: 1, settles_in: Duration::ZERO };
    story.raw(9000, &listing);
    story.uptimes(
        9000,
        &[69_000, 0],
        "D has the id that A had, at another address. That is another registration.",
    );
}

// ---- all together ----

#[test]
fn whatever_comes_who_is_listed_is_shown() {
    for seed in 0..80 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut story = Story::new();
        let (mut at, mut life, mut settles_at, mut first, mut lost) = (0, 1, 0, true, false);
        let (mut before, mut listed) = (String::new(), String::new());
        // When the cache has to have settled at the latest, if it is asked.
        let mut settled_by = None;
        let because = "This story was thrown together by dice, the same ones every time. The last step is the one to \
                       look at.";
        for _ in 0..40 {
            at += random.u64(0..2000);
            match random.u8(0..12) {
                0..2 => {
                    life += 1;
                    settles_at = at + random.u64(0..8000);
                }
                2 => {
                    story.lost(at);
                    (settled_by, lost) = (None, true);
                }
                3..6 => {
                    let news = story.raw_settle(at);
                    let after = story.shown();
                    if news != (after != before) {
                        story
                            .failure("What `settle` said is not what callers see.")
                            .expected(format_args!(
                                "{}: callers saw {before:?}, and see {after:?}",
                                after != before
                            ))
                            .got(news)
                            .because(because)
                            .page(PAGE)
                            .raise();
                    }
                    if settled_by.is_some_and(|by| by <= at) && after != listed {
                        story
                            .failure("It has settled, and callers still see who is not in the list.")
                            .expected(format_args!("callers see {listed:?}"))
                            .got(format_args!("callers see {after:?}"))
                            .because(because)
                            .page(PAGE)
                            .raise();
                    }
                    before = after;
                }
                _ => {
                    let words = ["A", "A2", "A3*", "B", "B2", "C", "C*", "D", "E2"];
                    let words = words.into_iter().filter(|_| random.bool());
                    let entries: Vec<Entry> = words.map(|word| entry(&format!("{word}@?"))).collect();
                    let settles_in = Duration::from_millis(settles_at.saturating_sub(at));
                    let listing = Listing { entries, incarnation: life, settles_in };
                    let news = story.raw(at, &listing);
                    let after = story.shown();
                    listed = believed(&listing.entries);
                    let missing =
                        listed.split_whitespace().find(|it| !after.split(' ').any(|shown| shown == *it));
                    let remembers = life == 1 && !lost;
                    if missing.is_some() || (remembers && after != listed) {
                        story
                            .failure("What is listed is not what callers see.")
                            .expected(format_args!(
                                "callers see {listed:?}{}",
                                if remembers { "" } else { ", at least" }
                            ))
                            .got(format_args!("callers see {after:?}"))
                            .because(because)
                            .page(PAGE)
                            .raise();
                    }
                    if !news && (after != before || first) {
                        story
                            .failure("Callers see something new, and are not told so.")
                            .expected(true)
                            .got(false)
                            .because(because)
                            .page(PAGE)
                            .raise();
                    }
                    settled_by = Some(at + 10_000);
                    (before, first) = (after, false);
                }
            }
        }
    }
}

/// The chapter's table as a registry that is killed and started again, three providers, and your cache.
#[test]
fn a_caller_outlives_the_chapters_registry() {
    const TTL: Duration = Duration::from_secs(10);
    const EVERY: Duration = Duration::from_secs(3);
    let service = ServiceKey::parse("OrderService").expect("a key");
    let mut story = Story::new();
    let start = story.time(0);
    let mut table = Some(Table::new(1, start, Duration::ZERO, TableLimits::default()));
    let mut agendas: Vec<Agenda<()>> = (0..3).map(|seed| Agenda::new(EVERY, seed)).collect();
    for agenda in &mut agendas {
        agenda.want(start);
    }
    let mut settles = Duration::ZERO;
    for step in 0..500 {
        let at = step * 100;
        let now = story.time(at);
        match at {
            // The registry is killed; meanwhile B dies as well.
            20_000 => {
                table = None;
                story.lost(at);
            }
            25_000 => table = Some(Table::new(2, now, TTL, TableLimits::default())),
            _ => {}
        }
        if at == 25_000 {
            settles = TTL;
        }
        for (agenda, letter) in agendas.iter_mut().zip(["A", "B", "C"]) {
            if letter == "B" && at >= 22_000 {
                continue;
            }
            let entry = entry(letter);
            let offer = Offer {
                service: service.clone(),
                endpoint: (*entry.endpoint).clone(),
                id: entry.id.to_string(),
            };
            loop {
                match (agenda.next(now), &mut table) {
                    (Todo::Rest(_), _) => break,
                    (Todo::Register(ticket), Some(table)) => {
                        table.register(now, &offer, TTL).expect("there is room");
                        agenda.registered(ticket, (), now);
                    }
                    (Todo::Renew(ticket, ()), Some(table)) => match table.renew(now, &offer.id) {
                        true => agenda.renewed(ticket, now),
                        false => agenda.gone(ticket, now),
                    },
                    (Todo::Deregister(ticket, ()), _) => agenda.deregistered(ticket),
                    (Todo::Register(ticket) | Todo::Renew(ticket, ()), None) => agenda.failed(ticket, now),
                }
            }
        }
        if let Some(table) = &mut table {
            table.expire(now);
            let entries = table.rows(now).map(|(_, it, _)| Entry {
                id: it.id.into(),
                order: it.order,
                endpoint: Arc::new(it.endpoint),
                age: Some(Duration::from_millis(it.age_ms)),
            });
            let incarnation = if at < 25_000 { 1 } else { 2 };
            let listing = Listing { entries: entries.collect(), incarnation, settles_in: settles };
            story.raw(at, &listing);
            settles = settles.saturating_sub(Duration::from_millis(100));
        }
        story.raw_settle(at);
        let shown = story.shown();
        // It has settled ten seconds after it was started again.
        let expected = if at < 35_000 { "A B C" } else { "A C" };
        if shown != expected {
            story
                .failure("The registry was killed at +20000 ms and started again, empty, at +25000 ms; B died in between.")
                .expected(format_args!("at +{at} ms callers see {expected}"))
                .got(format_args!("callers see {}", if shown.is_empty() { "nobody" } else { &shown }))
                .because("Nobody who lives is missing at any moment, and B goes when the registry has settled.")
                .page(PAGE)
                .raise();
        }
    }
}
