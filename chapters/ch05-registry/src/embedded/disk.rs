//! A snapshot of the table on disk, so that a registry that was started again begins with what it knew.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use serde::{Deserialize, Serialize};

use crate::backend::Offer;
use crate::table::{Listed, Table};

/// How often it is written at most: once a second. A kill costs what came after the last time: providers bring
/// it back with their next renewal; and who went in that second is back in the list for one more lease.
pub const EVERY: Duration = Duration::from_secs(1);

/// The longest file that is read: 256 MiB, five times 100,000 registrations of ordinary size.
const MAX_FILE: u64 = 256 * 1024 * 1024;

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// The format of this file.
    version: u32,
    registrations: Vec<Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    service: String,
    ttl_ms: u64,
    #[serde(flatten)]
    listed: Listed,
}

const VERSION: u32 = 1;

impl Snapshot {
    /// Everything that is registered at `now`.
    pub fn of(table: &Table, now: Instant) -> Self {
        let kept = table.rows(now).map(|(service, listed, ttl)| Kept {
            service: service.to_string(),
            ttl_ms: ttl.as_millis() as u64,
            listed,
        });
        Self { version: VERSION, registrations: kept.collect() }
    }
}

/// Puts `snapshot` in the place of the file: whoever reads it finds the old one or the new one, and never a half.
///
/// # Errors
/// Those of the disk, with the path; and `InvalidInput` when nobody would read it again.
// ANCHOR: write
pub fn write(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let bytes = serde_json::to_vec(snapshot).map_err(io::Error::from)?;
    if bytes.len() as u64 > MAX_FILE {
        let why = format!("{}: {} bytes, at most {MAX_FILE} are read again", path.display(), bytes.len());
        return Err(io::Error::new(ErrorKind::InvalidInput, why));
    }
    let beside = beside(path, "new");
    let replace = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(&bytes)?;
        file.sync_all()?; // before the name: a name without its bytes would be worse than an old file
        fs::rename(&beside, path)
    };
    replace().map_err(|error| about(path, error))
}
// ANCHOR_END: write

/// Puts a file aside that cannot be read, so that nothing is lost and the registry can begin.
///
/// # Errors
/// Those of the disk.
pub fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let bad = beside(path, "bad");
    fs::rename(path, &bad).map_err(|error| about(path, error))?;
    Ok(bad)
}

/// `registry.7050` gives `registry.7050.new`: another file's neighbour is never taken for ours.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn about(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Registers what the file holds, each for its whole TTL: who is alive renews it, and who is not is gone after
/// that. Returns how many. No file is an empty one.
///
/// # Errors
/// Those of the disk, and `InvalidData` when it is no snapshot.
pub fn read(path: &Path, table: &mut Table, now: Instant) -> io::Result<usize> {
    let bad = |why: String| io::Error::new(ErrorKind::InvalidData, format!("{}: {why}", path.display()));
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(about(path, error)),
    };
    if length > MAX_FILE {
        return Err(bad(format!("{length} bytes, at most {MAX_FILE} are read")));
    }
    let snapshot: Snapshot = serde_json::from_slice(&fs::read(path).map_err(|error| about(path, error))?)
        .map_err(|error| bad(error.to_string()))?;
    if snapshot.version != VERSION {
        return Err(bad(format!("format {}, expected {VERSION}", snapshot.version)));
    }
    let mut kept = snapshot.registrations;
    // In the order in which they came, so that the newest of an address stays the newest.
    kept.sort_by_key(|kept| kept.listed.order);
    let count = kept.len();
    for Kept { service, ttl_ms, listed } in kept {
        let service = ServiceKey::parse(&service).map_err(|error| bad(error.to_string()))?;
        let offer = Offer { service, endpoint: listed.endpoint, id: listed.id };
        table
            .register(now, &offer, Duration::from_millis(ttl_ms))
            .map_err(|refusal| bad(refusal.to_string()))?;
        table.set_age(&offer.id, now, Duration::from_millis(listed.age_ms));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::table::{Seen, TableLimits};

    const TTL: Duration = Duration::from_secs(10);

    fn table(incarnation: u64, now: Instant) -> Table {
        Table::new(incarnation, now, TTL, TableLimits::default())
    }

    #[test]
    fn it_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.json");
        let (start, service) = (Instant::now(), ServiceKey::parse("blue/S:1.0").unwrap());
        let mut old = table(1, start);
        assert_eq!(read(&path, &mut old, start).unwrap(), 0, "no file");
        for (id, port) in [("z", 1), ("a", 1), ("b", 2)] {
            let endpoint = Endpoint::new(([127, 0, 0, 1], port).into()).with("zone", "a/\"b\"\n北").unwrap();
            old.register(start, &Offer { service: service.clone(), endpoint, id: id.into() }, TTL).unwrap();
        }
        let later = start + TTL / 2;
        write(&path, &Snapshot::of(&old, later)).unwrap();
        write(&path, &Snapshot::of(&old, later)).expect("over the old one");

        let mut new = table(2, later);
        assert_eq!(read(&path, &mut new, later).unwrap(), 3);
        let list = |table: &Table, now| table.since(now, &service, Seen::default()).unwrap().put;
        assert_eq!(list(&new, later), list(&old, later));
        assert_eq!(new.next_deadline(), Some(later + TTL), "each has its whole time again");
    }

    #[test]
    fn what_is_no_snapshot_is_said_in_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.json");
        for (text, says) in [
            ("", "EOF while parsing"),
            ("{\"version\":1,\"registrations\":[{}]}", "missing field"),
            ("{\"version\":9,\"registrations\":[]}", "format 9, expected 1"),
        ] {
            fs::write(&path, text).unwrap();
            let error = read(&path, &mut table(1, Instant::now()), Instant::now()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidData);
            let text = error.to_string();
            assert!(text.contains(says) && text.contains("registry.json") && !text.contains('\n'), "{text}");
        }
        assert_eq!(put_aside(&path).unwrap(), folder.path().join("registry.json.bad"));
        let nowhere = folder.path().join("no such folder").join("registry.json");
        let error = write(&nowhere, &Snapshot::of(&table(1, Instant::now()), Instant::now())).unwrap_err();
        assert!(error.to_string().contains("no such folder"), "{error}");
    }
}
