//! Where the paper lies in the picture, and whether a part of it is outside.

use crate::letters::{Letter, share_of};
use crate::shapes::Shape;
use crate::tones::Sums;
use crate::{Picture, Place};

/// Fields of the longer side of the coarse picture.
const COARSE: usize = 96;

/// How much of each side of the picture is paper, in shares: left, top, right, bottom.
pub struct Sides {
    pub open: [f32; 4],
    /// From the last letter to the side, in shares of the picture.
    pub room: [f32; 4],
    /// Letters that the side cuts.
    pub cut: [usize; 4],
}

/// Looks at the four sides.
pub fn sides(picture: Picture, sums: &Sums, letters: &[Letter]) -> Sides {
    let step = picture.width.max(picture.height).div_ceil(COARSE).max(1);
    let tone = share_of(letters, 500, |l| l.paper);
    let paper = |x: usize, y: usize| {
        let end = ((x + step).min(picture.width), (y + step).min(picture.height));
        let own = sums.mean((x, y), end) as f32;
        own > tone * 0.72 && own < tone * 1.3 + 8.0
    };
    let (right, bottom) = (picture.width.saturating_sub(step), picture.height.saturating_sub(step));
    let share = |hits: usize, of: usize| hits as f32 / of.max(1) as f32;
    let down = |x: usize| share((0..=bottom).step_by(step).filter(|y| paper(x, *y)).count(), bottom / step + 1);
    let across = |y: usize| share((0..=right).step_by(step).filter(|x| paper(*x, y)).count(), right / step + 1);
    let open = [down(0), across(0), down(right), across(bottom)];
    let (width, height) = (picture.width as f32, picture.height as f32);
    // A few specks beyond the text do not count.
    let room = [
        share_of(letters, 15, |l| l.shape.x0 as f32) / width,
        share_of(letters, 15, |l| l.shape.y0 as f32) / height,
        1.0 - share_of(letters, 985, |l| l.shape.x1 as f32) / width,
        1.0 - share_of(letters, 985, |l| l.shape.y1 as f32) / height,
    ];
    let cut = |touches: &dyn Fn(&Shape) -> bool| letters.iter().filter(|l| touches(&l.shape)).count();
    let cut = [
        cut(&|s| s.x0 <= 1),
        cut(&|s| s.y0 <= 1),
        cut(&|s| s.x1 + 1 >= picture.width),
        cut(&|s| s.y1 + 1 >= picture.height),
    ];
    Sides { open, room, cut }
}

impl Sides {
    /// The side at which a part of the page is missing. Paper that lies inside at the three other sides runs on there;
    /// where it runs on at several, letters must touch the side.
    pub fn missing(&self) -> Option<usize> {
        let shut = |side: usize, most: f32| (0..4).filter(|other| *other != side && self.open[*other] < most).count();
        (0..4).filter(|side| self.open[*side] > 0.4).find(|side| {
            let alone = shut(*side, 0.1) == 3 && self.room[*side] < 0.16;
            let touches = shut(*side, 0.25) >= 1 && self.room[*side] < 0.012;
            alone || touches || self.cut[*side] >= 3
        })
    }
}

/// The strip of the picture at a side.
pub fn strip(picture: Picture, side: usize) -> Place {
    let (width, height) = (picture.width, picture.height);
    let (w, h) = (width / 4, height / 4);
    match side {
        0 => Place { x: 0, y: 0, width: w, height },
        1 => Place { x: 0, y: 0, width, height: h },
        2 => Place { x: width - w, y: 0, width: w, height },
        _ => Place { x: 0, y: height - h, width, height: h },
    }
}
