//! The gate, on a small workshop with faults in it: each must be reported by its name, and nothing else.

mod fixture;

use fixture::Fixture;
use serde_json::Value;

/// The result of `verify --json`, and whether it exited with 0.
fn verify(fixture: &Fixture) -> (Value, bool) {
    let output = fixture.run(&["verify", "--json"]);
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "no JSON ({error}): {}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    });
    (json, output.status.success())
}

fn generate(fixture: &Fixture) {
    let output = fixture.run(&["generate"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn exercise<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == id)
        .expect("the exercise is reported")
}

/// The names of the checks that are not ok, sorted.
fn failed(exercise: &Value) -> Vec<&str> {
    let checks = exercise["checks"].as_object().unwrap();
    checks.iter().filter(|(_, check)| check["ok"] == false).map(|(name, _)| name.as_str()).collect()
}

/// Panics unless the check's detail contains every one of `parts`.
fn says(exercise: &Value, check: &str, parts: &[&str]) {
    let detail = exercise["checks"][check]["detail"].as_str().unwrap();
    for part in parts {
        assert!(detail.contains(part), "{check} does not say {part:?}:\n{detail}");
    }
}

#[test]
fn a_sound_workshop_is_verified() {
    let fixture = Fixture::new("verify-sound");
    fixture.exercise("01", "sound");
    fixture.exercise("02", "elsewhere");
    let elsewhere = if cfg!(target_os = "linux") { "macos" } else { "linux" };
    let manifest = "exercises/ch01/02-elsewhere/Cargo.toml";
    fixture.edit(manifest, "minutes = 5", &format!("minutes = 5\nos = \"{elsewhere}\""));
    generate(&fixture);

    let (report, ok) = verify(&fixture);
    assert!(ok && report["ok"] == true, "{report:#}");
    let sound = exercise(&report, "01-01");
    assert!(failed(sound).is_empty(), "{sound:#}");
    assert_eq!(sound["tests"], serde_json::json!({ "total": 2, "red_on_starter": 2, "may_pass": 0 }));
    assert_eq!(sound["decoys"].as_array().unwrap().len(), 2);

    // Another system's exercise is skipped with the reason, and not counted as passed.
    let skipped = exercise(&report, "01-02");
    assert_eq!(skipped["os_skipped"], true);
    assert_eq!(failed(skipped), ["compiles", "decoys", "red", "solution"]);
    assert_eq!(skipped["checks"]["red"]["skipped"], true);
    says(skipped, "red", &["needs", elsewhere]);
    assert_eq!(report["summary"]["passed"], 1);
    assert_eq!(report["summary"]["skipped"], 1);

    let chapter = report["chapters"].as_array().unwrap().iter().find(|one| one["number"] == 1).unwrap();
    assert_eq!(chapter["concepts"], serde_json::json!({ "realised": ["T-01"] }));

    let lines = fixture.run(&["verify", "1-1"]);
    let lines = String::from_utf8_lossy(&lines.stdout).into_owned();
    assert!(
        lines.starts_with("ok   01-01 sound")
            && lines.contains("✓ red 2/2")
            && lines.contains("✓ decoys 2/2"),
        "{lines}"
    );
    assert!(lines.contains("verified: 1 of 1 exercises passed"), "{lines}");
}

#[test]
fn faults_in_texts_are_named() {
    let fixture = Fixture::new("verify-texts");
    fixture.exercise("01", "drifted");
    fixture.exercise("02", "promises");
    fixture.exercise("03", "torn");
    generate(&fixture);
    std::fs::remove_file(fixture.root.join("solutions/ch01/03-torn/tests/spec.rs")).unwrap();
    fixture.write("solutions/ch01/04-orphan/README.md", "An answer without a question.\n");
    fixture.edit(
        "Cargo.toml",
        "\"solutions/ch*/*\"]",
        "\"solutions/ch*/*\"]\nexclude = [\"solutions/ch01/04-orphan\"]",
    );
    fixture.edit("exercises/ch01/01-drifted/src/lib.rs", "Twice `number`.", "Thrice `number`.");
    fixture.edit("exercises/ch01/01-drifted/tests/spec.rs", "//!", "//");
    let readme = "exercises/ch01/02-promises/README.md";
    fixture.edit(readme, "## Hint 2", "## Clue");
    fixture.edit(readme, "5 minutes", "6 minutes");
    fixture.edit(readme, "about 3 lines", "about 30 lines");
    fixture.edit(readme, "[T-01]", "[T-02]");
    fixture.edit(readme, "# 01-02 promises", "# 01-02 Promises");
    fixture.edit(readme, "One is not enough.", "let mut spoiled_answer = number;");
    fixture.edit(
        "solutions/ch01/02-promises/src/lib.rs",
        "    let first",
        "    let mut spoiled_answer = number;\n    let first",
    );
    fixture.edit("book/text/ch01/page.md", "{{#exercise 01-02}}", "");
    fixture.edit("book/text/ch01/page.md", "[T-01]", "");
    fixture.edit("exercises/ch01/02-promises/Cargo.toml", "ch01/page.md", "ch01/gone.md");

    let (report, ok) = verify(&fixture);
    assert!(!ok && report["ok"] == false);
    let drifted = exercise(&report, "01-01");
    assert_eq!(failed(drifted), ["lesson", "starter"]);
    says(drifted, "starter", &["-/// Thrice", "+/// Twice", "cargo workshop generate 01-01"]);
    let promises = exercise(&report, "01-02");
    says(
        promises,
        "readme",
        &[
            "expected `# 01-02 promises`, got `# 01-02 Promises`",
            "expected `5 minutes`",
            "says about 30 lines, the solution has 4",
            "got [\"T-02\"]",
            "`## Hint 2` is missing",
            "gives away a line of the solution above hint 3: `let mut spoiled_answer = number;`",
        ],
    );
    says(promises, "page", &["no page book/text/ch01/gone.md", "{{#exercise 01-02}}"]);
    let chapter = report["chapters"].as_array().unwrap().iter().find(|one| one["number"] == 1).unwrap();
    assert_eq!((&chapter["ok"], &chapter["concepts"]["missing"][0]), (&false.into(), &"T-01".into()));
    assert!(
        chapter["detail"]
            .as_str()
            .unwrap()
            .contains("solutions/ch01/04-orphan is the solution of no exercise")
    );
    let torn = exercise(&report, "01-03");
    says(torn, "files", &["missing: solutions/ch01/03-torn/tests/spec.rs"]);
}

#[test]
fn faults_in_specs_and_decoys_are_named() {
    let fixture = Fixture::new("verify-runs");
    fixture.exercise("01", "green");
    fixture.exercise("02", "decoys");
    fixture.exercise("03", "code");
    let more_tests = r#"
#[test]
fn proves_nothing() {}
#[test]
fn excused() {}
#[test]
fn hangs() {
    if std::panic::catch_unwind(|| double(1)).is_err() {
        loop {
            std::thread::park();
        }
    }
}
#[test]
fn waits() {
    if std::panic::catch_unwind(|| double(1)).is_err() {
        panic!("TIMED OUT: no answer");
    }
}
#[test]
fn exits() {
    if std::panic::catch_unwind(|| double(1)).is_err() {
        std::process::exit(7);
    }
}
"#;
    let spec = "exercises/ch01/01-green/tests/spec.rs";
    fixture.write(spec, &(fixture.read(spec) + more_tests));
    fixture.write(
        "exercises/ch01/01-green/Cargo.toml",
        &(fixture.read("exercises/ch01/01-green/Cargo.toml")
            + "may-pass = { excused = \"nothing to do\", two = \"once was\", gone = \"renamed\" }\n"),
    );
    let decoys = "solutions/ch01/02-decoys/decoys";
    let decoy = |test: &str, says: &str, hole: &str, code: &str| {
        format!("// mistake: m\n// killed by: {test}\n// says: {says}\n// region: {hole}\n{code}\n")
    };
    fixture.write(&format!("{decoys}/survives.rs"), &decoy("two", "four", "double", "    number * 2"));
    fixture.write(&format!("{decoys}/no_test.rs"), &decoy("ten", "four", "double", "    0"));
    fixture.write(&format!("{decoys}/no_hole.rs"), &decoy("two", "four", "triple", "    0"));
    fixture.write(&format!("{decoys}/no_words.rs"), &decoy("two", "five", "double", "    0"));
    fixture.write(&format!("{decoys}/no_code.rs"), &decoy("two", "four", "double", "    nonsense"));
    fixture.edit("exercises/ch01/02-decoys/tests/spec.rs", ", \"twice three is six\"", "");
    // Compiles, with a warning, in starter and solution; and the solution is wrong.
    fixture.edit(
        "solutions/ch01/03-code/src/lib.rs",
        "/// Twice",
        "#[deprecated]\nfn old() {}\n\n/// New.\npub fn new() {\n    old()\n}\n\n/// Twice",
    );
    fixture.edit("solutions/ch01/03-code/src/lib.rs", "first + second", "first  +  second + 1");
    std::fs::remove_file(fixture.root.join("solutions/ch01/03-code/decoys/square.rs")).unwrap();
    generate(&fixture);

    let (report, ok) = verify(&fixture);
    assert!(!ok && report["ok"] == false);

    let green = exercise(&report, "01-01");
    assert_eq!(failed(green), ["red"]);
    says(
        green,
        "red",
        &[
            "proves_nothing: passes on the starter",
            "two: fails on the starter, so its entry in may-pass is stale",
            "gone: is in may-pass, but the spec has no such test",
            "hangs: hangs on the starter",
            "waits: fails on the starter by a time-out only",
            "exits: ends the test process instead of failing",
        ],
    );
    assert_eq!(green["tests"], serde_json::json!({ "total": 7, "red_on_starter": 2, "may_pass": 1 }));

    let decoys = exercise(&report, "01-02");
    assert_eq!(failed(decoys), ["decoys"]);
    says(
        decoys,
        "decoys",
        &[
            "survives: survives: two passes",
            "no_test: the spec has no test ten",
            "no_hole: no hole is called `triple`; the holes are: double",
            "no_words: two fails, but does not say `five`; it says:",
            "no_code: does not compile",
            "cannot find value `nonsense`",
        ],
    );
    says(decoys, "messages", &["three: assertion `left == right` failed"]);
    assert_eq!(report["summary"]["warnings"], 1);

    let code = exercise(&report, "01-03");
    assert_eq!(failed(code), ["compiles", "decoys", "solution"]);
    says(code, "compiles", &["use of deprecated function `old`"]);
    says(code, "solution", &["two fails: ", "twice two is four"]);
    if std::process::Command::new("rustfmt").arg("--version").output().is_ok() {
        says(code, "solution", &["rustfmt would change"]);
    } else {
        println!("skipped: rustfmt is not installed, so nobody can say that it would change a file");
    }
    says(code, "decoys", &["expected at least two decoys, got 1"]);
}

#[test]
fn generate_says_what_differs_and_writes_it() {
    let fixture = Fixture::new("verify-generate");
    fixture.exercise("01", "one");
    fixture.exercise("02", "two");
    generate(&fixture);
    let starter = "exercises/ch01/02-two/src/lib.rs";
    let wanted = fixture.read(starter);
    assert!(wanted.contains("todo!(\"01-02 double\")"), "{wanted}");

    fixture.write(starter, "nonsense");
    let check = fixture.run(&["generate", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(said.contains(starter) && !said.contains("01-one"), "{said}");
    assert_eq!(fixture.read(starter), "nonsense");

    generate(&fixture);
    assert_eq!(fixture.read(starter), wanted);
    assert!(fixture.run(&["generate", "--check"]).status.success());
}

#[test]
fn a_missing_cargo_mutants_is_named_with_the_way_to_get_it() {
    let fixture = Fixture::new("verify-mutants");
    fixture.exercise("01", "one");
    generate(&fixture);
    let nothing = fixture.root.join("nothing");
    let output = fixture
        .command(&["verify", "--mutants"])
        .env("CARGO", env!("CARGO"))
        .env("CARGO_HOME", &nothing)
        .env("PATH", &nothing)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("cargo install cargo-mutants --locked") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_surviving_mutant_is_named_unless_it_is_excused() {
    let fixture = Fixture::new("verify-survivors");
    fixture.exercise("01", "strict");
    fixture.exercise("02", "lax");
    fixture.exercise("03", "excused");
    generate(&fixture);
    for name in ["02-lax", "03-excused"] {
        // 2 + 2 is 2 * 2: without the test of three nobody can tell the two apart.
        fixture.edit(&format!("exercises/ch01/{name}/tests/spec.rs"), "double(3), 6", "double(2), 4");
    }
    let excuse = "[[equivalent]]\nname = \"replace + with * in double\"\ncode = \"first + second\"\nreason = \"always two\"\n";
    fixture.write("solutions/ch01/03-excused/mutants.toml", excuse);
    fixture.write("solutions/ch01/01-strict/mutants.toml", excuse);

    let output = fixture.run(&["verify", "--mutants", "--json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() == Some(3) && said.contains("cargo install cargo-mutants") {
        return println!("skipped: {said}");
    }
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    let mutants = |id: &str| exercise(&report, id)["mutants"].clone();
    let strict = mutants("01-01");
    assert_eq!((&strict["ok"], &strict["survivors"]), (&false.into(), &serde_json::json!([])), "{strict:#}");
    assert!(strict["stale"][0].as_str().unwrap().contains("replace + with * in double"), "{strict:#}");
    let lax = mutants("01-02");
    assert_eq!(lax["ok"], false);
    assert!(
        lax["survivors"][0].as_str().unwrap().contains("02-lax/src/lib.rs:10:11: replace + with *"),
        "{lax:#}"
    );
    let excused = mutants("01-03");
    assert_eq!((&excused["ok"], &excused["rate"]), (&true.into(), &100.0.into()), "{excused:#}");
    assert_eq!(excused["equivalent"], serde_json::json!(["replace + with * in double: always two"]));
}

#[test]
fn an_unknown_exercise_or_chapter_is_bad_usage() {
    let fixture = Fixture::new("verify-unknown");
    fixture.exercise("01", "one");
    for arguments in [&["verify", "01-99"][..], &["verify", "--chapter", "99"], &["generate", "01-99"]] {
        let output = fixture.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("99") && said.lines().count() == 1, "{arguments:?}: {said}");
    }
}
