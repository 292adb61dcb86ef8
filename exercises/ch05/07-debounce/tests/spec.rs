//! # Spec of 05-07: debounce a storm
//!
//! A rolling restart of fifty servers is a hundred changes within a second. Each new list makes every caller sort,
//! group and weigh it anew, and all but the last are out of date before the work is done.
//!
//! So changes are put together. It is easy to do that wrongly, in two directions. Who waits until there is quiet
//! waits for ever in a storm that does not pause, and makes the one change of a quiet day late. Who lets the first
//! one through and drops the rest has callers with a list that is wrong until the next change, which may be tomorrow.
//!
//! There is no clock and no thread here: whoever has them says what time it is.

mod harness;

use std::time::Duration;

use harness::{LONG, PAGE, Story, Told, WINDOW, before, ms, published, time};
use spec_kit::Failure;

const FIRST: &str = "Nothing was published within the last window, so the change passes at once. Who waits to see \
                     whether more will come makes every change late, also the only one of the day.";
const WAITS: &str =
    "Within a window after a publication a change waits. It is not lost, and it does not pass.";
const NEWEST: &str = "At the end of the window all that waited is published as one: the newest value, how many changes \
                      it stands for, and when the first of them came. Then nothing waits any more.";
const FIXED: &str = "The window begins with a publication and ends `window` later, whatever comes in between. If each \
                     change pushed its end away, a storm without a pause would never be published.";
const EXACT: &str = "The window has ended when `now` is its end, and not a moment before.";
const NOTHING: &str = "Publishing is for what has changed since the last time. When nothing waits there is nothing to \
                       publish, and no window begins.";
const IDLE: &str = "Nothing was published before. A look that finds nothing publishes nothing, and begins no window, so the \
                    first change passes at once.";
const DUE: &str = "A driver sleeps until `due`. While nothing waits it is `None`: a moment that is past would wake the \
                   driver again at once, and again, and it would turn in circles as fast as it can.";
const NEXT: &str = "Each publication begins a window, also the one at the end of a window. Otherwise there are two \
                    publications, one right after the other.";
const QUIET: &str = "A window begins with the publication before it, not with the first change of all. After a quiet \
                     time there is none, and the next change passes at once, as the very first did.";
const LATE: &str = "A driver may come late. It publishes then what waits, and the next window begins when it was \
                    published. A change that comes after the window's end goes together with what waits still.";
const REST: &str = "`rest` is the time until `due`; none is left when that is past; and it is never more than `longest`, \
                    since somebody has to look around from time to time.";

// ---- the first ----

#[test]
fn the_first_change_is_not_delayed() {
    for at in [ms(0), ms(1), ms(50), ms(3_600_000)] {
        Story::new(FIRST).change(at, Some((1, 1, at))).because(DUE).due(None);
    }
}

#[test]
fn after_a_quiet_time_the_first_passes_again() {
    // Nothing waited when the window ended.
    let mut story = Story::new(QUIET);
    story.change(ms(0), Some((1, 1, ms(0)))).change(ms(500), Some((2, 1, ms(500))));
    story.because(FIXED).change(ms(510), None).due(Some(ms(550))).because(EXACT).poll(before(ms(550)), None);
    story.because(NEWEST).poll(ms(550), Some((3, 1, ms(510))));
    // The window after a publication at an end has passed, too.
    story.because(QUIET).change(ms(600), Some((4, 1, ms(600)))).because(WAITS).change(ms(601), None);
    story.because(NEWEST).poll(ms(650), Some((5, 1, ms(601))));
    // Hours.
    story.because(QUIET).change(ms(9_000_000), Some((6, 1, ms(9_000_000))));
}

// ---- within a window ----

#[test]
fn what_comes_in_a_window_is_published_as_one() {
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS).change(ms(10), None);
    story.because(NEWEST).poll(ms(50), Some((2, 1, ms(10))));
    for count in [2, 3, 40] {
        let mut story = Story::new(FIRST);
        story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS);
        for number in 0..count {
            story.change(ms(5 + number), None);
        }
        let newest = u32::try_from(count).expect("it is small") + 1;
        story.because(NEWEST).poll(ms(50), Some((newest, count, ms(5)))).because(NOTHING).poll(ms(50), None);
    }
}

