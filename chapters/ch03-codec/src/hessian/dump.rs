//! Bytes with their meaning beside them, for people.

use super::error::Error;
use super::scan::{Rest, Scanner, Token};
use crate::dump::Line;
use crate::limits::{Budget, Limits};

/// How much of a text is shown.
const SHOWN: usize = 40;

/// Explains all values in `bytes`, one line for each head.
///
/// It never fails: what a decoder would refuse is said, and everything from there on is one line. A message
/// that is deeper or longer than the default [`Limits`] ends so, too.
pub fn dump(bytes: &[u8]) -> Vec<Line> {
    let budget = Budget::new(&Limits { max_total: usize::MAX, ..Limits::default() });
    let mut dump = Dump { bytes, scan: Scanner::new(bytes, &budget), nodes: 0, shown: 0, lines: Vec::new() };
    loop {
        if let Err(error) = dump.value(0, "") {
            dump.lines.push(Line {
                at: dump.shown,
                bytes: bytes[dump.shown..].to_vec(),
                depth: 0,
                meaning: format!("fault: {error}"),
            });
            return dump.lines;
        }
        if dump.scan.reader.end().is_ok() {
            return dump.lines;
        }
    }
}

struct Dump<'a, 'b> {
    bytes: &'a [u8],
    scan: Scanner<'a, 'b>,
    /// How many containers have begun.
    nodes: usize,
    /// How many bytes have their line.
    shown: usize,
    lines: Vec<Line>,
}

impl Dump<'_, '_> {
    /// What has been read since the last line, and what it is.
    fn line(&mut self, depth: usize, meaning: String) {
        let at = std::mem::replace(&mut self.shown, self.scan.reader.at());
        self.lines.push(Line { at, bytes: self.bytes[at..self.shown].to_vec(), depth, meaning });
    }

    /// A value; `what` says what it is to the one around it.
    fn value(&mut self, depth: usize, what: &str) -> Result<(), Error> {
        while self.scan.definition()? {
            let class = self.scan.classes() - 1;
            let fields = self.scan.fields(class).join(", ");
            self.line(depth, format!("class {class} is {}: {}", self.scan.class(class), or_none(&fields)));
        }
        let (at, token) = self.scan.token()?;
        let node = self.nodes;
        let meaning = match &token {
            Token::Null => "null".to_owned(),
            Token::Bool(value) => value.to_string(),
            Token::Int(value) => format!("int {value}"),
            Token::Long(value) => format!("long {value}"),
            Token::Double(value) => format!("double {value:?}"),
            Token::Date(ms) => format!("date, {ms} ms since 1970"),
            Token::Text(text) => format!("text {}", shown(text)),
            Token::Binary(bytes) => format!("binary of {} bytes", bytes.len()),
            Token::List { kind, rest } => {
                let count = match rest {
                    Rest::Count(count) => format!(" of {count}"),
                    Rest::UntilEnd => String::new(),
                };
                format!("node {node}, list{count}{}", self.of_type(*kind))
            }
            Token::Map { kind } => format!("node {node}, map{}", self.of_type(*kind)),
            Token::Object { class } => {
                format!("node {node}, object of class {class}, {}", beginning(self.scan.class(*class)))
            }
            Token::Reference(to) if usize::try_from(*to).is_ok_and(|to| to < node) => {
                format!("reference to node {to}")
            }
            Token::Reference(to) => return Err(Error::UnknownNode { at, node: *to, known: node }),
        };
        self.line(depth, format!("{what}{meaning}"));
        self.elements(depth + 1, token)
    }

