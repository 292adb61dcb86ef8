//! Ending a server whose threads stand still inside `accept` and `read`.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::meter::{Meter, Metered};

/// A blocked thread cannot look at a flag. So stopping means: raise the flag, then end what the threads
/// wait for. Connections are shut down, `accept` gets one last connection from ourselves.
#[derive(Debug)]
pub(super) struct Stop {
    raised: AtomicBool,
    /// A second handle to every open connection, so that another thread can shut it down.
    open: Mutex<HashMap<u64, TcpStream>>,
    #[cfg(target_os = "linux")]
    wake: nix::sys::eventfd::EventFd,
}

impl Stop {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            raised: AtomicBool::new(false),
            open: Mutex::default(),
            #[cfg(target_os = "linux")]
            wake: nix::sys::eventfd::EventFd::from_flags(
                nix::sys::eventfd::EfdFlags::EFD_CLOEXEC | nix::sys::eventfd::EfdFlags::EFD_NONBLOCK,
            )?,
        })
    }

    pub(super) fn is_raised(&self) -> bool {
        self.raised.load(SeqCst)
    }

    /// Becomes readable when the server is to stop: epoll's way to hear of it.
    #[cfg(target_os = "linux")]
    pub(super) fn wake(&self) -> &nix::sys::eventfd::EventFd {
        &self.wake
    }

    /// Stops the server that listens on `address`.
    pub(super) fn now(&self, address: SocketAddr, meter: &Arc<Meter>) {
        self.raised.store(true, SeqCst);
        for stream in self.open().values() {
            // Already closed is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
        #[cfg(target_os = "linux")]
        let _ = self.wake.write(1);
        // A listener on 0.0.0.0 cannot be connected to under that name everywhere.
        let mut reach = address;
        if reach.ip().is_unspecified() {
            reach.set_ip(if reach.is_ipv4() {
                [127, 0, 0, 1].into()
            } else {
                std::net::Ipv6Addr::LOCALHOST.into()
            });
        }
        // If this fails the listener is gone or busy with real callers; both end its `accept`.
        let _ = meter.connect(reach, Duration::from_secs(1));
    }

    /// Makes `stream` known until the guard is dropped. A connection that comes after the flag was raised
    /// is shut down at once: its thread meets the end of the stream and leaves.
    pub(super) fn register<'a>(&'a self, id: u64, stream: &Metered) -> io::Result<Registered<'a>> {
        let handle = stream.socket().try_clone()?;
        self.open().insert(id, handle);
        let guard = Registered { stop: self, id };
        if self.is_raised() {
            let _ = stream.socket().shutdown(Shutdown::Both);
        }
        Ok(guard)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.open.lock().expect("no code panics while it holds this lock")
    }
}

/// Keeps a connection known to [`Stop`].
pub(super) struct Registered<'a> {
    stop: &'a Stop,
    id: u64,
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        self.stop.open().remove(&self.id);
    }
}
