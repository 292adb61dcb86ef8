//! `follow`: shows who provides a service, whenever that changes.

use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::{RegistryAddress, Standing};
use demo_kit::Failure;

/// How often the standing is looked at: 100 ms.
const LOOK: Duration = Duration::from_millis(100);

/// Follows until Ctrl-C.
pub fn run(registry: &RegistryAddress, service: &ServiceKey) -> Result<(), Failure> {
    let end = super::ctrl_c()?;
    let client = super::connect(registry)?;
    let subscription = client.subscribe(service)?;
    let start = Instant::now();
    let (mut version, mut told) = (0, None);
    loop {
        if let Some(snapshot) = subscription.wait_newer(version, LOOK) {
            version = snapshot.version();
            let names = match snapshot.require() {
                Ok(providers) => {
                    providers.iter().map(|it| it.endpoint.to_string()).collect::<Vec<_>>().join(" · ")
                }
                Err(error) => error.to_string(),
            };
            super::tell(&format!("{:>8} ms  version {version}: {names}", start.elapsed().as_millis()))?;
        }
        let standing = subscription.standing();
        let words = match &standing {
            Standing::Connecting { why: None } => None,
            Standing::Connecting { why: Some(why) } => Some(format!("not reached yet: {why}")),
            Standing::Following => Some("following".to_owned()),
            Standing::Stale { .. } => Some("the list may be old: the registry cannot be reached".to_owned()),
        };
        if words != told {
            if let Some(words) = &words {
                super::tell(&format!("{:>8} ms  {words}", start.elapsed().as_millis()))?;
            }
            told = words;
        }
        if end.try_recv().is_ok() {
            return Ok(());
        }
    }
}
