//! Draws the example of a paper from its few lines, by kind, always marked CONTOH. The lines are real text, so
//! that a screen reader reads them and they can be enlarged.

use crate::i18n::t;
use leptos::prelude::*;
use satu_pintu_domain::content::{Sample, SampleKind};

const WIDTH: i32 = 320;
const LINE: i32 = 20;

/// A figure: the drawing and, under it, what to look at.
pub fn sample(sample: &Sample) -> AnyView {
    let lines: Vec<Row> = sample.lines.iter().flat_map(|line| rows(line, letters(sample.kind))).collect();
    let title = wrap(&sample.title, 26);
    let top = top(sample.kind) + (title.len() as i32 - 1) * 18;
    let height = (top + lines.len() as i32 * LINE + bottom(sample.kind)).max(150);
    let (x, anchor) = match sample.kind {
        SampleKind::Certificate => (WIDTH / 2, "middle"),
        _ => (left(sample.kind), "start"),
    };
    let class = ["sample ", class(sample.kind)].concat();
    let heads = title.into_iter().enumerate().map(|(i, text)| {
        let y = title_y(sample.kind) + i as i32 * 18;
        view! { <text class="head" x=x y=y text-anchor=anchor>{text}</text> }
    });
    let body = lines.into_iter().enumerate().map(|(i, row)| {
        let y = top + i as i32 * LINE + 12;
        let right = row.right.map(|text| view! { <text x=WIDTH - 24 y=y text-anchor="end">{text}</text> });
        view! { <text x=x y=y text-anchor=anchor>{row.left}</text> {right} }
    });
    let note = (!sample.note.is_empty()).then(|| {
        view! { <figcaption>{super::icon(super::Icon::Search)} <span>{sample.note.clone()}</span></figcaption> }
    });
    view! {
        <figure class=class>
            <svg viewBox=format!("0 0 {WIDTH} {height}") role="group" aria-label=t().ui().sample_caption(&sample.title)>
                {paper(sample.kind, height)}
                {heads.collect_view()}
                {body.collect_view()}
                <text class="stamp" x=WIDTH / 2 y=height / 2 text-anchor="middle" dominant-baseline="middle"
                    transform=format!("rotate(-24 {} {})", WIDTH / 2, height / 2) aria-hidden="true">
                    {t().ui().sample_mark}
                </text>
            </svg>
            {note}
        </figure>
    }
    .into_any()
}

/// One drawn line; `right` holds what stands after `|` in a table.
struct Row {
    left: String,
    right: Option<String>,
}

fn rows(line: &str, max: usize) -> Vec<Row> {
    match line.split_once('|') {
        Some((left, right)) => vec![Row { left: left.trim().into(), right: Some(right.trim().into()) }],
        None => wrap(line, max).into_iter().map(|left| Row { left, right: None }).collect(),
    }
}

