//! Finding a business by everyday words: "warteg", "tambal ban", "jualan kue kering", "laundri".
//! Pure ranking over names and synonyms, tolerant to case, accents, spelling habits and small slips.

use satu_pintu_domain::letters::{is_letter, is_of_word, small};

/// One thing to find: its id and all it is called, the best name first.
pub struct Entry {
    id: String,
    names: Vec<Phrase>,
}

struct Phrase {
    words: Vec<String>,
    joined: String,
    /// A small preference for names over synonyms, when both fit alike.
    bonus: u32,
}

/// All entries, folded once.
pub struct Index(Vec<Entry>);

/// From here on a name fits.
const FITS: u32 = 520;

impl Index {
    /// `items`: id, and its names with the best first.
    pub fn new<'a>(items: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Index {
        let entry = |(id, names): (&str, Vec<&str>)| Entry {
            id: id.to_string(),
            names: names
                .iter()
                .enumerate()
                .map(|(at, name)| phrase(name, at))
                .filter(|p| !p.joined.is_empty())
                .collect(),
        };
        Index(items.into_iter().map(entry).collect())
    }

    /// What fits the typed words, best first; ties in the order of the list.
    pub fn find(&self, typed: &str) -> Vec<&str> {
        let typed = phrase(typed, 0);
        if typed.joined.chars().count() < 2 {
            return Vec::new();
        }
        let mut hits: Vec<(u32, &str)> =
            self.0.iter().map(|e| (e.score(&typed), e.id.as_str())).filter(|(score, _)| *score >= FITS).collect();
        crate::order::by_key(&mut hits, |(score, _)| std::cmp::Reverse(*score));
        // Beside a sure hit a vague one only distracts.
        let best = hits.first().map_or(0, |h| h.0);
        hits.into_iter().filter(|h| h.0 * 100 >= best * 72).map(|h| h.1).collect()
    }
}

impl Entry {
    /// The best of its names; or words that stand in different names of it ("depot galon").
    fn score(&self, typed: &Phrase) -> u32 {
        let one = self.names.iter().map(|name| score(typed, name)).max().unwrap_or(0);
        if one >= FITS || typed.words.len() < 2 {
            return one;
        }
        let all = || self.names.iter().flat_map(|name| &name.words);
        let found = |word: &String| weight(word) * all().map(|w| alike(word, w, false)).max().unwrap_or(0);
        let most: u32 = typed.words.iter().map(|w| weight(w) * 100).sum();
        one.max(typed.words.iter().map(found).sum::<u32>() * 700 / most.max(1))
    }
}

fn phrase(text: &str, at: usize) -> Phrase {
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|w| !w.is_empty()) {
        // "kue-kue" is one word said twice.
        if !words.iter().any(|w| w == word) {
            words.push(word.to_string());
        }
    }
    let joined = words.concat();
    Phrase { words, joined, bonus: if at == 0 { 12 } else { 0 } }
}

