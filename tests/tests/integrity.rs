//! The integrity of what lies around the code: the first page, the licences, the aliases, and files that
//! know nothing of the machine on which they were written.

use std::process::Command;

use workshop_tests::{output_of, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn toml(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_readme_names_the_two_commands_and_the_minimum_rust() {
    let readme = read("README.md");
    for command in ["cargo workshop", "cargo test"] {
        assert!(readme.contains(command), "README.md does not name `{command}`");
    }
    let manifest = toml("Cargo.toml");
    let minimum = manifest["workspace"]["package"]["rust-version"].as_str().unwrap();
    assert!(
        readme.contains(&format!("Rust {minimum}")),
        "README.md does not state the minimum, Rust {minimum}"
    );
}

#[test]
fn the_licences_are_there() {
    let manifest = toml("Cargo.toml");
    let stated = manifest["workspace"]["package"]["license"].as_str().unwrap();
    assert_eq!(stated, "MIT OR Apache-2.0");
    assert!(read("LICENSE-MIT").contains("Permission is hereby granted"));
    assert!(read("LICENSE-APACHE").contains("Apache License"));
}

#[test]
fn the_commands_of_the_readme_are_aliases() {
    let config = toml(".cargo/config.toml");
    for name in ["workshop", "book"] {
        let alias = config["alias"][name].as_str();
        assert_eq!(alias, Some(format!("run --quiet --package {name} --").as_str()), "alias {name}");
    }
    assert_eq!(config.len(), 1, "a reader's cargo must work as they are used to: only aliases belong here");
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let root = root();
    let tracked = match output_of(Command::new("git").args(["ls-files", "-z"]).current_dir(&root)) {
        Ok(tracked) => tracked,
        Err(why) => return println!("skipped: only git knows which files belong to the project: {why}"),
    };
    // In halves, so that this file does not find itself.
    let folders = ["work", "farm", "root", "home", "Users", "tmp"].map(|name| format!("/{name}/"));
    let mut problems = Vec::new();
    for path in tracked.split_terminator('\0') {
        // A file that was deleted and not yet committed is still tracked.
        let Ok(bytes) = std::fs::read(root.join(path)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for (number, line) in text.lines().enumerate() {
            if let Some(folder) = folders.iter().find(|folder| names_folder(line, folder)) {
                problems.push(format!("{path}:{}: {folder}", number + 1));
            }
        }
    }
    assert!(problems.is_empty(), "absolute paths of one machine:\n  {}", problems.join("\n  "));
}

/// Whether `folder` begins a path here; in a URL or a longer path it comes after a name.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        !line[..at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_alphanumeric() || "_-.~}/".contains(before))
    })
}

#[test]
fn a_path_in_a_url_is_no_machine_path() {
    let folder = format!("/{}/", "home");
    assert!(names_folder(&format!("see {folder}me"), &folder));
    assert!(names_folder(&format!("{folder}me"), &folder));
    assert!(!names_folder(&format!("https://example.org{folder}me"), &folder));
    assert!(!names_folder(&format!("$OUT{folder}me"), &folder));
}

#[test]
fn every_crate_in_the_lock_file_comes_from_crates_io() {
    let lock = toml("Cargo.lock");
    for package in lock["package"].as_array().unwrap() {
        // Our own packages have no source.
        if let Some(source) = package.get("source") {
            let expected = "registry+https://github.com/rust-lang/crates.io-index";
            assert_eq!(source.as_str(), Some(expected), "{}", package["name"]);
        }
    }
}

/// The runner, the book and the first page each list the ten layers for their own readers.
#[test]
fn the_ten_layers_have_one_name_everywhere() {
    let quoted = |text: &str, key: &str| -> Vec<String> {
        text.split(key).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    let (runner, book, readme) =
        (read("workshop/src/chapters.rs"), read("book/src/layers.rs"), read("README.md"));
    let titles = quoted(&runner, "title: \"");
    assert_eq!(titles.len(), 10);
    assert_eq!(quoted(&book, "title: \"")[1..], titles, "the book's layers after layer 0");
    for (number, (title, pain)) in titles.iter().zip(&quoted(&book, "pain: \"")[1..]).enumerate() {
        let row = format!("| {} | {title} | {pain} |", number + 1);
        assert!(readme.contains(&row), "README.md lacks the row: {row}");
    }
}
