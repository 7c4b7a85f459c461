//! Each rule in plain words, and why the reform made it. The numbers are rows of `rules::law`; where
//! each was read stands in the file of them, which is served as it is.

mod model;

use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::state::Clock;
use crate::view::{View, view};

/// The page. Before the first answer it shows the newest numbers there are.
pub fn rules() -> View {
    let t = language().prose().rules;
    let clock = expect_context::<Clock>();
    view! {
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {move || {
            let today = clock.today();
            let rules = model::rules(today, language());
            // Until the day is known the line stands empty, so that nothing moves when it comes.
            let as_of = today
                .map_or_else(|| "\u{a0}".to_owned(), |day| fill(t.as_of, &[("day", &language().date(day))]));
            let contents: Vec<_> = rules
                .iter()
                .map(|rule| view! { <li><a href=format!("#{}", rule.id)>{rule.title}</a></li> })
                .collect();
            view! {
                <p class="muted">{as_of}</p>
                <nav aria-label=t.contents>
                    <ul class="contents">{contents}</ul>
                </nav>
                <div class="prose">{rules.into_iter().map(rule_view).collect::<Vec<_>>()}</div>
                <p><a href="/law.csv" download="">{t.rows}</a></p>
            }
        }}
    }
}

fn rule_view(rule: model::RuleView) -> View {
    let t = language().prose().rules;
    // A trace links to its rule by key: `/regler#karens.window`.
    let anchors: Vec<_> = rule.anchors.iter().map(|key| view! { <span id=*key></span> }).collect();
    view! {
        <section class="rule" aria-labelledby=rule.id>
            {anchors}
            <h2 id=rule.id>{rule.title}</h2>
            <p>{rule.says}</p>
            <div class="why">
                <h3>{t.why}</h3>
                <p>{rule.why}</p>
            </div>
            {rule.law.map(|law| view! { <p class="small muted" lang="da">{law}</p> })}
        </section>
    }
}
