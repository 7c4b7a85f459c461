//! “Protokol”: the form of a draft in groups, what is missing, storing, and the file.

use jobnet_api::trials::protocol::{Allocation, Design, Interim, Unit};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::Disclosure;
use crate::i18n::{fill, language};
use crate::platform::{document, download};
use crate::view::{View, view};

use super::arms::arms_view;
use super::dispatches::dispatches_view;
use super::editor::{Editor, SAVED, Saving, failed_view, is_conflict};
use super::fields_model::Field;
use super::findings_model::shown;
use super::input::{choice, field, fields};
use super::measures::{follow_up_view, outcomes_view};
use super::people::{covariates_view, delayed_view, eligibility_view, strata_view};
use super::plan::plan_view;

/// The part.
pub(super) fn form_view(editor: Editor) -> View {
    let t = language().research().form;
    view! {
        <h2>{t.title}</h2>
        {move || if editor.is_draft() {
            view! { <p>{t.lead}</p> }
        } else {
            view! { <p class="note">{t.locked}</p> }
        }}
        {move || editor.is_draft().then(|| findings_view(editor))}
        <form class="protocol" novalidate=true autocomplete="off" on:submit=move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            editor.save();
        }>
            <fieldset class="protocol-fields" disabled=move || !editor.is_draft()>
                <legend class="sr-only">{t.title}</legend>
                {groups_view(editor)}
            </fieldset>
            {move || editor.is_draft().then(|| save_view(editor))}
        </form>
        {file_view(editor)}
    }
}

fn group(name: &'static str, hint: &'static str, inside: View) -> View {
    view! {
        <section class="protocol-group">
            <h3>{name}</h3>
            <p class="muted">{hint}</p>
            {inside}
        </section>
    }
}

fn groups_view(editor: Editor) -> View {
    let t = language().research().form;
    use Field as F;
    let public = [
        F::TitleDa,
        F::TitleEn,
        F::WhyDa,
        F::WhyEn,
        F::ComparedDa,
        F::ComparedEn,
        F::DecidedDa,
        F::DecidedEn,
        F::ObjectionDa,
        F::ObjectionEn,
    ];
    let report = [
        F::Rationale,
        F::Funding,
        F::Conflicts,
        F::Involvement,
        F::Harms,
        F::Blinding,
        F::MissingData,
        F::DataSharing,
    ];
    let is_saturation = Memo::new(move |_| {
        editor.protocol.with(|protocol| matches!(protocol.design, Design::Saturation { .. }))
    });
    let is_keyed = move || {
        editor.protocol.with(|protocol| matches!(protocol.allocation, Allocation::Keyed {}))
    };
    let is_citizen = move || editor.protocol.with(|protocol| protocol.unit == Unit::Citizen);
    let facts =
        move || editor.catalogue.with_value(|catalogue| catalogue.facts.keys().cloned().collect());
    // Only a file from elsewhere can have a rule, and it must be taken out.
    let has_rule = Memo::new(move |_| {
        editor.protocol.with(|protocol| matches!(protocol.interim, Interim::Anytime { .. }))
    });
    view! {
        {group(t.g_question, t.g_question_hint, fields(editor, &[F::Question, F::Starts, F::Ends]))}
        {group(t.g_arms, t.g_arms_hint, view! {
            {arms_view(editor)}
            {field(editor, F::Design)}
            {move || is_saturation.get().then(|| view! {
                <p class="note">{t.saturation_note}</p>
                {choice(editor, F::Within, facts())}
                {field(editor, F::Shares)}
            })}
        })}
        {group(t.g_people, t.g_people_hint, view! {
            {field(editor, F::Unit)}
            {eligibility_view(editor)}
            {field(editor, F::Allocation)}
            <div hidden=is_keyed>{field(editor, F::Multiples)}</div>
            {strata_view(editor)}
            {field(editor, F::Delayed)}
            {delayed_view(editor)}
        })}
        {group(t.g_messages, t.g_messages_hint, dispatches_view(editor))}
        {group(t.g_outcomes, t.g_outcomes_hint, view! {
            {outcomes_view(editor)}
            {follow_up_view(editor)}
        })}
        {group(t.g_power, t.g_power_hint, view! {
            {fields(editor, &[F::Baseline, F::Effect, F::Direction, F::Power, F::Alpha])}
            <div hidden=is_citizen>{fields(editor, &[F::ClusterSize, F::ClusterVariation, F::Icc])}</div>
            {fields(editor, &[F::Attrition, F::Units])}
            {plan_view(editor)}
        })}
        {group(t.g_analysis, t.g_analysis_hint, view! {
            {fields(editor, &[F::PrimaryAnalysis, F::Multiplicity])}
            {covariates_view(editor)}
            {move || has_rule.get().then(|| field(editor, F::Interim))}
        })}
        {group(t.g_public, t.g_public_hint, view! {
            {fields(editor, &public)}
            {field(editor, F::Disclosure)}
        })}
        {group(t.g_report, t.g_report_hint, fields(editor, &report))}
    }
}