/// Small letters without accents, with the spelling habits that mean the same sound made alike.
fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().take(120).map(small) {
        match c {
            'à'..='å' => plain.push('a'),
            'è'..='ë' => plain.push('e'),
            'ì'..='ï' => plain.push('i'),
            'ò'..='ö' => plain.push('o'),
            'ù'..='ü' => plain.push('u'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            '\'' | '’' | '`' | '\u{300}'..='\u{36f}' => {}
            c if is_of_word(c) => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.replace("ph", "f").replace("ck", "k").replace("oe", "u").chars() {
        match c {
            'y' => out.push('i'),
            'v' => out.push('f'),
            'z' => out.push('s'),
            'q' => out.push('k'),
            'x' => out.push_str("ks"),
            c => out.push(c),
        }
        // Twice the same letter sounds like one.
        let mut last = out.chars().rev();
        if let (Some(a), Some(b)) = (last.next(), last.next())
            && a == b
            && is_letter(a)
        {
            out.pop();
        }
    }
    out
}

/// How much a word says: "jual" nearly nothing, "warung" a little.
fn weight(word: &str) -> u32 {
    const NOTHING: [&str; 44] = [
        "jual",
        "jualan",
        "berjualan",
        "menjual",
        "penjual",
        "dagang",
        "dagangan",
        "berdagang",
        "pedagang",
        "usaha",
        "buka",
        "membuka",
        "bikin",
        "buat",
        "membuat",
        "pembuat",
        "produksi",
        "saia",
        "mau",
        "ingin",
        "punia",
        "di",
        "dan",
        "untuk",
        "atau",
        "sendiri",
        "kecil",
        "keliling",
        "bisnis",
        "kerja",
        "i",
        "a",
        "mi",
        "want",
        "sel",
        "seling",
        "make",
        "making",
        "and",
        "or",
        "the",
        "of",
        "busines",
        "smal",
    ];
    const LITTLE: [&str; 15] = [
        "warung", "toko", "kios", "tukang", "jasa", "tempat", "lapak", "kedai", "gerobak", "rumah", "shop", "stal",
        "store", "serfice", "repair",
    ];
    if NOTHING.contains(&word) {
        1
    } else if LITTLE.contains(&word) {
        4
    } else {
        10
    }
}

/// 0 to about 1100: how well the typed words fit a name.
fn score(typed: &Phrase, name: &Phrase) -> u32 {
    let whole = match () {
        () if typed.joined == name.joined => 1080,
        // "tambalban", "kuekering"
        () if typed.joined.len() > 5 && close(&typed.joined, &name.joined) == Some(1) => 930,
        () if typed.joined.len() > 8 && close(&typed.joined, &name.joined) == Some(2) => 860,
        () => 0,
    };
    let mut sum = 0;
    let mut most = 0;
    let mut used = vec![false; name.words.len()];
    for (at, word) in typed.words.iter().enumerate() {
        let last = at + 1 == typed.words.len();
        let best = name.words.iter().enumerate().map(|(n, w)| (alike(word, w, last), n)).max_by_key(|(q, _)| *q);
        let (mut quality, place) = best.unwrap_or_default();
        if quality < 60 && word.len() > 5 && name.words.len() > 1 && name.joined.contains(word.as_str()) {
            quality = 90;
        }
        if quality > 0
            && let Some(u) = used.get_mut(place)
        {
            *u = true;
        }
        sum += weight(word) * quality;
        most += weight(word) * 100;
    }
    if most == 0 {
        return whole;
    }
    let told: u32 = typed.words.iter().map(|w| weight(w)).sum();
    let hit: u32 = name.words.iter().zip(&used).filter(|(_, u)| **u).map(|(w, _)| weight(w)).sum();
    let all: u32 = name.words.iter().map(|w| weight(w)).sum();
    let mut score = sum * 900 / most + hit * 100 / all.max(1);
    // "mau jual" alone tells nothing of what.
    if told < 4 && whole == 0 {
        score = score * 60 / 100;
    }
    score.max(whole) + name.bonus
}

/// 0 to 100: how alike a typed word and a word of the name are.
fn alike(typed: &str, word: &str, last: bool) -> u32 {
    if typed == word {
        return 100;
    }
    let (a, b) = (typed.len(), word.len());
    // Still typing: the beginning of a word.
    if word.starts_with(typed) && a >= 2 {
        return if last { 88 } else { 74 } - (b - a).min(12) as u32;
    }
    // With an ending or a prefix: "kosan", "penjahit", "beternak".
    if typed.starts_with(word) && b >= 3 && a - b <= 3 {
        return 84;
    }
    if b >= 4 && a > b && typed.contains(word) {
        return 80;
    }
    if a >= 4 && b > a && word.contains(typed) {
        return 70;
    }
    if a < 4 || b < 4 {
        return 0;
    }
    match close(typed, word) {
        Some(1) => 78,
        Some(2) if a >= 7 && b >= 6 => 66,
        _ => 0,
    }
}

/// Slips between two words (a letter more, less, other, or two swapped), up to two.
fn close(a: &str, b: &str) -> Option<u8> {
    const MOST: usize = 40;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 2 || a.len() > MOST || b.len() > MOST {
        return None;
    }
    let mut before = [0u8; MOST + 1];
    let mut row = [0u8; MOST + 1];
    for (at, cell) in row.iter_mut().enumerate() {
        *cell = at as u8;
    }
    for i in 1..=a.len() {
        let mut next = [i as u8; MOST + 1];
        let mut least = next[0];
        for j in 1..=b.len() {
            let other = u8::from(a[i - 1] != b[j - 1]);
            let mut slips = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                slips = slips.min(before[j - 2] + 1);
            }
            next[j] = slips;
            least = least.min(slips);
        }
        if least > 2 {
            return None;
        }
        before = row;
        row = next;
    }
    Some(row[b.len()]).filter(|slips| *slips <= 2)
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
