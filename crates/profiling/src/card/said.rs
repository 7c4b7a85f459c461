//! What authorities, courts and researchers have said of models like these: who, when, and where it can
//! be read. The words are the page's.
//!
//! Only what is confirmed in the source named; it must not take sides.

use serde::{Deserialize, Serialize};

/// Something that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelCriticism))]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The data protection authority: not contrary to the GDPR, as no decision rests on it alone; it
    /// should have been consulted.
    DataProtection2019,
    /// The Institute for Human Rights: weighting origin is discrimination, and citizens were not told.
    HumanRights2019,
    /// The government's lawyer: “herkomst” is not ethnic origin in the sense of Article 9.
    GovernmentLawyer2019,
    /// Researchers: documentation and code differ; it leans on the citizen's own expectation and uses
    /// origin.
    Audit2022,
    /// The board of equal treatment: not contrary to the act on discrimination.
    EqualTreatment2022,
    /// The data protection authority, on a sister tool: consent is not a valid basis; a law must be.
    DataProtection2022,
    /// Researchers, for Germany: models that are right equally often flag different people.
    Disagreement2023,
    /// An Austrian court: no automated decision, as advisers decide and must deviate where needed.
    AustrianCourt2025,
}

/// When, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Year.
    pub year: i32,
    /// Month.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: Option<u32>,
}

const fn at(year: i32, month: Option<u32>, day: Option<u32>) -> When {
    When { year, month, day }
}

impl Said {
    /// All of them, the oldest first.
    pub const ALL: [Self; 8] = [
        Self::DataProtection2019,
        Self::HumanRights2019,
        Self::GovernmentLawyer2019,
        Self::Audit2022,
        Self::EqualTreatment2022,
        Self::DataProtection2022,
        Self::Disagreement2023,
        Self::AustrianCourt2025,
    ];

    /// When it was said.
    pub const fn when(self) -> When {
        match self {
            Self::DataProtection2019 => at(2019, None, None),
            Self::HumanRights2019 => at(2019, Some(10), None),
            Self::GovernmentLawyer2019 => at(2019, Some(11), Some(21)),
            Self::Audit2022 => at(2022, None, None),
            Self::EqualTreatment2022 => at(2022, Some(4), Some(29)),
            Self::DataProtection2022 => at(2022, Some(5), Some(18)),
            Self::Disagreement2023 => at(2023, None, None),
            Self::AustrianCourt2025 => at(2025, Some(9), Some(1)),
        }
    }

    /// Where it can be read.
    pub const fn source(self) -> &'static str {
        match self {
            Self::DataProtection2019 => "Politiken, 2019",
            Self::HumanRights2019 => "dksocial.dk, 10.2019",
            Self::GovernmentLawyer2019 => "Folketinget, BEU, spm. 36",
            Self::Audit2022 => "Seidelin m.fl., doi:10.1145/3492827",
            Self::EqualTreatment2022 => "Ligebehandlingsnævnet, j.nr. 20-25601",
            Self::DataProtection2022 => "Datatilsynet, j.nr. 2022-212-3676",
            Self::Disagreement2023 => "Bach m.fl., 2023",
            Self::AustrianCourt2025 => "Bundesverwaltungsgericht, 1.9.2025",
        }
    }
}
