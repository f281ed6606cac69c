//! Light that has burnt a part of the page away.

use crate::letters::{Letter, share_of};
use crate::tones::Sums;
use crate::{Picture, Place};

/// Points of a tile's side.
const TILE: usize = 16;

/// How much of the written part is burnt, and around what.
pub struct Glare {
    pub share: f32,
    /// Which share of the letters must have stood there.
    pub gone: f32,
    pub place: Place,
}

/// Compares the lightest tiles with the paper around letters.
pub fn glare(picture: Picture, sums: &Sums, letters: &[Letter]) -> Glare {
    let whole = Place { x: 0, y: 0, width: picture.width, height: picture.height };
    let Some(hull) = hull(letters) else { return Glare { share: 0.0, gone: 0.0, place: whole } };
    let paper = share_of(letters, 300, |l| l.paper);
    let mut bands = vec![Band::default(); hull.height.div_ceil(TILE).max(1)];
    let (mut from, mut to) = ((usize::MAX, usize::MAX), (0, 0));
    // A page that is white all over, as a scanner makes it, has none.
    let white = (paper + 12.0).max(246.0);
    for (y, band) in (hull.y..hull.y + hull.height).step_by(TILE).zip(&mut bands) {
        for x in (hull.x..hull.x + hull.width).step_by(TILE) {
            let end = ((x + TILE).min(picture.width), (y + TILE).min(picture.height));
            if sums.mean((x, y), end) as f32 >= white {
                band.burnt += 1.0;
                from = (from.0.min(x), from.1.min(y));
                to = (to.0.max(end.0), to.1.max(end.1));
            } else {
                band.clear += 1.0;
            }
        }
    }
    for letter in letters {
        let band = (letter.middle().1 as usize).checked_sub(hull.y).and_then(|y| bands.get_mut(y / TILE));
        if let Some(band) = band {
            band.letters += 1.0;
        }
    }
    let of = |value: &dyn Fn(&Band) -> f32| bands.iter().map(value).sum::<f32>();
    let (burnt, clear, found) = (of(&|b| b.burnt), of(&|b| b.clear), of(&|b| b.letters));
    // A line goes on beneath the light as it is beside it.
    let usual = found / clear.max(1.0);
    let gone = of(&|b| b.burnt * (b.letters + usual * 4.0) / (b.clear + 4.0));
    let place =
        if burnt == 0.0 { whole } else { Place { x: from.0, y: from.1, width: to.0 - from.0, height: to.1 - from.1 } };
    Glare { share: burnt / (burnt + clear).max(1.0), gone: gone / (gone + found).max(1.0), place }
}

/// Tiles and letters at one height.
#[derive(Clone, Default)]
struct Band {
    burnt: f32,
    clear: f32,
    letters: f32,
}

/// The rectangle in which letters stand, without a few that stand apart.
fn hull(letters: &[Letter]) -> Option<Place> {
    if letters.len() < 8 {
        return None;
    }
    let (x0, x1) = (share_of(letters, 10, |l| l.shape.x0 as f32), share_of(letters, 990, |l| l.shape.x1 as f32));
    let (y0, y1) = (share_of(letters, 10, |l| l.shape.y0 as f32), share_of(letters, 990, |l| l.shape.y1 as f32));
    (x1 > x0 && y1 > y0).then_some(Place {
        x: x0 as usize,
        y: y0 as usize,
        width: (x1 - x0) as usize,
        height: (y1 - y0) as usize,
    })
}
