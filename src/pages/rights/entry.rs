//! One thing on the timeline, as it looks.

use chrono::NaiveDate;
use jobnet_rules::rights::Entry;

use super::model::{self, EntryView, Words};
use crate::i18n::language;
use crate::routes::Page;
use crate::view::{View, view};

/// A list of entries; a sentence if there are none.
pub(super) fn entries_view(entries: &[Entry], today: NaiveDate, words: Words) -> View {
    if entries.is_empty() {
        return view! { <p>{words.language.rights().past_none}</p> };
    }
    let entries: Vec<_> =
        entries.iter().map(|entry| entry_view(&model::entry(entry, today, words))).collect();
    view! { <ul class="looks">{entries}</ul> }
}

/// An entry of a list.
pub(super) fn entry_view(said: &EntryView) -> View {
    view! {
        <li data-entry=said.id.clone() data-sure=said.is_sure.to_string()>
            {said.when.clone().map(|when| view! { <p class="when">{when}</p> })}
            <h3>{said.title.clone()}</h3>
            {body_view(said)}
        </li>
    }
}

/// An entry of the past, which can have the focus.
pub(super) fn past_view(said: &EntryView, id: String) -> View {
    view! {
        <li data-entry=said.id.clone() data-sure=said.is_sure.to_string()>
            {said.when.clone().map(|when| view! { <p class="when">{when}</p> })}
            <h3 id=id tabindex="-1">{said.title.clone()}</h3>
            {body_view(said)}
        </li>
    }
}

/// What it means, what it costs, what she can do, by which rule.
pub(super) fn body_view(said: &EntryView) -> View {
    let t = language().rights();
    let says: Vec<_> = said.says.iter().map(|text| view! { <p>{text.clone()}</p> }).collect();
    // The registers are in Danish, whatever she reads.
    let tongue = said.is_registers_name.then_some("da");
    let name = said.name.clone().map(|name| view! { <p lang=tongue><strong>{name}</strong></p> });
    let costs = (!said.costs.is_empty()).then(|| {
        view! { <p>{said.costs.join(" ")}</p> }
    });
    let act = said.act.clone().map(|act| {
        view! { <p><strong>{t.act}</strong> " " {act}</p> }
    });
    let rule = (said.rule.is_some() || said.anchor.is_some()).then(|| {
        let link = said.anchor.map(|anchor| {
            view! { <a href=format!("{}#{anchor}", Page::Rules.path())>{t.read}</a> }
        });
        view! {
            <p class="small muted">{said.rule.clone()} " " {link}</p>
        }
    });
    view! {
        {name}
        {says}
        {costs}
        {act}
        {rule}
    }
}
