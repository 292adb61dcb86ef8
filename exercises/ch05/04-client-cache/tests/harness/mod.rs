//! A story: the lists that a registry gives, what your cache makes of them, and a timeline of both.
//!
//! Providers are letters. `A` is the first registration of A; `A2` is a second one of the same address; a `*` behind
//! it says that it has another label; `@60` that its registry says it is 60 s old.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch05_registry::listing::{Entry, Listing, Provider};
use ch05_registry::{Endpoint, listing};
use client_cache::Cache;
use spec_kit::Failure;

pub const PAGE: &str = "chapter 5, \"When the registry is away\"";

/// How many steps a failure shows: the last ones.
const SHOWN: usize = 20;

/// Whether callers see something new.
pub const NEWS: bool = true;
pub const SAME: bool = false;

pub struct Story {
    cache: Cache,
    start: Instant,
    lines: Vec<String>,
}

/// One entry, from its word.
pub fn entry(word: &str) -> Entry {
    let (word, age) = match word.split_once('@') {
        Some((word, "?")) => (word, None),
        Some((word, age)) => (word, Some(Duration::from_secs(age.parse().expect("seconds")))),
        None => (word, Some(Duration::ZERO)),
    };
    let (plain, labelled) = word.strip_suffix('*').map_or((word, false), |plain| (plain, true));
    let (letter, number) = plain.split_at(1);
    let number: u64 = if number.is_empty() { 1 } else { number.parse().expect("a number") };
    let letter = letter.as_bytes()[0];
    let endpoint = Endpoint::new(([127, 0, 0, 1], 7000 + u16::from(letter)).into());
    let endpoint = if labelled { endpoint.with("weight", "2").expect("a label") } else { endpoint };
    // The ids are not in the order of the registrations.
    let id = format!("{}{}", 9 - number, char::from(letter));
    Entry { id: id.into(), order: number * 100 + u64::from(letter), endpoint: Arc::new(endpoint), age }
}

/// What stands for a provider in a message.
fn word(endpoint: &Endpoint) -> String {
    let letter = u8::try_from(endpoint.address().port() - 7000).map_or('?', char::from);
    let label = if endpoint.labels().next().is_some() { "*" } else { "" };
    format!("{letter}{label}")
}

impl Story {
    pub fn new() -> Self {
        // Late enough that an age of some days falls into this machine's time, or is cut where it has to be.
        let start = Instant::now() + Duration::from_secs(30 * 24 * 3600);
        Self { cache: Cache::default(), start, lines: Vec::new() }
    }

    pub fn time(&self, at: u64) -> Instant {
        self.start + Duration::from_millis(at)
    }

    /// The registry's whole list comes, at `at` milliseconds: of which life, and for how many milliseconds it may
    /// still lack somebody. Then: is it news, and who is shown?
    #[track_caller]
    pub fn listing(
        &mut self,
        at: u64,
        (life, settles_in): (u64, u64),
        list: &str,
        news: bool,
        shown: &str,
        because: &str,
    ) {
        let entries: Vec<Entry> = list.split_whitespace().map(entry).collect();
        let listing = Listing { entries, incarnation: life, settles_in: Duration::from_millis(settles_in) };
        self.give(at, &listing, list);
        let now = self.time(at);
        let got = self.told("listing", |cache| cache.listing(&listing, now));
        self.check(got, news, shown, because);
    }

    /// Writes the list down.
    fn give(&mut self, at: u64, listing: &Listing, list: &str) {
        let list = if list.is_empty() { "nobody" } else { list };
        let settles = match listing.settles_in {
            Duration::ZERO => "settled (0 ms)".to_owned(),
            Duration::MAX => "settles some day".to_owned(),
            time => format!("settles in {} ms", time.as_millis()),
        };
        self.lines.push(format!("{}life {}, {settles}: {list}", moment(at), listing.incarnation));
    }

    /// A list of any form, of which only what is shown is looked at.
    #[track_caller]
    pub fn raw(&mut self, at: u64, listing: &Listing) -> bool {
        let list: Vec<String> = listing.entries.iter().map(|it| word(&it.endpoint)).collect();
        self.give(at, listing, &list.join(" "));
        let now = self.time(at);
        let news = self.told("listing", |cache| cache.listing(listing, now));
        self.note();
        news
    }

    /// The registry is away.
    #[track_caller]
    pub fn lost(&mut self, at: u64) {
        self.lines.push(format!("{}lost: the registry is away", moment(at)));
        self.told("lost", Cache::lost);
        self.note();
    }

    /// Asks `settle`.
    #[track_caller]
    pub fn settle(&mut self, at: u64, news: bool, shown: &str, because: &str) {
        let got = self.raw_settle(at);
        self.check(got, news, shown, because);
    }

    #[track_caller]
    pub fn raw_settle(&mut self, at: u64) -> bool {
        self.lines.push(format!("{}settle", moment(at)));
        let now = self.time(at);
        self.told("settle", |cache| cache.settle(now))
    }

