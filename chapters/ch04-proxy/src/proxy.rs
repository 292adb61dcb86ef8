//! What all client stubs share: a call becomes an invocation, a reply becomes a result.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::{Body, Format, Marshaller};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::RpcError;
use crate::invocation::Invocation;
use crate::invoker::Invoker;
use crate::key::ServiceKey;

/// The caller's half of a service, without its types: a name, a way to get there, a format. [X-01]
///
/// A stub has one method for each method of its interface, and each is one line over
/// [`call`](Self::call). In Java the line is not even written: `java.lang.reflect.Proxy` makes the class while
/// the program runs, and gives all its methods to one `InvocationHandler`. [X-02] Rust makes no types while it
/// runs, so the lines are written by hand, or by a macro.
// ANCHOR: proxy
#[derive(Clone)]
pub struct Proxy {
    service: ServiceKey,
    invoker: Arc<dyn Invoker>,
    marshaller: Arc<Marshaller>,
    format: Format,
}
// ANCHOR_END: proxy

impl Proxy {
    /// The format of a call, unless another is chosen: chapter 3's own (5), since it can be read by older and
    /// newer programs, deflated (1) when that pays.
    pub const FORMAT: Format = Format { codec: 5, compressor: 1 };

    /// Calls `service` through `invoker`.
    pub fn new(service: ServiceKey, invoker: Arc<dyn Invoker>) -> Self {
        Self { service, invoker, marshaller: Arc::default(), format: Self::FORMAT }
    }

    /// Calls in another format.
    pub fn with_format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Reads and writes with other codecs, compressors and limits.
    pub fn with_marshaller(self, marshaller: Arc<Marshaller>) -> Self {
        Self { marshaller, ..self }
    }

    /// Which service it calls.
    pub fn service(&self) -> &ServiceKey {
        &self.service
    }

