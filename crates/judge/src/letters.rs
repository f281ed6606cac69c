//! Pieces of ink that look like letters: how tall, how sharp, how dark.

use crate::Picture;
use crate::edges::Edges;
use crate::ink::Ink;
use crate::shapes::Shape;
use crate::strokes::Strokes;

/// One letter, or several that run into each other.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    pub shape: Shape,
    /// Mean tone of the paper around it.
    pub paper: f32,
    /// Darkest tone of it.
    pub ink: f32,
    /// Width of its edge in points, from paper to ink at its steepest: across or down, where it is wider.
    pub edge: f32,
    /// How much wider than the other it is there.
    pub shaken: f32,
    /// Width of its strokes in points.
    pub stroke: f32,
    /// How much tones go up and down across it and down it, in parts of its contrast for each point.
    pub busy: (f32, f32),
    /// How much the paper around it differs from itself, in tones.
    pub halo: f32,
    /// Strokes that one tone for all of the picture leaves, for each that it has, and how wide they are.
    pub crumbs: f32,
    pub left: f32,
    /// Which share of its ink is left as it is when all of the picture is divided at one tone.
    pub whole: f32,
}

impl Letter {
    pub fn contrast(&self) -> f32 {
        (self.paper - self.ink).max(1.0)
    }
    pub fn middle(&self) -> (f32, f32) {
        ((self.shape.x0 + self.shape.x1) as f32 / 2.0, (self.shape.y0 + self.shape.y1) as f32 / 2.0)
    }
}

/// So many are looked at closely; a full page has about as many.
const MOST: usize = 3_000;

/// The letters among the pieces, spread over the page. `raw` is the picture with its grain, `divide` the tone that
/// parts its light from its dark.
pub fn letters(picture: Picture, raw: Picture, divide: u8, ink: &Ink, shapes: &[Shape]) -> Vec<Letter> {
    let like = |shape: &&Shape| {
        let (width, height) = (shape.width(), shape.height());
        let share = shape.area as usize * 100 / (width * height);
        shape.area >= 10
            && height >= 4
            && height <= picture.height / 8
            && width <= picture.width / 3
            && width <= height * 25
            && height <= width * 12
            && share >= 8
    };
    let like: Vec<&Shape> = shapes.iter().filter(like).collect();
    let step = like.len().div_ceil(MOST).max(1);
    like.into_iter().step_by(step).map(|shape| look(picture, raw, divide, ink, shape)).collect()
}

fn look(picture: Picture, raw: Picture, divide: u8, ink: &Ink, shape: &Shape) -> Letter {
    let (x0, y0) = (shape.x0.saturating_sub(3), shape.y0.saturating_sub(3));
    let (x1, y1) = ((shape.x1 + 3).min(picture.width), (shape.y1 + 3).min(picture.height));
    let around = Shape { x0, y0, x1, y1, ..*shape };
    let (mut sum, mut squares, mut count, mut darkest) = (0_u32, 0_u64, 0_u32, 255_u8);
    for y in y0..y1 {
        let (tones, dark) = (picture.row(y).get(x0..x1), ink.row(y).get(x0..x1));
        for (tone, dark) in tones.unwrap_or_default().iter().zip(dark.unwrap_or_default()) {
            if *dark {
                darkest = darkest.min(*tone);
            } else {
                sum += u32::from(*tone);
                squares += u64::from(*tone) * u64::from(*tone);
                count += 1;
            }
        }
    }
    let paper = sum as f32 / count.max(1) as f32;
    let spread = squares as f32 / count.max(1) as f32 - paper * paper;
    let contrast = (paper - f32::from(darkest)).max(1.0);
    let points = contrast * (shape.width() * shape.height()) as f32;
    let edges = Edges::of(picture, shape, &around);
    let strokes = Strokes::of(raw, divide, ink, &around);
    Letter {
        shape: *shape,
        paper,
        ink: f32::from(darkest),
        // A hand that shakes blurs one direction only.
        edge: 2.0 * contrast / f32::from(edges.across.min(edges.down)),
        shaken: f32::from(edges.across.max(edges.down)) / f32::from(edges.across.min(edges.down)),
        stroke: strokes.ink as f32 / strokes.runs.max(1) as f32,
        busy: (edges.ups_across as f32 / points, edges.ups_down as f32 / points),
        halo: spread.max(0.0).sqrt(),
        crumbs: ((strokes.crumbs + 1) as f32 / (strokes.runs + 1) as f32).ln(),
        left: strokes.left as f32 / strokes.crumbs.max(1) as f32,
        whole: strokes.both as f32 / strokes.either.max(1) as f32,
    }
}

/// The middle value of what is asked of each, `share` thousandths from the least.
pub fn share_of(letters: &[Letter], share: usize, of: impl Fn(&Letter) -> f32) -> f32 {
    let mut all: Vec<f32> = letters.iter().map(of).collect();
    if all.is_empty() {
        return 0.0;
    }
    let at = (all.len() * share / 1_000).min(all.len() - 1);
    *all.select_nth_unstable_by(at, f32::total_cmp).1
}
