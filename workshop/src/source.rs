//! What the reader has written: its hash, and whether it still is the starter.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::exercise::Exercise;
use crate::starter::starter_of;

/// FNV-1a, 64 bits: small, and the same on every machine and in every version. It guards against
/// mistakes, not against an enemy.
#[derive(Debug, Clone, Copy)]
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// What a verdict depends on: the reader's source, and the spec that judged it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint {
    /// Hash of every file below `src/`.
    pub source: String,
    /// Hash of every file below `tests/`.
    pub spec: String,
}

impl Fingerprint {
    /// The fingerprint of the exercise as it lies on the disk.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of(root: &Path, exercise: &Exercise) -> io::Result<Self> {
        let folder = root.join(&exercise.folder);
        Ok(Self { source: hash_of(&folder.join("src"))?, spec: hash_of(&folder.join("tests"))? })
    }
}

fn hash_of(folder: &Path) -> io::Result<String> {
    let mut hash = Fnv::new();
    for file in files_below(folder)? {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        hash.add(name.to_string_lossy().replace('\\', "/").as_bytes());
        let bytes = fs::read(&file)?;
        // The lengths keep two files apart whose bytes run into each other.
        hash.add(&(bytes.len() as u64).to_le_bytes());
        hash.add(&bytes);
    }
    Ok(format!("{:016x}", hash.0))
}

/// A file's text. Unlike the standard library's error, this one names the file.
///
/// # Errors
/// When it cannot be read.
pub fn read_text(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display())))
}

/// Every file below `folder` but hidden ones (editors leave those while they save), sorted. A folder that is
/// not there has none: a reader may have deleted it.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = match fs::read_dir(next) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if is_source_name(&name) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Rust files that a compiler would read; not `.lib.rs.swp`, `#lib.rs#`, `.#lib.rs`, `lib.rs~` or `4913`.
pub fn is_source_name(name: &str) -> bool {
    name.ends_with(".rs") && !name.starts_with(['.', '#'])
}

/// Whether the reader has not changed anything yet. Line endings do not count: git may translate them.
pub fn is_starter(root: &Path, exercise: &Exercise) -> anyhow::Result<bool> {
    let src = root.join(&exercise.folder).join("src");
    if files_below(&src)? != [src.join("lib.rs")] {
        return Ok(false);
    }
    let written = fs::read(src.join("lib.rs"))?;
    Ok(String::from_utf8_lossy(&written).replace("\r\n", "\n") == starter(root, exercise)?)
}

/// The starter, cut out of the solution.
///
/// # Errors
/// When the solution cannot be read or cut.
pub fn starter(root: &Path, exercise: &Exercise) -> anyhow::Result<String> {
    let solution = read_text(&root.join(exercise.solution()))?.replace("\r\n", "\n");
    Ok(starter_of(&solution, &exercise.id)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_is_the_published_one() {
        let mut hash = Fnv::new();
        hash.add(b"foobar");
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
    }

    #[test]
    fn editor_droppings_are_no_source() {
        for name in [".lib.rs.swp", "#lib.rs#", ".#lib.rs", "lib.rs~", "4913", "lib.rs.bak", "___jb_tmp___"] {
            assert!(!is_source_name(name), "{name}");
        }
        assert!(is_source_name("lib.rs"));
    }
}