    fn elements(&mut self, depth: usize, token: Token<'_>) -> Result<(), Error> {
        let Some((mut rest, _)) = self.scan.elements(&token) else { return Ok(()) };
        self.nodes += 1;
        let mut index = 0;
        while self.scan.more(&mut rest)? {
            match token {
                Token::Object { class } => {
                    let what = format!("{}: ", beginning(&self.scan.fields(class)[index]));
                    self.value(depth, &what)?;
                }
                Token::Map { .. } => {
                    self.value(depth, "key ")?;
                    self.value(depth + 1, "")?;
                }
                _ => self.value(depth, "")?,
            }
            index += 1;
        }
        if self.shown < self.scan.reader.at() {
            self.line(depth - 1, "end".to_owned());
        }
        self.scan.leave();
        Ok(())
    }

    fn of_type(&self, kind: Option<usize>) -> String {
        kind.map(|kind| format!(" of type {}", beginning(self.scan.type_name(kind)))).unwrap_or_default()
    }
}

fn or_none(fields: &str) -> &str {
    if fields.is_empty() { "no fields" } else { fields }
}

/// A text in quotes, or its beginning.
fn shown(text: &str) -> String {
    let head = beginning(text);
    match text[head.len()..].chars().count() {
        0 => format!("{head:?}"),
        more => format!("{head:?} and {more} more characters"),
    }
}

/// Names stand once in a message, and in a dump at each object: a long one would make it longer than memory.
fn beginning(name: &str) -> &str {
    let end = name.char_indices().nth(SHOWN).map_or(name.len(), |(at, _)| at);
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::show;
    use crate::hessian::{Graph, Value};

    #[test]
    fn every_head_has_its_line_and_every_byte_is_shown_once() {
        let mut graph = Graph::new();
        let list = graph.list([1.into(), 0.5.into(), Value::Long(7), Value::Date(60_000)]);
        let map = graph.map([("on".into(), true.into()), (Value::Null, list.clone())]);
        graph.typed(&map, "T");
        graph.root = graph.object("User", [("map", map), ("same", list), ("raw", vec![9, 9].into())]);
        let bytes = graph.encode().unwrap();
        assert_eq!(
            format!("\n{}", show(&dump(&bytes))),
            "
0000  43 04 55 73 65 72 93 03  class 0 is User: map, same, raw
0008  6d 61 70 04 73 61 6d 65
0010  03 72 61 77
0014  60                       node 0, object of class 0, User
0015  4d 01 54                   map: node 1, map of type T
0018  02 6f 6e                     key text \"on\"
001b  54                             true
001c  4e                           key null
001d  7c                             node 2, list of 4
001e  91                               int 1
001f  5f 00 00 01 f4                   double 0.5
0024  e7                               long 7
0025  4b 00 00 00 01                   date, 60000 ms since 1970
002a  5a                         end
002b  51 92                      same: reference to node 2
002d  22 09 09                   raw: binary of 2 bytes
"
        );
        let all: Vec<u8> = dump(&bytes).into_iter().flat_map(|line| line.bytes).collect();
        assert_eq!(all, bytes);
    }

    #[test]
    fn a_fault_is_said_and_the_rest_is_one_line() {
        let last = |bytes: &[u8]| dump(bytes).pop().map(|line| (line.at, line.bytes, line.meaning)).unwrap();
        for (bytes, at, fault) in [
            (&[][..], 0, "fault: the message ends at byte 0, where a value was expected"),
            (&[0x7A, 0x97], 0, "fault: 2 elements are announced at byte 1, but only 1 bytes follow"),
            (
                &[0x79, 0x40, 0x97],
                1,
                "fault: expected a value at byte 1, found 0x40: nothing that Hessian2 knows",
            ),
            (&[0x79, 0x51, 0x91], 1, "fault: a reference to container 1 at byte 1, but 1 have begun so far"),
        ] {
            assert_eq!(last(bytes), (at, bytes[at..].to_vec(), fault.to_owned()));
        }
        let deep = last(&[b'W'; 100]);
        assert_eq!(deep.2, "fault: nested too deep: at most 64 levels");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(shown("abc\n"), r#""abc\n""#);
        assert_eq!(shown(&"中".repeat(41)), format!("{:?} and 1 more characters", "中".repeat(40)));
    }
}
