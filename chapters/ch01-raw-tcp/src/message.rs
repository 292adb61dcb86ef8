//! What stands on a line: `METHOD ARGUMENTS` one way, `ok TEXT` or `error CODE TEXT` the other.

use std::fmt;

/// Why a server did not do what a request asked for.
///
/// The names travel on the wire, so they never change. Chapter 2 turns them into numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The line is not a request: not UTF-8, or empty.
    BadRequest,
    /// No method of that name.
    UnknownMethod,
    /// The method exists, its arguments make no sense.
    BadArgument,
    /// The thing asked for does not exist.
    NotFound,
    /// The line was above the limit. The server closes the connection after this reply.
    TooLong,
    /// The line was begun and not finished in time. The server closes the connection after this reply.
    Timeout,
    /// The server has no room. It ran nothing, so trying again later is safe.
    Busy,
    /// The service panicked, or its reply does not fit on a line. It may have done part of its work.
    Internal,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 8] = [
        Self::BadRequest,
        Self::UnknownMethod,
        Self::BadArgument,
        Self::NotFound,
        Self::TooLong,
        Self::Timeout,
        Self::Busy,
        Self::Internal,
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::UnknownMethod => "unknown-method",
            Self::BadArgument => "bad-argument",
            Self::NotFound => "not-found",
            Self::TooLong => "too-long",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// Finds the code of a name from the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A reply, as both stubs see it. `\n` does not occur in its text: that is the line protocol's promise,
/// and its weakness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// `ok TEXT`
    Ok(String),
    /// `error CODE TEXT`
    Error(Code, String),
}

impl Reply {
    /// The reply as a line, without `\n`.
    pub fn to_line(&self) -> Vec<u8> {
        match self {
            Self::Ok(text) if text.is_empty() => b"ok".to_vec(),
            Self::Ok(text) => format!("ok {text}").into_bytes(),
            Self::Error(code, text) => format!("error {code} {text}").into_bytes(),
        }
    }

    /// The reply as it goes onto the wire: the line and its `\n`.
    pub fn to_wire(&self) -> Vec<u8> {
        let mut line = self.to_line();
        line.push(b'\n');
        line
    }

    /// Reads a reply from a line; `None` when the line is no reply.
    pub fn from_line(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        match line.split_once(' ').unwrap_or((line, "")) {
            ("ok", text) => Some(Self::Ok(text.to_owned())),
            ("error", rest) => {
                let (code, text) = rest.split_once(' ').unwrap_or((rest, ""));
                Some(Self::Error(Code::from_name(code)?, text.to_owned()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_survive_the_round_trip() {
        for reply in [
            Reply::Ok(String::new()),
            Reply::Ok("2 blue keyboard".into()),
            Reply::Error(Code::NotFound, "no order 7".into()),
        ] {
            assert_eq!(Reply::from_line(&reply.to_line()), Some(reply));
        }
    }

    #[test]
    fn every_code_has_one_name() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(code));
        }
        // The numbers of the variants count them: one that is missing from ALL could be sent, never read.
        let mut numbers = Code::ALL.map(|code| code as usize);
        numbers.sort_unstable();
        assert_eq!(numbers.to_vec(), (0..=Code::Internal as usize).collect::<Vec<_>>());
    }

    #[test]
    fn an_empty_text_leaves_no_blank_behind() {
        assert_eq!(Reply::Ok(String::new()).to_line(), b"ok");
    }

    #[test]
    fn rubbish_is_no_reply() {
        for line in [&b"okay"[..], b"error", b"error whatever x", b"", b"\xff\xfe", b"OK x"] {
            assert_eq!(Reply::from_line(line), None, "{line:?}");
        }
    }
}
