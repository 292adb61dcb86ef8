//! What stands in these bytes: the format explained to people.

use crate::dump::Line;
use crate::limits::{Budget, Limits};
use crate::tagged::error::Error;
use crate::tagged::reader::Reader;
use crate::tagged::tag::Kind;
use crate::tagged::varint;

/// Explains `bytes`, value by value. It never fails: where it cannot go on, the rest is one line that says
/// why.
pub fn dump(bytes: &[u8]) -> Vec<Line> {
    let budget = Budget::new(&Limits::default());
    let mut dumper =
        Dumper { bytes, reader: Reader::new(bytes, &budget), begin: 0, depth: 0, lines: Vec::new() };
    while dumper.reader.left() > 0 {
        dumper.begin = dumper.reader.at();
        if let Err(error) = dumper.value(false) {
            let at = dumper.begin;
            let meaning = format!("fault: {error}");
            dumper.lines.push(Line { at, bytes: bytes[at..].to_vec(), depth: dumper.depth, meaning });
            break;
        }
    }
    dumper.lines
}

struct Dumper<'de, 'b> {
    bytes: &'de [u8],
    reader: Reader<'de, 'b>,
    /// Where the line begins that is being written.
    begin: usize,
    depth: usize,
    lines: Vec<Line>,
}

impl Dumper<'_, '_> {
    fn line(&mut self, prefix: &str, meaning: &str) {
        let (at, end) = (self.begin, self.reader.at());
        let meaning = format!("{prefix}{meaning}");
        self.lines.push(Line { at, bytes: self.bytes[at..end].to_vec(), depth: self.depth, meaning });
        self.begin = end;
    }

    fn value(&mut self, field: bool) -> Result<(), Error> {
        let (prefix, kind) = if field {
            let tag = self.reader.field_tag()?;
            (format!("field {}: ", tag.number), tag.kind)
        } else {
            (String::new(), self.reader.plain_tag()?)
        };
        let name = kind.name();
        match kind {
            Kind::Null | Kind::False | Kind::True => self.line(&prefix, name),
            Kind::Unsigned => {
                let number = self.reader.number()?;
                self.line(&prefix, &format!("{name} {number}"));
            }
            Kind::Signed => {
                let folded = self.reader.number()?;
                self.line(&prefix, &format!("{name} {}", varint::unzigzag(folded)));
            }
            Kind::Double => {
                let number = self.reader.double()?;
                self.line(&prefix, &format!("{name} {number}"));
            }
            Kind::Text => {
                let text = self.reader.text()?;
                self.line(&prefix, &format!("{name} of {} bytes, {text:?}", text.len()));
            }
            Kind::Bytes => {
                let length = self.reader.bytes()?.len();
                self.line(&prefix, &format!("{length} bytes"));
            }
            Kind::List | Kind::Map | Kind::Record => self.inside(&prefix, kind)?,
            Kind::Variant => {
                let index = self.reader.number()?;
                self.line(&prefix, &format!("{name} {index}, which holds"));
                self.reader.budget().enter()?;
                self.depth += 1;
                self.value(false)?;
                self.depth -= 1;
                self.reader.leave();
            }
        }
        Ok(())
    }

    fn inside(&mut self, prefix: &str, kind: Kind) -> Result<(), Error> {
        let count = self.reader.count()?;
        let (what, values) = match (kind, count) {
            (Kind::Record, 1) => ("field", 1),
            (Kind::Record, _) => ("fields", count),
            (Kind::Map, 1) => ("entry", 2),
            (Kind::Map, _) => ("entries", 2 * count),
            (_, 1) => ("value", 1),
            _ => ("values", count),
        };
        self.line(prefix, &format!("{} of {count} {what}", kind.name()));
        self.depth += 1;
        for _ in 0..values {
            self.value(kind == Kind::Record)?;
        }
        self.depth -= 1;
        self.reader.leave();
        Ok(())
    }
}
