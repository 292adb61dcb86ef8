//! One scratch workspace with a package per decoy, so that cargo builds all of them in one go.
//!
//! It lies in `target/workshop/verify/` and stays there: a file is written only when its text has changed,
//! so the next run builds only what is new. Delete it whenever you like.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use toml::{Table, Value};

use super::decoys::Decoy;
use super::solution_folder;
use crate::exercise::Exercise;

/// The scratch workspace.
#[derive(Debug)]
pub struct Scratch {
    root: PathBuf,
    /// Its folder.
    pub path: PathBuf,
    /// The packages in it, by name.
    pub packages: BTreeSet<String>,
}

impl Scratch {
    /// Starts with the root's dependencies, lints, profiles and lock file: a decoy is built as its solution is, but
    /// for [`lean`].
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        let path = root.join("target/workshop/verify");
        let mut manifest = read_toml(&root.join("Cargo.toml"))?;
        manifest.retain(|key, _| matches!(key, "workspace" | "profile"));
        absolute(&mut manifest, root);
        lean(table(table(&mut manifest, "profile"), "dev"));
        let workspace = manifest
            .get_mut("workspace")
            .and_then(Value::as_table_mut)
            .context("the root Cargo.toml has no [workspace]")?;
        workspace.retain(|key, _| matches!(key, "resolver" | "package" | "dependencies" | "lints"));
        workspace.insert("members".into(), Value::Array(vec!["packages/*".into()]));
        write(&path.join("Cargo.toml"), &manifest.to_string())?;
        if let Ok(lock) = std::fs::read_to_string(root.join("Cargo.lock")) {
            write(&path.join("Cargo.lock"), &lock)?;
        }
        Ok(Self { root: root.to_owned(), path, packages: BTreeSet::new() })
    }

    /// Adds a decoy of `exercise` whose whole library is `source`; returns the package's folder.
    pub fn add(&mut self, exercise: &Exercise, decoy: &Decoy, source: &str) -> anyhow::Result<PathBuf> {
        let package = format!("decoy{}-{}", exercise.id, decoy.name);
        let lib = package.replace('-', "_");
        let solution = self.root.join(solution_folder(exercise));
        let mut manifest = read_toml(&solution.join("Cargo.toml"))?;
        absolute(&mut manifest, &solution);
        table(&mut manifest, "package").insert("name".into(), package.clone().into());
        table(&mut manifest, "lib").insert("name".into(), lib.clone().into());
        let folder = self.path.join("packages").join(&package);
        write(&folder.join("Cargo.toml"), &manifest.to_string())?;
        write(&folder.join("src/lib.rs"), source)?;
        write(
            &folder.join("tests/spec.rs"),
            &format!(
                "extern crate {lib} as {};\n#[path = {:?}]\nmod spec;\n",
                self.lib_of(exercise)?,
                self.root.join(exercise.spec())
            ),
        )?;
        self.packages.insert(package);
        Ok(folder)
    }

    /// The name by which a spec calls the reader's library.
    fn lib_of(&self, exercise: &Exercise) -> anyhow::Result<String> {
        let manifest = read_toml(&self.root.join(&exercise.folder).join("Cargo.toml"))?;
        let name = manifest.get("lib").and_then(|lib| lib.get("name")).and_then(Value::as_str);
        Ok(name.map_or_else(|| exercise.package().replace('-', "_"), str::to_owned))
    }

    /// Deletes the packages of decoys that are gone or not asked for.
    pub fn sweep(&self) -> anyhow::Result<()> {
        let packages = self.path.join("packages");
        std::fs::create_dir_all(&packages)
            .with_context(|| format!("cannot create {}", packages.display()))?;
        for entry in std::fs::read_dir(&packages)? {
            let entry = entry?;
            if !self.packages.contains(&*entry.file_name().to_string_lossy()) {
                std::fs::remove_dir_all(entry.path())
                    .with_context(|| format!("cannot delete {}", entry.path().display()))?;
            }
        }
        Ok(())
    }
}

/// Makes the paths of dependencies absolute, wherever dependencies stand in a manifest.
fn absolute(manifest: &mut Table, base: &Path) {
    for (key, value) in manifest.iter_mut() {
        let Some(inner) = value.as_table_mut() else { continue };
        if !key.ends_with("dependencies") {
            absolute(inner, base);
            continue;
        }
        for (_, dependency) in inner.iter_mut() {
            if let Some(Value::String(path)) =
                dependency.as_table_mut().and_then(|table| table.get_mut("path"))
            {
                *path = base.join(&*path).display().to_string();
            }
        }
    }
}

/// A decoy is built once and never debugged. Without symbols its executable takes 5 MB instead of 18, and without
/// incremental state nothing else stays: a thousand of them would fill a disk. Panics keep their line numbers.
fn lean(profile: &mut Table) {
    profile.insert("debug".into(), false.into());
    profile.insert("strip".into(), "symbols".into());
    profile.insert("incremental".into(), false.into());
}

fn table<'a>(manifest: &'a mut Table, key: &str) -> &'a mut Table {
    let value = manifest.entry(key).or_insert_with(|| Value::Table(Table::new()));
    if !value.is_table() {
        *value = Value::Table(Table::new());
    }
    value.as_table_mut().expect("made a table above")
}

fn read_toml(path: &Path) -> anyhow::Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}

/// Writes `text` unless it is there already: an untouched file is not compiled again.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
