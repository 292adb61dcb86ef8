//! What can be an argument, a result or an error of a remote method.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that can travel: it becomes bytes here and a value again there, and borrows from nothing.
///
/// Implemented for all that serde can write and read; it is there for the sake of its error message, which
/// names the type that cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot travel: it needs serde's `Serialize` and `Deserialize`",
    label = "arguments, results and errors of a service cross a network"
)]
pub trait Travels: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Travels for T {}

/// Compiles when `T` can travel.
pub const fn travels<T: Travels>() {}
