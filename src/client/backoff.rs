//! How long to wait before the next try. Pure: chance comes from outside.

/// Longest wait between two tries, unless the server asks for more.
const MOST_MS: u32 = 30_000;

/// Milliseconds to wait after so many failures in a row. Most cuts are short, so the first repeat comes at once; then
/// twice as long each time. `chance` (0 to 255) spreads phones that lost the same network by a quarter up or down.
/// Never less than the server asked for.
pub fn after(fails: u32, asked_ms: u32, chance: u8) -> u32 {
    let plain = if fails == 0 { 10 } else { 250u32.saturating_mul(1 << fails.min(7)).min(MOST_MS) };
    let spread = plain / 4 * 3 + plain / 2 * u32::from(chance) / 255;
    spread.max(asked_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_but_never_for_ever() {
        let plain: Vec<u32> = (0..8).map(|fails| after(fails, 0, 128) / 100).collect();
        assert_eq!(plain, [0, 5, 10, 20, 40, 80, 160, 300]);
        assert_eq!(after(9, 60_000, 0), 60_000);
    }

    #[test]
    fn phones_do_not_come_back_all_at_once() {
        for fails in 0..10 {
            let (least, most) = (after(fails, 0, 0), after(fails, 0, 255));
            assert!(least > 0 && most > least + least / 4, "{fails}: {least} to {most}");
            assert!(most <= MOST_MS / 4 * 5);
        }
    }
}
