//! Processes for the conformance suite: a registry that can be killed, providers that can be killed.

mod process;

use std::sync::Arc;

use ch04_proxy::ServiceKey;
use ch05_registry::conformance::{CHECKS, Elsewhere, Fault, World, run};
use ch05_registry::{ClientOptions, Endpoint, Registry, RegistryAddress};
pub use process::Process;

impl Elsewhere for Process {
    fn kill(mut self: Box<Self>) {
        Process::kill(&mut self);
    }
}

/// A registry of some kind, as a process.
pub trait RegistryProcess {
    /// How it is reached: also after it was started again.
    fn address(&self) -> String;
    /// As `kill -9`.
    fn kill(&mut self) -> Result<(), Fault>;
    /// Starts it at the same address.
    fn start_again(&mut self) -> Result<(), Fault>;
}

/// A registry and the programs around it.
pub struct Processes<R>(pub R);

impl<R: RegistryProcess> World for Processes<R> {
    fn client(&self) -> Arc<dyn Registry> {
        let address = RegistryAddress::parse(&self.0.address()).expect("a good address");
        address.connect(ClientOptions::default()).expect("it was built in")
    }

    fn elsewhere(&self, service: &ServiceKey, endpoint: &Endpoint) -> Result<Box<dyn Elsewhere>, Fault> {
        let address = endpoint.address().to_string();
        let mut arguments: Vec<String> = ["provide", "--registry"].map(String::from).to_vec();
        arguments.extend([self.0.address(), "--service".into(), service.to_string()]);
        arguments.extend(["--only-register".into(), address]);
        for (name, value) in endpoint.labels() {
            arguments.extend(["--label".into(), format!("{name}={value}")]);
        }
        let process = Process::start(arguments);
        process.says("listed")?;
        Ok(Box::new(process))
    }

    fn kill(&mut self) -> Result<(), Fault> {
        self.0.kill()
    }

    fn start_again(&mut self) -> Result<(), Fault> {
        self.0.start_again()
    }
}

/// Runs the suite, and shows it.
pub fn conforms(name: &str, registry: impl RegistryProcess) {
    let mut world = Processes(registry);
    let failed = run(&mut world, |check, took, result| match result {
        Ok(()) => println!("{name}: {:<40} ok      {:>6} ms", check.name, took.as_millis()),
        Err(fault) => println!("{name}: {:<40} FAILED  {:>6} ms\n  {fault}", check.name, took.as_millis()),
    });
    assert_eq!(failed, 0, "{failed} of {} checks failed", CHECKS.len());
}
