//! # Spec of 05-01: a lease table
//!
//! A provider that is stopped in good order says goodbye. One that crashes does not, nor does one whose
//! machine is off or whose cable is cut. A registry that waits for goodbyes lists the dead for ever.
//!
//! A lease turns it round: being listed ends by itself, and who wants to go on has to say so. Then silence
//! is an answer, and one rule covers every way to die. What it costs is time: the dead are listed until
//! their lease ends.
//!
//! All times here are made up, in milliseconds after the beginning of a story; nobody waits for anything.

mod harness;

use std::time::Duration;

use ch05_registry::Endpoint;
use ch05_registry::agenda::{Agenda, Todo};
use harness::{PAGE, SECOND, Story, key, name};
use lease_table::MAX_TTL;
use spec_kit::Failure;

const TTL: Duration = Duration::from_secs(10);
const ORDERS: &str = "OrderService";

// ---- the end of a lease ----

#[test]
fn a_lease_ends_at_its_deadline() {
    let mut story = Story::new(
        "A lease of 10 s covers the 10 s after it was given. At the deadline itself it is over: \
         `deadline <= now`.",
    );
    story.register(0, ORDERS, 7051, TTL);
    for early in [0, 5 * SECOND, 10 * SECOND - 1] {
        story.expire(early);
    }
    story.expire(10 * SECOND);
    let mut story = Story::new("A lease that ended while nobody looked is over when somebody does.");
    story.register(3 * SECOND, ORDERS, 7051, TTL);
    story.expire(500 * SECOND);
}

#[test]
fn a_lease_is_reported_once() {
    let mut story = Story::new(
        "`expire` takes out what it reports. Who hears twice that a provider has gone takes the next \
         one out, too.",
    );
    story.register(0, ORDERS, 7051, TTL);
    story.register(SECOND, ORDERS, 7052, TTL);
    for at in [10, 10, 11, 11, 12, 100] {
        story.expire(at * SECOND);
    }
}

#[test]
fn leases_end_in_the_order_of_their_deadlines() {
    let mut story = Story::new(
        "Several may be over when somebody looks. They ended one after another, and that is the order \
         in which others hear of it; of two that ended together the one that came first is first.",
    );
    for (at, ttl) in [(0, 30), (1, 3), (2, 20), (3, 1), (4, 10), (5, 17), (6, 8)] {
        story.register(at * SECOND, ORDERS, 7000 + at as u16, Duration::from_secs(ttl));
    }
    story.expire(5 * SECOND);
    story.expire(40 * SECOND);
}

#[test]
fn each_lease_has_its_own_ttl() {
    let mut story =
        Story::new("A provider chooses how long its lease is, and each renewal gives it that much.");
    let short = story.register(0, ORDERS, 7051, Duration::from_secs(1));
    let long = story.register(0, ORDERS, 7052, Duration::from_secs(30));
    let odd = story.register(0, ORDERS, 7053, Duration::from_micros(1_500_001));
    story.expire(SECOND - 1);
    for who in [long, odd, short] {
        story.renew(SECOND - 1, who);
    }
    for at in [SECOND, 2 * SECOND - 2, 2 * SECOND - 1, 2_500_000, 31 * SECOND - 2, 31 * SECOND - 1] {
        story.expire(at);
    }
}

#[test]
fn nobody_gets_more_than_a_minute() {
    let mut story = Story::new(
        "A ttl comes from a stranger. A provider that asked for a year and died would be listed for a \
         year; so nobody gets more than MAX_TTL, neither at first nor with a renewal.",
    );
    let who = story.register(0, ORDERS, 7051, Duration::from_secs(3600));
    story.register(0, ORDERS, 7052, MAX_TTL);
    story.register(0, ORDERS, 7053, Duration::MAX);
    story.register(0, ORDERS, 7054, Duration::from_secs(61));
    story.next_deadline();
    story.expire(60 * SECOND - 1);
    story.renew(60 * SECOND - 1, who);
    story.list(60 * SECOND, ORDERS);
    story.expire(60 * SECOND);
    story.expire(120 * SECOND - 2);
    story.expire(120 * SECOND - 1);
}

