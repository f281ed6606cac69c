//! Passwords: argon2id, one at a time per processor, and one-time passwords that people can type.

use crate::Failure;
use crate::problem::{Answer, Fault};
use crate::secret;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Fewest characters of a password people choose.
pub const SHORTEST: usize = 12;
/// Most bytes that are looked at.
const LONGEST: usize = 1024;

/// Each run takes 19 MB: a burst of sign-ins must not take the memory away.
static RUNS: Semaphore = Semaphore::const_new(2);

/// Checked for accounts that do not exist, so that they take as long as those that do.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now(&one_time()).unwrap_or_default());

/// 80 random bits in four groups: `k7mq-2xwd-9hpt-3vza`.
pub fn one_time() -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::with_capacity(19);
    for (i, byte) in secret::random::<16>().iter().enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    text
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes())?;
    Ok(hash.to_string())
}

/// # Errors
/// When the system gives no random bytes or no thread.
pub async fn hash(password: &str) -> Result<String, Failure> {
    let _run = RUNS.acquire().await?;
    let password = password.to_owned();
    Ok(tokio::task::spawn_blocking(move || hash_now(&password).map_err(|e| e.to_string())).await??)
}

/// Whether the password belongs to the hash; `None` is an account that does not exist and takes as long.
///
/// # Errors
/// When the stored hash cannot be read.
pub async fn verify(password: &str, stored: Option<String>) -> Answer<bool> {
    let _run = RUNS.acquire().await.map_err(Fault::broken)?;
    let password = password.to_owned();
    let checked = tokio::task::spawn_blocking(move || {
        let known = stored.is_some() && password.len() <= LONGEST;
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&stored).map_err(|e| e.to_string())?;
        let fits = Argon2::default().verify_password(password.get(..LONGEST).unwrap_or(&password).as_bytes(), &parsed);
        Ok::<bool, String>(fits.is_ok() && known)
    });
    checked.await.map_err(Fault::broken)?.map_err(Fault::broken)
}

/// Whether people may choose it in place of the old one.
pub fn good(new: &str, old: &str) -> bool {
    let one_letter = new.chars().next().is_some_and(|first| new.chars().all(|c| c == first));
    new.chars().count() >= SHORTEST && new.len() <= LONGEST && new != old && !one_letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_passwords_are_typeable_and_different() {
        let (a, b) = (one_time(), one_time());
        assert_ne!(a, b);
        assert_eq!(a.len(), 19);
        assert!(good(&a, ""));
        assert!(!good("sebelas1234", "") && !good(&a, &a) && !good("aaaaaaaaaaaaaaaa", ""));
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let stored = hash("kata sandi yang panjang").await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("kata sandi yang panjang", Some(stored.clone())).await.unwrap());
        assert!(!verify("kata sandi yang lain", Some(stored)).await.unwrap());
        assert!(!verify("kata sandi yang panjang", None).await.unwrap());
    }
}
