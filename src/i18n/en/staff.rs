//! Pages of staff in English.

use crate::i18n::messages::StaffTexts;

pub(super) static STAFF: StaffTexts = StaffTexts {
    title: "Your page",
    administrator: "You can fetch everything citizens have written about missing hours. It is for their fund.",
    download_hint: "The file is a spreadsheet with a line for each message: citizen, month, hours and what the citizen wrote.",
    download: "Download the messages (CSV)",
    fund: "You are signed in as a caseworker of an unemployment fund.",
    job_centre: "You are signed in as a caseworker of a job centre.",
    researcher: "You are signed in as a researcher.",
    later: "Your own page is not built yet. Today you can read the rules, and you cannot see anything about any citizen. Switch to a citizen to see the rest.",
};
