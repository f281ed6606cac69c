//! Phones and tabs that type into the same draft on mad lines, against a model of the office.

use super::tests::office;
use super::*;

pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// The office: `server/src/applications/save.rs` in ten lines, with the rule that it is there to keep.
#[derive(Default)]
struct Office {
    fields: Fields,
    versions: BTreeMap<String, u64>,
}

impl Office {
    fn save(&mut self, fields: &Changes, seen: &BTreeMap<String, u64>) -> Vec<String> {
        let mut clashes = Vec::new();
        for (id, value) in fields {
            let version = self.versions.entry(id.clone()).or_default();
            if self.fields.get(id) == value.as_ref() {
                continue;
            }
            if seen.get(id).is_some_and(|seen| seen != version) {
                clashes.push(id.clone());
                continue;
            }
            *version += 1;
            match value {
                Some(value) => self.fields.insert(id.clone(), value.clone()),
                None => self.fields.remove(id),
            };
        }
        clashes
    }

    fn tell(&self, clashes: Vec<String>) -> Application {
        let mut told = office(&[]);
        told.fields = self.fields.clone();
        told.versions = self.versions.clone();
        told.clashes = clashes;
        told
    }
}

fn begun() -> Draft {
    let mut draft = Draft::begin("reklame", "", "0123456789abcdef", 1);
    draft.adopt(&office(&[]));
    draft
}

const FIELDS: [&str; 3] = ["nama", "alamat", "isi"];

/// Everything typed is at the office in the end, or somebody typed or chose over it with it before their eyes.
#[test]
fn nothing_typed_on_two_phones_is_overwritten_unseen() {
    for seed in 1..=2_000u64 {
        let mut random = Random::of(seed);
        let mut office = Office::default();
        let mut phones = [begun(), begun()];
        // Per phone and field: values that this phone's person has seen (typed, read, or was shown).
        let mut seen: [BTreeMap<&str, Vec<Option<String>>>; 2] = Default::default();
        for step in 0..200 {
            let at = random.below(2) as usize;
            let phone = &mut phones[at];
            match random.below(8) {
                0..=2 if step < 150 => {
                    let id = FIELDS[random.below(3) as usize];
                    let value = match random.below(6) {
                        0 => String::new(),
                        _ => format!("{at}-{step}"),
                    };
                    phone.edit(id, &value, step);
                    seen[at].entry(id).or_default().push(phone.fields.get(id).cloned());
                }
                3 => phone.adopt(&office.tell(Vec::new())),
                4 if !phone.clashes.is_empty() => {
                    let id = phone.clashes.keys().next().unwrap().clone();
                    phone.choose(&id, random.below(2) == 0);
                }
                // The page is loaded again from what the phone keeps.
                5 => {
                    let kept = serde_json::to_string(&phone.for_phone(true)).unwrap();
                    *phone = crate::client::json::read(&kept).unwrap();
                }
                _ => {
                    let (fields, bases) = phone.trying();
                    let arrives = random.below(4) > 0;
                    if arrives {
                        for id in fields.keys() {
                            let id = FIELDS.iter().find(|f| **f == id).unwrap();
                            let old = office.fields.get(*id).cloned();
                            let changed = old.as_ref() != fields[*id].as_ref();
                            let same = bases.get(*id) == Some(&office.versions.get(*id).copied().unwrap_or(0));
                            let known = old.is_none() || seen[at].get(id).is_some_and(|s| s.contains(&old));
                            assert!(!(changed && same) || known, "seed {seed}: {id} {old:?} was never seen on {at}");
                        }
                        let clashes = office.save(&fields, &bases);
                        if random.below(4) > 0 {
                            phone.told(&Told::Saved(fields, Box::new(office.tell(clashes))), "");
                        }
                    }
                }
            }
            for id in FIELDS {
                let known = seen[at].entry(id).or_default();
                known.push(phones[at].fields.get(id).cloned());
                known.extend(phones[at].clashes.get(id).cloned());
            }
        }
        // The line is good again, and the persons choose their own.
        for _ in 0..6 {
            for phone in &mut phones {
                phone.adopt(&office.tell(Vec::new()));
                for id in FIELDS {
                    phone.choose(id, true);
                }
                let (fields, bases) = phone.trying();
                let clashes = office.save(&fields, &bases);
                phone.told(&Told::Saved(fields, Box::new(office.tell(clashes))), "");
            }
        }
        for phone in &mut phones {
            phone.adopt(&office.tell(Vec::new()));
            assert!(phone.unsent.is_empty() && phone.clashes.is_empty(), "seed {seed}: {phone:?}");
            assert_eq!(phone.fields, office.fields, "seed {seed}");
        }
    }
}

