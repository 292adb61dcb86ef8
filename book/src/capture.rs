//! `cargo book capture`: runs the commands whose output the pages show; `--check` compares instead of writing.

use anyhow::{Context, Result, bail};

use crate::captures::{self, Capture};
use crate::finding::Finding;
use crate::mask::{Masks, drift};
use crate::repo::Repo;
use crate::run;

/// What became of one capture.
enum Outcome {
    Written,
    Unchanged,
    Skipped(String),
    Wrong(Vec<Finding>),
}

/// Runs the named captures, or all; `Ok(false)` when one failed or, with `check`, drifted.
pub fn all(repo: &Repo, names: &[String], check: bool) -> Result<bool> {
    for name in names {
        if !repo.captures.iter().any(|capture| capture.name == *name) {
            bail!("{name:?} is not listed in {}", captures::FILE);
        }
    }
    let (mut good, mut bad, mut skipped) = (0, 0, 0);
    for capture in &repo.captures {
        if !names.is_empty() && !names.contains(&capture.name) {
            continue;
        }
        eprintln!("{}: {} …", capture.name, capture.typed());
        match one(repo, capture, check).with_context(|| capture.name.clone())? {
            Outcome::Written => good += 1,
            Outcome::Unchanged => good += 1,
            Outcome::Skipped(why) => {
                println!("{}: skipped: {why}", capture.name);
                skipped += 1;
            }
            Outcome::Wrong(findings) => {
                findings.iter().for_each(|finding| println!("{finding}"));
                bad += 1;
            }
        }
    }
    println!("{good} {}, {bad} failed, {skipped} skipped", if check { "passed" } else { "captured" });
    Ok(bad == 0)
}

fn one(repo: &Repo, capture: &Capture, check: bool) -> Result<Outcome> {
    if let Some(os) = capture.os.as_ref().filter(|os| *os != std::env::consts::OS) {
        return Ok(Outcome::Skipped(format!("needs {os}")));
    }
    if let Some(program) = capture.needs.as_ref().filter(|program| !run::is_installed(program)) {
        return Ok(Outcome::Skipped(format!("{program} is not installed")));
    }
    let wrong =
        |line, message| Ok(Outcome::Wrong(vec![Finding::new(capture.file(), line, "capture", message)]));
    let masks = Masks::of(capture)?;
    let ran = match run::run(&repo.root, &capture.command, capture.stderr) {
        Ok(ran) => ran,
        Err(why) => return wrong(1, format!("{why:#}")),
    };
    if ran.code != Some(capture.expect_exit) {
        let code = ran.code.map_or("a signal".to_string(), |code| code.to_string());
        let last = ran.text.lines().last().unwrap_or_default();
        return wrong(
            1,
            format!("expected exit {}, got {code}; its last line: {last:?}", capture.expect_exit),
        );
    }
    let path = capture.path(&repo.root);
    let stored = std::fs::read_to_string(&path).ok();
    if !check {
        std::fs::create_dir_all(path.parent().context("a capture lies in a folder")?)?;
        let text: Vec<&str> = ran.text.trim_end().lines().map(str::trim_end).collect();
        std::fs::write(&path, text.join("\n") + "\n")?;
        return Ok(Outcome::Written);
    }
    match stored {
        None => wrong(1, "does not exist: run `cargo book capture`".into()),
        Some(stored) => match drift(&masks, &stored, &ran.text) {
            None => Ok(Outcome::Unchanged),
            Some((line, stored, fresh)) => {
                wrong(line, format!("the page says {stored:?}, the program says {fresh:?}"))
            }
        },
    }
}
