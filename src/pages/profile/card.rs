//! `/om-modellen`: the card of each model, for everyone. It is made of the models' own files, so it
//! cannot say anything else than they do.

use std::sync::Arc;

use jobnet_api::models::{Models, PublishedModel};
use jobnet_api::profiling::evaluate::Evaluation;
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::flags::FlagRow;
use jobnet_api::profiling::model::Kind;
use jobnet_api::profiling::profile::{Factor, Made};
use leptos::prelude::*;

use crate::api;
use crate::chart::{CalibrationChart, rows_view};
use crate::components::Disclosure;
use crate::i18n::{fill, language};
use crate::routes::Page;
use crate::state::Place;
use crate::view::{View, view};

use super::asked::asked;
use super::card_model::{
    accuracy, calibration, disagreement, limits, name, origin_cost, origin_known, people, source,
};
use super::card_tables::{Table, cut_offs, errors_at, flags, groups, within_groups};
use super::card_variables::variables;
use super::name_window;
use super::result_model::{is_stale, made};
use super::rights::basis_view;

/// The page.
pub(crate) fn models_view() -> View {
    name_window(|| language().card().title.to_owned());
    let place = expect_context::<Place>();
    let show = move |models: Arc<Models>| {
        let t = language().card();
        let named =
            Memo::new(move |_| place.with(|address| address.value_of("model").map(str::to_owned)));
        let all = models.clone();
        let ways = move || ways_view(&all, named.get().as_ref().unwrap_or(&all.default));
        let shown = models.clone();
        let card = move || {
            let named = named.get();
            let chosen = named.as_ref().unwrap_or(&shown.default);
            let published = shown.models.iter().find(|published| published.model.key == *chosen);
            let published = published.or(shown.models.first());
            published.map(|published| card_view(published, &shown))
        };
        view! {
            <h1 tabindex="-1">{t.title}</h1>
            <p class="lead">{t.lead}</p>
            <div class="prose">
                <h2>{t.purpose}</h2>
                <p>{t.purpose_text}</p>
                <h2>{t.not_purpose}</h2>
                <p>{t.not_purpose_text}</p>
                {match &models.legal_basis {
                    Some(basis) => basis_view(basis),
                    None => view! { <p class="note" data-part="no-basis">{t.no_basis}</p> },
                }}
            </div>
            <div class="section">{ways} {card}</div>
            {origin_view(&models)}
            {criticism_view()}
            <section class="section prose" aria-labelledby="card-contest">
                <h2 id="card-contest">{t.contest}</h2>
                <p>{t.contest_text}</p>
                <p class="actions">
                    <a class="button button-secondary" href=Page::Profile.path()>{t.to_profile}</a>
                </p>
            </section>
        }
    };
    asked(async || api::profile::cards().await.map(Arc::new), show, |_| None)
}

