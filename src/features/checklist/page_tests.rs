//! The pages as the host renders them, without a browser: they must not panic, and must work without script.

use super::state::tests::published;
use crate::app;
use crate::client::resource::Given;
use std::sync::Arc;

fn html(href: &str) -> String {
    let json = published(serde_json::json!([])).to_string();
    let source = move |path: &str| path.starts_with("/catalog?").then(|| Given { status: 200, text: json.clone() });
    app::render(href, 1_790_000_000_000, Arc::new(source)).html
}

#[test]
fn a_question_is_a_form_that_keeps_the_earlier_answers() {
    let html = html("/izin?usaha=warung&surat-lama=iumk");
    for part in [
        r#"method="get""#,
        r#"action="/izin""#,
        r#"<input type="hidden" name="usaha" value="warung""#,
        r#"<input type="hidden" name="surat-lama" value="iumk""#,
        r#"<input type="hidden" name="--kirim" value="modal""#,
        r#"name="modal" value="mikro""#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_sent_form_without_an_answer_shows_the_fault() {
    assert!(html("/izin?usaha=warung&--kirim=modal").contains("error-summary"));
    assert!(!html("/izin?usaha=warung").contains("error-summary\""));
}

#[test]
fn strange_addresses_show_the_nearest_question() {
    for href in
        ["/izin?usaha=%3Cscript%3E", "/izin?usaha=zzz", "/izin?--ganti=zzz", "/izin/hasil?usaha=zzz", "/izin?%%%&&=="]
    {
        let html = html(href);
        assert!(html.contains("<h1"), "{href}");
        assert!(!html.contains("<script>"), "{href}");
    }
}

#[test]
fn the_result_lists_the_permits_in_order() {
    let html = html("/izin/hasil?usaha=warung&modal=mikro&surat-lama=iumk");
    let nib = html.find("Nama nib").unwrap();
    let reklame = html.find("Nama reklame").unwrap();
    assert!(nib < reklame);
    for part in ["karena papan", "IUMK diganti NIB", "tanya petugas/OSS"] {
        assert!(html.contains(part), "{part}");
    }
}
