//! Records by their id, to look up: a sorted list. A `BTreeMap` is for thousands that come and go; here it would
//! make each kind of record two kilobytes more to download.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

#[derive(Debug, Clone, PartialEq)]
pub struct ById<T>(Vec<(String, T)>);

impl<T> Default for ById<T> {
    fn default() -> ById<T> {
        ById(Vec::new())
    }
}

impl<T> ById<T> {
    pub fn get(&self, id: &str) -> Option<&T> {
        let at = self.0.binary_search_by(|record| record.0.as_str().cmp(id)).ok()?;
        self.0.get(at).map(|record| &record.1)
    }

    pub fn contains_key(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (String, T)> {
        self.0.iter()
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|record| &record.0)
    }
}

impl<'a, T> IntoIterator for &'a ById<T> {
    type Item = &'a (String, T);
    type IntoIter = std::slice::Iter<'a, (String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, record)| (id, record)))
    }
}

struct Records<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Records<T> {
    type Value = ById<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<ById<T>, A::Error> {
        let mut records: Vec<(String, T)> = Vec::new();
        while let Some(id) = table.next_key::<String>()? {
            let record = table.next_value()?;
            let at = records.partition_point(|before| before.0 < id);
            records.insert(at, (id, record));
        }
        Ok(ById(records))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ById<T>, D::Error> {
        deserializer.deserialize_map(Records(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_by_their_id_and_written_in_its_order() {
        let read: ById<u8> = serde_json::from_str(r#"{"b":2,"a":1,"c":3}"#).unwrap();
        assert_eq!((read.get("a"), read.get("c"), read.get("d")), (Some(&1), Some(&3), None));
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"a":1,"b":2,"c":3}"#);
        assert!(serde_json::from_str::<ById<u8>>("[]").is_err());
    }
}
