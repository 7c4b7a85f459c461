//! An item of her list: what it is, how far she is, what she can say of it, and more on demand.

use jobnet_checklist::item::{Item, Link};
use jobnet_checklist::mark::{MAX_NOTE_CHARS, Mark, Reason, State};
use jobnet_checklist::plan::{Entry, Status};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::view::{View, view};

use super::model::{due_text, entries, in_a_week, mark_of, status_text};
use super::sending::{List, Sent};

const REASONS: [Reason; 5] =
    [Reason::HasJob, Reason::Otherwise, Reason::NotMyTrade, Reason::Health, Reason::Other];

/// The place of an item on the page.
pub(super) fn place(item: Item) -> String {
    format!("item-{}", item.key())
}

/// An item.
pub(super) fn item_view(list: List, item: Item) -> View {
    let here = language();
    let t = here.checklist();
    let text = here.checklist_item(item);
    let entry = Memo::new(move |_| {
        let all = list.stored.with(|stored| list.pending.with(|pending| entries(stored, pending)));
        all.into_iter().find(|entry| entry.item == item)
    });
    let status = move || entry.get().map(|entry| entry.status);
    let is_asking = RwSignal::new(false);
    let told = move || {
        entry.get().map(|entry| {
            let sign = match entry.status {
                Status::SeenDone { sign } => t.sign(sign),
                _ => "",
            };
            let due = due_text(&entry, here);
            let profile = entry.is_for_her_profile.then_some(t.for_profile);
            let lines: Vec<_> = [Some(sign.to_owned()), due, profile.map(str::to_owned)]
                .into_iter()
                .flatten()
                .filter(|line| !line.is_empty())
                .map(|line| view! { <p class="small">{line}</p> })
                .collect();
            view! {
                <p class="checklist-status">{status_text(entry.status, here)}</p>
                {lines}
            }
        })
    };
    let heading = format!("{}-title", place(item));
    view! {
        <li
            class="checklist-item"
            id=place(item)
            tabindex="-1"
            data-item=item.key()
            data-done=move || status().is_some_and(Status::is_settled).to_string()
            aria-labelledby=heading.clone()
        >
            <h3 id=heading>{text.title}</h3>
            {told}
            {move || entry.get().map(|entry| actions_view(list, &entry, is_asking))}
            {move || is_asking.get().then(|| reasons_view(list, item, is_asking))}
            <p class="small" role="status">{move || list.sent.with(|sent| sent.get(&item).copied()).map(sent_text)}</p>
            {move || {
                let is_refused = list.sent.with(|sent| sent.get(&item) == Some(&Sent::Refused));
                is_refused
                    .then(|| {
                        view! {
                            <p class="actions">
                                <button
                                    type="button"
                                    class="button button-secondary"
                                    on:click=move |_| list.again(item)
                                >
                                    {t.send_again}
                                </button>
                            </p>
                        }
                    })
            }}
            {more_view(list, item)}
        </li>
    }
}

fn sent_text(sent: Sent) -> &'static str {
    let t = language().checklist();
    match sent {
        Sent::Saving => t.saving,
        Sent::Saved => t.saved,
        Sent::Waiting => t.waiting,
        Sent::Refused => t.refused,
    }
}

impl List {
    fn mark(self, item: Item) -> Mark {
        self.stored.with_untracked(|stored| {
            self.pending.with_untracked(|pending| mark_of(stored, pending, item))
        })
    }

    fn change(self, item: Item, state: State) {
        // The button that was pressed will be gone: the item keeps the place.
        document::focus(&place(item));
        self.say(item, Mark { state, ..self.mark(item) });
    }
}

