//! Calling what the program was not compiled with: a method by its name, JSON in and out.

use std::fmt;
use std::sync::Arc;

use ch03_codec::table::Named;
use ch03_codec::{Format, Marshaller};
use serde_json::Value;

use crate::error::RpcError;
use crate::invoker::Invoker;
use crate::key::{NameError, ServiceKey, check_method};
use crate::proxy::Proxy;

/// Calls any method of any service. Java calls that `$invoke`.
///
/// There is no interface, so nobody checks before the call whether it fits: a method's name is a text, and
/// what is wrong with the arguments is found by the server. JSON is the format, since it says itself what it
/// holds.
#[derive(Clone)]
pub struct Generic {
    invoker: Arc<dyn Invoker>,
    marshaller: Arc<Marshaller>,
}

impl Generic {
    /// Calls through `invoker`.
    pub fn new(invoker: Arc<dyn Invoker>) -> Self {
        Self { invoker, marshaller: Arc::default() }
    }

    /// Calls a method. `arguments` are an object with the arguments' names, or an array in their order; null
    /// is for a method without any.
    ///
    /// # Errors
    /// As [`Proxy::call`]. The service's own error comes as JSON, too.
    // ANCHOR: call
    pub fn call(&self, target: &Target, arguments: &Value) -> Result<Value, RpcError<Value>> {
        let format = Format { codec: ch03_codec::codecs::Json.id(), ..Proxy::FORMAT };
        let proxy = Proxy::new(target.service.clone(), Arc::clone(&self.invoker))
            .with_marshaller(Arc::clone(&self.marshaller))
            .with_format(format);
        match arguments {
            Value::Null => proxy.call(target.method.clone(), &Value::Object(Default::default())),
            arguments => proxy.call(target.method.clone(), arguments),
        }
    }
    // ANCHOR_END: call
}

impl fmt::Debug for Generic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generic").finish_non_exhaustive()
    }
}

/// What to call: a service and one of its methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which service.
    pub service: ServiceKey,
    /// Which of its methods.
    pub method: String,
}

impl Target {
    /// Reads `OrderService.get_order`, or `group/shop.OrderService:1.0.get_order`: the method stands behind
    /// the last point.
    ///
    /// # Errors
    /// [`NameError`].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let (service, method) = text.rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;
        check_method(method)?;
        Ok(Self { service: ServiceKey::parse(service)?, method: method.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_method_stands_behind_the_last_point() {
        for (text, service, method) in [
            ("OrderService.get_order", "OrderService", "get_order"),
            ("gray/shop.OrderService:1.0.get_order", "gray/shop.OrderService:1.0", "get_order"),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.service.as_str(), &*target.method), (service, method));
        }
        for text in ["get_order", "", ".", "a.", ".a", "OrderService.get order"] {
            assert!(Target::parse(text).is_err(), "{text:?}");
        }
    }
}
