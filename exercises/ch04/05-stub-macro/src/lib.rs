//! 04-05 A macro that writes the stub.
//!
//! A stub is the same line again and again, with other names in it. A macro writes such lines out of a
//! description. It does so while the program is compiled, so at run time there is only the stub, as if you had
//! written it by hand.
//!
//! ```text
//!   stub! {                                                            what the macro sees
//!       pub struct Orders for OrderService as "OrderService" {         $name $service $interface
//!           type Error = OrderError;                                   $error
//!           fn get_order(id: u64) -> Order;                            $method ┐ ( $argument: $type  ) -> $answer
//!           fn list_orders(from: u64, count: u32) -> Vec<Order>;       $method ┘ ( $argument: $type …) -> $answer
//!       }
//!   }                                                                  $( … )* repeats a piece for each of them
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use ch04_proxy::NoError;
// Whoever uses the macro reaches all of these as `$crate::…`, and need not import one of them.
pub use ch04_proxy::{Invoker, Proxy, RpcError, ServiceKey, Signature};
use erased_serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

/// The arguments of one call: a record with a field for each.
///
/// A macro of this kind cannot make a new name out of old ones, such as `OrderServiceGetOrder` out of
/// `OrderService` and `get_order`. So there is no struct for each method, but this one for all of them.
pub struct Arguments<'a> {
    /// What kind of record it is: `OrderService.get_order`, without a version. Hessian writes it down, other
    /// formats do not.
    pub record: &'static str,
    /// Name and value of each argument, in the order of the method.
    pub fields: &'a [(&'static str, &'a dyn Serialize)],
}

impl serde::Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct(self.record, self.fields.len())?;
        for (name, value) in self.fields {
            record.serialize_field(name, value)?;
        }
        record.end()
    }
}

/// Writes the client stub of a service: a struct with the service's trait, where every method is a remote call.
#[macro_export]
macro_rules! stub {
    (
        $(#[$struct_docs:meta])*
        $visibility:vis struct $name:ident for $service:path as $interface:literal $(, version $version:literal)? {
            type Error = $error:ty;
            $(
                $(#[$docs:meta])*
                fn $method:ident($($argument:ident: $type:ty),* $(,)?) -> $answer:ty;
            )*
        }
    ) => {
        $(#[$struct_docs])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        $visibility struct $name($crate::Proxy);

        #[allow(dead_code)] // Nobody has to call all of them.
        impl $name {
            /// Calls through `invoker`, in the default format.
            $visibility fn new(invoker: ::std::sync::Arc<dyn $crate::Invoker>) -> Self {
                Self($crate::Proxy::new(Self::key(), invoker))
            }

            /// Calls through `proxy`: in another format, for example.
            $visibility fn over(proxy: $crate::Proxy) -> Self {
                Self(proxy)
            }

            /// How the service is called on the wire.
            $visibility fn key() -> $crate::ServiceKey {
                // YOUR CODE key: `interface:version`, or the interface alone when there is no version.
                todo!("04-05 key")
                // END YOUR CODE
            }

            /// What its methods look like, in the order of the description.
            $visibility fn signatures() -> &'static [$crate::Signature] {
                // YOUR CODE signatures: one for each method, with all of its arguments.
                todo!("04-05 signatures")
                // END YOUR CODE
            }
        }

        #[allow(unused_variables)] // As long as the method's body is open.
        impl $service for $name {
            type Error = $crate::RpcError<$error>;
            $(
                $(#[$docs])*
                fn $method(&self, $($argument: $type),*) -> ::std::result::Result<$answer, Self::Error> {
                    // YOUR CODE call: hand the method's name and its arguments to the proxy.
                    todo!("04-05 call")
                    // END YOUR CODE
                }
            )*
        }
    };
}

/// Says something again. Only for the two stubs below: a macro that nobody uses is looked at by nobody, so use it
/// here, and the compiler shows its errors in this file, as soon as you save.
pub trait Echo {
    /// What can go wrong.
    type Error;
    /// Says `text` so many times.
    fn echo(&self, text: &str, times: u8) -> Result<String, Self::Error>;
}

stub! {
    /// Calls an echo of version 2.
    pub struct EchoStub for Echo as "Echo", version "2" {
        type Error = NoError;
        fn echo(text: &str, times: u8) -> String;
    }
}

stub! {
    /// Calls an echo that has no version.
    pub struct AnyEchoStub for Echo as "Echo" {
        type Error = NoError;
        fn echo(text: &str, times: u8) -> String;
    }
}
