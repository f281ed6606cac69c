//! What is measured of a picture, letter by letter and as a whole.

use crate::Picture;
use crate::chance::{Chance, SUMS, sums};
use crate::glare::{Glare, glare};
use crate::ink::{Ink, smooth};
use crate::letters::{Letter, letters, share_of};
use crate::lines::{direction, level, turns};
use crate::marks::{Marks, Page, marks};
use crate::page::{Sides, sides};
use crate::shapes::shapes;
use crate::tones::{Sums, Tones, blocks, noise};

/// What the page's trees go by: measures of the whole, then [`SUMS`] of its letters.
pub type Features = [f32; WHOLE.len() + SUMS.len()];

/// Names of the measures of the whole, each around 0 to 5.
pub const WHOLE: [&str; 18] = [
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
    "gone",
    "blocks",
];

pub struct Look {
    pub features: Features,
    /// All that looks like letters, and in the same order their marks and chances.
    pub letters: Vec<Letter>,
    pub marks: Vec<Marks>,
    pub chances: Vec<Chance>,
    pub sides: Sides,
    pub glare: Glare,
    /// Letters as strong as the others on paper that is much darker, and which share of all they are.
    pub shaded: Vec<Letter>,
    pub black: f32,
    /// How many letters the page has.
    pub count: usize,
    /// Degrees by which lines run askew.
    pub turn: f32,
    /// Which share of the letters follows that.
    pub follow: f32,
    /// Height of a letter in points.
    pub tall: f32,
    /// Which share of the letters one tone for all of the picture does not leave.
    pub lost: f32,
    /// Mean of the whole picture.
    pub tone: u32,
    /// The tone that parts its light from its dark.
    pub divide: f32,
    /// Standard deviation of its grain in tones.
    pub noise: f32,
}

/// What most of some letters are like, each around 0 to 5.
pub struct Typical {
    pub tall: f32,
    pub edge: f32,
    pub contrast: f32,
    pub grain: f32,
    pub merged: f32,
    pub paper: f32,
    /// Which share of them is black or white once all of the picture is divided at one tone.
    pub black: f32,
    pub white: f32,
}

fn log(value: f32) -> f32 {
    (1.0 + value.max(0.0)).ln()
}

impl Typical {
    pub fn of(letters: &[Letter], divide: f32, noise: f32) -> Typical {
        let middle = |of: &dyn Fn(&Letter) -> f32| share_of(letters, 500, of);
        let share = |is: &dyn Fn(&Letter) -> bool| {
            letters.iter().filter(|l| is(l)).count() as f32 / letters.len().max(1) as f32 * 5.0
        };
        let tall = middle(&|l| l.shape.height() as f32);
        let (contrast, paper) = (middle(&Letter::contrast), middle(&|l| l.paper));
        Typical {
            tall: log(tall),
            edge: log(middle(&|l| l.edge) * 10.0 / tall.max(1.0)),
            contrast: log(contrast * 10.0 / paper.max(1.0)),
            grain: log(noise * 20.0 / contrast.max(1.0)),
            merged: share(&|l| l.shape.width() > 3 * l.shape.height()),
            paper: log(paper / 10.0),
            black: share(&|l| l.paper < divide + l.contrast() * 0.15),
            white: share(&|l| l.paper >= divide + l.contrast() * 0.15 && l.ink > divide),
        }
    }
}

/// How much darker than its paper a letter is, as a share.
fn share(letter: &Letter) -> f32 {
    letter.contrast() / letter.paper.max(1.0)
}