/// Links to the models.
fn ways_view(models: &Models, chosen: &str) -> View {
    let links: Vec<_> = models
        .models
        .iter()
        .map(|published| {
            let key = &published.model.key;
            let current = (key == chosen).then_some("true");
            view! {
                <li>
                    <a href=format!("?model={key}") aria-current=current>
                        {name(&published.model, language())}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="ways" aria-label=language().card().choose><ul>{links}</ul></nav> }
}

fn card_view(published: &PublishedModel, models: &Models) -> View {
    let here = language();
    let t = here.card();
    let model = &published.model;
    let used = if model.key == models.default { t.is_used } else { t.is_not_used };
    let stale = is_stale(published.watched.as_ref().map(|watched| watched.drift.verdict)).then(|| {
        view! { <p class="alert alert-warning" data-part="stale">{here.profile().result.stale}</p> }
    });
    let [source, people] = source(model, here);
    let digest = fill(t.digest, &[("digest", &published.digest)]);
    let well = match &model.evaluation {
        Some(evaluation) => evaluation_view(evaluation),
        None => not_tried_view(&published.card.flags),
    };
    view! {
        <article data-model=model.key.clone()>
            <h2>{name(model, here)}</h2>
            <p><strong>{used}</strong></p>
            {stale}
            <section class="prose">
                <h3>{t.made}</h3>
                <p>{made(Made::from(model), &model.version, here)}</p>
                <p class="note">{source}</p>
                <p>{people}</p>
                <p class="small muted card-digest">{digest}</p>
            </section>
            {variables_view(published)}
            <section>
                <h3>{t.accuracy}</h3>
                {well}
            </section>
            {beside_view(published, models)}
        </article>
    }
}

fn variables_view(published: &PublishedModel) -> View {
    let here = language();
    let t = here.card();
    let (model, card) = (&published.model, &published.card);
    let told = variables(card, here);
    let unused = card.questions - card.questions_used;
    let unused_names = told.unused.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let count =
        fill(t.used_count, &[("count", &unused.to_string()), ("all", &card.questions.to_string())]);
    let has_fact = model.factors().iter().any(|factor| matches!(factor, Factor::Fact(_)));
    let is_tree = matches!(model.kind, Kind::Tree { .. });
    let has_origin = model.factors().contains(&Factor::Fact(Fact::Origin));
    view! {
        <section class="prose section" data-part="variables">
            <h3>{t.used}</h3>
            <div data-list="used">{list_view(told.used)}</div>
            {told.together.into_iter().map(|text| view! { <p>{text}</p> }).collect::<Vec<_>>()}
            <p data-unused=unused.to_string()>{count}</p>
            {(!has_fact).then(|| view! { <p>{t.used_no_fact}</p> })}
            <h3>{t.unused}</h3>
            {if unused_names.is_empty() {
                view! { <p>{t.unused_none}</p> }
            } else {
                view! { <div data-list="unused">{list_view(unused_names)}</div> }
            }}
            {is_tree.then(|| view! { <p>{t.tree_text}</p> })}
            {(is_tree && has_origin).then(|| view! { <p class="note">{t.tree_origin}</p> })}
        </section>
    }
}

fn evaluation_view(evaluation: &Evaluation) -> View {
    let here = language();
    let t = here.card();
    let sentences: Vec<_> =
        accuracy(evaluation, here).into_iter().map(|said| view! { <p>{said}</p> }).collect();
    let (spec, texts) = calibration(evaluation, here);
    let at = people(evaluation.group_cut_off, here);
    let opened = [
        (t.within_groups, within_groups(evaluation, here)),
        (t.flagged_at, errors_at(evaluation, |errors| errors.false_positive, here)),
        (t.missed_at, errors_at(evaluation, |errors| errors.false_negative, here)),
    ];
    let opened = opened.map(|(title, table)| {
        let table = table_view(title, table);
        view! { <Disclosure title=title.to_owned()>{table}</Disclosure> }
    });
    view! {
        <div class="prose">{sentences}</div>
        <CalibrationChart spec texts strings=here.chart()/>
        <h3>{t.cut_offs}</h3>
        <p class="prose">{t.cut_offs_text}</p>
        {table_view(t.cut_offs, cut_offs(evaluation, here))}
        <h3>{t.groups}</h3>
        <p class="prose">{fill(t.groups_text, &[("at", &at)])}</p>
        {table_view(t.groups, groups(evaluation, here))}
        {opened.into_iter().collect::<Vec<_>>()}
    }
}

/// Nobody has tried the model on people; what it does with people who do not exist can be worked out.
fn not_tried_view(rows: &[FlagRow]) -> View {
    let here = language();
    let t = here.card();
    let worked_out = rows.first().map(|all| {
        let count = here.integer(all.people.into());
        let text = fill(t.flags_text, &[("people", &count)]);
        view! { <p class="prose">{text}</p> {table_view(t.flags, flags(rows, here))} }
    });
    view! {
        <p data-part="no-accuracy">{t.accuracy_none}</p>
        {worked_out}
    }
}

fn list_view(said: Vec<String>) -> View {
    let items: Vec<_> = said.into_iter().map(|text| view! { <li>{text}</li> }).collect();
    view! { <ul class="facts">{items}</ul> }
}

/// A table that scrolls inside, so the keyboard must reach it.
fn table_view(caption: &'static str, table: Table) -> View {
    let rows = rows_view(caption.to_owned(), table.columns, table.rows);
    view! {
        <div class="chart-table card-table" role="region" aria-label=caption tabindex="0">
            {rows}
        </div>
    }
}

/// A model beside the others, and what to keep in mind about it.
fn beside_view(published: &PublishedModel, models: &Models) -> View {
    let here = language();
    let t = here.card();
    view! {
        <section class="prose section" data-part="beside">
            <h3>{t.disagreement}</h3>
            {list_view(disagreement(&published.card, models, here))}
            <h3>{t.limits}</h3>
            {list_view(limits(&published.card, here))}
        </section>
    }
}

/// What origin adds, and what leaving it out costs.
fn origin_view(models: &Models) -> View {
    let here = language();
    let t = here.card();
    let said = models.models.iter().find_map(|published| origin_cost(&published.card, here));
    view! {
        <section class="section prose" aria-labelledby="card-origin" data-part="origin">
            <h2 id="card-origin">{t.origin}</h2>
            <p>{origin_known(models, here)} " " {t.origin_text}</p>
            <p>{said}</p>
        </section>
    }
}

fn criticism_view() -> View {
    let here = language();
    let t = here.card();
    let rows = here.criticism().iter().map(|criticism| {
        [criticism.day, criticism.said, criticism.source].map(str::to_owned).to_vec()
    });
    let table = Table::new(&[t.h_when, t.h_what, t.h_where], rows.collect());
    view! {
        <section class="section" aria-labelledby="card-criticism" data-part="criticism">
            <h2 id="card-criticism">{t.criticism}</h2>
            <p class="prose">{t.criticism_text}</p>
            {table_view(t.criticism, table)}
        </section>
    }
}
