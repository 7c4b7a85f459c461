//! Planning beside the numbers it is about: how many units, or the smallest effect, and curves.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::chart::{LineChart, LineTexts};
use crate::i18n::language;
use crate::state::Session;
use crate::view::{View, view};

use super::editor::{Editor, failed_view};
use super::plan_model::{Answer, Curve, Seek, answer, question};
use super::watch::thousands;

/// Asks, and shows the answer.
pub(super) fn plan_view(editor: Editor) -> View {
    let t = language().research().form;
    let told = RwSignal::new(None::<Result<Answer, ApiError>>);
    let lacks = RwSignal::new(false);
    let session = expect_context::<Session>();
    let language = language();
    let ask = move |seek: Seek| {
        let asked = editor.protocol.with_untracked(|protocol| question(protocol, seek));
        lacks.set(asked.is_none());
        let Some(asked) = asked else { return };
        spawn_local(async move {
            let plan = api::trials::plan(&asked).await;
            if let Err(error) = &plan {
                session.note_error(error);
            }
            told.set(Some(plan.map(|plan| answer(&plan, &asked, language))));
        });
    };
    let take = move |units: u32| editor.change(|protocol| protocol.power.units = units);
    view! {
        <div class="protocol-row" data-part="plan">
            <h4>{t.plan}</h4>
            <p class="muted">{t.plan_hint}</p>
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=move |_| ask(Seek::Units)>
                    {t.plan_units}
                </button>
                <button type="button" class="button button-secondary" on:click=move |_| ask(Seek::Effect)>
                    {t.plan_effect}
                </button>
            </p>
            {move || lacks.get().then(|| view! { <p class="note" role="status">{t.plan_lacks}</p> })}
            {move || told.get().map(|told| match told {
                Err(error) => failed_view("plan-failed", t.plan_failed, &error),
                Ok(answer) => answer_view(&answer, take),
            })}
        </div>
    }
}

fn answer_view(answer: &Answer, take: impl Fn(u32) + 'static) -> View {
    let t = language().research().form;
    let units = answer.units;
    view! {
        <p class="lead" role="status">{answer.words.clone()}</p>
        {units.map(|units| view! {
            <p><button type="button" class="function-link" on:click=move |_| take(units)>{t.plan_take}</button></p>
        })}
        {View::many(answer.curves.iter().map(curve_view).collect())}
    }
}

fn curve_view(curve: &Curve) -> View {
    let units = language().research().form.plan_column_units;
    let texts = LineTexts {
        title: curve.title.clone(),
        takeaway: curve.axes.to_owned(),
        columns: vec![units.to_owned(), curve.title.clone()],
        rows: curve.rows.clone(),
    };
    let points = curve.points.clone();
    view! { <LineChart points texts thousands=thousands() strings=language().chart()/> }
}
