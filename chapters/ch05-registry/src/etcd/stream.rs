//! The connection on which etcd tells what has changed, and the thread that reads it.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use ch04_proxy::ServiceKey;
use serde_json::json;

use super::wire::{Line, News};
use super::{Etcd, span};
use crate::error::RegistryError;
use crate::http::{self, MAX_ANSWER};

/// How many messages may wait to be looked at: 64. When they are full the thread that reads waits, and then
/// etcd does, which keeps the rest for us.
pub const WAITING: usize = 64;

/// What etcd says about a service. It ends with this value: connection, thread and all.
#[derive(Debug)]
pub struct Stream {
    /// In the order in which it happened. After an error nothing more comes.
    pub messages: Receiver<Result<News, RegistryError>>,
    /// Whose only connection the thread reads.
    agent: ureq::Agent,
}

impl Stream {
    /// Every change of `service` from `revision` on.
    pub fn from(etcd: &Etcd, service: &ServiceKey, revision: u64) -> Result<Self, RegistryError> {
        let (key, range_end) = span(service);
        let create = json!({ "key": key, "range_end": range_end, "start_revision": revision });
        let query = json!({ "create_request": create }).to_string();
        let (sender, messages) = sync_channel(WAITING);
        let agent = http::agent(None);
        let reader = Reader { etcd: etcd.clone(), agent: agent.clone(), query };
        let thread = thread::Builder::new().name("etcd-watch".into());
        thread.spawn(move || reader.run(&sender)).map_err(|error| etcd.http.unreachable(error))?;
        Ok(Self { messages, agent })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.agent.clone().shutdown();
    }
}

/// What the thread does.
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
        let request = self.agent.post(http.url("/v3/watch")).content_type("application/json");
        let response = request.send(&self.query).map_err(|error| http.unreachable(error))?;
        let mut body = BufReader::new(response.into_body().into_reader());
        loop {
            let mut line = Vec::new();
            let read = body.by_ref().take(MAX_ANSWER).read_until(b'\n', &mut line);
            read.map_err(|error| http.unreachable(error))?;
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
