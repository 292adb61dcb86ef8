//! Many measurements, three numbers.

use std::time::{Duration, Instant};

use serde::Serialize;

/// Latencies in microseconds. The mean is missing on purpose: nobody waits for the mean.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Latency {
    /// Half of the calls were faster.
    pub p50_us: f64,
    /// One call in a hundred was slower.
    pub p99_us: f64,
    /// The slowest.
    pub max_us: f64,
}

impl Latency {
    /// # Panics
    /// When there is nothing to look at.
    pub fn of(mut samples: Vec<Duration>) -> Self {
        samples.sort_unstable();
        let at = |per_cent: usize| {
            let index = (samples.len() * per_cent).div_ceil(100).clamp(1, samples.len()) - 1;
            samples[index].as_secs_f64() * 1e6
        };
        Self { p50_us: at(50), p99_us: at(99), max_us: at(100) }
    }
}

/// Microseconds as a reader wants them: `38 µs`, `4.1 ms`.
pub fn show(us: f64) -> String {
    if us < 1000.0 { format!("{us:.0} µs") } else { format!("{:.1} ms", us / 1000.0) }
}

/// How long `work` takes, in nanoseconds: the fastest of the rounds that fit into `budget`. Everything that
/// disturbs a measurement makes it longer.
pub fn nanoseconds(budget: Duration, mut work: impl FnMut()) -> f64 {
    /// So many in a row that the clock's own grain does not matter.
    const ROUND: u32 = 32;
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    loop {
        let round = Instant::now();
        (0..ROUND).for_each(|_| work());
        best = best.min(round.elapsed().as_secs_f64() * 1e9 / f64::from(ROUND));
        if begin.elapsed() > budget {
            return best;
        }
    }
}
