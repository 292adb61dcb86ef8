//! A service and its caller, and no address between them.

use std::net::TcpListener;
use std::sync::Arc;

use ch04_proxy::{NoError, Server, ServiceKey, service};
use ch05_registry::embedded::{DEFAULT_TTL, Embedded, EmbeddedRegistry, RegistryOptions};
use ch05_registry::named::Named;
use ch05_registry::published::{PublishOptions, Published};
use ch05_registry::{ClientOptions, Registry, RegistryClient};

/// Greets.
#[service]
pub trait Greeter {
    /// What can go wrong.
    type Error;
    /// `"world"` gives `"Hello world"`.
    fn say_hello(&self, name: &str) -> Result<String, Self::Error>;
}

struct English;

impl Greeter for English {
    type Error = NoError;

    fn say_hello(&self, name: &str) -> Result<String, NoError> {
        Ok(format!("Hello {name}"))
    }
}

type Any = Box<dyn std::error::Error>;

// ANCHOR: program
fn provide(registry: &dyn Registry) -> Result<Published, Any> {
    let server = Server::builder().service(greeter_skeleton(Arc::new(English)));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(Published::start(registry, server, listener, PublishOptions::default(), |_| Ok(()))?)
}

fn call(registry: &dyn Registry) -> Result<String, Any> {
    let service = ServiceKey::parse("Greeter")?;
    let way = Named::new(registry.subscribe(&service)?, ch02_protocol::ClientOptions::default());
    Ok(GreeterStub::new(Arc::new(way)).say_hello("world")?)
}
// ANCHOR_END: program

fn main() -> Result<(), Any> {
    let server = EmbeddedRegistry::start(TcpListener::bind("127.0.0.1:0")?, RegistryOptions::default())?;
    let client =
        || RegistryClient::new(Embedded::new(server.address(), DEFAULT_TTL), ClientOptions::default());
    let (here, there) = (client(), client());
    let provider = provide(&here)?;
    provider.registrations()[0].wait_listed(DEFAULT_TTL)?;
    println!("{}", call(&there)?);
    Ok(())
}
