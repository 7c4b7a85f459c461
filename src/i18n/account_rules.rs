//! The words of the law's own keys: rules, inputs, figures, reasons to be away.
//!
//! Matches are exhaustive: a rule that `jobnet-rules` adds does not compile until both languages
//! explain it.

use jobnet_rules::case::Away;
use jobnet_rules::trace::{Figure, Quantity, Rule};

use super::{Language, account_rules_da, account_rules_en};

impl Language {
    /// What a rule does, in one to three short sentences.
    pub const fn rule(self, rule: Rule) -> &'static str {
        match self {
            Self::Danish => account_rules_da::rule(rule),
            Self::English => account_rules_en::rule(rule),
        }
    }

    /// What an input of a calculation measures.
    pub const fn quantity(self, quantity: Quantity) -> &'static str {
        match self {
            Self::Danish => account_rules_da::quantity(quantity),
            Self::English => account_rules_en::quantity(quantity),
        }
    }

    /// The name of a figure.
    pub const fn figure(self, figure: Figure) -> &'static str {
        match self {
            Self::Danish => account_rules_da::figure(figure),
            Self::English => account_rules_en::figure(figure),
        }
    }

    /// Why she is away.
    pub fn away(self, away: Away) -> &'static str {
        let texts = self.account().months;
        match away {
            Away::Sickness => texts.sickness,
            Away::ParentalLeave => texts.parental_leave,
            Away::Care => texts.care,
        }
    }
}
