//! One connection for all callers, dialled when it is needed, and again when it has ended.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use ch01_raw_tcp::Meter;

use crate::call_error::CallError;
use crate::client::FrameClient;
use crate::options::ClientOptions;

/// A connection to one address that outlives its sockets: who needs it gets the open one, or a new one. [T-03]
///
/// Callers from several threads share it, and do not take turns: the lock is held to find the connection, not
/// while a call runs.
#[derive(Debug)]
pub struct Redial {
    address: SocketAddr,
    options: ClientOptions,
    connection: Mutex<Option<Arc<FrameClient>>>,
    /// How often connecting has failed.
    failures: AtomicU64,
    meter: Arc<Meter>,
}

impl Redial {
    /// For the server at `address`. Connects when the first caller asks.
    pub fn new(address: SocketAddr, options: ClientOptions) -> Self {
        Self {
            address,
            options,
            connection: Mutex::new(None),
            failures: AtomicU64::new(0),
            meter: Arc::default(),
        }
    }

    /// Where the server is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The system calls of this client, over all its connections.
    pub fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    /// The open connection, or a new one.
    ///
    /// # Errors
    /// [`CallError::Connect`], also for all who waited while another caller tried in vain.
    // ANCHOR: connection
    pub fn connection(&self) -> Result<Arc<FrameClient>, CallError> {
        let failures = self.failures.load(SeqCst);
        // Who connects holds the lock: a hundred first calls at once open one connection.
        let mut connection = self.connection.lock().expect("no code panics while it holds this lock");
        connection.take_if(|client| !client.is_open());
        if let Some(client) = &*connection {
            return Ok(Arc::clone(client));
        }
        if self.failures.load(SeqCst) != failures {
            // It failed for somebody while we waited for the lock. A hundred in a row would wait a hundred
            // times.
            let source = io::Error::other("another caller has just tried in vain");
            return Err(CallError::Connect { address: self.address, source });
        }
        let client = FrameClient::connect(self.address, &self.options, &self.meter)
            .inspect_err(|_| _ = self.failures.fetch_add(1, SeqCst))?;
        Ok(Arc::clone(connection.insert(Arc::new(client))))
    }
    // ANCHOR_END: connection
}
