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

/// The caller's half of a service, without its types: a name, a way to get there, a format.
///
/// A stub has one method for each method of its interface, and each is one line over
/// [`call`](Self::call). In Java the line is not even written: `java.lang.reflect.Proxy` makes the class while
/// the program runs, and gives all its methods to one `InvocationHandler`. Rust makes no types while it
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
