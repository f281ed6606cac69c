//! Ink that hangs together.

use crate::Picture;
use crate::ink::Ink;

/// One piece of ink; ends are exclusive.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub x0: usize,
    pub y0: usize,
    pub x1: usize,
    pub y1: usize,
    /// In points.
    pub area: u32,
    /// Sum of its tones.
    pub tones: u32,
}

impl Shape {
    pub fn width(&self) -> usize {
        self.x1 - self.x0
    }
    pub fn height(&self) -> usize {
        self.y1 - self.y0
    }
}

struct Run {
    from: usize,
    to: usize,
    shape: usize,
}

/// All pieces, points that touch by a corner included.
pub fn shapes(picture: Picture, ink: &Ink) -> Vec<Shape> {
    // Each piece points to the piece it was found to be a part of, and the first of them to itself.
    let mut part_of: Vec<usize> = Vec::new();
    let mut found: Vec<Shape> = Vec::new();
    let (mut above, mut own): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (y, dark) in ink.dark.chunks_exact(ink.width).enumerate() {
        own.clear();
        let (tones, mut x, mut first) = (picture.row(y), 0, 0);
        while let Some(from) = dark.iter().skip(x).position(|d| *d).map(|n| x + n) {
            let to = dark.iter().skip(from).position(|d| !*d).map_or(ink.width, |n| from + n);
            x = to;
            let tones = tones.get(from..to).unwrap_or_default().iter().map(|t| u32::from(*t)).sum();
            let run = Shape { x0: from, y0: y, x1: to, y1: y + 1, area: (to - from) as u32, tones };
            while above.get(first).is_some_and(|run: &Run| run.to < from) {
                first += 1;
            }
            let mut shape = None;
            for run in above.iter().skip(first).take_while(|run| run.from <= to) {
                let other = root(&mut part_of, run.shape);
                match shape {
                    None => shape = Some(other),
                    Some(one) if one != other => join(&mut part_of, &mut found, one, other),
                    Some(_) => {}
                }
            }
            let shape = match shape {
                Some(shape) => {
                    if let Some(known) = found.get_mut(shape) {
                        add(known, &run);
                    }
                    shape
                }
                None => {
                    part_of.push(found.len());
                    found.push(run);
                    found.len() - 1
                }
            };
            own.push(Run { from, to, shape });
        }
        std::mem::swap(&mut above, &mut own);
    }
    found.into_iter().enumerate().filter(|(at, _)| part_of.get(*at) == Some(at)).map(|(_, shape)| shape).collect()
}

fn root(part_of: &mut [usize], mut at: usize) -> usize {
    while let Some(&up) = part_of.get(at)
        && up != at
    {
        let over = part_of.get(up).copied().unwrap_or(up);
        if let Some(own) = part_of.get_mut(at) {
            *own = over;
        }
        at = over;
    }
    at
}

fn join(part_of: &mut [usize], found: &mut [Shape], one: usize, other: usize) {
    let Some(gone) = found.get(other).copied() else { return };
    if let (Some(up), Some(shape)) = (part_of.get_mut(other), found.get_mut(one)) {
        *up = one;
        add(shape, &gone);
    }
}

fn add(shape: &mut Shape, more: &Shape) {
    shape.x0 = shape.x0.min(more.x0);
    shape.y0 = shape.y0.min(more.y0);
    shape.x1 = shape.x1.max(more.x1);
    shape.y1 = shape.y1.max(more.y1);
    shape.area += more.area;
    shape.tones += more.tones;
}
