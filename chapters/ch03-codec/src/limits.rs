//! How much one body may ask for, and the account of what it has asked for.

use std::cell::{Cell, RefCell};

/// The bounds of a decoder. They hold for every codec, and each has an error of its own. [S-11]
///
/// [`FrameLimits`](ch02_protocol::FrameLimits) bounds the bytes that come; these bound what the bytes may
/// become. A kilobyte can be a list in a list in a list … a thousand deep, and a stack is only so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep values may be nested: 64. Lists, maps, records, variants, options and newtypes are a level each.
    /// Nobody writes a message that deep by hand, and sixty-four levels of a decoder fit into half a megabyte
    /// of stack, unoptimised; types with large fields need more.
    pub max_depth: u32,
    /// How many elements all lists, maps and records of one message may have together: 100,000. A full list of
    /// this chapter's orders has some 37,000. An element can be two bytes in the message and as large as your
    /// type in memory, so a message may cost this many times the size of your largest type.
    pub max_elements: u64,
    /// The longest single text or byte string, in bytes: 1 MiB. A longer one is a file, and should travel in
    /// pieces (chapter 9).
    pub max_text: usize,
    /// The longest body, in bytes, after decompression: 8 MiB, what a frame may carry uncompressed.
    pub max_total: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_depth: 64, max_elements: 100_000, max_text: 1024 * 1024, max_total: 8 * 1024 * 1024 }
    }
}

/// How many elements a list gets room for because it says so: 1024, some ten kilobytes. Beyond that it gets
/// room as they come. The lists around it have theirs at the same time, so it is counted once for each level.
pub const ON_CREDIT: usize = 1024;

/// A body that asks for more than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Values in values in values.
    #[error("nested too deep: at most {limit} levels")]
    TooDeep {
        /// [`Limits::max_depth`].
        limit: u32,
    },
    /// More elements than we are willing to keep, in all lists, maps and records together.
    #[error("too many elements: at most {limit} in one message")]
    TooManyElements {
        /// [`Limits::max_elements`].
        limit: u64,
    },
    /// A text or a byte string that is too long.
    #[error("text too long: {got} bytes, at most {limit}")]
    TextTooLong {
        /// What was announced, in bytes.
        got: u64,
        /// [`Limits::max_text`], in bytes.
        limit: usize,
    },
    /// The body is longer than a body may be, as it came or when it is decompressed.
    #[error("too big: {got} bytes, at most {limit}")]
    TooBig {
        /// How long it is, in bytes; of a compressed body, how much of it we have seen.
        got: usize,
        /// [`Limits::max_total`], in bytes.
        limit: usize,
    },
}

/// What one message has used of its [`Limits`]. Decoders ask it before they take memory or go deeper.
///
/// It keeps the first refusal: a decoder's error passes through serde, which knows only texts, and
/// [`refusal`](Self::refusal) gives the named error back. It keeps the words of the first error, too.
#[derive(Debug, Default)]
pub struct Budget {
    limits: Limits,
    depth: Cell<u32>,
    elements: Cell<u64>,
    refusal: Cell<Option<LimitError>>,
    words: RefCell<Option<String>>,
}

// ANCHOR: budget
impl Budget {
    /// Nothing used yet.
    pub fn new(limits: &Limits) -> Self {
        Self { limits: *limits, ..Self::default() }
    }

    /// A body of `got` bytes begins.
    pub fn total(&self, got: usize) -> Result<(), LimitError> {
        let limit = self.limits.max_total;
        self.refuse(got > limit, LimitError::TooBig { got, limit })
    }

    /// One level deeper: call it before the first element, and [`leave`](Self::leave) after the last.
    pub fn enter(&self) -> Result<(), LimitError> {
        self.depth.set(self.depth.get() + 1);
        let limit = self.limits.max_depth;
        self.refuse(self.depth.get() > limit, LimitError::TooDeep { limit })
    }

    /// Back from one level.
    pub fn leave(&self) {
        self.depth.set(self.depth.get() - 1);
    }

    /// `count` more elements are coming. Of a map, an entry is one.
    pub fn elements(&self, count: u64) -> Result<(), LimitError> {
        self.elements.set(self.elements.get().saturating_add(count));
        let limit = self.limits.max_elements;
        self.refuse(self.elements.get() > limit, LimitError::TooManyElements { limit })
    }

    /// A text or a byte string of `got` bytes is coming.
    pub fn text(&self, got: u64) -> Result<(), LimitError> {
        let limit = self.limits.max_text;
        self.refuse(got > limit as u64, LimitError::TextTooLong { got, limit })
    }

    /// The first refusal, if there was one.
    pub fn refusal(&self) -> Option<LimitError> {
        self.refusal.get()
    }

    fn refuse(&self, over: bool, error: LimitError) -> Result<(), LimitError> {
        if !over {
            return Ok(());
        }
        self.refusal.set(self.refusal.get().or(Some(error)));
        Err(error)
    }
}
// ANCHOR_END: budget

impl Budget {
    /// Keeps what an error says, if it is the first, and no more of it than 1 KiB: it may quote a megabyte of
    /// the body, and somebody may send it back. Gives what is kept.
    pub fn keep_words(&self, mut words: String) -> String {
        const MOST: usize = 1024;
        let mut kept = self.words.borrow_mut();
        let keep = || {
            let cut = (0..=MOST).rev().find(|&at| words.is_char_boundary(at));
            words.truncate(cut.unwrap_or_default());
            words
        };
        kept.get_or_insert_with(keep).clone()
    }

    /// The limits behind it.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { max_depth: 2, max_elements: 3, max_text: 4, max_total: 5 };

    #[test]
    fn each_limit_allows_itself_and_refuses_one_more() {
        let budget = Budget::new(&SMALL);
        assert_eq!(budget.total(5), Ok(()));
        assert_eq!(budget.enter().and(budget.enter()), Ok(()));
        assert_eq!(budget.elements(2).and(budget.elements(1)), Ok(()));
        assert_eq!(budget.text(4), Ok(()));
        assert_eq!(budget.refusal(), None);

        assert_eq!(budget.text(5), Err(LimitError::TextTooLong { got: 5, limit: 4 }));
        assert_eq!(budget.enter(), Err(LimitError::TooDeep { limit: 2 }));
        assert_eq!(budget.elements(1), Err(LimitError::TooManyElements { limit: 3 }));
        assert_eq!(budget.total(6), Err(LimitError::TooBig { got: 6, limit: 5 }));
        assert_eq!(budget.refusal(), Some(LimitError::TextTooLong { got: 5, limit: 4 }), "the first one");
    }

    #[test]
    fn a_level_that_was_left_may_be_entered_again() {
        let budget = Budget::new(&SMALL);
        for _ in 0..10 {
            budget.enter().unwrap();
            budget.leave();
        }
    }

    #[test]
    fn counts_do_not_wrap_around() {
        let budget = Budget::new(&SMALL);
        assert!(budget.elements(u64::MAX).and(budget.elements(2)).is_err());
        assert!(budget.elements(u64::MAX).is_err());
    }
}
