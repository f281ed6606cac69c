//! What is read aloud before a yes, and how the yes was given.

use super::super::form::Typed;
use crate::contents::Published;
use crate::problem::Answer;
use crate::staff::verbs::fault;
use maud::{Markup, html};
use satu_pintu_domain::application::{Consent, Giver};
use satu_pintu_domain::form::{Fields, applicant};

/// How and by whom, from the form.
///
/// # Errors
/// When one of the two was not chosen.
pub fn read(typed: &Typed) -> Answer<(Consent, Giver)> {
    let how = Consent::ALL.iter().find(|how| how.id() == typed.get("cara"));
    let giver = Giver::ALL.iter().find(|giver| giver.id() == typed.get("pemberi"));
    match (how, giver) {
        (Some(how), Some(giver)) if typed.get("dibacakan") == "ya" => Ok((*how, *giver)),
        (Some(_), Some(_)) => {
            Err(fault("read", "consent-missing", "Bacakan kalimat persetujuan kepada pemohon, lalu centang."))
        }
        _ => Err(fault("consent", "required", "Pilih siapa yang setuju dan bagaimana persetujuannya diberikan.")),
    }
}

pub fn form(typed: &Typed) -> Markup {
    let choice = |name: &str, legend: &str, options: Vec<(&str, &str)>| {
        html! {
            fieldset {
                legend { (legend) }
                @for (id, title) in options {
                    label class="check" {
                        input type="radio" name=(name) value=(id) required checked[typed.get(name) == id];
                        " " (capital(title))
                    }
                }
            }
        }
    };
    html! {
        label class="check" {
            input type="checkbox" name="dibacakan" value="ya" required checked[typed.get("dibacakan") == "ya"];
            " Kalimat di atas sudah saya bacakan"
        }
        (choice("pemberi", "Siapa yang setuju", Giver::ALL.iter().map(|giver| (giver.id(), giver.title())).collect()))
        (choice("cara", "Bagaimana", Consent::ALL.iter().map(|how| (how.id(), how.title())).collect()))
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Before anything is typed.
pub fn to_begin(content: &Published) -> Markup {
    let keep = &content.office().retention;
    html! {
        blockquote {
            p { "Saya membantu Bapak atau Ibu mengisi permohonan. Nama saya tercatat pada setiap langkah." }
            p { "Kami menyimpan data dan berkas untuk permohonan ini saja." }
            p {
                "Berkas kami hapus " (keep.files_months) " bulan dan data pribadi " (keep.personal_months)
                " bulan sesudah permohonan selesai."
            }
            p { "Bapak atau Ibu boleh berhenti kapan saja, dan boleh melanjutkan sendiri dengan kunci yang kami cetak." }
        }
    }
}

/// Who hears from us, and how.
pub fn messages(fields: &Fields) -> String {
    let field = |id: &str| fields.get(id).map_or("", |value| value.trim());
    let helper = field(applicant::HELPER) == "kuasa" && field(applicant::TELL_WHOM) == "kuasa";
    let (name, phone, who) = if helper {
        (field(applicant::HELPER_NAME), field(applicant::HELPER_PHONE), "kuasa pemohon")
    } else {
        (field(applicant::NAME), field(applicant::PHONE), "pemohon")
    };
    match field(applicant::TELL) {
        "whatsapp" => format!("Kabar dikirim lewat WhatsApp kepada {name} ({who}), nomor {phone}."),
        "telepon" => format!("Kabar disampaikan lewat telepon kepada {name} ({who}), nomor {phone}."),
        _ => "Tidak ada kabar yang dikirim. Pemohon melacak sendiri dengan nomor dan kuncinya.".to_owned(),
    }
}
