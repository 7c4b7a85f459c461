//! Stateless, accessible parts of the design system. They must not know a page, a session or a
//! figure: texts and values come in as props.
