//! A zone with an ampersand in it, as the name of a node, and four readers of it.

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use ch05_registry::url::{ProviderUrl, decode};

fn main() {
    let address = "10.0.0.7:7050".parse().expect("an address");
    let endpoint = Endpoint::new(address).with("zone", "a&weight=9").expect("a label");
    let service = ServiceKey::parse("S").expect("a name");
    let url = ProviderUrl { protocol: "yrpc".into(), service, endpoint, registration: None };
    let shown = |text: &str| text.split_once("zone").expect("it has a zone").1.to_owned();

    println!("address     zone{}", shown(&url.to_url()));
    let node = url.to_node();
    println!("node        zone{}", shown(&node));

    let once = decode(&node).expect("it was encoded");
    let twice = decode(&once).expect("it was encoded twice");
    for (name, text) in [("once", once), ("twice", twice)] {
        let parameters = text.split_once('?').expect("it has parameters").1.split('&');
        let found: Vec<_> =
            parameters.filter(|it| it.starts_with("zone") || it.starts_with("weight")).collect();
        println!("{name:<11} {}", found.join("  "));
    }
    let read = ProviderUrl::from_node(&node).expect("we wrote it");
    println!("in between  zone={}", read.endpoint.label("zone").expect("it has a zone"));
}
