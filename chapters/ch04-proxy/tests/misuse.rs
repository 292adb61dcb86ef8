//! Every misuse of `#[service]` is refused in one sentence, at the word that is wrong.
//!
//! Each file in `misuse/` is compiled by itself. It carries its own expectation: on the line where rustc must
//! complain stands `//~ ERROR: words`, with words of the message; `//~ MORE` beside it lets rustc and serde say
//! on that line, in their own words, what follows from it. No other line may have an error. (The notation is
//! that of rustc's own tests.) A file without marks must compile.
//!
//! Why not `trybuild`, which compares everything that rustc prints? Because rustc's layout, notes and hints
//! change with its version, and you may have a newer one than we had. Our sentences and their lines do not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use serde_json::Value;

/// An error that came: its line, what it says, and where else it points.
struct Complaint {
    line: usize,
    message: String,
}

/// What a line says about the errors that it expects.
struct Mark<'s> {
    line: usize,
    words: &'s str,
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
            text.split("//~").skip(1).map(move |words| Mark { line: index + 1, words: words.trim() })
        })
        .collect();
    let mut unmarked: Vec<&Complaint> = complaints.iter().collect();
    let mut faults = Vec::new();
    for Mark { line, words } in &marks {
        let Some(words) = words.strip_prefix("ERROR: ") else {
            if *words != "MORE" {
                faults.push(format!("{line}: a mark is `ERROR: words` or `MORE`, not `{words}`"));
            }
            continue;
        };
        match unmarked.iter().position(|came| came.line == *line && came.message.contains(words)) {
            Some(index) => drop(unmarked.remove(index)),
            None => {
                faults.push(format!("{line}: expected an error with the words `{words}`; none came here"))
            }
        }
    }
    unmarked.retain(|came| !marks.iter().any(|mark| mark.line == came.line && mark.words == "MORE"));
    faults.extend(
        unmarked.iter().map(|came| format!("{}: an error without a mark: {}", came.line, came.message)),
    );
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
    let line =
        said["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?["line_start"].as_u64()?;
    let message = said["message"].as_str()?.to_owned();
    Some(Complaint { line: usize::try_from(line).ok()?, message })
}

/// A test of the test: it must be able to fail.
#[test]
fn what_differs_from_the_marks_is_said() {
    let complaint = |line, message: &str| Complaint { line, message: message.to_owned() };
    let source = "fine\nbad //~ ERROR: no good\nworse //~ ERROR: bad //~ ERROR: worse //~ MORE\n";
    let all = || vec![complaint(2, "this is no good"), complaint(3, "worse"), complaint(3, "bad")];
    let with = |more: Vec<Complaint>| compare(source, &all().into_iter().chain(more).collect::<Vec<_>>());
    assert!(with(vec![]).is_empty());
    assert!(with(vec![complaint(3, "and more")]).is_empty());
    assert_eq!(with(vec![complaint(1, "x")]), ["1: an error without a mark: x"]);
    assert_eq!(with(vec![complaint(2, "no good")]), ["2: an error without a mark: no good"]);
    let expected = |words| format!("expected an error with the words `{words}`; none came here");
    assert_eq!(compare(source, &all()[1..]), [format!("2: {}", expected("no good"))]);
    assert_eq!(compare(source, &all()[..2]), [format!("3: {}", expected("bad"))]);
    assert_eq!(compare("x //~ EROR: y", &[]), ["1: a mark is `ERROR: words` or `MORE`, not `EROR: y`"]);
}
