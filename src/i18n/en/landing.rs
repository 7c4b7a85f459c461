//! The ways in, in English.

use crate::i18n::messages::LandingTexts;

pub static TEXTS: LandingTexts = LandingTexts { title: "Min ledighed" };
