//! What the upload pages decide: which requirements are asked of whom, how far each is, what stands in which
//! order, how many pages still fit. Pure; tested at the end.

use crate::client::transfer::Phase;
use crate::client::upload::Upload;
use satu_pintu_api::application::FileItem;
use satu_pintu_domain::application::{State, Status};
use satu_pintu_domain::content::{Evidence, Requirement, Service};
use satu_pintu_domain::rules::Facts;

/// A requirement as this application asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub card: Requirement,
    pub note: String,
    /// "Hanya bila ..."; empty when it concerns everybody.
    pub only_if: String,
    pub optional: bool,
}

impl Asked {
    /// Everybody must send it.
    pub fn must(&self) -> bool {
        !self.optional && self.only_if.is_empty()
    }
    /// Something is sent for it at all.
    pub fn sent(&self) -> bool {
        matches!(self.card.evidence, Evidence::Photo | Evidence::Document)
    }
}

/// The requirements in the office's order, without those the answers exclude.
pub fn asked(service: &Service, cards: &[Requirement], facts: &Facts) -> Vec<Asked> {
    let one = |need: &satu_pintu_domain::content::Need| {
        let card = cards.iter().find(|c| c.id == need.card)?;
        need.when.not_excluded(facts).then(|| Asked {
            card: card.clone(),
            note: need.note.clone(),
            only_if: need.only_if.clone(),
            optional: need.optional,
        })
    };
    service.requirement.iter().filter_map(one).collect()
}

/// How far a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Nothing,
    /// On its way: so many, and so many there already.
    Coming(usize, usize),
    There(usize),
    /// A file was refused or needs the key.
    Trouble,
    /// Sent back and nothing new yet.
    Mend,
}

pub fn progress(card: &str, files: &[FileItem], uploads: &[Upload], status: Option<&Status>) -> Progress {
    let mine: Vec<&Upload> = uploads.iter().filter(|u| u.item == card).collect();
    let there = files.iter().filter(|f| f.item == card && !f.replaced).count();
    if mine.iter().any(|u| matches!(u.transfer.phase, Phase::Refused(_) | Phase::NeedsKey)) {
        return Progress::Trouble;
    }
    let coming = mine.iter().filter(|u| !u.transfer.finished()).count();
    if coming > 0 {
        return Progress::Coming(coming, there);
    }
    if status.is_some_and(|s| to_mend(s, card, files)) {
        return Progress::Mend;
    }
    if there > 0 { Progress::There(there) } else { Progress::Nothing }
}

/// Sent back, and no file has come since.
pub fn to_mend(status: &Status, card: &str, files: &[FileItem]) -> bool {
    let back = status.state == State::WaitingApplicant && status.returned.iter().any(|r| r.item == card);
    back && !files.iter().any(|f| f.item == card && !f.replaced && f.received >= status.since)
}

/// What the officer said about it.
pub fn reason(status: &Status, card: &str) -> Option<String> {
    let waiting = status.state == State::WaitingApplicant;
    status.returned.iter().find(|r| waiting && r.item == card).map(|r| r.reason.clone())
}

/// Whether files of a requirement may be changed now.
pub fn open(status: Option<&Status>, card: &str) -> bool {
    status.is_none_or(|s| match s.state {
        State::Draft => true,
        State::WaitingApplicant => s.returned.iter().any(|r| r.item == card),
        _ => false,
    })
}

/// The office's files of a requirement in order. While mending, those from before are apart.
pub fn stored<'a>(card: &str, files: &'a [FileItem]) -> Vec<&'a FileItem> {
    let mut mine: Vec<&FileItem> = files.iter().filter(|f| f.item == card && !f.replaced).collect();
    crate::order::by_key(&mut mine, |f| (f.page, f.received));
    mine
}

/// Whether a stored file is one the officer sent back.
pub fn old(file: &FileItem, status: Option<&Status>) -> bool {
    status.is_some_and(|s| {
        s.state == State::WaitingApplicant && s.returned.iter().any(|r| r.item == file.item) && file.received < s.since
    })
}

