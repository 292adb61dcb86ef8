//! Sees the reader's saves: by file events where they work, by looking once a second where they do not.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::probe;
use crate::source::is_source_name;

/// How often to look where no events come. A person waits a second without noticing.
const POLL: Duration = Duration::from_secs(1);

/// Watches for as long as it lives.
#[derive(Debug)]
pub struct Saves {
    _watcher: Kind,
    /// Why it looks once a second, when it does.
    pub polling: Option<String>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "they work by being alive")]
enum Kind {
    Events(RecommendedWatcher),
    Polls(PollWatcher),
}

impl Saves {
    /// Calls `tell` with source files that may have changed below `exercises/`.
    /// `WORKSHOP_POLL=1` looks once a second without trying events first.
    ///
    /// # Errors
    /// When the folder cannot be looked at in either way.
    pub fn watch(root: &Path, tell: impl Fn(Vec<PathBuf>) + Send + Clone + 'static) -> anyhow::Result<Self> {
        let folder = root.join("exercises");
        let reason = if std::env::var_os("WORKSHOP_POLL").is_some_and(|value| value == "1") {
            "WORKSHOP_POLL=1".to_owned()
        } else {
            let events = probe::file_events(&root.join(".workshop")).and_then(|()| {
                let mut watcher =
                    notify::recommended_watcher(handler(tell.clone())).map_err(|error| error.to_string())?;
                watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| error.to_string())?;
                Ok(watcher)
            });
            match events {
                Ok(watcher) => return Ok(Self { _watcher: Kind::Events(watcher), polling: None }),
                Err(reason) => reason,
            }
        };
        let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        let mut watcher = PollWatcher::new(handler(tell), config)?;
        watcher.watch(&folder, RecursiveMode::Recursive)?;
        Ok(Self { _watcher: Kind::Polls(watcher), polling: Some(reason) })
    }
}

fn handler(
    tell: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    move |event| {
        let Ok(event) = event else { return };
        // Reading is no change; the compiler reads a lot.
        let reading =
            matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        let files: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_source(path)).collect();
        if !reading && !files.is_empty() {
            tell(files);
        }
    }
}

fn is_source(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_source_name(&name.to_string_lossy()))
}
