//! Drawing on A4 pages: text that wraps, rules, boxes and QR codes, tagged for screen readers.
//! Marks are recorded in reading order and written at the end as PDF/A-2a and PDF/UA-1; the same marks give
//! the same bytes. `paper` and `slips` draw with it.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::Outline;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, TextDirection};
use satu_pintu_domain::date::Day;

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;

/// The paper could not be drawn. Never the citizen's fault.
#[derive(Debug)]
pub struct DrawError(String);

impl std::fmt::Display for DrawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "surat tidak dapat dibuat: {}", self.0)
    }
}
impl std::error::Error for DrawError {}

static REGULAR: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/LiberationSans-Bold.ttf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// What a piece is to somebody who hears the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// The title of the document, or of a part of it.
    Heading(u8, String),
    Text,
    /// Name of a row and its value; neighbours make a table.
    Label,
    Value,
    /// A drawing and what it says.
    Figure(String),
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub weight: Weight,
    pub size: f32,
    pub ink: [u8; 3],
}

pub const BLACK: [u8; 3] = [20, 24, 28];

pub fn plain(size: f32) -> Style {
    Style { weight: Weight::Regular, size, ink: BLACK }
}
pub fn bold(size: f32) -> Style {
    Style { weight: Weight::Bold, size, ink: BLACK }
}

enum Mark {
    Text {
        node: Option<usize>,
        x: f32,
        y: f32,
        style: Style,
        text: String,
    },
    Fill {
        node: Option<usize>,
        ink: [u8; 3],
        path: Path,
    },
    Frame {
        ink: [u8; 3],
        width: f32,
        path: Path,
    },
    /// Large, turned and pale, behind everything.
    Watermark {
        text: String,
    },
}

pub struct Canvas {
    pages: Vec<Vec<Mark>>,
    /// The page that is drawn on.
    current: usize,
    nodes: Vec<Role>,
    regular: rustybuzz::Face<'static>,
    bold: rustybuzz::Face<'static>,
}

impl Canvas {
    /// An empty first page.
    ///
    /// # Errors
    /// When the fonts inside the program cannot be read.
    pub fn new() -> Result<Canvas, DrawError> {
        let face = |data| rustybuzz::Face::from_slice(data, 0).ok_or_else(|| DrawError("huruf".into()));
        Ok(Canvas {
            pages: vec![Vec::new()],
            current: 0,
            nodes: Vec::new(),
            regular: face(REGULAR)?,
            bold: face(BOLD)?,
        })
    }

    pub fn page(&mut self) {
        self.pages.push(Vec::new());
        self.current = self.pages.len() - 1;
    }
    /// Goes back to a page, to add what is known only at the end.
    pub fn at(&mut self, page: usize) {
        self.current = page;
    }
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Begins a piece of the document; what is drawn with its number belongs to it.
    pub fn node(&mut self, role: Role) -> usize {
        self.nodes.push(role);
        self.nodes.len() - 1
    }

    fn face(&self, weight: Weight) -> &rustybuzz::Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub fn width(&self, style: Style, text: &str) -> f32 {
        let face = self.face(style.weight);
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let units: i32 = rustybuzz::shape(face, &[], buffer).glyph_positions().iter().map(|g| g.x_advance).sum();
        units as f32 / face.units_per_em() as f32 * style.size
    }

    /// Only characters the fonts have; others become a question mark, control characters a space.
    pub fn clean(&self, text: &str) -> String {
        let known = |c: char| self.regular.glyph_index(c).is_some() && self.bold.glyph_index(c).is_some();
        text.chars()
            .map(|c| match c {
                c if c.is_control() || c.is_whitespace() => ' ',
                c if known(c) => c,
                _ => '?',
            })
            .collect()
    }

