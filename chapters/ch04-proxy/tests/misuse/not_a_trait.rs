//! There must be methods to call.

use ch04_proxy::service;

/// A service, not its interface.
#[service]
pub struct Greeter; //~ ERROR «struct»: `#[service]` goes in front of a trait

impl Greeter {}
