//! # Spec of 02-06: match replies to requests
//!
//! On one connection many requests are on their way at once. The server answers each when it is ready, so
//! replies overtake each other; some come after their caller has gone; some never come. A number that the
//! request carries there and the reply carries back says whose it is. This table knows who waits for which
//! number, and it must neither mistake one caller for another nor keep what nobody waits for any more.
//!
//! There is no socket, no clock and no thread here: whoever has them tells the table what happened.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::{Frame, Status};
use in_flight::{Delivery, InFlight, TooManyInFlight};
use spec_kit::{Failure, within};

const PAGE: &str = "chapter 2, \"A name on every reply\"";

/// Somebody who waits. There is one of each, so nobody can be woken twice by a copy.
#[derive(PartialEq, Eq)]
struct Caller(&'static str);

/// Messages are about A, B and C, not about `Caller("A")`.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What became of a reply.
#[derive(Debug, PartialEq, Eq)]
enum Went {
    To(Caller),
    Nowhere,
}

/// A table, and the story of what was done with it so far.
struct Table {
    calls: InFlight<Caller>,
    story: String,
}

impl Table {
    fn new(capacity: usize) -> Self {
        Self { calls: InFlight::new(capacity), story: format!("a table for {capacity}\n") }
    }

    /// A table in which A, B, C, … wait, as many as are named.
    fn with(names: &[&'static str]) -> Self {
        let mut table = Self::new(8);
        for (id, name) in (1..).zip(names) {
            table.insert(name, Ok(id), "The ids did not come one after the other: 1, 2, 3, …", IDS);
        }
        table
    }

    /// Does one thing with the table, and compares.
    fn step<T: PartialEq + fmt::Debug>(
        &mut self,
        what: &str,
        work: impl FnOnce(&mut InFlight<Caller>) -> T,
        expected: T,
        symptom: &str,
        cause: &str,
    ) {
        let got = self.attempt(what, work, &expected, cause);
        self.compare(what, got, &expected, symptom, cause);
    }

    /// Does one thing with the table. A panic is explained.
    fn attempt<T: fmt::Debug>(
        &mut self,
        what: &str,
        work: impl FnOnce(&mut InFlight<Caller>) -> T,
        expected: &T,
        cause: &str,
    ) -> T {
        match catch_unwind(AssertUnwindSafe(|| work(&mut self.calls))) {
            Ok(got) => got,
            Err(panic) => {
                let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
                    (Some(text), _) => text.clone(),
                    (None, text) => text.copied().unwrap_or_default().to_owned(),
                };
                if text.starts_with("not yet implemented") {
                    resume_unwind(panic); // the hole is open: that is the whole story
                }
                self.fail("Your table panicked, and took its client with it.")
                    .expected(format_args!("{what}: {expected:?}"))
                    .got(format_args!("a panic: {text}"))
                    .because(cause)
                    .page(PAGE)
                    .raise()
            }
        }
    }

    fn compare<T: PartialEq + fmt::Debug>(
        &mut self,
        what: &str,
        got: T,
        expected: &T,
        symptom: &str,
        cause: &str,
    ) {
        if got != *expected {
            self.fail(symptom)
                .expected(format_args!("{what}: {expected:?}"))
                .got(format_args!("{what}: {got:?}"))
                .because(cause)
                .page(PAGE)
                .raise();
        }
        self.story.push_str(&format!("{what}: {got:?}\n"));
    }

    fn fail(&self, symptom: &str) -> Failure {
        let lines: Vec<&str> = self.story.lines().collect();
        let shown = lines[lines.len().saturating_sub(10)..].join("\n");
        Failure::new(symptom).show("what had happened", shown)
    }

    fn insert(&mut self, name: &'static str, expected: Result<u64, usize>, symptom: &str, cause: &str) {
        let expected = expected.map_err(|capacity| TooManyInFlight { capacity, waiter: Caller(name) });
        let what = format!("insert {name}");
        let got = self.attempt(&what, |calls| calls.insert(Caller(name)), &expected, cause);
        let (symptom, cause) = match (&got, &expected) {
            (Ok(0), Ok(1)) => ("A caller got the id 0.", ZERO),
            (Err(_), Ok(_)) => ("There was room, and a caller was refused.", ROOM),
            _ => (symptom, cause),
        };
        self.compare(&what, got, &expected, symptom, cause);
    }

    fn reply(&mut self, id: u64, to: Option<&'static str>, symptom: &str, cause: &str) {
        // A codec, a status and a body: the caller gets the frame as it came.
        let frame = Frame { codec: 7, ..Frame::response(id, Status::NOT_FOUND, format!("reply {id}")) };
        let sent = frame.clone();
        let mut handed_on = None;
        let deliver = |calls: &mut InFlight<Caller>| match calls.deliver(frame) {
            Delivery::Delivered(caller, frame) => {
                handed_on = Some(frame);
                Went::To(caller)
            }
            Delivery::Nobody => Went::Nowhere,
        };
        let expected = to.map_or(Went::Nowhere, |name| Went::To(Caller(name)));
        self.step(&format!("reply {id}"), deliver, expected, symptom, cause);
        if let Some(frame) = handed_on.filter(|frame| *frame != sent) {
            self.fail("The reply went to the right caller, and was changed on the way.")
                .expected(format_args!("{sent:?}"))
                .got(format_args!("{frame:?}"))
                .because(
                    "The frame must be handed on as it came: status, codec, extensions and body say what the answer \
                     is and how to read it.",
                )
                .page(PAGE)
                .raise();
        }
    }

    fn give_up(&mut self, id: u64, expected: Option<&'static str>, symptom: &str, cause: &str) {
        let expected = expected.map(Caller);
        self.step(&format!("give up {id}"), |calls| calls.give_up(id), expected, symptom, cause);
    }

    fn going_away(&mut self, last: u64, never_ran: &[(u64, &'static str)], symptom: &str, cause: &str) {
        let expected: Vec<_> = never_ran.iter().map(|&(id, name)| (id, Caller(name))).collect();
        self.step(
            &format!("going away, last {last}"),
            |calls| calls.going_away(last),
            expected,
            symptom,
            cause,
        );
    }

    fn lost(&mut self, all: &[(u64, &'static str)], symptom: &str, cause: &str) {
        let expected: Vec<_> = all.iter().map(|&(id, name)| (id, Caller(name))).collect();
        self.step("connection lost", InFlight::connection_lost, expected, symptom, cause);
    }

    /// How many wait, and how many replies have come for nobody.
    fn counts(&mut self, waiting: usize, late: u64, symptom: &str, cause: &str) {
        let len = self.calls.len();
        assert_eq!(self.calls.is_empty(), len == 0, "`len` and `is_empty` came ready-made");
        self.step("how many wait", |calls| calls.len(), waiting, symptom, cause);
        self.step(
            "how many were late",
            |calls| calls.late(),
            late,
            "The number of late replies is wrong.",
            LATE,
        );
    }
}

const IDS: &str = "An id is one more than the last one that was given out, whatever has become of that one.";
const BY_ID: &str =
    "The id in the frame says whose reply it is. The order in which replies come says nothing.";
const LEAVES: &str =
    "The id in the frame says whose reply it is, and with the reply its caller leaves the table.";
const ZERO: &str = "0 belongs to the connection itself: heartbeats have it. Calls begin with 1.";
const ROOM: &str = "Only a full table refuses, and whoever has left takes up no room. A goaway or a lost connection \
                    does not close the table: whether anything is sent again is its client's business.";
const NOBODY: &str = "A reply can come late, twice, or with an id that nobody ever had. It is counted in `late`, and \
                      that is all: a server's mistake, or a slow one, must not cost the other callers anything.";
const LEAK: &str = "Whoever gives up leaves the table at once. Whoever stays, for a reply that never comes, keeps a \
                    place: every time-out costs one, until none is left.";
const LATE: &str = "`late` counts the replies that nobody waited for: too late, twice, or with an id that nobody had. Each \
                    of them, and nothing else; and nothing sets it back.";
const ONCE: &str = "An id is used once in the life of a table, however its call ended. A table that begins again \
                    takes a reply of before for one of now.";
const EIGHT_BYTES: &str = "An id is a `u64`: count in all its eight bytes. The numbers of a `u8` are used up after 255 calls, \
                           those of a `u16` after 65,535.";
const REUSE: &str = "The reply of the caller who gave up is still on its way. Whoever gets the same id gets that \
                     reply: somebody else's order. So an id is never used again, however long ago it was free.";
const FULL: &str = "At most `capacity` requests wait. Whoever comes then is returned, to try later or elsewhere; those \
                    who wait already stay.";
const ABOVE: &str = "`last` is the last request that the server still answers. The ones above it never ran, so they \
                     may be sent elsewhere; `last` and those below it may have run, and wait for their replies.";
const LOST: &str = "Nothing will come over this connection any more. Everybody must be told, the lowest id first, \
                    and nobody stays in the table.";

#[test]
fn ids_count_from_one() {
    Table::with(&["A", "B", "C", "D"]);
}

#[test]
fn ids_have_eight_bytes() {
    let mut table = Table::new(1);
    for id in 1..=70_000 {
        let cause = if id <= u64::from(u8::MAX) { ONCE } else { EIGHT_BYTES };
        table.insert("A", Ok(id), "After many calls the ids did not go on: 1, 2, 3, …", cause);
        table.reply(id, Some("A"), "After many calls a reply did not arrive.", cause);
    }
}

#[test]
fn replies_find_their_callers_in_any_order() {
    for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1], [3, 1, 2]] {
        let mut table = Table::with(&["A", "B", "C"]);
        for (already, id) in order.into_iter().enumerate() {
            let name = ["A", "B", "C"][id as usize - 1];
            let cause = if order == [1, 2, 3] { LEAVES } else { BY_ID };
            table.reply(id, Some(name), "A caller got a reply that was not its own.", cause);
            table.counts(2 - already, 0, "A reply was delivered, and its caller still waits.", LEAVES);
        }
    }
}

#[test]
fn a_second_reply_finds_nobody() {
    let mut table = Table::with(&["A", "B"]);
    table.reply(1, Some("A"), "The first reply did not arrive.", LEAVES);
    table.reply(1, None, "The server answered twice, and the second reply went somewhere.", NOBODY);
    table.counts(1, 1, "A second reply must be counted and change nothing else.", NOBODY);
    table.reply(2, Some("B"), "After it B's own reply did not arrive.", BY_ID);
}

#[test]
fn a_reply_to_nobody_is_no_failure() {
    let mut table = Table::with(&["A", "B"]);
    for (counted, id) in (1..).zip([3, 99, u64::MAX, 0]) {
        table.reply(id, None, "A reply came with an id that nobody has.", NOBODY);
        table.counts(2, counted, "A reply to nobody must be counted and change nothing else.", NOBODY);
    }
    table.insert("C", Ok(3), "The reply to nobody had an effect on the ids.", IDS);
    table.reply(2, Some("B"), "After it B's own reply did not arrive.", BY_ID);
}

#[test]
fn a_full_table_gives_the_waiter_back() {
    let mut table = Table::new(2);
    table.insert("A", Ok(1), "There was room for two.", FULL);
    table.insert("B", Ok(2), "There was room for two.", FULL);
    for name in ["C", "D"] {
        table.insert(name, Err(2), "Two wait in a table for two, and a third one was let in.", FULL);
        table.counts(2, 0, "A refusal must change nothing in the table.", FULL);
    }
    table.reply(1, Some("A"), "After the refusals A's reply did not arrive.", FULL);
    let cause = "The callers who were refused have used up no id: nothing was sent for them, so look for room before \
                 you count. And the next id comes after the last one, whoever has left since.";
    table.insert("C", Ok(3), "A reply had made room, and C did not get the next id.", cause);
    table.insert("D", Err(2), "Two wait in a table for two, and a third one was let in.", FULL);
}

#[test]
fn a_table_for_nobody_refuses_everybody() {
    let mut table = Table::new(0);
    table.insert("A", Err(0), "A table for nobody let somebody in.", FULL);
}

#[test]
fn giving_up_frees_the_place_at_once() {
    let mut table = Table::with(&["A", "B"]);
    table.step(
        "give up 1, then count who waits",
        |calls| {
            calls.give_up(1);
            calls.len()
        },
        1,
        "A has given up, and the table still waits for A's reply.",
        LEAK,
    );
    let mut table = Table::with(&["A", "B"]);
    let cause = "Whoever gives up is returned: somebody has to tell them that their time is over.";
    table.give_up(2, Some("B"), "B gave up.", cause);
    let again = "Nobody waits for this id any more, or ever did. That is `None`, and no reply, so nothing is counted.";
    table.give_up(2, None, "B gave up twice.", again);
    table.give_up(77, None, "Somebody gave up who was never there.", again);
    table.counts(1, 0, "Giving up twice must change nothing.", again);
    table.reply(2, None, "B's reply came after B had given up.", NOBODY);
    table.counts(1, 1, "B's reply came too late; it has to be counted.", NOBODY);
    table.reply(1, Some("A"), "A has not given up, and its reply did not arrive.", BY_ID);
    table.give_up(1, None, "A's reply came, and then its time was over.", again);
}

#[test]
fn time_outs_leave_nothing_behind() {
    let mut table = Table::new(4);
    for _ in 0..1000 {
        table.step(
            "insert A, who gives up: was there room?",
            |calls| calls.insert(Caller("A")).map(|id| calls.give_up(id)).is_ok(),
            true,
            "The table filled up with callers who have gone.",
            LEAK,
        );
    }
    table.counts(0, 0, "A thousand gave up, one after the other.", LEAK);
}

#[test]
fn a_late_reply_never_reaches_the_next_caller() {
    let mut table = Table::with(&["A", "B"]);
    table.give_up(2, Some("B"), "B gave up.", LEAK);
    table.insert("C", Ok(3), "C got an id that somebody had before.", REUSE);
    table.reply(2, None, "B's late reply went to somebody else.", REUSE);
    table.reply(3, Some("C"), "C's own reply did not arrive.", BY_ID);
    // All have gone: now the table is as empty as it was at the beginning, and the ids still go on.
    table.give_up(1, Some("A"), "A gave up.", LEAK);
    table.insert("D", Ok(4), "D got an id that somebody had before.", REUSE);
    table.reply(1, None, "A's late reply went to somebody else.", REUSE);
    table.counts(1, 2, "D still waits, and two replies came too late.", NOBODY);
}

#[test]
fn going_away_takes_what_never_ran() {
    within("your table lets callers go", || {
        let mut table = Table::with(&["A", "B", "C", "D"]);
        table.going_away(
            2,
            &[(3, "C"), (4, "D")],
            "The server answers up to request 2, then it leaves.",
            ABOVE,
        );
        table.counts(2, 0, "Those who will still be answered must stay.", ABOVE);
        table.reply(2, Some("B"), "`last` itself is answered, and its reply did not arrive.", ABOVE);
        table.reply(3, None, "C was told that it never ran.", ABOVE);
        table.going_away(0, &[(1, "A")], "Then it says that it will answer nobody at all.", ABOVE);
        table.going_away(0, &[], "It says so again.", ABOVE);
        table.counts(0, 1, "Nobody is below 0.", ABOVE);
        table.insert("E", Ok(5), "E got an id that somebody had before.", ONCE);
    });
}

#[test]
fn going_away_with_any_number() {
    within("your table lets callers go", || {
        for last in [4, 5, u64::MAX - 1, u64::MAX] {
            let mut table = Table::with(&["A", "B", "C", "D"]);
            let cause = match last {
                u64::MAX => {
                    "The number comes from a stranger, and any number may come. Nobody is above the largest one there \
                 is, and `last + 1` has no room."
                }
                _ => ABOVE,
            };
            table.going_away(last, &[], "The server will answer everybody who waits.", cause);
            table.counts(4, 0, "Nobody was above `last`, so all of them wait on.", cause);
        }
        // A gap: 3 has been answered, and 2 is not the one that the goaway names.
        let mut table = Table::with(&["A", "B", "C", "D"]);
        table.reply(3, Some("C"), "C's reply did not arrive.", BY_ID);
        table.going_away(
            3,
            &[(4, "D")],
            "The server answers up to request 3, which it has answered already.",
            ABOVE,
        );
        table.counts(2, 0, "A and B are below `last`.", ABOVE);
    });
}

#[test]
fn a_lost_connection_tells_everybody() {
    within("your table lets callers go", || {
        let mut table = Table::with(&["A", "B", "C", "D"]);
        table.reply(2, Some("B"), "B's reply did not arrive.", BY_ID);
        table.reply(2, None, "B's second reply went somewhere.", NOBODY);
        table.lost(
            &[(1, "A"), (3, "C"), (4, "D")],
            "The connection is lost, and not everybody was told in order.",
            LOST,
        );
        table.counts(0, 1, "The connection is lost, and somebody still waits.", LOST);
        table.lost(&[], "The connection is lost twice.", LOST);
        table.reply(1, None, "A was told that no reply will come.", NOBODY);
        table.counts(0, 2, "A reply after the end is a late one.", NOBODY);
        table.insert("E", Ok(5), "E got an id that somebody had before.", ONCE);
    });
}
