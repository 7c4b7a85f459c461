//! The preparation form, what a model says of her, and her say in it.
//!
//! Which questions there are and what a model says is for `jobnet-profiling`; which arm chose a
//! presentation or a text is for the server. What was shown of it is `crate::profile_exposure`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts};
use jobnet_profiling::form::Question;
use jobnet_profiling::profile::{NoProfile, Profile};
use jobnet_trials::protocol::Bilingual;
use serde::{Deserialize, Serialize};

pub use jobnet_messages::receipts::ReceiptText;

/// The longest remark on a profile, in characters.
pub const MAX_REMARK_CHARS: usize = 900;

/// How a profile is presented.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfilePresentation {
    /// A sentence with the number.
    Number,
    /// Words without a number first.
    Words,
    /// A hundred figures, some of them marked.
    #[default]
    IconArray,
    /// Nothing until she asks for it.
    NoneUntilAsked,
}

/// The law on which the model runs. Consent is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The law and its paragraph.
    pub law: Bilingual,
    /// What it says, in a sentence.
    pub text: Bilingual,
    /// Since when.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub valid_from: NaiveDate,
}

/// Everything about her profile: what she has answered, sent and been told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyProfile {
    /// The law on which the model runs; `None`: it does not.
    pub legal_basis: Option<LegalBasis>,
    /// Key of the model that is used.
    pub model: String,
    /// Her answers so far, sent or not.
    pub draft: Draft,
    /// What the registers would tell the model; empty while no law says that it may run, because
    /// nothing is fetched then.
    pub facts: Vec<ShownFact>,
    /// What she has sent, the newest first.
    pub submissions: Vec<Submission>,
    /// Her remark on her profile. It stands beside it wherever it is shown.
    pub remark: Option<Remark>,
    /// How her profile is presented.
    pub presentation: ProfilePresentation,
    /// The trial that chose the presentation, to say what was shown.
    pub trial: Option<String>,
    /// How long it is kept: what she has sent from the day she sent it, the rest from her last
    /// change on.
    ///
    /// **Units**: days.
    pub kept_days: u32,
}

/// Her answers as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FormDraft))]
pub struct Draft {
    /// The answers.
    pub answers: Answers,
    /// The edition of each, a number drawn anew with every change: one from before she deleted
    /// everything does not come again. Whoever changes an answer says which edition she has seen.
    pub editions: BTreeMap<Question, u32>,
}

/// Body of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// The answer; `None`: she takes it back.
    pub answer: Option<Answer>,
    /// The edition she has seen; 0: none. With another one stored, nothing is changed and the answer
    /// is the problem `conflict`: she is asked first.
    #[cfg_attr(feature = "openapi", schema(format = Int64, minimum = 0, maximum = 4_294_967_295_u32))]
    pub seen_edition: u32,
}

/// An answer was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Saved {
    /// Its edition now.
    pub edition: u32,
    /// When it was stored.
    #[serde(deserialize_with = "crate::instant::read")]
    pub saved_at: DateTime<Utc>,
}

/// A fact of a register as it is shown to her before it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShownFact {
    /// Which.
    pub fact: Fact,
    /// What it is, years or months; `None`: the registers do not tell.
    pub value: Option<u8>,
    /// The last day the register knew of.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub as_of: Option<NaiveDate>,
    /// What she says of it.
    pub say: FactSay,
}

/// What she says of a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FactSay {
    /// It is wrong.
    pub is_wrong: bool,
    /// It is not to be used. A model that cannot do without it then gives no profile.
    pub is_left_out: bool,
}

/// Body of what she says of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewFactSay {
    /// What she says.
    pub say: FactSay,
    /// What she has before her; nothing said: both `false`. With something else stored, nothing is
    /// changed and the answer is the problem `conflict`: she is asked first.
    pub seen: FactSay,
}

/// Body that sends the form, with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// The editions of the answers she has before her. With others stored nothing is sent and the
    /// answer is the problem `conflict`: nobody sends what she has not seen.
    pub editions: BTreeMap<Question, u32>,
    /// The facts she has before her, with what she says of them. When the registers or she say
    /// otherwise by now, nothing is sent and the answer is the problem `conflict`.
    pub facts: Vec<ShownFact>,
}

/// What she has sent: also its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submission {
    /// Number of the receipt.
    pub id: String,
    /// When it was received.
    #[serde(deserialize_with = "crate::instant::read")]
    pub received_at: DateTime<Utc>,
    /// The answers she sent.
    pub answers: Answers,
    /// The facts that were used.
    pub facts: Facts,
    /// The facts she had left out.
    pub left_out: Vec<Fact>,
    /// The facts she had marked as wrong.
    pub marked_wrong: Vec<Fact>,
    /// What the model said.
    pub result: ProfileResult,
    /// The text of the receipt.
    pub receipt: ReceiptText,
    /// The trial that chose the text, to say what was shown.
    pub trial: Option<String>,
}

/// A profile, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfileResult {
    /// What the model says.
    Profile(Profile),
    /// Why it says nothing.
    NoProfile(NoProfile),
}

/// Her remark on her profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remark {
    /// Her words.
    pub text: String,
    /// When she wrote them.
    #[serde(deserialize_with = "crate::instant::read")]
    pub written_at: DateTime<Utc>,
}

/// What she has said against her profile and what it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SaidAgainstProfile))]
pub struct Said {
    /// Her remark.
    pub remark: Option<Remark>,
    /// The facts of the registers that she says are wrong.
    pub wrong: Vec<Fact>,
}

/// Body of a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRemark {
    /// Her words, at most [`MAX_REMARK_CHARS`]; empty: she takes it back.
    #[cfg_attr(feature = "openapi", schema(max_length = 900))]
    pub text: String,
    /// The remark she has before her; empty: none. With another one stored, nothing is changed and
    /// the answer is the problem `conflict`: she is shown it first.
    pub seen: String,
}

/// A citizen's profile as her caseworker sees it: what she has sent. No arm is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenProfile {
    /// What she has sent, the newest first; none: nothing, and she need not.
    pub submissions: Vec<SeenSubmission>,
    /// Her remark on it.
    pub remark: Option<Remark>,
    /// How long it is kept after she has sent it.
    ///
    /// **Units**: days.
    pub kept_days: u32,
}

/// What a caseworker sees of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenSubmission {
    /// When it was received.
    #[serde(deserialize_with = "crate::instant::read")]
    pub received_at: DateTime<Utc>,
    /// The answers she sent.
    pub answers: Answers,
    /// The facts that were used.
    pub facts: Facts,
    /// The facts she had left out.
    pub left_out: Vec<Fact>,
    /// The facts she had marked as wrong.
    pub marked_wrong: Vec<Fact>,
    /// What the model said.
    pub result: ProfileResult,
}
