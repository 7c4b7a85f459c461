//! “Hændelser”: what happened to a trial, and what locks it. “Eksport”: its data as files.

use jobnet_api::paths;
use jobnet_api::trial::SYSTEM;
use jobnet_api::trials::protocol::life::{Amendment, Change, Event, State, Unblinding};
use leptos::prelude::*;

use crate::i18n::{Language, fill, language};
use crate::view::{View, view};

use super::editor::Editor;
use super::fields_model::{measure, role};

/// The events, newest first.
pub(super) fn events_view(editor: Editor) -> View {
    let t = language().research().records;
    view! {
        <h2>{t.events}</h2>
        {move || editor.trial.with(|trial| {
            let rows: Vec<_> = trial
                .entries
                .iter()
                .rev()
                .map(|entry| {
                    let at = entry.at.with_timezone(&chrono::Utc);
                    let day = language().date(at.date_naive());
                    let (what, why) = event_words(&entry.event, language());
                    let by = if entry.by == SYSTEM { t.by_command } else { entry.by.as_str() };
                    let when = fill(t.by, &[("day", &day), ("who", by)]);
                    view! {
                        <li class="event">
                            <p><strong>{what}</strong>" "<span class="muted">{when}</span></p>
                            {(!why.is_empty()).then(|| view! { <p>{why}</p> })}
                        </li>
                    }
                })
                .collect();
            let is_empty = rows.is_empty();
            let seal = trial.seal.map(|seal| {
                let (protocol, seed) = (seal.protocol.to_string(), seal.seed.to_string());
                view! {
                    <h3>{t.seal}</h3>
                    <p>{t.seal_text}</p>
                    <dl class="seal">
                        <div><dt>{t.seal_protocol}</dt><dd><code>{protocol}</code></dd></div>
                        <div><dt>{t.seal_seed}</dt><dd><code>{seed}</code></dd></div>
                        {trial.seed.clone().map(|seed| view! {
                            <div><dt>{t.seed}</dt><dd><code>{seed}</code></dd></div>
                        })}
                    </dl>
                }
            });
            view! {
                {is_empty.then(|| view! { <p>{t.no_events}</p> })}
                <ol class="events">{rows}</ol>
                {seal}
            }
        })}
    }
}

/// An event, and its reason or what it says.
fn event_words(event: &Event, language: Language) -> (String, String) {
    let t = language.research().records;
    let both = |what: &str, why: &str| (what.to_owned(), why.to_owned());
    match event {
        Event::Registered { .. } => both(t.registered, ""),
        Event::Started {} => both(t.started, ""),
        Event::Paused { why } => both(t.paused, why),
        Event::Resumed {} => both(t.resumed, ""),
        Event::Closed { why } => both(t.closed, why),
        Event::Reported { found } => {
            both(t.reported, if language == Language::Danish { &found.da } else { &found.en })
        }
        Event::Amended { amendment } => {
            (t.amended.to_owned(), amendment_words(amendment, language))
        }
    }
}

fn amendment_words(amendment: &Amendment, language: Language) -> String {
    let t = language.research().records;
    let (sentence, to) = match &amendment.change {
        Change::Ends { ends } => (t.amended_ends, language.date(*ends)),
        Change::Units { units } => (t.amended_units, language.integer((*units).into())),
        Change::Outcome { outcome } => {
            let word = |word| language.word(word).unwrap_or(word);
            let after = language.research().form.after_days;
            let (role, measure) = (word(role(outcome.role)), word(measure(outcome.measure)));
            let (what, days) = (&outcome.variable, outcome.after_days);
            (t.amended_outcome, format!("{what} ({role}, {measure}, {after}: {days})"))
        }
        Change::Words { words } => (t.amended_words, words.clone()),
    };
    let seen = match amendment.unblinding {
        Unblinding::Before => t.unseen,
        Unblinding::After => t.seen,
    };
    format!("{} {} {seen}", fill(sentence, &[("to", &to)]), amendment.why)
}

/// The files.
pub(super) fn export_view(editor: Editor) -> View {
    let t = language().research().records;
    let key = editor.protocol.with_untracked(|protocol| protocol.key.to_string());
    let file = move |path: String, name: String| {
        // `rel=external`: a file of the server, not a page of the app.
        view! { <a href=path rel="external" download="">{name}</a> }
    };
    let of = {
        let key = key.clone();
        move |name: &str| paths::TRIAL_EXPORT.replace("{trial}", &key).replace("{file}", name)
    };
    let state = editor.trial.with_untracked(|trial| trial.state);
    let is_over = matches!(state, State::Closed | State::Reported);
    let rows: Vec<_> = [
        ("assignments", t.assignments, t.assignments_text),
        ("exposures", t.exposures, t.exposures_text),
        ("baseline", t.baseline, t.baseline_text),
        ("understanding", t.understanding, t.understanding_text),
        ("codebook", t.codebook, t.codebook_text),
    ]
    .into_iter()
    .filter(|(file_name, ..)| is_over || *file_name != "understanding")
    .map(|(file_name, name, text)| {
        let csv = file(of(&format!("{file_name}.csv")), format!("{name} (CSV)"));
        let parquet = file(of(&format!("{file_name}.parquet")), format!("{name} (Parquet)"));
        view! { <li class="protocol-row"><h3>{name}</h3><p>{text}</p><p class="actions">{csv}" "{parquet}</p></li> }
    })
    .collect();
    let protocol = file(paths::TRIAL_PROTOCOL.replace("{trial}", &key), t.protocol.to_owned());
    view! {
        <h2>{t.export}</h2>
        <p>{t.export_lead}</p>
        <p class="note">{t.export_blind}</p>
        <p class="actions">{protocol}</p>
        {if state == State::Draft {
            view! { <p>{t.export_draft}</p> }
        } else {
            view! { <ul class="steps-list">{rows}</ul> }
        }}
    }
}
