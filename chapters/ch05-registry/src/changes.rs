//! The last changes of one service, so that who has seen the ones before needs not read the whole list.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// How many changes are kept: 1024, a rolling restart of 500 providers. Who comes later gets the whole list.
pub const MAX_CHANGES: usize = 1024;

/// A bounded log with numbers.
#[derive(Debug, Default)]
pub struct Changes {
    /// What came after this revision is in the log.
    begins: u64,
    log: VecDeque<(u64, Arc<str>)>,
}

impl Changes {
    /// Empty, and complete for who has seen `begins`.
    pub fn from(begins: u64) -> Self {
        Self { begins, log: VecDeque::new() }
    }

    /// Writes down that registration `id` came or went. What is too old falls out.
    pub fn push(&mut self, revision: u64, id: Arc<str>) {
        self.log.push_back((revision, id));
        if self.log.len() > MAX_CHANGES {
            self.begins = self.log.pop_front().map_or(self.begins, |(revision, _)| revision);
        }
    }

    /// The number of the last change.
    pub fn last(&self) -> u64 {
        self.log.back().map_or(self.begins, |(revision, _)| *revision)
    }

    /// Which registrations have changed after `revision`, each once, in the order of their last change. `None`
    /// when the log does not reach back so far.
    // ANCHOR: after
    pub fn after(&self, revision: u64) -> Option<Vec<Arc<str>>> {
        if revision < self.begins {
            return None;
        }
        let new = self.log.partition_point(|(number, _)| *number <= revision);
        let last: BTreeMap<_, _> = self.log.range(new..).map(|(number, id)| (id, *number)).collect();
        let mut ids: Vec<_> = last.into_iter().collect();
        ids.sort_unstable_by_key(|(_, number)| *number);
        Some(ids.into_iter().map(|(id, _)| Arc::clone(id)).collect())
    }
    // ANCHOR_END: after
}
