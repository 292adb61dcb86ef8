//! Follows one service: a bell that may fail, and a list that is read whenever it rings, and every second.

use std::time::{Duration, Instant};

use ::redis::{Value, cmd, pipe};
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
/// How many rings are taken together: 1024. Then the list is read even if it goes on ringing.
const RINGS: usize = 1024;
/// How many names of ended leases are taken from a set at once: 16. The next reading takes more.
const SWEPT: usize = 16;

/// Follows one service.
///
/// ```text
///   bell   SUBSCRIBE …, PSUBSCRIBE …  ──▶ "something has changed"     1. first listen
///   line   SMEMBERS, MGET             ──▶ the list                    2. then look
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
    read_at: Instant,
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
        Ok(Self { service: service.clone(), ttl, bell, line, read_at: Instant::now(), last: None })
    }
    // ANCHOR_END: begin

    /// The list as it is now.
    // ANCHOR: read
    fn read(&mut self) -> Result<Listing, RegistryError> {
        let (index, line) = (index_key(&self.service), &mut self.line);
        let mut ask = pipe();
        ask.cmd("TIME").cmd("SCARD").arg(&index);
        let (time, count): ((u64, u64), usize) = line.ask(&ask)?;
        if count > MAX_ENTRIES {
            return Err(
                line.refused(format!("the set {index} has {count} names, the limit is {MAX_ENTRIES}"))
            );
        }
        let (ids,): (Vec<Vec<u8>>,) = line.ask(pipe().cmd("SMEMBERS").arg(&index))?;
        let ids: Vec<_> = ids.into_iter().filter_map(|id| String::from_utf8(id).ok()).collect();
        // Not GET: a value that is no entry may be very long. And one that is no text is an error of its own.
        let mut values = pipe();
        values.ignore_errors();
        for id in &ids {
            values.cmd("GETRANGE").arg(entry_key(&self.service, id)).arg(0).arg(MAX_VALUE);
        }
        let values: Vec<Value> = if ids.is_empty() { Vec::new() } else { line.ask(&values)? };

        let (mut listing, mut ended) = (Listing::default(), Vec::new());
        for (id, value) in ids.iter().zip(values) {
            let Value::BulkString(value) = value else { continue };
            if value.is_empty() {
                ended.push(id);
            } else if let Some(stored) = Stored::read(&value, &self.service) {
                let age = stored.since.map(|since| Duration::from_millis(millis(time).saturating_sub(since)));
                let order = stored.order.unwrap_or(0);
                listing.entries.extend(stored.into_entry(id, order, age));
            }
        }
        for id in ended.into_iter().take(SWEPT) {
            sweep(line, &self.service, id)?;
        }
        listing.incarnation = line.incarnation;
        if line.incarnation != 0 {
            listing.settles_in = self.ttl.saturating_sub(line.started.elapsed());
        }
        Ok(listing)
    }
    // ANCHOR_END: read

    /// Waits until the bell rings, and takes what else has rung meanwhile. `false`: it has not, within `wait`.
    // ANCHOR: rung
    fn rung(&mut self, wait: Duration) -> Result<bool, RegistryError> {
        let mut wait = wait.max(Duration::from_millis(1)); // none at all would mean: for ever
        for ring in 0..RINGS {
            let bell = &mut self.bell.connection;
            let heard = bell.set_read_timeout(Some(wait)).and_then(|()| bell.recv_response());
            match heard {
                Err(error) if error.is_timeout() => return Ok(ring > 0),
                Err(error) => return Err(self.bell.problem(&error)),
                Ok(_) => wait = Duration::from_millis(1),
            }
        }
        Ok(true)
    }
    // ANCHOR_END: rung
}

// ANCHOR: next
impl Watch for RedisWatch {
    fn next(&mut self, limit: Duration) -> Result<Option<Listing>, RegistryError> {
        let end = Instant::now() + limit;
        loop {
            if Instant::now() >= self.read_at {
                let listing = self.read()?;
                self.read_at = Instant::now() + READ_AGAIN;
                if is_news(&mut self.last, &listing) {
                    return Ok(Some(listing));
                }
            }
            let wait = end.min(self.read_at).saturating_duration_since(Instant::now());
            if self.rung(wait)? {
                self.read_at = Instant::now();
            } else if Instant::now() >= end {
                return Ok(None);
            }
        }
    }
}
// ANCHOR_END: next

/// Takes the name of a lease that has ended from the set, unless it is there again: `WATCH` makes Redis forget what
/// follows if somebody touches the key meanwhile.
fn sweep(line: &mut Line, service: &ServiceKey, id: &str) -> Result<(), RegistryError> {
    let key = entry_key(service, id);
    let mut look = pipe();
    look.cmd("WATCH").arg(&key).ignore().cmd("EXISTS").arg(&key);
    let (there,): (bool,) = line.ask(&look)?;
    if there {
        return line.ask(pipe().cmd("UNWATCH").ignore());
    }
    let mut take = pipe();
    take.atomic().cmd("SREM").arg(index_key(service)).arg(id);
    line.ask::<Option<(u64,)>>(&take).map(|_| ())
}

impl std::fmt::Debug for RedisWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisWatch").field("service", &self.service).finish_non_exhaustive()
    }
}
