//! A short name of what a picture shows, the same after shrinking, lightening and compressing anew.

use crate::Picture;
use crate::tones::Sums;

/// Fields of a side.
const SIDE: usize = 16;
/// How many of the 256 signs of the same picture may differ.
const APART: u32 = 30;

/// Of each field whether the next one to the right is lighter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash([u32; SIDE]);

impl Hash {
    pub fn of(picture: Picture) -> Hash {
        let sums = Sums::of(picture);
        let field = |x: usize, y: usize| {
            let at = |n: usize, of: usize, all: usize| n * all / of;
            let (x0, y0) = (at(x, SIDE + 1, picture.width), at(y, SIDE, picture.height));
            let (x1, y1) = (at(x + 1, SIDE + 1, picture.width), at(y + 1, SIDE, picture.height));
            sums.mean((x0, y0), (x1.max(x0 + 1), y1.max(y0 + 1)))
        };
        Hash(std::array::from_fn(|y| (0..SIDE).fold(0, |row, x| row << 1 | u32::from(field(x + 1, y) > field(x, y)))))
    }

    /// Whether both are of one picture.
    pub fn same(self, other: Hash) -> bool {
        let apart: u32 = self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum();
        apart <= APART
    }

    /// 64 hexadecimal digits.
    pub fn shown(self) -> String {
        self.0.iter().map(|row| format!("{row:04x}")).collect()
    }

    /// None when it is not written so.
    pub fn read(text: &str) -> Option<Hash> {
        let mut rows = [0; SIDE];
        if text.len() != SIDE * 4 {
            return None;
        }
        for (at, row) in rows.iter_mut().enumerate() {
            *row = u32::from_str_radix(text.get(at * 4..at * 4 + 4)?, 16).ok()?;
        }
        Some(Hash(rows))
    }
}