#[test]
fn a_lease_of_no_time_is_over_at_once() {
    let mut story =
        Story::new("A ttl of zero is a deadline that is now, and at its deadline a lease is over.");
    let who = story.register(SECOND, ORDERS, 7051, Duration::ZERO);
    story.next_deadline();
    story.list(SECOND, ORDERS);
    story.renew(SECOND, who);
    story.expire(SECOND);
}

// ---- renewing ----

#[test]
fn a_renewal_counts_from_now() {
    let mut story = Story::new(
        "A renewal says: I live now. So the lease lasts for its ttl from now on, and not from its old \
         deadline: who renews often would otherwise be listed for hours after its death.",
    );
    let who = story.register(0, ORDERS, 7051, TTL);
    for at in [3, 6, 6, 9] {
        story.renew(at * SECOND, who);
    }
    story.next_deadline();
    story.expire(19 * SECOND - 1);
    story.expire(19 * SECOND);
}

#[test]
fn a_renewed_lease_outlives_its_old_deadline() {
    let mut story = Story::new(
        "The lease was renewed, and its old deadline is still in `deadlines`: when that comes, it ends \
         a lease that lives. A renewal takes the old one out.",
    );
    let who = story.register(0, ORDERS, 7051, TTL);
    let other = story.register(SECOND, ORDERS, 7052, TTL);
    story.renew(4 * SECOND, who);
    story.expire(10 * SECOND);
    story.next_deadline();
    story.renew(10 * SECOND, other);
    story.expire(11 * SECOND);
    story.list(11 * SECOND, ORDERS);
    story.expire(14 * SECOND);
    story.expire(20 * SECOND);
    story.next_deadline();
}

#[test]
fn a_renewal_that_comes_too_late_is_refused() {
    let mut story = Story::new(
        "A lease is over at its deadline, whoever looks, and whether anybody does. If a late renewal \
         brought it back when nobody has called `expire` yet, the answer would depend on how busy the \
         registry was. Nor does a refused renewal take anything out: `expire` has yet to tell the \
         others.",
    );
    let [a, b, c] = [7051, 7052, 7053].map(|port| story.register(0, ORDERS, port, TTL));
    story.renew(10 * SECOND - 1, a);
    story.renew(10 * SECOND, b);
    story.renew(15 * SECOND, c);
    story.list(15 * SECOND, ORDERS);
    story.expire(15 * SECOND);
    story.renew(15 * SECOND, b);
    story.renew(5 * SECOND, c);
    story.expire(30 * SECOND);
}

// ---- leaving ----

#[test]
fn who_deregisters_is_gone_at_once() {
    let mut story = Story::new(
        "Who leaves in good order is not over, but gone: out of the list now, and `expire` has nothing \
         to say about it later. Nothing of it stays in the table, neither the lease nor its deadline.",
    );
    let [a, b, c] = [7051, 7052, 7053].map(|port| story.register(0, ORDERS, port, TTL));
    story.renew(SECOND, b);
    story.deregister(a);
    story.list(SECOND, ORDERS);
    story.deregister(a);
    story.renew(SECOND, a);
    story.deregister(b);
    story.next_deadline();
    story.deregister(c);
    story.next_deadline();
    story.expire(100 * SECOND);
    story.list(0, ORDERS);
}

#[test]
fn who_is_over_can_be_taken_out_until_it_is_reported() {
    let mut story = Story::new(
        "`deregister` has no `now`: it says whether the lease was in the table. One that is over is in \
         it until `expire` has reported it; after that it is not.",
    );
    let [a, b] = [7051, 7052].map(|port| story.register(0, ORDERS, port, TTL));
    story.renew(20 * SECOND, a);
    story.deregister(a);
    story.expire(20 * SECOND);
    story.deregister(b);
    story.next_deadline();
}

