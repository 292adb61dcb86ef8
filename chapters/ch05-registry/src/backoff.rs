//! How long to wait before the next attempt.

use std::time::Duration;

/// The first wait: 50 ms. A connection that broke by accident is back by then.
pub const FIRST: Duration = Duration::from_millis(50);
/// The longest wait: 5 s, Dubbo's retry period.
pub const LONGEST: Duration = Duration::from_secs(5);

/// How long to wait after `attempts` failures in a row: doubled each time, up to [`LONGEST`], of which a random
/// part is taken away, at most half. A registry that comes back would otherwise be visited by everybody at once.
// ANCHOR: after
pub fn after(attempts: u32, random: &mut fastrand::Rng) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16); // 2^16 × 50 ms is far beyond the longest
    let wait = (FIRST * 2u32.pow(doublings)).min(LONGEST);
    wait - wait.mul_f64(random.f64() / 2.0)
}
// ANCHOR_END: after

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_a_bound_and_no_two_are_alike() {
        let mut random = fastrand::Rng::with_seed(5);
        for (attempts, whole) in [(1, 50), (2, 100), (3, 200), (7, 3200), (8, 5000), (u32::MAX, 5000)] {
            let whole = Duration::from_millis(whole);
            for _ in 0..100 {
                let wait = after(attempts, &mut random);
                assert!(wait > whole / 2 && wait <= whole, "{attempts}: {wait:?} of {whole:?}");
            }
        }
        assert_ne!(after(8, &mut random), after(8, &mut random));
    }
}
