//! The journeys of a citizen, in a real browser against the real server. Run by
//! `cargo xtask test e2e`.

mod accessibility;
mod arms;
mod caseload;
mod casework;
mod charts;
mod checklist;
mod citizen;
mod figures;
mod instruments;
mod landing;
mod my_data;
mod narrow;
mod post;
mod previews;
mod profile;
mod profile_shown;
mod profile_states;
mod report;
mod rights;
mod session;
mod sign_in;
mod staff;
mod states;
mod trial_forms;
mod trial_run;
mod trials;
mod unblinding;
mod understanding;
mod what_if;
