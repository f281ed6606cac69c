//! Asking for passwords: without echo on a terminal, or a line of standard input.

use crate::Failure;
use std::io::BufRead;

/// # Errors
/// When there is no terminal to ask on.
pub fn ask(question: &str) -> Result<String, Failure> {
    rpassword::prompt_password(format!("{question}: "))
        .map_err(|e| format!("kata sandi tidak terbaca ({e}); pakai --password-stdin").into())
}

/// The next line of standard input.
///
/// # Errors
/// When there is none.
pub fn line() -> Result<String, Failure> {
    let mut text = String::new();
    if std::io::stdin().lock().read_line(&mut text)? == 0 {
        return Err("masukan standar sudah habis".into());
    }
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
