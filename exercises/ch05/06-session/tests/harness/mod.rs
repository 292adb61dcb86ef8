//! A clock that is turned by hand, a story of what has happened on it, and your agenda, called so that no panic goes
//! unexplained.

use std::any::Any;
use std::fmt::{Display, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use session::{Agenda, Ticket, Todo};
use spec_kit::Failure;

pub const PAGE: &str = "chapter 5, \"Expired, and back again\"";
/// How often a lease is renewed.
pub const EVERY: u64 = 3000;
/// As many lines of a story as a reader looks at.
const SHOWN: usize = 18;

/// Leases are called `lease 1`, `lease 2`, …
pub type Lease = u32;

/// An agenda, and what has happened to it. Registrations are called A, B, C, …, moments are milliseconds.
pub struct Story {
    agenda: Option<Agenda<Lease>>,
    pub start: Instant,
    lines: Vec<String>,
    because: &'static str,
}

impl Story {
    /// Renews every three seconds; pauses are not spread.
    pub fn new(because: &'static str) -> Self {
        Self::with(EVERY, 0, because)
    }

    pub fn with(renew_every: u64, seed: u64, because: &'static str) -> Self {
        let agenda = Agenda::new(Duration::from_millis(renew_every), seed);
        let lines = vec![format!("{:<12}an agenda that renews every {renew_every} ms", "")];
        Self { agenda: Some(agenda), start: Instant::now(), lines, because }
    }

    /// A, B, C, …, as many as are named, all registered at +0 ms, with `lease 1`, `lease 2`, …
    #[track_caller]
    pub fn listed(names: &str, because: &'static str) -> Self {
        let mut story = Self::new(TURNS);
        for name in names.chars() {
            story.want(0, name);
        }
        for (name, lease) in names.chars().zip(1..) {
            story.next(0, &format!("register {name}")).registered(0, name, lease);
        }
        story.because(because);
        story
    }

    /// What to say from here on if something is wrong.
    pub fn because(&mut self, because: &'static str) -> &mut Self {
        self.because = because;
        self
    }

    #[track_caller]
    pub fn want(&mut self, at: u64, name: char) -> &mut Self {
        let got = self.does(at, &format!("{name} is wanted"), |agenda, now| agenda.want(now));
        assert_eq!(got, ticket(name), "`want` came ready-made, and counts");
        self
    }

    /// The agenda is asked, and should say `expected`: `register A`, `renew A, lease 1`, `deregister A, lease 1`,
    /// `rest until +50 ms`, `rest`.
    #[track_caller]
    pub fn next(&mut self, at: u64, expected: &str) -> &mut Self {
        let got = self.asks(at);
        let got = self.in_words(&got);
        if got != expected {
            self.lines.pop();
            self.failure(symptom(&got, expected))
                .expected(format_args!("+{at} ms next → {expected}"))
                .got(format_args!("+{at} ms next → {got}"))
                .because(self.because)
                .page(PAGE)
                .raise();
        }
        self
    }

    /// What the agenda says.
    #[track_caller]
    pub fn asks(&mut self, at: u64) -> Todo<Lease> {
        let todo = self.does(at, "next", Agenda::next);
        let words = self.in_words(&todo);
        let line = self.lines.last_mut().expect("it was just written");
        let _ = write!(line, "{}→ {words}", " ".repeat(40_usize.saturating_sub(line.chars().count())));
        todo
    }

    #[track_caller]
    pub fn unwant(&mut self, at: u64, name: char) -> &mut Self {
        self.does(at, &format!("{name} is not wanted any more"), |agenda, now| {
            agenda.unwant(ticket(name), now)
        });
        self
    }

    #[track_caller]
    pub fn registered(&mut self, at: u64, name: char, lease: Lease) -> &mut Self {
        let what = format!("{name} was registered: lease {lease}");
        self.does(at, &what, |agenda, now| agenda.registered(ticket(name), lease, now));
        self
    }

    #[track_caller]
    pub fn renewed(&mut self, at: u64, name: char) -> &mut Self {
        self.does(at, &format!("{name} was renewed"), |agenda, now| agenda.renewed(ticket(name), now));
        self
    }

    #[track_caller]
    pub fn gone(&mut self, at: u64, name: char) -> &mut Self {
        let what = format!("{name}: the registry does not know the lease");
        self.does(at, &what, |agenda, now| agenda.gone(ticket(name), now));
        self
    }

    #[track_caller]
    pub fn failed(&mut self, at: u64, name: char) -> &mut Self {
        self.does(at, &format!("{name}: failed"), |agenda, now| agenda.failed(ticket(name), now));
        self
    }

    #[track_caller]
    pub fn deregistered(&mut self, at: u64, name: char) -> &mut Self {
        self.does(at, &format!("{name} was taken from the list"), |agenda, _| {
            agenda.deregistered(ticket(name))
        });
        self
    }

    /// So many are left in the agenda.
    #[track_caller]
    pub fn left(&mut self, expected: usize) -> &mut Self {
        let agenda = self.agenda.as_ref().expect("between two steps it is there");
        let got = agenda.len();
        assert_eq!(agenda.is_empty(), got == 0, "`len` and `is_empty` came ready-made");
        if got != expected {
            let symptom = if got > expected {
                "Somebody is kept in the agenda who has no business there."
            } else {
                "Somebody has left the agenda, and there is still something to be done."
            };
            self.failure(symptom)
                .expected(format_args!("len → {expected}"))
                .got(format_args!("len → {got}"))
                .because(self.because)
                .page(PAGE)
                .raise();
        }
        self
    }

    pub fn note(&mut self, at: u64, what: impl Display) {
        self.lines.push(line(at, &what.to_string()));
    }

    /// A failure with the story in it.
    pub fn failure(&self, symptom: impl Display) -> Failure {
        let more = self.lines.len().saturating_sub(SHOWN);
        let mut shown = self.lines[more..].join("\n");
        if more > 0 {
            shown = format!("… {more} lines before\n{shown}");
        }
        Failure::new(symptom).show("what had happened", shown)
    }

    pub fn in_words(&self, todo: &Todo<Lease>) -> String {
        match todo {
            Todo::Register(ticket) => format!("register {}", name(*ticket)),
            Todo::Renew(ticket, lease) => format!("renew {}, lease {lease}", name(*ticket)),
            Todo::Deregister(ticket, lease) => format!("deregister {}, lease {lease}", name(*ticket)),
            Todo::Rest(None) => "rest".to_owned(),
            Todo::Rest(Some(until)) => format!("rest until +{}", self.moment(*until)),
        }
    }

    fn moment(&self, at: Instant) -> String {
        let time = at.saturating_duration_since(self.start);
        match time.subsec_nanos() % 1_000_000 {
            0 => format!("{} ms", time.as_millis()),
            _ => format!("{:.3} ms", time.as_secs_f64() * 1e3),
        }
    }

    /// Runs one function of the agenda; a panic is a failure of the test.
    #[track_caller]
    fn does<R>(&mut self, at: u64, what: &str, work: impl FnOnce(&mut Agenda<Lease>, Instant) -> R) -> R {
        let now = self.start + Duration::from_millis(at);
        let mut agenda = self.agenda.take().expect("between two steps it is there");
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut agenda, now)));
        self.agenda = Some(agenda);
        match result {
            Ok(result) => {
                self.lines.push(line(at, what));
                result
            }
            Err(panic) => {
                let text = words(&*panic);
                if text.starts_with("not yet implemented") {
                    resume_unwind(panic); // a hole that is still open
                }
                self.failure("Your agenda panicked. Its keeper is gone, and with it every registration.")
                    .expected(format_args!("+{at} ms {what} → an answer"))
                    .got(format_args!("a panic: {}", text.trim()))
                    .because(if text.contains("overflow") {
                        "A registry may be away for days: the failures are many, and 2 to that power fits into no \
                         number. Bound the power before you take it, or let it saturate."
                    } else {
                        "Answers come late, twice, or about tickets that nobody knows any more. They change nothing."
                    })
                    .page(PAGE)
                    .raise()
            }
        }
    }
}

/// What a test says when the turns of new registrations are wrong.
pub const TURNS: &str = "What is wanted is registered at once, in the order in which it was wanted. What was given out is \
                         being worked on, and is not given out again before you were told how it went.";

fn symptom(got: &str, expected: &str) -> String {
    let (verb, what) = expected.split_once(' ').unwrap_or((expected, ""));
    let who = what.split(',').next().unwrap_or_default();
    match (got.split(' ').next().unwrap_or_default(), verb) {
        ("rest", "rest") => "The agenda rests, and for the wrong time.".to_owned(),
        (_, "rest") => format!("There is nothing to do yet, and the agenda says: {got}."),
        ("rest", _) => format!("It is time to {verb} {who}, and the agenda rests."),
        _ => format!("It is time to {verb} {who}, and the agenda says: {got}."),
    }
}

pub fn line(at: u64, what: &str) -> String {
    format!("{:<12}{what}", format!("+{at} ms"))
}

pub fn name(ticket: Ticket) -> char {
    u8::try_from(ticket).ok().filter(|ticket| *ticket < 26).map_or('?', |ticket| char::from(b'A' + ticket))
}

pub fn ticket(name: char) -> Ticket {
    u64::from(u32::from(name) - u32::from('A'))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}