#[test]
fn a_lost_answer_is_no_clash_with_oneself() {
    let mut office = Office::default();
    let mut phone = begun();
    phone.edit("nama", "Sri", 1);
    let (fields, seen) = phone.trying();
    assert!(office.save(&fields, &seen).is_empty());
    // No answer came, and the person typed on.
    phone.edit("nama", "Sri Wahyuni", 2);
    let (fields, seen) = phone.trying();
    let clashes = office.save(&fields, &seen);
    assert_eq!(clashes, ["nama"]);
    phone.told(&Told::Saved(fields, Box::new(office.tell(clashes))), "");
    assert!(phone.clashes.is_empty());
    let (fields, seen) = phone.trying();
    assert!(office.save(&fields, &seen).is_empty());
    assert_eq!(office.fields["nama"], "Sri Wahyuni");
}

#[test]
fn the_same_field_on_two_phones_is_a_choice() {
    let mut office = Office::default();
    let (mut own, mut other) = (begun(), begun());
    other.edit("nama", "Bu Sri", 1);
    let (fields, seen) = other.trying();
    office.save(&fields, &seen);
    own.edit("nama", "Sri", 1);
    own.edit("alamat", "Jl. Contoh", 1);
    own.wish = Some(Wish::Submit);
    own.adopt(&office.tell(Vec::new()));
    assert_eq!(own.clashes, BTreeMap::from([("nama".to_string(), Some("Bu Sri".to_string()))]));
    assert_eq!(own.field("nama"), "Sri");
    let (fields, seen) = own.trying();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["alamat"]);
    let clashes = office.save(&fields, &seen);
    own.told(&Told::Saved(fields, Box::new(office.tell(clashes))), "");
    assert_eq!(own.next(0), Next::Choice);
    let mut theirs = own.clone();
    theirs.choose("nama", false);
    assert_eq!((theirs.field("nama"), theirs.next(0)), ("Bu Sri", Next::Save));
    own.choose("nama", true);
    let (fields, seen) = own.trying();
    assert!(office.save(&fields, &seen).is_empty());
    assert_eq!(office.fields["nama"], "Sri");
}

/// Two tabs of one phone: each writes what it joined, and none loses what the other typed.
#[test]
fn two_tabs_join_field_by_field() {
    for seed in 1..=1_000u64 {
        let mut random = Random::of(seed);
        let mut kept = begun();
        let mut tabs = [begun(), begun()];
        let mut before = [begun(), begun()];
        let mut last: BTreeMap<&str, (usize, String)> = BTreeMap::new();
        for step in 0..60 {
            let at = random.below(2) as usize;
            let id = FIELDS[random.below(3) as usize];
            // A tab in front has joined before it is typed in.
            if random.below(5) > 0 {
                tabs[at].join(&before[at], &kept);
                before[at] = tabs[at].clone();
            }
            if tabs[at].clashes.is_empty() && random.below(3) > 0 {
                let value = format!("{at}-{step}");
                tabs[at].edit(id, &value, step);
                last.insert(id, (at, value));
            }
            tabs[at].join(&before[at], &kept);
            for (clash, theirs) in tabs[at].clashes.clone() {
                let id = FIELDS.iter().find(|f| **f == clash).unwrap();
                let mine = random.below(2) == 0;
                let value = if mine { tabs[at].field(id).to_string() } else { theirs.clone().unwrap_or_default() };
                tabs[at].choose(id, mine);
                last.insert(id, (at, value));
            }
            kept = tabs[at].clone();
            before[at] = kept.clone();
        }
        for (id, (_, value)) in &last {
            assert_eq!(kept.field(id), value, "seed {seed}");
        }
    }
}
