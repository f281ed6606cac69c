//! What the browser's worker (src/platform/judge.js) calls. It asks for room, writes the picture there as RGBA and
//! behind it the known hashes, has it judged and reads the answer: a line with the hash, then for each fault a line
//! with its code and place.

#![allow(unsafe_code)]

use crate::{Hash, Picture, judge};
use std::cell::RefCell;

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where so many bytes can be written.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(bytes, 0);
        room.as_mut_ptr()
    })
}

/// Judges what was written there. The answer stands in the same place; how long it is.
#[unsafe(no_mangle)]
pub extern "C" fn look(width: usize, height: usize) -> usize {
    ROOM.with_borrow_mut(|room| {
        let points = width.saturating_mul(height);
        let (colours, known) = room.split_at_mut_checked(points.saturating_mul(4)).unwrap_or_default();
        let known: Vec<Hash> =
            known.chunks(Hash::SIGNS).filter_map(|hash| Hash::read(std::str::from_utf8(hash).ok()?)).collect();
        for at in 0..points {
            let tone = |n: usize| u32::from(colours.get(at * 4 + n).copied().unwrap_or(0));
            let grey = (tone(0) * 299 + tone(1) * 587 + tone(2) * 114) / 1_000;
            if let Some(place) = colours.get_mut(at) {
                *place = grey as u8;
            }
        }
        let picture = colours.get(..points).and_then(|grey| Picture::new(width, height, grey));
        let answer = picture.map_or_else(String::new, |picture| {
            let verdict = judge(picture, &known);
            let line = |(fault, place): &(crate::Fault, crate::Place)| {
                let numbers = [place.x, place.y, place.width, place.height];
                numbers.iter().fold(["\n", fault.code()].concat(), |line, n| [&line, " ", &n.to_string()].concat())
            };
            [verdict.hash.shown(), verdict.faults.iter().map(line).collect()].concat()
        });
        *room = answer.into_bytes();
        room.len()
    })
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn said() -> *const u8 {
    ROOM.with_borrow(|room| room.as_ptr())
}
