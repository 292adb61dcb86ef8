//! Finds what was called: service, then method, then its handler.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::Marshaller;

use crate::invocation::Invocation;
use crate::invoker::Invoker;
use crate::key::ServiceKey;
use crate::skeleton::Skeleton;

/// The services of one server. [X-05]
///
/// ```text
///   "OrderService" ──▶ Skeleton ── "get_order"   ──▶ dyn Handler ──▶ shop.get_order(42)
///                                  "place_order" ──▶ dyn Handler
///   "Greeter:2.0"  ──▶ Skeleton ── "say_hello"   ──▶ dyn Handler
/// ```
///
/// It is filled before the server starts and never changes afterwards, so finding takes no lock. Nothing that
/// a frame says makes it grow.
#[derive(Debug, Default)]
pub struct Dispatcher {
    services: BTreeMap<ServiceKey, Skeleton>,
    marshaller: Arc<Marshaller>,
}

impl Dispatcher {
    /// No services yet. `marshaller` reads arguments and writes results.
    pub fn new(marshaller: Arc<Marshaller>) -> Self {
        Self { services: BTreeMap::new(), marshaller }
    }

    /// Adds a service.
    ///
    /// # Errors
    /// When there is one under the same key: the second would hide the first.
    pub fn add(&mut self, skeleton: Skeleton) -> Result<(), Occupied> {
        if self.services.contains_key(skeleton.key()) {
            return Err(Occupied(skeleton.key().clone()));
        }
        self.services.insert(skeleton.key().clone(), skeleton);
        Ok(())
    }

    /// The services, by key.
    pub fn services(&self) -> impl Iterator<Item = &Skeleton> {
        self.services.values()
    }

    /// Carries out a call. Whatever goes wrong is a reply: somebody waits for it.
    // ANCHOR: dispatch
    pub fn dispatch(&self, invocation: &Invocation) -> Reply {
        let (service, method) = (invocation.service(), invocation.method());
        let Some(skeleton) = self.services.get(service) else {
            let text = format!("no service {service}; here: {}", some(self.services.keys()));
            return Reply::new(Status::UNKNOWN_SERVICE, text);
        };
        let Some(handler) = skeleton.find(method) else {
            let methods = some(skeleton.signatures().map(|signature| signature.name));
            let text = format!("no method {method} in {service}; there are: {methods}");
            return Reply::new(Status::UNKNOWN_METHOD, text);
        };
        contain(&format_args!("{service}.{method}"), || handler.handle(invocation, &self.marshaller))
    }
    // ANCHOR_END: dispatch
}

impl Invoker for Dispatcher {
    /// Never an error: a call in the same process cannot get lost.
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        Ok(self.dispatch(invocation))
    }
}

/// Runs `f`; a panic costs its caller a reply with [`Status::INTERNAL`], and nobody else anything.
///
/// The caller learns *that* it panicked. *Why* stays here: Rust's panic hook has written it to standard error
/// before this function sees it, and it may quote what is not the caller's business.
///
/// A lock that `f` held stays poisoned, and a value that it was changing may be half changed: the panic is
/// contained, not undone. Nothing contains an overflown stack, a second panic while the first still unwinds (in
/// a `Drop`), or a program built with `panic = "abort"`.
// ANCHOR: contain
pub fn contain(what: &dyn Display, f: impl FnOnce() -> Reply) -> Reply {
    // What `f` shares with the rest of the program is behind `&`; see above for what that is worth.
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|payload| {
        discard(payload);
        Reply::new(Status::INTERNAL, format!("{what} panicked"))
    })
}

/// A payload is a value like any other: dropping it may panic, too, and would take the thread with it.
fn discard(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // Whoever does that twice would do it for ever. A leak ends it.
        std::mem::forget(again);
    }
}
// ANCHOR_END: contain

/// The first few names: an error is a line, not a directory.
fn some<T: Display>(names: impl Iterator<Item = T>) -> String {
    /// As many as fit into a line of a terminal.
    const SHOWN: usize = 8;
    let mut names = names.peekable();
    if names.peek().is_none() {
        return "none".into();
    }
    let mut text: Vec<String> = names.by_ref().take(SHOWN).map(|name| name.to_string()).collect();
    match names.count() {
        0 => {}
        more => text.push(format!("and {more} more")),
    }
    text.join(", ")
}

/// A second service under one key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is a service {0} already")]
pub struct Occupied(pub ServiceKey);

#[cfg(test)]
mod tests {
    use std::panic::{panic_any, resume_unwind};
    use std::sync::atomic::AtomicU64;
    use std::sync::atomic::Ordering::Relaxed;

    use ch03_codec::{Body, Format};

    use super::*;
    use crate::skeleton::Signature;

    fn key(text: &str) -> ServiceKey {
        ServiceKey::parse(text).unwrap()
    }

    /// A service whose methods answer with their names.
    fn skeleton(service: &str, methods: &[&'static str]) -> Skeleton {
        methods.iter().fold(Skeleton::new(key(service), "NoError"), |skeleton, &name| {
            let text = format!("{service}.{name}");
            let handler = move |_: &Invocation, _: &Marshaller| Reply::ok(text.clone());
            skeleton.handler(Signature { name, arguments: &[], returns: "()" }, Box::new(handler))
        })
    }

    fn call(dispatcher: &Dispatcher, service: &str, method: &'static str) -> (Status, String) {
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "{}".into() };
        let reply = dispatcher.dispatch(&Invocation::new(key(service), method, arguments).unwrap());
        (reply.status, String::from_utf8(reply.body.to_vec()).unwrap())
    }

