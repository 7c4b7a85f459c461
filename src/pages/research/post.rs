//! “Beskeder”: every message of every arm as its recipient sees it, the brake, and below them when what
//! is sent and what became of it.

use std::sync::Arc;

use jobnet_api::paths;
use jobnet_api::trial_messages::{MessageContent, TrialMessage, TrialMessages};
use jobnet_api::trials::protocol::life::State;
use jobnet_api::trials::protocol::{Arm, Key};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{Disclosure, PageSkeleton, letter_body, tag};
use crate::i18n::{Language, fill, language};
use crate::state::Session;
use crate::view::{View, view};

use super::editor::{Editor, again_view, failed_view};
use super::post_model::{arm_name, channel, channel_of, count};
use super::sending::{calendar_view, fates_view};
use super::steps::{DONE, Steps, brake_view};

/// The part.
pub(super) fn post_view(editor: Editor) -> View {
    let t = language().post();
    let told = RwSignal::new(None::<Result<Arc<TrialMessages>, ApiError>>);
    let session = expect_context::<Session>();
    let key = editor.protocol.with_untracked(|protocol| protocol.key.clone());
    let ask = move || {
        let key = key.clone();
        spawn_local(async move {
            let answer = api::trials::messages(key.as_str()).await.map(Arc::new);
            if let Err(error) = &answer {
                session.note_error(error);
            }
            told.try_set(Some(answer));
        });
    };
    // Also when the trial was stopped or goes on: then other days are to come.
    let state = Memo::new(move |_| editor.trial.with(|trial| trial.state));
    let ask_again = ask.clone();
    Effect::new(move |_| {
        // A memo that nobody reads says nothing.
        let _ = state.get();
        ask_again();
    });
    let is_told = Memo::new(move |_| told.with(Option::is_some));
    let again = again_view(t.again, is_told, ask);
    view! {
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        {stop_view(editor)}
        {move || match told.get() {
            None => view! { <PageSkeleton label=t.loading/> },
            Some(Err(error)) => failed_view("post-failed", t.failed, &error),
            Some(Ok(all)) => answer_view(editor, &all),
        }}
        {again}
    }
}

/// What stops everything at once.
fn stop_view(editor: Editor) -> View {
    let t = language().post();
    let state = Memo::new(move |_| editor.trial.with(|trial| trial.state));
    // It outlives the change of what it brings about.
    let steps = Steps::brake(editor);
    view! {
        <section class="protocol-group" data-part="stop">
            <h3>{t.stop}</h3>
            {move || match state.get() {
                State::Running => brake_view(steps, t.stop_text, t.stop_now),
                State::Paused => view! {
                    <p id=DONE tabindex="-1"><strong>{t.stopped}</strong>". "{t.stopped_text}</p>
                    <p><a href="?del=trin">{t.to_steps}</a></p>
                },
                _ => view! { <p>{t.not_running}</p> },
            }}
        </section>
    }
}

fn answer_view(editor: Editor, all: &TrialMessages) -> View {
    let t = language().post();
    if all.calendar.is_empty() {
        return view! { <p class="note">{t.none}</p> };
    }
    let arms = editor.protocol.with_untracked(|protocol| protocol.arms.clone());
    let held_back = count(all.held_back, language());
    let held_back = fill(language().research().watch.held_back, &[("count", &held_back)]);
    view! {
        {looks_view(editor, &arms, all.messages.clone())}
        {(all.held_back > 0).then(|| view! { <p class="note" data-part="held-back">{held_back}</p> })}
        {calendar_view(editor, &arms, &all.days)}
        {fates_view(&arms, &all.calendar)}
    }
}

