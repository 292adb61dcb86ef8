//! ZooKeeper as a registry: a tree of nodes, of which some live only as long as the session that made them.
//!
//! ```text
//!   provider ── session ──▶ /dubbo/OrderService/providers/yrpc%3A%2F%2F127.0.0.1%3A7050…   ephemeral
//!                 │ pings                     │
//!                 ▼                           │ one-shot watch: "something has changed"
//!   no ping for a session's time:             ▼
//!   ZooKeeper deletes all its nodes       caller reads the names again, and arms the next watch
//! ```
//!
//! The lease is the *session*: the client library pings for all registrations at once, and nothing is renewed
//! one by one. So [`renew`](crate::Backend::renew) only looks whether the node is there and belongs to the session.
//! After a session has expired, the next call makes another session, and all that was registered is registered again.
//!
//! A node disappears when the session *expires*, not when the connection breaks. That is what sessions are
//! for: a provider whose network hiccups keeps its place. It is also why a provider that was killed stays in
//! the list for a session's time, plus up to one tick of the server. [R-05]
//!
//! - [`layout`]: where nodes are and what they say.
//! - `session.rs`: makes and deletes nodes, also when answers are lost.
//! - `link.rs`: one session at a time, and every call bounded.
//! - `watch.rs`, `children.rs`: follows a directory.
//!
//! What ZooKeeper promises [R-07]: all changes in one order; each client sees them in that order, but perhaps
//! later than another. A registry needs no more.

mod children;
pub mod layout;
mod link;
mod session;
mod watch;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::process;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use zookeeper_client::{Error, SessionId};

pub use self::layout::Layout;
use self::link::Link;
use self::watch::Clock;
pub use self::watch::ZooKeeperWatch;
use crate::backend::{Backend, Offer, Renewal};
use crate::error::RegistryError;

/// How to reach a ZooKeeper, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZooKeeperOptions {
    /// The servers, and below which node everything is: `10.0.0.1:2181,10.0.0.2:2181/shop`. That node has to
    /// exist.
    pub servers: String,
    /// Where nodes are: as Dubbo does it, with `yrpc`.
    pub layout: Layout,
    /// How long a session outlives its last sign of life: 10 s. A crash is seen that late; Dubbo waits 60 s.
    /// Shorter, and a long pause of a provider (or of a network) takes it from the list. The server has the
    /// last word: it grants 2 to 20 of its ticks (of 2 s each, if nobody has changed that).
    pub session: Duration,
    /// How long one call may take: 3 s. A healthy ZooKeeper answers in milliseconds; after a leader's death
    /// the others need about a second for another.
    pub patience: Duration,
}

impl ZooKeeperOptions {
    /// With the defaults.
    pub fn new(servers: impl Into<String>) -> Self {
        Self {
            servers: servers.into(),
            layout: Layout::Dubbo { protocol: "yrpc".into() },
            session: Duration::from_secs(10),
            patience: Duration::from_secs(3),
        }
    }
}

/// A ZooKeeper as the back of a [`RegistryClient`](crate::RegistryClient). It has one session for everything.
#[derive(Debug)]
pub struct ZooKeeper {
    link: Arc<Link>,
}

/// An ephemeral node, and the session that made it.
#[derive(Debug, Clone)]
pub struct ZooKeeperLease {
    session: SessionId,
    path: String,
}

impl ZooKeeper {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When there are no threads left.
    pub fn new(options: ZooKeeperOptions) -> Result<Self, RegistryError> {
        Ok(Self { link: Arc::new(Link::new(options)?) })
    }
}

impl Backend for ZooKeeper {
    type Lease = ZooKeeperLease;
    type Watch = ZooKeeperWatch;

    fn name(&self) -> String {
        self.link.name().to_owned()
    }

    fn renew_every(&self) -> Duration {
        self.link.granted() / 3
    }

    fn register(&self, offer: &Offer) -> Result<Self::Lease, RegistryError> {
        let node = self.link.options.layout.provider(offer);
        let (session, _) = self.link.create(&node)?;
        Ok(ZooKeeperLease { session: session.id(), path: node.path() })
    }

    /// The session is pinged by the client library, for all registrations at once. What is left to ask is
    /// whether the node is still there: somebody may have deleted it by hand, or a job that cleans up.
    // ANCHOR: renew
    fn renew(&self, lease: &Self::Lease) -> Result<Renewal, RegistryError> {
        let owned = self.link.call(async {
            let last = self.link.last_session().await;
            match last.filter(|session| session.id() == lease.session && !session.is_over()) {
                None => Ok(false), // it went with its session
                // Not worth waiting for: it is asked again soon.
                Some(session) if !session.is_connected() => Err(Error::ConnectionLoss),
                Some(session) => session.owns(&lease.path).await,
            }
        });
        match owned {
            Ok(true) => Ok(Renewal::Kept),
            Ok(false) => Ok(Renewal::Gone),
            Err(error) => Err(error),
        }
    }
    // ANCHOR_END: renew

    /// Whichever session made the node: any session may delete it.
    fn deregister(&self, lease: &Self::Lease) -> Result<(), RegistryError> {
        self.link.delete(&lease.path)
    }

    fn watch(&self, service: &ServiceKey) -> Result<Self::Watch, RegistryError> {
        let options = &self.link.options;
        let id = format!("{:016x}", fastrand::u64(..));
        let node = options.layout.consumer(service, own_ip(&options.servers), process::id(), &id);
        let (session, stat) = self.link.create(&node)?;
        let clock = Clock { made: stat.ctime, at: Instant::now() };
        Ok(ZooKeeperWatch::new(Arc::clone(&self.link), session, service.clone(), node.path(), clock))
    }
}

/// The address that this machine has on the way to the first of `servers`, for an operator who reads the tree.
/// Nothing is sent: a UDP socket that is "connected" only looks up the way. `0.0.0.0` when the server has a
/// name: looking that up may take long.
fn own_ip(servers: &str) -> IpAddr {
    let first = servers.split([',', '/']).next().unwrap_or_default();
    let way = || {
        let server: SocketAddr = first.parse().ok()?;
        let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { "::".parse().ok()? };
        let socket = UdpSocket::bind((any, 0)).ok()?;
        socket.connect(server).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    way().unwrap_or(Ipv4Addr::UNSPECIFIED.into())
}
