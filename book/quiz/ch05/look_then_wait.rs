//! The same change, between two lines, in two orders. No thread is needed: each step is made by hand.

use std::time::Duration;

use event_listener::{Event, Listener as _};

// ANCHOR: program
struct Board {
    providers: u32,
    changed: Event,
}

impl Board {
    fn provider_comes(&mut self) {
        self.providers += 1;
        self.changed.notify(usize::MAX);
    }
}

fn main() {
    // Look, then listen.
    let mut board = Board { providers: 0, changed: Event::new() };
    let looked = board.providers;
    board.provider_comes(); // between the two
    let listener = board.changed.listen();
    let woken = listener.wait_timeout(Duration::ZERO).is_some();
    println!("saw {looked}, woken: {woken}");

    // Listen, then look.
    let mut board = Board { providers: 0, changed: Event::new() };
    let listener = board.changed.listen();
    board.provider_comes(); // between the two
    let looked = board.providers;
    let woken = listener.wait_timeout(Duration::ZERO).is_some();
    println!("saw {looked}, woken: {woken}");
}
// ANCHOR_END: program
