//! “Trin”: the steps of a trial's life. Each says what it does and whether it can be undone, and is
//! confirmed before it is taken.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::language;
use crate::platform::document;
use crate::state::Session;
use crate::view::{View, view};

use super::arms::harm_note;
use super::editor::{Editor, failed_view};
use super::steps_model::{Hindrance, Kind, Lacking, Typed, from, hindrance, step};

const HEADING: &str = "step-heading";
/// Id of what says that a step was taken: it gets the focus.
pub(super) const DONE: &str = "step-done";

/// What was chosen and typed, and how it went with it.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    editor: Editor,
    /// The step that is to be confirmed.
    chosen: RwSignal<Option<Kind>>,
    /// What was typed for it.
    typed: RwSignal<Typed>,
    lacking: RwSignal<Option<Lacking>>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<ApiError>>,
    done: RwSignal<Option<Kind>>,
    session: Session,
}

/// Name, what it does, and whether it can be undone.
fn words(kind: Kind) -> (&'static str, &'static str, &'static str) {
    let t = language().research().steps;
    match kind {
        Kind::Register => (t.register, t.register_text, t.for_ever),
        Kind::Start => (t.start, t.start_text, t.start_undo),
        Kind::Pause => (t.pause, t.pause_text, t.pause_undo),
        Kind::Resume => (t.resume, t.resume_text, t.resume_undo),
        Kind::Close => (t.close, t.close_text, t.for_ever),
        Kind::Report => (t.report, t.report_text, t.for_ever),
        Kind::Amend => (t.amend, t.amend_text, t.for_ever),
    }
}

impl Steps {
    /// Those of the part: the editor keeps what was chosen and typed.
    pub(super) fn of(editor: Editor) -> Self {
        Self {
            editor,
            chosen: editor.chosen,
            typed: editor.typed,
            lacking: RwSignal::new(None),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            done: RwSignal::new(None),
            session: expect_context(),
        }
    }

    /// Those of the brake: what is half typed for another step stays.
    pub(super) fn brake(editor: Editor) -> Self {
        Self {
            chosen: RwSignal::new(None),
            typed: RwSignal::new(Typed::begun()),
            ..Self::of(editor)
        }
    }

    /// Why a step cannot be taken now.
    fn hindrance(self, kind: Kind) -> Option<Hindrance> {
        let lacks = self.editor.findings.with(|found| !found.is_empty());
        hindrance(kind, lacks, self.editor.is_changed())
    }

    /// Chooses a step, to be confirmed.
    fn choose(self, kind: Kind) {
        self.typed.set(Typed::begun());
        self.lacking.set(None);
        self.failed.set(None);
        self.done.set(None);
        self.chosen.set(Some(kind));
        request_animation_frame(|| document::focus(HEADING));
    }
}

/// The pause of a trial that runs, wherever it is needed: what it does, and one button.
pub(super) fn brake_view(steps: Steps, text: &'static str, name: &'static str) -> View {
    let inside = move || match steps.chosen.get() {
        Some(Kind::Pause) => confirm_view(steps, Kind::Pause),
        _ => view! {
            <p class="actions">
                <button type="button" class="button button-warning"
                    on:click=move |_| steps.choose(Kind::Pause)>{name}" …"</button>
            </p>
        },
    };
    view! { <p>{text}</p> {inside} }
}

/// The part.
pub(super) fn steps_view(editor: Editor) -> View {
    let t = language().research().steps;
    let steps = Steps::of(editor);
    let state = Memo::new(move |_| editor.trial.with(|trial| trial.state));
    // What was chosen may have become impossible meanwhile, in another part.
    let can_confirm = Memo::new(move |_| {
        let can = |kind| from(state.get()).contains(&kind) && steps.hindrance(kind).is_none();
        steps.chosen.get().is_some_and(can)
    });
    view! {
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        {move || steps.done.get().map(|kind| view! {
            <div class="alert alert-success" role="status" id=DONE tabindex="-1"><div class="alert-body">
                <h3 class="alert-heading">{t.done}</h3>
                <p class="alert-text">{words(kind).0}</p>
            </div></div>
        })}
        {move || match steps.chosen.get().filter(|_| can_confirm.get()) {
            Some(kind) => confirm_view(steps, kind),
            None => list_view(steps, from(state.get())),
        }}
    }
}

