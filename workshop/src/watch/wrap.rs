//! Lines that fit the terminal.

use unicode_width::UnicodeWidthChar as _;

use crate::paint::escape_length;

/// Breaks `line` into pieces of at most `width` columns, at spaces where it can, indented like the line's own
/// beginning. Colours go on in the next piece; other control characters are left out.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let spaces = line.chars().take_while(|&letter| letter == ' ').count();
    let indent = " ".repeat(spaces.min(width / 2));
    let mut pieces = Vec::new();
    let mut piece = Piece::default();
    let mut break_at: Option<Piece> = None;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if letter == '\x1b' {
            let (escape, after) = rest.split_at(escape_length(rest));
            piece.escape(escape);
            rest = after;
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        let (letter, columns) = match letter {
            '\t' => (' ', 1),
            _ if letter.is_control() => continue,
            _ => (letter, letter.width().unwrap_or(0)),
        };
        if piece.columns + columns > width {
            // Everything after the last space moves to the next line; without a space, break right here.
            let tail = match break_at.take() {
                Some(before) => {
                    let tail = piece.text.split_off(before.text.len());
                    let columns = piece.columns - before.columns;
                    let active = std::mem::replace(&mut piece.active, before.active);
                    Piece { text: tail, columns, active }
                }
                None => Piece { text: String::new(), columns: 0, active: piece.active.clone() },
            };
            let skipped = tail.text.len() - tail.text.trim_start_matches(' ').len();
            let mut next = Piece {
                text: format!("{}{indent}{}", piece.active, &tail.text[skipped..]),
                columns: indent.len() + tail.columns - skipped,
                active: tail.active,
            };
            std::mem::swap(&mut piece, &mut next);
            pieces.push(next.closed());
            if letter == ' ' && piece.columns == indent.len() {
                continue;
            }
        }
        if letter == ' ' && piece.columns > spaces {
            break_at = Some(piece.clone());
        }
        piece.text.push(letter);
        piece.columns += columns;
    }
    pieces.push(piece.closed());
    pieces
}

/// The first `width` columns of `line`; its escape sequences all stay, so that colours and links end.
pub fn cut(line: &str, width: usize) -> String {
    let mut text = String::new();
    let mut columns = 0;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let length = if letter == '\x1b' { escape_length(rest) } else { letter.len_utf8() };
        let (piece, after) = rest.split_at(length);
        if letter != '\x1b' {
            columns += letter.width().unwrap_or(0);
        }
        if letter == '\x1b' || columns <= width {
            text.push_str(piece);
        }
        rest = after;
    }
    text
}

#[derive(Debug, Default, Clone)]
struct Piece {
    text: String,
    columns: usize,
    /// The colours that are on.
    active: String,
}

impl Piece {
    fn escape(&mut self, escape: &str) {
        self.text.push_str(escape);
        if escape == "\x1b[0m" || escape == "\x1b[m" {
            self.active.clear();
        } else if escape.starts_with("\x1b[") && escape.ends_with('m') {
            self.active.push_str(escape);
        }
    }

    fn closed(mut self) -> String {
        if !self.active.is_empty() {
            self.text.push_str("\x1b[0m");
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_spaces_and_keeps_the_indent() {
        assert_eq!(wrap("  one two three four", 12), ["  one two", "  three four"]);
        assert_eq!(wrap("short", 12), ["short"]);
        assert_eq!(wrap("", 12), [""]);
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(wrap("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
    }

    #[test]
    fn colours_go_on_and_end() {
        assert_eq!(
            wrap("\x1b[31mone two three\x1b[0m", 8),
            ["\x1b[31mone two\x1b[0m", "\x1b[31mthree\x1b[0m"]
        );
    }

    #[test]
    fn a_cut_line_keeps_its_escapes() {
        assert_eq!(cut("\x1b[31mone two\x1b[0m", 5), "\x1b[31mone t\x1b[0m");
        assert_eq!(cut("漢字", 3), "漢");
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(wrap("漢字漢字漢", 8), ["漢字漢字", "漢"]);
    }

    #[test]
    fn no_piece_is_wider_than_asked() {
        let line = "   a\tbb ccc dddd eeeee ffffff ggggggg hhhhhhhh iiiiiiiii jjjjjjjjjj kkkkkkkkkkk";
        for width in 8..60 {
            for piece in wrap(line, width) {
                assert!(piece.len() <= width, "{width}: {piece:?}");
            }
        }
    }
}
