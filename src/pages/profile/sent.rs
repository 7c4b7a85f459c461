//! What was sent: answers, facts that were used, facts that were left out or called wrong.

use jobnet_api::profiling::answers::Answers;
use jobnet_api::profiling::fact::{Fact, Facts};

use crate::i18n::language;
use crate::view::{View, view};

use super::effects_model::value;
use super::facts::fact_said;
use super::steps_model::said;

/// The list of it.
pub(super) fn sent_view(
    answers: &Answers,
    facts: Facts,
    left_out: &[Fact],
    marked_wrong: &[Fact],
) -> View {
    let here = language();
    let t = here.receipt();
    let asked = answers.asked();
    let answers = asked.into_iter().filter_map(|question| {
        let said = said(answers.0.get(&question)?, here);
        let name = here.question(question).title;
        Some(view! {
            <div data-row=format!("{question:?}")><dt>{name}</dt><dd>{said}</dd></div>
        })
    });
    let known = [Fact::Age, Fact::MonthsEmployed].map(|fact| (fact, value(facts, fact)));
    let facts = known.into_iter().map(|(fact, value)| {
        let is_left_out = left_out.contains(&fact);
        let is_wrong = marked_wrong.contains(&fact);
        view! {
            <div data-row=format!("{fact:?}")>
                <dt>{here.fact(fact).name}</dt>
                <dd>
                    {(!is_left_out).then(|| fact_said(fact, value, here))}
                    {is_left_out.then(|| view! { <span class="review-say">{t.left_out}</span> })}
                    {is_wrong.then(|| view! { <span class="review-say">{t.wrong}</span> })}
                </dd>
            </div>
        }
    });
    view! { <dl class="review">{answers.collect::<Vec<_>>()} {facts.collect::<Vec<_>>()}</dl> }
}
