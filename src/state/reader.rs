//! Whose pages these are: the same components show them to the citizen herself and, read-only, to
//! her caseworker.

use jobnet_api::arm::Arm;
use jobnet_api::boot::Role;
use leptos::prelude::*;

use super::Session;

/// Who reads a citizen's pages. A component that could change something, or that leads to another
/// of these pages, asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// The citizen whose account it is.
    #[default]
    Herself,
    /// A caseworker: she changes nothing and knows of no trial.
    Caseworker {
        /// The citizen's random id.
        citizen: String,
    },
    /// A caseworker who has said why she must see it as the citizen does. She changes nothing, and
    /// nothing of it is noted as the citizen's.
    Unblinded {
        /// The citizen's random id.
        citizen: String,
        /// What a trial decides; `None`: the ordinary page.
        arm: Option<Arm>,
    },
    /// Whoever has a link to a preview: what an arm would show of a made-up citizen. Nothing is
    /// changed, and nothing noted.
    Preview(Arm),
}

impl Reader {
    /// Who reads the page being built.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// What a trial lets the reader see first. It is read once: while a page is open, nothing turns
    /// into something else.
    pub fn arm(&self) -> Option<Arm> {
        match self {
            Self::Herself => untrack(|| use_context::<Session>()?.boot())?.arm.clone(),
            Self::Caseworker { .. } => None,
            Self::Unblinded { arm, .. } => arm.clone(),
            Self::Preview(arm) => Some(arm.clone()),
        }
    }

    /// The random id of the citizen whose pages her caseworker reads.
    pub fn citizen(&self) -> Option<&str> {
        match self {
            Self::Caseworker { citizen } | Self::Unblinded { citizen, .. } => Some(citizen),
            Self::Herself | Self::Preview(_) => None,
        }
    }

    /// Whether it is her caseworker.
    pub fn is_caseworker(&self) -> bool {
        matches!(self, Self::Caseworker { .. } | Self::Unblinded { .. })
    }

    /// Whether it is a caseworker who must not learn how the citizen is shown it.
    pub fn is_blind(&self) -> bool {
        matches!(self, Self::Caseworker { .. })
    }

    /// Whether it is the citizen: nobody else changes anything, and of nobody else is anything noted.
    pub fn is_herself(&self) -> bool {
        *self == Self::Herself
    }
}

/// Whether somebody with these roles has citizens to look after.
pub fn is_caseworker(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::FundCaseworker | Role::JobCentreCaseworker))
}
