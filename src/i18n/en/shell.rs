//! Header, footer and states in English.

use crate::i18n::messages::ShellTexts;

pub static TEXTS: ShellTexts =
    ShellTexts { name: "Min ledighed", portal: "Selvbetjening", authority: "Demomyndigheden" };
