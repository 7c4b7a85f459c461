//! The one place where a model runs: on the law that allows it, or not at all.

use jobnet_api::profile::{LegalBasis, ProfileResult};
use jobnet_profiling::answers::Answers;
use jobnet_profiling::fact::Facts;
use jobnet_profiling::profile::NoProfile;
use jobnet_profiling::shipped;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scored {
    /// A profile, or why there is none.
    pub(super) result: ProfileResult,
    /// Key of the model that is used.
    pub(super) model: String,
    /// Digest of its file; `None`: it did not run.
    pub(super) digest: Option<String>,
}

/// What the model of that key says of her.
pub(super) fn score(
    model: &str,
    answers: &Answers,
    facts: &Facts,
    basis: Option<&LegalBasis>,
) -> Scored {
    let model = model.to_owned();
    let Some((sealed, _)) = shipped::model(&model).zip(basis) else {
        let result = ProfileResult::NoProfile(NoProfile::NoLegalBasis);
        return Scored { result, model, digest: None };
    };
    let result = match sealed.profile(answers, facts) {
        Ok(profile) => ProfileResult::Profile(profile),
        Err(why) => ProfileResult::NoProfile(why),
    };
    Scored { result, model, digest: Some(sealed.digest.clone()) }
}
