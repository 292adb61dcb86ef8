//! Everything that a service may have; nothing is refused, and no lint complains.
#![deny(warnings, missing_docs, rust_2018_idioms, unreachable_pub, missing_debug_implementations)]

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use ch04_proxy::{Dispatcher, NoError, service};

/// A value of one's own.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Name(pub String);

/// Documented, with a key of three parts and a supertrait.
#[service(error = Vec<Name>, name = "com.shop.Greeter$Inner", version = "1.0-rc_1", group = "blue",)]
pub trait Greeter: Send + Sync {
    /// With a bound.
    type Error: std::fmt::Debug;

    /// No arguments, no answer.
    fn ping(&self) -> Result<(), Self::Error>;
    /// All kinds of arguments, over several lines.
    fn all(
        &self,
        number: u64,
        text: String,
        lent_text: &str,
        lent_list: &[Name],
        lent_value: &Name,
        lent_map: &HashMap<String, Vec<u8>>,
        pair: (f64, [u8; 4]),
        option: Option<Box<Name>>,
        always: Cow<'static, str>,
        r#type: char,
    ) -> std::result::Result<Vec<Name>, Self::Error>;
    /// Names that the generated code uses, too.
    fn new(&self, request: u8, service: u8, skeleton: u8, signature: u8, method: u8)
    -> Result<u8, Self::Error>;
    /// As above.
    fn key(&self) -> Result<u8, Self::Error>;
    /// As above.
    fn clone(&self) -> Result<u8, Self::Error>;
    /// As above.
    fn call(&self) -> Result<u8, Self::Error>;
    /// A keyword.
    fn r#match(&self) -> Result<u8, Self::Error>;
    /// Going away.
    #[deprecated = "ask `all`"]
    fn old(&self, old: Name) -> Result<u8, Self::Error>;
    /// There is one of the two.
    #[cfg(unix)]
    fn here(&self, path: &str) -> Result<String, Self::Error>;
    /// There is one of the two.
    #[cfg(not(unix))]
    fn here(&self, drive: char, path: &str) -> Result<String, Self::Error>;
    /// Never there, and its type neither.
    #[cfg(any())]
    fn never(&self, nothing: Missing) -> Result<Missing, Self::Error>;
}

/// Nothing to call yet.
#[service]
pub trait Empty {
    /// None.
    type Error;
}

/// Not there.
#[service]
#[cfg(any())]
pub trait Gone {
    type Error;
    fn gone(&self, missing: Missing) -> Result<(), Self::Error>;
}

/// Another module may use it.
pub mod inner {
    use ch04_proxy::service;

    /// Equal names of methods in one module.
    #[service]
    pub trait Near {
        /// None.
        type Error;
        /// Near.
        fn near(&self) -> Result<u8, Self::Error>;
    }

    #[service]
    trait Private {
        type Error;
        fn near(&self, text: &str) -> Result<u8, Self::Error>;
    }

    struct Nobody;

    impl Private for Nobody {
        type Error = ch04_proxy::NoError;
        fn near(&self, text: &str) -> Result<u8, Self::Error> {
            Ok(text.len() as u8)
        }
    }

    /// One end alone may be used.
    pub(super) fn serve() -> ch04_proxy::Skeleton {
        private_skeleton(std::sync::Arc::new(Nobody))
    }
}

/// A trait inside of a function, and an implementation behind `dyn`.
pub fn in_a_function(near: Arc<dyn inner::Near<Error = NoError> + Send + Sync>) -> Dispatcher {
    #[service]
    trait Local {
        type Error;
        fn local(&self) -> Result<u8, Self::Error>;
    }
    struct One;
    impl Local for One {
        type Error = NoError;
        fn local(&self) -> Result<u8, NoError> {
            Ok(1)
        }
    }
    let mut dispatcher = Dispatcher::default();
    for skeleton in [local_skeleton(Arc::new(One)), inner::near_skeleton(near), inner::serve()] {
        dispatcher.add(skeleton).expect("different names");
    }
    let stub = LocalStub::new(Arc::new(Dispatcher::default()));
    assert!(stub.local().is_err());
    dispatcher
}
