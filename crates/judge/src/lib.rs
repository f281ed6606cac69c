//! Looks at the photo of a paper before it is sent: can it be read, is all of it there, was it taken already?
//!
//! Pure: a grey picture in, what is wrong and where out. Runs in the browser's worker (`exports.rs`). What counts as
//! readable was tuned against tesseract (`readable.rs`, docs/BENCH.md).

mod chance;
mod edges;
#[cfg(target_arch = "wasm32")]
mod exports;
mod glare;
mod hash;
mod ink;
mod letters;
mod lines;
mod marks;
mod measures;
mod page;
mod readable;
mod shapes;
mod strokes;
mod tones;
mod tree;
mod trees;

pub use chance::{Chance, SUMS, sums};
pub use hash::Hash;
pub use marks::{MARKS, Marks};
pub use measures::WHOLE;

/// A grey picture, row by row, 0 is black.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    pub width: usize,
    pub height: usize,
    grey: &'a [u8],
}

impl<'a> Picture<'a> {
    /// None where the bytes are not those of such a picture, or it is too small or too large to look at.
    pub fn new(width: usize, height: usize, grey: &'a [u8]) -> Option<Picture<'a>> {
        let fits = (16..=8_192).contains(&width) && (16..=8_192).contains(&height);
        (fits && width.checked_mul(height) == Some(grey.len())).then_some(Picture { width, height, grey })
    }

    fn row(&self, y: usize) -> &'a [u8] {
        self.grey.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }
}

/// What can be wrong with a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is written on it.
    Blank,
    Dark,
    Glare,
    /// A part of the page is outside.
    Cropped,
    /// Lines of text run askew.
    Tilted,
    /// Letters have too few points.
    Small,
    Blur,
    /// The same picture was given already.
    Twice,
}

impl Fault {
    pub const ALL: [Fault; 8] = [
        Fault::Blank,
        Fault::Dark,
        Fault::Glare,
        Fault::Cropped,
        Fault::Tilted,
        Fault::Small,
        Fault::Blur,
        Fault::Twice,
    ];

    /// As it is written in the metadata of an upload and in the words.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Blank => "blank",
            Fault::Dark => "dark",
            Fault::Glare => "glare",
            Fault::Cropped => "cropped",
            Fault::Tilted => "tilted",
            Fault::Small => "small",
            Fault::Blur => "blur",
            Fault::Twice => "twice",
        }
    }
}

/// A rectangle in points of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// What is wrong, the weightiest first, each with where it is seen best.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub faults: Vec<(Fault, Place)>,
    /// To be given as known when the next picture is judged.
    pub hash: Hash,
}

/// Judges a picture beside those that were given already.
pub fn judge(picture: Picture, known: &[Hash]) -> Verdict {
    let hash = Hash::of(picture);
    let whole = Place { x: 0, y: 0, width: picture.width, height: picture.height };
    let mut faults = readable::faults(&measures::look(picture), picture);
    if known.iter().any(|other| other.same(hash)) {
        faults.push((Fault::Twice, whole));
    }
    Verdict { faults, hash }
}

/// What [`judge`] goes by, for tuning.
pub struct Measures {
    /// Something is wrong whatever the trees say.
    pub plain: bool,
    pub whole: Vec<f32>,
    /// Of each letter where its middle is, and its marks.
    pub letters: Vec<((f32, f32), Marks)>,
}

pub fn measures(picture: Picture) -> Measures {
    let look = measures::look(picture);
    let plain = readable::plain(&look);
    let whole = look.features.into_iter().take(WHOLE.len()).collect();
    Measures { plain, whole, letters: look.letters.iter().map(letters::Letter::middle).zip(look.marks).collect() }
}
