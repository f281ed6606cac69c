//! Changes made elsewhere: on another phone (the office tells versions), in another tab (what the phone keeps has
//! changed). Different fields merge; the same field becomes a clash that the person decides. Nothing is
//! overwritten silently.

use super::Draft;
use satu_pintu_api::application::Application;
use satu_pintu_domain::form::Fields;
use std::collections::{BTreeMap, BTreeSet};

impl Draft {
    /// Version of a field as the office last told it.
    pub(super) fn version(&self, id: &str) -> u64 {
        self.versions.get(id).copied().unwrap_or(0)
    }

    /// Whether the office has told of later changes than this answer knows.
    pub fn newer_than(&self, office: &Application) -> bool {
        let known = |id: &String| office.versions.get(id).copied().unwrap_or(0);
        self.number == office.number && self.versions.iter().any(|(id, version)| *version > known(id))
    }

    /// What is unsent meets what the office has.
    pub(super) fn meet(&mut self, fields: &Fields, versions: &BTreeMap<String, u64>) {
        self.versions.clone_from(versions);
        self.clashes.clear();
        self.unsent.retain(|id, value| fields.get(id) != value.as_ref());
        for id in self.unsent.keys() {
            let (now, theirs) = (versions.get(id).copied().unwrap_or(0), fields.get(id).cloned());
            // What an older version of this program kept does not say what it saw.
            if self.bases.get(id).is_none_or(|base| *base == now) {
                continue;
            }
            if self.tried.get(id).is_some_and(|tried| tried.contains(&theirs)) {
                self.bases.insert(id.clone(), now);
            } else {
                self.clashes.insert(id.clone(), theirs);
            }
        }
        self.tidy();
    }

    /// The person chose: what was typed here, or what was typed elsewhere.
    pub fn choose(&mut self, id: &str, mine: bool) {
        let Some(theirs) = self.clashes.remove(id) else { return };
        self.bases.insert(id.into(), self.version(id));
        if mine {
            return;
        }
        match &theirs {
            Some(value) => self.fields.insert(id.into(), value.clone()),
            None => self.fields.remove(id),
        };
        // Another tab's may not be at the office yet; what is there already changes nothing.
        self.unsent.insert(id.into(), theirs);
    }

    /// Another tab of this phone has written `theirs` over what this tab wrote or read last (`before`).
    pub fn join(&mut self, before: &Draft, theirs: &Draft) {
        if !theirs.is_local() && self.is_local() {
            self.number.clone_from(&theirs.number);
            self.key.clear();
        }
        let all = [theirs, before].into_iter().flat_map(|draft| draft.fields.keys().chain(draft.unsent.keys()));
        let ids: BTreeSet<&String> = all.collect();
        for id in ids {
            let (was, ours, other) = (before.state(id), self.state(id), theirs.state(id));
            // A NIK that the office has is not among what the phone keeps.
            if other == was || other == ours || (self.is_secret(id) && other == (None, None)) {
                continue;
            }
            if ours == was || !self.unsent.contains_key(id) {
                self.take(id, theirs);
            } else if theirs.field(id) != self.field(id) {
                // Both were typed: this tab's stays on the screen, the other is shown beside it.
                self.clashes.insert(id.clone(), theirs.fields.get(id).cloned());
            }
        }
        for (id, version) in &theirs.versions {
            if *version > self.version(id) {
                self.versions.insert(id.clone(), *version);
            }
        }
        follow(&mut self.gone, &before.gone, &theirs.gone);
        follow(&mut self.marked, &before.marked, &theirs.marked);
        if theirs.wish != before.wish {
            self.wish = theirs.wish;
            self.refused.clone_from(&theirs.refused);
        }
        self.mended.extend(theirs.mended.iter().filter(|id| !before.mended.contains(id)).cloned());
        self.mended.sort();
        self.mended.dedup();
        if theirs.correct_token != before.correct_token {
            self.correct_token.clone_from(&theirs.correct_token);
        }
        self.sent |= theirs.sent;
        self.receipt = self.receipt.take().or_else(|| theirs.receipt.clone());
        self.changed = self.changed.max(theirs.changed);
        self.tidy();
    }

    /// Value of a field, and what of it is unsent.
    fn state(&self, id: &str) -> (Option<&String>, Option<&Option<String>>) {
        (self.fields.get(id), self.unsent.get(id))
    }

    fn take(&mut self, id: &str, theirs: &Draft) {
        copy(&mut self.fields, &theirs.fields, id);
        copy(&mut self.unsent, &theirs.unsent, id);
        copy(&mut self.bases, &theirs.bases, id);
        copy(&mut self.tried, &theirs.tried, id);
        copy(&mut self.clashes, &theirs.clashes, id);
    }

    /// Nothing is remembered of fields that the office has.
    pub(super) fn tidy(&mut self) {
        let unsent = &self.unsent;
        self.bases.retain(|id, _| unsent.contains_key(id));
        self.tried.retain(|id, _| unsent.contains_key(id));
        self.clashes.retain(|id, _| unsent.contains_key(id));
    }
}

/// What came and went there comes and goes here.
fn follow(ours: &mut Vec<String>, before: &[String], theirs: &[String]) {
    ours.retain(|one| theirs.contains(one) || !before.contains(one));
    let new = theirs.iter().filter(|one| !before.contains(one));
    for one in new {
        if !ours.contains(one) {
            ours.push(one.clone());
        }
    }
}

fn copy<V: Clone>(to: &mut BTreeMap<String, V>, from: &BTreeMap<String, V>, id: &str) {
    match from.get(id) {
        Some(value) => to.insert(id.into(), value.clone()),
        None => to.remove(id),
    };
}
