//! Where the containers of a message are, for those who read one again.

use super::error::Error;
use super::scan::Scanner;
use crate::limits::{Budget, Limits};

/// The place of a container: from its first byte to behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub begin: usize,
    pub end: usize,
}

/// All containers of a message, in the order of their numbers.
///
/// Most messages have no reference, so nobody notes where a container is while reading. The first reference pays
/// for it: it goes through the message once.
#[derive(Debug)]
pub(super) struct Containers(Vec<Span>);

impl Containers {
    /// Goes through `bytes`, value after value, up to the end or the first fault. Whoever reads comes no further
    /// either.
    pub fn of(bytes: &[u8], limits: &Limits) -> Self {
        let budget = Budget::new(limits);
        let mut scan = Scanner::new(bytes, &budget);
        let mut spans = Vec::new();
        while scan.reader.end().is_err() && value(&mut scan, &mut spans).is_ok() {}
        Self(spans)
    }

    /// The container that a reference at `at` names.
    ///
    /// A container that begins later has no number yet. One that ends later is around the reference: it contains
    /// itself. So whoever follows a reference always goes back, and comes to an end.
    pub fn find(&self, at: usize, node: i32) -> Result<Span, Error> {
        let known = self.0.partition_point(|span| span.begin < at);
        match usize::try_from(node) {
            Ok(number) if number < known && self.0[number].end <= at => Ok(self.0[number]),
            Ok(number) if number < known => Err(Error::Cycle { at, node }),
            _ => Err(Error::UnknownNode { at, node, known }),
        }
    }
}

/// Goes through a value. How deep it calls itself, the budget bounds.
fn value(scan: &mut Scanner<'_, '_>, spans: &mut Vec<Span>) -> Result<(), Error> {
    let (begin, token) = scan.token()?;
    let Some((mut rest, values)) = scan.elements(&token) else { return Ok(()) };
    let number = spans.len();
    spans.push(Span { begin, end: usize::MAX });
    while scan.more(&mut rest)? {
        for _ in 0..values {
            value(scan, spans)?;
        }
    }
    scan.leave();
    spans[number].end = scan.reader.at();
    Ok(())
}