#[test]
fn each_window_has_changes_of_its_own() {
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS).change(ms(10), None).change(ms(20), None);
    story.because(NEWEST).poll(ms(50), Some((3, 2, ms(10))));
    story.because(NEXT).change(ms(60), None).because(NEWEST).poll(ms(100), Some((4, 1, ms(60))));
    story.because(NEXT).change(ms(101), None).change(ms(102), None).change(ms(103), None);
    story.because(NEWEST).poll(ms(150), Some((7, 3, ms(101))));
    story.because(QUIET).change(ms(200), Some((8, 1, ms(200))));
}

#[test]
fn a_change_does_not_push_the_window_away() {
    let mut story = Story::new(FIRST);
    story
        .change(ms(0), Some((1, 1, ms(0))))
        .because(WAITS)
        .change(ms(10), None)
        .because(FIXED)
        .due(Some(ms(50)));
    story.because(WAITS).change(ms(30), None).because(FIXED).due(Some(ms(50)));
    story.because(WAITS).change(before(ms(50)), None).because(FIXED).due(Some(ms(50)));
    story.poll(ms(50), Some((4, 3, ms(10))));
}

#[test]
fn a_storm_without_a_pause_is_published() {
    // A change every millisecond, and a driver that never gets to look.
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0))));
    for at in 1..1000_u32 {
        let is_end = at % 50 == 0;
        let since = ms(u64::from(at.saturating_sub(49)));
        story.because(if is_end { FIXED } else { WAITS });
        story.change(ms(at.into()), is_end.then_some((at + 1, 50, since)));
    }
    story.because(FIXED).due(Some(ms(1000))).because(NEWEST).poll(ms(1000), Some((1000, 49, ms(951))));
}

#[test]
fn a_window_ends_at_its_end() {
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS).change(ms(20), None);
    story.because(EXACT).poll(before(ms(50)), None).poll(ms(50), Some((2, 1, ms(20))));
    // A change that comes at the end, and one just before it.
    story.change(before(ms(100)), None).change(ms(100), Some((4, 2, before(ms(100)))));
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(EXACT).change(ms(50), Some((2, 1, ms(50))));
}

// ---- nothing ----

#[test]
fn what_was_published_is_not_published_again() {
    let mut story = Story::new(NOTHING);
    story.poll(ms(0), None).poll(ms(7), None);
    story.because(NOTHING).change(ms(8), Some((1, 1, ms(8)))).because(NOTHING);
    for at in [8, 9, 57, 58, 59, 108, 500] {
        story.poll(ms(at), None);
    }
    // None of these looks has begun a window.
    story.change(ms(501), Some((2, 1, ms(501)))).because(WAITS).change(ms(502), None);
    story.because(NEWEST).poll(ms(551), Some((3, 1, ms(502)))).because(NOTHING);
    for at in [551, 552, 601, 602] {
        story.poll(ms(at), None);
    }
}

#[test]
fn a_driver_is_told_when_to_look_and_else_left_alone() {
    let mut story = Story::new(DUE);
    story.due(None).poll(ms(0), None).due(None);
    story.because(IDLE).change(ms(10), Some((1, 1, ms(10)))).because(DUE).due(None);
    story.because(WAITS).change(ms(20), None);
    story.because("While something waits, `due` is the end of the window.").due(Some(ms(60)));
    story.because(EXACT).poll(ms(59), None);
    story.because("While something waits, `due` is the end of the window.").due(Some(ms(60)));
    story.because(NEWEST).poll(ms(60), Some((2, 1, ms(20)))).because(DUE).due(None);
    story.because(NOTHING).poll(ms(110), None).because(DUE).due(None);
}

