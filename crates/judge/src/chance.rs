//! How likely it is that each letter can be read, and what follows for the page and its parts.

use crate::letters::Letter;
use crate::marks::Marks;
use crate::trees::{READ, TEXT};
use crate::{Picture, Place};

/// A letter's place, how likely it is one at all, and how likely its word is read.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    pub x: f32,
    pub y: f32,
    pub text: f32,
    pub read: f32,
}

impl Chance {
    pub fn of((x, y): (f32, f32), marks: &Marks) -> Chance {
        Chance { x, y, text: TEXT.chance(marks), read: READ.chance(marks) }
    }

    /// How likely it is a letter that cannot be read.
    pub fn lost(&self) -> f32 {
        self.text * (1.0 - self.read)
    }
}

/// Names of what is summed up.
pub const SUMS: [&str; 9] =
    ["read", "unread", "well_read", "worst_part", "low_part", "unread_parts", "text", "text_share", "spread"];

/// A page in so many parts each way.
const PARTS: usize = 4;

/// What the letters' chances say of the page, each letter as much as it is likely to be one.
pub fn sums(picture: (usize, usize), chances: &[Chance]) -> [f32; SUMS.len()] {
    let of = |value: &dyn Fn(&Chance) -> f32| chances.iter().map(|c| c.text * value(c)).sum::<f32>();
    let all = of(&|_| 1.0) + 1e-6;
    let read = of(&|c| c.read) / all;
    let share = |wanted: &dyn Fn(f32) -> bool| of(&|c| f32::from(u8::from(wanted(c.read)))) / all;
    let (unread, well_read) = (share(&|read| read < 0.5), share(&|read| read > 0.8));
    let spread = (of(&|c| c.read * c.read) / all - read * read).max(0.0).sqrt();
    let mut parts = [(0.0, 0.0); PARTS * PARTS];
    for chance in chances {
        if let Some((text, read)) = parts.get_mut(part(picture, (chance.x, chance.y))) {
            *text += chance.text;
            *read += chance.text * chance.read;
        }
    }
    // A part with hardly a letter says nothing.
    let full = parts.iter().filter(|(text, _)| *text > 0.03 * all);
    let mut means: Vec<f32> = full.map(|(text, read)| read / text).collect();
    means.sort_by(f32::total_cmp);
    let mean = |at: usize| means.get(at).copied().unwrap_or(0.0);
    let unread_parts = means.iter().filter(|mean| **mean < 0.5).count() as f32 / means.len().max(1) as f32;
    let text = (1.0 + all).ln();
    let text_share = all / chances.len().max(1) as f32;
    [read, unread, well_read, mean(0), mean(means.len() / 4), unread_parts, text, text_share, spread]
}

fn part((width, height): (usize, usize), (x, y): (f32, f32)) -> usize {
    let at = |place: f32, side: usize| ((place * PARTS as f32 / side as f32) as usize).min(PARTS - 1);
    at(y, height) * PARTS + at(x, width)
}

/// The part of the picture in which most is lost.
pub fn worst(picture: Picture, chances: &[Chance]) -> Place {
    heaviest(picture, chances.iter().map(|chance| ((chance.x, chance.y), chance.lost())))
}

/// The part of the picture with most of some letters.
pub fn fullest(picture: Picture, letters: &[Letter]) -> Place {
    heaviest(picture, letters.iter().map(|letter| (letter.middle(), 1.0)))
}

fn heaviest(picture: Picture, weights: impl Iterator<Item = ((f32, f32), f32)>) -> Place {
    let (width, height) = ((picture.width / PARTS).max(1), (picture.height / PARTS).max(1));
    let mut parts = [0.0; PARTS * PARTS];
    for (middle, weight) in weights {
        if let Some(sum) = parts.get_mut(part((picture.width, picture.height), middle)) {
            *sum += weight;
        }
    }
    let most = parts.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at);
    Place { x: most % PARTS * width, y: most / PARTS * height, width, height }
}
