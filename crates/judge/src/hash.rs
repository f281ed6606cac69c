//! What a picture shows in few signs, the same after shrinking, lightening and compressing anew. Two pages of one
//! form differ in it: it looks at how much ink each field holds, and empty paper counts for nothing.

use crate::Picture;
use crate::tones::Sums;

/// Fields of a side.
const SIDE: usize = 24;
const FIELDS: usize = SIDE * SIDE;
/// The most steps of darkness.
const DARKEST: u32 = 15;
/// How many thousandths of the ink of the same picture may differ.
const APART: u32 = 45;
/// With less ink there is nothing to compare.
const LEAST: u32 = 24;

/// How much darker each field is than the lightest around it, in sixtieths of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash([u8; FIELDS]);

impl Hash {
    pub fn of(picture: Picture) -> Hash {
        let sums = Sums::of(picture);
        let tone = |at: usize| {
            let (x, y) = (at % SIDE, at / SIDE);
            let (x0, y0) = (x * picture.width / SIDE, y * picture.height / SIDE);
            let (x1, y1) = ((x + 1) * picture.width / SIDE, (y + 1) * picture.height / SIDE);
            sums.mean((x0, y0), (x1.max(x0 + 1), y1.max(y0 + 1)))
        };
        let tones: [u32; FIELDS] = std::array::from_fn(tone);
        Hash(std::array::from_fn(|at| {
            let (x, y) = (at % SIDE, at / SIDE);
            let rows = y.saturating_sub(2)..(y + 3).min(SIDE);
            let around = rows.flat_map(|y| (x.saturating_sub(2)..(x + 3).min(SIDE)).map(move |x| y * SIDE + x));
            let paper = around.map(|at| tones[at]).max().unwrap_or(0);
            ((paper - tones[at]) * 60 / paper.max(1)).min(DARKEST) as u8
        }))
    }

    /// Whether both are of one picture.
    pub fn same(self, other: Hash) -> bool {
        let pairs = || self.0.iter().zip(other.0).map(|(a, b)| (u32::from(*a), u32::from(b)));
        let ink: u32 = pairs().map(|(a, b)| a.max(b)).sum();
        let apart: u32 = pairs().map(|(a, b)| a.abs_diff(b)).sum();
        ink >= LEAST && apart * 1_000 <= ink * APART
    }

    /// How many signs [`Hash::shown`] writes.
    pub const SIGNS: usize = FIELDS;

    /// A hexadecimal digit a field.
    pub fn shown(self) -> String {
        self.0.iter().filter_map(|field| char::from_digit(u32::from(*field), 16)).collect()
    }

    /// None when it is not written so.
    pub fn read(text: &str) -> Option<Hash> {
        let fields: Option<Vec<u8>> = text.chars().map(|sign| sign.to_digit(16).map(|n| n as u8)).collect();
        Some(Hash(fields?.try_into().ok()?))
    }
}
