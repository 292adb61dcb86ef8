//! Three guards, and three ways to lose one.

use std::process;

// ANCHOR: program
struct Entry(&'static str);

impl Entry {
    fn new(name: &'static str) -> Self {
        println!("{name} is entered");
        Self(name)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        println!("{} is taken out", self.0);
    }
}

fn main() {
    let _kept = Entry::new("A");
    let _ = Entry::new("B");
    let result = std::panic::catch_unwind(|| {
        let _guard = Entry::new("C");
        std::panic::resume_unwind(Box::new("no more orders"));
    });
    println!("it panicked: {}", result.is_err());
    process::exit(0)
}
// ANCHOR_END: program
