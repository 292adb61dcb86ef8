//! Handlers that say who they are, tables full of them, and your functions called so that no panic goes
//! unexplained.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use ch02_protocol::Reply;
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::{Handler, Invocation, ServiceKey};
use dispatcher_table::{Methods, Table};
use spec_kit::{Failure, LIMIT, TIMED_OUT};

pub const PAGE: &str = "chapter 4, \"From a name to a function\"";

/// Who ran, in order.
#[derive(Clone, Default)]
pub struct Ran(Arc<Mutex<Vec<String>>>);

impl Ran {
    pub fn note(&self, who: &str) {
        self.0.lock().expect("nobody panics here").push(who.to_owned());
    }

    /// Who has run since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics here"))
    }
}

/// A handler that notes that it ran, and answers with its own name.
pub fn handler(who: &str, ran: &Ran) -> Box<dyn Handler> {
    let (who, ran) = (who.to_owned(), ran.clone());
    Box::new(move |_: &Invocation, _: &Marshaller| {
        ran.note(&who);
        Reply::ok(who.clone())
    })
}

/// The methods of `service`, each with its own handler.
pub fn methods(service: &str, names: &[&str], ran: &Ran) -> Methods {
    names.iter().map(|name| (name.to_string(), handler(&format!("{service}.{name}"), ran))).collect()
}

/// A table of these services.
#[track_caller]
pub fn table(services: &[(&str, &[&str])], ran: &Ran) -> Table {
    let mut table = Table::new(Arc::default());
    for (service, names) in services {
        let said = told(&format!("add({service})"), || table.add(key(service), methods(service, names, ran)));
        if said.is_err() {
            let keys: Vec<&str> = services.iter().map(|(service, _)| *service).collect();
            Failure::new(format_args!("The service {service} was refused, and its key is free."))
                .show("the services, in the order in which they are added", keys.join("\n"))
                .expected("Ok(())")
                .got(format_args!("{said:?}"))
                .because(
                    "Two services have one key only when all three parts are the same: group, interface and \
                     version. `ServiceKey` compares all of them.",
                )
                .page(PAGE)
                .raise();
        }
    }
    table
}

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("the spec's keys are good")
}

/// A call without arguments.
pub fn call(service: &str, method: &str) -> Invocation {
    let body = Body { format: Format { codec: 5, compressor: 0 }, bytes: Default::default() };
    Invocation::new(key(service), method.to_owned(), body).expect("the spec's names are good")
}

/// As `spec_kit::within`, and the wait that runs out is explained by `told`: the runner shows the first panic of a
/// test, and it should be the one with the reason.
pub fn bounded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let name = thread::current().name().unwrap_or("spec").to_owned();
    let worker = thread::Builder::new().name(name).spawn(move || _ = done.send(work())).expect("a thread");
    match wait.recv_timeout(LIMIT) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => resume_unwind(panic),
            Ok(()) => unreachable!("the worker sends before it ends"),
        },
        Err(mpsc::RecvTimeoutError::Timeout) => {
            resume_unwind(Box::new(format!("{TIMED_OUT}: no answer for {LIMIT:?}")))
        }
    }
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(what: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = words(&*panic);
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, because) = if text.contains(TIMED_OUT) {
            (
                "did not come to an end",
                "The first call waited inside its handler for the second, and the second never got in. \
                 Something was held while the handler ran: a lock. Finding needs none, since the table does not \
                 change while the server runs; and a handler may take its time.",
            )
        } else {
            (
                "panicked",
                "Names come from strangers. One that is not in the table is answered, with a status and a text; \
                 a table that panics takes the thread of a connection with it.",
            )
        };
        Failure::new(format_args!("`{what}` {symptom}."))
            .expected("an answer")
            .got(format_args!("a panic: {}", text.trim()))
            .because(because)
            .page(PAGE)
            .raise()
    })
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}

/// A reply, in words.
pub fn replied(reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body);
    let text = match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}… ({} bytes in all)", &text[..end], reply.body.len()),
        None => text.into_owned(),
    };
    let outcome = reply.status.outcome().map(|outcome| format!(": it {outcome}")).unwrap_or_default();
    format!("{}{outcome}, {text:?}", reply.status)
}

pub fn nobody(ran: &[String]) -> String {
    if ran.is_empty() { "nobody".to_owned() } else { ran.join(", ") }
}
