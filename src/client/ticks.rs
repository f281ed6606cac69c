//! What a person has ticked in the checklist: ids of cards, kept on the phone. They go along with an application.

use crate::platform::storage::local;

const KEPT: &str = "sp-ticks";

pub fn kept() -> Vec<String> {
    local::get(KEPT).map(|text| read(&text)).unwrap_or_default()
}

pub fn keep(ticks: &[String]) {
    local::set(KEPT, &ticks.join("\n"));
}

/// One id a line.
fn read(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty() && l.len() <= 64).take(500).map(str::to_string).collect()
}

pub fn tick(ticks: &mut Vec<String>, card: &str, on: bool) {
    ticks.retain(|t| t != card);
    if on {
        ticks.push(card.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_read_set_and_taken_away() {
        let mut ticks = read("ktp\n\n nib \n");
        assert_eq!(ticks, ["ktp", "nib"]);
        tick(&mut ticks, "nib", false);
        tick(&mut ticks, "foto", true);
        tick(&mut ticks, "foto", true);
        assert_eq!(ticks, ["ktp", "foto"]);
        assert!(read(&"x".repeat(100)).is_empty());
    }
}
