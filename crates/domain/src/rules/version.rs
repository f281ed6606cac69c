//! The version of a rule set: SHA-256 of compact JSON, object keys sorted, arrays in order, defaults omitted.

use super::RuleSet;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Lower-case hex.
pub fn version(rules: &RuleSet) -> String {
    // A rule set is text and whole numbers only, so it always becomes a value.
    let value = serde_json::to_value(rules).unwrap_or(Value::Null);
    let mut text = String::new();
    write(&value, &mut text);
    crate::key::hex(&Sha256::digest(text.as_bytes()))
}

/// Sorted by hand: another crate may switch on `preserve_order` for the whole build.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
