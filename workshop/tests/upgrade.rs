//! `upgrade` on real git repositories: whatever happens, nothing that a reader wrote is lost.

#[allow(dead_code, reason = "not every test program uses all of it")]
mod fixture;

use std::path::Path;
use std::process::{Command, Output};

use fixture::Fixture;

const FIRST: &str = "exercises/ch01/01-first/src/lib.rs";
const SECOND: &str = "exercises/ch01/02-second/src/lib.rs";
const FIRST_SOLUTION: &str = "solutions/ch01/01-first/src/lib.rs";

/// The project's own repository, and a reader's clone of it.
struct World {
    upstream: Fixture,
    reader: Fixture,
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=A Reader",
            "-c",
            "user.email=reader@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl World {
    fn new(name: &str) -> Self {
        let upstream = Fixture::new(&format!("{name}-upstream"));
        upstream.exercise("01", "first");
        upstream.exercise("02", "second");
        upstream.write(".gitignore", "/target\n/.workshop\nCargo.lock\n");
        assert!(upstream.run(&["generate"]).status.success());
        git(&upstream.root, &["init", "--quiet", "--initial-branch=main"]);
        let world = Self {
            reader: Fixture { root: upstream.root.with_file_name(format!("{name}-reader")) },
            upstream,
        };
        world.publish();
        if world.reader.root.exists() {
            std::fs::remove_dir_all(&world.reader.root).expect("the last run's clone can be deleted");
        }
        let from = world.upstream.root.to_str().expect("a path in UTF-8");
        git(&world.upstream.root, &["clone", "--quiet", from, world.reader.root.to_str().expect("likewise")]);
        git(&world.reader.root, &["config", "user.name", "A Reader"]);
        git(&world.reader.root, &["config", "user.email", "reader@example.org"]);
        world
    }

    /// Commits everything upstream, with starters that fit the solutions.
    fn publish(&self) {
        assert!(self.upstream.run(&["generate"]).status.success());
        git(&self.upstream.root, &["add", "--all"]);
        git(&self.upstream.root, &["commit", "--quiet", "--message", "A version"]);
    }

    /// A new version whose first starter has another line far from the hole.
    fn publish_elsewhere_in_the_starter(&self) {
        self.upstream.edit(FIRST_SOLUTION, "//! A number, twice.", "//! A number, two times.");
        self.publish();
    }

