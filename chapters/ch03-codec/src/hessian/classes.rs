//! The classes of a message that serde writes.

use super::error::{ClassMismatch, Error};
use super::graph_write::write_definition;
use super::scan::ROOM;

/// Which classes there are, and their fields as far as serde has named them.
#[derive(Debug, Default)]
pub(super) struct Classes {
    classes: Vec<Class>,
    /// The fields of the classes that have had a complete object, one class after the other.
    fields: Vec<&'static str>,
    /// The fields so far of the objects that are being written and are the first of their class.
    open: Vec<&'static str>,
}

#[derive(Debug)]
struct Class {
    name: &'static str,
    /// Where its names are in `fields`: the first, and how many. Nothing before an object is complete.
    fields: Option<(usize, usize)>,
}

/// An object that is being written.
#[derive(Debug)]
pub(super) struct Begun {
    /// Its class.
    pub class: usize,
    /// The fields of its class, if they are known.
    known: Option<(usize, usize)>,
    /// If not: where its own begin in `open`.
    open: usize,
    /// How many have been named.
    named: usize,
}

impl Classes {
    /// The number of a class, which it has from now on; and whether that is news.
    #[inline]
    pub fn number(&mut self, name: &'static str) -> (usize, bool) {
        match self.classes.iter().position(|class| same(class.name, name)) {
            Some(class) => (class, false),
            None => {
                if self.classes.is_empty() {
                    // Once for a message, instead of growing name by name.
                    self.fields.reserve(ROOM);
                    self.open.reserve(ROOM);
                }
                self.classes.push(Class { name, fields: None });
                (self.classes.len() - 1, true)
            }
        }
    }

    /// An object begins.
    #[inline]
    pub fn begin(&self, class: usize) -> Begun {
        Begun { class, known: self.classes[class].fields, open: self.open.len(), named: 0 }
    }

    /// serde names the next field of an object.
    #[inline]
    pub fn field(&mut self, object: &mut Begun, name: &'static str) -> Result<(), Error> {
        let Some((first, count)) = object.known else {
            object.named += 1;
            self.open.push(name);
            return Ok(());
        };
        let index = object.named;
        if index >= count || !same(self.fields[first + index], name) {
            return Err(self.mismatch(object.class, index, name));
        }
        object.named += 1;
        Ok(())
    }

    /// An object is complete, and with it the names of its class.
    ///
    /// A list whose elements are linked by a field is an object in an object of the same class: the inner one is
    /// complete first, and the outer one is compared with it.
    pub fn end(&mut self, object: Begun) -> Result<(), Error> {
        let class = object.class;
        if let Some((_, count)) = object.known {
            return if object.named == count { Ok(()) } else { Err(self.mismatch(class, object.named, "")) };
        }
        let Some((first, count)) = self.classes[class].fields else {
            let first = self.fields.len();
            self.fields.extend(self.open.drain(object.open..));
            self.classes[class].fields = Some((first, object.named));
            return Ok(());
        };
        let (known, own) = (&self.fields[first..first + count], &self.open[object.open..]);
        let differs = (0..known.len().max(own.len())).find(|&index| known.get(index) != own.get(index));
        if let Some(index) = differs {
            return Err(self.mismatch(class, index, own.get(index).copied().unwrap_or_default()));
        }
        self.open.truncate(object.open);
        Ok(())
    }

    /// Appends the definition of a class.
    pub fn define(&self, class: usize, out: &mut Vec<u8>) -> Result<(), Error> {
        let Class { name, fields } = self.classes[class];
        let (first, count) = fields.unwrap_or_default();
        write_definition(out, name, self.fields[first..first + count].iter().copied())
    }

    #[cold]
    fn mismatch(&self, class: usize, index: usize, got: &str) -> Error {
        let Class { name, fields } = self.classes[class];
        let (first, count) = fields.unwrap_or_default();
        let expected = if index < count { self.fields[first + index] } else { "" };
        Error::ClassMismatch(Box::new(ClassMismatch {
            class: name.to_owned(),
            index,
            expected: expected.to_owned(),
            got: got.to_owned(),
        }))
    }
}

/// Whether two names are equal. The same type gives the same pointer nearly always, and that is quicker to see.
#[inline]
fn same(a: &'static str, b: &'static str) -> bool {
    std::ptr::eq(a, b) || a == b
}