fn list_view(steps: Steps, kinds: &'static [Kind]) -> View {
    let t = language().research().steps;
    if kinds.is_empty() {
        return view! { <p>{t.none}</p> };
    }
    let rows: Vec<_> = kinds
        .iter()
        .map(|&kind| {
            let (name, text, _) = words(kind);
            let class = match kind {
                Kind::Pause => "button button-warning",
                _ => "button button-secondary",
            };
            let choose = move |_| steps.choose(kind);
            view! {
                <li class="protocol-row">
                    <h3>{name}</h3>
                    <p>{text}</p>
                    {move || match steps.hindrance(kind) {
                        Some(Hindrance::Incomplete) => {
                            let harms = steps.editor.protocol.with(|p| p.arms.iter().map(harm_note).collect());
                            view! { <p class="note">{t.incomplete}</p> {View::many(harms)} }
                        }
                        Some(Hindrance::Unsaved) => view! { <p class="note">{t.unsaved}</p> },
                        None => view! { <button type="button" class=class on:click=choose>{name}" …"</button> },
                    }}
                </li>
            }
        })
        .collect();
    view! { <ul class="steps-list">{rows}</ul> }
}

fn confirm_view(steps: Steps, kind: Kind) -> View {
    let t = language().research().steps;
    let (name, text, undo) = words(kind);
    let typed = steps.typed;
    let is_outcome = Memo::new(move |_| typed.with(|typed| typed.change == "outcome"));
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        take(steps, kind);
    };
    let fields = match kind {
        Kind::Pause | Kind::Close => {
            area(steps, "step-why", t.why, Lacking::Why, |typed| &typed.why, |typed| &mut typed.why)
        }
        Kind::Report => view! {
            {area(steps, "step-found-da", t.found_da, Lacking::Found, |typed| &typed.found_da, |typed| &mut typed.found_da)}
            {area(steps, "step-found-en", t.found_en, Lacking::Found, |typed| &typed.found_en, |typed| &mut typed.found_en)}
        },
        Kind::Amend => view! {
            {select(steps, "step-change", t.change, |typed| &typed.change, &[("ends", t.change_ends), ("units", t.change_units),
                ("outcome", t.change_outcome), ("words", t.change_words)],
                move |word| typed.update(|typed| {
                    typed.change = word;
                    // Its lists are made anew, and show their first.
                    [typed.role, typed.measure] = ["secondary", "proportion"].map(str::to_owned);
                }))}
            {move || to_view(steps, is_outcome.get())}
            {area(steps, "step-why", t.why, Lacking::Why, |typed| &typed.why, |typed| &mut typed.why)}
            {select(steps, "step-unblinding", t.unblinding, |typed| &typed.unblinding,
                &[("", ""), ("before", t.before), ("after", t.after)],
                move |word| typed.update(|typed| typed.unblinding = word))}
        },
        Kind::Register | Kind::Start | Kind::Resume => View::none(),
    };
    let busy = move || steps.busy.get();
    let lacks = move || {
        steps.lacking.get().map(|lacking| match lacking {
            Lacking::Why => t.lacks_why,
            Lacking::Found => t.lacks_found,
            Lacking::To | Lacking::After | Lacking::Key => t.lacks_to,
            Lacking::Unblinding => t.lacks_unblinding,
        })
    };
    view! {
        <form class="protocol-row confirm" novalidate=true autocomplete="off" on:submit=take>
            <h3 id=HEADING tabindex="-1">{name}</h3>
            <p>{text}</p>
            <p><strong>{undo}</strong></p>
            {fields}
            {move || lacks().map(|lacks| view! {
                <p class="form-error-message" role="alert">{lacks}</p>
            })}
            {move || steps.failed.get().map(|error| failed_view("step-failed", t.failed, &error))}
            <p class="actions">
                <button type="submit" class="button button-primary" aria-disabled=move || busy().to_string()>
                    {move || if busy() { t.taking } else { t.confirm }}
                </button>
                <button type="button" class="button button-secondary" on:click=move |_| steps.chosen.set(None)>
                    {t.cancel}
                </button>
            </p>
        </form>
    }
}

