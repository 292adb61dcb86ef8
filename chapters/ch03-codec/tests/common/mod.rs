//! What the tests with made-up values share: numbered cases, and values of every type.

pub mod made;
pub mod types;

use fastrand::Rng;

/// A number from the environment.
pub fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: expected a number, got {text:?}")))
}

/// Runs `case` with the seeds from 0 on: as many as `CASES` says, or `default`. `CASE` names a single one.
/// A failure says which case it was. Gives the number of cases.
pub fn each_case(default: u64, mut case: impl FnMut(Rng)) -> u64 {
    struct Named(u64);
    impl Drop for Named {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was case {0}: CASE={0} repeats it", self.0);
            }
        }
    }
    let count = number("CASES").unwrap_or(default);
    let cases = number("CASE").map_or(0..count, |only| only..only + 1);
    let length = cases.end - cases.start;
    for seed in cases {
        if seed > 0 && seed % 1_000_000 == 0 {
            eprintln!("{seed} of {count} cases");
        }
        let _named = Named(seed);
        case(Rng::with_seed(seed));
    }
    length
}
