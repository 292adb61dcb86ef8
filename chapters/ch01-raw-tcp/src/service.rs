//! The seam of chapter 1: everything that can answer a request.

/// One request in, one reply out.
///
/// Both are one line **without** its `\n`; who calls `call` has cut the request out of the stream and will
/// put the reply back into one. A service knows nothing about sockets, so the same service runs behind all
/// five I/O models of this chapter. [F-07]
///
/// Implementations are called from several threads at once, so they are `Send + Sync`. A panic inside
/// `call` costs the caller an `error internal` reply; the server lives on.
// ANCHOR: trait
pub trait Service: Send + Sync {
    /// Answers `request`.
    fn call(&self, request: &[u8]) -> Vec<u8>;
}
// ANCHOR_END: trait

/// Any closure of the right shape is a service: handy in tests and exercises.
impl<F> Service for F
where
    F: Fn(&[u8]) -> Vec<u8> + Send + Sync,
{
    fn call(&self, request: &[u8]) -> Vec<u8> {
        self(request)
    }
}
