//! What is kept, where, how long and why.

use crate::i18n::t;
use crate::routes::Route;
use crate::shell::{Affected, Page, part_with_catalog};
use leptos::prelude::*;
use satu_pintu_domain::content::Office;

pub fn privacy_page() -> AnyView {
    let w = t().about();
    view! {
        <Page title=w.privacy_title lead=w.privacy_lead back=Route::Home.link() affected=Affected::None>
            <ul class="list">
                <li>{w.privacy_no_account}</li>
                <li>{w.privacy_no_tracking}</li>
                <li>{w.privacy_no_sale}</li>
            </ul>
            {part_with_catalog(|catalog| kept(&catalog.office))}
            <h2>{w.privacy_phone_title}</h2>
            <p>{w.privacy_phone}</p>
            <p>{w.privacy_shared_phone}</p>
            <h2>{w.privacy_key_title}</h2>
            <p>{w.privacy_key}</p>
            <h2>{w.privacy_rights_title}</h2>
            <p>{w.privacy_rights}</p>
            <p><a href=Route::Contact.link()>{t().shell().contact}</a></p>
        </Page>
    }
    .into_any()
}

fn kept(office: &Office) -> AnyView {
    let w = t().about();
    let r = &office.retention;
    let rows = [
        (w.kept_draft, w.days(r.draft_days), w.kept_draft_why),
        (w.kept_files, w.months(r.files_months), w.kept_files_why),
        (w.kept_personal, w.months(r.personal_months), w.kept_personal_why),
        (w.kept_survey, w.kept_survey_how_long.to_string(), w.kept_survey_why),
        (w.kept_callback, w.kept_callback_how_long.to_string(), w.kept_callback_why),
    ];
    view! {
        <section class="table-box" tabindex="0" aria-label=w.kept_title>
            <table class="kept">
                <caption>{w.kept_title}</caption>
                <thead>
                    <tr><th scope="col">{w.kept_what}</th><th scope="col">{w.kept_long}</th><th scope="col">{w.kept_why}</th></tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|(what, long, why)| view! {
                        <tr><th scope="row">{what}</th><td>{long}</td><td>{why}</td></tr>
                    }).collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}
