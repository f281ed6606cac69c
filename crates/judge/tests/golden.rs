//! A handful of small photos, made here: what is plain to see is told, and a good photo passes. How well the judge
//! does on real letters is measured by `script/bench judge`.

#![allow(clippy::unwrap_used)]

use satu_pintu_judge::{Fault, Hash, Picture, Verdict, judge};

/// Letters of five by seven points, a row a number.
const LETTERS: [[u8; 7]; 8] = [
    [14, 17, 17, 31, 17, 17, 17],
    [30, 17, 30, 17, 17, 17, 30],
    [31, 16, 30, 16, 16, 16, 31],
    [14, 4, 4, 4, 4, 4, 14],
    [17, 25, 21, 19, 17, 17, 17],
    [14, 17, 17, 17, 17, 17, 14],
    [30, 17, 17, 30, 20, 18, 17],
    [15, 16, 14, 1, 1, 17, 14],
];

#[derive(Clone)]
struct Photo {
    width: usize,
    height: usize,
    tones: Vec<f32>,
}

impl Photo {
    fn of(width: usize, height: usize, tone: impl Fn(usize, usize) -> f32) -> Photo {
        let tones = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| tone(x, y)).collect();
        Photo { width, height, tones }
    }

    /// A page of text on a dark table.
    fn page() -> Photo {
        let (width, height, point) = (700, 900, 3);
        let page = Photo::of(width, height, |x, y| {
            if !(40..660).contains(&x) || !(40..860).contains(&y) {
                return 70.0 + ((x * 7 + y * 13) % 11) as f32;
            }
            let (column, line) = ((x - 40) / (point * 6), (y - 40) / (point * 11));
            let (px, py) = ((x - 40) / point % 6, (y - 40) / point % 11);
            let word = (column * 5 + line * 3) % 7 == 0;
            let inside = (3..31).contains(&column) && (2..23).contains(&line) && px < 5 && py < 7 && !word;
            let letter = LETTERS[(column * 3 + line * 5 + column * line) % LETTERS.len()];
            if inside && letter[py] >> (4 - px) & 1 == 1 { 40.0 } else { 225.0 }
        });
        page.blurred(1)
    }

    fn at(&self, x: isize, y: isize) -> f32 {
        let (x, y) = (x.clamp(0, self.width as isize - 1), y.clamp(0, self.height as isize - 1));
        self.tones[y as usize * self.width + x as usize]
    }

    /// Three box blurs.
    fn blurred(&self, reach: isize) -> Photo {
        let mut photo = self.clone();
        for _ in 0..2 {
            for (dx, dy) in [(1, 0), (0, 1)] {
                photo = Photo::of(self.width, self.height, |x, y| {
                    let (x, y) = (x as isize, y as isize);
                    (-reach..=reach).map(|n| photo.at(x + dx * n, y + dy * n)).sum::<f32>() / (2 * reach + 1) as f32
                });
            }
        }
        photo
    }

    fn changed(&self, tone: impl Fn(usize, usize, f32) -> f32) -> Photo {
        Photo::of(self.width, self.height, |x, y| tone(x, y, self.at(x as isize, y as isize)))
    }

    fn turned(&self, degrees: f32) -> Photo {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (mx, my) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        Photo::of(self.width, self.height, |x, y| {
            let (dx, dy) = (x as f32 - mx, y as f32 - my);
            let (x, y) = (mx + (dx * cos + dy * sin) * 1.3, my + (dy * cos - dx * sin) * 1.3);
            self.between(x, y)
        })
    }

    /// Between four points, as a lens sees it.
    fn between(&self, x: f32, y: f32) -> f32 {
        let (left, above) = (x.floor(), y.floor());
        let row = |y: isize| {
            let (from, to) = (self.at(left as isize, y), self.at(left as isize + 1, y));
            from + (to - from) * (x - left)
        };
        let (from, to) = (row(above as isize), row(above as isize + 1));
        from + (to - from) * (y - above)
    }

    fn part(&self, from: usize, height: usize) -> Photo {
        Photo::of(self.width, height, |x, y| self.at(x as isize, (y + from) as isize))
    }

    /// Every so many points become one.
    fn smaller(&self, by: usize) -> Photo {
        Photo::of(self.width / by, self.height / by, |x, y| {
            let all = (0..by * by).map(|n| self.at((x * by + n % by) as isize, (y * by + n / by) as isize));
            all.sum::<f32>() / (by * by) as f32
        })
    }

    fn grey(&self) -> Vec<u8> {
        self.tones.iter().map(|tone| tone.clamp(0.0, 255.0) as u8).collect()
    }

    fn judged(&self, known: &[Hash]) -> Verdict {
        judge(Picture::new(self.width, self.height, &self.grey()).unwrap(), known)
    }

    /// Refused, and what is shown lies among the points that are meant.
    #[track_caller]
    fn shows(&self, wanted: &[Fault], meant: impl Fn(usize, usize) -> bool) {
        let verdict = self.judged(&[]);
        let (fault, place) = verdict.faults.first().unwrap();
        assert!(wanted.contains(fault), "{:?}", verdict.faults);
        assert!(meant(place.x + place.width / 2, place.y + place.height / 2), "{place:?}");
    }

    #[track_caller]
    fn is(&self, wanted: Fault) {
        let verdict = self.judged(&[]);
        let (fault, place) = verdict.faults.first().unwrap();
        assert_eq!(*fault, wanted);
        assert!(place.width > 0 && place.x + place.width <= self.width, "{place:?}");
        assert!(place.height > 0 && place.y + place.height <= self.height, "{place:?}");
    }
}