/// Every message as its recipient sees it.
fn looks_view(editor: Editor, arms: &[Arm], messages: Vec<TrialMessage>) -> View {
    let t = language().post();
    let (shown, chosen) = (RwSignal::new(language()), RwSignal::new(None::<Key>));
    let trial = editor.protocol.with_untracked(|protocol| protocol.key.clone());
    let options: Vec<_> = arms
        .iter()
        .map(|arm| {
            let name = arm_name(arms, &arm.key, language());
            view! { <option value=arm.key.to_string()>{name}</option> }
        })
        .collect();
    let toggle = move |_| {
        shown.update(|now| {
            *now = if *now == Language::Danish { Language::English } else { Language::Danish };
        });
    };
    let arms = arms.to_vec();
    let list = move || {
        let (shown, chosen) = (shown.get().of_messages(), chosen.get());
        let is_shown = |one: &&TrialMessage| {
            one.language == shown && chosen.as_ref().is_none_or(|arm| one.arms.contains(arm))
        };
        let list: Vec<_> = messages
            .iter()
            .filter(is_shown)
            .map(|message| message_view(&trial, &arms, message))
            .collect();
        if list.is_empty() {
            return view! { <p class="note">{t.arm_none}</p> };
        }
        view! { <ul class="messages">{list}</ul> }
    };
    view! {
        <section class="protocol-group messages-group" data-part="looks">
            <h3>{t.looks}</h3>
            <p>{t.looks_lead}</p>
            <div class="variant-tools">
                <div class="form-group">
                    <label class="form-label" for="message-arm">{t.arm}</label>
                    <select class="form-select" id="message-arm"
                        on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                        <option value="">{t.all_arms}</option>
                        {options}
                    </select>
                </div>
                <div class="toggles">
                    <button type="button" class="toggle" on:click=toggle
                        aria-pressed=move || (shown.get() == Language::English).to_string()>
                        {t.english}
                    </button>
                </div>
            </div>
            {list}
        </section>
    }
}

fn message_view(trial: &Key, arms: &[Arm], message: &TrialMessage) -> View {
    let t = language().post();
    let one = channel_of(&message.content);
    let whose: Vec<_> = message.arms.iter().map(|arm| arm_name(arms, arm, language())).collect();
    let whose = fill(t.for_arms, &[("arms", &whose.join(", "))]);
    let written = tag(message.language);
    let file = |kind: &str| {
        let name = format!("{}-{written}.{kind}", one.name());
        paths::TRIAL_MESSAGE
            .replace("{trial}", trial.as_str())
            .replace("{step}", message.step.as_str())
            .replace("{file}", &name)
    };
    let paper = |letter: &jobnet_api::messages::letter::Letter, above: View| {
        // `rel=external`: a file of the server, not a page of the app.
        view! {
            <article class="paper" lang=written>
                {above}
                <p class="paper-title">{letter.title.clone()}</p>
                {letter_body(letter, true)}
            </article>
            <p class="actions">
                <a href=file("pdf") rel="external noopener" target="_blank">{t.pdf}</a>
            </p>
        }
    };
    let subject = |text: &str| {
        view! { <p>{t.subject}": "<strong lang=written>{text.to_owned()}</strong></p> }
    };
    let content = match &message.content {
        MessageContent::Email { subject: text, text: plain, .. } => {
            let (title, plain) = (fill(t.frame, &[("subject", text)]), plain.clone());
            view! {
                {subject(text)}
                <div class="mail-frame">
                    <iframe src=file("html") title=title sandbox="" loading="lazy"></iframe>
                </div>
                <Disclosure title=t.as_text.to_owned()>
                    <pre class="mail-text" lang=written tabindex="0">{plain.clone()}</pre>
                </Disclosure>
            }
        }
        MessageContent::DigitalPost { label, letter } => view! {
            {subject(label)}
            {paper(letter, View::none())}
        },
        MessageContent::Letter { address, letter } => {
            let lines: Vec<_> =
                address.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
            let window = view! { <ul class="paper-window" aria-label=t.window>{lines}</ul> };
            paper(letter, window)
        }
        MessageContent::NemSms { text } => view! {
            <blockquote class="sms" lang=written>{text.clone()}</blockquote>
        },
    };
    view! {
        <li data-message=format!("{} {}", message.step, one.name())>
            <h4>{message.step.to_string()}", "{channel(one, t)}</h4>
            <p class="small muted">{whose}</p>
            {content}
        </li>
    }
}
