//! A clock that is turned by hand, a story of what has happened on it, and your functions, called so that no panic
//! goes unexplained.

use std::any::Any;
use std::fmt::{Debug, Display, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use debounce::{Batch, Debounce};
use spec_kit::Failure;

pub const PAGE: &str = "chapter 5, \"A storm of changes\"";
pub const WINDOW: Duration = ms(50);
/// As long as a driver waits when it has nothing to do.
pub const LONG: Duration = Duration::from_secs(5);
const NS: Duration = Duration::from_nanos(1);

pub const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A moment just before `at`.
pub fn before(at: Duration) -> Duration {
    at - NS
}

/// What is published: the newest value, how many changes, and when the first of them came.
pub type Told = (u32, u64, Duration);

/// A debounce whose values are 1, 2, 3, …, and what has happened to it.
pub struct Story {
    debounce: Option<Debounce<Value>>,
    start: Instant,
    lines: Vec<String>,
    next: u32,
    /// Has to be read in every failure: `because` comes from the test.
    because: &'static str,
}

/// There is one of each, so nothing can be published twice by a copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Value(pub u32);

impl Story {
    /// With a window of 50 ms.
    pub fn new(because: &'static str) -> Self {
        Self::with(WINDOW, because)
    }

    pub fn with(window: Duration, because: &'static str) -> Self {
        let lines = vec![format!("{:<18}a debounce with a window of {}", "", time(window))];
        let mut story = Self { debounce: None, start: Instant::now(), lines, next: 1, because };
        story.debounce = Some(story.told("new", || Debounce::new(window)));
        story
    }

    /// What to say from here on if something is wrong.
    pub fn because(&mut self, because: &'static str) -> &mut Self {
        self.because = because;
        self
    }

    /// The next change comes; `expected` is to be published at once.
    #[track_caller]
    pub fn change(&mut self, at: Duration, expected: Option<Told>) -> &mut Self {
        let value = self.next;
        self.next += 1;
        let got = self.changes(at, value);
        self.compare_told(&line(at, &format!("change to {value}")), got, expected)
    }

    /// The next change comes. What was published.
    #[track_caller]
    pub fn changes(&mut self, at: Duration, value: u32) -> Option<Told> {
        let (now, mut debounce) =
            (self.start + at, self.debounce.take().expect("between two steps it is there"));
        let got = self.told(&line(at, &format!("change to {value}")), || debounce.change(now, Value(value)));
        self.debounce = Some(debounce);
        self.in_words(got)
    }

    /// The driver looks; `expected` is to be published.
    #[track_caller]
    pub fn poll(&mut self, at: Duration, expected: Option<Told>) -> &mut Self {
        let got = self.polls(at);
        self.compare_told(&line(at, "poll"), got, expected)
    }

    #[track_caller]
    pub fn polls(&mut self, at: Duration) -> Option<Told> {
        let (now, mut debounce) =
            (self.start + at, self.debounce.take().expect("between two steps it is there"));
        let got = self.told(&line(at, "poll"), || debounce.poll(now));
        self.debounce = Some(debounce);
        self.in_words(got)
    }

    /// When the driver has to look again.
    #[track_caller]
    pub fn due(&mut self, expected: Option<Duration>) -> &mut Self {
        let debounce = self.debounce.as_ref().expect("between two steps it is there");
        let got = self.told(&format!("{:<18}due", ""), || debounce.due());
        let got = got.map(|due| self.since_start(due));
        self.compare(&format!("{:<18}due", ""), moment(got), moment(expected))
    }

    /// How long the driver may wait.
    #[track_caller]
    pub fn rest(&mut self, at: Duration, longest: Duration, expected: Duration) -> &mut Self {
        let got = self.rests(at, longest);
        let what = line(at, &format!("rest, {} at most", time(longest)));
        self.compare(&what, time(got), time(expected))
    }

    #[track_caller]
    pub fn rests(&mut self, at: Duration, longest: Duration) -> Duration {
        let debounce = self.debounce.as_ref().expect("between two steps it is there");
        self.told(&line(at, "rest"), || debounce.rest(self.start + at, longest))
    }

    /// Something more that has happened.
    pub fn note(&mut self, at: Duration, what: impl Display) {
        self.lines.push(line(at, &what.to_string()));
    }

    /// A failure with the story in it.
    pub fn failure(&self, symptom: impl Display) -> Failure {
        let mut shown = String::new();
        if self.lines.len() > 16 {
            let _ = writeln!(shown, "… {} lines before", self.lines.len() - 16);
        }
        shown += &self.lines[self.lines.len().saturating_sub(16)..].join("\n");
        Failure::new(symptom).show("what had happened", shown)
    }

    #[track_caller]
    fn compare_told(&mut self, what: &str, got: Option<Told>, expected: Option<Told>) -> &mut Self {
        let detail = match (got, expected) {
            (Some(got), Some(expected)) if got.0 != expected.0 => {
                "Callers need the list as it is after the last of the changes, not one from before."
            }
            (Some(got), Some(expected)) if got.1 != expected.1 => {
                "Each change is counted once, in the batch with which it is published: also the first that waits, and the \
                 one that comes at the end."
            }
            (Some(_), Some(_)) => {
                "`since` is the `now` of the first change in the batch, the one that has waited longest."
            }
            _ => "",
        };
        self.compare_because(what, published(got), published(expected), detail)
    }

    #[track_caller]
    fn compare(&mut self, what: &str, got: String, expected: String) -> &mut Self {
        self.compare_because(what, got, expected, "")
    }

    #[track_caller]
    fn compare_because(&mut self, what: &str, got: String, expected: String, detail: &str) -> &mut Self {
        if got != expected {
            self.failure(symptom(&got, &expected))
                .expected(format_args!("{} → {expected}", step(what)))
                .got(format_args!("{} → {got}", step(what)))
                .because(format_args!("{detail} {}", self.because).to_string().trim_start())
                .page(PAGE)
                .raise();
        }
        self.lines.push(format!("{what:<44}→  {got}"));
        self
    }

    fn in_words(&self, batch: Option<Batch<Value>>) -> Option<Told> {
        batch
            .map(|Batch { newest: Value(newest), changes, since }| (newest, changes, self.since_start(since)))
    }

    fn since_start(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.start)
    }

    /// Runs one of your functions; a panic is a failure of the test.
    #[track_caller]
    fn told<R>(&self, what: &str, work: impl FnOnce() -> R) -> R {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            let text = words(&*panic);
            if text.starts_with("not yet implemented") {
                resume_unwind(panic); // a hole that is still open
            }
            self.failure("Your debounce panicked, and the caller's list will never change again.")
                .expected(format_args!("{} → an answer", step(what)))
                .got(format_args!("a panic: {}", text.trim()))
                .because(if text.contains("overflow") {
                    "`now + window` has no room when the window is `Duration::MAX`. `new` bounds it: no window is \
                     longer than `MAX_WINDOW`, a minute."
                } else {
                    "Each function has an answer for every moment: also for one that is past, and when nothing waits."
                })
                .page(PAGE)
                .raise()
        })
    }
}

