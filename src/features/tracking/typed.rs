//! Reading what a person typed or pasted as number, key or receipt link, and saying which part looks wrong.
//! Tolerance itself (O for 0, spaces, hyphens) is the domain's.

use satu_pintu_domain::key::{Key, parse_number};

/// Which of the two links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everything; the owner's.
    Manage,
    /// State, holder and days.
    View,
}

/// Why a key cannot be right, as close to the place as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    Empty,
    /// A character that no key has; groups from 1.
    Sign {
        group: usize,
        sign: char,
    },
    /// A group, as typed with hyphens or spaces, with too few or too many characters.
    Group {
        group: usize,
        have: usize,
    },
    Length {
        have: usize,
    },
    /// Everything looks right but the check character: one was mistyped, or two swapped.
    Check,
}

/// # Errors
/// [`KeyFault`] with the group to look at.
pub fn key(typed: &str) -> Result<Key, KeyFault> {
    if let Ok(key) = Key::parse(typed) {
        return Ok(key);
    }
    let groups: Vec<Vec<char>> = typed
        .split(|c: char| c.is_whitespace() || is_break(c))
        .map(|group| group.chars().collect::<Vec<char>>())
        .filter(|group| !group.is_empty())
        .collect();
    let signs: Vec<char> = groups.iter().flatten().copied().collect();
    if signs.is_empty() {
        return Err(KeyFault::Empty);
    }
    // Grouped as printed: four groups and the check character, perhaps glued to the last group.
    let grouped = matches!(groups.len(), 4 | 5);
    let group_of = |at: usize| {
        if !grouped {
            return (at / 4 + 1).min(5);
        }
        let mut end = 0;
        for (index, group) in groups.iter().enumerate() {
            end += group.len();
            if at < end {
                return index + 1;
            }
        }
        groups.len()
    };
    for (at, sign) in signs.iter().enumerate() {
        let last = at + 1 == signs.len() && signs.len() == 17;
        if !may_be(*sign, last) {
            return Err(KeyFault::Sign { group: group_of(at), sign: *sign });
        }
    }
    if grouped {
        for (index, group) in groups.iter().enumerate() {
            let right = match (index, groups.len()) {
                (3, 4) => group.len() == 5,
                (4, _) => group.len() == 1,
                _ => group.len() == 4,
            };
            if !right {
                return Err(KeyFault::Group { group: index + 1, have: group.len() });
            }
        }
    }
    if signs.len() != 17 {
        return Err(KeyFault::Length { have: signs.len() });
    }
    Err(KeyFault::Check)
}

fn is_break(c: char) -> bool {
    matches!(c, '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}')
}

/// O, I and L are read as 0, 1 and 1; U and the signs only close a key.
fn may_be(sign: char, last: bool) -> bool {
    match sign.to_ascii_uppercase() {
        'U' | '*' | '~' | '$' | '=' => last,
        c => c.is_ascii_alphanumeric(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    Empty,
    Wrong,
}

/// # Errors
/// [`NumberFault`] when it is no number of an application.
pub fn number(typed: &str) -> Result<String, NumberFault> {
    if typed.trim().is_empty() {
        return Err(NumberFault::Empty);
    }
    parse_number(typed).ok_or(NumberFault::Wrong)
}

/// A receipt link, pasted whole: `https://.../urus/2026-0417-RK#KEY`.
pub fn link(pasted: &str) -> Option<(Door, String, Key)> {
    let (door, rest) = [("/urus/", Door::Manage), ("/lihat/", Door::View)]
        .into_iter()
        .find_map(|(mark, door)| pasted.split_once(mark).map(|(_, rest)| (door, rest)))?;
    let (number, key) = rest.split_once('#')?;
    let key = key.split_whitespace().next()?;
    Some((door, parse_number(number)?, Key::parse(&plain(key)).ok()?))
}

/// Chats and mail programs write `~` and `$` of a link as `%7E` and `%24`.
pub fn plain(fragment: &str) -> String {
    let mut out = fragment.trim_start_matches('#').to_string();
    for (written, sign) in
        [("%7E", "~"), ("%7e", "~"), ("%24", "$"), ("%2A", "*"), ("%2a", "*"), ("%3D", "="), ("%3d", "=")]
    {
        out = out.replace(written, sign);
    }
    out
}

/// A key as the end of a link.
pub fn fragment(key: &Key) -> String {
    let mut out = key.shown();
    for (sign, written) in [("~", "%7E"), ("$", "%24"), ("*", "%2A"), ("=", "%3D")] {
        out = out.replace(sign, written);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> (Key, String) {
        let key = Key::new([7, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        let shown = key.shown();
        (key, shown)
    }

    #[test]
    fn a_key_is_read_however_it_is_typed() {
        let (wanted, shown) = good();
        for typed in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('-', ""), format!(" {shown} ")]
        {
            assert!(key(&typed) == Ok(wanted.clone()), "{typed}");
        }
    }

    #[test]
    fn the_group_that_looks_wrong_is_named() {
        let (_, shown) = good();
        let groups: Vec<&str> = shown.split('-').collect();
        let with = |at: usize, group: &str| {
            let mut groups = groups.clone();
            groups[at] = group;
            groups.join("-")
        };
        assert_eq!(key("").err(), Some(KeyFault::Empty));
        assert_eq!(key(" - ").err(), Some(KeyFault::Empty));
        assert_eq!(key(&with(1, "AB")).err(), Some(KeyFault::Group { group: 2, have: 2 }));
        assert_eq!(key(&with(2, "AB?D")).err(), Some(KeyFault::Sign { group: 3, sign: '?' }));
        assert_eq!(key(&with(0, "ABUD")).err(), Some(KeyFault::Sign { group: 1, sign: 'U' }));
        assert_eq!(key("ABCDEFG").err(), Some(KeyFault::Length { have: 7 }));
        let long = format!("{}{}", shown.replace('-', ""), "AAA");
        assert_eq!(key(&long).err(), Some(KeyFault::Length { have: 20 }));
    }

    #[test]
    fn a_mistyped_character_is_noticed() {
        let (_, shown) = good();
        let other = if shown.starts_with('A') { "B" } else { "A" };
        let typed = format!("{other}{}", &shown[1..]);
        assert_eq!(key(&typed).err(), Some(KeyFault::Check));
    }

    #[test]
    fn a_receipt_link_is_read_whole() {
        let (wanted, shown) = good();
        let text = format!("Permohonan saya https://contoh.example/urus/2026-0417-RK#{shown} terima kasih");
        let (door, number, key) = link(&text).unwrap();
        assert_eq!((door, number.as_str()), (Door::Manage, "2026-0417-RK"));
        assert!(key == wanted);
        let viewed = link(&format!("/lihat/2026-0417-RK#{}", shown.replace('~', "%7E"))).unwrap();
        assert_eq!(viewed.0, Door::View);
        assert!(link("https://contoh.example/urus/2026-0417-RK").is_none());
    }

    #[test]
    fn every_key_survives_a_link() {
        for byte in 0..=255 {
            let key = Key::new([byte, 1, 2, 3, 4, 5, 6, 7, 8, byte]);
            let written = fragment(&key);
            assert!(written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'%'), "{written}");
            assert!(super::key(&plain(&written)) == Ok(key));
        }
    }

    #[test]
    fn numbers_are_read_tolerantly() {
        assert_eq!(number("2026 0417 rk"), Ok("2026-0417-RK".to_string()));
        assert_eq!(number("  "), Err(NumberFault::Empty));
        assert_eq!(number("12345"), Err(NumberFault::Wrong));
    }
}
