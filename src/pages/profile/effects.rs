//! What moved the result and what did not.

use jobnet_api::profiling::profile::{Direction, Profile};

use crate::i18n::language;
use crate::view::{View, view};

use super::effects_model::{EffectLine, effects};
use super::result::Sent;

/// The section.
pub(super) fn effects_view(profile: &Profile, sent: &Sent) -> View {
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
        <section class="section" aria-labelledby="factors-title" data-part="factors">
            <h2 id="factors-title">{t.title}</h2>
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