fn symptom(got: &str, expected: &str) -> &'static str {
    match (got, expected) {
        (_, "nothing") => "Something was published that should wait, or that was published before.",
        ("nothing", _) => "Nothing was published, and it was time.",
        _ if expected.starts_with("published") => "It was published, and what was published is not right.",
        (_, "never") => "Nothing waits, and a driver is told to look again.",
        ("never", _) => "Something waits, and no driver will ever look.",
        _ if expected.starts_with('+') => "A driver is told to look at the wrong moment.",
        _ => "A driver is told to wait for the wrong time.",
    }
}

pub fn line(at: Duration, what: &str) -> String {
    format!("{:<18}{what}", format!("+{}", time(at)))
}

pub fn published(told: Option<Told>) -> String {
    match told {
        None => "nothing".to_owned(),
        Some((newest, 1, since)) => format!("published: {newest}, 1 change, since +{}", time(since)),
        Some((newest, changes, since)) => {
            format!("published: {newest}, {changes} changes, since +{}", time(since))
        }
    }
}

fn moment(at: Option<Duration>) -> String {
    at.map_or("never".to_owned(), |at| format!("+{}", time(at)))
}

/// Milliseconds, and what is not a whole one in as many digits as it needs.
pub fn time(time: Duration) -> String {
    let (whole, rest) = (time.as_nanos() / 1_000_000, time.as_nanos() % 1_000_000);
    match rest {
        _ if time.as_secs() > 365 * 24 * 60 * 60 => "many years".to_owned(),
        0 => format!("{whole} ms"),
        _ => format!("{whole}.{rest:06} ms"),
    }
}

/// A step on one line, without the gaps that make columns.
fn step(what: &str) -> String {
    let words: Vec<&str> = what.split_whitespace().collect();
    words.join(" ")
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}
