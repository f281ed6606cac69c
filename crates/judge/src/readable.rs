//! From what was measured to what is wrong.

use crate::glare::{Glare, glare};
use crate::ink::{Ink, smooth};
use crate::letters::{Letter, direction, letters, share_of};
use crate::page::{Sides, sides, strip};
use crate::shapes::shapes;
use crate::tones::{Sums, Tones, noise};
use crate::trees::{Side, TREES};
use crate::{Fault, Picture, Place};

/// What is measured, each around 0 to 5.
pub type Features = [f32; FEATURES.len()];

/// Names of the measures.
pub const FEATURES: [&str; 16] = [
    "tall",
    "edge",
    "worst_edge",
    "contrast",
    "weak",
    "grain",
    "specks",
    "merged",
    "paper",
    "global",
    "turn",
    "follow",
    "glare",
    "uneven",
    "twist",
    "count",
];

pub struct Look {
    pub features: Features,
    letters: Vec<Letter>,
    sides: Sides,
    glare: Glare,
    /// Degrees by which lines run askew.
    turn: f32,
    /// Height of a letter in points.
    tall: f32,
    /// Mean of the whole picture.
    tone: u32,
}

/// How much darker than its paper a letter is, as a share.
fn share(letter: &Letter) -> f32 {
    letter.contrast() / letter.paper.max(1.0)
}

/// Measures a picture.
pub fn look(picture: Picture) -> Look {
    let noise = noise(picture);
    let sums = Sums::of(picture);
    let calm;
    // Coarse grain is taken off before letters are looked for.
    let seen = if noise > 5.0 {
        calm = smooth(picture, &sums);
        Picture { grey: &calm, ..picture }
    } else {
        picture
    };
    let ink = Ink::of(seen, &sums, if noise > 5.0 { noise / 3.0 } else { noise });
    let shapes = shapes(seen, &ink);
    let all = letters(seen, &ink, &shapes);
    let small = shapes.iter().filter(|s| s.area >= 2).count();
    // Grain of the table is fainter than ink.
    let ink_share = share_of(&all, 850, share) * 0.5;
    let all: Vec<Letter> = all.into_iter().filter(|l| share(l) >= ink_share).collect();
    let (light, dim) = (share_of(&all, 950, |l| l.paper), share_of(&all, 50, |l| l.paper));
    // Nor is what lies on a dark table beside the paper.
    let paper_least = share_of(&all, 700, |l| l.paper) * 0.45;
    let all: Vec<Letter> = all.into_iter().filter(|l| l.paper >= paper_least).collect();
    let tall = share_of(&all, 500, |l| l.shape.height() as f32);
    let letters: Vec<Letter> = all.iter().copied().filter(|l| (l.shape.height() as f32) > tall * 0.5).collect();
    let contrast = share_of(&letters, 500, Letter::contrast);
    let (turn, follow) = direction(&letters, tall);
    let edge = share_of(&letters, 500, |l| l.edge);
    let paper = share_of(&letters, 500, |l| l.paper);
    let divide = f32::from(Tones::of(seen).divide());
    let lost = letters.iter().filter(|l| l.paper < divide + l.contrast() * 0.15 || l.ink > divide).count();
    let merged = letters.iter().filter(|l| l.shape.width() > 3 * l.shape.height()).count();
    let part = |n: usize| n as f32 / letters.len().max(1) as f32;
    let glare = glare(picture, &sums, &letters);
    let log = |value: f32| (1.0 + value.max(0.0)).ln();
    let halves = |right: bool| {
        let of = |l: &&Letter| (l.shape.x0 * 2 > picture.width) == right;
        let half: Vec<Letter> = letters.iter().filter(of).copied().collect();
        if half.len() < 20 { turn } else { direction(&half, tall).0 }
    };
    let features = [
        log(tall),
        log(edge * 10.0 / tall.max(1.0)),
        log(share_of(&letters, 800, |l| l.edge) * 10.0 / tall.max(1.0)),
        log(contrast * 10.0 / paper.max(1.0)),
        log(share_of(&letters, 150, Letter::contrast) * 10.0 / paper.max(1.0)),
        log(noise * 20.0 / contrast.max(1.0)),
        log(small as f32 / letters.len().max(1) as f32),
        part(merged) * 5.0,
        log(paper / 10.0),
        part(lost) * 5.0,
        turn.abs().min(45.0) / 10.0,
        follow * 3.0,
        glare.share * 10.0,
        log(light * 3.0 / dim.max(1.0)),
        (halves(true) - halves(false)).abs().min(30.0) / 5.0,
        log(letters.len() as f32 / 10.0),
    ];
    let sides = sides(picture, &sums, &letters);
    let tone = sums.mean((0, 0), (picture.width, picture.height));
    Look { features, letters, sides, glare, turn, tall, tone }
}

