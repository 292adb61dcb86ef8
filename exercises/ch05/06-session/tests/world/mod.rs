//! A registry with leases on a simulated clock, one program, and what becomes of them in two minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use session::{Ticket, Todo};

use super::harness::{EVERY, Lease, PAGE, Story, name};

/// A lease ends when it was not renewed for so long.
const TTL: u64 = 3 * EVERY;
/// The trouble ends here, and the program has time to put things in order.
const TROUBLE: u64 = 120_000;
/// A lease that nobody could take back has ended by then, and the longest pause is over.
const END: u64 = TROUBLE + TTL + 2 * EVERY;
/// More than anybody needs: each is asked about every second, and its first failures come faster.
const MOST_CALLS: usize = 12_000;

struct Registry {
    random: fastrand::Rng,
    /// Who is listed, until when.
    entries: BTreeMap<Lease, (Ticket, u64)>,
    last: Lease,
    away_until: u64,
}

/// What comes back from the registry.
enum Answer<T> {
    Yes(T),
    Unknown,
    Nothing,
}

impl Registry {
    /// Every now and then something happens to it.
    fn happens(&mut self, at: u64) -> Option<&'static str> {
        if at >= TROUBLE || at < self.away_until {
            return None;
        }
        match self.random.u32(..40) {
            0 => {
                self.entries.clear();
                Some("the registry was started again, and has forgotten everybody")
            }
            1 => {
                self.away_until = (at + self.random.u64(..20_000)).min(TROUBLE);
                Some("the registry cannot be reached")
            }
            _ => None,
        }
    }

    /// While it cannot be reached, a call may have arrived all the same; only the answer does not.
    fn call<T>(&mut self, at: u64, work: impl FnOnce(&mut Self) -> Answer<T>) -> Answer<T> {
        self.entries.retain(|_, (_, ends)| at < *ends);
        if at >= self.away_until {
            return work(self);
        }
        if self.random.u32(..4) == 0 {
            work(self);
        }
        Answer::Nothing
    }
}

/// Two minutes of trouble, and time to recover; the same for the same `seed`.
pub fn run(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut registry = Registry { random: random.fork(), entries: BTreeMap::new(), last: 0, away_until: 0 };
    let because = "Two minutes went by, with failures, expiries and a change of mind now and then. The other tests look \
                   at one thing at a time; if some of them are red, begin with them.";
    let mut story = Story::with(EVERY, seed, because);
    let mut wanted = BTreeSet::new();
    let (mut at, mut next_event, mut calls, mut known) = (0, 0, 0, 0);
    while at < END {
        if at >= next_event {
            next_event = at + random.u64(200..1500);
            if let Some(what) = registry.happens(at) {
                story.note(at, what);
            }
            if at < TROUBLE && random.bool() {
                change_of_mind(&mut random, &mut story, &mut wanted, &mut known, at);
            }
        }
        let todo = story.asks(at);
        calls += usize::from(!matches!(todo, Todo::Rest(_)));
        if calls > MOST_CALLS {
            story
                .failure("The registry was called more and more often.")
                .expected("a call every now and then, and pauses after failures")
                .got(format_args!("{calls} calls up to +{at} ms"))
                .because(
                    "What is given out leaves the queue, and comes back later: after a pause, or with its next renewal.",
                )
                .page(PAGE)
                .raise();
        }
        at = carry_out(&todo, &mut registry, &mut story, at).min(next_event.max(at));
    }
    check(&story, &mut registry, &wanted);
}

fn change_of_mind(
    random: &mut fastrand::Rng,
    story: &mut Story,
    wanted: &mut BTreeSet<Ticket>,
    known: &mut Ticket,
    at: u64,
) {
    if random.bool() && !wanted.is_empty() {
        let one = *random.choice(&*wanted).expect("there is one");
        wanted.remove(&one);
        story.unwant(at, name(one));
    } else if *known < 26 {
        story.want(at, name(*known));
        wanted.insert(*known);
        *known += 1;
    }
}

/// Does what is to be done. When to go on.
fn carry_out(todo: &Todo<Lease>, registry: &mut Registry, story: &mut Story, at: u64) -> u64 {
    match *todo {
        Todo::Rest(None) => return END,
        Todo::Rest(Some(until)) => {
            let until = until.saturating_duration_since(story.start).max(Duration::from_millis(at + 1));
            return u64::try_from(until.as_nanos().div_ceil(1_000_000)).unwrap_or(END);
        }
        Todo::Register(ticket) => {
            let answer = registry.call(at, |registry| {
                registry.last += 1;
                registry.entries.insert(registry.last, (ticket, at + TTL));
                Answer::Yes(registry.last)
            });
            match answer {
                Answer::Yes(lease) => story.registered(at, name(ticket), lease),
                Answer::Unknown | Answer::Nothing => story.failed(at, name(ticket)),
            };
        }
        Todo::Renew(ticket, lease) => {
            let answer = registry.call(at, |registry| match registry.entries.get_mut(&lease) {
                Some((_, ends)) => {
                    *ends = at + TTL;
                    Answer::Yes(())
                }
                None => Answer::Unknown,
            });
            match answer {
                Answer::Yes(()) => story.renewed(at, name(ticket)),
                Answer::Unknown => story.gone(at, name(ticket)),
                Answer::Nothing => story.failed(at, name(ticket)),
            };
        }
        Todo::Deregister(ticket, lease) => {
            let answer = registry.call(at, |registry| {
                registry.entries.remove(&lease);
                Answer::Yes(())
            });
            match answer {
                Answer::Yes(()) => story.deregistered(at, name(ticket)),
                Answer::Unknown | Answer::Nothing => story.failed(at, name(ticket)),
            };
        }
    }
    at
}

fn check(story: &Story, registry: &mut Registry, wanted: &BTreeSet<Ticket>) {
    registry.entries.retain(|_, (_, ends)| END < *ends);
    let mut listed: Vec<Ticket> = registry.entries.values().map(|(ticket, _)| *ticket).collect();
    listed.sort_unstable();
    if !listed.iter().eq(wanted) {
        let names = |tickets: &mut dyn Iterator<Item = &Ticket>| -> String {
            let names: Vec<String> = tickets.map(|ticket| name(*ticket).to_string()).collect();
            if names.is_empty() { "nobody".to_owned() } else { names.join(" ") }
        };
        story
            .failure("The trouble is long over, and the list is not what is wanted.")
            .expected(format_args!("listed, once: {}", names(&mut wanted.iter())))
            .got(format_args!("listed: {}", names(&mut listed.iter())))
            .because(
                "Who is missing was not registered again, or its dead lease is renewed for ever. Who is there twice was \
                 registered anew while its lease was alive. Who should not be there was not taken back. If other tests \
                 are red too, begin with them.",
            )
            .page(PAGE)
            .raise();
    }
}