    /// Asks `due`.
    #[track_caller]
    pub fn due(&mut self, expected: Option<u64>, because: &str) {
        let got = self.told("due", |cache| cache.due());
        let expected = expected.map(|at| self.time(at));
        if got != expected {
            let told = |due: Option<Instant>| match due {
                Some(due) => moment_of(due.saturating_duration_since(self.start)),
                None => "None: there is nothing to settle".to_owned(),
            };
            self.failure("`settle` would be asked at the wrong time.")
                .expected(told(expected))
                .got(told(got))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }

    /// For how long each provider has been there, in milliseconds.
    #[track_caller]
    pub fn uptimes(&mut self, at: u64, expected: &[u64], because: &str) {
        let (now, providers) = (self.time(at), self.providers());
        let got: Vec<Duration> = providers.iter().map(|it| it.uptime(now)).collect();
        let expected: Vec<Duration> = expected.iter().map(|time| Duration::from_millis(*time)).collect();
        if got != expected {
            let told = |times: &[Duration]| {
                let pairs = providers.iter().zip(times);
                pairs
                    .map(|(it, time)| format!("{} {time:?}", word(&it.endpoint)))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            self.failure(format_args!(
                "At {} a provider looks older or younger than it is.",
                moment(at).trim()
            ))
            .expected(told(&expected))
            .got(told(&got))
            .because(because)
            .page(PAGE)
            .raise();
        }
    }

    #[track_caller]
    pub fn providers(&mut self) -> Vec<Provider> {
        self.told("providers", |cache| cache.providers())
    }

    /// Everybody who is shown, in words.
    #[track_caller]
    pub fn shown(&mut self) -> String {
        self.providers().iter().map(|it| word(&it.endpoint)).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn note(&mut self) {
        let shown = self.shown();
        let shown = if shown.is_empty() { "nobody" } else { &shown };
        if let Some(line) = self.lines.last_mut() {
            *line = format!("{line:<52} → callers see {shown}");
        }
    }

    #[track_caller]
    fn check(&mut self, got_news: bool, news: bool, shown: &str, because: &str) {
        self.note();
        let got = self.shown();
        let told = |shown: &str| if shown.is_empty() { "nobody".to_owned() } else { shown.to_owned() };
        if got != shown {
            let words = |text: &str| {
                text.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
            };
            let (want, have) = (words(shown), words(&got));
            let symptom = if let Some(lost) = want.iter().find(|it| !have.contains(it)) {
                format!("Callers do not see {lost}, and should.")
            } else if let Some(extra) = have.iter().find(|it| !want.contains(it)) {
                format!("Callers still see {extra}, and should not.")
            } else {
                "Callers see the right ones, in another order than that of their addresses.".to_owned()
            };
            self.failure(symptom)
                .expected(format_args!("callers see {}", told(shown)))
                .got(format_args!("callers see {}", told(&got)))
                .because(because)
                .page(PAGE)
                .raise();
        }
        if got_news != news {
            let symptom = match news {
                NEWS => "Callers see something new, and are not told so.",
                SAME => "Callers are told that something is new, and it is not.",
            };
            self.failure(symptom).expected(news).got(got_news).because(because).page(PAGE).raise();
        }
    }

    /// A failure with the timeline in it.
    pub fn failure(&self, symptom: impl std::fmt::Display) -> Failure {
        let left_out = self.lines.len().saturating_sub(SHOWN);
        let mut shown = self.lines[left_out..].join("\n");
        if left_out > 0 {
            shown = format!("(… {left_out} steps before)\n{shown}");
        }
        Failure::new(symptom).show("what came", shown)
    }

    /// Calls your cache; a panic is a failure of the test.
    #[track_caller]
    fn told<T>(&mut self, call: &str, work: impl FnOnce(&mut Cache) -> T) -> T {
        let cache = &mut self.cache;
        match catch_unwind(AssertUnwindSafe(|| work(cache))) {
            Ok(value) => value,
            Err(panic) if is_open_hole(&*panic) => resume_unwind(panic),
            Err(panic) => self
                .failure(format_args!("`{call}` panicked: this caller follows nobody any more."))
                .expected("a value")
                .got(format_args!("a panic: {}", text_of(&*panic).unwrap_or("(no text)")))
                .because(
                    "Ages and times come from a stranger. `Instant - Duration` and `Instant + Duration` panic when \
                     there is no such moment; `checked_sub` says so, and what is bounded first has always room.",
                )
                .page(PAGE)
                .raise(),
        }
    }
}

fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

fn is_open_hole(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with("not yet implemented"))
}

fn moment(at: u64) -> String {
    format!("{:<10}", format!("+{at} ms"))
}

fn moment_of(time: Duration) -> String {
    format!("+{} ms", time.as_micros() as f64 / 1000.0)
}

/// What a list shows when everything in it is believed.
pub fn believed(entries: &[Entry]) -> String {
    listing::newest(entries).values().map(|it| word(&it.endpoint)).collect::<Vec<_>>().join(" ")
}
