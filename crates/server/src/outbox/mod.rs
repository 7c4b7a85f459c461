//! Messages to citizens, each sent exactly once as far as its recipient can tell.
//!
//! It must not know why a message is sent: that is its planner's.

pub mod message;
