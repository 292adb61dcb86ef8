//! Who may call: a secret that both sides know.

use std::fmt;

use ch02_protocol::{CallError, Reply, Status};

use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::Invoker;
use crate::metadata::MetadataError;

/// The name under which the token travels.
const NAME: &str = "token";

/// The caller's side: puts a token on every call.
///
/// It travels as it is. On a network that others can read, it needs TLS around it (chapter 10).
pub struct Token(String);

impl Token {
    /// Puts `token` on every call.
    ///
    /// # Errors
    /// When it is too long for [`Metadata`](crate::Metadata).
    pub fn new(token: &str) -> Result<Self, MetadataError> {
        crate::Metadata::none().set(NAME, token)?;
        Ok(Self(token.to_owned()))
    }
}

// ANCHOR: token
impl Filter for Token {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let mut invocation = invocation.clone();
        match invocation.metadata.set(NAME, &self.0) {
            Ok(()) => next.invoke(&invocation),
            // Other filters have filled the metadata. Without its token the call would be refused anyway.
            Err(error) => Err(CallError::Refused { why: error.to_string() }),
        }
    }
}
// ANCHOR_END: token

/// The server's side: refuses every call without the token. The call never ran.
pub struct RequireToken(String);

impl RequireToken {
    /// Lets calls with `token` pass.
    ///
    /// # Panics
    /// When `token` is empty: that would let everybody pass who knows the name.
    pub fn new(token: &str) -> Self {
        assert!(!token.is_empty(), "an empty token protects nothing");
        Self(token.to_owned())
    }
}

// ANCHOR: require_token
impl Filter for RequireToken {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let text = match invocation.metadata.get(NAME) {
            Some(token) if same(token.as_bytes(), self.0.as_bytes()) => return next.invoke(invocation),
            Some(_) => "the token is not the right one",
            None => "this server asks for a token",
        };
        Ok(Reply::new(Status::UNAUTHENTICATED, text))
    }
}

/// Looks at every byte, also after the first difference: the time that it takes says nothing about where a
/// guess went wrong.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
// ANCHOR_END: require_token

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Debug for RequireToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequireToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use ch03_codec::{Body, Format};

    use super::*;
    use crate::key::ServiceKey;
    use crate::metadata::Metadata;

    fn invocation() -> Invocation {
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "{}".into() };
        Invocation::new(ServiceKey::parse("A").unwrap(), "m", arguments).unwrap()
    }

    fn ok(_: &Invocation) -> Result<Reply, CallError> {
        Ok(Reply::ok("done"))
    }

    #[test]
    fn all_bytes_must_be_the_same() {
        assert!(same(b"", b"") && same(b"s3cret", b"s3cret") && same(b"\xff\x00", b"\xff\x00"));
        for other in [&b""[..], b"s", b"s3cre", b"s3cretx", b"t3cret", b"s3cres", b"s3\0ret", b"S3CRET"] {
            assert!(!same(other, b"s3cret") && !same(b"s3cret", other), "{other:?}");
        }
        // Two differences do not make up for each other.
        assert!(!same(b"ab", b"ba") && !same(b"\x01\x01", b"\0\0"));
    }

    #[test]
    fn the_right_token_passes_and_nothing_else() {
        let door = RequireToken::new("s3cret");
        let knock = |token: Option<&str>| {
            let mut invocation = invocation();
            // Under another name it is no token.
            for (name, value) in [("token", token), ("password", Some("s3cret"))] {
                value.into_iter().for_each(|value| invocation.metadata.set(name, value).unwrap());
            }
            door.call(&invocation, &ok).unwrap()
        };
        assert_eq!(knock(Some("s3cret")), Reply::ok("done"));
        let refused = |text| Reply::new(Status::UNAUTHENTICATED, text);
        for wrong in ["", "s3cre", "s3cretx", "öffne dich", &"s3cret".repeat(300)] {
            assert_eq!(knock(Some(wrong)), refused("the token is not the right one"), "{wrong}");
        }
        assert_eq!(knock(None), refused("this server asks for a token"));
    }

    #[test]
    fn every_call_gets_the_token_and_the_callers_own_is_left_alone() {
        let seen = Mutex::new(None);
        let next = |invocation: &Invocation| {
            *seen.lock().unwrap() = invocation.metadata.get("token").map(str::to_owned);
            ok(invocation)
        };
        let mut invocation = invocation();
        invocation.metadata.set("token", "an old one").unwrap();
        let before = invocation.clone();
        Token::new("s3cret").unwrap().call(&invocation, &next).unwrap();
        assert_eq!(seen.lock().unwrap().as_deref(), Some("s3cret"));
        assert_eq!(invocation, before, "whoever called may call again");
    }

    #[test]
    fn a_token_for_which_there_is_no_room_is_not_sent() {
        let long = "x".repeat(Metadata::MAX_LEN - 1 - NAME.len() - 2);
        let token = Token::new(&long).expect("it fits alone");
        assert!(Token::new(&format!("{long}x")).is_err());
        let mut full = invocation();
        full.metadata.set("other", "").unwrap();
        let never = |_: &Invocation| -> Result<Reply, CallError> { panic!("it must not be sent") };
        let error = token.call(&full, &never).unwrap_err();
        assert_eq!(error.to_string(), "not sent: metadata: expected at most 2048 bytes, got 2056");
        assert_eq!(error.outcome(), ch01_raw_tcp::Outcome::NeverRan);
    }

    #[test]
    fn it_is_shown_to_nobody() {
        let (token, door) = (Token::new("s3cret").unwrap(), RequireToken::new("s3cret"));
        assert_eq!(format!("{token:?} {door:?}"), "Token(…) RequireToken(…)");
    }

    #[test]
    #[should_panic(expected = "an empty token protects nothing")]
    fn an_empty_token_is_none() {
        RequireToken::new("");
    }
}
