//! Changing a value of the office's own content: nothing else moves, it can be taken back, and a change of somebody
//! else is never written over.

#![allow(clippy::unwrap_used)]

use satu_pintu_domain::content::{DayName, HolidayKind};
use satu_pintu_publish::edit::{DayOff, Edit, Stuck, apply};
use satu_pintu_publish::{Dir, Files, Memory, load};

fn content() -> Memory {
    let dir = Dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content").into());
    Memory(dir.list().unwrap().into_iter().map(|path| (path.clone(), dir.read(&path).unwrap())).collect())
}

fn lines(files: &Memory, path: &str) -> Vec<String> {
    String::from_utf8(files.read(path).unwrap()).unwrap().lines().map(str::to_owned).collect()
}

fn edits() -> Vec<Edit> {
    let text = |file: &str, place: &str, old: &str, new: &str| Edit::Text {
        file: file.into(),
        place: place.into(),
        old: old.into(),
        new: new.into(),
    };
    let off = DayOff { kind: HolidayKind::CutiBersama, name: "Cuti \"daerah\"".into(), en: "Local leave".into() };
    let param = |old, new| Edit::Param {
        id: "biaya.reklame".into(),
        from: "2027-01-01".parse().unwrap(),
        source: "contoh-kabupaten".into(),
        old,
        new,
    };
    vec![
        text("office.toml", "phone", "0812-0000-0001", "0812-0000-0002"),
        Edit::Openings {
            days: vec![DayName::Jumat],
            since: "2026-12-01".parse().unwrap(),
            before: vec![("08:00".into(), "15:00".into())],
            old: vec![],
            new: vec![("08:00".into(), "11:30".into()), ("13:00".into(), "15:00".into())],
        },
        text(
            "desk.toml",
            "sentence/1/text",
            "Ada bagian yang terpotong. Foto lagi sampai keempat sudutnya terlihat.",
            "Terpotong.",
        ),
        param(None, Some(25_000)),
        param(Some(25_000), Some(30_000)),
        Edit::Holiday { date: "2027-04-21".parse().unwrap(), old: None, new: Some(off) },
    ]
}

#[test]
fn an_edit_changes_its_line_alone_and_undoing_it_gives_the_same_bytes() {
    let before = content();
    for (at, edit) in edits().into_iter().enumerate() {
        let mut files = before.clone();
        if at == 4 {
            apply(&mut files, &edits()[3..4]).unwrap();
        }
        let start = files.clone();
        assert_eq!(apply(&mut files, std::slice::from_ref(&edit)).unwrap(), [edit.file()]);
        let (old, new) = (lines(&start, edit.file()), lines(&files, edit.file()));
        let gone: Vec<&String> = old.iter().filter(|line| !new.contains(line)).collect();
        assert!(gone.len() <= 1, "{edit:?}: {gone:?}");
        assert!(new.len() >= old.len(), "{edit:?}");
        assert!(load(&files, "2026-11-23".parse().unwrap()).is_ok(), "{edit:?}");
        // Twice is once.
        assert_eq!(apply(&mut files, std::slice::from_ref(&edit)).unwrap(), [""; 0]);
        apply(&mut files, &[edit.undo()]).unwrap();
        assert_eq!(files.read(edit.file()).unwrap(), start.read(edit.file()).unwrap(), "{edit:?}");
    }
}

#[test]
fn a_fee_holds_from_its_day_and_a_day_off_is_off() {
    let mut files = content();
    apply(&mut files, &edits()).unwrap();
    let content = load(&files, "2026-11-23".parse().unwrap()).unwrap();
    let fee = |day: &str| content.param("biaya.reklame", day.parse().unwrap());
    assert_eq!((fee("2026-12-31"), fee("2027-01-01")), (Some(0), Some(30_000)));
    assert_eq!(content.calendar.is_working("2027-04-21".parse().unwrap()), Ok(false));
    assert_eq!(content.calendar.is_working("2027-04-22".parse().unwrap()), Ok(true));
    // Where it belongs: after the last day off before it.
    let days: Vec<_> =
        content.years.iter().find(|year| year.year == 2027).unwrap().day.iter().map(|day| day.date).collect();
    assert!(days.is_sorted(), "{days:?}");
}

#[test]
fn what_somebody_else_changed_is_not_written_over() {
    for edit in edits().into_iter().filter(|edit| !matches!(edit, Edit::Param { old: Some(_), .. })) {
        let mut files = content();
        let other = match edit.clone() {
            Edit::Text { file, place, old, .. } => Edit::Text { file, place, old, new: "lain".into() },
            Edit::Param { id, from, source, .. } => Edit::Param { id, from, source, old: None, new: Some(7) },
            Edit::Openings { days, since, before, .. } => {
                let new = vec![("09:00".into(), "10:00".into())];
                Edit::Openings { days, since, before, old: vec![], new }
            }
            Edit::Holiday { date, .. } => {
                let off = DayOff { kind: HolidayKind::LiburNasional, name: "Lain".into(), en: "Other".into() };
                Edit::Holiday { date, old: None, new: Some(off) }
            }
        };
        apply(&mut files, &[other]).unwrap();
        let kept = files.clone();
        assert!(matches!(apply(&mut files, std::slice::from_ref(&edit)), Err(Stuck::Changed(_))), "{edit:?}");
        assert_eq!(files.0, kept.0);
    }
    let nowhere = Edit::Text { file: "office.toml".into(), place: "fax".into(), old: String::new(), new: "1".into() };
    assert!(matches!(apply(&mut content(), &[nowhere]), Err(Stuck::Missing(_))));
    let unknown = Edit::Holiday { date: "2090-01-01".parse().unwrap(), old: None, new: None };
    assert!(matches!(apply(&mut content(), &[unknown]), Err(Stuck::Missing(_))));
}
