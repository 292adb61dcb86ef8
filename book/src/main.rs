//! The book engine: `cargo book build | serve | check | capture`.
//!
//! The pages are Markdown in `book/text/`. What this crate adds to mdBook are directives that draw on the
//! repository itself (listings, captured output, figures, exercise cards, concepts), and checks that hold
//! the book to it.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use repo::Repo;

mod boxes;
mod capture;
mod captures;
mod check;
mod concepts;
mod directive;
mod exercises;
mod expand;
mod finding;
mod http;
mod layers;
mod markdown;
mod mask;
mod question;
mod reference;
mod repo;
mod run;
mod serve;
mod site;

#[derive(Parser)]
#[command(
    name = "cargo book",
    bin_name = "cargo book",
    about = "Build, read and check the workshop's book",
    max_term_width = 100
)]
struct Args {
    /// The repository to work on, if it is not the one this program was built from
    #[arg(long, global = true, value_name = "DIR", hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Render the book into book/out; open book/out/index.html in any browser
    Build {
        /// Another folder to render into
        #[arg(long, value_name = "DIR")]
        dest: Option<PathBuf>,
    },
    /// Read the book in a browser, rendered again whenever you save a file
    Serve {
        /// The port on 127.0.0.1; if it is taken, the next free one; 0 lets the system choose
        #[arg(long, default_value_t = 3000)]
        port: u16,
        /// Open a browser
        #[arg(long)]
        open: bool,
        /// Render once; do not watch for changes
        #[arg(long)]
        once: bool,
        /// Another folder to render into
        #[arg(long, value_name = "DIR")]
        dest: Option<PathBuf>,
    },
    /// Check links, listings, figures, questions, captured output and the coverage of concepts
    Check {
        /// Print one JSON object instead of lines
        #[arg(long)]
        json: bool,
    },
    /// Run the commands whose output the pages show, and keep what they print
    Capture {
        /// Only these, as book/captured/captures.toml names them
        names: Vec<String>,
        /// Change nothing; fail where the output has drifted
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    // clap prints one usage line and exits with 2 by itself on bad arguments.
    let args = Args::parse();
    match run(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why:#}");
            ExitCode::FAILURE
        }
    }
}

/// `Ok(false)`: the work was done, and something is wrong with the book.
fn run(args: Args) -> anyhow::Result<bool> {
    let root = match args.root {
        Some(root) => repo::with_book(&std::path::absolute(root)?)?,
        None => repo::find_root()?,
    };
    let out = |dest: Option<PathBuf>| dest.unwrap_or_else(|| root.join(site::OUT));
    match args.task {
        Task::Build { dest } => build(&Repo::load(&root)?, &out(dest)),
        Task::Serve { port, open, once, dest } => {
            serve::serve(&root, &out(dest), &serve::Wish { port, open, once }).map(|()| true)
        }
        Task::Check { json } => {
            // A folder of its own: a check must not pull the book away from under a reader.
            let dest = tempfile::tempdir()?;
            let report = check::all(&Repo::load(&root)?, dest.path())?;
            if json {
                println!("{}", serde_json::to_string_pretty(&report)?)
            } else {
                report.print()
            }
            Ok(report.ok)
        }
        Task::Capture { names, check } => capture::all(&Repo::load(&root)?, &names, check),
    }
}

fn build(repo: &Repo, dest: &Path) -> anyhow::Result<bool> {
    eprintln!("rendering {} pages …", repo.pages.len());
    let findings = site::build(repo, dest)?;
    for finding in &findings {
        eprintln!("{finding}");
    }
    println!("{}", dest.join("index.html").display());
    Ok(findings.is_empty())
}
