//! A borrowed argument on its way: lent by the caller, owned by the server.

use std::borrow::Cow;

use ch03_codec::Marshaller;
use ch04_proxy::Proxy;
use serde::{Deserialize, Serialize};

// ANCHOR: program
/// What `#[service]` writes for `fn say_hello(&self, name: &str)`.
#[derive(Serialize, Deserialize)]
struct SayHello<'a> {
    name: Cow<'a, str>,
}

fn main() {
    let name = String::from("world");
    let sent = SayHello { name: Cow::Borrowed(&name) };
    println!("the caller copied the name: {}", name.as_ptr() != sent.name.as_ptr());

    let marshaller = Marshaller::default();
    let body = marshaller.write(Proxy::FORMAT, &sent).unwrap();
    let came: SayHello<'static> = marshaller.read(&body).unwrap();
    println!("the server owns its name: {}", matches!(came.name, Cow::Owned(_)));
}
// ANCHOR_END: program
