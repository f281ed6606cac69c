//! Cleaning what a phone says a file is called, and writing it into a header.

/// A name that is safe in any folder and any header: no path, no control or direction characters, at most 100
/// characters, with the ending of its real type.
pub fn clean(sent: &str, extension: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name: String = last
        .chars()
        .filter(|c| !c.is_control() && !invisible(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';' | '\u{FFFD}') { '-' } else { c })
        .collect();
    name = name.trim_matches([' ', '.', '-']).to_owned();
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 => stem.trim_end_matches([' ', '.']),
        _ => name.as_str(),
    };
    let stem: String = stem.chars().take(100).collect();
    let stem = stem.trim_matches([' ', '.', '-']);
    if stem.is_empty() { format!("berkas.{extension}") } else { format!("{stem}.{extension}") }
}

/// Characters that hide or turn text around.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}')
}

/// `attachment; filename="..."; filename*=UTF-8''...`
pub fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && c != '"' && c != '\\' { c } else { '_' }).collect();
    let coded: String = name
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans() {
        for (sent, wanted) in [
            ("KTP Bu Sri.JPG", "KTP Bu Sri.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\fakepath\\foto.png", "foto.jpg"),
            ("a\u{202E}gpj.exe", "agpj.jpg"),
            ("", "berkas.jpg"),
            ("...", "berkas.jpg"),
            ("ktp\r\nSet-Cookie: x=1", "ktpSet-Cookie- x=1.jpg"),
            ("surat \"asli\".pdf", "surat -asli.jpg"),
            ("日本語.pdf", "日本語.jpg"),
        ] {
            assert_eq!(clean(sent, "jpg"), wanted, "{sent:?}");
        }
        assert_eq!(clean(&"x".repeat(500), "pdf").chars().count(), 104);
    }

    #[test]
    fn header_is_ascii() {
        assert_eq!(disposition("KTP é.jpg"), "attachment; filename=\"KTP__.jpg\"; filename*=UTF-8''KTP%20%C3%A9.jpg");
    }
}
