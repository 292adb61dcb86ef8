//! Responses in any order, twice, unknown and late.

use ch02_protocol::InFlight;

fn main() {
    let mut calls = InFlight::new(8);
    for name in ["a", "b", "c"] {
        calls.insert(name).expect("there is room for eight");
    }
    for id in [3, 1, 1, 99] {
        println!("response {id}: for {:?}", calls.take(id));
    }
    calls.take(2); // its caller gives up
    println!("response 2: for {:?}", calls.take(2));
    let id = calls.insert("d").expect("there is room for eight");
    println!("the next call is {id}, and {} waits", calls.len());
}
