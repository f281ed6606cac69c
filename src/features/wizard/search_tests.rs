//! Everyday phrasings against the office's own list of activities.

use super::*;
use satu_pintu_domain::content::Activity;

#[derive(serde::Deserialize)]
struct List {
    activity: Vec<Activity>,
}

fn office() -> Vec<Activity> {
    toml::from_str::<List>(include_str!("../../../content/activities.toml")).unwrap().activity
}

fn index(list: &[Activity]) -> Index {
    Index::new(list.iter().map(|a| {
        let names =
            std::iter::once(a.name.as_str()).chain(a.synonyms.iter().map(String::as_str)).chain([a.en.as_str()]);
        (a.id.as_str(), names.collect())
    }))
}

/// What a person types, and what must come first.
const FIRST: [(&str, &str); 66] = [
    ("warung nasi", "warung-nasi"),
    ("warteg", "warung-nasi"),
    ("WARTEG", "warung-nasi"),
    ("wartek", "warung-nasi"),
    ("jualan nasi", "warung-nasi"),
    ("rumah makan padang", "warung-nasi"),
    ("rice stall", "warung-nasi"),
    ("tambal ban", "tambal-ban"),
    ("tambalban", "tambal-ban"),
    ("tmabal ban", "tambal-ban"),
    ("tukang tambal ban motor", "tambal-ban"),
    ("jualan kue kering", "kue-kering"),
    ("kue kring", "kue-kering"),
    ("bikin nastar", "kue-kering"),
    ("mau jual kue lebaran", "kue-kering"),
    ("kos-kosan", "kos"),
    ("kost", "kos"),
    ("kos kosan putri", "kos"),
    ("indekost", "kos"),
    ("isi ulang galon", "isi-ulang-galon"),
    ("air isi ulang", "isi-ulang-galon"),
    ("depot galon", "isi-ulang-galon"),
    ("galon", "isi-ulang-galon"),
    ("laundry", "laundry"),
    ("laundri kiloan", "laundry"),
    ("londry", "laundry"),
    ("cucian baju", "laundry"),
    ("menjahit", "jahit"),
    ("tukang jait", "jahit"),
    ("jahit baju", "jahit"),
    ("barbershop", "pangkas-rambut"),
    ("barber shop", "pangkas-rambut"),
    ("potong rambut", "pangkas-rambut"),
    ("foto copy", "fotokopi"),
    ("photocopi", "fotokopi"),
    ("fotocopy", "fotokopi"),
    ("ketering", "katering"),
    ("catering nasi kotak", "katering"),
    ("mie ayam", "bakso-mie-ayam"),
    ("miayam bakso", "bakso-mie-ayam"),
    ("es teh", "minuman"),
    ("café", "warung-kopi"),
    ("warkop", "warung-kopi"),
    ("kripik singkong", "keripik"),
    ("rempeyek", "keripik"),
    ("tahu", "tahu-tempe"),
    ("frozen food", "makanan-beku"),
    ("sembako", "sembako"),
    ("toko madura", "sembako"),
    ("pulsa", "pulsa"),
    ("konter hp", "pulsa"),
    ("bengkel motor", "bengkel-motor"),
    ("servis motor", "bengkel-motor"),
    ("service hp", "servis-hp"),
    ("cuci motor", "cuci-kendaraan"),
    ("salon kecantikan", "salon"),
    ("bidan", "praktik-bidan"),
    ("dokter gigi", "praktik-dokter-gigi"),
    ("apotik", "apotek"),
    ("olshop", "jual-online"),
    ("ternak ayam", "ayam"),
    ("beternak kambing", "sapi-kambing"),
    ("pertamini", "bensin-eceran"),
    ("thrifting", "baju-bekas"),
    ("villa", "vila"),
    ("sablon kaos", "sablon-bordir"),
];

#[test]
fn everyday_words_find_the_business_first() {
    let list = office();
    let index = index(&list);
    let missed: Vec<String> = FIRST
        .iter()
        .filter(|(typed, wanted)| index.find(typed).first() != Some(wanted))
        .map(|(typed, wanted)| format!("{typed}: wanted {wanted}, got {:?}", index.find(typed)))
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_name_and_synonym_finds_its_own() {
    let list = office();
    let index = index(&list);
    let mut missed = Vec::new();
    for activity in &list {
        for name in std::iter::once(&activity.name).chain(&activity.synonyms).chain([&activity.en]) {
            let found = index.find(name);
            if !found.iter().take(6).any(|id| *id == activity.id) && name.len() > 1 {
                missed.push(format!("{name} of {}: {found:?}", activity.id));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn while_typing_the_right_one_comes_up() {
    let list = office();
    let index = index(&list);
    for (typed, wanted) in [
        ("war", "warung-nasi"),
        ("tamb", "tambal-ban"),
        ("laun", "laundry"),
        ("kos", "kos"),
        ("gal", "isi-ulang-galon"),
    ] {
        assert!(index.find(typed).iter().take(8).any(|id| *id == wanted), "{typed}: {:?}", index.find(typed));
    }
}

#[test]
fn nonsense_finds_nothing() {
    let list = office();
    let index = index(&list);
    for typed in ["", " ", "x", "qwxz", "????", "12345678", "\u{0}\u{7f}", "🍜"] {
        assert!(index.find(typed).is_empty(), "{typed}: {:?}", index.find(typed));
    }
    let _ = index.find(&"warung ".repeat(10_000));
}

#[test]
fn a_word_that_all_share_shows_a_short_list_at_most() {
    let list = office();
    let index = index(&list);
    assert!(index.find("saya mau buka usaha").len() < 20, "{:?}", index.find("saya mau buka usaha"));
    assert!(index.find("warung").len() > 3);
}
