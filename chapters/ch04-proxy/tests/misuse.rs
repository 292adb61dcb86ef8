//! Every misuse of `#[service]` is refused in one sentence, at the word that is wrong.
//!
//! Each file in `misuse/` is compiled by itself. It carries its own expectation: on the line where rustc must
//! complain stands `//~ ERROR «underlined»: words`, with what it must underline and words of what it must say;
//! `//~ MORE` beside it lets rustc and serde say on that line, in their own words, what follows from it. No
//! other line may have an error. (The notation is like that of rustc's own tests.) A file without marks must
//! compile.
//!
//! Why not `trybuild`, which compares everything that rustc prints? Because rustc's layout, notes and hints
//! change with its version, and you may have a newer one than we had. Our sentences and their lines do not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use serde_json::Value;

/// An error that came.
struct Complaint {
    line: usize,
    /// What it points at; of several lines, the first one's part.
    underlined: String,
    message: String,
}

/// What a line says about an error that it expects.
struct Mark<'s> {
    line: usize,
    text: &'s str,
}

impl Mark<'_> {
    fn fits(&self, came: &Complaint) -> bool {
        let parts = self.text.strip_prefix("ERROR «").and_then(|rest| rest.split_once("»: "));
        parts.is_some_and(|(underlined, words)| {
            came.line == self.line && came.underlined == underlined && came.message.contains(words)
        })
    }
}

