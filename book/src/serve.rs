//! `cargo book serve`: the rendered book on this machine's own address, rendered again when a file changes.

use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use notify::{RecursiveMode, Watcher};
use tiny_http::{Header, Request, Response, Server};

use crate::repo::Repo;
use crate::site;

/// A browser opens six connections to one host; more workers would only wait.
const WORKERS: usize = 6;
/// An editor writes one save as several events; they come within a few milliseconds of each other.
const SETTLE: Duration = Duration::from_millis(150);
/// Where saves never stop, the page is rendered all the same: nobody waits longer than this for a change to show.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many ports to try after the one asked for: more than a person keeps servers running.
const PORTS: u16 = 20;
/// What a page asks to learn whether it has been rendered again.
const VERSION: &str = "/__version";
/// Asks once a second: a reader does not notice the delay, and a second costs the server nothing.
const RELOAD: &str = "<script>(() => { let seen; setInterval(async () => { try {
const now = await (await fetch('/__version')).text(); if (seen && now !== seen) location.reload(); seen = now;
} catch { } }, 1000); })();</script></body>";

/// What `serve` was asked for.
pub struct Wish {
    /// The first port to try; 0 lets the system choose.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// Whether to leave changes alone.
    pub once: bool,
}

/// The rendered book. Workers read it; a new rendering waits for them, and they for it.
struct Rendered {
    folder: PathBuf,
    version: AtomicU64,
    lock: RwLock<()>,
}

/// Renders, serves and renders again, until the reader ends it.
pub fn serve(root: &Path, dest: &Path, wish: &Wish) -> Result<()> {
    let (server, port) = bind(wish.port)?;
    let rendered =
        Arc::new(Rendered { folder: dest.to_path_buf(), version: AtomicU64::new(0), lock: RwLock::new(()) });
    rendered.render(root)?;
    let server = Arc::new(server);
    for _ in 0..WORKERS {
        let (server, rendered) = (Arc::clone(&server), Arc::clone(&rendered));
        std::thread::spawn(move || {
            while let Ok(request) = server.recv() {
                // A browser that went away in the middle is no fault of ours.
                let _ = rendered.answer(request);
            }
        });
    }
    let url = format!("http://127.0.0.1:{port}/");
    println!("{url}");
    if wish.open {
        open_browser(&url);
    }
    if wish.once {
        eprintln!("serving; Ctrl-C ends it");
        loop {
            std::thread::park();
        }
    }
    let (changed, changes) = channel();
    let mut watcher = notify::recommended_watcher(changed).context("cannot watch for changes; try --once")?;
    for folder in [
        "book/text",
        "book/theme",
        "book/captured",
        "book/quiz",
        "book/concepts.toml",
        "book/book.toml",
        "chapters",
        "exercises",
    ] {
        let path = root.join(folder);
        if path.exists() {
            watcher
                .watch(&path, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {folder}"))?;
        }
    }
    eprintln!("serving and watching for changes; Ctrl-C ends it");
    while wait_for_change(&changes) {
        if let Err(why) = rendered.render(root) {
            eprintln!("error: {why:#}");
        }
    }
    Ok(())
}

/// Waits for a change, then until no more follow.
fn wait_for_change(changes: &Receiver<notify::Result<notify::Event>>) -> bool {
    // Reading a file is an event, too; only writing one is a change.
    let is_change =
        |event: &notify::Result<notify::Event>| event.as_ref().is_ok_and(|event| !event.kind.is_access());
    loop {
        match changes.recv() {
            Ok(event) if is_change(&event) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    let latest = Instant::now() + PATIENCE;
    while Instant::now() < latest && changes.recv_timeout(SETTLE).is_ok() {}
    true
}

/// The asked port or the next free one, on the loopback address only: the book is for this machine.
fn bind(port: u16) -> Result<(Server, u16)> {
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
    for candidate in port..=last {
        if let Ok(server) = Server::http((Ipv4Addr::LOCALHOST, candidate)) {
            let port = server.server_addr().to_ip().map_or(candidate, |address| address.port());
            return Ok((server, port));
        }
    }
    Err(anyhow!("no free port from {port} to {last}: name another one with --port"))
}

impl Rendered {
    fn render(&self, root: &Path) -> Result<()> {
        let repo = Repo::load(root)?;
        let _alone = self.lock.write().map_err(|_| anyhow!("a worker stopped while it read the book"))?;
        for finding in site::build(&repo, &self.folder)? {
            eprintln!("{finding}");
        }
        self.version.fetch_add(1, Ordering::Relaxed);
        eprintln!("rendered {} pages", repo.pages.len());
        Ok(())
    }

    fn answer(&self, request: Request) -> Result<()> {
        if request.url() == VERSION {
            return Ok(
                request.respond(Response::from_string(self.version.load(Ordering::Relaxed).to_string()))?
            );
        }
        let found = {
            let _shared = self.lock.read().map_err(|_| anyhow!("the rendering stopped"))?;
            file_for(request.url())
                .and_then(|path| Some((std::fs::read(self.folder.join(&path)).ok()?, path)))
        };
        let Some((bytes, path)) = found else {
            return Ok(request.respond(Response::from_string("not found\n").with_status_code(404))?);
        };
        let kind = kind(&path);
        let bytes = if kind.starts_with("text/html") {
            String::from_utf8_lossy(&bytes).replacen("</body>", RELOAD, 1).into_bytes()
        } else {
            bytes
        };
        let header = Header::from_bytes("Content-Type", kind).map_err(|()| anyhow!("a bad header"))?;
        // Without this a browser may show the rendering before last.
        let fresh = Header::from_bytes("Cache-Control", "no-store").map_err(|()| anyhow!("a bad header"))?;
        Ok(request.respond(Response::from_data(bytes).with_header(header).with_header(fresh))?)
    }
}

/// The file that a URL asks for, below the rendered book and nowhere else.
fn file_for(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
    let inside = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !path.contains('%') && !path.contains('\\')).then(|| PathBuf::from(path))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Asks the system to open a browser; where that does not work, the URL is on the screen.
fn open_browser(url: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if std::process::Command::new(opener).arg(url).spawn().is_err() {
        eprintln!("{opener} is not installed: open the address above yourself");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_book_are_served() {
        assert_eq!(file_for("/"), Some("index.html".into()));
        assert_eq!(file_for("/ch01/one.html?search=x"), Some("ch01/one.html".into()));
        for url in ["/../Cargo.toml", "/a/../../b", "//etc/passwd/..", "/%2e%2e/x", "/a\\..\\b"] {
            assert_eq!(file_for(url), None, "{url}");
        }
    }

    #[test]
    fn a_taken_port_gives_way_to_the_next_free_one() {
        let (_first, taken) = bind(0).expect("a free port");
        // The highest port has no next one.
        if taken < u16::MAX - PORTS {
            let (_second, next) = bind(taken).expect("another free port");
            assert_ne!(next, taken);
        }
    }
}
