//! A module that imports nothing of your crate but the macro, and that has things of its own under the names which
//! the macro needs.
#![allow(dead_code, unused_macros)]

use std::sync::{Arc, Mutex, PoisonError};

use ch04_proxy::{CallError, Invocation, Invoker, NameError, NoError, Proxy, Reply, Signature};
use serde::{Serialize, Serializer};
use stub_macro::stub;

use super::harness::{listed, told};

/// Many modules have this line.
type Result<T> = std::result::Result<T, String>;

/// What this program was started with.
pub struct Arguments<'a> {
    pub record: &'static str,
    pub fields: &'a [(&'static str, &'a dyn erased_serde::Serialize)],
}

impl Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str("what this program was started with")
    }
}

/// Opens the door of the service entrance.
pub struct ServiceKey;

impl ServiceKey {
    pub fn parse(_: &str) -> std::result::Result<ch04_proxy::ServiceKey, NameError> {
        ch04_proxy::ServiceKey::parse("the-key-on-the-hook")
    }
}

/// Opens boxes. (What it finds is always nothing.)
pub struct Box;

impl Box {
    #[allow(clippy::new_ret_no_self)] // It is called like the real one, and is none.
    pub fn new<T>(value: T) -> T {
        value
    }

    pub fn leak<T, const N: usize>(_: [T; N]) -> &'static mut [T] {
        &mut []
    }
}

/// Whether all is well. It never is.
#[allow(non_snake_case)]
pub fn Ok<T, E>(_: T) -> std::result::Result<T, E> {
    panic!("this is the `Ok` of another module")
}

/// Formats a disk.
macro_rules! format {
    ($($anything:tt)*) => {
        ::std::string::String::from("the-disk-is-empty")
    };
}

/// Draws vectors, and wipes them away.
macro_rules! vec {
    ($($anything:tt)*) => {
        wiped(::std::vec![$($anything)*])
    };
}

fn wiped<T>(mut vector: Vec<T>) -> Vec<T> {
    vector.clear();
    vector
}

/// Where something is.
pub trait Map {
    type Error;
    fn where_is(&self, town: String) -> std::result::Result<(f64, f64), Self::Error>;
}

stub! {
    pub struct MapStub for Map as "Elsewhere", version "7" {
        type Error = NoError;
        fn where_is(town: String) -> (f64, f64);
    }
}

/// What the stub of this module does.
#[track_caller]
pub fn what_it_does() -> String {
    what_a_stub_does(MapStub::key, MapStub::signatures, MapStub::over)
}

/// What a stub of `Map` does: all that can be seen of it, in words.
#[track_caller]
pub fn what_a_stub_does<S: Map>(
    key: fn() -> ch04_proxy::ServiceKey,
    signatures: fn() -> &'static [Signature],
    over: fn(Proxy) -> S,
) -> String
where
    S::Error: std::fmt::Debug,
{
    let atlas = Arc::new(Atlas::default());
    let json = ch03_codec::Format { codec: 1, compressor: 0 };
    let key = told("key", key);
    let stub = over(Proxy::new(key.clone(), Arc::clone(&atlas) as Arc<dyn Invoker>).with_format(json));
    let answer = told("where_is", || stub.where_is("Ulm".into()));
    let signatures = listed(told("signatures", signatures));
    let sent = std::mem::take(&mut *atlas.0.lock().unwrap_or_else(PoisonError::into_inner));
    ::std::format!("key {key}\nsends {}\nreturns {answer:?}\nsignatures {signatures}", sent.join(", "))
}

/// Knows where Ulm is, and writes down what it was asked.
#[derive(Default)]
struct Atlas(Mutex<Vec<String>>);

impl Invoker for Atlas {
    fn invoke(&self, invocation: &Invocation) -> std::result::Result<Reply, CallError> {
        let asked = String::from_utf8_lossy(&invocation.arguments.bytes).into_owned();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        std::result::Result::Ok(Reply { codec: 1, ..Reply::ok("[48.4,10.0]") })
    }
}