/// What an amendment changes something to.
fn to_view(steps: Steps, is_outcome: bool) -> View {
    let (t, form) = (language().research().steps, language().research().form);
    let typed = steps.typed;
    let to = if is_outcome { form.variable } else { t.to };
    let to = area(steps, "step-to", to, Lacking::To, |typed| &typed.to, |typed| &mut typed.to);
    if !is_outcome {
        return to;
    }
    let named = |word: &'static str| (word, language().word(word).unwrap_or(word));
    let roles = ["secondary", "harm"].map(named);
    let measures = ["proportion", "mean", "time_to_event"].map(named);
    view! {
        {to}
        {select(steps, "step-role", form.role, |typed| &typed.role, &roles,
            move |word| typed.update(|typed| typed.role = word))}
        {select(steps, "step-measure", form.measure, |typed| &typed.measure, &measures,
            move |word| typed.update(|typed| typed.measure = word))}
        {area(steps, "step-after", form.after_days, Lacking::After, |typed| &typed.after, |typed| &mut typed.after)}
        {area(steps, "step-key", form.key, Lacking::Key, |typed| &typed.key, |typed| &mut typed.key)}
    }
}

fn area(
    steps: Steps,
    id: &'static str,
    label: &'static str,
    lacking: Lacking,
    read: fn(&Typed) -> &String,
    write: fn(&mut Typed) -> &mut String,
) -> View {
    let is_wrong = move || steps.lacking.get() == Some(lacking);
    view! {
        <div class="form-group" class:form-error=is_wrong>
            <label class="form-label" for=id>{label}</label>
            <textarea class="form-input" id=id rows="2" autocomplete="off"
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=move || steps.typed.with(|typed| read(typed).clone())
                on:input=move |event| steps.typed.update(|typed| *write(typed) = event_target_value(&event))></textarea>
        </div>
    }
}

fn select(
    steps: Steps,
    id: &'static str,
    label: &'static str,
    read: fn(&Typed) -> &String,
    words: &[(&'static str, &'static str)],
    act: impl Fn(String) + 'static,
) -> View {
    let chosen = steps.typed.with_untracked(|typed| read(typed).clone());
    let options: Vec<_> = words
        .iter()
        .map(|(word, name)| {
            let is_chosen = *word == chosen;
            view! { <option value=*word selected=is_chosen>{*name}</option> }
        })
        .collect();
    view! {
        <div class="form-group">
            <label class="form-label" for=id>{label}</label>
            <select class="form-select" id=id on:change=move |event| act(event_target_value(&event))>{options}</select>
        </div>
    }
}

fn take(steps: Steps, kind: Kind) {
    if steps.busy.get_untracked() {
        return;
    }
    let asked = match steps.typed.with_untracked(|typed| step(kind, typed)) {
        Ok(asked) => asked,
        Err(lacking) => return steps.lacking.set(Some(lacking)),
    };
    steps.lacking.set(None);
    steps.busy.set(true);
    let key = steps.editor.protocol.with_untracked(|protocol| protocol.key.clone());
    spawn_local(async move {
        match api::trials::step(key.as_str(), &asked).await {
            Ok(trial) => {
                steps.failed.set(None);
                steps.editor.take(trial);
                steps.chosen.set(None);
                steps.done.set(Some(kind));
                request_animation_frame(|| document::focus(DONE));
            }
            Err(error) => {
                steps.session.note_error(&error);
                steps.failed.set(Some(error));
                request_animation_frame(|| document::focus("step-failed"));
            }
        }
        steps.busy.set(false);
    });
}
