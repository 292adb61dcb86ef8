//! A server for all tests, somebody who writes into its tree, and ways to wait.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::backend::{Backend, Offer, Renewal, Watch};
use ch05_registry::zookeeper::{Layout, ZooKeeper, ZooKeeperLease, ZooKeeperOptions, ZooKeeperWatch};
use ch05_registry::{Endpoint, Entry};
use real_servers::{RealServer, or_skip};
use zookeeper_client::{Acls, Client, CreateMode, Stat};

/// How long is waited for what has to come.
pub(crate) const LONG: Duration = Duration::from_secs(30);

/// The server of all tests that do it no harm; `None` where there is none. It ends with this process.
pub(crate) fn server() -> Option<&'static RealServer> {
    static SERVER: OnceLock<Option<RealServer>> = OnceLock::new();
    SERVER.get_or_init(|| or_skip(RealServer::zookeeper())).as_ref()
}

pub(crate) fn options(server: &RealServer) -> ZooKeeperOptions {
    ZooKeeperOptions {
        session: Duration::from_secs(10),
        ..ZooKeeperOptions::new(server.address().to_string())
    }
}

pub(crate) fn backend(server: &RealServer) -> ZooKeeper {
    ZooKeeper::new(options(server)).unwrap()
}

pub(crate) fn dubbo(server: &RealServer) -> ZooKeeper {
    ZooKeeper::new(ZooKeeperOptions { layout: Layout::Dubbo { protocol: "dubbo".into() }, ..options(server) })
        .unwrap()
}

pub(crate) fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).unwrap()
}

pub(crate) fn offer(service: &str, port: u16, id: &str) -> Offer {
    let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("zone", "a/b &=%+北").unwrap();
    Offer { service: key(service), endpoint, id: id.into() }
}

/// Somebody who knows nothing of registries.
pub(crate) struct Stranger {
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Stranger {
    pub(crate) fn new(server: &RealServer) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build();
        let runtime = runtime.unwrap();
        let client = runtime.block_on(Client::connect(&server.address().to_string())).unwrap();
        Self { client, runtime }
    }

    pub(crate) fn make(&self, path: &str, data: &[u8]) -> Stat {
        let (parent, _) = path.rsplit_once('/').unwrap();
        let options = CreateMode::Persistent.with_acls(Acls::anyone_all());
        self.runtime.block_on(async {
            self.client.mkdir(parent, &options).await.unwrap();
            self.client.create(path, data, &options).await.unwrap().0
        })
    }

    pub(crate) fn delete(&self, path: &str) {
        self.runtime.block_on(self.client.delete(path, None)).unwrap();
    }

    pub(crate) fn children(&self, path: &str) -> Vec<String> {
        let mut names = self.runtime.block_on(self.client.list_children(path)).unwrap();
        names.sort();
        names
    }

    pub(crate) fn read(&self, path: &str) -> (Vec<u8>, Stat) {
        self.runtime.block_on(self.client.get_data(path)).unwrap()
    }
}

/// Waits until the list is as `is` wants it.
pub(crate) fn until(watch: &mut ZooKeeperWatch, is: impl Fn(&[Entry]) -> bool) -> Vec<Entry> {
    let (end, mut last) = (Instant::now() + LONG, None);
    while Instant::now() < end {
        if let Some(listing) = watch.next(Duration::from_secs(1)).unwrap() {
            if is(&listing.entries) {
                return listing.entries;
            }
            last = Some(listing.entries);
        }
    }
    panic!("not within {LONG:?}; the last list was {last:#?}");
}

pub(crate) fn ports(entries: &[Entry]) -> Vec<u16> {
    let mut ports: Vec<_> = entries.iter().map(|entry| entry.endpoint.address().port()).collect();
    ports.sort_unstable();
    ports
}

/// The list as it is now.
pub(crate) fn now(backend: &ZooKeeper, service: &str) -> Vec<Entry> {
    backend.watch(&key(service)).unwrap().next(LONG).unwrap().expect("the first list comes at once").entries
}

/// Registers, again and again: under load, or while a server wakes up, one attempt may take too long.
pub(crate) fn register(backend: &ZooKeeper, offer: &Offer) -> ZooKeeperLease {
    let end = Instant::now() + LONG;
    loop {
        match backend.register(offer) {
            Ok(lease) => return lease,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
    }
}

/// Waits until the session that made `lease` is over.
pub(crate) fn expired(backend: &ZooKeeper, lease: &ZooKeeperLease) {
    let end = Instant::now() + LONG;
    while backend.renew(lease) != Ok(Renewal::Gone) {
        assert!(Instant::now() < end, "the session lives on");
        std::thread::sleep(Duration::from_millis(20));
    }
}
