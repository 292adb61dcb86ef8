//! Follows one service: a range, then every change from the revision behind it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use serde_json::json;

use super::wire::{Line, News};
use super::{Etcd, entry, id, span, too_many};
use crate::backend::Watch;
use crate::error::RegistryError;
use crate::http::{self, MAX_ANSWER};
use crate::listing::{Entry, Listing};
use crate::stored::{MAX_ENTRIES, is_news};

/// How long nothing may be heard before the list is read again: 5 s. A stream on which nothing happens and one
/// whose other end is gone look the same.
const SILENCE: Duration = Duration::from_secs(5);
/// How many messages may wait to be looked at: 64. When they are full the thread that reads waits, and then
/// etcd does, which keeps the rest for us.
const WAITING: usize = 64;

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
    /// When to read the list again, if nothing is heard.
    doubt_at: Instant,
    last: Option<Listing>,
    messages: Receiver<Result<News, RegistryError>>,
    /// Whose connection the thread reads.
    stream: ureq::Agent,
}

impl EtcdWatch {
    pub(super) fn begin(etcd: Etcd, service: &ServiceKey) -> Result<Self, RegistryError> {
        let (entries, revision) = etcd.range(service)?;
        let (sender, messages) = sync_channel(WAITING);
        let stream = http::agent(None);
        let reader =
            Reader { etcd: etcd.clone(), agent: stream.clone(), query: query(service, revision + 1) };
        let thread = thread::Builder::new().name("etcd-watch".into());
        thread.spawn(move || reader.run(&sender)).map_err(|error| etcd.http.unreachable(error))?;
        let (service, doubt_at) = (service.clone(), Instant::now() + SILENCE);
        Ok(Self { etcd, service, entries, revision, doubt_at, last: None, messages, stream })
    }

    // ANCHOR: apply
    fn apply(&mut self, news: News) -> Result<(), RegistryError> {
        if news.canceled {
            // Most often: we asked for a revision that is not kept any more. A new range knows a newer one.
            let News { compact_revision, cancel_reason, .. } = news;
            let why = format!("the watch is over (oldest revision: {compact_revision}) {cancel_reason}");
            return Err(self.etcd.http.refused(&why));
        }
        for event in news.events {
            // What a range has shown already.
            if event.kv.mod_revision <= self.revision {
                continue;
            }
            let Some(id) = id(&self.service, &event.kv) else { continue };
            match entry(&self.service, &event.kv).filter(|_| event.kind != "DELETE") {
                Some(entry) => self.entries.insert(id, entry),
                None => self.entries.remove(&id),
            };
        }
        if self.entries.len() > MAX_ENTRIES { Err(too_many(&self.etcd.http)) } else { Ok(()) }
    }
    // ANCHOR_END: apply

    /// Reads the whole list. Finds out whether anybody is there, and what a stream that died has not told.
    fn read_again(&mut self) -> Result<(), RegistryError> {
        let (entries, revision) = self.etcd.range(&self.service)?;
        if revision >= self.revision {
            (self.entries, self.revision) = (entries, revision);
        }
        self.doubt_at = Instant::now() + SILENCE;
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
            match self.messages.recv_timeout(wait) {
                Ok(news) => {
                    self.doubt_at = Instant::now() + SILENCE;
                    self.apply(news?)?;
                    // What has come meanwhile becomes one list with it.
                    while let Ok(news) = self.messages.try_recv() {
                        self.apply(news?)?;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.etcd.http.unreachable("the watch has ended"));
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= self.doubt_at => self.read_again()?,
                Err(RecvTimeoutError::Timeout) => return Ok(None),
            }
        }
    }
}
// ANCHOR_END: next

impl Drop for EtcdWatch {
    /// Ends the connection, and with it the thread that reads it.
    fn drop(&mut self) {
        self.stream.clone().shutdown();
    }
}

/// The thread that reads the connection.
struct Reader {
    etcd: Etcd,
    agent: ureq::Agent,
    query: String,
}

impl Reader {
    /// Until the connection ends, or nobody listens any more.
    fn run(self, messages: &SyncSender<Result<News, RegistryError>>) {
        if let Err(error) = self.read(messages) {
            let _ = messages.send(Err(error));
        }
    }

    fn read(&self, messages: &SyncSender<Result<News, RegistryError>>) -> Result<(), RegistryError> {
        let http = &self.etcd.http;
        let unreachable = |error: &dyn ToString| http.unreachable(error.to_string());
        let request = self.agent.post(http.url("/v3/watch")).content_type("application/json");
        let response = request.send(&self.query).map_err(|error| unreachable(&error))?;
        let mut body = BufReader::new(response.into_body().into_reader());
        loop {
            let mut line = Vec::new();
            body.by_ref()
                .take(MAX_ANSWER)
                .read_until(b'\n', &mut line)
                .map_err(|error| unreachable(&error))?;
            if !line.ends_with(b"\n") {
                return Err(http.unreachable("the watch has ended"));
            }
            let news = match serde_json::from_slice(&line) {
                Ok(Line::Result(news)) => news,
                Ok(Line::Error(failure)) => return Err(http.refused(&failure.message)),
                Err(error) => return Err(http.refused(&format!("not what etcd says: {error}"))),
            };
            if messages.send(Ok(news)).is_err() {
                return Ok(());
            }
        }
    }
}

/// Every change of `service` from `revision` on. A message that is very long may come in several parts.
fn query(service: &ServiceKey, revision: u64) -> String {
    let (key, range_end) = span(service);
    let create = json!({ "key": key, "range_end": range_end, "start_revision": revision, "fragment": true });
    json!({ "create_request": create }).to_string()
}