#[test]
fn a_good_photo_passes() {
    let page = Photo::page();
    assert_eq!(page.judged(&[]).faults, []);
    assert_eq!(page.turned(2.0).judged(&[]).faults, []);
    assert_eq!(page.changed(|_, y, tone| tone * (1.0 - y as f32 / 6_000.0)).judged(&[]).faults, []);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let page = Photo::page();
    page.blurred(6).is(Fault::Blur);
    page.turned(20.0).is(Fault::Tilted);
    page.part(300, 600).is(Fault::Cropped);
    page.smaller(5).is(Fault::Small);
    Photo::of(700, 900, |x, y| 200.0 + ((x * 31 + y * 17) % 5) as f32).is(Fault::Blank);
    Photo::of(700, 900, |x, y| ((x * 31 + y * 17) % 3) as f32).is(Fault::Dark);
    let spot = |x: usize, y: usize| ((x as f32 - 350.0).powi(2) + (y as f32 - 450.0).powi(2)).sqrt() < 260.0;
    let burnt = page.changed(|x, y, tone| if spot(x, y) { 255.0 } else { tone });
    burnt.is(Fault::Glare);
    let (_, place) = burnt.judged(&[]).faults[0];
    assert!((80..200).contains(&place.x) && (180..300).contains(&place.y), "{place:?}");
}

#[test]
fn a_part_that_cannot_be_read_is_found() {
    let page = Photo::page();
    let (left, below) = (|x: usize, _: usize| x < 260, |_: usize, y: usize| y > 500);
    let shadow = page.changed(|x, y, tone| if left(x, y) { tone * 0.08 } else { tone });
    shadow.shows(&[Fault::Dark], left);
    let shadow = page.changed(|x, y, tone| if below(x, y) { tone * 0.08 } else { tone });
    shadow.shows(&[Fault::Dark], below);
    let soft = page.blurred(6);
    let part = page.changed(|x, y, tone| if below(x, y) { soft.at(x as isize, y as isize) } else { tone });
    part.shows(&[Fault::Blur], below);
}

#[test]
fn the_same_photo_is_known_again_and_another_is_not() {
    let page = Photo::page();
    let hash = page.judged(&[]).hash;
    let again = page.smaller(2).changed(|_, _, tone| tone * 0.93 + 6.0);
    assert!(again.judged(&[hash]).faults.iter().any(|(fault, _)| *fault == Fault::Twice));
    let other = page.changed(|x, y, tone| if y > 400 && x < 400 { 225.0 } else { tone }).judged(&[hash]);
    assert!(other.faults.iter().all(|(fault, _)| *fault != Fault::Twice));
    assert_eq!(Hash::read(&hash.shown()), Some(hash));
    assert_eq!(Hash::read("bukan"), None);
}

#[test]
fn anything_can_be_looked_at() {
    for (width, height) in [(16, 16), (17, 300), (300, 16), (64, 64)] {
        for tone in [0.0, 128.0, 255.0] {
            Photo::of(width, height, |_, _| tone).judged(&[]);
            Photo::of(width, height, |x, y| if (x + y) % 2 == 0 { tone } else { 90.0 }).judged(&[]);
        }
    }
    assert!(Picture::new(10, 10, &[0; 100]).is_none());
    assert!(Picture::new(100, 100, &[0; 99]).is_none());
    assert!(Picture::new(9_000, 20, &[0; 180_000]).is_none());
}
