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
            Err(error) => Ok(Reply::new(Status::UNAUTHENTICATED, format!("not sent: {error}"))),
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
