//! Number and secret key of an application.
//!
//! The key is 16 Crockford base-32 characters in four groups and a check character (mod 37), so that a typing
//! error is noticed at once. The *lihat* (view) key and the survey codes are derived from it one way: whoever
//! holds the key can compute them, nobody can go back. The server stores only [`Key::hash`].

use sha2::{Digest, Sha256};

/// Crockford's 32 symbols and the five that only a check character may be.
const SYMBOLS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/// Letters of an application's number: none that sounds or looks like another or like a digit.
const LETTERS: &[u8; 22] = b"ABCDEFGHJKMNPQRSTVWXYZ";

/// Something typed that is not a key; the check character tells most errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAKey;

/// 80 bits, as a person writes them down.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 10]);

impl Key {
    /// From ten random bytes.
    pub fn new(random: [u8; 10]) -> Key {
        Key(random)
    }

    /// Reads what a person typed: any case, spaces or hyphens anywhere, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`NotAKey`] when the length, a character or the check character is wrong.
    pub fn parse(typed: &str) -> Result<Key, NotAKey> {
        let mut values = Vec::with_capacity(17);
        for c in typed.chars() {
            if is_filler(c) {
                continue;
            }
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let at = SYMBOLS.iter().position(|s| char::from(*s) == c);
            values.push(at.ok_or(NotAKey)? as u128);
            if values.len() > 17 {
                return Err(NotAKey);
            }
        }
        let Some((check, digits)) = values.split_last() else {
            return Err(NotAKey);
        };
        if digits.len() != 16 || digits.iter().any(|d| *d > 31) {
            return Err(NotAKey);
        }
        let number = digits.iter().fold(0u128, |n, d| n << 5 | d);
        if number % 37 != *check {
            return Err(NotAKey);
        }
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&number.to_be_bytes()[6..]);
        Ok(Key(bytes))
    }

    /// `ABCD-EFGH-JKMN-PQRS-*`: four groups and the check character.
    pub fn shown(&self) -> String {
        let number = self.number();
        let mut out = String::with_capacity(21);
        for at in 0..16u32 {
            let digit = (number >> (5 * (15 - at))) & 31;
            out.push(symbol(digit));
            if at % 4 == 3 {
                out.push('-');
            }
        }
        out.push(symbol(number % 37));
        out
    }

    /// SHA-256 in hex, what the server stores and compares.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }

    /// The key of the *lihat* link: state, holder and days, no name and no files.
    pub fn view(&self) -> Key {
        self.derived(b"satu-pintu view")
    }

    /// The one-time code of the survey.
    pub fn survey(&self) -> Key {
        self.derived(b"satu-pintu survey")
    }

    /// One way: the purpose goes into the hash, so that no derived key tells another.
    fn derived(&self, purpose: &[u8]) -> Key {
        let digest = Sha256::new().chain_update(purpose).chain_update(self.0).finalize();
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&digest[..10]);
        Key(bytes)
    }

    fn number(&self) -> u128 {
        self.0.iter().fold(0, |n, b| n << 8 | u128::from(*b))
    }
}

/// A key is a secret: it never shows itself in a log.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(...)")
    }
}

fn symbol(value: u128) -> char {
    SYMBOLS.get(value as usize).map_or('?', |s| char::from(*s))
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What people put between groups: spaces and every kind of hyphen that a keyboard or a chat makes.
fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}')
}

/// The number of an application from its year, a count and two random letters: `2026-0417-RK`.
pub fn number(year: i32, count: u32, random: [u8; 2]) -> String {
    let [a, b] = random.map(|r| char::from(LETTERS[usize::from(r) % LETTERS.len()]));
    format!("{year:04}-{count:04}-{a}{b}")
}

/// Reads a number as a person typed it (any case, spaces, missing hyphens).
pub fn parse_number(typed: &str) -> Option<String> {
    let plain: Vec<char> = typed.chars().filter(|c| !is_filler(*c)).map(|c| c.to_ascii_uppercase()).take(20).collect();
    let count_len = plain.len().checked_sub(6).filter(|n| (4..=9).contains(n))?;
    let (digits, letters) = plain.split_at(4 + count_len);
    let digits: Option<String> = digits
        .iter()
        .map(|c| match c {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            '0'..='9' => Some(*c),
            _ => None,
        })
        .collect();
    let digits = digits?;
    let known = |c: &char| LETTERS.iter().any(|l| char::from(*l) == *c);
    if !letters.iter().all(known) {
        return None;
    }
    let letters: String = letters.iter().collect();
    Some(format!("{}-{}-{letters}", &digits[..4], &digits[4..]))
}
