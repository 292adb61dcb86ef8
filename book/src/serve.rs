//! `cargo book serve`: the rendered book on this machine's own address, rendered again when a file changes.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use notify::{RecursiveMode, Watcher};

use crate::http::{self, Reply, Request};
use crate::repo::Repo;
use crate::site;

/// A browser opens six connections to one host, some of them in advance: enough for ten windows. What comes
/// above it is hung up on, and the browser asks again.
const MAX_CONNECTIONS: usize = 64;
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

/// The rendered book. Connections read it; a new rendering waits for them, and they for it.
struct Rendered {
    folder: PathBuf,
    version: AtomicU64,
    lock: RwLock<()>,
}

/// Renders, serves and renders again, until the reader ends it.
pub fn serve(root: &Path, dest: &Path, wish: &Wish) -> Result<()> {
    let listener = bind(wish.port)?;
    let port = listener.local_addr()?.port();
    let rendered =
        Arc::new(Rendered { folder: dest.to_path_buf(), version: AtomicU64::new(0), lock: RwLock::new(()) });
    rendered.render(root)?;
    let shared = Arc::clone(&rendered);
    std::thread::spawn(move || accept(&listener, &shared));
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

/// A thread for each connection, up to the limit. Every connection holds one reference to the book.
fn accept(listener: &TcpListener, rendered: &Arc<Rendered>) {
    for stream in listener.incoming().flatten() {
        let rendered = Arc::clone(rendered);
        if Arc::strong_count(&rendered) <= MAX_CONNECTIONS {
            // A browser that went away in the middle is no fault of ours.
            std::thread::spawn(move || http::serve(stream, |request| rendered.reply(request)));
        }
    }
}

/// The asked port or the next free one, on the loopback address only: the book is for this machine.
fn bind(port: u16) -> Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
    let free = (port..=last).find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    free.ok_or_else(|| anyhow!("no free port from {port} to {last}: name another one with --port"))
}

impl Rendered {
    fn render(&self, root: &Path) -> Result<()> {
        let repo = Repo::load(root)?;
        let _alone = self.lock.write().unwrap_or_else(PoisonError::into_inner);
        for finding in site::build(&repo, &self.folder)? {
            eprintln!("{finding}");
        }
        self.version.fetch_add(1, Ordering::Relaxed);
        eprintln!("rendered {} pages", repo.pages.len());
        Ok(())
    }

    fn reply(&self, request: Request) -> Reply {
        let text = |status, text: &str| Reply { status, kind: "text/plain", body: text.into() };
        let target = match request {
            Request::Get(target) => target,
            Request::Other => return text("405 Method Not Allowed", "only GET\n"),
            Request::Bad => return text("400 Bad Request", "this is no HTTP request\n"),
        };
        if target == VERSION {
            return text("200 OK", &self.version.load(Ordering::Relaxed).to_string());
        }
        // A rendering that failed leaves what it left; the next one mends it.
        let _shared = self.lock.read().unwrap_or_else(PoisonError::into_inner);
        let file =
            file_for(&target).and_then(|path| Some((std::fs::read(self.folder.join(&path)).ok()?, path)));
        let Some((mut body, path)) = file else { return text("404 Not Found", "there is no such page\n") };
        let kind = kind(&path);
        if kind.starts_with("text/html") {
            body = String::from_utf8_lossy(&body).replacen("</body>", RELOAD, 1).into_bytes();
        }
        Reply { status: "200 OK", kind, body }
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
        let first = bind(0).expect("a free port");
        let taken = first.local_addr().expect("its address").port();
        // The highest port has no next one.
        if taken < u16::MAX - PORTS {
            let next = bind(taken).expect("another free port");
            assert_ne!(next.local_addr().expect("its address").port(), taken);
        }
    }
}
