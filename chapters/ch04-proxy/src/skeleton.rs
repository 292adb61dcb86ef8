//! The server's half of a service: its methods by name.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::handler::{Handler, typed};
use crate::key::{ServiceKey, check_method};

/// What a method looks like, for people: texts from the source code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// Name and type of each argument.
    pub arguments: &'static [(&'static str, &'static str)],
    /// The type of its result.
    pub returns: &'static str,
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, (name, r#type)) in self.arguments.iter().enumerate() {
            write!(f, "{}{name}: {type}", if index == 0 { "" } else { ", " })?;
        }
        write!(f, ") -> {}", self.returns)
    }
}

/// The server stub of one service: what a frame can name, and what is done then. [X-01]
///
/// `#[service]` writes one; by hand it is a row of [`method`](Self::method)s.
// ANCHOR: skeleton
pub struct Skeleton {
    key: ServiceKey,
    /// The type of the service's own error.
    error: &'static str,
    methods: BTreeMap<&'static str, (Signature, Box<dyn Handler>)>,
}
// ANCHOR_END: skeleton

impl Skeleton {
    /// No methods yet. `error` is the type of the service's own error, for people.
    pub fn new(key: ServiceKey, error: &'static str) -> Self {
        Self { key, error, methods: BTreeMap::new() }
    }

    /// The same methods under another key: another version or group of the interface.
    pub fn with_key(self, key: ServiceKey) -> Self {
        Self { key, ..self }
    }

    /// Adds a method: `f` gets the arguments as one struct, with a field for each. Give it
    /// `#[serde(deny_unknown_fields)]`, or most formats will skip an argument too many.
    ///
    /// # Panics
    /// When there is a method of this name, or the name cannot be one: that is a mistake in the program, and
    /// shows when it starts.
    pub fn method<A, R, E>(
        self,
        signature: Signature,
        f: impl Fn(A) -> Result<R, E> + Send + Sync + 'static,
    ) -> Self
    where
        A: DeserializeOwned,
        R: Serialize,
        E: Serialize,
    {
        self.handler(signature, typed(signature, f))
    }

    /// Adds a method whose arguments and result are bytes.
    ///
    /// # Panics
    /// As [`method`](Self::method).
    pub fn handler(mut self, signature: Signature, handler: Box<dyn Handler>) -> Self {
        check_method(signature.name).expect("a method's name");
        let before = self.methods.insert(signature.name, (signature, handler));
        assert!(before.is_none(), "{} has two methods {}", self.key, signature.name);
        self
    }

    /// Which service.
    pub fn key(&self) -> &ServiceKey {
        &self.key
    }

    /// The type of the service's own error.
    pub fn error(&self) -> &'static str {
        self.error
    }

    /// What stands behind `method`.
    pub fn find(&self, method: &str) -> Option<&dyn Handler> {
        self.methods.get(method).map(|(_, handler)| &**handler)
    }

    /// All methods, by name.
    pub fn signatures(&self) -> impl Iterator<Item = &Signature> {
        self.methods.values().map(|(signature, _)| signature)
    }
}

impl fmt::Debug for Skeleton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Skeleton").field("key", &self.key).field("methods", &self.methods.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(name: &'static str) -> Signature {
        Signature { name, arguments: &[], returns: "()" }
    }

    fn skeleton(methods: &[&'static str]) -> Skeleton {
        let empty = Skeleton::new(ServiceKey::parse("shop.Orders:1").unwrap(), "OrderError");
        methods.iter().fold(empty, |skeleton, name| skeleton.method(signature(name), |()| Ok::<(), ()>(())))
    }

    #[test]
    fn a_signature_reads_as_in_the_source_code() {
        assert_eq!(signature("ping").to_string(), "ping() -> ()");
        let one = Signature { arguments: &[("id", "u64")], returns: "Order", ..signature("get_order") };
        assert_eq!(one.to_string(), "get_order(id: u64) -> Order");
        let two = Signature { arguments: &[("customer", "&str"), ("items", "&[Item]")], ..one };
        assert_eq!(two.to_string(), "get_order(customer: &str, items: &[Item]) -> Order");
    }

    #[test]
    fn methods_are_found_by_their_names_and_listed_in_order() {
        let skeleton = skeleton(&["b", "a", "c"]);
        assert!(skeleton.find("a").is_some() && skeleton.find("c").is_some());
        assert!(skeleton.find("A").is_none() && skeleton.find("").is_none());
        assert_eq!(skeleton.signatures().map(|one| one.name).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!((skeleton.key().as_str(), skeleton.error()), ("shop.Orders:1", "OrderError"));
        let other = skeleton.with_key(ServiceKey::parse("shop.Orders:2").unwrap());
        assert_eq!((other.key().as_str(), other.find("b").is_some()), ("shop.Orders:2", true));
        assert_eq!(
            format!("{other:?}"),
            r#"Skeleton { key: ServiceKey(shop.Orders:2), methods: ["a", "b", "c"] }"#
        );
    }

    #[test]
    #[should_panic(expected = "shop.Orders:1 has two methods a")]
    fn two_methods_of_one_name_are_a_mistake_in_the_program() {
        skeleton(&["a", "b", "a"]);
    }

    #[test]
    #[should_panic(expected = "a method's name: BadCharacter")]
    fn a_name_that_no_frame_could_carry_is_one_too() {
        skeleton(&["get order"]);
    }
}
