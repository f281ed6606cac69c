//! Random bytes from the browser, for idempotency keys and shuffles.

/// Hex of 16 random bytes.
pub fn token() -> String {
    let mut bytes = [0u8; 16];
    if let Some(crypto) = super::window().and_then(|w| w.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
