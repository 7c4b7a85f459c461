//! The inputs of the form of a protocol: label, what it means, what cannot be read, the input itself;
//! alone, in the rows of a list, or a box for each of several values.

use std::collections::BTreeMap;

use jobnet_api::trials::protocol::Protocol;
use leptos::prelude::*;

use crate::i18n::language;
use crate::platform::document;
use crate::view::{View, view};

use super::editor::Editor;
use super::fields_model::{Field, Kind};
use super::findings_model::id;

type Set = Box<dyn Fn(&mut Protocol, &str) -> Option<()>>;

/// An input.
pub(super) struct Input {
    /// Its field in the file.
    pub(super) path: String,
    /// Its name.
    pub(super) label: String,
    /// What it means.
    pub(super) hint: &'static str,
    /// How it is typed.
    pub(super) kind: Kind,
    /// Its value.
    pub(super) get: Box<dyn Fn(&Protocol) -> String>,
    /// Sets what was typed.
    pub(super) set: Set,
}

/// The input of a field that stands alone.
pub(super) fn field(editor: Editor, field: Field) -> View {
    typed_as(editor, field, field.kind())
}

/// The same, where the protocol or the server says which words there are to choose from.
pub(super) fn choice(editor: Editor, field: Field, words: Vec<String>) -> View {
    typed_as(editor, field, Kind::Choice(words))
}

fn typed_as(editor: Editor, field: Field, kind: Kind) -> View {
    let (label, hint) = language().field(field);
    input(
        editor,
        Input {
            path: field.path().to_owned(),
            label: label.to_owned(),
            hint,
            kind,
            get: Box::new(move |protocol| field.get(protocol)),
            set: Box::new(move |protocol, typed| field.set(protocol, typed)),
        },
    )
}

/// Several of them.
pub(super) fn fields(editor: Editor, all: &[Field]) -> View {
    View::many(all.iter().map(|one| field(editor, *one)).collect())
}

/// A list of the protocol, such as that of the arms, or one inside a row of another list.
pub(super) struct Listed<T: 'static> {
    /// The place of the row that it is in; for a list that is in none it says nothing.
    pub(super) at: usize,
    /// Its field in the file.
    pub(super) path: fn(usize) -> String,
    /// The list; `None`: this protocol has none.
    pub(super) get: fn(&Protocol, usize) -> Option<&Vec<T>>,
    /// The same, to change it.
    pub(super) change: fn(&mut Protocol, usize) -> Option<&mut Vec<T>>,
}

impl<T> Clone for Listed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Listed<T> {}

impl<T> Listed<T> {
    /// Its field in the file.
    pub(super) fn path(self) -> String {
        (self.path)(self.at)
    }

    /// The list in a protocol.
    pub(super) fn get(self, protocol: &Protocol) -> Option<&Vec<T>> {
        (self.get)(protocol, self.at)
    }

    /// The list in a protocol, to change it.
    pub(super) fn change(self, protocol: &mut Protocol) -> Option<&mut Vec<T>> {
        (self.change)(protocol, self.at)
    }
}

/// A row of a list.
pub(super) struct Row<T: 'static> {
    pub(super) editor: Editor,
    pub(super) list: Listed<T>,
    /// Its place in it.
    pub(super) index: usize,
}

impl<T> Row<T> {
    /// Its field in the file.
    pub(super) fn path(&self) -> String {
        format!("{}[{}]", self.list.path(), self.index)
    }

