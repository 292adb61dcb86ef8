//! The interface is what both ends share; an implementation is on one end only.

use ch04_proxy::service;

pub struct Greeter;

#[service]
impl Greeter {} //~ ERROR «impl»: `#[service]` goes in front of a trait
