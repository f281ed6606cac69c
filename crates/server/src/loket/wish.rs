//! What somebody wants to see of the queue. It stands in a cookie of the desk and not in the address: a name
//! looked for is personal, and going back from a file shows the same list again.

use super::form::Typed;
use crate::staff::session::Staff;
use axum::http::{HeaderMap, header};
use satu_pintu_api::staff::QueueItem;
use satu_pintu_domain::application::{Holder, State};
use satu_pintu_domain::staff::Deed;

const COOKIE: &str = "satu-pintu-antrean";

/// Most characters of a search.
const LONGEST: usize = 80;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// A name, or a part of a number.
    pub text: String,
    /// One of [`STAGES`], or empty.
    pub stage: String,
    pub service: String,
    /// Only what the person has taken.
    pub mine: bool,
}

/// Stages by which the queue is narrowed.
pub const STAGES: &[(&str, &str)] = &[
    ("giliran", "Giliran bagian saya"),
    ("kantor", "Di kantor ini"),
    ("baru", "Baru masuk"),
    ("diperiksa", "Sedang diperiksa"),
    ("usulan", "Menunggu petugas kedua"),
    ("dinas", "Di dinas teknis"),
    ("pemohon", "Menunggu pemohon"),
    ("terbit", "Disetujui, belum diserahkan"),
    ("ditolak", "Ditolak, belum dikabari"),
];

impl Wish {
    pub fn of(typed: &Typed) -> Wish {
        let known = |value: &str| STAGES.iter().any(|(id, _)| *id == value);
        Wish {
            text: typed.get("cari").trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect(),
            stage: Some(typed.get("tahap")).filter(|stage| known(stage)).unwrap_or_default().to_owned(),
            service: typed.get("layanan").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect(),
            mine: typed.get("saya") == "ya",
        }
    }

    pub fn kept(headers: &HeaderMap) -> Wish {
        let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == COOKIE).map_or_else(Wish::default, |(_, value)| {
            Wish::of(&Typed::parse(value.replace('.', "&").replace(':', "=").as_bytes()))
        })
    }

    /// As the cookie holds it; nothing for everything.
    pub fn written(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        let fields = [("cari", &self.text), ("tahap", &self.stage), ("layanan", &self.service)];
        text.extend_pairs(fields.into_iter().filter(|(_, value)| !value.is_empty()));
        if self.mine {
            text.append_pair("saya", "ya");
        }
        text.finish().replace('.', "%2E").replace('&', ".").replace('=', ":")
    }

    pub fn fits(&self, item: &QueueItem, staff: &Staff) -> bool {
        let stage = match self.stage.as_str() {
            "giliran" => here(staff, item),
            "kantor" => matches!(item.state, State::Submitted | State::Checking),
            "baru" => item.state == State::Submitted,
            "diperiksa" => item.state == State::Checking && item.proposed.is_none(),
            "usulan" => item.proposed.is_some() || item.revoking,
            "dinas" => item.state == State::WithAgency,
            "pemohon" => item.state == State::WaitingApplicant,
            "terbit" => item.state == State::Granted,
            "ditolak" => item.state == State::Refused,
            _ => true,
        };
        let text = self.text.to_lowercase();
        let named = text.is_empty()
            || item.applicant.to_lowercase().contains(&text)
            || item.number.to_lowercase().contains(&text);
        let service = self.service.is_empty() || item.service == self.service;
        stage && service && named && (!self.mine || item.taken_by.as_deref() == Some(staff.account.as_str()))
    }
}

/// Whether the file waits for this person's side: that of each agency asked, or the office's; one whose permit may be
/// taken back, for whoever decides that.
pub fn here(staff: &Staff, item: &QueueItem) -> bool {
    let ours = |holder: &Holder| match holder {
        Holder::Agency(agency) => *agency == staff.agency,
        Holder::Applicant => false,
        Holder::FrontOffice | Holder::BackOffice | Holder::Signer => staff.agency.is_empty(),
    };
    (item.revoking && staff.roles.may(Deed::Revoke)) || (item.state != State::Refused && item.holders.iter().any(ours))
}

/// The cookie; without a value it goes away.
pub fn cookie(value: &str, secure: bool) -> String {
    let gone = if value.is_empty() { "; Max-Age=0" } else { "" };
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/loket; HttpOnly; SameSite=Strict{gone}{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_wish_comes_back_from_its_cookie() {
        let whole =
            Wish { text: "Sri & Co. = 50% + a:b".into(), stage: "dinas".into(), service: "reklame".into(), mine: true };
        for wish in [Wish::default(), Wish { text: "bu sri".into(), ..Wish::default() }, whole] {
            let cookie = format!("a=b; {COOKIE}={}", wish.written());
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&cookie).unwrap())]);
            assert_eq!(Wish::kept(&headers), wish, "{cookie}");
        }
        let typed = Typed::parse(b"tahap=lain&layanan=..%2Fx&cari=%0A");
        assert_eq!(Wish::of(&typed), Wish { service: "x".into(), ..Wish::default() });
    }
}
