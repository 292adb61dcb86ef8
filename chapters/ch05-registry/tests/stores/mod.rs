//! What the tests of backends share: offers, and waiting for a list.

use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::backend::{Backend, Offer, Watch};
use ch05_registry::{Endpoint, Listing, RegistryError};

/// Long enough for everything that has to happen.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// For what is not expected to happen.
pub const MOMENT: Duration = Duration::from_millis(20);
/// Keys of which one begins as another does.
pub const ALIKE: [&str; 8] = ["a", "ab", "a.b", "a/b", "b/a", "a:1", "a:1.0", "a$"];

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).unwrap()
}

pub fn offer(service: &str, port: u16, id: &str) -> Offer {
    let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("zone", "a/b ?&=%北\u{1b}").unwrap();
    Offer { service: key(service), endpoint, id: id.into() }
}

pub fn ports(listing: &Listing) -> Vec<u16> {
    let mut ports: Vec<_> = listing.entries.iter().map(|it| it.endpoint.address().port()).collect();
    ports.sort_unstable();
    ports
}

/// Follows until the list is as it should be.
pub fn until(watch: &mut impl Watch, wanted: &[u16]) -> Listing {
    let end = Instant::now() + PATIENCE;
    let mut last = None;
    while Instant::now() < end {
        last = watch.next(Duration::from_secs(1)).unwrap().or(last);
        if let Some(listing) = last.take_if(|listing| ports(listing) == wanted) {
            return listing;
        }
    }
    panic!("expected the ports {wanted:?}, at last there was {last:?}");
}

/// Follows until that is not possible any more.
pub fn until_lost(watch: &mut impl Watch) -> RegistryError {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Err(error) = watch.next(Duration::from_secs(1)) {
            return error;
        }
    }
    panic!("the registry is away, and the watch has not noticed");
}

/// Whether somebody says that the registry cannot be reached.
#[track_caller]
pub fn away<T: std::fmt::Debug>(result: Result<T, RegistryError>) {
    assert!(matches!(result, Err(RegistryError::Unreachable { .. })), "expected Unreachable, got {result:?}");
}

/// Where nobody listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// What every store has to do: who registers is listed as it is, until it leaves; and nobody else is.
pub fn comes_and_goes<B: Backend>(backend: &B) {
    let first = offer("blue/OrderService:1.0", 1, "a");
    let mut watch = backend.watch(&first.service).unwrap();
    assert_eq!(watch.next(PATIENCE).unwrap().map(|it| ports(&it)), Some(vec![]), "nobody, and at once");
    assert_eq!(watch.next(MOMENT), Ok(None));
    let lease = backend.register(&first).unwrap();
    let listing = until(&mut watch, &[1]);
    assert_eq!(*listing.entries[0].endpoint, first.endpoint);
    let second = backend.register(&offer("blue/OrderService:1.0", 2, "b")).unwrap();
    let listing = until(&mut watch, &[1, 2]);
    let order = |port| listing.entries.iter().find(|it| it.endpoint.address().port() == port).unwrap().order;
    assert!(order(1) < order(2), "who came later has the larger number");
    backend.deregister(&lease).unwrap();
    until(&mut watch, &[2]);
    backend.deregister(&second).unwrap();
    backend.deregister(&second).unwrap();
    until(&mut watch, &[]);
}

/// Each of the services that are named alike has its own provider, whatever strangers have written before.
pub fn keeps_to_itself<B: Backend>(backend: &B) {
    for (service, port) in ALIKE.iter().zip(1..) {
        backend.register(&offer(service, port, "a")).unwrap();
    }
    for (service, port) in ALIKE.iter().zip(1..) {
        let mut watch = backend.watch(&key(service)).unwrap();
        assert_eq!(watch.next(PATIENCE).unwrap().map(|it| ports(&it)), Some(vec![port]), "{service}");
    }
}

/// A thousand changes as fast as they go, while somebody follows: the last list is the right one.
pub fn survives_a_storm<B: Backend>(backend: &B) {
    let mut watch = backend.watch(&key("S")).unwrap();
    let wanted = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut held = Vec::new();
            for change in 0..1000u16 {
                if change % 3 == 2 {
                    let (_, lease) = held.swap_remove(usize::from(change) * 7 % held.len());
                    backend.deregister(&lease).unwrap();
                } else {
                    let offer = offer("S", change + 1, &change.to_string());
                    held.push((change + 1, backend.register(&offer).unwrap()));
                }
            }
            let mut ports: Vec<_> = held.into_iter().map(|(port, _)| port).collect();
            ports.sort_unstable();
            ports
        });
        while !writer.is_finished() {
            watch.next(MOMENT).unwrap();
        }
        writer.join().unwrap()
    });
    // Whatever it was given last, one more change brings the whole list.
    backend.register(&offer("S", 2000, "last")).unwrap();
    let wanted = [&wanted[..], &[2000]].concat();
    until(&mut watch, &wanted);
    until(&mut backend.watch(&key("S")).unwrap(), &wanted);
}