/// How many more files fit. Old ones do not count: the new set takes their place.
pub fn room(card: &Requirement, files: &[FileItem], uploads: &[Upload], status: Option<&Status>) -> usize {
    let there = files.iter().filter(|f| f.item == card.id && !f.replaced && !old(f, status)).count();
    let refused = |u: &Upload| matches!(u.transfer.phase, Phase::Refused(_));
    let coming =
        uploads.iter().filter(|u| u.item == card.id && u.transfer.phase != Phase::Received && !refused(u)).count();
    usize::from(card.pages.max(1)).saturating_sub(there + coming)
}

/// How long something takes, as people say it: whole minutes, or tens of seconds below two minutes.
pub fn roughly(seconds: u64) -> (u64, u64) {
    match seconds {
        0..=119 => (0, seconds.div_ceil(10).max(1) * 10),
        _ => (seconds.div_ceil(60), 0),
    }
}

/// The ids with one moved up or down. Nothing moves beyond the ends.
pub fn moved(ids: &[String], id: &str, up: bool) -> Vec<String> {
    let mut ids = ids.to_vec();
    if let Some(at) = ids.iter().position(|i| i == id) {
        let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < ids.len()) };
        if let Some(to) = to {
            ids.swap(at, to);
        }
    }
    ids
}