#[test]
fn an_id_is_never_given_again() {
    let mut story = Story::new("The old lease is over, for ever. Who renews it has to hear that.");
    let old = story.register(0, ORDERS, 7051, TTL);
    story.deregister(old);
    let new = story.register(SECOND, ORDERS, 7052, TTL);
    story.renew(2 * SECOND, old);
    story.deregister(old);
    story.list(2 * SECOND, ORDERS);
    story.expire(11 * SECOND);
    let third = story.register(12 * SECOND, ORDERS, 7053, TTL);
    story.renew(13 * SECOND, new);
    story.renew(13 * SECOND, third);
    let [first, second, third] = [old, new, third].map(|who| story.id(who));
    if !(first < second && second < third) {
        story
            .failure("The ids do not grow.")
            .expected("a lease that came later has a larger id")
            .got(format_args!("{first:?}, {second:?}, {third:?}"))
            .because(
                "Who came later has the larger id: so the newest of two registrations is known without \
                 a clock.",
            )
            .page(PAGE)
            .raise();
    }
}

/// The bug of many registries: a restart that takes less than a ttl.
#[test]
fn a_restart_before_the_old_lease_ends_is_two_leases() {
    let mut story = Story::new(
        "A provider was killed, and is back on the same address before its old lease has ended. These \
         are two leases: the old one ends on its own, later, and takes the new one with it if an \
         address is all that is looked at.",
    );
    let before = story.register(0, ORDERS, 7051, TTL);
    let after = story.register(3 * SECOND, ORDERS, 7051, TTL);
    story.list(3 * SECOND, ORDERS);
    story.renew(9 * SECOND, after);
    story.expire(10 * SECOND);
    story.list(10 * SECOND, ORDERS);
    story.renew(11 * SECOND, before);
    story.deregister(before);
    story.list(11 * SECOND, ORDERS);
    story.next_deadline();
    story.deregister(after);
    story.list(11 * SECOND, ORDERS);

    // The one that was thought to be killed still ran, and says goodbye late.
    let before = story.register(20 * SECOND, ORDERS, 7051, TTL);
    story.register(23 * SECOND, ORDERS, 7051, TTL);
    story.deregister(before);
    story.list(24 * SECOND, ORDERS);
    story.expire(30 * SECOND);
    story.expire(33 * SECOND);
}

// ---- looking ----

#[test]
fn the_next_deadline_is_the_earliest() {
    let mut story = Story::new(
        "A thread sleeps until then. Too late, and the dead stay in the list; too early, and it wakes \
         for nothing. Only leases that are in the table count, and each with its deadline of now.",
    );
    story.next_deadline();
    // Over by now on any clock; it is still the next one to be taken out.
    let over = story.register(0, ORDERS, 7050, Duration::ZERO);
    story.next_deadline();
    story.deregister(over);
    let a = story.register(0, ORDERS, 7051, TTL);
    story.next_deadline();
    let b = story.register(SECOND, "UserService", 7052, Duration::from_secs(4));
    story.next_deadline();
    story.renew(2 * SECOND, b);
    story.next_deadline();
    story.deregister(b);
    story.next_deadline();
    let c = story.register(2 * SECOND, ORDERS, 7053, TTL);
    story.renew(5 * SECOND, a);
    story.next_deadline();
    story.expire(12 * SECOND);
    story.next_deadline();
    story.renew(15 * SECOND, a);
    story.next_deadline();
    story.renew(15 * SECOND, c);
    story.expire(15 * SECOND);
    story.next_deadline();
}

#[test]
fn a_list_is_of_one_service_and_of_who_lives() {
    let mut story = Story::new(
        "The list of a service has every lease of exactly this key that is not over at `now`, in the \
         order in which they came. Whether `expire` has been called since makes no difference, and \
         looking changes nothing.",
    );
    let labelled = Endpoint::new("127.0.0.1:7052".parse().unwrap()).with("zone", "north").unwrap();
    let a = story.register(0, ORDERS, 7059, TTL);
    story.register_endpoint(0, ORDERS, labelled, Duration::from_secs(5));
    for other in ["OrderService:1.0", "blue/OrderService", "OrderServices", "orderService", "UserService"] {
        story.register(0, other, 7059, TTL);
    }
    story.register(SECOND, ORDERS, 7051, TTL);
    story.list(SECOND, ORDERS);
    story.list(SECOND, "blue/OrderService");
    story.list(SECOND, "Nobody");
    story.renew(4 * SECOND, a);
    for at in [5 * SECOND - 1, 5 * SECOND, 10 * SECOND, 14 * SECOND - 1, 14 * SECOND, 5 * SECOND - 1] {
        story.list(at, ORDERS);
    }
    story.expire(14 * SECOND);
    story.list(0, ORDERS);
}

