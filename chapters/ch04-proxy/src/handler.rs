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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::key::ServiceKey;

    const SIGNATURE: Signature =
        Signature { name: "half", arguments: &[("of", "u32"), ("and", "&str")], returns: "u32" };

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Half {
        of: u32,
        and: String,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Odd(u32);

    fn half(request: Half) -> Result<String, Odd> {
        let Half { of, and } = request;
        if of % 2 == 0 { Ok(format!("{} and {and}", of / 2)) } else { Err(Odd(of)) }
    }

    fn invocation<A: Serialize>(format: Format, arguments: &A) -> Invocation {
        let body = Marshaller::default().write(format, arguments).unwrap();
        Invocation::new(ServiceKey::parse("A").unwrap(), "half", body).unwrap()
    }

    fn codecs() -> Vec<Format> {
        let marshaller = Marshaller::default();
        marshaller.codecs.iter().map(|codec| Format { codec: codec.id(), compressor: 0 }).collect()
    }

    fn body_of(reply: Reply) -> (Status, Body) {
        let Reply { status, codec, compressor, body } = reply;
        (status, Body { format: Format { codec, compressor }, bytes: body })
    }

    #[test]
    fn results_and_errors_leave_in_the_codec_of_the_question() {
        let (handler, marshaller) = (typed(SIGNATURE, half), Marshaller::default());
        for format in codecs() {
            let call = |of| {
                let question = invocation(format, &Half { of, and: "x".into() });
                body_of(handler.handle(&question, &marshaller))
            };
            let (status, body) = call(84);
            assert_eq!((status, body.format), (Status::OK, format));
            assert_eq!(marshaller.read::<String>(&body).unwrap(), "42 and x");
            let (status, body) = call(85);
            assert_eq!((status, body.format), (Status::SERVICE_ERROR, format));
            assert_eq!(marshaller.read::<Odd>(&body).unwrap(), Odd(85));
        }
    }

    /// A short question is sent raw, and says that its answer need not be.
    #[test]
    fn the_answer_is_compressed_as_the_question_accepts() {
        let (handler, marshaller) = (typed(SIGNATURE, half), Marshaller::default());
        let format = Format { codec: 1, compressor: 0 };
        let question = |length| invocation(format, &Half { of: 2, and: "x".repeat(length) });
        for (question, compressor) in [
            (question(5000), 0),
            (question(5000).accepting(2), 2),
            (question(5000).accepting(99), 0),
            (question(5).accepting(2), 0),
        ] {
            let (status, body) = body_of(handler.handle(&question, &marshaller));
            assert_eq!((status, body.format), (Status::OK, Format { compressor, ..format }));
            assert!(marshaller.read::<String>(&body).unwrap().starts_with("1 and x"));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_the_method_named() {
        let never = |_: Half| -> Result<(), ()> { panic!("it must not run") };
        let (handler, marshaller) = (typed(SIGNATURE, never), Marshaller::default());
        for format in codecs() {
            for question in [invocation(format, &"x"), invocation(format, &Half2 { of: 2 }), cut(format)] {
                let reply = handler.handle(&question, &marshaller);
                assert_eq!((reply.status, reply.codec, reply.compressor), (Status::BAD_ARGUMENTS, 0, 0));
                let text = String::from_utf8(reply.body.to_vec()).unwrap();
                assert!(text.starts_with("half(of: u32, and: &str) -> u32: "), "{text}");
            }
        }
        #[derive(Serialize)]
        struct Half2 {
            of: u32,
        }
        fn cut(format: Format) -> Invocation {
            let mut invocation = invocation(format, &Half { of: 2, and: "x".into() });
            invocation.arguments.bytes.truncate(1);
            invocation
        }
        for (format, status) in [
            (Format { codec: 99, compressor: 0 }, Status::UNKNOWN_CODEC),
            (Format { codec: 1, compressor: 99 }, Status::UNKNOWN_COMPRESSOR),
            (Format { codec: 1, compressor: 1 }, Status::BAD_ARGUMENTS), // not deflated at all
        ] {
            let mut question =
                invocation(Format { codec: 1, compressor: 0 }, &Half { of: 2, and: "x".into() });
            question.arguments.format = format;
            assert_eq!(handler.handle(&question, &marshaller).status, status);
        }
    }

    #[test]
    fn a_result_that_cannot_be_written_is_no_reason_to_call_again() {
        let maps = |_: Half| Ok::<_, ()>(BTreeMap::from([((1, 2), "a pair is no key in JSON")]));
        let question = invocation(Format { codec: 1, compressor: 0 }, &Half { of: 2, and: "x".into() });
        let reply = typed(SIGNATURE, maps).handle(&question, &Marshaller::default());
        assert_eq!(reply.status, Status::INTERNAL);
        assert_eq!(reply.status.outcome(), Some(ch01_raw_tcp::Outcome::MayHaveRun));
    }
}
