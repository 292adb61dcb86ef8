//! A storm of changes becomes a few, and the first is not delayed.

use std::time::{Duration, Instant};

/// The longest window: 60 s. A caller that hears of nothing for longer has no use for a registry.
pub const MAX_WINDOW: Duration = Duration::from_secs(60);

/// Lets the first change through at once, and what follows within a window as one, at its end.
///
/// ```text
///   changes    │ ││││  ││              │
///   published  ▲         ▲             ▲
///              ├─ window ┼─ window ─┤  first again
/// ```
///
/// A rolling restart changes a list some hundred times in a second, and each new list makes every caller build
/// its tables anew (chapter 6). Driven by `now`; no clock, no thread.
#[derive(Debug)]
pub struct Debounce {
    window: Duration,
    /// Until when changes wait.
    closed_until: Option<Instant>,
    /// Whether one waits.
    waiting: bool,
}

impl Debounce {
    /// Publishes at most once in each `window`, of [`MAX_WINDOW`] at most.
    pub fn new(window: Duration) -> Self {
        Self { window: window.min(MAX_WINDOW), closed_until: None, waiting: false }
    }

    /// Something has changed. Whether to publish it now.
    // ANCHOR: change
    pub fn change(&mut self, now: Instant) -> bool {
        self.waiting = true;
        self.poll(now)
    }
    // ANCHOR_END: change

    /// When to ask [`poll`](Self::poll) again; `None` when nothing waits.
    pub fn due(&self) -> Option<Instant> {
        self.closed_until.filter(|_| self.waiting)
    }

    /// Whether to publish at `now` what has changed before.
    // ANCHOR: poll
    pub fn poll(&mut self, now: Instant) -> bool {
        let open = self.closed_until.is_none_or(|end| now >= end);
        let publish = self.waiting && open;
        if publish {
            self.waiting = false;
            self.closed_until = Some(now + self.window);
        }
        publish
    }
    // ANCHOR_END: poll
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_millis(50);

    #[test]
    fn the_first_at_once_the_rest_together() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut debounce = Debounce::new(WINDOW);
        assert_eq!((debounce.due(), debounce.poll(start)), (None, false));
        assert!(debounce.change(at(0)));
        assert_eq!(debounce.due(), None, "nothing waits");
        assert!(!debounce.change(at(10)) && !debounce.change(at(40)));
        assert_eq!(debounce.due(), Some(at(50)), "a later change does not push it away");
        assert!(!debounce.poll(at(49)) && debounce.poll(at(50)));
        assert!(!debounce.change(at(60)), "the window after the second publication");
        assert!(debounce.poll(at(100)));
        assert!(debounce.change(at(150)), "the storm is over: at once again");
    }

    #[test]
    fn a_storm_costs_one_publication_per_window_and_the_last_change_is_in() {
        let start = Instant::now();
        let mut debounce = Debounce::new(WINDOW);
        let published = (0..1000).filter(|ms| debounce.change(start + Duration::from_millis(*ms))).count();
        assert_eq!(published, 20);
        assert!(debounce.poll(debounce.due().unwrap()), "the change at 999 ms");
    }

    #[test]
    fn without_a_window_everything_passes() {
        let now = Instant::now();
        let mut debounce = Debounce::new(Duration::ZERO);
        assert!(debounce.change(now) && debounce.change(now));
        let mut longest = Debounce::new(Duration::MAX);
        assert!(longest.change(now) && !longest.change(now));
        assert_eq!(longest.due(), Some(now + MAX_WINDOW));
    }
}
