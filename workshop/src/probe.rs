//! Do file events work here? Tried, not guessed.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use notify::{RecursiveMode, Watcher as _};

/// Events arrive within milliseconds where they work at all. Network and shared folders, where they do not,
/// pay this once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Writes a file below `notes` and waits for the event. `Err` says in a few words why events cannot be used.
pub fn file_events(notes: &Path) -> Result<(), String> {
    let folder = notes.join(format!("probe.{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let result = event_in(&folder);
    let _ = fs::remove_dir_all(&folder);
    result
}

fn event_in(folder: &Path) -> Result<(), String> {
    let (tell, told) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let _ = tell.send(event.is_ok());
    })
    .map_err(|error| error.to_string())?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| error.to_string())?;
    fs::write(folder.join("probe"), "x").map_err(|error| error.to_string())?;
    match told.recv_timeout(PATIENCE) {
        Ok(true) => Ok(()),
        Ok(false) => Err("the system reports errors instead of events".to_owned()),
        Err(_) => Err(format!("a file was written and no event came within {} s", PATIENCE.as_secs())),
    }
}
