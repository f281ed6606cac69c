//! Our reader and serde_json's agree.

use super::read;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::survey::HalfResult;
use satu_pintu_domain::application::{Event, Holder};
use satu_pintu_domain::rules::{Band, Guard};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

fn same<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
    assert_eq!(read::<T>(text), serde_json::from_str(text).ok(), "{text}");
}

#[test]
fn both_readers_agree() {
    same::<Holder>("\"front-office\"");
    same::<Holder>("{\"agency\":\"pupr\"}");
    same::<Holder>("{\"agency\":1}");
    same::<Holder>("\"nobody\"");
    same::<Guard>("{\"modal\":\"mikro\",\"tempat\":[\"sewa\",\"pasar\"]}");
    same::<Band>("{\"unit\":\"rupiah\",\"mikro\":{\"max\":1000000000},\"besar\":{}}");
    same::<Event>(
        r#"{"seq":1,"at":1700000000000,"actor":"applicant","kind":"submitted","intake_days":1,"service_days":5,"rules":"x"}"#,
    );
    same::<Event>(r#"{"seq":2,"at":-5,"actor":"staff","by":"sari","kind":"granted"}"#);
    same::<Event>(r#"{"seq":2,"at":-5,"actor":"staff","kind":"unheard-of"}"#);
    same::<Problem>(r#"{"type":"/problems/busy","title":"t","status":503,"code":"busy"}"#);
    same::<Problem>(r#"{"type":"/problems/busy","title":"t","status":70000,"code":"busy"}"#);
    same::<HalfResult>(
        r#"{"half":"2026-2","label":"","index":null,"n":3,"needed":10,"csv":"","spread":{"biaya":[0,1,2,3]}}"#,
    );
    same::<HalfResult>(r#"{"half":"2026-3","index":null,"n":3,"needed":10,"csv":"","spread":{}}"#);
    same::<Option<u8>>("null");
    same::<()>("null");
    same::<Vec<(String, Vec<String>)>>(r#"[["usaha",["warung-nasi"]]]"#);
    same::<BTreeMap<String, Option<i64>>>(r#"{"a":null,"b":-3}"#);
    same::<u8>("256");
    same::<bool>("1");
}

#[test]
fn what_is_no_json_is_nothing() {
    assert_eq!(read::<u8>("<html>"), None);
    assert_eq!(read::<u8>(""), None);
    assert_eq!(read::<u8>("1 2"), None);
    assert_eq!(read::<Vec<u8>>("[1,]"), None);
    assert_eq!(read::<Vec<u8>>("[1"), None);
    assert_eq!(read::<String>("\"a"), None);
    assert_eq!(read::<bool>("tru"), None);
    assert_eq!(read::<()>(&"[".repeat(100_000)), None);
}

#[test]
fn texts_are_read_with_their_escapes() {
    same::<String>(r#""a\n\t\r\b\f\"\\\/ \u00e9 \ud83d\ude00 é""#);
    same::<String>(r#""\ud83d""#);
    same::<String>(r#""\x""#);
    same::<Vec<String>>(" [ \"a\" ,\n\"\" ] ");
    same::<Vec<i64>>("[-9223372036854775808, 0, 17]");
}
