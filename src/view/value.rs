//! What an attribute, a style or a property is set to, now or whenever a signal changes.

use std::borrow::Cow;

use leptos::prelude::{Get, Memo, Signal};

/// A value in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not there.
    Absent,
    /// A text; empty for an attribute that is only there.
    Text(Cow<'static, str>),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl From<bool> for Value {
    fn from(is_there: bool) -> Self {
        if is_there { Self::Text("".into()) } else { Self::Absent }
    }
}
impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Absent, V::into)
    }
}

/// A value now, or one that follows signals.
pub enum Setting {
    /// Does not change.
    Fixed(Value),
    /// Follows the signals it reads.
    Live(Box<dyn FnMut() -> Value>),
}

/// Something an attribute, a style or a property can be set to.
pub trait IntoValue {
    /// As a setting.
    fn into_value(self) -> Setting;
}

macro_rules! fixed {
    ($($kind:ty),*) => {$(
        impl IntoValue for $kind {
            fn into_value(self) -> Setting {
                Setting::Fixed(self.into())
            }
        }
    )*};
}
fixed!(&'static str, String, bool);

impl<V: Into<Value>> IntoValue for Option<V> {
    fn into_value(self) -> Setting {
        Setting::Fixed(self.into())
    }
}
impl<F: FnMut() -> V + 'static, V: Into<Value>> IntoValue for F {
    fn into_value(mut self) -> Setting {
        Setting::Live(Box::new(move || self().into()))
    }
}
impl<V: Into<Value> + Clone + Send + Sync + 'static> IntoValue for Signal<V> {
    fn into_value(self) -> Setting {
        Setting::Live(Box::new(move || self.get().into()))
    }
}
impl<V: Into<Value> + Clone + Send + Sync + 'static> IntoValue for Memo<V> {
    fn into_value(self) -> Setting {
        Setting::Live(Box::new(move || self.get().into()))
    }
}

/// Whether a class is there.
pub enum Flag {
    /// Does not change.
    Fixed(bool),
    /// Follows the signals it reads.
    Live(Box<dyn FnMut() -> bool>),
}

/// Something that says whether a class is there.
pub trait IntoFlag {
    /// As a flag.
    fn into_flag(self) -> Flag;
}

impl IntoFlag for bool {
    fn into_flag(self) -> Flag {
        Flag::Fixed(self)
    }
}
impl IntoFlag for Memo<bool> {
    fn into_flag(self) -> Flag {
        Flag::Live(Box::new(move || self.get()))
    }
}
impl<F: FnMut() -> bool + 'static> IntoFlag for F {
    fn into_flag(self) -> Flag {
        Flag::Live(Box::new(self))
    }
}
