//! The server stub: from a line to a method of [`Orders`] and back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::message::{Code, Reply};
use crate::orders::{OrderBook, OrderError, Orders};
use crate::service::Service;
use crate::steps::{Step, StepLog};

/// Makes an [`Orders`] callable by lines. Steps 4 to 7 of the call happen here. [F-07]
///
/// Look at how much of it is boring: for every method, take the text apart, call, put the text together.
/// Chapter 4 lets the compiler write it.
#[derive(Debug, Default)]
pub struct OrderDispatcher<O = OrderBook> {
    orders: O,
    steps: StepLog,
}

impl<O: Orders<Error = OrderError>> OrderDispatcher<O> {
    /// Serves `orders`, and notes the steps of every call in `steps`.
    pub fn new(orders: O, steps: StepLog) -> Self {
        Self { orders, steps }
    }

    // ANCHOR: dispatch
    fn dispatch(&self, request: &[u8]) -> Reply {
        let Ok(line) = std::str::from_utf8(request) else {
            return Reply::Error(Code::BadRequest, "the line is not UTF-8".into());
        };
        let (method, arguments) = line.split_once(' ').unwrap_or((line, ""));
        self.steps.note(Step::ServerUnpacks, || format!("{method:?} with {arguments:?}"));
        self.steps.note(Step::ServerDispatches, || format!("looks {method:?} up"));
        match method {
            "" => Reply::Error(Code::BadRequest, "the line is empty".into()),
            "say_hello" => reply(self.orders.say_hello(arguments), |text| text),
            "place_order" => match arguments.split_once(' ').map(|(n, item)| (n.parse(), item)) {
                Some((Ok(quantity), item)) => {
                    reply(self.orders.place_order(item, quantity), |id| id.to_string())
                }
                _ => Reply::Error(Code::BadArgument, "place_order needs: QUANTITY ITEM".into()),
            },
            "get_order" => match arguments.parse() {
                Ok(id) => {
                    reply(self.orders.get_order(id), |order| format!("{} {}", order.quantity, order.item))
                }
                Err(_) => Reply::Error(Code::BadArgument, "get_order needs: ID".into()),
            },
            other => Reply::Error(Code::UnknownMethod, format!("no method {:?}", shortened(other))),
        }
    }
    // ANCHOR_END: dispatch
}

impl<O: Orders<Error = OrderError> + Send + Sync> Service for OrderDispatcher<O> {
    fn call(&self, request: &[u8]) -> Vec<u8> {
        let line = self.dispatch(request).to_line();
        self.steps.note(Step::ServerReplies, || format!("{:?}", String::from_utf8_lossy(&line)));
        line
    }
}

fn reply<T>(result: Result<T, OrderError>, text: impl FnOnce(T) -> String) -> Reply {
    match result {
        Ok(value) => Reply::Ok(text(value)),
        Err(error) => {
            let code = match error {
                OrderError::NotFound(_) => Code::NotFound,
                OrderError::NoQuantity | OrderError::ItemTooLong(_) => Code::BadArgument,
                OrderError::Full(_) => Code::Busy,
            };
            Reply::Error(code, error.to_string())
        }
    }
}

/// The beginning of what a stranger sent: a reply that repeats all of it might not fit on a line.
fn shortened(text: &str) -> String {
    /// Longer than any name that a person would choose.
    const SHOWN: usize = 64;
    text.chars().take(SHOWN).collect()
}

/// Calls `service` and gives the reply as it goes onto the wire: one line with its `\n`.
///
/// All five servers answer through this function, so a panicking service, a reply that is not one line
/// (a `\n` inside; a `\r` at its end, which the other side would drop) and a reply above `max_line` have the
/// same defined answer everywhere: `error internal`.
pub fn answer(service: &dyn Service, request: &[u8], max_line: usize) -> Vec<u8> {
    let internal = |text: &str| Reply::Error(Code::Internal, text.into()).to_line();
    // The service is only seen through `&dyn Service`; what it broke inside itself is its own business.
    let mut line = match catch_unwind(AssertUnwindSafe(|| service.call(request))) {
        Ok(line) if line.contains(&b'\n') || line.ends_with(b"\r") => {
            internal("the reply does not fit on one line")
        }
        Ok(line) if line.len() > max_line => internal("the reply is longer than a line may be"),
        Ok(line) => line,
        Err(_) => internal("the service panicked"),
    };
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(dispatcher: &OrderDispatcher, line: &str) -> String {
        String::from_utf8(dispatcher.call(line.as_bytes())).unwrap()
    }

    #[test]
    fn methods_and_their_errors() {
        let dispatcher = OrderDispatcher::<OrderBook>::default();
        for (request, expected) in [
            ("say_hello world", "ok Hello world"),
            ("place_order 2 blue keyboard", "ok 1"),
            ("get_order 1", "ok 2 blue keyboard"),
            ("get_order 9", "error not-found no order 9"),
            ("get_order nine", "error bad-argument get_order needs: ID"),
            ("place_order many mice", "error bad-argument place_order needs: QUANTITY ITEM"),
            ("place_order 2", "error bad-argument place_order needs: QUANTITY ITEM"),
            ("place_order 0 mouse", "error bad-argument the quantity must be at least 1"),
            ("make_coffee", "error unknown-method no method \"make_coffee\""),
            ("", "error bad-request the line is empty"),
        ] {
            assert_eq!(ask(&dispatcher, request), expected, "{request:?}");
        }
        let long = ask(&dispatcher, &"x".repeat(8192));
        assert_eq!(long, format!("error unknown-method no method {:?}", "x".repeat(64)));
        assert_eq!(dispatcher.call(b"\xff\xfe"), b"error bad-request the line is not UTF-8");
    }

    #[test]
    fn what_does_not_fit_on_a_line_is_an_internal_error() {
        assert_eq!(
            answer(&|_: &[u8]| b"a\r".to_vec(), b"", 10),
            b"error internal the reply does not fit on one line\n"
        );
        assert_eq!(
            answer(&|_: &[u8]| b"a\nb".to_vec(), b"", 10),
            b"error internal the reply does not fit on one line\n"
        );
        assert_eq!(
            answer(&|_: &[u8]| vec![b'x'; 11], b"", 10),
            b"error internal the reply is longer than a line may be\n"
        );
        assert_eq!(answer(&|_: &[u8]| vec![b'x'; 10], b"", 10), b"xxxxxxxxxx\n");
    }

    #[test]
    fn a_panic_is_contained() {
        let broken = |_: &[u8]| -> Vec<u8> { std::panic::resume_unwind(Box::new("quietly")) };
        assert_eq!(answer(&broken, b"", 100), b"error internal the service panicked\n");
    }
}
