//! How lines of text run: letters that follow each other stand on one.

use crate::Picture;
use crate::letters::Letter;

/// Fields of the compass: half a turn in steps of two degrees.
const FIELDS: usize = 90;

/// The direction in which neighbours follow each other, in degrees from -90 to 90, 0 is level, and which share of
/// them does so. Letters stand closer to each other than lines do.
pub fn direction(letters: &[Letter], tall: f32) -> (f32, f32) {
    let mut count = [0_u32; FIELDS];
    let reach = tall * 3.0;
    // Where they stand on the line.
    let mut by_x: Vec<(f32, f32)> = letters
        .iter()
        .filter(|l| l.shape.height() as f32 >= tall * 0.6 && (l.shape.height() as f32) < tall * 2.5)
        .filter(|l| (l.shape.width() as f32) < tall * 2.5)
        .map(|l| ((l.shape.x0 + l.shape.x1) as f32 / 2.0, l.shape.y1 as f32))
        .collect();
    by_x.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0;
    for (at, (x, y)) in by_x.iter().enumerate() {
        let near = |(x2, y2): &&(f32, f32)| (x2 - x).powi(2) + (y2 - y).powi(2);
        let after = by_x.iter().skip(at + 1).take_while(|other| other.0 - x <= reach);
        let before = by_x.iter().take(at).rev().take_while(|other| x - other.0 <= reach);
        let next = after.chain(before).min_by(|a, b| near(a).total_cmp(&near(b)));
        let Some((x2, y2)) = next.filter(|other| near(other) <= reach * reach) else { continue };
        let degrees = (y2 - y).atan2(x2 - x).to_degrees().rem_euclid(180.0);
        let field = (degrees / (180.0 / FIELDS as f32) + 0.5) as usize % FIELDS;
        if let Some(count) = count.get_mut(field) {
            *count += 1;
            sum += 1;
        }
    }
    // Letters have different heights: seven fields together are one direction.
    let near = |at: usize| (0..7).map(move |n| (n as f32 - 3.0, (at + FIELDS + n - 3) % FIELDS));
    let number = |at: usize| count.get(at).copied().unwrap_or(0);
    let wide = |at: usize| near(at).map(|(_, at)| number(at)).sum::<u32>();
    let best = (0..FIELDS).max_by_key(|at| wide(*at)).unwrap_or(0);
    let lean: f32 = near(best).map(|(off, at)| off * number(at) as f32).sum();
    let degrees = (best as f32 + lean / wide(best).max(1) as f32) * (180.0 / FIELDS as f32);
    (if degrees > 90.0 { degrees - 180.0 } else { degrees }, wide(best) as f32 / sum.max(1) as f32)
}

/// Turns that are tried, in quarters of a degree to either side.
const TURNS: i32 = 24;
/// So many heights are told apart; beyond them they begin anew.
const HEIGHTS: i32 = 2_048;

/// The turn near a known one at which the letters of a line stand at one height best, in degrees.
pub fn level(letters: &[Letter], tall: f32, near: f32) -> f32 {
    let feet: Vec<(f32, f32)> = letters
        .iter()
        .filter(|l| l.shape.height() as f32 >= tall * 0.6 && (l.shape.height() as f32) < tall * 2.5)
        .map(|l| (l.middle().0, l.shape.y1 as f32))
        .collect();
    let step = (tall / 4.0).max(1.0);
    let mut standing = vec![0_u64; HEIGHTS as usize];
    let mut aligned = |degrees: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        standing.fill(0);
        for (x, y) in &feet {
            let height = ((y * cos - x * sin) / step).round() as i32;
            if let Some(count) = standing.get_mut(height.rem_euclid(HEIGHTS) as usize) {
                *count += 1;
            }
        }
        // Two steps together: a line does not end where a step does.
        standing.windows(2).map(|two| two.iter().sum::<u64>().pow(2)).sum::<u64>()
    };
    let best = (-TURNS..=TURNS).max_by_key(|at| (aligned(near + *at as f32 * 0.25), -at.abs()));
    near + best.unwrap_or(0) as f32 * 0.25
}

/// The same for each of nine fields of the picture; a field with few letters is as the whole.
pub fn turns(picture: Picture, letters: &[Letter], tall: f32, whole: f32) -> [f32; 9] {
    std::array::from_fn(|field| {
        let own = |l: &&Letter| field_of(l.middle(), picture.width as f32, picture.height as f32) == field;
        let own: Vec<Letter> = letters.iter().filter(own).copied().collect();
        if own.len() < 15 { whole } else { level(&own, tall, whole) }
    })
}

/// In which of nine fields a point lies.
pub fn field_of((x, y): (f32, f32), width: f32, height: f32) -> usize {
    (y * 3.0 / height) as usize * 3 + (x * 3.0 / width) as usize
}
