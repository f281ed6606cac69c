//! From what was measured to what is wrong.

use crate::chance::{Chance, fullest, worst};
use crate::letters::Letter;
use crate::measures::{Look, Typical};
use crate::page::strip;
use crate::trees::{LIMIT, PAGE};
use crate::{Fault, Picture, Place};

/// Degrees that lines may run askew: tesseract reads up to about eight. Twice as many nobody reads.
const TURN: f32 = 8.0;
const SIDEWAYS: f32 = 16.0;
/// Share of the written part that may be burnt away.
const BURNT: f32 = 0.3;
/// Share of the letters that may be burnt away, or stand in the black, whatever the others are like.
const GONE: f32 = 0.4;
const SHADED: f32 = 0.3;
/// A picture of this mean tone shows nothing.
const NIGHT: u32 = 30;
/// Letters of fewer points in height are guessed, not read.
const POINTS: f32 = 6.0;
/// Fewer letters are no text.
const FEW: usize = 25;

/// Burnt away, in the black, or nothing there at all.
fn gone(look: &Look) -> bool {
    look.count == 0 || look.glare.gone > GONE || look.black > SHADED
}

/// Whether something is wrong whatever the trees say.
pub fn plain(look: &Look) -> bool {
    gone(look) || look.sides.missing().is_some() || look.turn.abs() > SIDEWAYS
}

/// What is wrong, the weightiest first.
pub fn faults(look: &Look, picture: Picture) -> Vec<(Fault, Place)> {
    let whole = Place { x: 0, y: 0, width: picture.width, height: picture.height };
    let unreadable = gone(look) || PAGE.score(&look.features) > LIMIT;
    if unreadable && (look.count < FEW || (look.follow < 0.4 && look.lost > 0.5)) {
        return vec![(if look.tone < NIGHT { Fault::Dark } else { Fault::Blank }, whole)];
    }
    let mut found = Vec::new();
    if let Some(side) = look.sides.missing() {
        found.push((Fault::Cropped, strip(picture, side)));
    }
    let turn = look.turn.abs();
    if turn > SIDEWAYS || (unreadable && turn > TURN) {
        found.push((Fault::Tilted, whole));
    }
    if unreadable && (look.glare.share > BURNT || look.glare.gone > GONE) {
        found.push((Fault::Glare, look.glare.place));
    }
    if look.black > SHADED {
        found.push((Fault::Dark, fullest(picture, &look.shaded)));
    }
    let place = worst(picture, &look.chances);
    if unreadable && look.tall < POINTS {
        found.push((Fault::Small, place));
    }
    if unreadable && found.is_empty() {
        let fault = reason(look);
        let place = match fault {
            Fault::Glare if look.glare.share > 0.0 => look.glare.place,
            Fault::Tilted => whole,
            _ => place,
        };
        found.push((fault, place));
    }
    found
}

/// What is farthest from the middle of good photos where letters cannot be read.
fn reason(look: &Look) -> Fault {
    let unread = |(letter, chance): (&Letter, &Chance)| (chance.read < 0.5 && chance.text > 0.3).then_some(*letter);
    let mut letters: Vec<Letter> = look.letters.iter().zip(&look.chances).filter_map(unread).collect();
    if letters.len() < 8 {
        letters.clone_from(&look.letters);
    }
    let seen = Typical::of(&letters, look.divide, look.noise);
    let glare = ((look.glare.share - 0.1) / 0.1).max((look.glare.gone - 0.1) / 0.1).max((seen.white - 1.2) / 0.8);
    let small = (2.4 - seen.tall) / 0.3;
    let blur = ((seen.edge - 0.95) / 0.15).max((seen.merged - 0.6) / 0.5).max((1.9 - seen.contrast) / 0.2);
    let dark = ((2.2 - seen.paper) / 0.5).max((seen.black - 1.2) / 0.8).max((seen.grain - 0.6) / 0.4);
    let tilted = (look.turn.abs() - 5.0) / 1.0;
    let reasons = [
        (glare, Fault::Glare),
        (small, Fault::Small),
        (dark, Fault::Dark),
        (tilted, Fault::Tilted),
        (blur, Fault::Blur),
    ];
    reasons.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).map_or(Fault::Blur, |(_, fault)| fault)
}
