//! Which codecs and compressors this side knows, by the numbers in the header.

use std::fmt;
use std::sync::Arc;

/// What a frame can name with one byte.
pub trait Named {
    /// The number in the header; not 0, which means: none.
    fn id(&self) -> u8;
    /// The name, for people.
    fn name(&self) -> &'static str;
}

/// Plug-ins of one kind by their id: a [`CodecTable`](crate::CodecTable), a
/// [`CompressorTable`](crate::CompressorTable).
///
/// The byte in the header has 256 values, so the table has at most 255 entries; finding one costs an index.
/// [S-08]
// ANCHOR: table
pub struct Table<P: ?Sized> {
    entries: [Option<Arc<P>>; 256],
}

impl<P: Named + ?Sized> Table<P> {
    /// Knows nothing yet.
    pub fn empty() -> Self {
        Self { entries: [const { None }; 256] }
    }

    // ANCHOR: register
    /// Adds an entry under its own id.
    ///
    /// # Errors
    /// When the id is 0, or is another entry's: two formats under one number would be two languages under one
    /// flag.
    pub fn register(&mut self, entry: Arc<P>) -> Result<(), RegisterError> {
        let (id, name) = (entry.id(), entry.name());
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        match &mut self.entries[usize::from(id)] {
            Some(other) => Err(RegisterError::Taken { id, name, by: other.name() }),
            place => {
                *place = Some(entry);
                Ok(())
            }
        }
    }
    // ANCHOR_END: register

    // ANCHOR: get
    /// The entry with this id.
    ///
    /// # Errors
    /// When there is none; the error lists what there is.
    pub fn get(&self, id: u8) -> Result<&Arc<P>, UnknownId> {
        self.entries[usize::from(id)].as_ref().ok_or_else(|| UnknownId {
            id,
            known: self.iter().map(|entry| (entry.id(), entry.name())).collect(),
        })
    }
    // ANCHOR_END: get
}
// ANCHOR_END: table

impl<P: Named + ?Sized> Table<P> {
    /// Whether there is an entry with this id.
    pub fn has(&self, id: u8) -> bool {
        self.entries[usize::from(id)].is_some()
    }

    /// The entry with this name.
    pub fn by_name(&self, name: &str) -> Option<&Arc<P>> {
        self.iter().find(|entry| entry.name() == name)
    }

    /// All entries, by ascending id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<P>> {
        self.entries.iter().flatten()
    }
}

impl<P: ?Sized> Clone for Table<P> {
    fn clone(&self) -> Self {
        Self { entries: self.entries.clone() }
    }
}

impl<P: Named + ?Sized> fmt::Debug for Table<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|entry| (entry.id(), entry.name()))).finish()
    }
}

/// An id that this side does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownId {
    /// The id that was asked for.
    pub id: u8,
    /// What is known, with names.
    pub known: Vec<(u8, &'static str)>,
}

impl fmt::Display for UnknownId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown id {}; known here:", self.id)?;
        if self.known.is_empty() {
            return f.write_str(" none");
        }
        for (index, (id, name)) in self.known.iter().enumerate() {
            write!(f, "{} {id} {name}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownId {}

/// An entry that cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// The id is 0.
    #[error("{name} cannot have id 0: that means none")]
    Reserved {
        /// Who wanted it.
        name: &'static str,
    },
    /// The id belongs to somebody else.
    #[error("id {id} is taken by {by}; {name} needs another")]
    Taken {
        /// The id.
        id: u8,
        /// Who wanted it.
        name: &'static str,
        /// Who has it.
        by: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Entry(u8, &'static str);

    impl Named for Entry {
        fn id(&self) -> u8 {
            self.0
        }

        fn name(&self) -> &'static str {
            self.1
        }
    }

    #[test]
    fn an_id_belongs_to_one_entry_and_zero_to_none() {
        let mut table = Table::empty();
        assert_eq!(table.register(Arc::new(Entry(7, "seven"))), Ok(()));
        assert_eq!(table.register(Arc::new(Entry(255, "last"))), Ok(()));
        let taken = table.register(Arc::new(Entry(7, "other"))).unwrap_err();
        assert_eq!(taken.to_string(), "id 7 is taken by seven; other needs another");
        let zero = table.register(Arc::new(Entry(0, "none"))).unwrap_err();
        assert_eq!(zero.to_string(), "none cannot have id 0: that means none");
        assert_eq!(table.get(7).map(|entry| entry.1), Ok("seven"));
        assert_eq!(table.by_name("last").map(|entry| entry.0), Some(255));
        assert!(table.by_name("other").is_none());
        assert_eq!(format!("{table:?}"), r#"{7: "seven", 255: "last"}"#);
    }

    #[test]
    fn who_asks_for_an_unknown_id_is_told_what_is_known() {
        let mut table = Table::empty();
        let unknown = |table: &Table<Entry>| table.get(9).err().expect("unknown").to_string();
        assert_eq!(unknown(&table), "unknown id 9; known here: none");
        table.register(Arc::new(Entry(3, "c"))).unwrap();
        table.register(Arc::new(Entry(1, "a"))).unwrap();
        assert_eq!(unknown(&table), "unknown id 9; known here: 1 a, 3 c");
    }
}