#[test]
fn every_misuse_is_refused_where_it_stands() {
    let mut files: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/misuse"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    assert!(files.len() > 30, "only {} files: is this the right folder?", files.len());
    let compiler = Compiler::find();
    // Each takes rustc a tenth of a second, most of it for reading libraries: so all cores take a share.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let faults: Vec<String> = thread::scope(|scope| {
        let shares = files.chunks(files.len().div_ceil(cores));
        let workers: Vec<_> = shares.map(|share| scope.spawn(|| faults_of(share, &compiler))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn faults_of(files: &[PathBuf], compiler: &Compiler) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        let source = fs::read_to_string(file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        let of_this = compare(&source, &compiler.complaints(file));
        faults.extend(of_this.into_iter().map(|fault| format!("tests/misuse/{name}:{fault}")));
    }
    faults
}

/// What came against what was marked: nothing when they agree.
fn compare(source: &str, complaints: &[Complaint]) -> Vec<String> {
    let marks: Vec<Mark<'_>> = source
        .lines()
        .enumerate()
        .flat_map(|(index, text)| {
            text.split("//~").skip(1).map(move |text| Mark { line: index + 1, text: text.trim() })
        })
        .collect();
    let more = |line| marks.iter().any(|mark| mark.line == line && mark.text == "MORE");
    let mut unmarked: Vec<&Complaint> = complaints.iter().collect();
    let mut faults = Vec::new();
    for mark in marks.iter().filter(|mark| mark.text != "MORE") {
        match unmarked.iter().position(|came| mark.fits(came)) {
            Some(index) => drop(unmarked.remove(index)),
            None => faults.push(format!("{}: expected {}", mark.line, mark.text)),
        }
    }
    let unmarked = unmarked.into_iter().filter(|came| !more(came.line));
    faults.extend(unmarked.map(|Complaint { line, underlined, message }| {
        format!("{line}: came without a mark: ERROR «{underlined}»: {message}")
    }));
    faults
}

/// rustc, and where the libraries are that a test file names.
struct Compiler {
    libraries: Vec<(&'static str, String)>,
    dependencies: PathBuf,
    out: PathBuf,
}

impl Compiler {
    /// Asks cargo, which has built everything for this very test, where it is.
    fn find() -> Self {
        // <target>/tmp, <target>/<profile>/deps/misuse-0123456789abcdef
        let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("misuse");
        fs::create_dir_all(&out).unwrap();
        let dependencies = env::current_exe().unwrap().parent().unwrap().to_owned();
        let profile = dependencies.parent().and_then(Path::file_name).unwrap().to_str().unwrap();
        let built = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
            .args(["build", "--quiet", "--offline", "--lib"])
            .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
            .args(["--message-format", "json", "--profile", if profile == "debug" { "dev" } else { profile }])
            .arg("--target-dir")
            .arg(out.ancestors().nth(2).unwrap())
            .output()
            .unwrap();
        assert!(built.status.success(), "cargo build failed:\n{}", String::from_utf8_lossy(&built.stderr));
        let messages: Vec<Value> = lines_of_json(&built.stdout).collect();
        let library = |name| {
            let files = messages.iter().filter(|message| message["target"]["name"] == name);
            let mut files = files.flat_map(|message| message["filenames"].as_array().into_iter().flatten());
            let file = files.find_map(|file| file.as_str().filter(|file| file.ends_with(".rlib")));
            (name, file.unwrap_or_else(|| panic!("cargo names no file for {name}")).to_owned())
        };
        Self { libraries: vec![library("ch04_proxy"), library("serde")], dependencies, out }
    }

    /// All errors of `file`; no code is made of it.
    fn complaints(&self, file: &Path) -> Vec<Complaint> {
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
        rustc
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
                "--error-format",
                "json",
            ])
            .arg("-L")
            .arg(format!("dependency={}", self.dependencies.display()))
            .arg("--out-dir")
            .arg(&self.out)
            .arg(file);
        for (name, library) in &self.libraries {
            rustc.arg("--extern").arg(format!("{name}={library}"));
        }
        let output = rustc.output().unwrap();
        let complaints: Vec<Complaint> = lines_of_json(&output.stderr).filter_map(complaint).collect();
        assert_eq!(
            output.status.success(),
            complaints.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        complaints
    }
}

fn lines_of_json(output: &[u8]) -> impl Iterator<Item = Value> {
    output.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

/// The error in what rustc says, if it is one; "aborting due to 2 previous errors" points nowhere and is none.
fn complaint(said: Value) -> Option<Complaint> {
    if said["level"] != "error" {
        return None;
    }
    let place = said["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let source = &place["text"][0];
    let (from, to) = (number(&source["highlight_start"])?, number(&source["highlight_end"])?);
    Some(Complaint {
        line: number(&place["line_start"])?,
        underlined: source["text"].as_str()?.chars().skip(from - 1).take(to - from).collect(),
        message: said["message"].as_str()?.to_owned(),
    })
}

/// A test of the test: it must be able to fail.
#[test]
fn what_differs_from_the_marks_is_said() {
    let came = |line, underlined: &str, message: &str| Complaint {
        line,
        underlined: underlined.to_owned(),
        message: message.to_owned(),
    };
    let source = "fine\nbad //~ ERROR «b»: no good\nw //~ ERROR «w»: bad //~ ERROR «w»: worse //~ MORE\n";
    let all = || vec![came(2, "b", "this is no good"), came(3, "w", "worse"), came(3, "w", "bad")];
    let with = |more| compare(source, &all().into_iter().chain([more]).collect::<Vec<_>>());
    assert!(compare(source, &all()).is_empty());
    assert!(with(came(3, "x", "and more")).is_empty());
    assert_eq!(with(came(1, "f", "x")), ["1: came without a mark: ERROR «f»: x"]);
    assert_eq!(with(came(2, "b", "no good")), ["2: came without a mark: ERROR «b»: no good"]);
    assert_eq!(compare(source, &all()[1..]), ["2: expected ERROR «b»: no good"]);
    assert_eq!(compare(source, &all()[..2]), ["3: expected ERROR «w»: bad"]);
    let elsewhere = ["1: expected ERROR «b»: no", "1: came without a mark: ERROR «x»: no"];
    assert_eq!(compare("b //~ ERROR «b»: no", &[came(1, "x", "no")]), elsewhere);
    assert_eq!(compare("x //~ EROR «x»: y", &[]), ["1: expected EROR «x»: y"]);
}