/// The pages on their way that a page may change places with: the one before it and the one after it. Pages go, and lie
/// at the office, in the order of `made`; one that is just being sent, or may be there already, keeps its place.
pub fn beside(uploads: &[Upload], id: &str) -> [Option<String>; 2] {
    let Some(own) = uploads.iter().find(|u| u.id == id) else { return [None, None] };
    let still = |u: &Upload| {
        let rests = matches!(u.transfer.phase, Phase::Waiting | Phase::Resting | Phase::Paused);
        rests && !u.raw && !u.transfer.may_be_there()
    };
    let mut pages: Vec<&Upload> =
        uploads.iter().filter(|u| u.page == 0 && (&u.number, &u.item) == (&own.number, &own.item)).collect();
    crate::order::by_key(&mut pages, |u| u.made);
    let Some(at) = pages.iter().position(|u| u.id == id) else { return [None, None] };
    let other = |at: Option<usize>| {
        let other = pages.get(at?)?;
        (still(own) && still(other)).then(|| other.id.clone())
    };
    [other(at.checked_sub(1)), other(Some(at + 1))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::transfer::{Do, Event, Transfer};
    use satu_pintu_domain::application::{DaysUsed, Holder, Returned};

    fn file(id: &str, page: u32, received: i64) -> FileItem {
        FileItem {
            id: id.into(),
            item: "ktp".into(),
            page,
            name: "KTP.jpg".into(),
            media_type: "image/jpeg".into(),
            size: 1,
            sha256: String::new(),
            received,
            replaced: false,
        }
    }

    fn upload(phase: Phase) -> Upload {
        let mut transfer = Transfer::new(10);
        transfer.phase = phase;
        Upload {
            id: "u".into(),
            number: "n".into(),
            item: "ktp".into(),
            page: 0,
            name: String::new(),
            media_type: String::new(),
            transfer,
            made: 0,
            kept: false,
            raw: false,
            due: 0,
            asked: 0,
            held: false,
            judged: String::new(),
        }
    }

    fn waiting(since: i64) -> Status {
        Status {
            state: State::WaitingApplicant,
            holder: Holder::Applicant,
            since,
            submitted: Some(1),
            intake_due: None,
            due: None,
            days_total: 5,
            used: DaysUsed::default(),
            time: None,
            overdue: false,
            calendar_missing: None,
            returned: vec![Returned { item: "ktp".into(), reason: "Buram".into(), mark: None }],
            accepted: vec![],
            complete: false,
            refusal: None,
            permit: None,
            valid_until: None,
            revoked: None,
            taken_by: None,
        }
    }

    #[test]
    fn a_requirement_goes_from_nothing_to_there() {
        let files = [file("a", 1, 5)];
        assert_eq!(progress("ktp", &[], &[], None), Progress::Nothing);
        assert_eq!(progress("ktp", &[], &[upload(Phase::Resting)], None), Progress::Coming(1, 0));
        assert_eq!(progress("ktp", &files, &[upload(Phase::Sending)], None), Progress::Coming(1, 1));
        assert_eq!(progress("ktp", &files, &[], None), Progress::There(1));
        let refused = upload(Phase::Refused("file-type".into()));
        assert_eq!(progress("ktp", &files, &[refused], None), Progress::Trouble);
        assert_eq!(progress("ktp", &files, &[upload(Phase::NeedsKey)], None), Progress::Trouble);
        assert_eq!(progress("lain", &files, &[upload(Phase::NeedsKey)], None), Progress::Nothing);
    }

    #[test]
    fn a_returned_paper_waits_for_a_newer_one() {
        let status = waiting(10);
        assert_eq!(progress("ktp", &[file("a", 1, 5)], &[], Some(&status)), Progress::Mend);
        assert_eq!(progress("ktp", &[file("a", 1, 12)], &[], Some(&status)), Progress::There(1));
        assert_eq!(reason(&status, "ktp").as_deref(), Some("Buram"));
        assert!(open(Some(&status), "ktp") && !open(Some(&status), "npwp"));
        let granted = Status { state: State::Granted, ..waiting(10) };
        assert!(!open(Some(&granted), "ktp"));
        assert_eq!(reason(&granted, "ktp"), None);
    }

    #[test]
    fn old_pages_do_not_take_the_room_of_new_ones() {
        let text = include_str!("../../../content/requirements/ktp.toml");
        let card: Requirement = toml::from_str(text).unwrap();
        let pages = usize::from(card.pages);
        assert_eq!(room(&card, &[], &[], None), pages);
        assert_eq!(room(&card, &[file("a", 1, 5)], &[], None), pages - 1);
        assert_eq!(room(&card, &[file("a", 1, 5)], &[], Some(&waiting(10))), pages);
        assert_eq!(room(&card, &[], &[upload(Phase::Refused(String::new()))], None), pages);
        assert_eq!(room(&card, &[], &[upload(Phase::Waiting)], None), pages - 1);
    }

    #[test]
    fn nobody_counts_seconds() {
        assert_eq!(roughly(0), (0, 10));
        assert_eq!(roughly(37), (0, 40));
        assert_eq!(roughly(119), (0, 120));
        assert_eq!(roughly(121), (3, 0));
    }

    #[test]
    fn pages_on_their_way_change_places_unless_one_is_being_sent() {
        let page = |id: &str, made, phase| Upload { id: id.into(), made, ..upload(phase) };
        let other = Upload { item: "npwp".into(), ..page("x", 2, Phase::Waiting) };
        let pages = [
            page("c", 3, Phase::Resting),
            other,
            page("a", 1, Phase::Sending),
            page("b", 2, Phase::Waiting),
            page("d", 4, Phase::Paused),
        ];
        let some = |id: &str| Some(id.to_string());
        assert_eq!(beside(&pages, "a"), [None, None]);
        assert_eq!(beside(&pages, "b"), [None, some("c")]);
        assert_eq!(beside(&pages, "c"), [some("b"), some("d")]);
        assert_eq!(beside(&pages, "d"), [some("c"), None]);
        assert_eq!(beside(&pages, "x"), [None, None]);
        // All of it was sent and no answer came.
        let mut tried = pages.to_vec();
        tried[4].transfer = Transfer::new(10);
        tried[4].transfer.step(Event::Go);
        assert!(matches!(tried[4].transfer.step(Event::Failed { wait_ms: 0, chance: 0, ms: 0 }), Do::Rest { .. }));
        assert_eq!(beside(&tried, "c"), [some("b"), None]);
    }

    #[test]
    fn pages_move_but_not_beyond_the_ends() {
        let ids: Vec<String> = ["a", "b", "c"].map(String::from).into();
        assert_eq!(moved(&ids, "b", true), ["b", "a", "c"]);
        assert_eq!(moved(&ids, "b", false), ["a", "c", "b"]);
        assert_eq!(moved(&ids, "a", true), ids);
        assert_eq!(moved(&ids, "c", false), ids);
        assert_eq!(moved(&ids, "x", false), ids);
    }
}
