//! Which points are ink: darker than what lies around them.

use crate::Picture;
use crate::tones::Sums;

/// Ink, point by point.
pub struct Ink {
    pub width: usize,
    pub dark: Vec<bool>,
}

/// How much darker than its surroundings ink is, in hundredths.
const DARKER: u32 = 12;

impl Ink {
    pub fn of(picture: Picture, sums: &Sums, noise: f32) -> Ink {
        let (width, height) = (picture.width, picture.height);
        let reach = (width.max(height) / 50).max(8);
        let least = (noise * 2.5).max(3.0) as u32;
        let mut dark = vec![false; width * height];
        for (y, own) in dark.chunks_exact_mut(width).enumerate() {
            let (y0, y1) = (y.saturating_sub(reach), (y + reach).min(height));
            for (x, (dark, tone)) in own.iter_mut().zip(picture.row(y)).enumerate() {
                let (x0, x1) = (x.saturating_sub(reach), (x + reach).min(width));
                let around = sums.mean((x0, y0), (x1, y1));
                *dark = u32::from(*tone) + least.max(around * DARKER / 100) < around;
            }
        }
        Ink { width, dark }
    }

    pub fn row(&self, y: usize) -> &[bool] {
        self.dark.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }
}

/// A picture without the finest grain: each point the mean of nine.
pub fn smooth(picture: Picture, sums: &Sums) -> Vec<u8> {
    let (width, height) = (picture.width, picture.height);
    let point = |(y, x): (usize, usize)| {
        let from = (x.saturating_sub(1), y.saturating_sub(1));
        sums.mean(from, ((x + 2).min(width), (y + 2).min(height))) as u8
    };
    (0..height).flat_map(|y| (0..width).map(move |x| (y, x))).map(point).collect()
}