    /// Lines no wider than `max`. All but the last end in a space, so that copied text keeps its words apart.
    pub fn wrap(&self, style: Style, max: f32, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in self.clean(paragraph).split_whitespace() {
                for piece in self.break_word(style, max, word) {
                    let longer = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
                    if line.is_empty() || self.width(style, &longer) <= max {
                        line = longer;
                    } else {
                        line.push(' ');
                        lines.push(std::mem::replace(&mut line, piece));
                    }
                }
            }
            lines.push(line);
        }
        lines
    }

    fn break_word(&self, style: Style, max: f32, word: &str) -> Vec<String> {
        if self.width(style, word) <= max {
            return vec![word.to_string()];
        }
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            if let Some(last) = pieces.last_mut() {
                last.push(c);
                if self.width(style, last) > max && last.chars().count() > 1 {
                    last.pop();
                    pieces.push(c.to_string());
                }
            }
        }
        pieces
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.get_mut(self.current) {
            page.push(mark);
        }
    }

    /// One line with its base line at `y` from the top; `node` `None` for what a reader may skip.
    pub fn text(&mut self, node: Option<usize>, x: f32, y: f32, style: Style, text: &str) {
        let text = self.clean(text);
        if !text.trim().is_empty() {
            self.mark(Mark::Text { node, x, y, style, text });
        }
    }

    pub fn centred(&mut self, node: Option<usize>, y: f32, style: Style, text: &str) {
        let x = (WIDTH - self.width(style, text.trim_end())) / 2.0;
        self.text(node, x, y, style, text);
    }

    /// A filled rectangle without meaning of its own: a rule or a ground.
    pub fn fill(&mut self, x: f32, y: f32, w: f32, h: f32, ink: [u8; 3]) {
        if let Some(path) = rectangle(x, y, w, h) {
            self.mark(Mark::Fill { node: None, ink, path });
        }
    }

    pub fn frame(&mut self, x: f32, y: f32, w: f32, h: f32, width: f32, ink: [u8; 3]) {
        if let Some(path) = rectangle(x, y, w, h) {
            self.mark(Mark::Frame { ink, width, path });
        }
    }

    pub fn watermark(&mut self, text: &str) {
        let text = self.clean(text);
        self.mark(Mark::Watermark { text });
    }

    /// A QR code without its quiet zone; the caller leaves four modules of white around it.
    ///
    /// # Errors
    /// When the text is too long for a QR code.
    pub fn qr(&mut self, x: f32, y: f32, size: f32, content: &str, says: &str) -> Result<(), DrawError> {
        let code = qrcodegen::QrCode::encode_text(content, qrcodegen::QrCodeEcc::Medium)
            .map_err(|_| DrawError("alamat QR terlalu panjang".into()))?;
        let cell = size / code.size() as f32;
        let mut path = PathBuilder::new();
        for row in 0..code.size() {
            let mut col = 0;
            while col < code.size() {
                let from = col;
                while col < code.size() && code.get_module(col, row) {
                    col += 1;
                }
                if col > from {
                    let at = |n: i32| n as f32 * cell;
                    if let Some(r) = Rect::from_xywh(x + at(from), y + at(row), at(col - from), cell) {
                        path.push_rect(r);
                    }
                }
                col += 1;
            }
        }
        let node = self.node(Role::Figure(says.to_string()));
        if let Some(path) = path.finish() {
            self.mark(Mark::Fill { node: Some(node), ink: [0, 0, 0], path });
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the PDF library refuses what was drawn.
    pub fn finish(self, title: &str, author: &str, on: Day, keywords: &[&str]) -> Result<Vec<u8>, DrawError> {
        let fail = |e: &dyn std::fmt::Debug| DrawError(format!("{e:?}"));
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|e| fail(&e))?;
        let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let fonts = (
            Font::new(REGULAR.into(), 0).ok_or_else(|| fail(&"huruf"))?,
            Font::new(BOLD.into(), 0).ok_or_else(|| fail(&"huruf"))?,
        );
        let mut parts: Vec<Vec<Identifier>> = vec![Vec::new(); self.nodes.len()];
        for marks in &self.pages {
            let mut page =
                document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| fail(&"halaman"))?);
            let mut surface = page.surface();
            for mark in marks {
                if let Some((node, id)) = draw(&mut surface, &fonts, mark)
                    && let Some(part) = parts.get_mut(node)
                {
                    part.push(id);
                }
            }
            surface.finish();
            page.finish();
        }
        document.set_tag_tree(super::tags::tree(&self.nodes, parts));
        document.set_outline(Outline::new());
        let date = DateTime::new(on.year().clamp(1, 9999) as u16).month(on.0.month().into()).day(on.0.day());
        document.set_metadata(
            Metadata::new()
                .title(title.to_string())
                .authors(vec![author.to_string()])
                .keywords(keywords.iter().map(|word| (*word).to_string()).collect())
                .creator("Satu Pintu".to_string())
                .language("id".to_string())
                .creation_date(date),
        );
        document.finish().map_err(|e| fail(&e))
    }
}

fn rectangle(x: f32, y: f32, w: f32, h: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, w, h)?);
    path.finish()
}

fn fill(ink: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(ink[0], ink[1], ink[2]).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

/// Draws one mark; returns the node it belongs to.
fn draw(surface: &mut Surface<'_>, fonts: &(Font, Font), mark: &Mark) -> Option<(usize, Identifier)> {
    let font = |weight| match weight {
        Weight::Regular => fonts.0.clone(),
        Weight::Bold => fonts.1.clone(),
    };
    let (node, skipped) = match mark {
        Mark::Text { node, .. } => (*node, ArtifactType::PaginationOther),
        Mark::Fill { node, .. } => (*node, ArtifactType::Layout),
        Mark::Frame { .. } => (None, ArtifactType::Layout),
        Mark::Watermark { .. } => (None, ArtifactType::Watermark),
    };
    let tag = match (node, mark) {
        (None, _) => ContentTag::Artifact(Artifact::with_kind(skipped)),
        (Some(_), Mark::Text { .. }) => ContentTag::Span(SpanTag::empty()),
        (Some(_), _) => ContentTag::Other,
    };
    let id = surface.start_tagged(tag);
    match mark {
        Mark::Text { x, y, style, text, .. } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(style.ink)));
            let at = Point::from_xy(*x, *y);
            surface.draw_text(at, font(style.weight), style.size, text, false, TextDirection::LeftToRight);
        }
        Mark::Fill { ink, path, .. } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            surface.draw_path(path);
        }
        Mark::Frame { ink, width, path } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb::Color::new(ink[0], ink[1], ink[2]).into(),
                width: *width,
                ..Default::default()
            }));
            surface.draw_path(path);
        }
        Mark::Watermark { text } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill([238, 240, 243])));
            surface.push_transform(&Transform::from_rotate_at(-52.0, WIDTH / 2.0, HEIGHT / 2.0));
            let at = Point::from_xy(WIDTH / 2.0 - 330.0, HEIGHT / 2.0 + 55.0);
            surface.draw_text(at, font(Weight::Bold), 150.0, text, false, TextDirection::LeftToRight);
            surface.pop();
        }
    }
    surface.end_tagged();
    node.map(|n| (n, id))
}