/// What is missing, with ways to the fields.
fn findings_view(editor: Editor) -> View {
    let t = language().research().form;
    let count = move || editor.findings.with(Vec::len);
    let title = Signal::derive(move || match count() {
        0 => t.complete.to_owned(),
        1 => t.lacks_one.to_owned(),
        count => fill(t.lacks, &[("count", &count.to_string())]),
    });
    view! {
        <div data-findings=move || count().to_string()>
            <Disclosure title=title>
                {move || editor.findings.with(|findings| {
                    let rows: Vec<_> = findings
                        .iter()
                        .map(|finding| {
                            let shown = shown(finding, language());
                            let anchor = shown.anchor;
                            let href = format!("#{anchor}");
                            view! {
                                <li><a href=href on:click=move |event: leptos::ev::MouseEvent| {
                                    event.prevent_default();
                                    document::focus(&anchor);
                                }>{shown.words}</a></li>
                            }
                        })
                        .collect();
                    view! { <ul class="findings">{rows}</ul> }
                })}
            </Disclosure>
        </div>
    }
}

fn save_view(editor: Editor) -> View {
    let t = language().research().form;
    let busy = move || editor.saving.with(|saving| *saving == Saving::Busy);
    let unread = move || editor.unread.with(|unread| !unread.is_empty());
    view! {
        <div class="protocol-save">
            {move || match editor.saving.get() {
                Saving::Failed(error) if is_conflict(&error) => conflict_view(editor),
                Saving::Failed(error) => failed_view(SAVED, t.not_saved, &error),
                _ => View::none(),
            }}
            <p role="status" class="small">{move || {
                if editor.saving.with(|saving| *saving == Saving::Done) { t.saved }
                else if unread() { t.unread }
                else if editor.is_changed() { t.changed }
                else { t.unchanged }
            }}</p>
            <button class="button button-primary" type="submit" aria-disabled=move || busy().to_string()>
                {move || if busy() { t.saving } else { t.save }}
            </button>
        </div>
    }
}

/// Somebody else has stored another version: nothing is lost until she decides.
fn conflict_view(editor: Editor) -> View {
    let t = language().research().form;
    view! {
        <div class="alert alert-warning" id=SAVED tabindex="-1" role="alert">
            <div class="alert-body">
                <h3 class="alert-heading">{t.conflict}</h3>
                <p class="alert-text">{t.conflict_text}</p>
                <p class="actions">
                    <button type="button" class="button button-secondary" on:click=move |_| download_mine(editor)>
                        {t.download_mine}
                    </button>
                    <button type="button" class="button button-secondary" on:click=move |_| editor.reload()>
                        {t.take_theirs}
                    </button>
                </p>
            </div>
        </div>
    }
}

fn download_mine(editor: Editor) {
    editor.protocol.with_untracked(|protocol| {
        if let Some(text) = api::trials::protocol_text(protocol) {
            // The browser says itself that it has refused a file.
            let _ =
                download::save_text(&format!("{}.json", protocol.key), "application/json", &text);
        }
    });
}

/// The protocol as one file, out and in.
fn file_view(editor: Editor) -> View {
    let t = language().research().form;
    let problem = RwSignal::new(None::<String>);
    let take = move |event: leptos::ev::Event| {
        let Some(file) = document::chosen_file(&event) else { return };
        spawn_local(async move {
            let text = file.await;
            let key = editor.protocol.with_untracked(|protocol| protocol.key.clone());
            match api::trials::protocol_of(&text) {
                Ok(read) => {
                    problem.set(None);
                    // The key of a draft does not change: the file may be another trial's.
                    editor.unread.set(std::collections::BTreeMap::new());
                    editor.change(|protocol| {
                        *protocol = read;
                        protocol.key = key;
                    });
                }
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    view! {
        <section class="protocol-group">
            <h3>{t.g_file}</h3>
            <p class="muted">{t.g_file_hint}</p>
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=move |_| download_mine(editor)>
                    {t.download}
                </button>
            </p>
            {move || editor.is_draft().then(|| view! {
                <div class="form-group" class:form-error=move || problem.with(Option::is_some)>
                    <label class="form-label" for="protocol-file">{t.import}</label>
                    <span class="form-hint" id="protocol-file-hint">{t.import_hint}</span>
                    {move || problem.get().map(|problem| view! {
                        <span class="form-error-message" role="alert">{fill(t.import_failed, &[("reason", &problem)])}</span>
                    })}
                    <input type="file" id="protocol-file" accept="application/json,.json" aria-describedby="protocol-file-hint" on:change=take/>
                </div>
            })}
        </section>
    }
}