/// Breaks a text at spaces so that no line has more than `max` letters, unless a word has. Pure.
fn wrap(text: &str, max: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let used = lines[last].chars().count();
        if used > 0 && used + 1 + word.chars().count() > max {
            lines.push(word.to_string());
        } else {
            if used > 0 {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

fn class(kind: SampleKind) -> &'static str {
    match kind {
        SampleKind::Card => "card-sample",
        SampleKind::Letter => "letter",
        SampleKind::Certificate => "certificate",
        SampleKind::Photo => "photo",
        SampleKind::Plan => "plan",
        SampleKind::Receipt => "receipt",
        SampleKind::Screen => "screen",
        SampleKind::Table => "table",
        SampleKind::Label => "label-sample",
    }
}

/// Letters in a line.
fn letters(kind: SampleKind) -> usize {
    match kind {
        SampleKind::Card => 32,
        SampleKind::Receipt => 36,
        SampleKind::Certificate => 38,
        _ => 40,
    }
}

fn left(kind: SampleKind) -> i32 {
    match kind {
        SampleKind::Receipt => 36,
        SampleKind::Certificate => WIDTH / 2,
        _ => 24,
    }
}

/// Baseline of the title.
fn title_y(kind: SampleKind) -> i32 {
    match kind {
        SampleKind::Letter => 52,
        SampleKind::Certificate => 50,
        SampleKind::Photo | SampleKind::Plan => 150,
        SampleKind::Screen => 62,
        _ => 38,
    }
}

/// Where the lines begin.
fn top(kind: SampleKind) -> i32 {
    title_y(kind) + if kind == SampleKind::Card { 20 } else { 14 }
}

/// Room under the lines.
fn bottom(kind: SampleKind) -> i32 {
    match kind {
        SampleKind::Letter => 56,
        SampleKind::Certificate => 48,
        SampleKind::Screen => 34,
        _ => 26,
    }
}

/// What is drawn behind the text.
fn paper(kind: SampleKind, h: i32) -> AnyView {
    let sheet = |rx: i32| view! { <rect class="paper" x="8" y="8" width="304" height=h - 16 rx=rx></rect> };
    match kind {
        SampleKind::Card => view! {
            {sheet(14)}
            <path class="tint" d="M8 22a14 14 0 0 1 14-14h276a14 14 0 0 1 14 14v26H8z"></path>
            <rect class="ground" x="246" y="62" width="50" height="62" rx="4"></rect>
            <path class="shape" d="M271 72a10 10 0 1 0 0 20 10 10 0 0 0 0-20M252 120c2-14 8-20 19-20s17 6 19 20z"></path>
        }
        .into_any(),
        SampleKind::Letter => view! {
            {sheet(3)}
            <path class="rule" d="M24 26h120M24 32h80"></path>
            <path class="ink" d=format!("M212 {0}c10-16 16-16 16-2s8 10 14 0 10-8 12 0 14 4 22-4M204 {1}h86", h - 36, h - 24)></path>
        }
        .into_any(),
        SampleKind::Certificate => view! {
            {sheet(3)}
            <rect class="frame" x="16" y="16" width="288" height=h - 32></rect>
            <rect class="frame thin" x="21" y="21" width="278" height=h - 42></rect>
            <circle class="gold" cx="160" cy=h - 36 r="12"></circle>
            <path class="gold" d=format!("M153 {0}l-4 16 11-5 11 5-4-16z", h - 28)></path>
        }
        .into_any(),
        SampleKind::Photo => view! {
            {sheet(4)}
            <rect class="ground" x="20" y="20" width="280" height="112"></rect>
            <path class="shape" d="M20 132V112l52-38 44 32 34-22 60 40h90v8z"></path>
            <circle class="gold" cx="252" cy="48" r="14"></circle>
            <path class="corner" d="M28 44V28h16M276 28h16v16M292 108v16h-16M44 124H28v-16"></path>
        }
        .into_any(),
        SampleKind::Plan => view! {
            {sheet(3)}
            <path class="grid" d="M20 40h280M20 60h280M20 80h280M20 100h280M20 120h280M40 20v114M80 20v114M120 20v114M160 20v114M200 20v114M240 20v114M280 20v114"></path>
            <path class="ink" d="M96 34h128v92h-48M148 126H96V34M96 80h52v46M148 80h20M148 126a28 28 0 0 1 28-28v28"></path>
            <path class="ink" d="M272 34v28M272 34l-6 12h12z"></path>
        }
        .into_any(),
        SampleKind::Receipt => view! {
            <path class="paper" d=format!(
                "M24 8h272v{0}l-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10z",
                h - 18
            )></path>
        }
        .into_any(),
        SampleKind::Screen => view! {
            {sheet(16)}
            <path class="tint" d="M8 24a16 16 0 0 1 16-16h272a16 16 0 0 1 16 16v16H8z"></path>
            <circle class="hole" cx="26" cy="24" r="4"></circle>
            <circle class="hole" cx="40" cy="24" r="4"></circle>
            <rect class="hole" x="60" y="17" width="236" height="14" rx="7"></rect>
            <rect class="tint" x="208" y=h - 34 width="88" height="16" rx="8"></rect>
        }
        .into_any(),
        SampleKind::Table => view! {
            {sheet(3)}
            <path class="tint" d="M8 8h304v38H8z"></path>
            <path class="grid" d=ruled(h)></path>
        }
        .into_any(),
        SampleKind::Label => view! {
            <path class="paper" d=format!("M20 8h280l12 12v{0}l-12 12H20l-12-12V20z", h - 40)></path>
            <path class="tint" d="M20 8h280l12 12v26H8V20z"></path>
        }
        .into_any(),
    }
}

/// The lines between the rows of a table.
fn ruled(height: i32) -> String {
    let mut d = String::new();
    let mut y = 58 + LINE;
    while y < height - 16 {
        d += &format!("M16 {y}h288");
        y += LINE;
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(
            wrap("Klinik Contoh Sehat, berlaku 1 November 2026", 40),
            ["Klinik Contoh Sehat, berlaku 1 November", "2026"]
        );
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("satukatayangpanjang dua", 5), ["satukatayangpanjang", "dua"]);
    }

    #[test]
    fn a_table_line_has_two_cells() {
        let rows = rows("Alat pemadam api | sudah", 10);
        assert_eq!((rows[0].left.as_str(), rows[0].right.as_deref()), ("Alat pemadam api", Some("sudah")));
    }
}
