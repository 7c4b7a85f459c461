//! What moved the result and what did not.

use jobnet_api::profiling::profile::{Direction, Profile};

use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::routes::Page;
use crate::state::{Reader, Session};
use crate::view::{View, view};

use super::effects_model::{EffectLine, acts, effects};
use super::result::Sent;

/// The section; `id` is that of its heading.
pub(super) fn effects_view(profile: &Profile, sent: &Sent, id: String) -> View {
    let here = language();
    let t = here.profile().factors;
    let told = effects(profile, &sent.answers, sent.facts, here);
    let nothing = told
        .own
        .iter()
        .chain(&told.answers)
        .chain(&told.registers)
        .all(|line| line.direction == Direction::Nothing);
    let unused: Vec<_> = told.unused.iter().map(|name| view! { <li>{*name}</li> }).collect();
    let unused = if unused.is_empty() {
        view! { <p>{t.unused_none}</p> }
    } else {
        view! {
            <p>{t.unused_text}</p>
            <ul class="facts">{unused}</ul>
        }
    };
    view! {
        <section class="section" aria-labelledby=id.clone() data-part="factors">
            <h2 id=id>{t.title}</h2>
            <p class="prose">{t.lead}</p>
            {nothing.then(|| view! { <p>{t.none}</p> })}
            {group_view(t.own, Some(t.own_text), &told.own)}
            {group_view(t.answers, None, &told.answers)}
            {group_view(t.registers, None, &told.registers)}
            <h3>{t.unused}</h3>
            {unused}
        </section>
    }
}

/// Where what was looked at leads: to something she can do.
pub(super) fn acts_view(profile: &Profile) -> View {
    let here = language();
    let t = here.profile().factors;
    let acts: Vec<_> = acts(profile, here)
        .into_iter()
        .map(|act| {
            let text = here.checklist_item(act.item);
            let why = fill(t.act_for, &[("names", &act.factors.join(", "))]);
            view! {
                <li data-item=act.item.key()>
                    <h3>{text.title}</h3>
                    <p>{text.how}</p>
                    <p class="small muted">{why}</p>
                </li>
            }
        })
        .collect();
    let has_checklist = Reader::here().is_herself()
        && untrack(|| expect_context::<Session>().boot()).is_some_and(|boot| boot.has_checklist);
    let checklist = has_checklist.then(|| {
        view! { <p><a href=Page::Checklist.path()>{t.act_list}</a></p> }
    });
    view! {
        <section class="section" aria-labelledby="acts-title" data-part="acts">
            <h2 id="acts-title">{t.act}</h2>
            <p class="prose">{t.act_text}</p>
            <ul class="looks">{acts}</ul>
            {checklist}
        </section>
    }
}

fn group_view(title: &'static str, text: Option<&'static str>, lines: &[EffectLine]) -> View {
    if lines.is_empty() {
        return View::none();
    }
    let rows: Vec<_> = lines.iter().map(line_view).collect();
    view! {
        <h3>{title}</h3>
        {text.map(|text| view! { <p>{text}</p> })}
        <dl class="effects">{rows}</dl>
    }
}

fn line_view(line: &EffectLine) -> View {
    let mark = match line.direction {
        Direction::Raises => "↑",
        Direction::Lowers => "↓",
        Direction::Nothing => "–",
    };
    view! {
        <div data-factor=format!("{:?}", line.factor) data-direction=format!("{:?}", line.direction)>
            <dt>{line.name}</dt>
            <dd>{line.said.clone()}</dd>
            <dd class="effect-did">
                <span class="effect-mark" aria-hidden="true">{mark}</span>
                {line.did}
            </dd>
        </div>
    }
}
