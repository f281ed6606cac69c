//! Pieces of ink that look like letters: how tall, how sharp, how dark, in which direction they run.

use crate::Picture;
use crate::ink::Ink;
use crate::shapes::Shape;

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
}

impl Letter {
    pub fn contrast(&self) -> f32 {
        (self.paper - self.ink).max(1.0)
    }
}

/// So many are looked at closely; a full page has about as many.
const MOST: usize = 3_000;

/// The letters among the pieces, spread over the page.
pub fn letters(picture: Picture, ink: &Ink, shapes: &[Shape]) -> Vec<Letter> {
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
    like.into_iter().step_by(step).map(|shape| look(picture, ink, shape)).collect()
}

fn look(picture: Picture, ink: &Ink, shape: &Shape) -> Letter {
    let (x0, y0) = (shape.x0.saturating_sub(3), shape.y0.saturating_sub(3));
    let (x1, y1) = ((shape.x1 + 3).min(picture.width), (shape.y1 + 3).min(picture.height));
    let (mut sum, mut count, mut darkest, mut across, mut down) = (0_u32, 0_u32, 255_u8, 1_i32, 1_i32);
    for y in y0..y1 {
        let row = picture.row(y);
        let dark = ink.dark.get(y * ink.width..).unwrap_or_default();
        for x in x0..x1 {
            let tone = row.get(x).copied().unwrap_or(0);
            if dark.get(x) == Some(&true) {
                darkest = darkest.min(tone);
            } else {
                sum += u32::from(tone);
                count += 1;
            }
            if x > 0 && x + 1 < picture.width {
                across = across.max((i32::from(picture.at(x + 1, y)) - i32::from(picture.at(x - 1, y))).abs());
            }
            if y > 0 && y + 1 < picture.height {
                down = down.max((i32::from(picture.at(x, y + 1)) - i32::from(picture.at(x, y - 1))).abs());
            }
        }
    }
    let paper = sum as f32 / count.max(1) as f32;
    // A hand that shakes blurs one direction only.
    let edge = 2.0 * (paper - f32::from(darkest)).max(1.0) / across.min(down) as f32;
    Letter { shape: *shape, paper, ink: f32::from(darkest), edge }
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

/// Fields of the compass: half a turn in steps of two degrees.
const FIELDS: usize = 90;

/// The direction in which neighbours follow each other, in degrees from -90 to 90, 0 is level, and which share of
/// them does so. Letters stand closer to each other than lines do.
pub fn direction(letters: &[Letter], tall: f32) -> (f32, f32) {
    let mut count = [0_u32; FIELDS];
    let reach = tall * 3.0;
    // Where they stand on the line.
    let mut by_x: Vec<(f32, f32)> = letters
        .iter()
        .filter(|l| l.shape.height() as f32 >= tall * 0.6 && (l.shape.height() as f32) < tall * 2.5)
        .filter(|l| (l.shape.width() as f32) < tall * 2.5)
        .map(|l| ((l.shape.x0 + l.shape.x1) as f32 / 2.0, l.shape.y1 as f32))
        .collect();
    by_x.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0;
    for (at, (x, y)) in by_x.iter().enumerate() {
        let near = |(x2, y2): &&(f32, f32)| (x2 - x).powi(2) + (y2 - y).powi(2);
        let after = by_x.iter().skip(at + 1).take_while(|other| other.0 - x <= reach);
        let before = by_x.iter().take(at).rev().take_while(|other| x - other.0 <= reach);
        let next = after.chain(before).min_by(|a, b| near(a).total_cmp(&near(b)));
        let Some((x2, y2)) = next.filter(|other| near(other) <= reach * reach) else { continue };
        let degrees = (y2 - y).atan2(x2 - x).to_degrees().rem_euclid(180.0);
        let field = (degrees / (180.0 / FIELDS as f32) + 0.5) as usize % FIELDS;
        if let Some(count) = count.get_mut(field) {
            *count += 1;
            sum += 1;
        }
    }
    // Letters have different heights: seven fields together are one direction.
    let near = |at: usize| (0..7).map(move |n| (n as f32 - 3.0, (at + FIELDS + n - 3) % FIELDS));
    let number = |at: usize| count.get(at).copied().unwrap_or(0);
    let wide = |at: usize| near(at).map(|(_, at)| number(at)).sum::<u32>();
    let best = (0..FIELDS).max_by_key(|at| wide(*at)).unwrap_or(0);
    let lean: f32 = near(best).map(|(off, at)| off * number(at) as f32).sum();
    let degrees = (best as f32 + lean / wide(best).max(1) as f32) * (180.0 / FIELDS as f32);
    (if degrees > 90.0 { degrees - 180.0 } else { degrees }, wide(best) as f32 / sum.max(1) as f32)
}
