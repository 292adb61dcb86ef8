//! What stands behind a method's name at the server.

use ch02_protocol::{Reply, Status};
use ch03_codec::{Body, Format, Marshaller};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::invocation::Invocation;
use crate::skeleton::Signature;

/// Answers the calls of one method: arguments come as bytes, and the result leaves as bytes, so that handlers
/// of all types fit into one table.
// ANCHOR: trait
pub trait Handler: Send + Sync {
    /// Reads the arguments, runs the method, writes its result. `marshaller` is the server's.
    fn handle(&self, invocation: &Invocation, marshaller: &Marshaller) -> Reply;
}
// ANCHOR_END: trait

/// Any closure of the right shape is a handler.
impl<F: Fn(&Invocation, &Marshaller) -> Reply + Send + Sync> Handler for F {
    fn handle(&self, invocation: &Invocation, marshaller: &Marshaller) -> Reply {
        self(invocation, marshaller)
    }
}

/// A function of the program as a handler. Its types are known here, and forgotten outside: each `A`, `R` and
/// `E` gets a closure of its own, and all closures are a `dyn Handler`.
// ANCHOR: typed
pub fn typed<A, R, E>(
    signature: Signature,
    f: impl Fn(A) -> Result<R, E> + Send + Sync + 'static,
) -> Box<dyn Handler>
where
    A: DeserializeOwned,
    R: Serialize,
    E: Serialize,
{
    Box::new(move |invocation: &Invocation, marshaller: &Marshaller| {
        let arguments = match marshaller.read(&invocation.arguments) {
            Ok(arguments) => arguments,
            Err(error) => {
                let status = match error.status() {
                    Status::BAD_REQUEST => Status::BAD_ARGUMENTS,
                    unknown_codec => unknown_codec,
                };
                return Reply::new(status, format!("{signature}: {error}"));
            }
        };
        match f(arguments) {
            Ok(value) => answer(Status::OK, &value, invocation, marshaller),
            Err(error) => answer(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
    })
}
// ANCHOR_END: typed

/// A value as a reply: in the question's codec, and compressed as the question allows.
fn answer<T: Serialize>(
    status: Status,
    value: &T,
    invocation: &Invocation,
    marshaller: &Marshaller,
) -> Reply {
    let compressor = marshaller.accepted(invocation.accept());
    let format = Format { codec: invocation.arguments.format.codec, compressor };
    match marshaller.write(format, value) {
        Ok(Body { format, bytes }) => {
            Reply { codec: format.codec, compressor: format.compressor, ..Reply::new(status, bytes) }
        }
        // It ran: a caller who tries again would order twice.
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
}