#[test]
fn a_driver_rests_no_longer_than_it_may() {
    let mut story = Story::new(REST);
    story.rest(ms(0), LONG, LONG).rest(ms(0), ms(7), ms(7)).rest(ms(0), Duration::ZERO, Duration::ZERO);
    story.because(FIRST).change(ms(0), Some((1, 1, ms(0)))).because(REST).rest(ms(1), LONG, LONG);
    story.because(WAITS).change(ms(10), None).because(REST);
    story.rest(ms(10), LONG, ms(40)).rest(ms(10), ms(40), ms(40)).rest(ms(10), ms(39), ms(39));
    story.rest(ms(30), LONG, ms(20)).rest(before(ms(50)), LONG, Duration::from_nanos(1));
    story.rest(ms(50), LONG, ms(0)).rest(ms(51), LONG, ms(0)).rest(ms(500), LONG, ms(0));
    story.because(NEWEST).poll(ms(500), Some((2, 1, ms(10)))).because(REST).rest(ms(500), LONG, LONG);
}

// ---- windows ----

#[test]
fn the_publication_at_the_end_begins_a_window() {
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS).change(ms(10), None);
    story.because(NEWEST).poll(ms(50), Some((2, 1, ms(10))));
    story
        .because(NEXT)
        .change(ms(50), None)
        .due(Some(ms(100)))
        .change(ms(99), None)
        .poll(before(ms(100)), None);
    story.because(NEWEST).poll(ms(100), Some((4, 2, ms(50))));
    // And so does one that a change has published.
    story.because(NEXT).change(ms(149), None).because(EXACT).change(ms(150), Some((6, 2, ms(149))));
    story.because(NEXT).change(ms(151), None).due(Some(ms(200)));
}

#[test]
fn a_driver_that_comes_late_publishes_then() {
    let mut story = Story::new(FIRST);
    story.change(ms(0), Some((1, 1, ms(0)))).because(WAITS).change(ms(10), None);
    story.because(LATE).poll(ms(80), Some((2, 1, ms(10)))).change(ms(110), None).due(Some(ms(130)));
    story.poll(ms(129), None).poll(ms(130), Some((3, 1, ms(110))));
    // A change comes before the driver.
    story.change(ms(140), None).change(ms(300), Some((5, 2, ms(140)))).because(DUE).due(None);
    story.because(LATE).poll(ms(300), None).change(ms(320), None).due(Some(ms(350)));
}

#[test]
fn a_window_may_have_any_length() {
    let mut story = Story::with(Duration::ZERO, "A window of nothing: everything passes.");
    for (at, value) in [(0, 1), (0, 2), (1, 3)] {
        story.change(ms(at), Some((value, 1, ms(at)))).due(None);
    }
    let minute = ms(60_000);
    let bounded = "No window is longer than `MAX_WINDOW`, a minute. One that never ends would keep back a change for \
                   ever; one that is thrown away because it is too long would let every storm through.";
    let longer = [
        Duration::MAX,
        minute,
        minute + Duration::from_nanos(1),
        ms(61_000),
        ms(3_600_000),
        Duration::MAX / 2,
    ];
    for window in longer {
        let mut story = Story::with(window, FIRST);
        story.change(ms(0), Some((1, 1, ms(0)))).because(bounded).change(ms(1), None).due(Some(minute));
        story.poll(before(minute), None).poll(minute, Some((2, 1, ms(1))));
    }
    let mut story = Story::with(ms(59_999), FIRST);
    story
        .change(ms(0), Some((1, 1, ms(0))))
        .because("A window is not made longer, either.")
        .change(ms(1), None);
    story.due(Some(ms(59_999)));
}

// ---- all of it ----

/// A day in the life of a driver: it waits as long as it may, or until a change comes.
#[test]
fn a_driver_makes_of_a_thousand_changes_a_few() {
    for seed in 1..=20 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut changes = Vec::new();
        let mut at = ms(random.u64(..100));
        for _ in 0..1000 {
            changes.push(at);
            // Storms, with quiet times in between.
            at += if random.u8(..50) == 0 { ms(random.u64(..500)) } else { ms(random.u64(..4)) };
        }
        drive(&changes);
    }
}

