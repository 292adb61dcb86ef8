//! A directory on paper: it does what it is asked, unless it is told to refuse, and writes everything down.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use register_guard::{Directory, DirectoryError, EntryId, Registered};
use spec_kit::{Failure, within};

pub const PAGE: &str = "chapter 5, \"Entered as long as you live\"";
pub const ORDERS: &str = "OrderService";

/// What somebody else does while the directory is asked something. Gets what is asked.
type Visitor = Box<dyn FnMut(&str) + Send>;

#[derive(Default)]
pub struct Paper {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    last: u64,
    entries: Vec<(EntryId, Endpoint)>,
    lines: Vec<String>,
    enters: usize,
    /// Which entries it was asked to take out, in order.
    taken: Vec<EntryId>,
    refuse_enter: bool,
    refuse_take_out: bool,
    /// The list after each call: how many there were, at least.
    fewest: usize,
    visitor: Option<Visitor>,
    watched: Weak<Registered>,
    found_locked: Vec<String>,
    /// How often a lock was taken since the visitor came.
    locks: usize,
}

impl Paper {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what the test does next.
    pub fn step(&self, what: impl std::fmt::Display) {
        self.inner().lines.push(format!("- {what}"));
    }

    /// The next `enter` fails.
    pub fn refuse_enter(&self) {
        self.inner().refuse_enter = true;
    }

    /// The next `take_out` fails.
    pub fn refuse_take_out(&self) {
        self.inner().refuse_take_out = true;
    }

    /// What somebody else does from here on, in the middle of each call, and before each lock.
    pub fn visit(&self, visitor: impl FnMut(&str) + Send + 'static) {
        let mut inner = self.inner();
        inner.visitor = Some(Box::new(visitor));
        inner.locks = 0;
    }

    /// Looks from here on, in the middle of each call, whether this guard's lock is held.
    pub fn watch(&self, guard: &Arc<Registered>) {
        self.inner().watched = Arc::downgrade(guard);
    }

    /// In which calls the lock was held.
    pub fn found_locked(&self) -> Vec<String> {
        self.inner().found_locked.clone()
    }

    /// How many were listed, at the least, after each call from here on.
    pub fn count_fewest(&self) {
        let mut inner = self.inner();
        inner.fewest = inner.entries.len();
    }

    pub fn fewest(&self) -> usize {
        self.inner().fewest
    }

    pub fn enters(&self) -> usize {
        self.inner().enters
    }

    pub fn taken(&self) -> Vec<EntryId> {
        self.inner().taken.clone()
    }

    pub fn listed(&self) -> Vec<EntryId> {
        self.inner().entries.iter().map(|(id, _)| *id).collect()
    }

    pub fn endpoints(&self) -> Vec<Endpoint> {
        self.inner().entries.iter().map(|(_, endpoint)| endpoint.clone()).collect()
    }

    /// A failure with everything that happened in it.
    pub fn failure(&self, symptom: impl std::fmt::Display) -> Failure {
        let lines = self.inner().lines.join("\n");
        Failure::new(symptom).show("what happened", lines)
    }

