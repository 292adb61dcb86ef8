//! A call by name: whoever provides the service now.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use ch02_protocol::ClientOptions;
use ch04_proxy::filters::worth_another_attempt;
use ch04_proxy::{CallError, Client, Invocation, Invoker, Reply};

use crate::snapshot::Snapshot;
use crate::subscription::Subscription;

/// How many providers one call tries at most: 3. Each attempt may cost a connection's time-out.
pub const MAX_ATTEMPTS: usize = 3;
/// How long the first call waits to hear who provides the service: 3 s.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// Calls one service by its name. [R-01] [R-09]
///
/// ```text
///   stub ─▶ Named ─ snapshot() ─▶ in turn: ─▶ Client 127.0.0.1:7051
///                                          └▶ Client 127.0.0.1:7052   when the first never ran
/// ```
///
/// It takes the providers in turn, and another one when a call never ran; that a call may have run is its
/// caller's business. Whom to choose, and whom to avoid, is chapter 6's.
pub struct Named {
    subscription: Subscription,
    options: ClientOptions,
    patience: Duration,
    routes: ArcSwap<Routes>,
    /// Held by who makes new routes.
    making: Mutex<()>,
    turn: AtomicUsize,
}

/// A way to everybody in one snapshot, in its order.
struct Routes {
    snapshot: Arc<Snapshot>,
    clients: Vec<Arc<Client>>,
}

impl Named {
    /// Calls whoever `subscription` lists.
    pub fn new(subscription: Subscription, options: ClientOptions) -> Self {
        let nobody = Snapshot::new(subscription.service().clone(), 0, Vec::new());
        let routes = Routes { snapshot: Arc::new(nobody), clients: Vec::new() };
        Self {
            subscription,
            options,
            patience: PATIENCE,
            routes: ArcSwap::from_pointee(routes),
            making: Mutex::new(()),
            turn: AtomicUsize::new(0),
        }
    }

    /// Waits another time than [`PATIENCE`] for the first snapshot.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Who is called.
    pub fn subscription(&self) -> &Subscription {
        &self.subscription
    }

    /// The ways to everybody who is listed now. No lock, unless the list has just changed.
    // ANCHOR: routes
    fn routes(&self) -> Arc<Routes> {
        let snapshot = self.subscription.snapshot();
        if snapshot.version() > 0 && self.routes.load().snapshot.version() == snapshot.version() {
            return self.routes.load_full();
        }
        drop(snapshot);
        self.new_routes()
    }
    // ANCHOR_END: routes

    fn new_routes(&self) -> Arc<Routes> {
        if self.subscription.snapshot().version() == 0 {
            // Everybody waits at the same time; the lock below is for those who know something.
            self.subscription.wait_newer(0, self.patience);
        }
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = Arc::clone(&self.subscription.snapshot());
        let old = self.routes.load_full();
        if old.snapshot.version() == snapshot.version() {
            return old;
        }
        // Who stays keeps its connection; who has gone takes it away when the last call has ended.
        let mut known: HashMap<SocketAddr, Arc<Client>> =
            old.clients.iter().map(|client| (client.address(), Arc::clone(client))).collect();
        let addresses = snapshot.providers().iter().map(|provider| provider.endpoint.address());
        let client = |address| {
            let new = || Arc::new(Client::new(address, self.options.clone()));
            known.remove(&address).unwrap_or_else(new)
        };
        let clients = addresses.map(client).collect();
        let routes = Arc::new(Routes { snapshot, clients });
        self.routes.store(Arc::clone(&routes));
        routes
    }
}

impl Invoker for Named {
    // ANCHOR: invoke
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        let refused = |why: String| CallError::Refused { why };
        if invocation.service() != self.subscription.service() {
            let (asked, ours) = (invocation.service(), self.subscription.service());
            return Err(refused(format!("{asked} is called by the way to {ours}")));
        }
        let routes = self.routes();
        let count = routes.snapshot.require().map_err(|error| refused(error.to_string()))?.len();
        let turn = self.turn.fetch_add(1, Relaxed);
        let mut result = routes.clients[turn % count].invoke(invocation);
        for next in 1..count.min(MAX_ATTEMPTS) {
            if !worth_another_attempt(&result) {
                break;
            }
            result = routes.clients[turn.wrapping_add(next) % count].invoke(invocation);
        }
        result
    }
    // ANCHOR_END: invoke
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Named").field("service", self.subscription.service()).finish_non_exhaustive()
    }
}
