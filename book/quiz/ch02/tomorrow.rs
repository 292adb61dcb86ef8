//! Numbers that were invented after this client.

use ch02_protocol::Status;

fn main() {
    for number in [142, 302, 999] {
        println!("{number}: {:?}", Status(number).outcome());
    }
}
