//! What each letter is like: by itself, beside its neighbours, and beside the page.

use crate::letters::Letter;
use crate::lines::field_of;

/// What is measured of a letter.
pub type Marks = [f32; MARKS.len()];

/// Names of the measures.
pub const MARKS: [&str; 39] = [
    "tall",
    "ratio",
    "fill",
    "edge",
    "edge_share",
    "shaken",
    "contrast",
    "grain",
    "paper",
    "paper_share",
    "divide",
    "whole",
    "halo",
    "tall_share",
    "stroke",
    "stroke_share",
    "crowd",
    "near_tall",
    "near_whole",
    "near_edge",
    "near_divide",
    "near_light",
    "slope",
    "bend",
    "specks",
    "blocks",
    "crumbs",
    "near_crumbs",
    "left",
    "left_share",
    "page_tall",
    "near_height",
    "ruled",
    "gap",
    "busy_across",
    "busy_down",
    "near_across",
    "near_down",
    "wide",
];

/// What is the same for all letters of a picture.
pub struct Page {
    /// Height of its letters in points.
    pub tall: f32,
    /// Its lightest paper.
    pub light: f32,
    /// Standard deviation of its grain in tones.
    pub noise: f32,
    /// The tone that parts its light from its dark.
    pub divide: f32,
    /// Degrees by which its lines run askew, and the same for each of nine fields.
    pub turn: f32,
    pub turns: [f32; 9],
    pub specks: f32,
    pub blocks: f32,
    /// Mean height of its letters, finer than whole points.
    pub mean: f32,
    /// Which part of it its largest frame or table takes.
    pub ruled: f32,
    pub width: f32,
    pub height: f32,
}

/// Letters nearer than so many heights are neighbours.
const NEAR: f32 = 2.5;

/// The marks of each letter.
pub fn marks(letters: &[Letter], page: &Page) -> Vec<Marks> {
    let reach = page.tall.max(4.0) * NEAR;
    let mut by_x: Vec<&Letter> = letters.iter().collect();
    by_x.sort_by(|a, b| a.middle().0.total_cmp(&b.middle().0));
    letters.iter().map(|letter| mark(letter, around(letter, &by_x, reach), page)).collect()
}

/// Those whose middle is near a letter's, itself among them.
fn around<'a>(letter: &Letter, by_x: &'a [&'a Letter], reach: f32) -> impl Iterator<Item = &'a &'a Letter> + use<'a> {
    let (x, y) = letter.middle();
    let first = by_x.partition_point(|other| other.middle().0 < x - reach);
    let rest = by_x.get(first..).unwrap_or_default().iter();
    rest.take_while(move |other| other.middle().0 <= x + reach)
        .filter(move |other| (other.middle().1 - y).abs() <= reach)
}

/// Where between ink and paper the picture's dividing tone lies.
fn divided(letter: &Letter, page: &Page) -> f32 {
    ((page.divide - letter.ink) / letter.contrast()).clamp(-1.0, 2.0)
}

fn mark<'a>(letter: &Letter, near: impl Iterator<Item = &'a &'a Letter>, page: &Page) -> Marks {
    let (width, height) = (letter.shape.width() as f32, letter.shape.height() as f32);
    let (mut count, mut tall, mut whole, mut edge, mut divide) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut across, mut down) = (0.0, 0.0);
    let (mut crumbs, mut high, mut gap) = (0.0, 0.0, page.tall * NEAR);
    let (mut light, mut dim) = (1.0_f32, 255.0_f32);
    for other in near {
        count += 1.0;
        tall += (other.shape.height() as f32 / height).ln().abs();
        whole += other.whole;
        edge += other.edge;
        divide += divided(other, page);
        crumbs += other.crumbs;
        across += other.busy.0;
        down += other.busy.1;
        high += other.shape.height() as f32;
        if other.shape.x0 > letter.shape.x0 && other.shape.y0 < letter.shape.y1 && letter.shape.y0 < other.shape.y1 {
            gap = gap.min((other.shape.x0 as f32 - letter.shape.x1 as f32).max(0.0));
        }
        light = light.max(other.paper);
        dim = dim.min(other.paper);
    }
    let field = field_of(letter.middle(), page.width, page.height);
    let turn = page.turns.get(field).copied().unwrap_or(page.turn);
    let count: f32 = f32::max(count, 1.0);
    [
        height.ln(),
        (width / height).ln(),
        letter.shape.area as f32 / (width * height),
        letter.edge,
        letter.edge / page.tall.max(1.0),
        letter.shaken.ln(),
        letter.contrast() / letter.paper.max(1.0),
        page.noise / letter.contrast(),
        letter.paper,
        letter.paper / page.light.max(1.0),
        divided(letter, page),
        letter.whole,
        letter.halo / letter.contrast(),
        (height / page.tall.max(1.0)).ln(),
        letter.stroke,
        letter.stroke / height,
        count,
        tall / count,
        whole / count,
        edge / count / page.tall.max(1.0),
        divide / count,
        (light / dim.max(1.0)).ln(),
        turn.abs(),
        (turn - page.turn).abs(),
        page.specks,
        page.blocks,
        letter.crumbs,
        crumbs / count,
        letter.left,
        letter.left / page.tall.max(1.0),
        page.mean.ln(),
        high / count,
        page.ruled,
        gap / page.tall.max(1.0),
        letter.busy.0 * page.mean,
        letter.busy.1 * page.mean,
        across / count * page.mean,
        down / count * page.mean,
        (width / page.mean).clamp(0.5, 8.0),
    ]
}
