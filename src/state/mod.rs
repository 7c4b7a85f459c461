//! What the whole app knows: one newtype for each file, made in `app.rs`, copied freely.
//!
//! State must not know of pages. It lives in memory only; nothing personal is stored.

mod answer;
mod casework;
mod clock;
mod connection;
mod drafts;
mod lasting;
mod lifetime;
mod place;
mod preferences;
mod reader;
mod session;

pub use answer::{Answer, Who};
pub use casework::{GuestDraft, List, Visit};
pub use clock::Clock;
pub use connection::Connection;
pub use drafts::{Drafts, ReportDraft};
pub use lasting::lasting;
pub use lifetime::said;
pub use place::Place;
pub use preferences::Preferences;
pub use reader::{Reader, is_caseworker};
pub use session::{Ending, Session};
