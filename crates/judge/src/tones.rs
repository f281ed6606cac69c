//! How light a picture is, point by point and in windows.

use crate::Picture;

pub struct Tones {
    pub histogram: [u32; 256],
    count: u32,
}

impl Tones {
    pub fn of(picture: Picture) -> Tones {
        let mut histogram = [0; 256];
        for tone in picture.grey {
            histogram[usize::from(*tone)] += 1;
        }
        Tones { histogram, count: picture.grey.len() as u32 }
    }

    /// The tone that divides light from dark best (Otsu).
    pub fn divide(&self) -> u8 {
        let total = f64::from(self.count);
        let sum: f64 = (0..256).map(|tone| tone as f64 * f64::from(self.histogram[tone])).sum();
        let (mut below, mut dark, mut best, mut at) = (0.0, 0.0, -1.0, 0);
        for tone in 0..255 {
            below += f64::from(self.histogram[tone]);
            dark += tone as f64 * f64::from(self.histogram[tone]);
            let above = total - below;
            if below > 0.0 && above > 0.0 {
                let apart = dark / below - (sum - dark) / above;
                let between = below * above * apart * apart;
                if between > best {
                    (best, at) = (between, tone);
                }
            }
        }
        at as u8
    }
}

/// Sums over any rectangle at once.
pub struct Sums {
    width: usize,
    sums: Vec<u32>,
}

impl Sums {
    pub fn of(picture: Picture) -> Sums {
        let width = picture.width + 1;
        let mut sums = vec![0_u32; width * (picture.height + 1)];
        for y in 0..picture.height {
            let (above, own) = sums.split_at_mut((y + 1) * width);
            let above = above.get(y * width + 1..).unwrap_or_default();
            let mut row = 0_u32;
            let own = own.iter_mut().skip(1);
            for ((sum, above), tone) in own.zip(above).zip(picture.row(y)) {
                row += u32::from(*tone);
                // Beyond 16 million white points it goes round, and differences stay right.
                *sum = above.wrapping_add(row);
            }
        }
        Sums { width, sums }
    }

    /// Mean tone of a rectangle; ends are exclusive.
    pub fn mean(&self, (x0, y0): (usize, usize), (x1, y1): (usize, usize)) -> u32 {
        let at = |x: usize, y: usize| self.sums.get(y * self.width + x).copied().unwrap_or(0);
        let sum = at(x1, y1).wrapping_sub(at(x0, y1)).wrapping_sub(at(x1, y0)).wrapping_add(at(x0, y0));
        sum / ((x1 - x0) * (y1 - y0)).max(1) as u32
    }
}

/// How much neighbouring points differ where nothing is drawn: the standard deviation of the noise, in tones.
pub fn noise(picture: Picture) -> f32 {
    let mut histogram = [0_u32; 1_024];
    let mut count = 0;
    for y in (1..picture.height - 1).step_by(2) {
        let (above, own, below) = (picture.row(y - 1), picture.row(y), picture.row(y + 1));
        for ((a, o), b) in above.windows(3).zip(own.windows(3)).zip(below.windows(3)).step_by(2) {
            let n = |v: &u8| i32::from(*v);
            let ([a0, a1, a2], [o0, o1, o2], [b0, b1, b2]) = (a, o, b) else { continue };
            let rough = n(a0) + n(a2) + n(b0) + n(b2) + 4 * n(o1) - 2 * (n(a1) + n(o0) + n(o2) + n(b1));
            histogram[(rough.unsigned_abs() as usize).min(1_023)] += 1;
            count += 1;
        }
    }
    let mut sum = 0;
    let median = histogram.iter().position(|n| {
        sum += n;
        sum * 2 >= count
    });
    // The mask spreads noise by 6, and half of a normal spread lies within 0.6745 of it.
    median.unwrap_or(0) as f32 / (6.0 * 0.6745)
}

/// How much more neighbours differ at the borders of the squares of eight that JPEG knows than within them.
pub fn blocks(picture: Picture) -> f32 {
    let (mut border, mut inside) = (1_u32, 1_u32);
    for y in (0..picture.height).step_by(3) {
        let row = picture.row(y);
        for at in (8..row.len()).step_by(8) {
            let near = |n: usize| row.get(at + n - 3).copied().unwrap_or(0);
            border += u32::from(near(2).abs_diff(near(3)));
            inside += u32::from(near(0).abs_diff(near(1))) + u32::from(near(4).abs_diff(near(5)));
        }
    }
    2.0 * border as f32 / inside as f32
}