    fn upgrade(&self, code: i32) -> String {
        let output = self.reader.run(&["upgrade"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }

    /// Fills the hole of the first exercise, as a reader does.
    fn solve(&self) -> String {
        self.reader.edit(FIRST, "    todo!(\"01-01 double\")", "    number * 2 // mine");
        self.reader.read(FIRST)
    }

    /// The texts of every copy of the first exercise's file.
    fn copies(&self) -> Vec<String> {
        let saved = self.reader.root.join(".workshop/saved");
        let entries = std::fs::read_dir(saved).expect("copies were made");
        entries
            .filter_map(|entry| std::fs::read_to_string(entry.expect("an entry").path().join(FIRST)).ok())
            .collect()
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn untouched_exercises_get_the_new_starters_and_new_exercises_are_named() {
    let world = World::new("upgrade-untouched");
    assert!(world.upgrade(0).contains("newest version already"));
    world.upstream.exercise("03", "third");
    world.publish_elsewhere_in_the_starter();
    let said = world.upgrade(0);
    assert!(said.contains("01-03  new: third"), "{said}");
    assert_eq!(world.reader.read(FIRST), world.upstream.read(FIRST));
}

#[test]
fn uncommitted_work_stays_word_for_word_when_its_starter_did_not_change() {
    let world = World::new("upgrade-uncommitted");
    let work = world.solve();
    world.reader.write("exercises/ch01/01-first/src/more.rs", "// my module\n");
    world.upstream.exercise("03", "third");
    world.publish();
    let said = world.upgrade(0);
    assert!(said.contains("01-01  kept as it was"), "{said}");
    assert_eq!(world.reader.read(FIRST), work);
    assert_eq!(world.reader.read("exercises/ch01/01-first/src/more.rs"), "// my module\n");
    assert_eq!(world.copies(), [work]);
    assert!(!world.reader.root.join(".workshop/upgrade.json").exists(), "the marker was left behind");
}

#[test]
fn a_starter_that_changed_in_another_place_gets_the_readers_lines() {
    let world = World::new("upgrade-elsewhere");
    let work = world.solve();
    world.publish_elsewhere_in_the_starter();
    let said = world.upgrade(0);
    assert!(said.contains("01-01  your lines are in the new starter"), "{said}");
    assert_eq!(world.reader.read(FIRST), work.replace("//! A number, twice.", "//! A number, two times."));
    assert_eq!(world.copies(), [work]);
}

#[test]
fn a_starter_that_changed_in_the_same_place_leaves_the_readers_file_alone() {
    let world = World::new("upgrade-collides");
    world.reader.edit(FIRST, "give back twice the number.", "my note, in the marker's own line.");
    let work = world.solve();
    world.upstream.edit(FIRST_SOLUTION, "give back twice the number.", "give back the number two times.");
    world.publish();
    let said = world.upgrade(0);
    assert!(said.contains("the starter changed in the same lines"), "{said}");
    assert_eq!(world.reader.read(FIRST), work);
    let beside =
        said.lines().find_map(|line| line.split_once("the new one lies in ")).expect("it says where").1;
    assert_eq!(world.reader.read(beside), world.upstream.read(FIRST));
}

#[test]
fn committed_work_is_merged_and_stays() {
    let world = World::new("upgrade-committed");
    let work = world.solve();
    git(&world.reader.root, &["commit", "--quiet", "--all", "--message", "My solution"]);
    // One change beside the reader's lines, and one that git itself cannot merge.
    world.upstream.edit(FIRST_SOLUTION, "give back twice the number.", "give back the number two times.");
    world.reader.edit(SECOND, "todo!(\"01-02 double\")", "number + number");
    world.publish();
    let said = world.upgrade(0);
    assert!(said.contains("01-01") && said.contains("01-02  kept as it was"), "{said}");
    assert_eq!(world.reader.read(FIRST).matches("number * 2 // mine").count(), 1);
    assert!(!world.reader.read(FIRST).contains("<<<<<<<"), "{}", world.reader.read(FIRST));
    assert!(world.reader.read(SECOND).contains("number + number"));
    assert!(world.copies().contains(&work));
    assert!(world.upgrade(0).contains("newest version already"));
}

#[test]
fn changes_elsewhere_are_listed_and_nothing_happens() {
    let world = World::new("upgrade-dirty");
    let work = world.solve();
    world.reader.edit("exercises/ch01/01-first/README.md", "One is not enough.", "My notes.");
    world.publish_elsewhere_in_the_starter();
    let said = world.upgrade(2);
    assert!(said.contains("01-first/README.md") && !said.contains("src/lib.rs"), "{said}");
    assert_eq!(world.reader.read(FIRST), work);
    assert!(!world.reader.root.join(".workshop/saved").exists());
}

#[test]
fn an_unreachable_upstream_changes_nothing() {
    let world = World::new("upgrade-unreachable");
    let work = world.solve();
    let output = world.reader.run(&["upgrade", "--from", "../no-such-folder"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("no-such-folder"), "{}", said(&output));
    assert_eq!(world.reader.read(FIRST), work);
}

#[test]
fn a_conflict_elsewhere_is_undone_and_named() {
    let world = World::new("upgrade-conflict");
    world.reader.write("book/text/ch01/page.md", "# My page\n");
    git(&world.reader.root, &["commit", "--quiet", "--all", "--message", "My page"]);
    let work = world.solve();
    world.upstream.write("book/text/ch01/page.md", "# Another page\n");
    world.publish_elsewhere_in_the_starter();
    let said = world.upgrade(2);
    assert!(said.contains("book/text/ch01/page.md"), "{said}");
    assert_eq!(world.reader.read(FIRST), work);
    assert_eq!(world.reader.read("book/text/ch01/page.md"), "# My page\n");
    assert!(!world.reader.root.join(".git/MERGE_HEAD").exists(), "the merge was left open");
}

#[test]
fn an_exercise_that_is_gone_leaves_its_copy() {
    let world = World::new("upgrade-gone");
    let work = world.solve();
    for folder in ["exercises/ch01/01-first", "solutions/ch01/01-first"] {
        std::fs::remove_dir_all(world.upstream.root.join(folder)).expect("the fixture's own folder");
    }
    world.publish();
    let said = world.upgrade(0);
    assert!(said.contains("not in this version any more"), "{said}");
    assert_eq!(world.copies(), [work]);
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let world = World::new("upgrade-dry");
    let work = world.solve();
    world.publish_elsewhere_in_the_starter();
    let output = world.reader.run(&["upgrade", "--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("01-01  the starter changed"), "{}", said(&output));
    assert_eq!(world.reader.read(FIRST), work);
    assert!(!world.reader.root.join(".workshop/saved").exists());
}

/// A hook of git's own ends the runner at the worst moment: the new version is in, the reader's file is not.
#[cfg(target_os = "linux")]
#[test]
fn a_kill_in_the_middle_loses_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    let world = World::new("upgrade-killed");
    let work = world.solve();
    world.publish_elsewhere_in_the_starter();
    let hook = ".git/hooks/post-merge";
    world.reader.write(hook, "#!/bin/sh\nkill -9 \"$(cut -d' ' -f4 /proc/$PPID/stat)\"\n");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(world.reader.root.join(hook), executable)
        .expect("the hook can be made executable");
    let output = world.reader.run(&["upgrade"]);
    assert_eq!(output.status.code(), None, "the hook did not kill it: {}", said(&output));
    assert_ne!(world.reader.read(FIRST), work, "it was killed too late to show anything");
    assert_eq!(world.copies(), std::slice::from_ref(&work), "no copy was made before the change");

    // Every command says so; and the reader may go on before they read it.
    assert!(said(&world.reader.run(&["status", "--no-check"])).contains("upgrade was interrupted"));
    world.reader.write(FIRST, "// a later thought\n");
    std::fs::remove_file(world.reader.root.join(hook)).expect("the hook can be removed");
    let said = world.upgrade(0);
    assert!(said.contains("interrupted upgrade is cleared up"), "{said}");
    assert_eq!(world.reader.read(FIRST), work.replace("//! A number, twice.", "//! A number, two times."));
    assert!(world.copies().contains(&"// a later thought\n".to_owned()), "what came later was lost");
    assert!(world.upgrade(0).contains("newest version already"));
}