    #[test]
    fn service_then_method_and_the_whole_key_counts() {
        let mut dispatcher = Dispatcher::default();
        for service in ["A", "A:1", "blue/A:1"] {
            dispatcher.add(skeleton(service, &["m", "n"])).unwrap();
        }
        for (service, method) in [("A", "m"), ("A", "n"), ("A:1", "m"), ("blue/A:1", "n")] {
            assert_eq!(call(&dispatcher, service, method), (Status::OK, format!("{service}.{method}")));
        }
        let here = "here: A, A:1, blue/A:1";
        for service in ["B", "A:2", "blue/A", "green/A:1", "a"] {
            let expected = (Status::UNKNOWN_SERVICE, format!("no service {service}; {here}"));
            assert_eq!(call(&dispatcher, service, "m"), expected);
        }
        let expected = (Status::UNKNOWN_METHOD, "no method M in A:1; there are: m, n".into());
        assert_eq!(call(&dispatcher, "A:1", "M"), expected);
        assert_eq!(
            dispatcher.services().map(|one| one.key().as_str()).collect::<Vec<_>>(),
            ["A", "A:1", "blue/A:1"]
        );
    }

    #[test]
    fn an_error_is_a_line_and_no_directory() {
        let mut dispatcher = Dispatcher::default();
        assert_eq!(call(&dispatcher, "A", "m").1, "no service A; here: none");
        dispatcher.add(skeleton("empty", &[])).unwrap();
        assert_eq!(call(&dispatcher, "empty", "m").1, "no method m in empty; there are: none");
        dispatcher.add(skeleton("eight", &["a", "b", "c", "d", "e", "f", "g", "h"])).unwrap();
        assert_eq!(
            call(&dispatcher, "eight", "m").1,
            "no method m in eight; there are: a, b, c, d, e, f, g, h"
        );
        (0..10).for_each(|n| dispatcher.add(skeleton(&format!("s{n}"), &[])).unwrap());
        assert_eq!(
            call(&dispatcher, "A", "m").1,
            "no service A; here: eight, empty, s0, s1, s2, s3, s4, s5, and 4 more"
        );
    }

    #[test]
    fn the_second_service_under_a_key_is_refused_and_the_first_stays() {
        let mut dispatcher = Dispatcher::default();
        dispatcher.add(skeleton("A", &["m"])).unwrap();
        assert_eq!(dispatcher.add(skeleton("A", &["n"])), Err(Occupied(key("A"))));
        assert_eq!(call(&dispatcher, "A", "m").0, Status::OK);
        assert_eq!(call(&dispatcher, "A", "n").0, Status::UNKNOWN_METHOD);
        dispatcher.add(skeleton("A", &["n"]).with_key(key("A:2"))).unwrap();
        assert_eq!(call(&dispatcher, "A:2", "n"), (Status::OK, "A.n".into()));
    }

    /// Dropping one panics, with the next one. The ninth does not: should this test fail, it ends.
    struct Bomb(&'static AtomicU64);

    impl Drop for Bomb {
        fn drop(&mut self) {
            if self.0.fetch_add(1, Relaxed) < 8 {
                panic_any(Bomb(self.0));
            }
        }
    }

    #[test]
    fn a_panic_of_any_kind_is_an_answer() {
        static DROPPED: AtomicU64 = AtomicU64::new(0);
        type Panic = fn() -> Reply;
        let panics: [(&str, Panic); 4] = [
            ("text", || resume_unwind(Box::new("the password is 1234"))),
            ("formatted", || resume_unwind(Box::new(format!("the password is {}", 1234)))),
            ("a value", || resume_unwind(Box::new(1234))),
            ("a bomb", || resume_unwind(Box::new(Bomb(&DROPPED)))),
        ];
        for (what, panic) in panics {
            let reply = contain(&what, panic);
            assert_eq!(reply, Reply::new(Status::INTERNAL, format!("{what} panicked")));
        }
        assert_eq!(DROPPED.load(Relaxed), 1, "the second one is left alone: it would go on for ever");
        assert_eq!(contain(&"nothing", || Reply::ok("fine")), Reply::ok("fine"));
    }

    #[test]
    fn a_handler_that_panics_is_named() {
        let panics = |_: &Invocation, _: &Marshaller| -> Reply { resume_unwind(Box::new(1)) };
        let signature = Signature { name: "m", arguments: &[], returns: "()" };
        let mut dispatcher = Dispatcher::default();
        dispatcher.add(Skeleton::new(key("A:1"), "NoError").handler(signature, Box::new(panics))).unwrap();
        for _ in 0..3 {
            assert_eq!(call(&dispatcher, "A:1", "m"), (Status::INTERNAL, "A:1.m panicked".into()));
        }
    }

    #[test]
    fn arguments_are_read_and_results_written_by_the_dispatchers_marshaller() {
        let none = Marshaller { codecs: ch03_codec::CodecTable::empty(), ..Marshaller::default() };
        let signature = Signature { name: "m", arguments: &[], returns: "()" };
        let skeleton = Skeleton::new(key("A"), "()").method(signature, |()| Ok::<(), ()>(()));
        let mut dispatcher = Dispatcher::new(Arc::new(none));
        dispatcher.add(skeleton).unwrap();
        let expected = (Status::UNKNOWN_CODEC, "m() -> (): codec: unknown id 1; known here: none".into());
        assert_eq!(call(&dispatcher, "A", "m"), expected);
    }
}
