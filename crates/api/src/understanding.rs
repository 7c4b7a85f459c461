//! Five questions about one's own account: what is asked, what she answers, and what was right.
//!
//! Which answer is right is for `jobnet_rules::understanding`; the page is told once she has answered.

use serde::{Deserialize, Serialize};

use jobnet_rules::understanding::{Choice, Question};

/// What she is asked now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Understanding {
    /// The questions; none: she is not asked now. She is asked at most once a month, while she is in
    /// a trial.
    pub questions: Vec<Asked>,
}

/// A question and the answers to choose from, which are the same for everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// The answers.
    pub choices: Vec<Choice>,
}

/// Body of what she answers: every question once, or none at all, and then she has skipped them.
/// The same again changes nothing and is answered the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Her answers.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// To which question.
    pub question: Question,
    /// What she chose; `None`: she does not know.
    pub choice: Option<Choice>,
}

/// What came of it: also her receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Judged {
    /// Each answer in the order of the questions; none: she has skipped them.
    pub answers: Vec<JudgedAnswer>,
}

/// An answer and the right one, as the registers stood when she answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgedAnswer {
    /// The question.
    pub question: Question,
    /// What she chose; `None`: she did not know.
    pub choice: Option<Choice>,
    /// What is right.
    pub right: Choice,
    /// Whether she was right.
    pub is_right: bool,
}