fn drive(changes: &[Duration]) {
    let mut story = Story::new("");
    let (mut now, mut next, mut idle) = (Duration::ZERO, 0, 0);
    // How many changes were published, and when the last time was.
    let (mut sum, mut last) = (0, None);
    loop {
        let rest = story.rests(now, LONG);
        let came = changes.get(next).copied().filter(|&change| change <= now + rest);
        if came.is_none() && next == changes.len() && rest >= LONG {
            break;
        }
        now = came.unwrap_or(now + rest);
        next += usize::from(came.is_some());
        let told = match came {
            Some(_) => story.changes(now, u32::try_from(next).expect("a thousand")),
            None => story.polls(now),
        };
        if let Some(told) = told {
            story.note(now, format_args!("{}; changes so far: {next}", published(Some(told))));
            sum += told.1;
            check(&story, &changes[..next], (now, told), sum, last);
            (last, idle) = (Some(now), 0);
        } else {
            idle += usize::from(came.is_none() && rest < LONG);
        }
        if idle > 3 {
            story
                .failure("A driver was woken again and again, and there was nothing to publish.")
                .expected(format_args!("at +{}: a rest until something is to be done", time(now)))
                .got(format_args!("rest → {}, poll → nothing; four times, one after the other", time(rest)))
                .because(DUE)
                .page(PAGE)
                .raise();
        }
    }
    if sum != changes.len() as u64 {
        story
            .failure("A driver lived through a thousand changes. The last of them were never published.")
            .expected(format_args!("all changes that were published: {}", changes.len()))
            .got(sum)
            .because(WAITS)
            .page(PAGE)
            .raise();
    }
}

/// Looks at one publication, of `told` at `now`; `changes` have come until then, and `sum` of them are published.
fn check(
    story: &Story,
    changes: &[Duration],
    (now, told): (Duration, Told),
    sum: u64,
    last: Option<Duration>,
) {
    let (newest, _, since) = told;
    let wrong = |expected: String, got: String, because: &str| {
        let symptom = "A driver lives through storms and quiet times, and something goes wrong.";
        story.failure(symptom).expected(expected).got(got).because(because).page(PAGE).raise()
    };
    let came = changes.len();
    if newest as usize != came {
        wrong(format!("the newest value: {came}"), newest.to_string(), NEWEST);
    }
    if let Some(gap) = last.map(|last| now - last)
        && gap < WINDOW
    {
        wrong(
            format!("publications at least {} apart", time(WINDOW)),
            format!("one {} after another", time(gap)),
            NEXT,
        );
    }
    if now - since > WINDOW || !changes.contains(&since) {
        let expected = format!("no change waits longer than {}, and `since` is when one came", time(WINDOW));
        wrong(expected, format!("published at +{}, since +{}", time(now), time(since)), FIXED);
    }
    if sum != came as u64 {
        wrong(format!("all changes that were published, together: {came}"), sum.to_string(), NEWEST);
    }
}

/// In its place in the chapter: between the list that changes and the callers who build their tables from it.
#[test]
fn callers_hear_of_a_rolling_restart_a_few_times() {
    use ch04_proxy::ServiceKey;
    use ch05_registry::Endpoint;
    use ch05_registry::listing::Provider;
    use ch05_registry::subscription::subscription;
    use std::sync::Arc;
    use std::time::Instant;

    let (mut publisher, subscription) = subscription(ServiceKey::parse("OrderService").expect("a good key"));
    let start = Instant::now();
    let mut debounce = debounce::Debounce::new(WINDOW);
    let provider =
        |port| Provider { endpoint: Arc::new(Endpoint::new(([127, 0, 0, 1], port).into())), since: start };
    let mut list: Vec<Provider> = (1..=50).map(provider).collect();
    // Every 10 ms one goes, or comes back somewhere else.
    for step in 0..100_u16 {
        let now = start + ms(u64::from(step) * 10);
        match step % 2 {
            0 => _ = list.remove(0),
            _ => list.push(provider(100 + step)),
        }
        if let Some(batch) = debounce.change(now, list.clone()) {
            publisher.publish(batch.newest);
        }
    }
    if let Some(batch) = debounce.due().and_then(|due| debounce.poll(due)) {
        publisher.publish(batch.newest);
    }
    let snapshot = subscription.snapshot();
    let right = snapshot.providers() == list;
    if snapshot.version() != 21 || !right {
        Failure::new("Fifty servers were restarted one after the other: a change every 10 ms for a second.")
            .expected("21 lists for the callers, the last of them as the registry's")
            .got(format_args!(
                "{} lists, the last of them {}",
                snapshot.version(),
                if right { "as the registry's" } else { "another than the registry's" }
            ))
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
    }
}
