//! # `#[service]`: code that writes code
//!
//! Java makes a proxy at run time. Rust has no run-time classes, so the proxy is written before the program
//! is compiled: by this macro [X-01] [X-06]. It reads a trait and puts three things beside it.
//!
//! ```text
//!   #[service(error = OrderError)]       pub trait OrderService { … }             the trait, unchanged
//!   pub trait OrderService {        ┌──▶ struct OrderServiceGetOrder { id: u64 }  one request for each method
//!       type Error;                 │
//!       fn get_order(&self, id: u64)┼──▶ struct OrderServiceStub                  implements the trait: calls
//!           -> Result<Order, …>;    │
//!   }                               └──▶ fn order_service_skeleton(service)       takes calls: uses the trait
//! ```
//!
//! ## The story
//!
//! - `expand` is the whole way: tokens in, tokens out.
//! - `options` reads what stands in the brackets, `model` reads the trait, `types` looks into one type.
//! - `refused` says, at the reader's own word, what cannot be called from another machine.
//! - `render_requests`, `render_stub` and `render_skeleton` write the three parts.
//!
//! To see what it makes of your trait:
//! `cargo run -q -p ch04-proxy-macros --example expand -- FILE TRAIT`.
#![forbid(unsafe_code)]

mod expand;
mod model;
mod options;
mod refused;
mod render_requests;
mod render_skeleton;
mod render_stub;
#[cfg(test)]
mod tests;
mod types;

/// Makes a trait callable from another machine [X-01] [X-05].
///
/// ```text
/// #[service(error = OrderError)]
/// pub trait OrderService {
///     type Error;
///     fn get_order(&self, id: u64) -> Result<Order, Self::Error>;
///     fn place_order(&self, customer: &str, items: &[Item]) -> Result<u64, Self::Error>;
/// }
/// ```
///
/// The options, all of them optional:
///
/// - `error = OrderError`: the service's own error; without it there is none, and it is `ch04_proxy::NoError`.
/// - `name = "shop.OrderService"`: how it is called on the wire; without it the trait's name.
/// - `version = "1.0"` and `group = "blue"`: the rest of its key; without them empty.
///
/// Every method takes `&self` and returns a `Result<…, Self::Error>`. Its arguments and its answer are values
/// with serde's `Serialize` and `Deserialize`. A whole argument may be borrowed (`&str`, `&[Item]`): the caller
/// lends it, the server owns what arrives. For that its type must be `Clone`, as for any `Cow`.
#[proc_macro_attribute]
pub fn service(
    options: proc_macro::TokenStream,
    definition: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand::service(options.into(), definition.into()).into()
}
