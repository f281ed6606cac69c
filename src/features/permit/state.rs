//! Reading the code of a permit as it was typed, spoken or pasted. Pure.

/// As many characters as a code has.
pub const LENGTH: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFault {
    Empty,
    /// A character that no code has.
    Sign(char),
    Length(usize),
}

/// The code as the server knows it.
///
/// # Errors
/// [`CodeFault`] when it cannot be a code.
pub fn code(typed: &str) -> Result<String, CodeFault> {
    let typed = typed.rsplit_once("/cek/").map_or(typed, |(_, code)| code);
    let mut code = String::new();
    for sign in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}')) {
        code.push(match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => return Err(CodeFault::Sign(sign)),
            c if c.is_ascii_alphanumeric() => c,
            _ => return Err(CodeFault::Sign(sign)),
        });
    }
    match code.len() {
        0 => Err(CodeFault::Empty),
        LENGTH => Ok(code),
        have => Err(CodeFault::Length(have)),
    }
}

/// In four groups, as people read it out.
pub fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in
            ["7K2M9QX4T0BD5HVN", "7k2m 9qx4 tobd 5hvn", "7K2M-9QX4-T0BD-5HVN", "https://x.example/cek/7K2M9QX4T0BD5HVN"]
        {
            assert_eq!(code(typed).as_deref(), Ok("7K2M9QX4T0BD5HVN"), "{typed}");
        }
        assert_eq!(grouped("7K2M9QX4T0BD5HVN"), "7K2M 9QX4 T0BD 5HVN");
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(code("  "), Err(CodeFault::Empty));
        assert_eq!(code("7K2M"), Err(CodeFault::Length(4)));
        assert_eq!(code("7K2M?"), Err(CodeFault::Sign('?')));
        assert_eq!(code("é"), Err(CodeFault::Sign('é')));
    }
}
