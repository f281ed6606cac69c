//! Letters as texts of an office have them: Latin. The standard library knows the letters of all scripts by tables,
//! 12 KB of every program that asks for one.

/// A letter of a word.
pub fn is_letter(c: char) -> bool {
    // Behind Latin-1's signs come letters only, but for two signs and the punctuation.
    c.is_ascii_alphabetic() || (c >= 'À' && !matches!(c, '×' | '÷' | '\u{2000}'..='\u{206f}'))
}

/// A letter or a digit.
pub fn is_of_word(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c)
}

/// The small letter of a capital.
pub fn small(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}

/// A text in small letters.
pub fn small_text(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_known_and_made_small() {
        assert!("azAZéÑ中".chars().all(is_letter));
        assert!(!" 7-–×,’".chars().any(is_letter));
        assert!("7a".chars().all(is_of_word));
        assert_eq!(small_text("ÀÉ×ß Warung KUE 7"), "àé×ß warung kue 7");
    }
}
