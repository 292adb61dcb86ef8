//! One filter outside of another: which of them sees what?

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use ch03_codec::Marshaller;
use ch04_proxy::filters::Retry;
use ch04_proxy::{CallError, Chain, Filter, Invocation, Invoker, Proxy, Reply, ServiceKey, Status};

// ANCHOR: program
fn log(name: &'static str) -> impl Filter {
    move |invocation: &Invocation, next: &dyn Invoker| {
        println!("{name} ->");
        let result = next.invoke(invocation);
        println!("{name} <- {}", result.as_ref().map_or("no reply".into(), |reply| reply.status.to_string()));
        result
    }
}

fn main() {
    let calls = AtomicU32::new(0);
    let server = move |_: &Invocation| -> Result<Reply, CallError> {
        let first = calls.fetch_add(1, SeqCst) == 0;
        Ok(if first { Reply::new(Status::BUSY, "later") } else { Reply::ok("") })
    };
    let retry = Retry::new(3, Duration::ZERO);
    let chain =
        Chain::new(vec![Arc::new(log("outer")), Arc::new(retry), Arc::new(log("inner"))], Arc::new(server));
    // ANCHOR_END: program
    let service = ServiceKey::parse("OrderService").expect("a name");
    let arguments = Marshaller::default().write(Proxy::FORMAT, &()).expect("nothing to write");
    let call = Invocation::new(service, "get_order", arguments).expect("a name");
    _ = chain.invoke(&call);
}
