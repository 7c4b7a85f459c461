//! The arms of a draft: each with what it shows, and all combinations of chosen settings at once.

use jobnet_api::trials::protocol::{Arm, Bilingual, Design, KnownHarm, Protocol};
use leptos::prelude::*;

use crate::components::Disclosure;
use crate::i18n::{Language, fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::draft_model::{Chosen, combinations, new_arm};
use super::editor::Editor;
use super::fields_model::Kind;
use super::findings_model::id;
use super::input::{Input, Listed, Row, input, word_of};
use super::numbers_model::read_whole;

/// The arms.
pub(super) fn arms_view(editor: Editor) -> View {
    let t = language().research().form;
    // What the rows are made of; an arm itself is in their inputs.
    let rows = Memo::new(move |_| editor.protocol.with(|p| (p.surface.clone(), p.arms.len())));
    let surface = Memo::new(move |_| editor.protocol.with(|protocol| protocol.surface.clone()));
    let add = move |_| {
        editor.change(|protocol| protocol.arms.extend(new_arm(&protocol.arms)));
        let last = rows.with_untracked(|(_, count)| *count).saturating_sub(1);
        request_animation_frame(move || document::focus(&id(&format!("arms[{last}].name.da"))));
    };
    view! {
        <div id=id("arms") tabindex="-1">
            {surface_view(editor)}
            {move || combine_view(editor, surface.get())}
            {move || {
                let count = rows.with(|(_, count)| *count);
                View::many((0..count).map(|index| arm_view(editor, index)).collect())
            }}
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=add>{t.add_arm}</button>
            </p>
        </div>
    }
}

/// Where the arms show; what enrols somebody goes with it.
fn surface_view(editor: Editor) -> View {
    let t = language().research().form;
    let surfaces =
        editor.catalogue.with_value(|catalogue| catalogue.surfaces.keys().cloned().collect());
    let set = move |p: &mut Protocol, typed: &str| {
        let enrols =
            editor.catalogue.with_value(|catalogue| catalogue.enrolment.get(typed).copied());
        p.enrolment = enrols.unwrap_or(p.enrolment);
        typed.clone_into(&mut p.surface);
        // Another surface has other settings.
        p.arms.iter_mut().for_each(|arm| arm.settings.clear());
        // What is sent belongs to the surface.
        p.dispatch.clear();
        Some(())
    };
    input(
        editor,
        Input {
            path: "surface".to_owned(),
            label: t.surface.to_owned(),
            hint: t.surface_hint,
            kind: Kind::Choice(surfaces),
            get: Box::new(|p| p.surface.clone()),
            set: Box::new(set),
        },
    )
}

/// The published harm of an arm, because of which it can only be looked at; nothing if it has none.
pub(super) fn harm_note(arm: &Arm) -> View {
    let Some(harm) = &arm.known_harm else { return View::none() };
    let found = if language() == Language::Danish { &harm.found.da } else { &harm.found.en };
    let said = format!("{} {found} ({})", language().research().form.harm_note, harm.source);
    view! { <p class="note" data-harm="">{said}</p> }
}

fn arm_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let number = (index + 1).to_string();
    let is_control =
        move || editor.protocol.with(|p| p.arms.get(index).is_some_and(|arm| arm.control));
    let control = move |_| {
        editor.change(|protocol| {
            for (place, arm) in protocol.arms.iter_mut().enumerate() {
                arm.control = place == index;
            }
        });
    };
    let list = Listed {
        at: 0,
        path: |_| "arms".to_owned(),
        get: |p, _| Some(&p.arms),
        change: |p, _| Some(&mut p.arms),
    };
    let row = Row { editor, list, index };
    let harmful = Memo::new(move |_| {
        editor.protocol.with(|p| p.arms.get(index).filter(|arm| arm.known_harm.is_some()).cloned())
    });
    let harm = move || harmful.with(|arm| arm.as_ref().map(harm_note));
    view! {
        <fieldset class="protocol-row" id=id(&row.path()) tabindex="-1">
            <legend>{fill(t.arm, &[("number", &number)])}</legend>
            {harm}
            <div class="protocol-pair">
                {row.part("name.da", (t.name_da, ""), Kind::Line,
                    |arm| arm.name.da.clone(), |arm, typed| { arm.name.da = typed.to_owned(); Some(()) })}
                {row.part("name.en", (t.name_en, ""), Kind::Line,
                    |arm| arm.name.en.clone(), |arm, typed| { arm.name.en = typed.to_owned(); Some(()) })}
            </div>
            {row.part("description", (t.description, t.description_hint), Kind::Area,
                |arm| arm.description.clone(), |arm, typed| { arm.description = typed.to_owned(); Some(()) })}
            <div class="protocol-pair">
                {settings_view(editor, index)}
                {row.part("weight", (t.weight, t.weight_hint), Kind::Number,
                    |arm| arm.weight.to_string(), |arm, typed| { arm.weight = read_whole(typed)?; Some(()) })}
                {row.part("key", (t.key, t.key_hint), Kind::Line,
                    |arm| arm.key.to_string(), |arm, typed| { arm.key = typed.parse().ok()?; Some(()) })}
            </div>
            <label class="check">
                <input type="radio" name="control-arm" prop:checked=is_control on:change=control/>
                {t.control}
            </label>
            {known_harm_view(&row)}
            {row.remove_view()}
        </fieldset>
    }
}