/// Above this a photo counts as unreadable.
const LIMIT: f32 = 0.0;
/// Degrees that lines may run askew: tesseract reads up to about eight.
const TURN: f32 = 8.0;
/// Share of the written part that may be burnt away.
const BURNT: f32 = 0.3;
/// A picture of this mean tone shows nothing.
const NIGHT: u32 = 30;
/// Letters of fewer points in height are guessed, not read.
const POINTS: f32 = 6.0;
/// Fewer letters are no text.
const FEW: usize = 25;

/// What is wrong, the weightiest first.
pub fn faults(look: &Look, picture: Picture) -> Vec<(Fault, Place)> {
    let whole = Place { x: 0, y: 0, width: picture.width, height: picture.height };
    let score: f32 = TREES
        .iter()
        .map(|(feature, at, low, high)| value(look, if look.value(*feature) < *at { low } else { high }))
        .sum();
    let unreadable = score > LIMIT || look.letters.is_empty();
    let [tall, edge, _, contrast, _, grain, _, merged, paper, global, _, follow, ..] = look.features;
    if unreadable && (look.letters.len() < FEW || (follow < 1.2 && global > 2.5)) {
        return vec![(if look.tone < NIGHT { Fault::Dark } else { Fault::Blank }, whole)];
    }
    let mut found = Vec::new();
    if let Some(side) = look.sides.missing() {
        found.push((Fault::Cropped, strip(picture, side)));
    }
    if look.turn.abs() > TURN {
        found.push((Fault::Tilted, whole));
    }
    if look.glare.share > BURNT {
        found.push((Fault::Glare, look.glare.place));
    }
    if look.tall < POINTS && !look.letters.is_empty() {
        found.push((Fault::Small, look.densest(picture)));
    }
    if unreadable && found.is_empty() {
        // What is farthest from the middle of good photos is said.
        let glare = (look.glare.share - 0.1) / 0.1;
        let small = (2.4 - tall) / 0.3;
        let blur = ((edge - 0.95) / 0.15).max((merged - 0.6) / 0.5).max((1.9 - contrast) / 0.2);
        let dark = ((2.2 - paper) / 0.5).max((global - 1.2) / 0.8).max((grain - 0.6) / 0.4);
        let reasons = [(glare, Fault::Glare), (small, Fault::Small), (dark, Fault::Dark), (blur, Fault::Blur)];
        let worst = reasons.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).map_or(Fault::Blur, |(_, fault)| fault);
        let place = if worst == Fault::Glare { look.glare.place } else { look.densest(picture) };
        found.push((worst, place));
    }
    found
}

fn value(look: &Look, (feature, at, low, high): &Side) -> f32 {
    if look.value(*feature) < *at { *low } else { *high }
}

impl Look {
    fn value(&self, feature: usize) -> f32 {
        self.features.get(feature).copied().unwrap_or(0.0)
    }

    /// The part of the picture, a quarter wide and high, with the most letters.
    fn densest(&self, picture: Picture) -> Place {
        let (width, height) = ((picture.width / 4).max(1), (picture.height / 4).max(1));
        let mut count = [0; 16];
        for letter in &self.letters {
            let (column, row) = ((letter.shape.x0 / width).min(3), (letter.shape.y0 / height).min(3));
            count[row * 4 + column] += 1;
        }
        let best = (0..16).max_by_key(|at| count[*at]).unwrap_or(5);
        Place { x: best % 4 * width, y: best / 4 * height, width, height }
    }
}
