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

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::atomic::AtomicUsize;
    use std::thread;

    use ch01_raw_tcp::meter::Syscall;

    use super::*;

    const CALLERS: usize = 100;

    fn listener() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").unwrap()
    }

    fn dials(redial: &Redial) -> u64 {
        redial.meter().counts().of(Syscall::Connect)
    }

    /// What all callers get who come while somebody holds the door.
    fn all_at_once(redial: &Redial) -> Vec<Result<Arc<FrameClient>, CallError>> {
        let door = redial.connection.lock().unwrap();
        let at_the_door = AtomicUsize::new(0);
        thread::scope(|scope| {
            let callers: Vec<_> = (0..CALLERS)
                .map(|_| {
                    scope.spawn(|| {
                        at_the_door.fetch_add(1, SeqCst);
                        redial.connection()
                    })
                })
                .collect();
            while at_the_door.load(SeqCst) < CALLERS {
                thread::yield_now();
            }
            drop(door);
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        })
    }

    #[test]
    fn a_hundred_first_callers_dial_once() {
        let listener = listener();
        let redial = Redial::new(listener.local_addr().unwrap(), ClientOptions::default());
        assert_eq!(dials(&redial), 0, "nobody has asked yet");
        let connections: Vec<_> = all_at_once(&redial).into_iter().map(Result::unwrap).collect();
        assert_eq!(dials(&redial), 1);
        assert!(connections.iter().all(|one| Arc::ptr_eq(one, &connections[0])));
    }

    #[test]
    fn an_open_connection_is_kept_and_one_that_has_ended_is_replaced() {
        let listener = listener();
        let redial = Redial::new(listener.local_addr().unwrap(), ClientOptions::default());
        let first = redial.connection().unwrap();
        assert!(Arc::ptr_eq(&first, &redial.connection().unwrap()));
        // The other side hangs up, and the call that waits is the first to know.
        let call = first.send(crate::Frame::new(crate::Kind::Request, 0, "anybody?")).unwrap();
        drop(listener.accept().unwrap());
        call.wait().unwrap_err();
        let second = redial.connection().unwrap();
        assert!(!Arc::ptr_eq(&first, &second) && second.is_open());
        assert_eq!(dials(&redial), 2);
    }

    /// Who waited while another one tried in vain does not try as well. Whether somebody waits is up to the
    /// scheduler: so the crowd comes again until it has been seen. If all tried, none of a hundred crowds would
    /// show it.
    #[test]
    fn a_failed_dial_is_shared_by_those_who_waited_for_it() {
        let nobody = listener().local_addr().unwrap();
        let shared = (0..100).any(|_| {
            let redial = Redial::new(nobody, ClientOptions::default());
            for result in all_at_once(&redial) {
                let error = result.expect_err("nobody listens there");
                assert!(matches!(error, CallError::Connect { address, .. } if address == nobody), "{error}");
            }
            let tried = dials(&redial);
            assert!((1..=CALLERS as u64).contains(&tried));
            // Who comes later does try.
            redial.connection().unwrap_err();
            assert_eq!(dials(&redial), tried + 1);
            tried == 1
        });
        assert!(shared, "of a hundred callers at once, each has dialled");
    }
}
