//! A story on one board: what was done, who came in between, and wakers that remember being woken.

use std::any::Any;
use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use spec_kit::{Failure, within};
use versioned_watch::{Board, Newer, Step, Woken, meanwhile};

pub const PAGE: &str = "chapter 5, \"Waiting for the next version\"";
/// Longer than any test waits.
pub const LONG: Duration = Duration::from_secs(3600);

/// How often a thread may go to sleep in a story. Every story needs fewer.
const MOST_SLEEPS: usize = 12;

/// A future of yours. It is not dropped while a failure is on its way: should its `drop` fail as well, the
/// process would end, and the words with it.
pub struct Held<'a, T>(Option<Newer<'a, T>>);

impl<'a, T> Held<'a, T> {
    pub fn new(board: &'a Board<T>, version: u64) -> Self {
        Self(Some(board.newer(version)))
    }

    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<(u64, Arc<T>)> {
        let future = self.0.as_mut().expect("it is there until it is dropped");
        Pin::new(future).poll(context)
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::mem::forget(self.0.take());
        }
    }
}

/// How often a thread may take the lock in one wait.
const MOST_LOOKS: usize = 1000;

/// What `wait_newer` and `newer` give: a version, and a value called after it.
pub type Seen = Option<(u64, String)>;

/// What happened, in order. Shared with the visitors and the wakers of a story.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn note(&self, line: impl std::fmt::Display) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_string());
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

/// Each value is called after the version that it should get: "v1" is the first one that is published.
#[derive(Clone)]
pub struct Story {
    pub board: Arc<Board<String>>,
    pub log: Log,
}

/// What a `wait_newer` did.
pub struct Waited {
    pub got: Seen,
    /// Until when it slept, each time.
    pub ends: Vec<Instant>,
}

impl Story {
    /// A board with "v0".
    pub fn new() -> Self {
        let log = Log::default();
        log.note("a board with v0");
        Self { board: Arc::new(Board::new("v0".to_owned())), log }
    }

    /// Publishes the next value.
    #[track_caller]
    pub fn publish(&self) -> u64 {
        let version = self.told("current", || self.board.current().0);
        let value = format!("v{}", version + 1);
        let got = self.told("publish", || self.board.publish(value.clone()));
        self.log.note(format_args!("publish({value}) gives {got}"));
        got
    }

    #[track_caller]
    pub fn current(&self) -> (u64, String) {
        let (version, value) = self.told("current", || self.board.current());
        self.log.note(format_args!("current() gives ({version}, {value})"));
        (version, String::clone(&value))
    }

    /// Calls `wait_newer`. Whenever it goes to sleep, `sleep` says what happens meanwhile, and how it ends; it
    /// gets the number of the sleep, from 0 on.
    #[track_caller]
    pub fn wait(
        &self,
        version: u64,
        within: Duration,
        mut sleep: impl FnMut(usize) -> Woken + 'static,
    ) -> Waited {
        let how_long = match within {
            Duration::MAX => "for ever".to_owned(),
            within => format!("{within:?}"),
        };
        self.log.note(format_args!("wait_newer({version}, {how_long})"));
        let ends = Rc::new(RefCell::new(Vec::new()));
        let (log, board) = (self.log.clone(), Arc::clone(&self.board));
        let its_ends = Rc::clone(&ends);
        let mut looks = 0;
        let visitor = move |step| {
            let Step::Sleep(end) = step else {
                looks += 1;
                assert!(
                    looks < MOST_LOOKS,
                    "it takes the lock again and again, {looks} times by now, and does not sleep"
                );
                return Woken::Rung;
            };
            let number = its_ends.borrow().len();
            its_ends.borrow_mut().push(end);
            let there = board.current().0;
            log.note(format_args!("    it goes to sleep; version {there} is there"));
            assert!(number < MOST_SLEEPS, "it goes to sleep again and again, {number} times by now");
            let woken = sleep(number);
            log.note(match woken {
                Woken::Rung => "    it is woken",
                Woken::TimeUp => "    its time is up",
            });
            woken
        };
        let got = self.visited("wait_newer", visitor, || self.board.wait_newer(version, within));
        let got = got.map(|(version, value)| (version, String::clone(&value)));
        self.log.note(format_args!("  it gives {}", shown(&got)));
        Waited { got, ends: ends.take() }
    }

    /// Runs `work`; before each step that it takes with the lock or the bell, `visitor` comes in.
    #[track_caller]
    pub fn visited<R>(
        &self,
        name: &str,
        visitor: impl FnMut(Step) -> Woken + 'static,
        work: impl FnOnce() -> R,
    ) -> R {
        meanwhile(Some(Box::new(visitor)));
        let result = catch_unwind(AssertUnwindSafe(work));
        meanwhile(None);
        result.unwrap_or_else(|panic| self.escaped(name, panic))
    }

