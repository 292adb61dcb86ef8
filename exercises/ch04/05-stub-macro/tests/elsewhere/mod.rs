//! A module that imports nothing of your crate but the macro, and that has things of its own under the names which
//! the macro needs.
#![allow(dead_code)]

use ch04_proxy::{NameError, NoError, Proxy};
use serde::{Serialize, Serializer};
use stub_macro::stub;

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

/// How your macro names the service of this module.
pub fn key() -> ch04_proxy::ServiceKey {
    MapStub::key()
}

/// Calls the only method.
pub fn ask(proxy: Proxy) -> String {
    format!("{:?}", MapStub::over(proxy).where_is("Ulm".into()))
}