/// What is published of a harm that this very arm has done; nothing typed: none is.
fn known_harm_view(row: &Row<Arm>) -> View {
    fn of(arm: &Arm, part: fn(&KnownHarm) -> &String) -> String {
        arm.known_harm.as_ref().map(|harm| part(harm).clone()).unwrap_or_default()
    }
    fn set(arm: &mut Arm, typed: &str, part: fn(&mut KnownHarm) -> &mut String) -> Option<()> {
        let mut harm = arm
            .known_harm
            .take()
            .unwrap_or_else(|| KnownHarm { found: Bilingual::default(), source: String::new() });
        typed.clone_into(part(&mut harm));
        let texts = [&harm.found.da, &harm.found.en, &harm.source];
        let is_said = texts.iter().any(|text| !text.is_empty());
        arm.known_harm = is_said.then_some(harm);
        Some(())
    }
    let t = language().research().form;
    let fields = view! {
        <p class="form-hint">{t.harm_hint}</p>
        {row.part("known_harm.found.da", (t.harm_da, ""), Kind::Area,
            |arm| of(arm, |harm| &harm.found.da),
            |arm, typed| set(arm, typed, |harm| &mut harm.found.da))}
        {row.part("known_harm.found.en", (t.harm_en, ""), Kind::Area,
            |arm| of(arm, |harm| &harm.found.en),
            |arm, typed| set(arm, typed, |harm| &mut harm.found.en))}
        {row.part("known_harm.source", (t.harm_source, t.harm_source_hint), Kind::Line,
            |arm| of(arm, |harm| &harm.source),
            |arm, typed| set(arm, typed, |harm| &mut harm.source))}
    };
    view! { <Disclosure title=t.harm.to_owned()>{fields}</Disclosure> }
}

/// A choice for each setting of the surface.
fn settings_view(editor: Editor, index: usize) -> View {
    let surface = editor.protocol.with_untracked(|protocol| protocol.surface.clone());
    let settings = editor
        .catalogue
        .with_value(|catalogue| catalogue.surfaces.get(&surface).cloned().unwrap_or_default());
    // What has done harm can be chosen, to be looked at; the check says that it cannot be started.
    let harmful = editor.catalogue.with_value(|catalogue| catalogue.harmful.get(&surface).cloned());
    let choices = settings.into_iter().map(|(setting, values)| {
        let mut words = vec![String::new()];
        words.extend(values);
        words.extend(harmful.iter().filter_map(|all| all.get(&setting)).flatten().cloned());
        let (reads, writes) = (setting.clone(), setting.clone());
        input(
            editor,
            Input {
                path: format!("arms[{index}].settings.{setting}"),
                label: word_of(&setting),
                hint: "",
                kind: Kind::Choice(words),
                get: Box::new(move |p| {
                    let arm = p.arms.get(index);
                    arm.and_then(|arm| arm.settings.get(&reads).cloned()).unwrap_or_default()
                }),
                set: Box::new(move |p, typed| {
                    let settings = &mut p.arms.get_mut(index)?.settings;
                    if typed.is_empty() {
                        settings.remove(&writes);
                    } else {
                        settings.insert(writes.clone(), typed.to_owned());
                    }
                    Some(())
                }),
            },
        )
    });
    View::many(choices.collect())
}

/// Choose values, get every combination of them.
fn combine_view(editor: Editor, surface: String) -> View {
    let t = language().research().form;
    let chosen = RwSignal::new(Chosen::new());
    let settings = editor
        .catalogue
        .with_value(|catalogue| catalogue.surfaces.get(&surface).cloned().unwrap_or_default());
    let groups: Vec<_> = settings
        .into_iter()
        .map(|(setting, values)| {
            let boxes: Vec<_> = values
                .into_iter()
                .map(|value| choice_box(chosen, setting.clone(), value))
                .collect();
            view! { <fieldset class="choices"><legend>{word_of(&setting)}</legend>{boxes}</fieldset> }
        })
        .collect();
    let count = move || {
        chosen.with(|chosen| {
            let sizes = chosen.values().map(std::collections::BTreeSet::len);
            sizes.filter(|size| *size > 0).product::<usize>()
        })
    };
    let make = move |_| {
        let named = |value: &str| {
            let word = |language: Language| {
                language.word(value).map_or_else(|| value.to_owned(), str::to_owned)
            };
            (word(Language::Danish), word(Language::English))
        };
        let (made, is_factorial) = chosen.with_untracked(|chosen| {
            let factors = chosen.values().filter(|values| !values.is_empty()).count();
            (combinations(chosen, named), factors > 1)
        });
        if made.is_empty() {
            return;
        }
        editor.change(|protocol: &mut Protocol| {
            protocol.arms = made;
            protocol.design = if is_factorial { Design::Factorial {} } else { Design::Parallel {} };
        });
    };
    let say = move || match count() {
        count if count < 2 => t.combine_none.to_owned(),
        count => fill(t.combine_count, &[("count", &count.to_string())]),
    };
    view! {
        <div class="protocol-row">
            <h4>{t.combine}</h4>
            <p class="muted">{t.combine_hint}</p>
            <div class="protocol-pair">{groups}</div>
            <p class="small" role="status">{say}</p>
            <button type="button" class="button button-secondary"
                aria-disabled=move || (count() < 2).to_string() on:click=make>{t.combine_make}</button>
        </div>
    }
}

fn choice_box(chosen: RwSignal<Chosen>, setting: String, value: String) -> View {
    let name = word_of(&value);
    let (of, asked) = (setting.clone(), value.clone());
    // Another surface begins with nothing chosen, and its boxes may be those of the one before.
    let is_chosen =
        move || chosen.with(|chosen| chosen.get(&of).is_some_and(|values| values.contains(&asked)));
    let toggle = move |event: leptos::ev::Event| {
        let is_on = event_target_checked(&event);
        let (setting, value) = (setting.clone(), value.clone());
        chosen.update(|chosen| {
            let values = chosen.entry(setting).or_default();
            if is_on {
                values.insert(value)
            } else {
                values.remove(&value)
            };
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_chosen on:change=toggle/>
            {name}
        </label>
    }
}