/// Measures a picture.
pub fn look(picture: Picture) -> Look {
    let noise = noise(picture);
    let sums_of = Sums::of(picture);
    let calm;
    // Coarse grain is taken off before letters are looked for.
    let seen = if noise > 5.0 {
        calm = smooth(picture, &sums_of);
        Picture { grey: &calm, ..picture }
    } else {
        picture
    };
    let ink = Ink::of(seen, &sums_of, if noise > 5.0 { noise / 3.0 } else { noise });
    let shapes = shapes(seen, &ink);
    let raw = Tones::of(picture).divide();
    let every = letters(seen, picture, raw, &ink, &shapes);
    let small = shapes.iter().filter(|s| s.area >= 2).count();
    // Grain of the table is fainter than ink.
    let ink_share = share_of(&every, 850, share) * 0.5;
    let all: Vec<Letter> = every.iter().copied().filter(|l| share(l) >= ink_share).collect();
    let (light, dim) = (share_of(&all, 950, |l| l.paper), share_of(&all, 50, |l| l.paper));
    // Nor is what lies on a dark table beside the paper, unless much of it looks like letters: then they are in shadow.
    let paper_least = share_of(&all, 700, |l| l.paper) * 0.45;
    let (all, dark): (Vec<Letter>, Vec<Letter>) = all.into_iter().partition(|l| l.paper >= paper_least);
    let tall = share_of(&all, 500, |l| l.shape.height() as f32);
    let alike = |l: &&Letter| (tall * 0.6..tall * 2.5).contains(&(l.shape.height() as f32));
    let shaded: Vec<Letter> = dark.iter().filter(alike).copied().collect();
    let black = shaded.len() as f32 / (shaded.len() + all.iter().filter(alike).count()).max(1) as f32;
    let own: Vec<Letter> = all.iter().copied().filter(|l| (l.shape.height() as f32) > tall * 0.5).collect();
    let (turn, follow) = direction(&own, tall);
    let divide = f32::from(Tones::of(seen).divide());
    let typical = Typical::of(&own, divide, noise);
    let glare = glare(picture, &sums_of, &own);
    let halves = |right: bool| {
        let of = |l: &&Letter| (l.shape.x0 * 2 > picture.width) == right;
        let half: Vec<Letter> = own.iter().filter(of).copied().collect();
        if half.len() < 20 { turn } else { direction(&half, tall).0 }
    };
    let specks = log(small as f32 / own.len().max(1) as f32);
    let blocks = blocks(picture);
    let exact = level(&own, tall, turn);
    let page = Page {
        tall,
        light,
        noise,
        divide: f32::from(raw),
        turn: exact,
        turns: turns(picture, &own, tall, exact),
        specks,
        blocks,
        mean: height(&own),
        ruled: ruled(picture, &shapes),
        width: picture.width as f32,
        height: picture.height as f32,
    };
    let marks = marks(&every, &page);
    let chances: Vec<Chance> = every.iter().zip(&marks).map(|(l, marks)| Chance::of(l.middle(), marks)).collect();
    let whole: [f32; WHOLE.len()] = [
        typical.tall,
        typical.edge,
        log(share_of(&own, 800, |l| l.edge) * 10.0 / tall.max(1.0)),
        typical.contrast,
        log(share_of(&own, 150, Letter::contrast) * 10.0 / share_of(&own, 500, |l| l.paper).max(1.0)),
        typical.grain,
        specks,
        typical.merged,
        typical.paper,
        typical.black + typical.white,
        turn.abs().min(45.0) / 10.0,
        follow * 3.0,
        glare.share * 10.0,
        log(light * 3.0 / dim.max(1.0)),
        (halves(true) - halves(false)).abs().min(30.0) / 5.0,
        log(own.len() as f32 / 10.0),
        glare.gone,
        blocks,
    ];
    let mut features = [0.0; WHOLE.len() + SUMS.len()];
    let values = whole.into_iter().chain(sums((picture.width, picture.height), &chances));
    features.iter_mut().zip(values).for_each(|(feature, value)| *feature = value);
    let sides = sides(picture, &sums_of, &own);
    let tone = sums_of.mean((0, 0), (picture.width, picture.height));
    let lost = (typical.black + typical.white) / 5.0;
    let count = own.len();
    Look {
        features,
        letters: every,
        marks,
        chances,
        sides,
        glare,
        shaded,
        black,
        count,
        turn,
        follow,
        tall,
        lost,
        tone,
        divide,
        noise,
    }
}

/// Mean height of letters that are neither tall nor small, finer than in whole points.
fn height(letters: &[Letter]) -> f32 {
    let tall = |l: &Letter| l.shape.height() as f32;
    let (from, to) = (share_of(letters, 250, tall), share_of(letters, 750, tall));
    let usual = || letters.iter().map(tall).filter(|tall| (from..=to).contains(tall));
    (usual().sum::<f32>() / usual().count().max(1) as f32).max(1.0)
}

/// Which share of the picture its largest frame or ruled table takes.
fn ruled(picture: Picture, shapes: &[crate::shapes::Shape]) -> f32 {
    let within = |s: &crate::shapes::Shape| s.width() * s.height();
    let hollow = shapes.iter().filter(|s| s.area as usize * 5 < within(s)).map(within).max();
    hollow.unwrap_or(0) as f32 / (picture.width * picture.height) as f32
}
