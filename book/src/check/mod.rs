//! `cargo book check`: holds the book to what it promises.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::finding::Finding;
use crate::layers::{LAYERS, Layer};
use crate::repo::Repo;
use crate::site;

mod captured;
mod coverage;
mod figures;
mod links;
mod pages;
mod questions;

/// What `check` found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether there is nothing to mend.
    pub ok: bool,
    /// Pages looked at.
    pub pages: usize,
    /// Quiz programs that were run.
    pub programs: usize,
    /// Concepts that a page of their layer covers.
    pub covered: usize,
    /// What is to be mended.
    pub findings: Vec<Finding>,
    /// Layers without pages, which is no fault yet.
    pub unwritten: Vec<Unwritten>,
}

/// A layer that has no pages yet.
#[derive(Debug, Serialize)]
pub struct Unwritten {
    /// The layer's number.
    pub layer: u8,
    /// Its title.
    pub title: &'static str,
    /// How many concepts wait for it.
    pub concepts: usize,
}

/// Renders the book into `dest` and checks pages, rendering and programs.
pub fn all(repo: &Repo, dest: &Path) -> Result<Report> {
    let mut findings = site::build(repo, dest)?;
    // Where the table of contents is wrong nothing was rendered.
    if site::missing(repo)?.is_empty() {
        findings.extend(pages::orphans(repo)?);
        findings.extend(links::all(repo, dest)?);
    }
    findings.extend(pages::shape(repo));
    findings.extend(figures::all(repo)?);
    findings.extend(coverage::concepts(repo));
    findings.extend(coverage::exercises(repo));
    findings.extend(captured::all(repo)?);
    findings.extend(questions::counts(repo));
    let (programs, wrong) = questions::programs(repo);
    findings.extend(wrong);
    findings.sort();
    findings.dedup();
    Ok(Report {
        ok: findings.is_empty(),
        pages: repo.pages.len(),
        programs,
        covered: repo.concepts.iter().filter(|concept| coverage::is_covered(repo, concept)).count(),
        findings,
        unwritten: LAYERS
            .iter()
            .filter(|layer| !repo.is_written(layer.number))
            .map(|it| unwritten(repo, it))
            .collect(),
    })
}

fn unwritten(repo: &Repo, layer: &Layer) -> Unwritten {
    let concepts = repo.concepts.iter().filter(|concept| concept.chapter == layer.number).count();
    Unwritten { layer: layer.number, title: layer.title, concepts }
}

impl Report {
    /// One line a finding, then what was looked at.
    pub fn print(&self) {
        for finding in &self.findings {
            println!("{finding}");
        }
        for Unwritten { layer, title, concepts } in &self.unwritten {
            println!("not written yet: layer {layer}, {title} ({concepts} concepts)");
        }
        let Report { pages, programs, covered, findings, .. } = self;
        println!(
            "{pages} pages, {covered} concepts covered, {programs} quiz programs run, {} findings",
            findings.len()
        );
    }
}
