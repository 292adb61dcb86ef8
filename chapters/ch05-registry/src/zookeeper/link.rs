//! From threads that block to a client that does not: every call ends in time, and one session at a time.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;
use tokio::time::timeout;
use zookeeper_client::{Client, Error, SessionState, Stat};

use super::ZooKeeperOptions;
use super::layout::Node;
use super::session::Session;
use crate::error::RegistryError;

/// How long closing the session may take: a second. It is a courtesy: one that is not closed expires.
const CLOSING: Duration = Duration::from_secs(1);

/// The connection to a ZooKeeper, shared by the backend and its watches.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) options: ZooKeeperOptions,
    name: String,
    /// The session in use. Held while a new one is made, so that only one is.
    session: Mutex<Option<Arc<Session>>>,
    /// How long the session is that the server has granted: milliseconds.
    granted: AtomicU64,
    /// Always there until the end.
    runtime: Option<Runtime>,
}

impl Link {
    pub(super) fn new(options: ZooKeeperOptions) -> Result<Self, RegistryError> {
        let name = format!("zookeeper {}", options.servers);
        // One thread: it forwards bytes and sets timers.
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("zookeeper").enable_time().build();
        let runtime = runtime.map_err(|error| RegistryError::Unreachable {
            registry: name.clone(),
            why: format!("no thread for it: {error}"),
        })?;
        let granted = AtomicU64::new(milliseconds(options.session));
        Ok(Self { options, name, session: Mutex::default(), granted, runtime: Some(runtime) })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The length of a session: as it was granted, or, before the first one, as it will be asked for.
    pub(super) fn granted(&self) -> Duration {
        Duration::from_millis(self.granted.load(Relaxed))
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("taken by drop only")
    }

    /// Waits for `work`, on this thread.
    pub(super) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime().block_on(work)
    }

    /// Waits for `work`, but no longer than a call may take: also when the server stands still, or a firewall
    /// swallows everything, and nothing ever comes back.
    // ANCHOR: call
    pub(super) fn call<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, RegistryError> {
        let patience = self.options.patience;
        match self.block_on(async { timeout(patience, work).await }) {
            Ok(result) => result.map_err(|error| self.error(&error)),
            Err(_) => Err(self.unreachable(format!("no answer within {patience:?}"))),
        }
    }
    // ANCHOR_END: call

    /// The session: the one that there is, or a new one after it has expired.
    // ANCHOR: session
    pub(super) async fn session(&self) -> Result<Arc<Session>, Error> {
        let mut slot = self.session.lock().await;
        if let Some(session) = slot.as_ref().filter(|session| !session.is_over()) {
            return Ok(Arc::clone(session));
        }
        let number = slot.as_ref().map_or(0, |last| last.number + 1);
        let connector = Client::connector().with_session_timeout(self.options.session).with_fail_eagerly();
        let session = Session::new(connector.connect(&self.options.servers).await?, number);
        self.granted.store(milliseconds(session.client.session_timeout()), Relaxed);
        *slot = Some(Arc::clone(&session));
        Ok(session)
    }
    // ANCHOR_END: session

    /// The session, if there has been one, also one that is over.
    pub(super) async fn last_session(&self) -> Option<Arc<Session>> {
        self.session.lock().await.clone()
    }

    /// Makes an ephemeral node. When it fails, and nobody knows whether it was made, it is deleted later.
    pub(super) fn create(&self, node: &Node) -> Result<(Arc<Session>, Stat), RegistryError> {
        let mut asked = None;
        let result = self.call(async {
            let session = self.session().await?;
            asked = Some(Arc::clone(&session));
            let stat = session.create(node).await?;
            Ok((session, stat))
        });
        self.doubt_on_failure(result, asked, node.path())
    }

    /// Deletes a node: now, or, when that fails, later.
    pub(super) fn delete(&self, path: &str) -> Result<(), RegistryError> {
        let mut asked = None;
        let result = self.call(async {
            let session = self.session().await?;
            asked = Some(Arc::clone(&session));
            session.delete(path).await
        });
        self.doubt_on_failure(result, asked, path.to_owned())
    }

    fn doubt_on_failure<T>(
        &self,
        result: Result<T, RegistryError>,
        asked: Option<Arc<Session>>,
        path: String,
    ) -> Result<T, RegistryError> {
        if let (Err(_), Some(session)) = (&result, asked) {
            self.runtime().spawn(session.doubt(path));
        }
        result
    }

    pub(super) fn unreachable(&self, why: String) -> RegistryError {
        RegistryError::Unreachable { registry: self.name.clone(), why }
    }

    /// What an error of the client means to us.
    pub(super) fn error(&self, error: &Error) -> RegistryError {
        let why = match error {
            Error::RuntimeInconsistent => {
                "somebody deletes what we make, or makes it first, again and again".into()
            }
            error => error.to_string(),
        };
        match error {
            Error::NoAuth
            | Error::AuthFailed
            | Error::InvalidAcl
            | Error::BadArguments(_)
            | Error::NodeExists
            | Error::NoNode
            | Error::NotEmpty
            | Error::NoChildrenForEphemerals
            | Error::QuotaExceeded
            | Error::RuntimeInconsistent
            | Error::Unimplemented => RegistryError::Refused { registry: self.name.clone(), why },
            _ => self.unreachable(why),
        }
    }
}

/// Sessions have 32 bits for them, so nothing is lost.
fn milliseconds(session: Duration) -> u64 {
    u64::try_from(session.as_millis()).unwrap_or(u64::MAX)
}

/// Closes the session, so that its nodes need not wait until it expires.
///
/// Not on this thread: it may be one of an async runtime, which must neither block nor drop a runtime.
impl Drop for Link {
    fn drop(&mut self) {
        let session = self.session.get_mut().take();
        let Some(runtime) = self.runtime.take() else { return };
        let close = move || {
            if let Some(session) = session {
                runtime.block_on(async {
                    let mut states = session.client.state_watcher();
                    drop(session); // the last one closes it
                    let closed = async { while states.changed().await != SessionState::Closed {} };
                    // In vain when it is over already, or when the connection is lost.
                    let _ = timeout(CLOSING, closed).await;
                });
            }
            runtime.shutdown_background();
        };
        // Without a thread the session expires.
        let _ = thread::Builder::new().name("zookeeper-close".into()).spawn(close);
    }
}
