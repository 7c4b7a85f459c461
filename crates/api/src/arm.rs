//! What the arm of a trial decides about a citizen's pages, and the word of what was really shown.
//!
//! It must not know how arms are drawn by lot or why: that is for the server and `jobnet-trials`.

use chrono::{DateTime, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A way to show the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Presentation {
    /// Sentences.
    Words,
    /// Three drawings: speedometer, savings pig, hourglass.
    Counters,
    /// Months on a time axis.
    Timeline,
    /// The timeline with sliders.
    WhatIf,
}

/// From which side a figure is told. The figures are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// What she has earned.
    #[default]
    Earned,
    /// What she still lacks.
    Lacking,
}

/// Reads what is part of the first answer by its name. The derived way of reading an enum would be
/// a kilobyte of what every citizen downloads.
macro_rules! read_by_name {
    ($kind:ident: $($name:literal => $value:ident),*) => {
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                match String::deserialize(reader)?.as_str() {
                    $($name => Ok(Self::$value),)*
                    _ => Err(D::Error::custom(concat!("no ", stringify!($kind)))),
                }
            }
        }
    };
}

read_by_name!(Presentation:
    "words" => Words, "counters" => Counters, "timeline" => Timeline, "what_if" => WhatIf);
read_by_name!(Framing: "earned" => Earned, "lacking" => Lacking);

/// What stands as the trial of a preview: no trial has this key.
pub const PREVIEW: &str = "preview";

/// What she is shown because of the trial she is in: part of the first answer, so that nothing
/// flickers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Arm {
    /// Key of the trial, to say what was shown.
    pub trial: String,
    /// How the account is shown on `/` and when `/timer-og-ydelse` is opened.
    pub presentation: Presentation,
    /// From which side.
    pub framing: Framing,
}

/// Where something was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The account on `/`.
    Overview,
    /// The account on `/timer-og-ydelse`.
    Hours,
}

/// How wide her window is: the classes of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Viewport {
    /// A phone.
    Narrow,
    /// A tablet.
    Medium,
    /// A computer.
    Wide,
}

/// What she opened beyond what her arm shows first. In every arm all of it is one click away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Opened {
    /// The figures as a table.
    Table,
    /// “Sådan er tallet regnet”.
    Explanation,
    /// Another presentation.
    Words,
    /// Another presentation.
    Counters,
    /// Another presentation.
    Timeline,
    /// Another presentation.
    WhatIf,
}

/// Body of the word that something was really shown: at least half of it on screen for a second.
/// The same variant for the same unit, surface and day again changes nothing, but that what was opened
/// is added; another variant is stored beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// Key of the trial.
    pub trial: String,
    /// Where.
    pub surface: Surface,
    /// How the account was really shown; it may differ from her arm.
    pub presentation: Presentation,
    /// From which side it was really told.
    pub framing: Framing,
    /// Ids of the texts that were shown.
    pub text_ids: Vec<String>,
    /// Hash of the drawing's spec (hexadecimal), if something was drawn.
    pub drawing: Option<String>,
    /// Build of the page.
    pub build: String,
    /// How wide her window was.
    pub viewport: Viewport,
    /// When it had been on screen for a second, by her clock; the server notes its own as well.
    #[serde(deserialize_with = "crate::instant::read")]
    pub shown_at: DateTime<Utc>,
    /// What she opened.
    #[serde(default)]
    pub opened: Vec<Opened>,
    /// She chose this presentation herself: if she was shown another one there that day, it is something
    /// she opened.
    #[serde(default)]
    pub chosen: bool,
}

#[cfg(test)]
mod tests {
    use super::{Framing, Presentation};

    /// The names that are written are those that are read.
    #[test]
    fn what_is_written_is_read() {
        use Presentation::{Counters, Timeline, WhatIf, Words};
        for way in [Words, Counters, Timeline, WhatIf] {
            let text = serde_json::to_string(&way).unwrap();
            assert_eq!(serde_json::from_str::<Presentation>(&text).unwrap(), way);
        }
        for side in [Framing::Earned, Framing::Lacking] {
            let text = serde_json::to_string(&side).unwrap();
            assert_eq!(serde_json::from_str::<Framing>(&text).unwrap(), side);
        }
        assert!(serde_json::from_str::<Presentation>("\"film\"").is_err());
        assert!(serde_json::from_str::<Framing>("7").is_err());
    }
}