    /// A future of yours.
    pub fn newer(&self, version: u64) -> Held<'_, String> {
        Held::new(&self.board, version)
    }

    /// Polls a future of yours with this waker.
    #[track_caller]
    pub fn poll(&self, future: &mut Held<'_, String>, waker: &Bell) -> Seen {
        let given = waker.waker();
        let polled = self.told("poll", || future.poll(&mut Context::from_waker(&given)));
        let seen = match polled {
            Poll::Ready((version, value)) => Some((version, String::clone(&value))),
            Poll::Pending => None,
        };
        self.log.note(format_args!(
            "poll with waker {} gives {}",
            waker.0.name,
            seen.as_ref().map_or("Pending".into(), |_| format!("Ready({})", shown(&seen)))
        ));
        seen
    }

    /// Fails unless `got` is the version that is expected, with its value.
    #[track_caller]
    pub fn check(&self, got: &Seen, expected: Option<u64>, symptom: &str, because: &str) {
        let expected = expected.map(|version| (version, format!("v{version}")));
        if *got != expected {
            self.failure(symptom)
                .expected(shown(&expected))
                .got(shown(got))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }

    /// A failure with everything that happened in it.
    pub fn failure(&self, symptom: impl std::fmt::Display) -> Failure {
        Failure::new(symptom).show("what happened", self.log.text())
    }

    /// Runs one of your functions; a panic is a failure of the test.
    #[track_caller]
    pub fn told<R>(&self, name: &str, work: impl FnOnce() -> R) -> R {
        // With a visitor, a lock that is taken twice is a panic, and not a wait for ever.
        self.visited(name, nobody, work)
    }

    #[track_caller]
    fn escaped(&self, name: &str, panic: Box<dyn Any + Send>) -> ! {
        if is_open_hole(&*panic) {
            resume_unwind(panic);
        }
        let text = text_of(&*panic).unwrap_or("(no text)").to_owned();
        let because = if text.contains("does not sleep") {
            "A thread that looks without a pause costs a whole processor, and the others wait for the \
             lock that it takes. `wait_until` sleeps until somebody wakes it."
        } else if text.contains("whole thread") {
            "Only `wait_newer` sleeps. A runtime polls thousands of tasks with one thread: a `poll` \
             that sleeps, however briefly, holds all of them up. It looks, and leaves a waker."
        } else if text.contains("again and again") {
            "What it waits for is there, or its time is up, and it does not look. After each sleep: is \
             there a newer version? Did `wait_until` say that the time is up?"
        } else if text.contains("waits for itself") {
            "What `lock()` gave is still there when you lock once more. It opens the lock when it is \
             dropped: at the end of its block, or with `drop(state)`."
        } else {
            "Whoever waits here takes the panic for an end of the world: it is an `Err` of nobody, and \
             the program ends."
        };
        self.failure(format_args!("A panic came out of `{name}`."))
            .expected("a value")
            .got(format_args!("a panic: {text}"))
            .because(because)
            .page(PAGE)
            .raise()
    }
}

/// Runs a test to its end, or to the end of patience: a thread that takes a lock twice waits for itself.
pub fn bounded(test: impl FnOnce() + Send + 'static) {
    within("a board is used. Does one function take its lock twice? `self.current()` takes it, too", test);
}

/// A visitor who does nothing, on a way on which nobody may sleep.
pub fn nobody(step: Step) -> Woken {
    assert!(!matches!(step, Step::Sleep(_)), "it goes to sleep, with the whole thread");
    Woken::Rung
}

pub fn shown(seen: &Seen) -> String {
    match seen {
        Some((version, value)) => format!("version {version}, {value}"),
        None => "None".to_owned(),
    }
}

fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

fn is_open_hole(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with("not yet implemented"))
}

/// A waker that remembers how often it was woken.
#[derive(Clone)]
pub struct Bell(Arc<Inner>);

struct Inner {
    name: &'static str,
    woken: AtomicUsize,
    log: Log,
    /// Whether the lock was held when it was woken, or dropped.
    locked: Arc<Mutex<Vec<String>>>,
    /// Which version was there when it was woken.
    saw: Mutex<Option<u64>>,
    board: Weak<Board<String>>,
}

impl Bell {
    pub fn new(name: &'static str, story: &Story) -> Self {
        Self(Arc::new(Inner {
            name,
            woken: AtomicUsize::new(0),
            log: story.log.clone(),
            locked: Arc::default(),
            saw: Mutex::default(),
            board: Arc::downgrade(&story.board),
        }))
    }

    /// Which version was there when it was woken last.
    pub fn saw(&self) -> Option<u64> {
        *self.0.saw.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn waker(&self) -> Waker {
        Waker::from(Arc::clone(&self.0))
    }

    pub fn woken(&self) -> usize {
        self.0.woken.load(Ordering::SeqCst)
    }

    /// What was done to it with the lock in somebody's hand.
    pub fn locked(&self) -> Arc<Mutex<Vec<String>>> {
        Arc::clone(&self.0.locked)
    }
}

impl Inner {
    /// Looks whether the lock is held, and writes that down. Gives the board when it is open.
    fn look(&self, what: &str) -> Option<Arc<Board<String>>> {
        let board = self.board.upgrade()?;
        if !board.is_locked() {
            return Some(board);
        }
        let mut locked = self.locked.lock().unwrap_or_else(PoisonError::into_inner);
        locked.push(format!("waker {} is {what}", self.name));
        None
    }
}

impl Wake for Inner {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.log.note(format_args!("    waker {} is woken", self.name));
        let seen = self.look("woken").map(|board| board.current().0);
        *self.saw.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        self.woken.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let _ = self.look("dropped");
    }
}
