//! The shape of texts that are filled once per language.
//!
//! A text is a sentence with named places such as `{left}`; a missing text does not compile.

/// A struct of texts, and a walk through them for the tests.
#[macro_export]
macro_rules! texts {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            $($(#[$doc])* pub $field: &'static str,)*
        }

        impl $name {
            /// Every text with its name, in order.
            pub fn each(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($field), self.$field)),*]
            }
        }
    };
}
