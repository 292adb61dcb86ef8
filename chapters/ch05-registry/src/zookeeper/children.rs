//! What is known of the nodes in one directory, and which of them have to be read: no ZooKeeper in here, either.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::endpoint::Endpoint;

/// The nodes of a directory, as last read.
///
/// A list of names does not say when a node was made, so each is read once. One that was deleted and made again
/// between two looks has the same name and is another; the directory's counter of changes tells.
#[derive(Debug, Default)]
pub(super) struct Children {
    nodes: BTreeMap<String, Option<Child>>,
    /// Of the directory: the change that made it, and how often nodes were made and deleted in it since.
    directory: Option<(i64, i32)>,
}

/// A node that is an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Child {
    /// The registration.
    pub id: Arc<str>,
    /// The number of the change that made it.
    pub order: u64,
    /// When it was made: milliseconds of the registry's clock.
    pub made: i64,
    pub endpoint: Arc<Endpoint>,
}

impl Children {
    /// The directory holds `names` now. Gives those that have to be read.
    pub(super) fn update(&mut self, names: Vec<String>, made_by: i64, changes: i32) -> Vec<String> {
        let (before, gone) = (self.nodes.len(), {
            let names: std::collections::BTreeSet<_> = names.iter().map(String::as_str).collect();
            self.nodes.retain(|name, _| names.contains(name.as_str()));
            self.nodes.len()
        });
        let gone = before - gone;
        let new = names.len() - self.nodes.len();
        // As many changes as we see: nothing was deleted and made again behind our back. The counter may wrap.
        let seen = i32::try_from(gone + new).ok();
        let nothing_hidden = self.directory.is_some_and(|(directory, last)| {
            directory == made_by && seen.is_some_and(|seen| changes.wrapping_sub(last) == seen)
        });
        if !nothing_hidden {
            self.nodes.clear();
        }
        self.directory = Some((made_by, changes));
        names.into_iter().filter(|name| !self.nodes.contains_key(name)).collect()
    }

    /// What `name` has turned out to be: an entry, or not.
    pub(super) fn read(&mut self, name: String, child: Option<Child>) {
        self.nodes.insert(name, child);
    }

    /// Nothing is known any more: reading failed half way.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// All entries.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Child> {
        self.nodes.values().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &str) -> Vec<String> {
        names.chars().map(String::from).collect()
    }

    fn update(children: &mut Children, text: &str, made_by: i64, changes: i32) -> String {
        let unknown = children.update(names(text), made_by, changes);
        for name in &unknown {
            children.read(name.clone(), None);
        }
        unknown.concat()
    }

    #[test]
    fn each_node_is_read_once() {
        let mut children = Children::default();
        assert_eq!(update(&mut children, "ab", 1, 2), "ab");
        assert_eq!(update(&mut children, "ab", 1, 2), "");
        assert_eq!(update(&mut children, "abc", 1, 3), "c");
        assert_eq!(update(&mut children, "bd", 1, 6), "d", "two have gone, one has come");
        assert_eq!(update(&mut children, "", 1, 8), "");
    }

    #[test]
    fn a_node_that_was_made_again_meanwhile_is_read_again() {
        let mut children = Children::default();
        update(&mut children, "ab", 1, 2);
        assert_eq!(update(&mut children, "ab", 1, 4), "ab", "one was deleted and made again; which?");
        assert_eq!(update(&mut children, "abc", 1, 7), "abc");
        assert_eq!(update(&mut children, "abc", 9, 7), "abc", "another directory of the same name");
        children.forget();
        assert_eq!(update(&mut children, "abc", 9, 7), "abc");
    }

    #[test]
    fn the_counter_may_wrap() {
        let mut children = Children::default();
        update(&mut children, "a", 1, i32::MAX);
        assert_eq!(update(&mut children, "ab", 1, i32::MIN), "b");
    }
}
