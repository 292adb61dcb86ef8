//! Follows one service: a range, then every change from the revision behind it.

use std::collections::BTreeMap;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;

use super::stream::{Stream, WAITING};
use super::wire::News;
use super::{Etcd, entry, id, too_many};
use crate::backend::Watch;
use crate::error::RegistryError;
use crate::listing::{Entry, Listing};
use crate::stored::{MAX_ENTRIES, is_news};

/// How long nothing may be heard before a new stream is begun: 5 s. A stream on which nothing happens and one
/// whose other end is gone look the same. A new one costs a connection, and tells only what is new.
const SILENCE: Duration = Duration::from_secs(5);

/// Follows one service.
///
/// ```text
///   range ──▶ list at revision 41
///   watch from 42 ──▶ reader thread ──▶ [ channel ] ──▶ next(): 42 put, 43 put, 44 delete … ──▶ list
/// ```
///
/// Nothing can be lost between the two: every change has a number, and we say from which one on we want them.
/// [R-06] The connection is read by a thread of its own, so that nobody has to stop in the middle of a message
/// because the time is up.
#[derive(Debug)]
pub struct EtcdWatch {
    etcd: Etcd,
    service: ServiceKey,
    entries: BTreeMap<String, Entry>,
    /// What `entries` show.
    revision: u64,
    stream: Stream,
    /// When to begin a new stream, if nothing is heard.
    doubt_at: Instant,
    last: Option<Listing>,
}

impl EtcdWatch {
    pub(super) fn begin(etcd: Etcd, service: &ServiceKey) -> Result<Self, RegistryError> {
        let (entries, revision) = etcd.range(service)?;
        let stream = Stream::from(&etcd, service, revision + 1)?;
        let (service, doubt_at) = (service.clone(), Instant::now() + SILENCE);
        Ok(Self { etcd, service, entries, revision, stream, doubt_at, last: None })
    }

    // ANCHOR: apply
    fn apply(&mut self, news: News) -> Result<(), RegistryError> {
        if news.canceled || news.header.revision < self.revision {
            return self.begin_again(&news);
        }
        for event in news.events {
            // What a range has shown already.
            if event.kv.mod_revision <= self.revision {
                continue;
            }
            self.revision = event.kv.mod_revision;
            let Some(id) = id(&self.service, &event.kv) else { continue };
            match entry(&self.service, &event.kv).filter(|_| event.kind != "DELETE") {
                Some(entry) => self.entries.insert(id, entry),
                None => self.entries.remove(&id),
            };
        }
        if self.entries.len() > MAX_ENTRIES { Err(too_many(&self.etcd.http)) } else { Ok(()) }
    }
    // ANCHOR_END: apply

    /// etcd keeps changes for a while only: who asks for one that is gone is told so, and needs the whole list. So
    /// does who has seen more than there is: then it is another etcd, whose numbers mean something else.
    fn begin_again(&mut self, news: &News) -> Result<(), RegistryError> {
        if news.canceled && news.compact_revision == 0 {
            return Err(self.etcd.http.refused(&format!("the watch is over: {}", news.cancel_reason)));
        }
        let last = self.last.take();
        *self = Self { last, ..Self::begin(self.etcd.clone(), &self.service)? };
        Ok(())
    }

    /// The list, if it is another than the last one.
    fn news(&mut self) -> Option<Listing> {
        let entries = self.entries.values().cloned().collect();
        let listing = Listing { entries, ..Listing::default() };
        is_news(&mut self.last, &listing).then_some(listing)
    }
}

// ANCHOR: next
impl Watch for EtcdWatch {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let end = Instant::now() + limit;
        loop {
            if let Some(listing) = self.news() {
                return Ok(Some(listing));
            }
            let wait = end.min(self.doubt_at).saturating_duration_since(Instant::now());
            match self.stream.messages.recv_timeout(wait) {
                Ok(news) => {
                    self.doubt_at = Instant::now() + SILENCE;
                    self.apply(news?)?;
                    // What has come meanwhile becomes one list with it.
                    let more: Vec<_> = self.stream.messages.try_iter().take(WAITING).collect();
                    more.into_iter().try_for_each(|news| self.apply(news?))?;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.etcd.http.unreachable("the watch has ended"));
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= self.doubt_at => {
                    self.stream = Stream::from(&self.etcd, &self.service, self.revision + 1)?;
                    self.doubt_at = Instant::now() + SILENCE;
                }
                Err(RecvTimeoutError::Timeout) => return Ok(None),
            }
        }
    }
}
// ANCHOR_END: next
