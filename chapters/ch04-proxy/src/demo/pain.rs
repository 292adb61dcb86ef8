//! Act 1: one call, as chapter 3 has it and as chapter 4 has it.

use std::io::Write;
use std::sync::Arc;

use ch02_protocol::extension::number;
use ch03_codec::shop::{Request, Shop};
use ch03_codec::{Format, Marshaller};
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{CallError, Invocation, Proxy, Reply, Server};
use demo_kit::Failure;
use serde_json::{Value, json};
use std::sync::Mutex;

use super::hex;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let before = Marshaller::default().write(Proxy::FORMAT, &Request::GetOrder { id: 42 })?;
    writeln!(out, "  Chapter 3:  match client.call(Format {{ codec: 5, compressor: 1 }},")?;
    writeln!(out, "                                &Request::GetOrder {{ id: 42 }})? {{")?;
    writeln!(out, "                  (Response::Order(order), _) => …,")?;
    writeln!(out, "                  (other, _) => …  // an answer to another question")?;
    writeln!(out, "              }}")?;
    writeln!(out, "    header    does not say what is called")?;
    writeln!(out, "    body      {}", hex(&before.bytes))?;
    writeln!(
        out,
        "              the third variant of an enum: only who has the enum knows which call it is"
    )?;

    let seen = Arc::new(Mutex::new(None));
    let (write, shop) = (Arc::clone(&seen), Arc::new(Shop::default()));
    let server = Server::builder().service(order_service_skeleton(shop)).build()?;
    let orders =
        OrderServiceStub::new(Arc::new(move |invocation: &Invocation| -> Result<Reply, CallError> {
            *write.lock().expect("no code panics while it holds this lock") = Some(invocation.to_frame());
            server.invoke(invocation)
        }));
    let error = orders.get_order(42).err().ok_or("an empty shop has an order")?;
    let frame = seen.lock().expect("as above").take().ok_or("the stub has called nobody")?;
    let name =
        |number| String::from_utf8_lossy(frame.extensions.get(number).unwrap_or_default()).into_owned();
    let (service, method) = (name(number::SERVICE), name(number::METHOD));
    writeln!(out, "\n  Chapter 4:  let order = orders.get_order(42)?;")?;
    writeln!(out, "    header    service {service:?}, method {method:?}")?;
    writeln!(out, "    body      {}", hex(&frame.body))?;
    writeln!(out, "              the arguments, and nothing else")?;
    writeln!(out, "    result    {error}")?;
    let Format { codec, .. } = Proxy::FORMAT;
    Ok(json!({
        "codec": codec,
        "before": hex(&before.bytes),
        "now": { "service": service, "method": method, "body": hex(&frame.body) },
    }))
}
