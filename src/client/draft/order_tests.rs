//! A draft on a mad line, from beginning to receipt: answers are lost, the page dies, files take their time. There
//! is one application in the end, handed in once, with everything typed and every file.

use super::merge_tests::Random;
use super::tests::office;
use super::*;
use std::collections::BTreeSet;

/// The office: what it answers is kept by token, so that a repeated request has its effect once.
#[derive(Default)]
struct Office {
    begun: BTreeSet<String>,
    fields: Fields,
    versions: BTreeMap<String, u64>,
    files: u64,
    taken_away: BTreeSet<String>,
    handed_in: BTreeMap<String, (Fields, u64)>,
}

impl Office {
    fn tell(&self) -> Application {
        let mut told = office(&[]);
        told.fields = self.fields.clone();
        told.versions = self.versions.clone();
        told
    }
}

fn receipt() -> Receipt {
    Receipt {
        number: "2026-0001-RK".into(),
        service_name: String::new(),
        submitted: 1,
        intake_due: None,
        due: None,
        days: 5,
        minutes: 0,
        until: None,
        files: 0,
        head: String::new(),
    }
}

#[test]
fn a_thousand_mad_lines_end_in_one_receipt() {
    for seed in 1..=1_000u64 {
        let mut chance = Random::of(seed);
        let mut random = move |n: u64| chance.below(n);
        let mut office = Office::default();
        let mut draft = Draft::begin("reklame", "", "0123456789abcdef", 1);
        draft.key = "K".into();
        let wanted = random(4);
        let mut unwanted = BTreeSet::new();
        let mut typed = Fields::new();
        for step in 0.. {
            assert!(step < 2_000, "seed {seed} never ends: {draft:?}");
            if draft.receipt.is_some() {
                break;
            }
            if draft.wish.is_none() && random(3) == 0 {
                let (id, value) = (format!("isian-{}", random(5)), format!("{step}"));
                draft.edit(&id, &value, step);
                typed.insert(id, value);
            }
            if draft.wish.is_none() && !draft.is_local() && random(9) == 0 {
                let path = format!("/files/{step}");
                draft.gone.push(path.clone());
                unwanted.insert(path);
            }
            if draft.wish.is_none() && step > 20 {
                draft.wish = Some(Wish::Submit);
            }
            if random(6) == 0 {
                let kept = serde_json::to_string(&draft.for_phone(true)).unwrap();
                draft = crate::client::json::read(&kept).unwrap();
            }
            if !draft.is_local() && office.files < wanted && random(3) == 0 {
                office.files += 1;
            }
            let next = draft.next((wanted - office.files) as usize);
            let (fields, seen) = draft.trying();
            let (arrives, answered) = (random(3) > 0, random(3) > 0);
            if !arrives {
                continue;
            }
            let told = match next {
                Next::Begin => {
                    office.begun.insert(draft.begin_token());
                    Told::Began(Box::new(office.tell()))
                }
                Next::TakeAway => {
                    office.taken_away.extend(draft.gone.clone());
                    Told::TakenAway(draft.gone.clone())
                }
                Next::Save => {
                    let mut clashes = Vec::new();
                    for (id, value) in &fields {
                        let version = office.versions.entry(id.clone()).or_default();
                        let same = office.fields.get(id) == value.as_ref();
                        if !same && seen.get(id).is_some_and(|seen| seen != version) {
                            clashes.push(id.clone());
                        } else if !same {
                            *version += 1;
                            office.fields.insert(id.clone(), value.clone().unwrap_or_default());
                        }
                    }
                    Told::Saved(fields, Box::new(Application { clashes, ..office.tell() }))
                }
                Next::HandIn(wish) => {
                    assert_eq!(office.taken_away, unwanted, "seed {seed}: handed in with what was taken away");
                    let now = (office.fields.clone(), office.files);
                    office.handed_in.entry(draft.submit_token.clone()).or_insert(now);
                    Told::HandedIn(wish, receipt())
                }
                Next::Choice => panic!("seed {seed}: a clash with oneself: {draft:?}"),
                Next::Files(_) | Next::Nothing => continue,
            };
            if answered {
                draft.told(&told, "token");
            }
        }
        assert_eq!(office.begun.len(), 1, "seed {seed}");
        assert_eq!(office.handed_in.values().collect::<Vec<_>>(), [&(typed, wanted)], "seed {seed}");
        assert_eq!(office.taken_away, unwanted, "seed {seed}");
        assert!(!draft.waits(), "seed {seed}");
    }
}
