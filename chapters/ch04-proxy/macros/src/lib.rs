//! `#[service]`: being written.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

/// Writes stub, requests and skeleton of a trait.
#[proc_macro_attribute]
pub fn service(_options: TokenStream, item: TokenStream) -> TokenStream {
    item
}
