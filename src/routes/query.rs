//! Answers in a query: `usaha=warung-nasi&surat-lama=iumk.siup`, many values joined by `.`. Pure.
//! Anything that holds other characters than `[A-Za-z0-9-]` is dropped: it is no answer of ours.

use super::clean;
use satu_pintu_domain::rules::{from_url, to_url};

/// Names and their values, in the order of the address. The same type as `domain::rules::Answers`.
pub type Pairs = Vec<(String, Vec<String>)>;

/// Reads a query without its `?`.
pub fn parse(query: &str) -> Pairs {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, values)| !name.is_empty() && clean(name) && !values.is_empty() && values.split('.').all(clean))
        .map(|(name, values)| {
            let values = values.split('.').filter(|v| !v.is_empty()).map(from_url).collect();
            (from_url(name), values)
        })
        .collect()
}

/// Writes it again.
pub fn write(pairs: &Pairs) -> String {
    let mut out = String::new();
    for (name, values) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&to_url(name));
        for (i, value) in values.iter().enumerate() {
            out.push(if i == 0 { '=' } else { '.' });
            out.push_str(&to_url(value));
        }
    }
    out
}

/// The first value of a name.
pub fn first(pairs: &Pairs, name: &str) -> Option<String> {
    pairs.iter().find(|(n, _)| n == name).and_then(|(_, v)| v.first().cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        let text = "usaha=warung-nasi&surat-lama=iumk.siup&modal=--qtidak--utahu";
        let pairs = parse(text);
        assert_eq!(pairs[1].1, ["iumk", "siup"]);
        assert_eq!(pairs[2].1, ["?tidak_tahu"]);
        assert_eq!(write(&pairs), text);
    }

    #[test]
    fn strange_things_are_dropped() {
        assert!(parse("a=%3Cb%3E&=x&c&d=").is_empty());
        assert_eq!(first(&parse("q=<&layanan=reklame"), "layanan").as_deref(), Some("reklame"));
    }
}
