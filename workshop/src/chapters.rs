//! The ten chapters, written or not.

use std::path::{Path, PathBuf};

/// One layer of the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter {
    /// From 1 to 10.
    pub number: u8,
    /// What it is called in the runner.
    pub title: &'static str,
    /// Its crate, and the name of its folder below `chapters/`.
    pub package: &'static str,
}

/// In the order in which they are read.
pub const CHAPTERS: [Chapter; 10] = [
    Chapter { number: 1, title: "Raw TCP", package: "ch01-raw-tcp" },
    Chapter { number: 2, title: "A protocol of our own", package: "ch02-protocol" },
    Chapter { number: 3, title: "Serialization and compression", package: "ch03-codec" },
    Chapter { number: 4, title: "Proxies and dynamic dispatch", package: "ch04-proxy" },
    Chapter { number: 5, title: "Registry and discovery", package: "ch05-registry" },
    Chapter { number: 6, title: "Routing and load balancing", package: "ch06-balance" },
    Chapter { number: 7, title: "The timer wheel", package: "ch07-timer-wheel" },
    Chapter { number: 8, title: "Async futures", package: "ch08-async" },
    Chapter { number: 9, title: "Zero copy", package: "ch09-zero-copy" },
    Chapter { number: 10, title: "Production", package: "ch10-production" },
];

impl Chapter {
    /// The chapter of this number.
    pub fn of(number: u8) -> Option<Self> {
        CHAPTERS.into_iter().find(|chapter| chapter.number == number)
    }

    /// The folder of its crate.
    pub fn folder(self, root: &Path) -> PathBuf {
        root.join("chapters").join(self.package)
    }

    /// A chapter without a folder is not written yet.
    pub fn written(self, root: &Path) -> bool {
        self.folder(root).is_dir()
    }
}