    /// The input of a part of it.
    pub(super) fn part(
        &self,
        name: &str,
        (label, hint): (&str, &'static str),
        kind: Kind,
        get: fn(&T) -> String,
        set: fn(&mut T, &str) -> Option<()>,
    ) -> View {
        let (index, list) = (self.index, self.list);
        input(
            self.editor,
            Input {
                path: format!("{}.{name}", self.path()),
                label: label.to_owned(),
                hint,
                kind,
                get: Box::new(move |p| {
                    list.get(p).and_then(|rows| rows.get(index)).map(get).unwrap_or_default()
                }),
                set: Box::new(move |p, typed| set(list.change(p)?.get_mut(index)?, typed)),
            },
        )
    }

    /// What takes it away.
    pub(super) fn remove_view(&self) -> View {
        let (editor, list, index) = (self.editor, self.list, self.index);
        let remove = move |_| {
            editor.change(|protocol| {
                if let Some(rows) = list.change(protocol).filter(|rows| index < rows.len()) {
                    rows.remove(index);
                }
            });
            editor.unread.update(|unread| *unread = without(unread, &id(&list.path()), index));
            request_animation_frame(move || document::focus(&id(&list.path())));
        };
        let name = language().research().form.remove;
        view! { <button type="button" class="function-link" on:click=remove>{name}</button> }
    }
}

/// What could not be read once the row at `index` of the list with this id is gone: what was typed in
/// the rows after it moves up with them.
fn without(
    unread: &BTreeMap<String, String>,
    list: &str,
    index: usize,
) -> BTreeMap<String, String> {
    let moved = unread.iter().filter_map(|(id, typed)| {
        let row = id.strip_prefix(list).and_then(|rest| rest.strip_prefix('-'));
        let row = row.map(|rest| rest.split_once('-').unwrap_or((rest, "")));
        let id = match row.and_then(|(at, part)| Some((at.parse::<usize>().ok()?, part))) {
            Some((at, _)) if at == index => return None,
            Some((at, part)) if at > index => format!("{list}-{}-{part}", at - 1),
            _ => id.clone(),
        };
        Some((id, typed.clone()))
    });
    moved.collect()
}

/// A box for each of `values`, to be in a list of the protocol or not.
pub(super) fn boxes(
    editor: Editor,
    values: Vec<String>,
    get: impl Fn(&Protocol) -> Option<&Vec<String>> + Copy + 'static,
    change: impl Fn(&mut Protocol) -> Option<&mut Vec<String>> + Copy + 'static,
) -> View {
    let named = values.into_iter().map(|value| (value.clone(), word_of(&value))).collect();
    ticks(
        editor,
        named,
        move |p, value| get(p).is_some_and(|list| list.iter().any(|other| other == value)),
        move |p, value, wanted| {
            if let Some(list) = change(p) {
                list.retain(|other| other != value);
                if wanted {
                    list.push(value.to_owned());
                }
            }
        },
    )
}

/// A box for each of several values with their names.
pub(super) fn ticks(
    editor: Editor,
    values: Vec<(String, String)>,
    has: impl Fn(&Protocol, &str) -> bool + Copy + 'static,
    set: impl Fn(&mut Protocol, &str, bool) + Copy + 'static,
) -> View {
    let one = |(value, name): (String, String)| {
        let asked = value.clone();
        let is_on = move || editor.protocol.with(|protocol| has(protocol, &asked));
        let toggle = move |event: leptos::ev::Event| {
            let wanted = event_target_checked(&event);
            editor.change(|protocol| set(protocol, &value, wanted));
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=is_on on:change=toggle/>
                {name}
            </label>
        }
    };
    View::many(values.into_iter().map(one).collect())
}

/// The input.
pub(super) fn input(editor: Editor, of: Input) -> View {
    let Input { path, label, hint, kind, get, set } = of;
    let id = id(&path);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint_id} {error_id}");
    let unread = {
        let id = id.clone();
        Memo::new(move |_| editor.unread.with(|unread| unread.get(&id).cloned()))
    };
    let is_wrong = move || unread.with(Option::is_some);
    let typed = {
        let id = id.clone();
        move |text: String| {
            let mut done = None;
            editor.change(|protocol| done = set(protocol, &text));
            if done.is_none() || unread.with_untracked(Option::is_some) {
                let id = id.clone();
                editor.unread.update(|unread| {
                    match done {
                        Some(()) => unread.remove(&id),
                        None => unread.insert(id, text),
                    };
                });
            }
        }
    };
    let value = move || {
        unread.get().unwrap_or_else(|| {
            editor.protocol.try_with(|protocol| get(protocol)).unwrap_or_default()
        })
    };
    let for_id = id.clone();
    let suffix = matches!(kind, Kind::Percent).then_some(" (%)");
    let control = match kind {
        Kind::Area => view! {
            <textarea class="form-input" id=id rows="3" autocomplete="off" aria-describedby=described
                prop:value=value on:input=move |event| typed(event_target_value(&event))></textarea>
        },
        Kind::Choice(words) => {
            let options: Vec<_> = words
                .into_iter()
                .map(|word| {
                    let name = word_of(&word);
                    view! { <option value=word>{name}</option> }
                })
                .collect();
            view! {
                <select class="form-select" id=id aria-describedby=described prop:value=value
                    on:change=move |event| typed(event_target_value(&event))>{options}</select>
            }
        }
        kind => {
            let (class, shape, mode) = match kind {
                Kind::Number | Kind::Percent => {
                    ("form-input input-char-11", "text", Some("decimal"))
                }
                Kind::Day => ("form-input input-width-s", "date", None),
                _ => ("form-input", "text", None),
            };
            view! {
                <input class=class id=id type=shape inputmode=mode autocomplete="off"
                    aria-describedby=described aria-invalid=move || is_wrong().then_some("true")
                    prop:value=value on:input=move |event| typed(event_target_value(&event))/>
            }
        }
    };
    let error = language().research().form.unreadable;
    view! {
        <div class="form-group" class:form-error=is_wrong>
            <label class="form-label" for=for_id>{label}{suffix}</label>
            {(!hint.is_empty()).then(|| view! { <span class="form-hint" id=hint_id>{hint}</span> })}
            {move || {
                is_wrong().then(|| view! {
                    <span class="form-error-message" id=error_id.clone()>{error}</span>
                })
            }}
            {control}
        </div>
    }
}

/// A word of the file for people; one that is not known stands as it is.
pub(super) fn word_of(word: &str) -> String {
    language().word(word).map_or_else(|| word.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_goes_with_its_row() {
        let of = |all: &[(&str, &str)]| {
            all.iter().map(|(id, typed)| ((*id).to_owned(), (*typed).to_owned())).collect()
        };
        let before: BTreeMap<_, _> = of(&[
            ("f-dispatch-0-after_days", "a"),
            ("f-dispatch-1-after_days", "b"),
            ("f-dispatch-12-still-0-value", "c"),
            ("f-dispatchers-1", "d"),
            ("f-power-units", "e"),
        ]);
        let after = of(&[
            ("f-dispatch-0-after_days", "a"),
            ("f-dispatch-11-still-0-value", "c"),
            ("f-dispatchers-1", "d"),
            ("f-power-units", "e"),
        ]);
        assert_eq!(without(&before, "f-dispatch", 1), after);
    }
}
