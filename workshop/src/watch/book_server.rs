//! The book's server behind the view, started when the reader first asks for a page.

use std::sync::mpsc::SyncSender;
use std::thread;

use super::Input;
use crate::child::{self, Leash, Stream};
use crate::commands::book;
use crate::root::Workshop;

/// At most one server; it ends with the view.
#[derive(Debug, Default)]
pub struct BookServer {
    /// Ends it, once it was started.
    leash: Option<Leash>,
    /// Where it answers, once it does.
    url: Option<String>,
    /// The page that the reader asked for last.
    page: String,
}

impl BookServer {
    /// Shows a page, and starts the server when it does not run. The line says what comes next.
    pub fn open(&mut self, workshop: &Workshop, page: &str, tell: &SyncSender<Input>) -> String {
        self.page = page.replace(".md", ".html");
        if self.leash.as_ref().is_some_and(|leash| !leash.pulled()) {
            return self.show();
        }
        let leash = Leash::default();
        self.leash = Some(leash.clone());
        self.url = None;
        let mut command = book::engine(workshop);
        command.args(["serve", "--port", "0"]);
        let tell = tell.clone();
        thread::spawn(move || {
            let ended = child::run(command, &leash, |stream, line| {
                if stream == Stream::Out && line.starts_with("http://") {
                    let _ = tell.send(Input::Served(line.trim().to_owned()));
                }
            });
            let why = match ended {
                Ok(ended) => ended.stderr.lines().last().unwrap_or("no reason was given").to_owned(),
                Err(error) => error.to_string(),
            };
            if !leash.pulled() {
                leash.pull();
                let _ = tell.send(Input::Note(format!("the book's server ended: {why}")));
            }
        });
        "building the book; the first time takes a minute or two …".to_owned()
    }

    /// The server answers at `url`: the page that was asked for can be shown.
    pub fn served(&mut self, url: String) -> String {
        self.url = Some(url);
        self.show()
    }

    fn show(&self) -> String {
        let Some(url) = &self.url else { return "the book is still being built …".to_owned() };
        let url = format!("{}/{}", url.trim_end_matches('/'), self.page);
        book::open_in_browser(&url);
        format!("the book: {url}")
    }

    /// Ends the server.
    pub fn stop(&self) {
        if let Some(leash) = &self.leash {
            leash.pull();
        }
    }
}
