//! The preparation form: ten questions, two of which go on when an answer asks for it.
//!
//! It must not know how an answer is stored or worded; the texts stand in the app.
//!
//! **Source**: the questions of the Danish preparation form (forberedelsesskema) as a public
//! reconstruction of the University of Copenhagen gives them (`theresemoreau/ledighedsalgoritmen`, MIT).
//! Where it gives only how many answers there are, the answers are our own to that number. “Don't
//! know” is an answer everywhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FormQuestion))]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// 1: the highest education she has finished.
    Education,
    /// 1a: its field.
    Field,
    /// 2: how long she thinks it takes until she has a job.
    Expectation,
    /// 3: how her last job ended.
    Ending,
    /// 4: how long she has known that it would.
    Notice,
    /// 5: how many jobs she has applied for.
    Applied,
    /// 6: how she sees her chances.
    Outlook,
    /// 7: whether she knows which job she wants.
    KnownJob,
    /// 8: how she looks for jobs.
    Channels,
    /// 9: what she considers doing to get one.
    Considering,
    /// 10: whether anything makes it difficult.
    Difficulty,
    /// 10a: what.
    Difficulties,
}

/// An answer to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FormChoice))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is the answer")]
pub enum Choice {
    PrimarySchool,
    GeneralUpperSecondary,
    VocationalUpperSecondary,
    VocationalTraining,
    ShortHigher,
    ProfessionalBachelor,
    AcademicBachelor,
    Master,
    Doctorate,
    ForeignNotRecognised,

    Teaching,
    Arts,
    SocialScience,
    BusinessAndLaw,
    NaturalScience,
    InformationTechnology,
    EngineeringAndConstruction,
    Agriculture,
    HealthAndCare,
    ServiceAndTransport,
    OtherField,

    HasJob,
    Within1Month,
    Within3Months,
    Within6Months,
    Over6Months,
    MaternitySoon,
    RetiresSoon,

    DismissedForCuts,
    DismissedOtherwise,
    FixedTermEnded,
    Resigned,
    FinishedEducation,
    OwnBusinessClosed,
    OtherEnding,

    KnownUnder1Month,
    Known1To3Months,
    Known3To6Months,
    KnownOver6Months,
    NoJobBefore,

    #[serde(rename = "applied_0")]
    Applied0,
    #[serde(rename = "applied_1")]
    Applied1,
    #[serde(rename = "applied_2_to_5")]
    Applied2To5,
    AppliedOver5,

    VeryGood,
    Good,
    Poor,
    VeryPoor,

    ExactJob,
    SeveralJobs,
    AnyJob,
    NoJobInMind,

    JobPortals,
    Network,
    Unsolicited,
    SocialMedia,
    FundOrJobCentre,
    NotYet,

    ChangeIndustry,
    Commute,
    Move,
    FurtherEducation,
    LowerPay,
    Nothing,

    Yes,
    No,

    PhysicalHealth,
    MentalHealth,
    PersonalMatters,
    Finances,
    Addiction,
    ReadingAndWriting,
    ItSkills,
    DanishLanguage,
    OtherDifficulty,

    DontKnow,
}

/// How many answers a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One.
    One,
    /// One or more; [`Choice::NotYet`], [`Choice::Nothing`] and [`Choice::DontKnow`] stand alone.
    Many,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 12] = [
        Self::Education,
        Self::Field,
        Self::Expectation,
        Self::Ending,
        Self::Notice,
        Self::Applied,
        Self::Outlook,
        Self::KnownJob,
        Self::Channels,
        Self::Considering,
        Self::Difficulty,
        Self::Difficulties,
    ];

    /// The answers to choose from, in their order; “don't know” is the last one.
    pub const fn choices(self) -> &'static [Choice] {
        use Choice::*;
        match self {
            Self::Education => &[
                PrimarySchool,
                GeneralUpperSecondary,
                VocationalUpperSecondary,
                VocationalTraining,
                ShortHigher,
                ProfessionalBachelor,
                AcademicBachelor,
                Master,
                Doctorate,
                ForeignNotRecognised,
                DontKnow,
            ],
            Self::Field => &[
                Teaching,
                Arts,
                SocialScience,
                BusinessAndLaw,
                NaturalScience,
                InformationTechnology,
                EngineeringAndConstruction,
                Agriculture,
                HealthAndCare,
                ServiceAndTransport,
                OtherField,
                DontKnow,
            ],
            Self::Expectation => &[
                HasJob,
                Within1Month,
                Within3Months,
                Within6Months,
                Over6Months,
                MaternitySoon,
                RetiresSoon,
                DontKnow,
            ],
            Self::Ending => &[
                DismissedForCuts,
                DismissedOtherwise,
                FixedTermEnded,
                Resigned,
                FinishedEducation,
                OwnBusinessClosed,
                OtherEnding,
                DontKnow,
            ],
            Self::Notice => &[
                KnownUnder1Month,
                Known1To3Months,
                Known3To6Months,
                KnownOver6Months,
                NoJobBefore,
                DontKnow,
            ],
            Self::Applied => &[Applied0, Applied1, Applied2To5, AppliedOver5, DontKnow],
            Self::Outlook => &[VeryGood, Good, Poor, VeryPoor, DontKnow],
            Self::KnownJob => &[ExactJob, SeveralJobs, AnyJob, NoJobInMind, DontKnow],
            Self::Channels => {
                &[JobPortals, Network, Unsolicited, SocialMedia, FundOrJobCentre, NotYet, DontKnow]
            }
            Self::Considering => {
                &[ChangeIndustry, Commute, Move, FurtherEducation, LowerPay, Nothing, DontKnow]
            }
            Self::Difficulty => &[Yes, No, DontKnow],
            Self::Difficulties => &[
                PhysicalHealth,
                MentalHealth,
                PersonalMatters,
                Finances,
                Addiction,
                ReadingAndWriting,
                ItSkills,
                DanishLanguage,
                OtherDifficulty,
                DontKnow,
            ],
        }
    }

    /// How many answers it takes.
    pub const fn takes(self) -> Takes {
        match self {
            Self::Channels | Self::Considering | Self::Difficulties => Takes::Many,
            _ => Takes::One,
        }
    }

    /// The question that decides whether this one is asked, and the answers that ask for it; `None`:
    /// everyone is asked.
    pub const fn asked_after(self) -> Option<(Self, &'static [Choice])> {
        use Choice::*;
        match self {
            Self::Field => Some((
                Self::Education,
                &[
                    VocationalTraining,
                    ShortHigher,
                    ProfessionalBachelor,
                    AcademicBachelor,
                    Master,
                    Doctorate,
                    ForeignNotRecognised,
                ],
            )),
            Self::Difficulties => Some((Self::Difficulty, &[Yes])),
            _ => None,
        }
    }
}

impl Question {
    /// Its name on the wire and in the files of models.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Education => "education",
            Self::Field => "field",
            Self::Expectation => "expectation",
            Self::Ending => "ending",
            Self::Notice => "notice",
            Self::Applied => "applied",
            Self::Outlook => "outlook",
            Self::KnownJob => "known_job",
            Self::Channels => "channels",
            Self::Considering => "considering",
            Self::Difficulty => "difficulty",
            Self::Difficulties => "difficulties",
        }
    }
}

/// As on the wire.
impl fmt::Display for Question {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(to)
    }
}

/// As on the wire.
impl fmt::Display for Choice {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(to)
    }
}

impl Choice {
    /// Whether it excludes every other answer to the same question.
    pub const fn stands_alone(self) -> bool {
        matches!(self, Self::DontKnow | Self::Nothing | Self::NotYet)
    }
}
