//! `{{#figure ch01/name.svg "caption"}}`: the SVG goes into the page itself, so that it follows the theme.

use std::sync::LazyLock;

use regex::Regex;

use super::{Fault, Rendered};
use crate::repo::Repo;

/// Where figures lie, from the repository's root.
pub const FOLDER: &str = "book/text/figures";
/// The variables of the style sheet that a figure may use: the whole palette.
const PALETTE: [&str; 8] = ["ink", "paper", "client", "server", "wire", "warn", "time", "kernel"];
/// A figure is at most this wide on a page, in CSS pixels …
const PAGE_WIDTH: f64 = 720.0;
/// … and there its text must be as large as the text around it.
const BODY_TEXT: f64 = 16.0;

static VIEW_BOX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+[\d.]+\s*""#).expect("a valid pattern")
});
static COLOUR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(fill|stroke|stop-color|flood-color|color|background)\s*(?:=\s*["']|:\s*)([^"';>]+)"#)
        .expect("a valid pattern")
});
static TEXT_COLOUR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<t(?:ext|span)\b[^>]*\bfill\s*(?:=\s*["']|:\s*)var\(--([a-z]+)\)"#)
        .expect("a valid pattern")
});
static FONT_SIZE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"font-size\s*(?:=\s*["']|:\s*)([\d.]+)"#).expect("a valid pattern"));
static VARIABLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"var\(--([a-z]+)\)").expect("a valid pattern"));
static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\sid="([^"]+)""#).expect("a valid pattern"));
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|<\?xml.*?\?>").expect("a valid pattern"));

/// The figure with its caption.
pub fn render(repo: &Repo, name: &str, caption: &str) -> Rendered {
    let file = format!("{FOLDER}/{name}");
    let svg = std::fs::read_to_string(repo.root.join(&file));
    let svg = svg.map_err(|_| Fault::new("figure", format!("{file} does not exist")))?;
    if let Some(why) = faults(&svg).into_iter().next() {
        return Err(Fault::new("figure", format!("{file}: {why}")));
    }
    if caption.is_empty() {
        return Err(Fault::new("figure", format!("{name} needs a caption that says what to see")));
    }
    // A blank line would end the HTML block and hand the rest to the Markdown parser.
    let svg = COMMENT.replace_all(&svg, "");
    let svg: Vec<&str> = svg.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(format!(
        "<figure class=\"picture\">\n<div class=\"canvas\">\n{}\n</div>\n<figcaption>{caption}</figcaption>\n</figure>\n",
        svg.join("\n").replacen("<svg ", "<svg role=\"img\" ", 1)
    ))
}

/// The ids that a figure defines; two figures of one page must not share any.
pub fn ids(svg: &str) -> Vec<String> {
    ID.captures_iter(svg).map(|found| found[1].to_string()).collect()
}

