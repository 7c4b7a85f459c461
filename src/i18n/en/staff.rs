//! Pages of staff in English.

use crate::i18n::messages::StaffTexts;

pub(super) static STAFF: StaffTexts = StaffTexts {
    title: "Your page",
    administrator: "You can fetch everything citizens have written about missing hours. It is for their fund.",
    download_hint: "The file is a spreadsheet with a line for each message: citizen, month, hours and what the citizen wrote.",
    download: "Download the messages (CSV)",
    caseload: "Your citizens",
    guest_access: "Guest access",
    citizen: "A citizen’s pages",
    talk: "For the talk",
    trials: "Trials",
};
