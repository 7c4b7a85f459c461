//! The journeys of a citizen, in a real browser against the real server. Run by
//! `cargo xtask test e2e`.

mod accessibility;
mod arms;
mod caseload;
mod casework;
mod chart_files;
mod chart_hands;
mod chart_looks;
mod charts;
mod checklist;
mod checklist_kept;
mod citizen;
mod days;
mod emails;
mod english;
mod figures;
mod instruments;
mod keyboard;
mod keyboard_citizen;
mod landing;
mod models;
mod my_data;
mod narrow;
#[path = "../../../crates/letters/tests/pdf/mod.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a part of it is used"
)]
mod pdf;
mod plans;
mod post;
mod previews;
mod profile;
mod profile_contest;
mod profile_remark;
mod profile_said;
mod profile_sent;
mod profile_shown;
mod profile_states;
mod profile_whole;
mod relations;
mod report;
mod rights;
mod sent_checklist;
mod sent_letters;
mod session;
mod shared_computer;
mod sign_in;
mod sign_in_attacked;
mod sign_in_rounds;
#[path = "../../../crates/server/tests/support/smtp.rs"]
#[allow(dead_code, unreachable_pub, clippy::expect_used, reason = "a part of it is used")]
mod smtp;
mod staff;
mod states;
mod trial_forms;
mod trial_hands;
mod trial_run;
mod trials;
mod unblinding;
mod understanding;
mod what_if;
