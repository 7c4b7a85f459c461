//! The first answer of the server, and who looks at the page by it. It knows nothing of how a
//! session begins or ends.

use std::sync::Arc;

use jobnet_api::account::{AccountAnswer, AccountFacts};
use jobnet_api::boot::{Boot, Role};

use crate::api::ApiError;

/// How far the first answer is.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Asked, not answered.
    Loading,
    /// Answered, with the citizen's account if she is one.
    Ready(Arc<Boot>, Option<Arc<AccountAnswer>>),
    /// Not answered, and why.
    Failed(ApiError),
}

/// Who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not known yet.
    Loading,
    /// Not known, and why.
    Failed(ApiError),
    /// Nobody is signed in.
    Nobody,
    /// A citizen with an account; her pseudonym tells one from another.
    Citizen(String),
    /// A citizen whom the registers do not know.
    Unregistered,
    /// Somebody without an account of her own: her roles, and her pseudonym.
    Staff(Vec<Role>, String),
}

/// The answer, with what the rules make of the facts in it.
pub(super) fn ready(mut boot: Boot) -> Answer {
    match boot.account.take().map(AccountFacts::evaluate).transpose() {
        Ok(account) => Answer::Ready(Arc::new(boot), account.map(Arc::new)),
        // Facts that contradict each other are the server's fault: no import lets them in.
        Err(_) => Answer::Failed(ApiError::Server(None)),
    }
}

/// Who looks, by an answer.
pub(super) fn who(answer: &Answer) -> Who {
    let (boot, account) = match answer {
        Answer::Loading => return Who::Loading,
        Answer::Failed(error) => return Who::Failed(error.clone()),
        Answer::Ready(boot, account) => (boot, account),
    };
    match (&boot.me, account) {
        (None, _) => Who::Nobody,
        (Some(me), Some(_)) => Who::Citizen(me.handle.clone()),
        (Some(me), None) if me.roles.contains(&Role::Citizen) => Who::Unregistered,
        (Some(me), None) => Who::Staff(me.roles.clone(), me.handle.clone()),
    }
}
