//! Where the English texts are: in a part of the page of their own (`crate::later`), since most
//! readers read Danish. Until they are there, English shows as Danish; nobody is shown it before.

use std::sync::OnceLock;

use super::account_messages::{self, AccountMessages};
use super::messages::Messages;
use super::{account_chart, en};
use crate::chart::ChartStrings;

/// The texts that Danish readers have in the first file.
pub struct English {
    pub(super) messages: &'static Messages,
    pub(super) account: &'static AccountMessages,
    pub(super) chart: &'static ChartStrings,
}

static THERE: OnceLock<English> = OnceLock::new();

/// The texts, if they are there.
pub(super) fn there() -> Option<&'static English> {
    #[cfg(not(feature = "split"))]
    bring();
    THERE.get()
}

/// Makes them be there. Only that part may name it: the texts are where it is.
pub fn bring() {
    THERE.get_or_init(|| English {
        messages: &en::MESSAGES,
        account: &account_messages::ENGLISH,
        chart: &account_chart::ENGLISH,
    });
}
