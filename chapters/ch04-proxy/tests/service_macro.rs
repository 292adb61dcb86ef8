//! What `#[service]` writes, at work: stubs call skeletons through a dispatcher in the same process. [X-01]
//!
//! No socket is needed, because a dispatcher is an `Invoker` like a client.

use std::sync::{Arc, Mutex};

use ch03_codec::Format;
use ch04_proxy::{
    Dispatcher, Invocation, Invoker, NoError, Proxy, Reply, RpcError, ServiceKey, Skeleton, Status, service,
};
use serde::{Deserialize, Serialize};

/// Everything that is called, by name.
fn serve(skeletons: impl IntoIterator<Item = Skeleton>) -> Arc<Dispatcher> {
    let mut dispatcher = Dispatcher::default();
    for skeleton in skeletons {
        dispatcher.add(skeleton).expect("every service has a name of its own");
    }
    Arc::new(dispatcher)
}

/// Reads like any value, and is neither `Debug` nor `PartialEq`: travelling asks for nothing else.
#[derive(Clone, Serialize, Deserialize)]
struct Item {
    name: String,
    cents: i64,
}

/// Owned arguments need not even be `Clone`.
#[derive(Serialize, Deserialize)]
struct Coupon(u8);

/// An error with data, in all shapes that an enum has.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum CartError {
    Empty,
    TooDear(i64),
    Unknown { name: String, known: Vec<String> },
}

/// A shopping cart.
#[service(error = CartError)]
trait Cart {
    type Error;

    /// Borrowed and owned arguments, mixed.
    fn fill(
        &self,
        owner: &str,
        items: &[Item],
        first: &Item,
        coupon: Option<Coupon>,
    ) -> Result<i64, Self::Error>;
    /// No arguments.
    fn owner(&self) -> Result<String, Self::Error>;
    /// No answer.
    fn clear(&self) -> Result<(), Self::Error>;
    /// Fails in every way.
    fn fail(&self, how: u8) -> Result<(), Self::Error>;
    /// The order matters: both are numbers.
    fn minus(&self, from: i64, what: i64) -> Result<i64, Self::Error>;
    /// Keywords as names.
    fn r#match(&self, r#type: String) -> Result<String, Self::Error>;
}

#[derive(Default)]
struct Shopping(Mutex<String>);

impl Cart for Shopping {
    type Error = CartError;

    fn fill(
        &self,
        owner: &str,
        items: &[Item],
        first: &Item,
        coupon: Option<Coupon>,
    ) -> Result<i64, CartError> {
        owner.clone_into(&mut self.0.lock().unwrap());
        assert_eq!(first.name, items[0].name);
        let sum: i64 = items.iter().map(|item| item.cents).sum();
        Ok(sum - coupon.map_or(0, |Coupon(percent)| sum * i64::from(percent) / 100))
    }

    fn owner(&self) -> Result<String, CartError> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn clear(&self) -> Result<(), CartError> {
        self.0.lock().unwrap().clear();
        Ok(())
    }

    fn fail(&self, how: u8) -> Result<(), CartError> {
        Err(match how {
            0 => CartError::Empty,
            1 => CartError::TooDear(-7),
            _ => CartError::Unknown { name: "pear".into(), known: vec!["apple".into(), "fig".into()] },
        })
    }

    fn minus(&self, from: i64, what: i64) -> Result<i64, CartError> {
        Ok(from - what)
    }

    fn r#match(&self, r#type: String) -> Result<String, CartError> {
        Ok(r#type + "!")
    }
}

fn cart() -> CartStub {
    CartStub::new(serve([cart_skeleton(Arc::new(Shopping::default()))]))
}

/// Runs with a stub as with the thing itself: what differs is the error alone. [F-01] [F-02]
fn shop_at<C: Cart>(cart: &C) -> (i64, String, String)
where
    C::Error: std::fmt::Debug,
{
    let items =
        [Item { name: "keyboard".into(), cents: 4900 }, Item { name: "discount".into(), cents: -900 }];
    let sum = cart.fill("Ann", &items, &items[0], Some(Coupon(10))).unwrap();
    let owner = cart.owner().unwrap();
    cart.clear().unwrap();
    (sum, owner, cart.owner().unwrap())
}

#[test]
fn near_and_far_give_the_same() {
    let expected = (3600, "Ann".to_owned(), String::new());
    assert_eq!(shop_at(&Shopping::default()), expected);
    assert_eq!(shop_at(&cart()), expected);
    assert_eq!(shop_at(&cart().clone()), expected, "a stub can be cloned");
}

