//! Follows one service: a bell that may fail, and a list that is read whenever it rings, and every second.

use std::time::{Duration, Instant};

use ::redis::{PushKind, Value, cmd, pipe};
use ch04_proxy::ServiceKey;

use super::line::{Line, millis};
use super::{RedisOptions, entry_key, index_key};
use crate::backend::Watch;
use crate::error::RegistryError;
use crate::listing::Listing;
use crate::stored::{MAX_ENTRIES, MAX_VALUE, Stored, is_news};

/// How often the list is read although nothing was heard: every second. Messages are sent once, to who is there;
/// who was away for a moment is not told. And a server may not tell of leases that end at all.
const READ_AGAIN: Duration = Duration::from_secs(1);
/// How long the list rests between two readings: 20 ms. In a storm it is read fifty times a second, not a thousand
/// times; that is as often as callers are told of anything.
const REST: Duration = Duration::from_millis(20);

/// Follows one service.
///
/// ```text
///   bell   SUBSCRIBE …, PSUBSCRIBE …  ──▶ "something has changed"     1. first listen
///   line   ZRANGEBYSCORE, GETRANGE    ──▶ the list                    2. then look
/// ```
///
/// What changes between the two rings the bell, and the list is read once more. The other way round it would be
/// lost. [R-06] What was said does not matter, only that: so nothing is believed that could be out of date.
pub struct RedisWatch {
    service: ServiceKey,
    ttl: Duration,
    /// On which nothing is asked.
    bell: Line,
    line: Line,
    /// When to read the list again, ring or no ring.
    read_at: Instant,
    /// Not before that.
    rested_at: Instant,
    last: Option<Listing>,
}

impl RedisWatch {
    // ANCHOR: begin
    pub(super) fn begin(
        options: &RedisOptions,
        service: &ServiceKey,
        ttl: Duration,
    ) -> Result<Self, RegistryError> {
        let mut bell = Line::open(options)?;
        let channel = index_key(service);
        let leases = format!("__keyspace@{}__:{channel}:*", options.database);
        for (command, name) in [("SUBSCRIBE", channel), ("PSUBSCRIBE", leases)] {
            let packed = cmd(command).arg(name).get_packed_command();
            let sent = bell.connection.send_packed_command(&packed);
            let heard = sent.and_then(|()| bell.connection.recv_response());
            heard.map_err(|error| bell.problem(&error))?;
        }
        let line = Line::open(options)?;
        let (service, now) = (service.clone(), Instant::now());
        Ok(Self { service, ttl, bell, line, read_at: now, rested_at: now, last: None })
    }
    // ANCHOR_END: begin

    /// The list as it is now.
    // ANCHOR: read
    fn read(&mut self) -> Result<Listing, RegistryError> {
        let (index, line) = (index_key(&self.service), &mut self.line);
        let (time,): ((u64, u64),) = line.ask(pipe().cmd("TIME"))?;
        let now = millis(time);
        let mut alive = pipe();
        alive.cmd("ZRANGEBYSCORE").arg(&index).arg(format!("({now}")).arg("+inf");
        alive.arg("LIMIT").arg(0).arg(MAX_ENTRIES + 1);
        let (ids,): (Vec<Vec<u8>>,) = line.ask(&alive)?;
        if ids.len() > MAX_ENTRIES {
            return Err(line.refused(format!("the set {index} has more than {MAX_ENTRIES} names, the limit")));
        }
        let ids: Vec<_> = ids.into_iter().filter_map(|id| String::from_utf8(id).ok()).collect();
        // Not GET: a value that is no entry may be very long. And one that is no text is an error of its own.
        let mut values = pipe();
        values.ignore_errors();
        for id in &ids {
            values.cmd("GETRANGE").arg(entry_key(&self.service, id)).arg(0).arg(MAX_VALUE);
        }
        let values: Vec<Value> = if ids.is_empty() { Vec::new() } else { line.ask(&values)? };

        let mut listing = Listing::default();
        for (id, value) in ids.iter().zip(values) {
            let Value::BulkString(value) = value else { continue };
            let Some(stored) = Stored::read(&value, &self.service) else { continue };
            let age = stored.since.map(|since| Duration::from_millis(now.saturating_sub(since)));
            let order = stored.order.unwrap_or(0);
            listing.entries.extend(stored.into_entry(id, order, age));
        }
        listing.incarnation = line.incarnation;
        let settling = line.started.map(|started| self.ttl.saturating_sub(started.elapsed()));
        listing.settles_in = settling.unwrap_or_default();
        Ok(listing)
    }
    // ANCHOR_END: read

    /// Listens for `wait`, or until something is said. Whether somebody has come or gone.
    // ANCHOR: rings
    fn rings(&mut self, wait: Duration) -> Result<bool, RegistryError> {
        let bell = &mut self.bell.connection;
        let wait = wait.max(Duration::from_millis(1)); // none at all would mean: for ever
        match bell.set_read_timeout(Some(wait)).and_then(|()| bell.recv_response()) {
            Ok(Value::Push { kind: PushKind::Message, .. }) => Ok(true),
            // What has happened to a key. A renewal is told, too, if the server tells everything.
            Ok(Value::Push { kind: PushKind::PMessage, data }) => Ok(data.last().is_some_and(ends_a_key)),
            Ok(_) => Ok(false),
            Err(error) if error.is_timeout() => Ok(false),
            Err(error) => Err(self.bell.problem(&error)),
        }
    }
    // ANCHOR_END: rings
}

/// Whether an event is the end of a key.
fn ends_a_key(event: &Value) -> bool {
    matches!(event, Value::BulkString(name) if matches!(&name[..], b"expired" | b"evicted" | b"del"))
}

// ANCHOR: next
impl Watch for RedisWatch {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let end = Instant::now() + limit;
        loop {
            let now = Instant::now();
            if now >= self.read_at {
                let listing = self.read()?;
                (self.read_at, self.rested_at) = (now + READ_AGAIN, now + REST);
                if is_news(&mut self.last, &listing) {
                    return Ok(Some(listing));
                }
            }
            let wait = end.min(self.read_at).saturating_duration_since(Instant::now());
            if self.rings(wait)? {
                self.read_at = self.read_at.min(self.rested_at);
            } else if Instant::now() >= end {
                return Ok(None);
            }
        }
    }
}
// ANCHOR_END: next

impl std::fmt::Debug for RedisWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisWatch").field("service", &self.service).finish_non_exhaustive()
    }
}
