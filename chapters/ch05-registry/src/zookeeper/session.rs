//! A session: what ephemeral nodes live and die with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use zookeeper_client::{Acls, Client, CreateMode, CreateOptions, Error, SessionId, SessionState, Stat};

use super::layout::Node;

/// A directory stays when it is empty, as Dubbo's do: an empty one costs nothing, and one that vanished (a
/// "container") would have to be made again under the hands of whoever follows it.
const DIRECTORY: CreateOptions<'static> = CreateMode::Persistent.with_acls(Acls::anyone_all());
/// Gone when the session is.
const EPHEMERAL: CreateOptions<'static> = CreateMode::Ephemeral.with_acls(Acls::anyone_all());

/// How often a node is tried before we give up: 8 times. More than one is needed when a directory is missing,
/// or when an older session of ours still has the node; each of them happens once, unless somebody plays.
const ATTEMPTS: usize = 8;

/// The shortest time to settle that can be said.
const SOON: Duration = Duration::from_millis(1);

/// A session with a ZooKeeper, and the nodes of it that are in doubt.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: Client,
    /// How many this program has had before.
    pub(super) number: u64,
    since: Instant,
    doubts: Mutex<Doubts>,
}

/// Nodes of which we do not know whether they are there, and do not want them: each with the number of the
/// attempt that left it so.
#[derive(Debug, Default)]
struct Doubts {
    nodes: HashMap<String, u64>,
    attempts: u64,
}

impl Session {
    pub(super) fn new(client: Client, number: u64) -> Arc<Self> {
        Arc::new(Self { client, number, since: Instant::now(), doubts: Mutex::default() })
    }

    /// How long the tree may still lack providers that live. ZooKeeper forgets nothing. But when *our* session
    /// has expired, then most likely because the registry was away, and then everybody's has: whoever is quick
    /// to come back finds an empty directory, until the providers are back, too. They have come within the
    /// length of a session. If only our own network was away, a dead provider is shown for that much longer.
    pub(super) fn settles_in(&self) -> Duration {
        match self.number {
            0 => Duration::ZERO,
            // Never nothing: that would mean that nobody knows.
            _ => self.client.session_timeout().saturating_sub(self.since.elapsed()).max(SOON),
        }
    }

    pub(super) fn id(&self) -> SessionId {
        self.client.session_id()
    }

    /// It has expired, or was refused: it does not come back.
    pub(super) fn is_over(&self) -> bool {
        self.client.state().is_terminated()
    }

    /// There is a server that answers for it.
    pub(super) fn is_connected(&self) -> bool {
        self.client.state() == SessionState::SyncConnected
    }

    /// Makes a directory, and those above it. Others may do the same at the same time.
    pub(super) async fn make_directory(&self, path: &str) -> Result<(), Error> {
        self.client.mkdir(path, &DIRECTORY).await
    }

    /// Makes a node that lives as long as this session.
    // ANCHOR: create
    pub(super) async fn create(&self, node: &Node) -> Result<Stat, Error> {
        let path = node.path();
        self.lock().nodes.remove(&path);
        for _ in 0..ATTEMPTS {
            match self.client.create(&path, node.data.as_bytes(), &EPHEMERAL).await {
                Ok((stat, _)) => return Ok(stat),
                Err(Error::NoNode) => self.make_directory(&node.directory).await?,
                Err(Error::NodeExists) => match self.client.check_stat(&path).await? {
                    // An attempt of ours, whose answer was lost, has made it.
                    Some(stat) if stat.ephemeral_owner == self.id().0 => return Ok(stat),
                    // An older session of ours has, and it would take the node with it when it ends.
                    Some(_) => self.take_over(&path, node).await?,
                    None => {}
                },
                Err(error) => return Err(error),
            }
        }
        Err(Error::RuntimeInconsistent)
    }
    // ANCHOR_END: create

    /// Puts a node of this session in the place of another's: both steps in one transaction, so that nobody who
    /// reads between them finds nobody.
    // ANCHOR: take_over
    async fn take_over(&self, path: &str, node: &Node) -> Result<(), Error> {
        let mut steps = self.client.new_multi_writer();
        steps.add_delete(path, None)?;
        steps.add_create(path, node.data.as_bytes(), &EPHEMERAL)?;
        match steps.commit().await.map_err(Error::from) {
            // The other has gone by itself.
            Ok(_) | Err(Error::NoNode) => Ok(()),
            Err(error) => Err(error),
        }
    }
    // ANCHOR_END: take_over

    /// Whether `path` is there, and lives as long as this session.
    pub(super) async fn owns(&self, path: &str) -> Result<bool, Error> {
        let stat = self.client.check_stat(path).await?;
        Ok(stat.is_some_and(|stat| stat.ephemeral_owner == self.id().0))
    }

    /// Deletes a node. One that is gone already is no error.
    pub(super) async fn delete(&self, path: &str) -> Result<(), Error> {
        match self.client.delete(path, None).await {
            Ok(()) | Err(Error::NoNode) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Nobody wants this node, and nobody knows whether it is there: a request to make or to delete it was sent,
    /// and no answer came. It would live as long as the session does, which may be for ever. Gives the work of
    /// deleting it for sure, as soon as there is a connection again.
    ///
    /// Requests of a session are carried out in the order in which they were sent. So the deletion comes after
    /// a creation that is still waiting for the connection, and before one that is asked for later.
    // ANCHOR: doubt
    pub(super) fn doubt(self: Arc<Self>, path: String) -> impl Future<Output = ()> + Send + 'static {
        let mine = {
            let mut doubts = self.lock();
            doubts.attempts += 1;
            let attempt = doubts.attempts;
            doubts.nodes.insert(path.clone(), attempt);
            attempt
        };
        async move {
            loop {
                let deletion = {
                    let doubts = self.lock();
                    if doubts.nodes.get(&path) != Some(&mine) {
                        return; // it is wanted after all
                    }
                    // Sent here, under the lock, so that no creation can come before it.
                    self.client.delete(&path, None)
                };
                match deletion.await {
                    // Sent, and no answer came: the next one waits until there is a connection.
                    Err(Error::ConnectionLoss) => {}
                    _ => break, // deleted, or not there; or the session is over, and all its nodes with it
                }
            }
            let mut doubts = self.lock();
            if doubts.nodes.get(&path) == Some(&mine) {
                doubts.nodes.remove(&path);
            }
        }
    }
    // ANCHOR_END: doubt

    fn lock(&self) -> MutexGuard<'_, Doubts> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