#[test]
fn arguments_keep_their_order_in_every_format() {
    let dispatcher = serve([cart_skeleton(Arc::new(Shopping::default()))]);
    for codec in 1..=5 {
        let proxy = Proxy::new(CartStub::key(), dispatcher.clone());
        let cart = CartStub::over(proxy.with_format(Format { codec, compressor: 0 }));
        assert_eq!(cart.minus(10, 3).unwrap(), 7, "codec {codec}");
        assert_eq!(shop_at(&cart).0, 3600, "codec {codec}");
        assert!(matches!(cart.fail(1), Err(RpcError::Service(CartError::TooDear(-7)))), "codec {codec}");
    }
}

#[test]
fn keywords_travel_without_their_marks() {
    assert_eq!(cart().r#match("a".into()).unwrap(), "a!");
    let skeleton = cart_skeleton(Arc::new(Shopping::default()));
    assert!(skeleton.find("match").is_some());
    let signature = skeleton.signatures().find(|signature| signature.name == "match").unwrap();
    assert_eq!(signature.to_string(), "match(type: String) -> String");
}

#[test]
fn an_error_arrives_with_its_data() {
    let errors = (0..3).map(|how| match cart().fail(how).unwrap_err() {
        RpcError::Service(error) => error,
        other => panic!("not the service's own: {other:?}"),
    });
    let unknown = CartError::Unknown { name: "pear".into(), known: vec!["apple".into(), "fig".into()] };
    assert_eq!(errors.collect::<Vec<_>>(), [CartError::Empty, CartError::TooDear(-7), unknown]);
}

#[test]
fn a_skeleton_tells_what_people_want_to_know() {
    let skeleton = cart_skeleton(Arc::new(Shopping::default()));
    assert_eq!((skeleton.key().as_str(), skeleton.error()), ("Cart", "CartError"));
    let signatures: Vec<String> = skeleton.signatures().map(ToString::to_string).collect();
    assert_eq!(
        signatures,
        [
            "clear() -> ()",
            "fail(how: u8) -> ()",
            "fill(owner: &str, items: &[Item], first: &Item, coupon: Option<Coupon>) -> i64",
            "match(type: String) -> String",
            "minus(from: i64, what: i64) -> i64",
            "owner() -> String",
        ]
    );
}

/// Keeps what passes, and passes it on.
struct Tap(Arc<Dispatcher>, Mutex<Vec<Invocation>>);

impl Invoker for Tap {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, ch04_proxy::CallError> {
        self.1.lock().unwrap().push(invocation.clone());
        self.0.invoke(invocation)
    }
}

#[test]
fn the_body_is_a_record_of_the_arguments_and_nothing_else() {
    let tap = Arc::new(Tap(serve([cart_skeleton(Arc::new(Shopping::default()))]), Mutex::default()));
    let json = Format { codec: 1, compressor: 0 };
    let cart = CartStub::over(Proxy::new(CartStub::key(), tap.clone()).with_format(json));
    cart.minus(10, 3).unwrap();
    cart.r#match("a".into()).unwrap();
    cart.clear().unwrap();
    let seen = tap.1.lock().unwrap();
    let bodies: Vec<_> = seen
        .iter()
        .map(|call| {
            (call.service().as_str(), call.method(), std::str::from_utf8(&call.arguments.bytes).unwrap())
        })
        .collect();
    assert_eq!(
        bodies,
        [
            ("Cart", "minus", r#"{"from":10,"what":3}"#),
            ("Cart", "match", r#"{"type":"a"}"#),
            ("Cart", "clear", "{}")
        ]
    );
}

#[test]
fn other_arguments_are_refused_before_the_service_runs() {
    let dispatcher = serve([cart_skeleton(Arc::new(Shopping::default()))]);
    let json = Format { codec: 1, compressor: 0 };
    let proxy = Proxy::new(CartStub::key(), dispatcher).with_format(json);
    #[derive(Serialize)]
    struct More {
        from: i64,
        what: i64,
        why: &'static str,
    }
    #[derive(Serialize)]
    struct Fewer {
        from: i64,
    }
    let more = proxy.call::<_, i64, CartError>("minus", &More { from: 1, what: 1, why: "no" });
    let fewer = proxy.call::<_, i64, CartError>("minus", &Fewer { from: 1 });
    for (result, words) in [(more, "unknown field `why`"), (fewer, "missing field `what`")] {
        let error = result.unwrap_err();
        assert_eq!(error.status(), Some(Status::BAD_ARGUMENTS), "{error:?}");
        let RpcError::Call(error) = error else { panic!("not from the server: {error:?}") };
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// Which of two `#[cfg]`ed methods is there is the same in all parts.
#[service]
trait Platform {
    type Error;
    #[cfg(unix)]
    fn separator(&self) -> Result<char, Self::Error>;
    #[cfg(not(unix))]
    fn separator(&self, drive: char) -> Result<String, Self::Error>;
    #[cfg(any())]
    fn never(&self, missing: Missing) -> Result<Missing, Self::Error>;
    fn always(&self) -> Result<u8, Self::Error>;
}

struct Here;

impl Platform for Here {
    type Error = NoError;

    #[cfg(unix)]
    fn separator(&self) -> Result<char, NoError> {
        Ok('/')
    }

    #[cfg(not(unix))]
    fn separator(&self, drive: char) -> Result<String, NoError> {
        Ok(format!("{drive}:\\"))
    }

    fn always(&self) -> Result<u8, NoError> {
        Ok(1)
    }
}

#[test]
fn a_method_that_is_not_compiled_is_in_no_part() {
    let skeleton = platform_skeleton(Arc::new(Here));
    let names: Vec<&str> = skeleton.signatures().map(|signature| signature.name).collect();
    assert_eq!(names, ["always", "separator"]);
    assert_eq!(skeleton.error(), "NoError");
    let stub = PlatformStub::new(serve([skeleton]));
    assert_eq!(stub.always().unwrap(), 1);
    #[cfg(unix)]
    assert_eq!(stub.separator().unwrap(), '/');
    #[cfg(not(unix))]
    assert_eq!(stub.separator('c').unwrap(), "c:\\");
}

/// Several services in one module have methods of one name; each has its own key.
mod many {
    use super::*;

    #[service(name = "shop.Greeter", version = "1.0", group = "blue")]
    pub(super) trait Greeter {
        type Error;
        fn greet(&self, name: &str) -> Result<String, Self::Error>;
    }

    #[service(name = "shop.Greeter", version = "2.0")]
    pub(super) trait Politer {
        type Error;
        fn greet(&self, name: &str, evening: bool) -> Result<String, Self::Error>;
    }

    pub(super) struct Both;

    impl Greeter for Both {
        type Error = NoError;
        fn greet(&self, name: &str) -> Result<String, NoError> {
            Ok(format!("Hello {name}"))
        }
    }

    impl Politer for Both {
        type Error = NoError;
        fn greet(&self, name: &str, evening: bool) -> Result<String, NoError> {
            Ok(format!("Good {}, {name}", if evening { "evening" } else { "day" }))
        }
    }
}

#[test]
fn equal_names_are_told_apart_by_their_keys() {
    use many::{Both, Greeter, GreeterStub, Politer, PoliterStub, greeter_skeleton, politer_skeleton};
    let both = Arc::new(Both);
    let dispatcher = serve([greeter_skeleton(both.clone()), politer_skeleton(both)]);
    assert_eq!(GreeterStub::key().as_str(), "blue/shop.Greeter:1.0");
    assert_eq!(PoliterStub::key().as_str(), "shop.Greeter:2.0");
    assert_eq!(GreeterStub::new(dispatcher.clone()).greet("Ann").unwrap(), "Hello Ann");
    assert_eq!(PoliterStub::new(dispatcher.clone()).greet("Ann", true).unwrap(), "Good evening, Ann");
    // The same stub over another key.
    let other = Proxy::new(ServiceKey::parse("gray/shop.Greeter:1.0").unwrap(), dispatcher);
    let error = GreeterStub::over(other).greet("Ann").unwrap_err();
    assert_eq!(error.status(), Some(Status::UNKNOWN_SERVICE));
}

#[test]
fn a_trait_inside_of_a_function_is_a_service_too() {
    #[derive(Serialize, Deserialize)]
    struct Local(u8);

    #[service(error = Local)]
    trait Counter {
        type Error;
        fn next(&self, after: Local) -> Result<Local, Self::Error>;
    }

    struct Upwards;

    impl Counter for Upwards {
        type Error = Local;
        fn next(&self, after: Local) -> Result<Local, Local> {
            after.0.checked_add(1).map(Local).ok_or(after)
        }
    }

    let counter = CounterStub::new(serve([counter_skeleton(Arc::new(Upwards))]));
    assert_eq!(counter.next(Local(41)).map(|Local(number)| number).ok(), Some(42));
    assert!(matches!(counter.next(Local(255)), Err(RpcError::Service(Local(255)))));
}

/// Types that come out of another macro have brackets that nobody sees.
macro_rules! store {
    ($name:ident, $argument:ty, $result:ty) => {
        #[service]
        trait $name {
            type Error;
            fn store(&self, value: $argument) -> $result;
        }
    };
}

store!(Texts, &str, Result<usize, Self::Error>);

impl Texts for Here {
    type Error = NoError;
    fn store(&self, value: &str) -> Result<usize, NoError> {
        Ok(value.len())
    }
}

#[test]
fn a_trait_may_come_out_of_another_macro() {
    let skeleton = texts_skeleton(Arc::new(Here));
    assert_eq!(skeleton.signatures().next().unwrap().to_string(), "store(value: &str) -> usize");
    assert_eq!(TextsStub::new(serve([skeleton])).store("four").unwrap(), 4);
}

/// A service behind `dyn`, with methods whose names the generated code uses itself.
#[service]
trait Names {
    type Error;
    fn over(&self, request: u8, service: u8) -> Result<u8, Self::Error>;
    fn key(&self) -> Result<u8, Self::Error>;
    fn clone(&self) -> Result<u8, Self::Error>;
    fn call(&self) -> Result<u8, Self::Error>;
}

struct Numbers;

impl Names for Numbers {
    type Error = NoError;
    fn over(&self, request: u8, service: u8) -> Result<u8, NoError> {
        Ok(request * 10 + service)
    }
    fn key(&self) -> Result<u8, NoError> {
        Ok(3)
    }
    fn clone(&self) -> Result<u8, NoError> {
        Ok(4)
    }
    fn call(&self) -> Result<u8, NoError> {
        Ok(5)
    }
}

#[test]
fn a_service_may_be_behind_dyn_and_have_any_names() {
    let numbers: Arc<dyn Names<Error = NoError> + Send + Sync> = Arc::new(Numbers);
    let stub = NamesStub::new(serve([names_skeleton(numbers)]));
    assert_eq!(Names::over(&stub, 1, 2).unwrap(), 12);
    assert_eq!(Names::key(&stub).unwrap(), 3);
    assert_eq!(Names::clone(&stub).unwrap(), 4);
    assert_eq!(stub.call().unwrap(), 5);
}

/// Its methods never say no. What a network adds is still there.
#[test]
fn without_an_error_of_its_own_only_the_call_can_fail() {
    let nobody = PlatformStub::new(serve([]));
    let error: RpcError<NoError> = nobody.always().unwrap_err();
    assert_eq!(error.status(), Some(Status::UNKNOWN_SERVICE));
    assert!(!matches!(error, RpcError::Service(_)));
}

/// What the reader calls `S` is not what the generated code calls its parameter.
#[test]
fn a_type_may_have_any_name() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct S(u8);

    #[service]
    trait Short {
        type Error;
        fn next(&self, s: S) -> Result<S, Self::Error>;
    }

    struct Counter;
    impl Short for Counter {
        type Error = NoError;
        fn next(&self, S(n): S) -> Result<S, NoError> {
            Ok(S(n + 1))
        }
    }
    let stub = ShortStub::new(serve([short_skeleton(Arc::new(Counter))]));
    assert_eq!(stub.next(S(1)).unwrap(), S(2));
}

/// The `self` of a trait that comes out of a macro is that macro's.
#[test]
fn a_trait_may_be_written_by_another_macro() {
    macro_rules! echo {
        ($name:ident, $type:ty) => {
            #[service]
            trait $name {
                type Error;
                fn echo(&self, value: $type) -> Result<String, Self::Error>;
            }
        };
    }
    echo!(Echo, &str);

    struct Wall;
    impl Echo for Wall {
        type Error = NoError;
        fn echo(&self, value: &str) -> Result<String, NoError> {
            Ok(value.to_owned())
        }
    }
    let stub = EchoStub::new(serve([echo_skeleton(Arc::new(Wall))]));
    assert_eq!(stub.echo("hm").unwrap(), "hm");
}

/// Words about a method are said to its callers, and not to the code that serves it.
#[deny(warnings)]
mod quiet {
    use ch04_proxy::service;

    #[service]
    #[deprecated = "use the new one"]
    #[allow(non_snake_case)]
    pub trait Old {
        type Error;
        fn getOld(&self, theId: u64) -> Result<u64, Self::Error>;
    }
}
