//! The running sheet of a paper: where the next line goes, page breaks, headings, rows, the footer.
//! `paper` writes on it; `canvas` draws.

use super::canvas::{Canvas, HEIGHT, Role, Style, WIDTH, bold, plain};
use super::paper::Paper;

pub const LEFT: f32 = 64.0;
pub const TEXT: f32 = WIDTH - 2.0 * LEFT;
const TOP: f32 = 32.0;
pub const BOTTOM: f32 = HEIGHT - 56.0;
const LABEL: f32 = 150.0;
/// Height of the block with QR code and signature, and with the space above it.
pub const HIGH: f32 = 152.0;
pub const SIGNATURE: f32 = HIGH + 12.0;
const GREY: [u8; 3] = [90, 96, 104];

/// A canvas with the place where the next line goes.
pub struct Sheet {
    pub canvas: Canvas,
    pub y: f32,
    /// 1 as designed; smaller is tighter.
    pub density: f32,
    pub example: bool,
    /// Says on later pages which permit they belong to.
    pub running: String,
}

impl Sheet {
    pub fn start_page(&mut self) {
        if self.example {
            self.canvas.watermark("CONTOH");
        }
        self.y = TOP;
    }

    pub fn next_page(&mut self) {
        self.canvas.page();
        self.start_page();
        let soft = Style { ink: GREY, ..plain(9.0) };
        self.y += 12.0;
        self.canvas.text(None, LEFT, self.y, soft, &self.running);
        self.y += 6.0;
        self.canvas.fill(LEFT, self.y, TEXT, 0.4, [150, 156, 164]);
    }

    /// Goes to a new page when less than `height` is left.
    pub fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.next_page();
        }
    }

    /// The next base line.
    pub fn step(&mut self, height: f32) {
        self.room(height);
        self.y += height;
    }

    pub fn heading(&mut self, text: &str) {
        self.room(44.0);
        self.y += 20.0 * self.density;
        let node = Some(self.canvas.node(Role::Heading(2, text.to_string())));
        self.canvas.text(node, LEFT, self.y, bold(10.5), text);
        self.y += 3.0 * self.density;
    }

    pub fn paragraph(&mut self, size: f32, leading: f32, text: &str) {
        let style = plain(size * self.density);
        let node = Some(self.canvas.node(Role::Text));
        for line in self.canvas.wrap(style, TEXT, text) {
            self.step(leading * self.density);
            self.canvas.text(node, LEFT, self.y, style, &line);
        }
    }

    /// Names on the left, values on the right, a hair line below each.
    pub fn rows(&mut self, title: &str, rows: &[(String, String)]) {
        self.heading(title);
        let step = 13.5 * self.density;
        let style = plain(10.0 * self.density);
        let soft = Style { ink: GREY, ..plain(9.5 * self.density) };
        for (label, value) in rows {
            let labels = self.canvas.wrap(soft, LABEL - 14.0, label);
            let values = self.canvas.wrap(style, TEXT - LABEL, value);
            let lines = labels.len().max(values.len());
            self.room(step * lines.min(6) as f32 + 6.0);
            let label_node = Some(self.canvas.node(Role::Label));
            let value_node = Some(self.canvas.node(Role::Value));
            for i in 0..lines {
                self.step(step);
                if let Some(line) = labels.get(i) {
                    self.canvas.text(label_node, LEFT, self.y, soft, line);
                }
                if let Some(line) = values.get(i) {
                    self.canvas.text(value_node, LEFT + LABEL, self.y, style, line);
                }
            }
            self.y += 4.0 * self.density;
            self.canvas.fill(LEFT, self.y, TEXT, 0.4, [190, 196, 204]);
        }
    }

    pub fn finish(mut self, paper: &Paper) -> Canvas {
        let pages = self.canvas.page_count();
        for page in 0..pages {
            let y = HEIGHT - 32.0;
            let left = if paper.example {
                "CONTOH: kantor ini contoh dan surat ini bukan izin.".to_string()
            } else {
                format!("{} \u{2022} {}", paper.title, paper.number)
            };
            let right = format!("Halaman {} dari {pages}", page + 1);
            let soft = Style { ink: GREY, ..plain(8.0) };
            let x = LEFT + TEXT - self.canvas.width(soft, &right);
            self.canvas.at(page);
            self.canvas.fill(LEFT, y - 13.0, TEXT, 0.4, [150, 156, 164]);
            self.canvas.text(None, LEFT, y, if paper.example { bold(8.0) } else { soft }, &left);
            self.canvas.text(None, x, y, soft, &right);
        }
        self.canvas
    }
}
