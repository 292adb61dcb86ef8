//! Follows the directory of a service's providers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use tokio::time::timeout;
use zookeeper_client::{Error, SessionState, StateWatcher, WatchedEvent};

use super::children::{Child, Children};
use super::link::Link;
use super::session::Session;
use crate::backend::Watch;
use crate::error::RegistryError;
use crate::listing::{Entry, Listing};

/// How many nodes are asked for before the first answer is awaited: 64. One after the other would cost a round
/// trip each; all at once, and a large directory would fill the memory: a stranger's node may hold 1 MiB, the most
/// that ZooKeeper takes.
const IN_FLIGHT: usize = 64;
/// How often a missing directory is made: 8 times. Once is enough, unless somebody deletes it again and again.
const ATTEMPTS: usize = 8;
/// A day: so that adding a wait to a moment never overflows.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A watch of ZooKeeper: it fires once, and says that something has changed, but not what.
pub struct ZooKeeperWatch {
    link: Arc<Link>,
    session: Arc<Session>,
    states: StateWatcher,
    service: ServiceKey,
    directory: String,
    /// The node that says that we follow the service. Deleted with this value.
    consumer: String,
    clock: Clock,
    children: Children,
    /// Fires when the directory changes. `None` when it has.
    armed: Option<Pin<Box<dyn Future<Output = WatchedEvent> + Send>>>,
    given: Option<Vec<Entry>>,
}

/// The registry's time, without asking it: what it wrote on a node of our own, and how long that is ago on a
/// clock that only goes forward. Neither the provider's clock nor ours needs to be right. [G-16]
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// Milliseconds since 1970, by the clock of whichever server leads.
    pub(super) made: i64,
    pub(super) at: Instant,
}

impl Clock {
    /// How old a node is that was made at `made`.
    fn age(self, made: i64, now: Instant) -> Duration {
        let here = now.saturating_duration_since(self.at);
        let before_us = self.made.saturating_sub(made);
        match u64::try_from(before_us) {
            Ok(before_us) => here + Duration::from_millis(before_us),
            // It came after our own node.
            Err(_) => here.saturating_sub(Duration::from_millis(before_us.unsigned_abs())),
        }
    }
}

impl ZooKeeperWatch {
    pub(super) fn new(
        link: Arc<Link>,
        session: Arc<Session>,
        service: ServiceKey,
        consumer: String,
        clock: Clock,
    ) -> Self {
        let directory = link.options.layout.providers(&service);
        let states = session.client.state_watcher();
        let (children, armed, given) = (Children::default(), None, None);
        Self { link, session, states, service, directory, consumer, clock, children, armed, given }
    }

    /// Reads the directory and arms the watch, in *one* request: the server answers with the names and notes
    /// that we want to hear of the next change, and nothing can happen between the two. Who reads first and
    /// arms then is never told what came in between; who arms first and reads then may be told of what it has
    /// seen already, which is no harm, but two requests.
    // ANCHOR: read
    async fn read(&mut self) -> Result<(), Error> {
        let client = &self.session.client;
        let mut attempts = 0;
        let (names, directory, watcher) = loop {
            match client.get_and_watch_children(&self.directory).await {
                Err(Error::NoNode) if attempts < ATTEMPTS => {
                    attempts += 1;
                    self.session.make_directory(&self.directory).await?;
                }
                result => break result?,
            }
        };
        self.armed = Some(Box::pin(watcher.changed()));

        // What is read from here on may be newer than the names. The watch has fired then, and we come again.
        let unknown = self.children.update(names, directory.czxid, directory.cversion);
        for names in unknown.chunks(IN_FLIGHT) {
            // Each of these is sent when it is made, not when it is awaited.
            let asked: Vec<_> = names
                .iter()
                .map(|name| (name, client.get_data(&format!("{}/{name}", self.directory))))
                .collect();
            for (name, answer) in asked {
                let child = match answer.await {
                    Ok((data, stat)) => {
                        let entry = self.link.options.layout.read(&self.service, name, &data);
                        entry.map(|(id, endpoint)| Child {
                            id: id.into(),
                            order: u64::try_from(stat.czxid).unwrap_or_default(),
                            made: stat.ctime,
                            endpoint: Arc::new(endpoint),
                        })
                    }
                    Err(Error::NoNode) => None, // it has gone since
                    Err(Error::NoAuth) => None, // not for us
                    Err(error) => return Err(error),
                };
                self.children.read(name.clone(), child);
            }
        }
        Ok(())
    }
    // ANCHOR_END: read

