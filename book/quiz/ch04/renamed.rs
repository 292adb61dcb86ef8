//! The caller's trait and the server's do not agree: about a name, about the order, about how many there are.

use std::sync::Arc;

use ch03_codec::{CodecTable, Format, Marshaller};
use ch04_proxy::{Dispatcher, NoError, Proxy, RpcError, ServiceKey, Signature, Skeleton};
use serde::{Deserialize, Serialize};

// ANCHOR: types
/// The server: `fn price(&self, id: u64, pieces: u64, currency: Option<String>)`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Price {
    id: u64,
    pieces: u64,
    currency: Option<String>,
}

/// `fn price(&self, order: u64, pieces: u64, currency: Option<String>)`
#[derive(Serialize)]
struct Renamed {
    order: u64,
    pieces: u64,
    currency: Option<String>,
}
/// `fn price(&self, pieces: u64, id: u64, currency: Option<String>)`
#[derive(Serialize)]
struct Swapped {
    pieces: u64,
    id: u64,
    currency: Option<String>,
}
// ANCHOR_END: types

/// One argument more.
#[derive(Serialize)]
struct Longer {
    id: u64,
    pieces: u64,
    currency: Option<String>,
    gift: bool,
}

/// One argument less.
#[derive(Serialize)]
struct Shorter {
    id: u64,
    pieces: u64,
}

fn main() {
    let key = ServiceKey::parse("Prices").expect("a name");
    let signature = Signature { name: "price", arguments: &[], returns: "String" };
    let skeleton = Skeleton::new(key.clone(), "NoError").method(signature, |price: Price| {
        let Price { id, pieces, currency } = price;
        Ok::<_, NoError>(format!("{pieces} of {id}{}", currency.unwrap_or_default()))
    });
    let mut dispatcher = Dispatcher::new(Arc::new(Marshaller::default()));
    dispatcher.add(skeleton).expect("the first");
    let dispatcher = Arc::new(dispatcher);

    println!("          renamed   swapped   longer    shorter");
    for codec in CodecTable::default().iter() {
        let format = Format { codec: codec.id(), compressor: 0 };
        let proxy = Proxy::new(key.clone(), dispatcher.clone()).with_format(format);
        let (id, pieces, currency) = (7, 3, None);
        let answers = [
            told(proxy.call("price", &Renamed { order: id, pieces, currency: currency.clone() })),
            told(proxy.call("price", &Swapped { pieces, id, currency: currency.clone() })),
            told(proxy.call("price", &Longer { id, pieces, currency, gift: true })),
            told(proxy.call("price", &Shorter { id, pieces })),
        ];
        println!("{:8}  {}", codec.name(), answers.map(|answer| format!("{answer:8}")).join("  ").trim_end());
    }
}

fn told(result: Result<String, RpcError<NoError>>) -> String {
    match result {
        Ok(price) => price,
        Err(error) => error.status().map_or("no status".into(), |status| status.0.to_string()),
    }
}
