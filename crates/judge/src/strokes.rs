//! How a letter's strokes fare when all of the picture is divided into black and white at one tone, as OCR does it.

use crate::Picture;
use crate::ink::Ink;
use crate::shapes::Shape;

/// Counts of points, and of stretches of them within a row.
#[derive(Default)]
pub struct Strokes {
    /// Ink by what lies around it.
    pub ink: u32,
    pub runs: u32,
    /// Black after the division.
    pub left: u32,
    pub crumbs: u32,
    /// Points that are both, and points that are one of them.
    pub both: u32,
    pub either: u32,
}

impl Strokes {
    /// Within a rectangle; `raw` is the picture with its grain.
    pub fn of(raw: Picture, divide: u8, ink: &Ink, around: &Shape) -> Strokes {
        let mut strokes = Strokes::default();
        for y in around.y0..around.y1 {
            let (tones, dark) = (raw.row(y).get(around.x0..around.x1), ink.row(y).get(around.x0..around.x1));
            let (mut was_ink, mut was_black) = (false, false);
            for (tone, ink) in tones.unwrap_or_default().iter().zip(dark.unwrap_or_default()) {
                let black = *tone <= divide;
                strokes.ink += u32::from(*ink);
                strokes.runs += u32::from(*ink && !was_ink);
                strokes.left += u32::from(black);
                strokes.crumbs += u32::from(black && !was_black);
                strokes.both += u32::from(*ink && black);
                strokes.either += u32::from(*ink || black);
                (was_ink, was_black) = (*ink, black);
            }
        }
        strokes
    }
}