    /// Fails unless exactly these entries are listed.
    #[track_caller]
    pub fn check_listed(&self, expected: &[u64], symptom: &str, because: &str) {
        let expected: Vec<EntryId> = expected.iter().copied().map(EntryId).collect();
        let listed = self.listed();
        if listed != expected {
            self.failure(symptom)
                .expected(format_args!("in the list: {}", ids(&expected)))
                .got(format_args!("in the list: {}", ids(&listed)))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }

    /// Fails unless the directory was asked to take out exactly these, in this order.
    #[track_caller]
    pub fn check_taken(&self, expected: &[u64], symptom: &str, because: &str) {
        let expected: Vec<EntryId> = expected.iter().copied().map(EntryId).collect();
        let taken = self.taken();
        if taken != expected {
            self.failure(symptom)
                .expected(format_args!("asked to take out: {}", ids(&expected)))
                .got(format_args!("asked to take out: {}", ids(&taken)))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }

    /// In the middle of a call.
    fn meanwhile(&self, call: &str) {
        let (visitor, watched) = {
            let mut inner = self.inner();
            (inner.visitor.take(), inner.watched.upgrade())
        };
        if watched.as_ref().is_some_and(|guard| guard.is_locked()) {
            self.inner().found_locked.push(call.to_owned());
            // A visitor would wait for ever.
            return;
        }
        if let Some(mut visitor) = visitor {
            visitor(call);
            // Nobody visits a visitor; and it may have set another one.
            self.inner().visitor.get_or_insert(visitor);
        }
    }

    /// Writes a call down, and what is listed after it.
    fn note(&self, call: &str, result: &str) {
        let mut inner = self.inner();
        let listed: Vec<String> =
            inner.entries.iter().map(|(id, endpoint)| format!("{} ({endpoint})", id.0)).collect();
        let listed = if listed.is_empty() { "nobody".to_owned() } else { listed.join(", ") };
        inner.lines.push(format!("    {call:<28} {result:<9} listed: {listed}"));
        inner.fewest = inner.fewest.min(inner.entries.len());
    }
}

impl Directory for Paper {
    fn enter(&self, _: &ServiceKey, endpoint: &Endpoint) -> Result<EntryId, DirectoryError> {
        let call = format!("enter {}", endpoint.address());
        self.meanwhile(&call);
        let mut inner = self.inner();
        inner.enters += 1;
        if std::mem::take(&mut inner.refuse_enter) {
            drop(inner);
            self.note(&call, "refused");
            return Err(DirectoryError("full".into()));
        }
        inner.last += 1;
        let id = EntryId(inner.last);
        inner.entries.push((id, endpoint.clone()));
        drop(inner);
        self.note(&call, &format!("entry {}", id.0));
        Ok(id)
    }

    fn take_out(&self, id: EntryId) -> Result<(), DirectoryError> {
        let call = format!("take out entry {}", id.0);
        self.meanwhile(&call);
        let mut inner = self.inner();
        inner.taken.push(id);
        if std::mem::take(&mut inner.refuse_take_out) {
            drop(inner);
            self.note(&call, "failed");
            return Err(DirectoryError("no answer".into()));
        }
        let before = inner.entries.len();
        inner.entries.retain(|(other, _)| *other != id);
        let was_there = inner.entries.len() < before;
        drop(inner);
        self.note(&call, if was_there { "done" } else { "not there" });
        Ok(())
    }

    fn list(&self, _: &ServiceKey) -> Vec<(EntryId, Endpoint)> {
        self.inner().entries.clone()
    }

    fn before_lock(&self) {
        let mut inner = self.inner();
        inner.locks += 1;
        let call = format!("lock {}", inner.locks);
        drop(inner);
        self.meanwhile(&call);
    }
}

/// Runs a test to its end, or to the end of patience: a thread that takes a lock twice waits for itself.
pub fn bounded(test: impl FnOnce() + Send + 'static) {
    within("a guard is used. Does one function take its lock twice? `self.id()` takes it, too", test);
}

pub fn on(port: u16) -> Endpoint {
    Endpoint::new(([127, 0, 0, 1], port).into())
}

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("a test's own key is one")
}

/// Registers, with your function; it must come back with a guard.
#[track_caller]
pub fn register(paper: &Arc<Paper>, endpoint: Endpoint) -> Registered {
    paper.step(format_args!("register({endpoint})"));
    let directory: Arc<dyn Directory> = paper.clone();
    match told(paper, "register", || Registered::register(directory, key(ORDERS), endpoint)) {
        Ok(guard) => guard,
        Err(error) => paper
            .failure("The directory has entered the provider, and there is no guard.")
            .expected("Ok(the guard)")
            .got(format_args!("Err({error})"))
            .because("`enter` gave an id. Whoever has the id has to take care that it is taken out one day.")
            .page(PAGE)
            .raise(),
    }
}

/// Replaces, with your function.
#[track_caller]
pub fn replace(paper: &Paper, guard: &Registered, endpoint: Endpoint) -> Result<(), DirectoryError> {
    paper.step(format_args!("replace({endpoint})"));
    told(paper, "replace", || guard.replace(endpoint))
}

/// Ends, with your function.
#[track_caller]
pub fn end(paper: &Paper, guard: Registered) -> Result<(), DirectoryError> {
    paper.step("end");
    told(paper, "end", || guard.end())
}

/// Drops the guard.
#[track_caller]
pub fn dropped(paper: &Paper, guard: Registered) {
    paper.step("drop");
    told(paper, "drop", || drop(guard));
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(paper: &Paper, name: &str, work: impl FnOnce() -> T) -> T {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => value,
        Err(panic) if is_open_hole(&*panic) => resume_unwind(panic),
        Err(panic) => paper
            .failure(format_args!("A panic came out of `{name}`."))
            .expected("none, whatever the directory says")
            .got(format_args!("a panic: {}", text_of(&*panic).unwrap_or("(no text)")))
            .because(match name {
                "drop" => {
                    "A value may be dropped because a panic is on its way. A second panic on top of it ends the whole \
                     process. So `drop` takes an error as it is: the directory will notice by itself."
                }
                _ => "That the directory is away is no bug of this program: it is an `Err`.",
            })
            .page(PAGE)
            .raise(),
    }
}

fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

pub fn is_open_hole(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with("not yet implemented"))
}

pub fn ids(ids: &[EntryId]) -> String {
    if ids.is_empty() {
        return "nobody".to_owned();
    }
    ids.iter().map(|id| format!("entry {}", id.0)).collect::<Vec<_>>().join(", ")
}
