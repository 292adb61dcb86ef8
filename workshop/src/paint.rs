//! Colours and links, only where a terminal shows them.

use std::env;
use std::io::IsTerminal as _;
use std::path::Path;

/// Paints text, or leaves it as it is.
///
/// The colours are those of the book's figures, in the 256 that every terminal knows. Each stands beside a
/// word or a sign that says the same, so nothing is lost without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// For standard output: colours when it is a terminal and `NO_COLOR` is not set.
    pub fn for_stdout() -> Self {
        Self { on: std::io::stdout().is_terminal() && wanted() }
    }

    /// Never any colour.
    #[cfg(test)]
    pub const fn plain() -> Self {
        Self { on: false }
    }

    /// Whether text is painted.
    pub const fn on(self) -> bool {
        self.on
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Passed: the book's server green.
    pub fn good(self, text: &str) -> String {
        self.wrap("38;5;36", text)
    }

    /// Failed or lost: the book's warning colour.
    pub fn bad(self, text: &str) -> String {
        self.wrap("1;38;5;166", text)
    }

    /// Something to type or to open: the book's wire blue.
    pub fn key(self, text: &str) -> String {
        self.wrap("38;5;74", text)
    }

    /// A number that took time: the book's colour of deadlines.
    pub fn time(self, text: &str) -> String {
        self.wrap("38;5;175", text)
    }

    /// Not important now: the book's kernel grey.
    pub fn dim(self, text: &str) -> String {
        self.wrap("38;5;246", text)
    }

    /// What the eye should find first.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// A path from the root that opens on a click, where the terminal can (OSC 8).
    pub fn link(self, root: &Path, relative: &str) -> String {
        if !self.on {
            return relative.to_owned();
        }
        let target = root.join(relative);
        let url: String = target.to_string_lossy().bytes().map(percent).collect();
        format!("\x1b]8;;file://{url}\x1b\\{}\x1b]8;;\x1b\\", self.key(relative))
    }
}

/// Bytes that a URL's path may not hold as they are become `%xx`.
fn percent(byte: u8) -> String {
    match byte {
        b'/' | b'-' | b'_' | b'.' | b'~' | b':' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// The convention of no-color.org: set and not empty means no; a dumb terminal shows none either.
fn wanted() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// `text` without escape sequences: what a reader would see, to be searched or measured.
pub fn stripped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('\x1b') {
        plain.push_str(&rest[..start]);
        rest = &rest[start + escape_length(&rest[start..])..];
    }
    plain.push_str(rest);
    plain
}

/// The length in bytes of the escape sequence that `text` begins with.
pub fn escape_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        // CSI: parameters, then one final byte.
        Some(b'[') => bytes
            .iter()
            .skip(2)
            .position(|byte| (0x40..=0x7e).contains(byte))
            .map_or(bytes.len(), |at| at + 3),
        // OSC: up to BEL or ST (two bytes).
        Some(b']') => {
            let bell = text.find('\x07').map(|at| at + 1);
            let string_end = text.find("\x1b\\").map(|at| at + 2);
            bell.into_iter().chain(string_end).min().unwrap_or(bytes.len())
        }
        Some(byte) if byte.is_ascii() => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paint_comes_off_again() {
        let paint = Paint { on: true };
        let text = format!("{} {}", paint.bad("no"), paint.link(Path::new("/a b"), "src/lib.rs"));
        assert!(text.contains("file:///a%20b/src/lib.rs"));
        assert_eq!(stripped(&text), "no src/lib.rs");
        assert_eq!(stripped("\x1b[1m\x1b[38;5;9merror\x1b[0m: x\x1b"), "error: x");
        assert_eq!(Paint::plain().bad("no"), "no");
    }
}
