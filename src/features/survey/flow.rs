//! The survey on its way: what was answered (kept in the session), where in the address the person is, the code
//! and its check, sending. `state` decides, the pages show.

use super::sent::{self, Fault, TO, Turn};
use super::state::{Draft, Step};
use crate::client::{Call, Failure, keyring, outbox};
use crate::i18n::t;
use crate::platform::{self, document, storage};
use crate::routes::{Route, query};
use crate::shell::{Navigation, use_navigation};
use leptos::prelude::*;
use satu_pintu_api::problem::Code;
use satu_pintu_api::survey::CodeCheck;
use satu_pintu_domain::key::Key;

const DRAFT: &str = "survei";
const SENT: &str = "survei-terkirim";
/// Instead of "1" while they wait on this phone.
const LATER: &str = "nanti";

/// Why the survey cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// This code was used before.
    Done,
    Closed,
}

#[derive(Clone, Copy)]
pub struct Flow {
    pub navigation: Navigation,
    pub draft: RwSignal<Option<Draft>>,
    pub step: Memo<Step>,
    pub end: RwSignal<Option<End>>,
    pub busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<Failure>>,
    /// The phone refuses to keep the answers.
    pub keep_failed: RwSignal<bool>,
    /// The code as it is typed.
    pub typed: RwSignal<String>,
    pub code_fault: RwSignal<Option<String>>,
}

impl Flow {
    pub fn new() -> Flow {
        let navigation = use_navigation();
        if let Some(turn) = sent::turn() {
            return Flow::of(navigation, turn);
        }
        send_waiting();
        let kept = storage::session_get(DRAFT).and_then(|text| Draft::read(&text));
        let draft = RwSignal::new(kept);
        let step = Memo::new(move |_| {
            let named = query::first(&query::parse(&navigation.query.get()), "langkah").unwrap_or_default();
            let wanted = Step::parse(&named);
            match draft.get() {
                Some(draft) => draft.nearest(wanted),
                None if wanted == Step::Thanks && storage::session_get(SENT).is_some() => Step::Thanks,
                None => Step::Start,
            }
        });
        Flow {
            navigation,
            draft,
            step,
            end: RwSignal::new(None),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            keep_failed: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            code_fault: RwSignal::new(None),
        }
    }

    /// As a sent page left it.
    fn of(navigation: Navigation, turn: Turn) -> Flow {
        let w = t().survey();
        let code_fault = match turn.fault {
            Some(Fault::CodeEmpty) => Some(w.code_empty.to_string()),
            Some(Fault::CodeWrong) => Some(w.code_wrong.to_string()),
            _ => None,
        };
        Flow {
            navigation,
            draft: RwSignal::new(turn.draft),
            step: Memo::new(move |_| turn.step),
            end: RwSignal::new(turn.end),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(turn.trouble),
            keep_failed: RwSignal::new(false),
            typed: RwSignal::new(turn.typed),
            code_fault: RwSignal::new(code_fault),
        }
    }

    /// The address of the page before; without script a button leads there.
    pub fn back(self, step: Step) -> String {
        if sent::turn().is_some() { String::new() } else { link(step.before()) }
    }

    /// What the form of a page sends along without script: all that was said.
    pub fn hidden(self, step: Step) -> Option<AnyView> {
        sent::hidden(self.draft.get_untracked(), step)
    }

    /// The way back without script.
    pub fn back_button(self, step: Step) -> Option<AnyView> {
        sent::turn().map(|_| {
            let to = step.before().name();
            view! {
                <button type="submit" class="link-btn" name=TO value=to>{t().shell().back}</button>
            }
            .into_any()
        })
    }

    /// The code of a slip leaves the address at once and stands in the field.
    pub fn take_code(self) {
        let fragment = self.navigation.fragment.get_untracked();
        if let Ok(code) = Key::parse(&fragment) {
            self.navigation.hide_fragment();
            self.typed.set(code.shown());
        }
    }

    /// The application from whose page the person came, when this phone has its key.
    pub fn from(self) -> Option<(String, Key)> {
        let number = query::first(&query::parse(&self.navigation.query.get_untracked()), "dari")?;
        let key = keyring::get(&number)?;
        Some((number, key.survey()))
    }

    /// Changes what was answered and keeps it.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
                storage::session_set(DRAFT, &draft.write());
            }
        });
    }

    pub fn go(self, step: Step) {
        self.navigation.go(&link(step));
    }

    /// Throws away what was answered; the code is typed again.
    pub fn restart(self) {
        storage::session_remove(DRAFT);
        self.draft.set(None);
    }

    /// Asks whether the code can be used, then shows the first question.
    pub fn begin(self, code: Key) {
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            let code = code.shown();
            let answer: Result<(), Failure> =
                Call::post("/survey/codes").send_json(&CodeCheck { code: code.clone() }).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => self.first(code),
                // Without a network the code is looked at when the answers are sent.
                Err(Failure::Offline) => self.first(code),
                Err(failure) => self.refused(failure),
            }
        });
    }

    fn first(self, code: String) {
        let draft = Draft::begun(code);
        storage::session_set(DRAFT, &draft.write());
        storage::session_remove(SENT);
        self.draft.try_set(Some(draft));
        self.go(Step::Question(0));
    }

    /// Sends the answers. Until they are there they stay in the session.
    pub fn send(self) {
        let Some(draft) = self.draft.get_untracked() else { return };
        let Some(ready) = draft.body() else { return };
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            let answer = outbox::send(&draft.token, ready).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => self.leave("1"),
                Err(failure) => self.refused(failure),
            }
        });
    }

    /// The person wants the answers kept on this phone, from where they go by themselves.
    pub fn send_later(self) {
        let Some(draft) = self.draft.get_untracked() else { return };
        let Some(ready) = draft.body() else { return };
        leptos::task::spawn_local(async move {
            if outbox::keep_answers(&draft.token, ready).await {
                self.leave(LATER);
            } else {
                self.keep_failed.try_set(true);
            }
        });
    }

    /// Whether the answers wait on this phone.
    pub fn later(self) -> bool {
        storage::session_get(SENT).as_deref() == Some(LATER)
    }

    fn leave(self, how: &str) {
        storage::session_remove(DRAFT);
        storage::session_set(SENT, how);
        // First the address: without answers the check page would be no place to be.
        self.navigation.replace(&link(Step::Thanks));
        self.draft.try_set(None);
    }

    fn refused(self, failure: Failure) {
        let end = match failure.code() {
            Some(Code::SurveyDone) => End::Done,
            Some(Code::SurveyClosed) => End::Closed,
            _ => {
                self.trouble.try_set(Some(failure));
                return;
            }
        };
        storage::session_remove(DRAFT);
        self.navigation.replace(&Route::Survey.link());
        self.draft.try_set(None);
        self.end.try_set(Some(end));
        // The button that was pressed is gone.
        document::after_render(|| {
            document::focus("main h1");
        });
    }
}

/// Answers that wait on this phone go, now or when a network returns.
fn send_waiting() {
    if !platform::BROWSER {
        return;
    }
    async fn send() {
        outbox::send_answers().await;
    }
    leptos::task::spawn_local(send());
    platform::network::on_change(|online| {
        if online {
            leptos::task::spawn_local(send());
        }
    });
}

/// The address of a page of the survey.
pub fn link(step: Step) -> String {
    match step {
        Step::Start => Route::Survey.link(),
        step => [&Route::Survey.link(), "?langkah=", &step.name()].concat(),
    }
}
