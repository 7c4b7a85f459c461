//! The ways in, in Danish.

use crate::i18n::messages::LandingTexts;

pub static TEXTS: LandingTexts = LandingTexts { title: "Min ledighed" };
