//! Ending a server whose threads stand still inside `accept` and `read`.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::meter::{Meter, Metered};

/// A blocked thread cannot look at a flag. So stopping means: raise the flag, then end what the threads
/// wait for. Connections are shut down; at the door of `accept` we knock ourselves.
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

    /// Raises the flag and ends what blocked threads wait for, all but `accept`.
    pub(super) fn raise(&self) {
        self.raised.store(true, SeqCst);
        for stream in self.open().values() {
            // Already closed is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
        #[cfg(target_os = "linux")]
        let _ = self.wake.write(1);
    }

    /// One last connection, which ends the `accept` that a thread may stand in.
    pub(super) fn knock(&self, address: SocketAddr, meter: &Arc<Meter>) -> io::Result<()> {
        // A listener on 0.0.0.0 cannot be connected to under that name everywhere.
        let mut reach = address;
        if reach.ip().is_unspecified() {
            reach.set_ip(match reach {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        match meter.connect(reach, Duration::from_secs(1)) {
            Ok(_) => Ok(()),
            // Nobody listens any more: that door is closed already.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Makes `stream` known until the guard is dropped.
    ///
    /// # Errors
    /// `ConnectionAborted` once the flag is raised: who comes too late is not served. (Shutting the
    /// connection down would not do. What has arrived could still be read, and would be run.)
    pub(super) fn register<'a>(&'a self, id: u64, stream: &Metered) -> io::Result<Registered<'a>> {
        let handle = stream.socket().try_clone()?;
        self.open().insert(id, handle);
        let guard = Registered { stop: self, id };
        // Looked at after the insertion: whoever raises the flag from here on finds the stream.
        if self.is_raised() { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(guard) }
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
