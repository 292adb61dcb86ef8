//! `provide`: an order service that enters itself in a registry.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use ch03_codec::shop::Shop;
use ch04_proxy::orders::{OrderService as _, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Client, Proxy, Server, ServiceKey};
use ch05_registry::registration::State;
use ch05_registry::{Endpoint, PublishOptions, Published, Registration, RegistryAddress};
use demo_kit::Failure;

/// How often somebody looks whether Ctrl-C was pressed: 50 ms.
const LOOK: Duration = Duration::from_millis(50);

/// Serves `service` until Ctrl-C. With `only_register`, it enters that address and serves nothing: for tests.
pub fn run(
    registry: &RegistryAddress,
    service: &ServiceKey,
    listen: SocketAddr,
    labels: Vec<(String, String)>,
    only_register: Option<SocketAddr>,
) -> Result<(), Failure> {
    let end = super::ctrl_c()?;
    let client = super::connect(registry)?;
    if let Some(address) = only_register {
        let endpoint = labels
            .iter()
            .try_fold(Endpoint::new(address), |endpoint, (name, value)| endpoint.with(name, value))?;
        let registration = client.register(service, endpoint)?;
        tell_until(&registration, || end.try_recv().is_ok())?;
        return Ok(registration.end(Duration::from_secs(3))?);
    }
    let listener =
        TcpListener::bind(listen).map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let skeleton = order_service_skeleton(Arc::new(Shop::default())).with_key(service.clone());
    let builder = Server::builder().service(skeleton).with_reflection();
    let options = PublishOptions { labels, ..PublishOptions::default() };
    let key = service.clone();
    let published = Published::start(&*client, builder, listener, options, move |address| {
        // The self-check is a call as any other: who can be called here can be called.
        let through = Arc::new(Client::new(address, Default::default()));
        let stub = OrderServiceStub::over(Proxy::new(key, through));
        stub.say_hello("myself").map(|_| ()).map_err(|error| error.to_string())
    })?;
    super::tell(&format!("serving {service} on {}", published.address()))?;
    tell_until(&published.registrations()[0], || end.try_recv().is_ok())?;
    super::tell("taking myself from the list")?;
    published.stop()?;
    super::tell("stopped")?;
    Ok(())
}

/// Tells how the registration is getting on, until it is `over`.
fn tell_until(registration: &Registration, over: impl Fn() -> bool) -> Result<(), Failure> {
    let mut state = registration.state();
    loop {
        super::tell(&match &state {
            State::Pending { why: None } => "not listed yet".to_owned(),
            State::Pending { why: Some(why) } => format!("not listed: {why}"),
            State::Listed => "listed".to_owned(),
            State::Doubtful { why } => format!("perhaps still listed: {why}"),
            State::Ended => "not listed any more".to_owned(),
        })?;
        let told = state.clone();
        while state == told {
            state = registration.wait_change(&told, LOOK);
            if over() {
                return Ok(());
            }
        }
    }
}