// ---- all together ----

#[test]
fn any_story_ends_as_the_contract_says() {
    for seed in 0..60 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut story = Story::new(
            "This story was thrown together by dice, the same ones every time. Follow the one lease \
             that it is about through the steps above.",
        );
        let (mut now, mut count) = (0, 0);
        for _ in 0..150 {
            now += random.u64(0..3) * SECOND / 2 + u64::from(random.u8(0..4) == 0);
            let who = random.usize(0..count.max(1)).max(count.saturating_sub(6));
            match random.u8(0..12) {
                0..3 => {
                    let service = if random.bool() { ORDERS } else { "UserService" };
                    story.register(
                        now,
                        service,
                        random.u16(7000..7004),
                        Duration::from_secs(random.u64(1..8)),
                    );
                    count += 1;
                }
                3..7 if count > 0 => _ = story.renew(now, who),
                7 if count > 0 => _ = story.deregister(who),
                8..10 => _ = story.expire(now),
                10 => _ = story.list(now, ORDERS),
                _ => _ = story.next_deadline(),
            }
        }
    }
}

/// Your table as the registry, and the chapter's agenda as two providers. One crashes and comes back.
#[test]
fn providers_of_the_chapter_live_on_your_table() {
    let mut story = Story::new(
        "Two providers renew every 3 s, as the chapter's agenda tells them. One is killed at +20 s and \
         says nothing; at +24 s it is started again, on the same port.",
    );
    let mut one = Agenda::new(Duration::from_secs(3), 1);
    let mut two = Agenda::new(Duration::from_secs(3), 2);
    let ticket = one.want(story.time(0));
    two.want(story.time(0));
    let (mut seen, mut longest) = (Vec::new(), 0);
    for tick in 0..1000 {
        let at = tick * SECOND / 10;
        let now = story.time(at);
        if at == 24 * SECOND {
            two = Agenda::new(Duration::from_secs(3), 3);
            two.want(now);
        }
        if at == 60 * SECOND {
            one.unwant(ticket, now);
        }
        for (agenda, port) in [(&mut one, 7051), (&mut two, 7052)] {
            if port == 7052 && (20 * SECOND..24 * SECOND).contains(&at) {
                continue; // dead
            }
            loop {
                match agenda.next(now) {
                    Todo::Register(ticket) => {
                        let who = story.register(at, ORDERS, port, TTL);
                        agenda.registered(ticket, who, now);
                    }
                    Todo::Renew(ticket, who) => match story.renew(at, who) {
                        true => agenda.renewed(ticket, now),
                        false => agenda.gone(ticket, now),
                    },
                    Todo::Deregister(ticket, who) => {
                        story.deregister(who);
                        agenda.deregistered(ticket);
                    }
                    Todo::Rest(_) => break,
                }
            }
        }
        story.expire(at);
        let listed = story.list(at, ORDERS);
        longest = longest.max(listed.len());
        if seen.last() != Some(&listed) {
            seen.push(listed);
        }
    }
    // a: one; b: two; c: two, after its restart.
    let expected = [vec![0, 1], vec![0, 1, 2], vec![0, 2], vec![2]];
    if seen != expected || longest != 3 {
        let named = |lists: &[Vec<usize>]| {
            let one = |list: &Vec<usize>| list.iter().map(|who| name(*who)).collect::<Vec<_>>().join(" ");
            lists.iter().map(one).collect::<Vec<_>>().join(", then ")
        };
        Failure::new(format_args!("The list of {} went another way.", key(ORDERS)))
            .expected(named(&expected))
            .got(named(&seen))
            .because("a and b are the two at first; b dies and comes back as c; a leaves at +60 s.")
            .page(PAGE)
            .raise();
    }
}
