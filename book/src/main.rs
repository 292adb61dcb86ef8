//! The book engine: `cargo book build | serve | check | capture`.
//!
//! The pages are Markdown in `book/text/`. What this crate adds to mdBook are directives that draw on the
//! repository itself (listings, captured output, figures, exercise cards, concepts), and checks that hold
//! the book to it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod boxes;
mod captures;
mod concepts;
mod directive;
mod exercises;
mod expand;
mod finding;
mod layers;
mod markdown;
mod question;
mod reference;
mod repo;
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
        Some(root) => std::path::absolute(root)?,
        None => repo::find_root()?,
    };
    match args.task {
        Task::Build { dest } => {
            let repo = repo::Repo::load(&root)?;
            let dest = dest.unwrap_or_else(|| root.join(site::OUT));
            eprintln!("rendering {} pages …", repo.pages.len());
            let findings = site::build(&repo, &dest)?;
            for finding in &findings {
                eprintln!("{finding}");
            }
            println!("{}", dest.join("index.html").display());
            Ok(findings.is_empty())
        }
    }
}
