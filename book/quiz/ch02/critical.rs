//! A server that knows the extensions 1 to 3, and a client that knows 50.

use ch02_protocol::{Extensions, extension::number};

fn main() {
    for (how, critical) in [("plain", false), ("critical", true)] {
        let extensions = Extensions::none().with(50, critical, b"from a later version");
        match extensions.unknown_critical(&number::KNOWN) {
            None => println!("{how}: run it"),
            Some(unknown) => println!("{how}: refuse it, {unknown} is unknown"),
        }
    }
}
