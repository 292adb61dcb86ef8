//! 04-02 A dispatcher table.
//!
//! A frame names a service and a method, in words. The table knows what stands behind them.
//!
//! ```text
//!   "OrderService"     ──▶  "get_order"    ──▶ dyn Handler
//!                           "place_order"  ──▶ dyn Handler
//!   "OrderService:2.0" ──▶  "get_order"    ──▶ dyn Handler
//!        │ none: 108             │ none: 102
//!        ▼                       ▼
//!   "no service X; here: …"  "no method m in X; there are: …"
//! ```
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::Marshaller;
use ch04_proxy::dispatcher::Occupied;
use ch04_proxy::{Handler, Invocation, Invoker, ServiceKey};

/// The methods of one service, by name.
pub type Methods = BTreeMap<String, Box<dyn Handler>>;

/// How many names an error's text lists: as many as fit into a line of a terminal.
pub const SHOWN: usize = 8;

/// The services of one server, by key.
pub struct Table {
    services: BTreeMap<ServiceKey, Methods>,
    marshaller: Arc<Marshaller>,
}

impl Table {
    /// No services yet. `marshaller` is what handlers read and write with.
    pub fn new(marshaller: Arc<Marshaller>) -> Self {
        Self { services: BTreeMap::new(), marshaller }
    }

    /// Adds a service.
    ///
    /// # Errors
    /// [`Occupied`]: there is one under this key. It stays as it was.
    pub fn add(&mut self, key: ServiceKey, methods: Methods) -> Result<(), Occupied> {
        // YOUR CODE add: refuse a key that is taken; whoever is there stays.
        if self.services.contains_key(&key) {
            return Err(Occupied(key));
        }
        self.services.insert(key, methods);
        Ok(())
        // END YOUR CODE
    }

    /// Finds what was called, and runs it. Whatever is wrong is a reply: somebody waits for it.
    pub fn dispatch(&self, invocation: &Invocation) -> Reply {
        // YOUR CODE dispatch: the service, then its method, then the handler; what is missing is said.
        let (service, method) = (invocation.service(), invocation.method());
        let Some(methods) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = methods.get(method) else {
            let text = format!("no method {method} in {service}; there are: {}", some(methods.keys()));
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        handler.handle(invocation, &self.marshaller)
        // END YOUR CODE
    }

    /// All methods, as `service.method`: by service, and within a service by name.
    pub fn list(&self) -> Vec<String> {
        // YOUR CODE list: each method of each service.
        let mut list = Vec::new();
        for (service, methods) in &self.services {
            list.extend(methods.keys().map(|method| format!("{service}.{method}")));
        }
        list
        // END YOUR CODE
    }
}

/// The first [`SHOWN`] names and how many more there are: an error is a line, not a directory.
fn some<T: Display>(names: impl ExactSizeIterator<Item = T>) -> String {
    // YOUR CODE some: "a, b, c"; of many the first few, and a count of the others; of none "none".
    let more = names.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
    // END YOUR CODE
}

/// A table is an invoker: a server can serve it, and a stub can call it.
impl Invoker for Table {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        Ok(self.dispatch(invocation))
    }
}