/// What keeps a figure from being shown to everybody: in both themes, at any width, to any reader.
pub fn faults(svg: &str) -> Vec<String> {
    let svg = COMMENT.replace_all(svg, "");
    let mut faults = Vec::new();
    if !svg.trim_start().starts_with("<svg ") {
        faults.push("a figure begins with <svg".to_string());
    }
    for (needle, why) in [("<title", "says what it is"), ("<desc", "says in words what it shows")] {
        if !svg.contains(needle) {
            faults.push(format!("{needle}> is missing: it {why}, for readers who cannot see it"));
        }
    }
    for (needle, why) in [
        ("<style", "it would restyle the whole page; use attributes"),
        ("<script", "a figure stands still"),
        ("<image", "a picture in a picture does not follow the theme"),
        ("<foreignObject", "it does not render everywhere"),
    ] {
        if svg.contains(needle) {
            faults.push(format!("{needle}> is not allowed: {why}"));
        }
    }
    let width =
        VIEW_BOX.captures(&svg).and_then(|found| found[1].parse::<f64>().ok()).filter(|width| *width > 0.0);
    match width {
        None => {
            faults.push("viewBox=\"0 0 width height\" is missing: without it the figure cannot scale".into())
        }
        Some(width) => faults.extend(small_text(&svg, width)),
    }
    faults.extend(COLOUR.captures_iter(&svg).filter_map(|found| {
        let value = found[2].trim();
        let named = VARIABLE.captures(value).is_some_and(|name| PALETTE.contains(&&name[1]));
        let neutral =
            ["none", "currentColor", "inherit", "transparent"].contains(&value) || value.starts_with("url(#");
        (!named && !neutral)
            .then(|| format!("{}={value:?} is not of the palette: use {}", &found[1], palette()))
    }));
    faults.extend(
        TEXT_COLOUR.captures_iter(&svg).filter(|found| !["ink", "paper"].contains(&&found[1])).map(|found| {
            format!(
                "text in var(--{}): words are var(--ink), the palette's colours are too light for them",
                &found[1]
            )
        }),
    );
    let mut seen = ids(&svg);
    seen.sort();
    faults.extend(
        seen.windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| format!("id {:?} occurs twice", pair[0])),
    );
    faults
}

fn small_text(svg: &str, width: f64) -> Option<String> {
    // Never enlarged: a narrow figure is shown at its own size.
    let scale = (PAGE_WIDTH / width).min(1.0);
    let smallest =
        FONT_SIZE.captures_iter(svg).filter_map(|found| found[1].parse::<f64>().ok()).reduce(f64::min)?;
    (smallest * scale < BODY_TEXT - 0.5).then(|| {
        format!(
            "font-size {smallest} in a viewBox {width} wide is {:.1} px on the page; at least {BODY_TEXT}",
            smallest * scale
        )
    })
}

fn palette() -> String {
    PALETTE.map(|name| format!("var(--{name})")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::tests::{expanded, repo};

    const GOOD: &str = r#"<svg viewBox="0 0 720 100"><title>t</title><desc>d</desc><text font-size="16" fill="var(--ink)">a</text></svg>"#;

    #[test]
    fn a_good_figure_has_no_fault() {
        assert_eq!(faults(GOOD), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_named() {
        for (from, to, needle) in [
            ("viewBox", "box", "viewBox"),
            ("<title>t</title>", "", "<title"),
            ("<desc>d</desc>", "", "<desc"),
            ("var(--ink)", "#ff0000", "not of the palette"),
            ("var(--ink)", "var(--red)", "not of the palette"),
            ("fill=\"var(--ink)\"", "fill=\"var(--wire)\"", "words are var(--ink)"),
            ("font-size=\"16\"", "font-size=\"9\"", "font-size 9"),
            ("</svg>", "<style>a{}</style></svg>", "<style"),
            ("<text ", "<g id=\"a\"/><g id=\"a\"/><text ", "occurs twice"),
        ] {
            let found = faults(&GOOD.replace(from, to));
            assert!(found.iter().any(|fault| fault.contains(needle)), "{needle}: {found:?}");
        }
    }

    #[test]
    fn a_figure_goes_into_the_page_without_blank_lines() {
        let (text, findings) = expanded(&repo(), "{{#figure ch01/box.svg \"a box\"}}");
        assert!(findings.is_empty(), "{findings:?}");
        let inside =
            text.split("<figure").nth(1).and_then(|rest| rest.split("</figure>").next()).expect("a figure");
        assert!(!inside.contains("\n\n"), "{inside}");
        assert!(inside.contains("role=\"img\""));
    }

    #[test]
    fn a_figure_needs_its_file_and_its_caption() {
        assert_eq!(expanded(&repo(), "{{#figure ch01/none.svg \"c\"}}").1[0].rule, "figure");
        assert_eq!(expanded(&repo(), "{{#figure ch01/box.svg}}").1[0].rule, "figure");
    }
}
