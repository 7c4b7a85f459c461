//! Messages to citizens, each sent exactly once as far as its recipient can tell (decision 0007).
//!
//! It must not know why a message is sent: that is its planner's.

mod batch;
pub mod carrier;
mod carriers;
mod email;
mod folder;
mod id;
mod job;
mod kept;
mod letters;
mod link;
mod mail_log;
pub mod memo;
pub mod message;
pub mod outcome;
mod overview;
mod post;
pub mod probe;
pub mod queue;
pub mod receipts;
mod rows;
pub mod send;
mod state;
pub mod window;

pub use batch::{CloseError, Closed, Entry, Manifest, close_batch, is_closed_today};
pub use carriers::{ChannelError, open, pace};
pub use email::Protection;
pub use id::message_id;
pub use job::{Job, Office, sender, start};
pub use kept::{Kept, of_citizen};
pub use link::{
    LINK_DAYS, forget_ended, link_code, link_token, message_of_link, message_of_token, opened,
};
pub use mail_log::LogForm;
pub use overview::{Retried, overview, retry};
pub use queue::{enqueue, enqueue_in};
pub use state::State;
