use super::*;

#[test]
fn small() {
    let index = Index::new([("kos", vec!["Rumah kos", "kos-kosan", "indekos"]), ("tambal-ban", vec!["Tambal ban"]), ("jahit", vec!["Jahit baju", "penjahit", "tailor"])]);
    assert_eq!(index.find("kost"), ["kos"]);
    assert_eq!(index.find("tambalban"), ["tambal-ban"]);
    assert_eq!(index.find("tmabal ban"), ["tambal-ban"]);
    assert_eq!(index.find("menjahit")[0], "jahit");
    assert!(index.find("").is_empty());
    assert!(index.find("qqqq").is_empty());
}
