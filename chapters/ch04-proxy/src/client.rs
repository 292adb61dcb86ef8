//! The caller's end of a connection.

use std::net::SocketAddr;
use std::sync::Arc;

use ch01_raw_tcp::Meter;
use ch02_protocol::{CallError, ClientOptions, Redial, Reply};

use crate::invocation::Invocation;
use crate::invoker::Invoker;

/// Carries calls to a server, over one connection that all stubs share. [T-03]
///
/// It connects at the first call, and again after the connection has ended.
#[derive(Debug)]
pub struct Client(Redial);

impl Client {
    /// For the server at `address`.
    pub fn new(address: SocketAddr, options: ClientOptions) -> Self {
        Self(Redial::new(address, options))
    }

    /// Where the server is.
    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// Its system calls.
    pub fn meter(&self) -> &Arc<Meter> {
        self.0.meter()
    }
}

// ANCHOR: invoke
impl Invoker for Client {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        let connection = self.0.connection()?;
        let frame = connection.send(invocation.to_frame())?.wait()?;
        Ok(Reply::from(frame))
    }
}
// ANCHOR_END: invoke