    fn entries(&self) -> Vec<Entry> {
        let now = Instant::now();
        let entry = |child: &Child| Entry {
            id: Arc::clone(&child.id),
            order: child.order,
            endpoint: Arc::clone(&child.endpoint),
            age: Some(self.clock.age(child.made, now)),
        };
        self.children.entries().map(entry).collect()
    }

    /// Whether these are others than those that were given last. That all have grown older is no news.
    fn is_news(&self, entries: &[Entry]) -> bool {
        let same = |(a, b): (&Entry, &Entry)| (&a.id, a.order, &a.endpoint) == (&b.id, b.order, &b.endpoint);
        // Both are in the order of their nodes' names.
        !self
            .given
            .as_ref()
            .is_some_and(|given| given.len() == entries.len() && given.iter().zip(entries).all(same))
    }
}

impl Watch for ZooKeeperWatch {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let end = Instant::now() + limit.min(LONGEST_WAIT);
        let link = Arc::clone(&self.link);
        loop {
            if self.armed.is_none() {
                if let Err(error) = link.call(self.read()) {
                    self.armed = None;
                    self.children.forget();
                    return Err(error);
                }
                let entries = self.entries();
                if self.is_news(&entries) {
                    self.given = Some(entries.clone());
                    let (incarnation, settles_in) = (self.session.number, self.session.settles_in());
                    return Ok(Some(Listing { entries, incarnation, settles_in }));
                }
            }
            let left = end.saturating_duration_since(Instant::now());
            let Some(armed) = self.armed.as_mut() else { continue };
            let states = &mut self.states;
            let event = link.block_on(async {
                timeout(left, async {
                    tokio::select! {
                        _ = armed => None,
                        state = states.changed() => Some(state),
                    }
                })
                .await
            });
            match event {
                Err(_) => return Ok(None),
                // Something has changed, or the session is over, which reading will tell.
                Ok(None) => self.armed = None,
                Ok(Some(SessionState::SyncConnected)) => {}
                // The watch would outlive a short loss of the connection. But nobody tells us meanwhile what
                // happens, and whoever asks should know that. A new watch begins with the whole list.
                Ok(Some(state)) => return Err(link.unreachable(format!("the connection is {state}"))),
            }
            if left.is_zero() {
                return Ok(None);
            }
        }
    }
}

impl Drop for ZooKeeperWatch {
    fn drop(&mut self) {
        // Sent when it is made; nobody waits for the answer. What is not deleted here goes with the session.
        drop(self.session.client.delete(&self.consumer, None));
    }
}

impl fmt::Debug for ZooKeeperWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZooKeeperWatch").field("directory", &self.directory).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_need_no_right_clock_but_the_registrys() {
        let at = Instant::now();
        let clock = Clock { made: 1_000_000, at };
        let after = |millis| at + Duration::from_millis(millis);
        assert_eq!(clock.age(400_000, at), Duration::from_secs(600), "it was there before us");
        assert_eq!(clock.age(400_000, after(5)), Duration::from_millis(600_005));
        assert_eq!(clock.age(1_000_200, after(300)), Duration::from_millis(100), "it came after us");
        assert_eq!(clock.age(1_000_200, at), Duration::ZERO, "its clock was set back");
        assert_eq!(clock.age(i64::MIN, at), Duration::from_millis(i64::MAX as u64));
    }
}
