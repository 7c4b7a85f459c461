//! Stateless, accessible parts of the design system. They must not know a page, a session or a
//! figure: texts and values come in as props.

mod disclosure;
mod icons;
mod letter;
mod modal;
mod problem;
mod skeleton;

pub use disclosure::Disclosure;
pub use icons::Chevron;
pub use letter::{letter_body, tag};
pub use modal::{Modal, ModalSide};
pub use problem::{Problem, no_answer};
pub use skeleton::PageSkeleton;
