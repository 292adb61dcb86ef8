//! A small harness: contestants take turns, medians are compared.
//!
//! ```text
//!   round 1:  A A A A  B B B B  C C C C
//!   round 2:  A A A A  B B B B  C C C C     a slow moment of the machine hits all of them
//!   …                                       one mean per contestant and round → median, middle half
//! ```
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use serde::Serialize;

/// One contestant: a name, and a piece of work that can be repeated.
pub struct Contestant<'a> {
    /// As the table shows it.
    pub name: &'a str,
    /// Runs once.
    pub work: Box<dyn FnMut() + 'a>,
}

/// What a contestant needed for one piece of work.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The contestant's name.
    pub name: String,
    /// Nanoseconds in the median round.
    pub median_ns: f64,
    /// Nanoseconds at the lower and the upper end of the middle half of the rounds.
    pub middle_half_ns: (f64, f64),
    /// Median divided by the first contestant's median.
    pub times_the_first: f64,
}

/// Rounds: 21. Odd, so that the median is a round that happened; enough that the middle half has ten.
const ROUNDS: usize = 21;

/// Lets the contestants take turns and compares each with the first. `round` is about how long one
/// contestant works in one round; 20 ms is far above the clock's grain and far below a person's patience.
pub fn compare(mut contestants: Vec<Contestant<'_>>, round: Duration) -> Vec<Outcome> {
    let repeats: Vec<u32> = contestants.iter_mut().map(|one| calibrate(&mut one.work, round)).collect();
    let mut means = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for _ in 0..ROUNDS {
        for (index, one) in contestants.iter_mut().enumerate() {
            let start = Instant::now();
            for _ in 0..repeats[index] {
                (one.work)();
            }
            means[index].push(start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats[index]));
        }
    }
    let mut first = None;
    contestants
        .iter()
        .zip(means)
        .map(|(one, mut means)| {
            means.sort_by(f64::total_cmp);
            let median_ns = means[ROUNDS / 2];
            let base = *first.get_or_insert(median_ns);
            Outcome {
                name: one.name.to_owned(),
                median_ns,
                middle_half_ns: (means[ROUNDS / 4], means[ROUNDS - 1 - ROUNDS / 4]),
                times_the_first: median_ns / base,
            }
        })
        .collect()
}

/// How often the work fits into one round; also warms it up.
fn calibrate(work: &mut impl FnMut(), round: Duration) -> u32 {
    let mut repeats = 1;
    loop {
        let start = Instant::now();
        for _ in 0..repeats {
            work();
        }
        let took = start.elapsed();
        if took * 4 >= round || repeats >= 1 << 24 {
            let scale = round.as_secs_f64() / took.as_secs_f64().max(1e-9);
            return ((f64::from(repeats) * scale) as u32).clamp(1, 1 << 26);
        }
        repeats *= 4;
    }
}

/// Keeps this process, and all threads that it starts from now on, on one core. Where it cannot be done, says so.
///
/// A call wakes a thread. On the same core that is a switch; on another core it is an interrupt, and on a
/// virtual machine a dear one. Which of the two happens is the scheduler's whim, it differs by a factor of
/// four, and it has nothing to do with what is compared.
pub fn stay_on_one_core() {
    #[cfg(target_os = "linux")]
    {
        use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
        use nix::unistd::Pid;
        let pinned = sched_getaffinity(Pid::from_raw(0)).and_then(|allowed| {
            let mut one = CpuSet::new();
            if let Some(first) = (0..CpuSet::count()).find(|&core| allowed.is_set(core).unwrap_or(false)) {
                one.set(first)?;
            }
            sched_setaffinity(Pid::from_raw(0), &one)
        });
        if let Err(error) = pinned {
            eprintln!("note: not on one core ({error}); waking threads across cores will blur the ratios");
        }
    }
    #[cfg(not(target_os = "linux"))]
    eprintln!("note: not on one core on this system; waking threads across cores will blur the ratios");
}

/// The outcomes as a table for people.
pub fn table(outcomes: &[Outcome]) -> String {
    use std::fmt::Write as _;
    let first = outcomes.first().map_or("", |outcome| &outcome.name);
    let width = outcomes.iter().map(|outcome| outcome.name.chars().count()).max().unwrap_or(0);
    let mut text = format!("{:width$}   median        middle half      × {first}\n", "");
    for outcome in outcomes {
        let (low, high) = outcome.middle_half_ns;
        let _ = writeln!(
            text,
            "{:width$} {:>9} {:>9} – {:<9} {:>8.*}",
            outcome.name,
            show(outcome.median_ns),
            show(low),
            show(high),
            if outcome.times_the_first < 0.1 { 4 } else { 1 },
            outcome.times_the_first,
        );
    }
    text
}

fn show(ns: f64) -> String {
    match ns {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.2} ms", ns / 1e6),
    }
}