fn actions_view(list: List, entry: &Entry, is_asking: RwSignal<bool>) -> View {
    let t = language().checklist();
    let item = entry.item;
    let about = language().checklist_item(item).title;
    let button = move |text: &'static str, class: &'static str, state: State| {
        view! {
            <button
                type="button"
                class=class
                aria-label=format!("{text}: {about}")
                on:click=move |_| list.change(item, state)
            >
                {text}
            </button>
        }
    };
    match entry.status {
        Status::SeenDone { .. } => View::none(),
        Status::Done {} | Status::NotForMe {} | Status::Later { .. } => view! {
            <p class="actions">{button(t.mark_open, "function-link", State::Open {})}</p>
        },
        Status::Ahead {} | Status::Open {} | Status::Overdue {} => {
            let until = list.stored.with_untracked(|stored| in_a_week(stored.today));
            view! {
                <p class="actions">
                    {button(t.mark_done, "button button-secondary", State::Done {})}
                    {button(t.mark_later, "function-link", State::Later { until })}
                    <button
                        type="button"
                        class="function-link"
                        aria-label=format!("{}: {about}", t.mark_not)
                        aria-expanded=move || is_asking.get().to_string()
                        on:click=move |_| is_asking.update(|asks| *asks = !*asks)
                    >
                        {t.mark_not}
                    </button>
                </p>
            }
        }
    }
}

fn reasons_view(list: List, item: Item, is_asking: RwSignal<bool>) -> View {
    let t = language().checklist();
    let reasons = REASONS.map(|reason| {
        let choose = move |_| {
            list.change(item, State::NotForMe { reason });
            is_asking.set(false);
        };
        view! {
            <button type="button" class="button button-secondary" on:click=choose>
                {t.reason(reason)}
            </button>
        }
    });
    let heading = format!("{}-reasons", place(item));
    view! {
        <div role="group" aria-labelledby=heading.clone() class="checklist-reasons">
            <p id=heading>{t.ask_reason}</p>
            <p class="actions">{reasons}</p>
        </div>
    }
}

/// How, why, how long, where, and a note to herself.
fn more_view(list: List, item: Item) -> View {
    let here = language();
    let t = here.checklist();
    let (text, spec) = (here.checklist_item(item), item.spec());
    let minutes = fill(t.minutes, &[("minutes", &here.integer(i64::from(spec.minutes)))]);
    let link = spec.link.map(|link| match link {
        Link::Hours => (Page::Hours.path(), t.go_hours),
        Link::Profile => ("/risikoprofil", t.go_profile),
        Link::Rights => (Page::Rights.path(), t.go_rights),
        Link::Jobnet => ("https://jobnet.dk", t.go_jobnet),
    });
    let saved = move || list.mark(item).note.unwrap_or_default();
    let waiting = list.typed(item);
    let is_waiting = waiting.is_some();
    let typed = RwSignal::new(waiting.unwrap_or_else(saved));
    let id = format!("{}-note", place(item));
    let hint = format!("{id}-hint");
    let write = move |event: leptos::ev::Event| {
        let note = event_target_value(&event);
        list.keep(item, (note.trim() != saved()).then(|| note.clone()));
        typed.set(note);
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let note = Some(typed.get_untracked().trim().to_owned()).filter(|note| !note.is_empty());
        list.say(item, Mark { note, ..list.mark(item) });
        list.keep(item, None);
    };
    view! {
        // Open where a note waits for her.
        <details class="disclosure" open=is_waiting>
            <summary>{t.more}</summary>
            <div class="disclosure-body">
                <h4>{t.how}</h4>
                <p>{text.how}</p>
                <p>{minutes}</p>
                <h4>{t.why}</h4>
                <p>{text.why}</p>
                <p class="small muted">{t.evidence(spec.evidence)}</p>
                {link.map(|(path, text)| view! { <p><a href=path>{text}</a></p> })}
                <form novalidate=true on:submit=save>
                    <label class="form-label" for=id.clone()>
                        {t.note}
                    </label>
                    <span class="form-hint" id=hint.clone()>
                        {t.note_hint}
                    </span>
                    <textarea
                        class="form-input"
                        id=id
                        rows="3"
                        maxlength=MAX_NOTE_CHARS.to_string()
                        aria-describedby=hint
                        prop:value=move || typed.get()
                        on:input=write
                    ></textarea>
                    <p class="actions">
                        <button type="submit" class="button button-secondary">
                            {t.note_save}
                        </button>
                    </p>
                </form>
            </div>
        </details>
    }
}
