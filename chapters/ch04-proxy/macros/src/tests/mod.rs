//! What `#[service]` reads, writes and refuses, over tokens alone.

mod misuse;
mod options;
mod rendered;
mod types;

use crate::expand;
use crate::model::Service;

/// A trait with `type Error` and `methods`, under `#[service(options)]`.
fn read(options: &str, methods: &str) -> syn::Result<Service> {
    read_trait(options, &format!("trait Greeter {{ type Error; {methods} }}"))
}

fn read_trait(options: &str, definition: &str) -> syn::Result<Service> {
    let options = options.parse().unwrap();
    expand::read(options, &expand::read_trait(definition.parse().unwrap())?)
}

/// What each error says.
fn errors(result: syn::Result<Service>) -> Vec<String> {
    result.err().into_iter().flatten().map(|error| error.to_string()).collect()
}
