//! The application form: what keeps it from being sent.
#![allow(clippy::unwrap_used)]

mod common;
use common::day;
use satu_pintu_domain::content::Service;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{Fields, applicant, fault, faults, required_cards};
use satu_pintu_domain::validate::ALL_FAULTS;
use serde_json::json;

fn today() -> Day {
    day("2026-11-22")
}

fn service() -> Service {
    let field =
        |id: &str, kind: &str, required: bool| json!({ "id": id, "kind": kind, "label": id, "required": required });
    let bounded =
        |id: &str, kind: &str| json!({ "id": id, "kind": kind, "label": id, "required": true, "min": 1, "max": 100 });
    let choice = json!({ "id": "jenis", "kind": "choice", "label": "Jenis", "required": true,
        "options": [{ "id": "tetap", "label": "Tetap" }, { "id": "insidentil", "label": "Sementara" }] });
    serde_json::from_value(json!({
        "id": "reklame", "name": "Izin reklame", "plain": "", "who": "", "channel": "office", "order": 1,
        "category": "other", "decides": "", "days": "waktu", "cost": "biaya", "product": "", "validity": "",
        "basis": [], "source": [], "verified": false, "step": [],
        "requirement": [
            { "card": "ktp" },
            { "card": "sewa", "only_if": "Hanya bila menyewa" },
            { "card": "pbg", "when": { "bangun": "ya" } },
            { "card": "foto", "optional": true },
            { "card": "gambar" }
        ],
        "page": [
            { "id": "satu", "title": "", "field": [bounded("teks", "text"), choice, bounded("lebar", "number")] },
            { "id": "dua", "title": "", "field": [
                field("sejak", "date", false), field("nilai", "money", false), field("lampu", "yesno", false),
                field("hp", "phone", false), field("nik2", "nik", false), field("npwp", "npwp", false),
                field("nib", "nib", false), field("cerita", "longtext", false), field("usaha", "name", false),
                field("str", "reference", false)] }
        ]
    }))
    .unwrap()
}

fn filled() -> Fields {
    let fields = [
        (applicant::NAME, "Sitti Nur'aini"),
        (applicant::NIK, "3578 0801 0203 0001"),
        (applicant::PHONE, "0812-3456-7890"),
        (applicant::ADDRESS, "Jl. Poros 3, Malili"),
        (applicant::TELL, "whatsapp"),
        (applicant::HELPER, "sendiri"),
        (applicant::CONSENT, "ya"),
        ("teks", "Warung Bu Sitti"),
        ("jenis", "tetap"),
        ("lebar", "1,5"),
    ];
    fields.map(|(id, value)| (id.to_string(), value.to_string())).into()
}

fn all(fields: &Fields, have: &[&str]) -> Vec<(String, String)> {
    let have: Vec<String> = have.iter().map(|h| h.to_string()).collect();
    let found = faults(&service(), fields, &have, today());
    found.into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn a_complete_form_has_no_faults() {
    assert_eq!(all(&filled(), &["ktp", "gambar"]), []);
    assert_eq!(required_cards(&service()).collect::<Vec<_>>(), ["ktp", "gambar"]);
}

#[test]
fn an_empty_form_names_everything_in_order() {
    let got: Vec<String> =
        all(&Fields::new(), &[]).into_iter().map(|(field, code)| format!("{field} {code}")).collect();
    let wanted = [
        "nama required",
        "nik required",
        "telepon required",
        "alamat required",
        "pengurus required",
        "kabar required",
        "teks required",
        "jenis required",
        "lebar required",
        "item:ktp file-missing",
        "item:gambar file-missing",
        "setuju consent-missing",
    ];
    assert_eq!(got, wanted);
}

#[test]
fn a_helper_is_asked_only_when_there_is_one() {
    let mut fields = filled();
    fields.insert(applicant::HELPER.into(), "kuasa".into());
    let both = all(&fields, &["ktp", "gambar"]);
    assert_eq!(
        both.iter().map(|(f, c)| format!("{f} {c}")).collect::<Vec<_>>(),
        ["kuasa-nama required", "kuasa-telepon required"]
    );
    fields.insert(applicant::HELPER_NAME.into(), "Andi".into());
    fields.insert(applicant::HELPER_PHONE.into(), "0811234567".into());
    fields.insert(applicant::TELL_WHOM.into(), "kuasa".into());
    assert_eq!(all(&fields, &["ktp", "gambar"]), []);
}

#[test]
fn each_fault_by_its_field() {
    for (field, value, code) in [
        (applicant::NAME, "S", "name-short"),
        (applicant::NAME, "Sitti 2", "name-digits"),
        (applicant::NAME, "   ", "required"),
        (applicant::NAME, "<b>Sitti</b>", "name-signs"),
        (applicant::NAME, "Sitti\u{7}Aminah", "name-signs"),
        ("usaha", "Warung > Sitti", "name-signs"),
        ("usaha", "Warung\nSitti", "name-signs"),
        ("str", "abc", "reference-form"),
        ("str", "tidak ada", "reference-form"),
        ("str", "12-34/56", "reference-form"),
        (applicant::NIK, "123", "nik-length"),
        (applicant::PHONE, "hp", "phone-form"),
        (applicant::ADDRESS, "Jl", "address-short"),
        (applicant::TELL, "surat", "option-unknown"),
        (applicant::HELPER, "teman", "option-unknown"),
        (applicant::CONSENT, "tidak", "consent-missing"),
        ("jenis", "besar", "option-unknown"),
        ("lebar", "lebar sekali", "number-form"),
        ("lebar", "0,5", "too-small"),
        ("lebar", "100,5", "too-large"),
        ("sejak", "31 April 2026", "date-none"),
        ("nilai", "banyak", "money-form"),
        ("lampu", "mungkin", "option-unknown"),
        ("hp", "0812", "phone-length"),
        ("nik2", "x", "nik-digits"),
        ("npwp", "1", "npwp-length"),
        ("nib", "1", "nib-length"),
        ("tidak-ada", "x", "unknown"),
    ] {
        let mut fields = filled();
        fields.insert(field.into(), value.into());
        let found = fault(&service(), field, &fields, today());
        assert_eq!(found.map(|f| f.code).as_deref(), Some(code), "{field} = {value}");
        assert!(ALL_FAULTS.contains(&code));
    }
    let mut fields = filled();
    fields.insert("teks".into(), "a".repeat(101));
    assert_eq!(fault(&service(), "teks", &fields, today()).unwrap().code, "too-long");
    fields.insert("cerita".into(), "é".repeat(2_000));
    assert_eq!(fault(&service(), "cerita", &fields, today()), None);
}

#[test]
fn names_may_have_any_letters() {
    let fine = |field: &str, value: &str| {
        let mut fields = filled();
        fields.insert(field.into(), value.into());
        assert_eq!(fault(&service(), field, &fields, today()), None, "{value}");
    };
    let names = ["Bu Sri", "Nguyễn", "ڤوتري", "O'Neil-D'Souza", "I Made Öz", "Li", "dr. Sri, Sp.A", "Sri d/h Ani"];
    for name in names {
        fine(applicant::NAME, name);
        fine("usaha", name);
    }
    for name in ["Warung 24 Jam", "CV Sri & Anak", "Toko \"Murah\" (Pusat)", "Kafé D'Pasar, Lt. 2"] {
        fine("usaha", name);
    }
    for number in ["CT00000000000001", "11 01 5 2 2 13-1234567", "446/SIP.12/2019", "cv00000000000002"] {
        fine("str", number);
    }
}
