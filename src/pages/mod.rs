//! The pages. A page shows; what it shows is worked out in its own `model.rs`, tested natively.

pub mod account;
pub mod casework;
pub mod checklist;
pub mod landing;
pub mod my_data;
pub mod not_found;
pub(crate) mod notes;
pub mod overview;
pub mod profile;
pub mod research;
pub mod rights;
pub mod rules;
pub mod session;
pub mod sign_in;
pub mod staff;
pub mod statements;
