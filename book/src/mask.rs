//! Two runs of one program never print the same times and ports. Masks take out what may differ.

use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::Regex;

use crate::captures::Capture;

static BUILT_IN: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let mask = |pattern: &str, with| (Regex::new(pattern).expect("a valid pattern"), with);
    vec![
        mask(r"(127\.0\.0\.1|localhost|\[::1\]):\d+", "$1:PORT"),
        mask(r"\bport \d+", "port PORT"),
        mask(r"\b\d+(\.\d+)? ?(ns|µs|us|ms|s)\b", "DURATION"),
        mask(r"ThreadId\(\d+\)", "ThreadId(ID)"),
        // A panic names its thread by the system's number since Rust 1.91.
        mask(r"\(\d+\) panicked at", "(ID) panicked at"),
        mask(r"\[pid +\d+\]", "[pid PID]"),
        mask(r"\bpid \d+", "pid PID"),
    ]
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[\d.,_]*").expect("a valid pattern"));
// A shorter number is padded with more blanks or a longer rule.
static PADDING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[ \t]+|-{2,}|─{2,}|═{2,}").expect("a valid pattern"));

/// Makes two texts comparable.
pub struct Masks {
    own: Vec<(Regex, String)>,
    timed: bool,
}

impl Masks {
    /// The built-in masks and the capture's own.
    pub fn of(capture: &Capture) -> Result<Masks> {
        let parse = |mask: &String| {
            let (pattern, with) = mask.split_once("=>").with_context(|| format!("{mask:?} has no `=>`"))?;
            Ok((Regex::new(pattern).with_context(|| format!("mask {mask:?}"))?, with.to_string()))
        };
        Ok(Masks { own: capture.mask.iter().map(parse).collect::<Result<_>>()?, timed: capture.timed })
    }

    /// The text with everything masked that may differ from run to run.
    pub fn apply(&self, text: &str) -> String {
        let mut text = text.replace("\r\n", "\n");
        for (pattern, with) in &self.own {
            text = pattern.replace_all(&text, with).into_owned();
        }
        for (pattern, with) in BUILT_IN.iter() {
            text = pattern.replace_all(&text, *with).into_owned();
        }
        if self.timed {
            text = NUMBER.replace_all(&text, "#").into_owned();
        }
        let unpadded = |line: &str| {
            PADDING
                .replace_all(line.trim_end(), |found: &regex::Captures<'_>| {
                    found[0].chars().next().map_or(String::new(), |c| c.to_string())
                })
                .into_owned()
        };
        text.trim_end().lines().map(unpadded).collect::<Vec<_>>().join("\n")
    }
}

/// The first line in which two texts differ once they are masked: its number, and both lines as they are.
pub fn drift(masks: &Masks, stored: &str, fresh: &str) -> Option<(usize, String, String)> {
    let (masked_stored, masked_fresh) = (masks.apply(stored), masks.apply(fresh));
    let mut pairs = (masked_stored.lines().collect::<Vec<_>>(), masked_fresh.lines().collect::<Vec<_>>());
    let longest = pairs.0.len().max(pairs.1.len());
    pairs.0.resize(longest, "(no such line)");
    pairs.1.resize(longest, "(no such line)");
    let at = (0..longest).find(|at| pairs.0[*at] != pairs.1[*at])?;
    Some((at + 1, pairs.0[at].to_string(), pairs.1[at].to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(own: &[&str], timed: bool) -> Masks {
        let own = own.iter().map(|mask| format!("{mask:?}")).collect::<Vec<_>>().join(", ");
        let text = format!("name = 'n'\ncommand = ['c']\nmask = [{own}]\ntimed = {timed}");
        Masks::of(&toml::from_str(&text).expect("a capture")).expect("masks")
    }

    #[test]
    fn ports_times_and_thread_ids_may_differ() {
        let first = "from 127.0.0.1:40112 in 12.3 µs by ThreadId(2)\nthread 'a' (99) panicked at x.rs";
        let again = "from 127.0.0.1:9 in 1 ms by ThreadId(7)\nthread 'a' (1234) panicked at x.rs";
        assert_eq!(drift(&masks(&[], false), first, again), None);
    }

    #[test]
    fn anything_else_is_drift_at_its_line() {
        let found = drift(&masks(&[], false), "same\n5 bytes\n", "same\n6 bytes\n");
        assert_eq!(found, Some((2, "5 bytes".into(), "6 bytes".into())));
        assert!(drift(&masks(&[], false), "one\n", "one\ntwo\n").is_some());
    }

    #[test]
    fn timed_output_is_compared_by_its_shape() {
        assert_eq!(drift(&masks(&[], true), "calls  1,000  9.5", "calls  87  123.25"), None);
        assert!(drift(&masks(&[], true), "calls 1", "errors 1").is_some());
    }

    #[test]
    fn a_capture_brings_its_own_masks() {
        assert_eq!(drift(&masks(&["id=[a-f0-9]+=>id=ID"], false), "id=af", "id=03"), None);
    }
}
