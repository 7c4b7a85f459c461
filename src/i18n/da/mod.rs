//! The texts in Danish.

mod landing;
mod shell;

use super::messages::Messages;

/// Every text.
pub static MESSAGES: Messages = Messages { shell: &shell::TEXTS, landing: &landing::TEXTS };
