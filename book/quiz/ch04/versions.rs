//! A key is compared whole.

use std::sync::Arc;

use ch03_codec::Marshaller;
use ch04_proxy::{Dispatcher, Invocation, NoError, Proxy, ServiceKey, Signature, Skeleton};

// ANCHOR: program
fn main() {
    let mut dispatcher = Dispatcher::new(Arc::new(Marshaller::default()));
    for key in ["Greeter:1.0", "Greeter:2.0", "gray/Greeter:2.0"] {
        let signature = Signature { name: "hello", arguments: &[], returns: "String" };
        let greeter = Skeleton::new(ServiceKey::parse(key).unwrap(), "NoError")
            .method(signature, move |(): ()| Ok::<_, NoError>(key));
        dispatcher.add(greeter).unwrap();
    }
    let marshaller = Marshaller::default();
    for asked in ["Greeter:2.0", "Greeter", "Greeter:2", "blue/Greeter:2.0"] {
        let arguments = marshaller.write(Proxy::FORMAT, &()).unwrap();
        let call = Invocation::new(ServiceKey::parse(asked).unwrap(), "hello", arguments).unwrap();
        println!("{asked:17} {}", dispatcher.dispatch(&call).status);
    }
}
// ANCHOR_END: program
