//! The integrity of the manifests: one place for every version, and a minimum Rust version that is honest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use toml::{Table, Value};
use workshop_tests::{metadata, output_of, root};

/// The workspace's own packages.
fn members() -> Vec<Json> {
    let metadata = metadata(&["--no-deps"]).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn manifest(path: &Path) -> Table {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The manifests of all members, with their place below the root.
fn manifests() -> Vec<(String, Table)> {
    let path = |member: &Json| PathBuf::from(member["manifest_path"].as_str().unwrap());
    let shown = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
    members().iter().map(path).map(|path| (shown(&path), manifest(&path))).collect()
}

fn is_exercise(manifest: &str) -> bool {
    manifest.starts_with("exercises/ch")
}

#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problem(s):\n  {}", problems.len(), problems.join("\n  "));
}

#[test]
fn every_member_takes_its_rules_from_the_workspace() {
    let mut problems = Vec::new();
    for (path, manifest) in manifests() {
        let inherits = |value: Option<&Value>| {
            value.and_then(|value| value.get("workspace")).and_then(Value::as_bool) == Some(true)
        };
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !inherits(manifest["package"].get(key)) {
                problems.push(format!("{path}: expected `{key}.workspace = true`"));
            }
        }
        if !inherits(manifest.get("lints")) {
            problems.push(format!("{path}: expected `[lints] workspace = true`"));
        }
        // An exercise is described by its title, a solution by its exercise.
        let described = is_exercise(&path) || path.starts_with("solutions/");
        if !described && manifest["package"].get("description").is_none() {
            problems.push(format!("{path}: expected a description"));
        }
    }
    none(&problems);
}

#[test]
fn every_version_of_another_crate_stands_in_the_root() {
    let mut problems = Vec::new();
    for (path, manifest) in manifests() {
        versions(&path, &manifest, &mut problems);
    }
    none(&problems);
}

/// Complains about every dependency with a version of its own, also of one system or of the build.
fn versions(path: &str, table: &Table, problems: &mut Vec<String>) {
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if !key.ends_with("dependencies") {
            versions(path, inner, problems);
            continue;
        }
        for (name, dependency) in inner {
            if dependency.is_str() || dependency.get("version").is_some() {
                problems
                    .push(format!("{path}: `{name}` has a version here; expected `{name}.workspace = true`"));
            }
        }
    }
}

#[test]
fn all_but_the_exercises_are_green_on_a_fresh_clone() {
    let metadata = metadata(&["--no-deps"]).unwrap();
    let ids = |key: &str| -> BTreeSet<String> {
        metadata[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let left_out: BTreeSet<_> =
        ids("workspace_members").difference(&ids("workspace_default_members")).cloned().collect();
    let exercises: BTreeSet<_> = members()
        .iter()
        .filter(|member| {
            let path = Path::new(member["manifest_path"].as_str().unwrap());
            is_exercise(&path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/"))
        })
        .map(|member| member["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(!exercises.is_empty(), "the workspace has no exercise");
    assert_eq!(left_out, exercises, "a plain `cargo test` must leave out the exercises, and nothing else");
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let mut problems = Vec::new();
    for member in members() {
        for target in member["targets"].as_array().unwrap() {
            let kind = target["kind"][0].as_str().unwrap();
            let path = Path::new(target["src_path"].as_str().unwrap());
            if matches!(kind, "lib" | "bin" | "proc-macro") {
                let text = std::fs::read_to_string(path).unwrap();
                if !text.lines().any(|line| line == "#![forbid(unsafe_code)]") {
                    problems.push(format!("{}: expected `#![forbid(unsafe_code)]`", path.display()));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn the_stated_minimum_rust_is_honest() {
    let stated = manifest(&root().join("Cargo.toml"))["workspace"]["package"]["rust-version"].clone();
    let stated = stated.as_str().unwrap();
    let host = output_of(Command::new("rustc").arg("-vV")).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Other systems' crates need not be on this disk.
    let metadata = match metadata(&["--locked", "--filter-platform", host]) {
        Ok(metadata) => metadata,
        Err(why) => {
            return println!("skipped: without every dependency on the disk nobody knows its minimum: {why}");
        }
    };
    let mut problems = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        if let Some(needed) = package["rust_version"].as_str()
            && parts(needed) > parts(stated)
        {
            problems.push(format!(
                "{} {} needs Rust {needed}, we state {stated}",
                package["name"], package["version"]
            ));
        }
    }
    none(&problems);
}

fn parts(version: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}
