//! How steeply tones go up and down at a letter.

use crate::Picture;
use crate::shapes::Shape;

/// Differences of tones.
pub struct Edges {
    /// The steepest, between points next but one to each other.
    pub across: u8,
    pub down: u8,
    /// The sum of all within the letter, between neighbours.
    pub ups_across: u32,
    pub ups_down: u32,
}

impl Edges {
    pub fn of(picture: Picture, shape: &Shape, around: &Shape) -> Edges {
        let mut edges = Edges { across: 1, down: 1, ups_across: 0, ups_down: 0 };
        for y in around.y0..around.y1 {
            let row = picture.row(y);
            let above = if y == 0 { row } else { picture.row(y - 1) };
            let beneath = if y + 1 == picture.height { row } else { picture.row(y + 1) };
            let within = (shape.y0..=shape.y1).contains(&y);
            for x in around.x0..around.x1 {
                let tone = row.get(x).copied().unwrap_or(0);
                let before = row.get(x.wrapping_sub(1)).copied().unwrap_or(tone);
                let over = above.get(x).copied().unwrap_or(tone);
                edges.across = edges.across.max(row.get(x + 1).map_or(0, |after| after.abs_diff(before)));
                edges.down = edges.down.max(beneath.get(x).map_or(0, |under| under.abs_diff(over)));
                if within && (shape.x0..=shape.x1).contains(&x) {
                    edges.ups_across += u32::from(tone.abs_diff(before));
                    edges.ups_down += u32::from(tone.abs_diff(over));
                }
            }
        }
        edges
    }
}