    /// Calls `method` with `arguments`: a struct with a field for each, in their order.
    ///
    /// # Errors
    /// [`RpcError`].
    // ANCHOR: call
    pub fn call<A, R, E>(&self, method: impl Into<Cow<'static, str>>, arguments: &A) -> Result<R, RpcError<E>>
    where
        A: Serialize + ?Sized,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let arguments = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, arguments)?;
        let reply = self.invoker.invoke(&invocation.accepting(self.format.compressor))?;
        self.result(reply)
    }
    // ANCHOR_END: call

    // ANCHOR: result
    fn result<R: DeserializeOwned, E: DeserializeOwned>(&self, reply: Reply) -> Result<R, RpcError<E>> {
        let Reply { status, codec, compressor, body } = reply;
        let body = Body { format: Format { codec, compressor }, bytes: body };
        let unreadable = |source| RpcError::Answer { status, source };
        match status {
            Status::OK => self.marshaller.read(&body).map_err(unreadable),
            Status::SERVICE_ERROR => {
                Err(self.marshaller.read(&body).map_or_else(unreadable, RpcError::Service))
            }
            _ => {
                let text = String::from_utf8_lossy(&body.bytes).into_owned();
                Err(CallError::Remote { status, text }.into())
            }
        }
    }
    // ANCHOR_END: result
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("service", &self.service)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use ch01_raw_tcp::Outcome;
    use serde::Deserialize;

    use super::*;

    #[derive(Serialize)]
    struct Half {
        of: u32,
        and: String,
    }

    #[derive(Debug, PartialEq, Deserialize, thiserror::Error)]
    #[error("{0} is odd")]
    struct Odd(u32);

    const JSON: Format = Format { codec: 1, compressor: 0 };

    /// A proxy whose calls are all answered with `reply`, and what it has sent.
    fn proxy(reply: Reply) -> (Proxy, Arc<Mutex<Vec<Invocation>>>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&sent);
        let invoker = move |invocation: &Invocation| {
            seen.lock().unwrap().push(invocation.clone());
            Ok(reply.clone())
        };
        (Proxy::new(ServiceKey::parse("A:1").unwrap(), Arc::new(invoker)), sent)
    }

    fn half(proxy: &Proxy, and: &str) -> Result<u32, RpcError<Odd>> {
        proxy.call("half", &Half { of: 84, and: and.into() })
    }

    fn reply(status: Status, body: &'static str) -> Reply {
        Reply { codec: JSON.codec, ..Reply::new(status, body) }
    }

    #[test]
    fn a_call_is_a_value_with_names_and_arguments() {
        let (proxy, sent) = proxy(reply(Status::OK, "42"));
        assert_eq!(half(&proxy.clone().with_format(JSON), "x").unwrap(), 42);
        let sent = sent.lock().unwrap().remove(0);
        assert_eq!((sent.service().as_str(), sent.method()), ("A:1", "half"));
        let expected = Body { format: JSON, bytes: r#"{"of":84,"and":"x"}"#.into() };
        assert_eq!((&sent.arguments, sent.accept()), (&expected, &[][..]));
        assert!(sent.metadata.is_empty());
        assert_eq!(proxy.service().as_str(), "A:1");
    }

    #[test]
    fn the_format_is_tagged_and_deflated_when_that_pays() {
        let (proxy, sent) = proxy(reply(Status::OK, "42"));
        for and in ["x", &"x".repeat(5000)] {
            half(&proxy, and).unwrap();
        }
        let sent = sent.lock().unwrap();
        let formats = sent.iter().map(|one| (one.arguments.format.codec, one.arguments.format.compressor));
        assert_eq!(formats.collect::<Vec<_>>(), [(5, 0), (5, 1)]);
        // The short one does not say so itself; its answer may be long.
        assert!(sent.iter().all(|one| one.accept() == [1]));
    }

    #[test]
    fn every_kind_of_reply_is_a_result() {
        let call = |reply| half(&proxy(reply).0, "x");
        assert_eq!(call(reply(Status::OK, "42")).unwrap(), 42);
        match call(reply(Status::SERVICE_ERROR, "85")).unwrap_err() {
            RpcError::Service(error) => assert_eq!(error, Odd(85)),
            other => panic!("{other}"),
        }
        for (reply, status, outcome, text) in [
            (
                reply(Status::SERVICE_ERROR, "85"),
                Some(Status::SERVICE_ERROR),
                Outcome::RanAndFailed,
                "85 is odd",
            ),
            (
                reply(Status::BUSY, "later"),
                Some(Status::BUSY),
                Outcome::NeverRan,
                "the server answered 103 busy: later",
            ),
            (
                reply(Status(299), "\u{fffd}"),
                Some(Status(299)),
                Outcome::MayHaveRun,
                "the server answered 299: \u{fffd}",
            ),
            (
                Reply { codec: 99, ..reply(Status::OK, "42") },
                None,
                Outcome::MayHaveRun,
                "the answer (0 ok) cannot be read: codec: unknown id 99; known here: 1 json, 2 hessian2, \
                 3 bincode, 4 postcard, 5 tagged",
            ),
            (
                reply(Status::SERVICE_ERROR, "later"),
                Some(Status::SERVICE_ERROR),
                Outcome::RanAndFailed,
                "the answer (304 service-error) cannot be read: not the expected value in json: expected \
                 value at line 1 column 1",
            ),
        ] {
            let error = call(reply).unwrap_err();
            assert_eq!((error.status(), error.outcome()), (status, outcome), "{error}");
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn a_lost_call_is_handed_on_as_it_is() {
        let lost = |_: &Invocation| Err(CallError::BadReply { text: "?".into() });
        let proxy = Proxy::new(ServiceKey::parse("A").unwrap(), Arc::new(lost));
        let error = half(&proxy, "x").unwrap_err();
        assert!(matches!(error, RpcError::Call(CallError::BadReply { .. })), "{error}");
        assert_eq!((error.status(), error.outcome()), (None, Outcome::MayHaveRun));
    }

    #[test]
    fn what_cannot_be_written_is_not_sent() {
        let (proxy, sent) = proxy(reply(Status::OK, "42"));
        let unknown = proxy.clone().with_format(Format { codec: 99, compressor: 0 });
        let none = Marshaller { codecs: ch03_codec::CodecTable::empty(), ..Marshaller::default() };
        for proxy in [unknown, proxy.clone().with_marshaller(Arc::new(none))] {
            let error = half(&proxy, "x").unwrap_err();
            assert!(matches!(error, RpcError::Arguments(_)), "{error}");
            assert_eq!((error.status(), error.outcome()), (None, Outcome::NeverRan));
        }
        let error = proxy.call::<_, u32, Odd>("half of", &Half { of: 84, and: String::new() }).unwrap_err();
        assert!(matches!(error, RpcError::Name(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::NeverRan);
        assert!(sent.lock().unwrap().is_empty());
    }
}
