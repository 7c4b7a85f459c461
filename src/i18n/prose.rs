//! The pages of prose: the rules in plain words, and the statements. They are in the second file of
//! the page; what the first needs is in `messages.rs`.

/// The pages of prose of one language. They are not part of `Messages`: what reaches those is in
/// the first file of the page.
#[derive(Debug)]
pub struct Prose {
    /// The rules in plain words.
    pub rules: &'static RulesTexts,
    /// The accessibility statement.
    pub accessibility: &'static Statement,
    /// What is stored, and why.
    pub privacy: &'static Statement,
}

/// A rule in plain words. Places are keys of `rules::law`, such as `{period.hours.full_time}`.
#[derive(Debug)]
pub struct RuleText {
    /// What it is about.
    pub title: &'static str,
    /// What it says.
    pub says: &'static str,
    /// Why the reform made it.
    pub why: &'static str,
}

/// The rules in plain words.
#[derive(Debug)]
pub struct RulesTexts {
    /// Heading.
    pub title: &'static str,
    /// What the page is.
    pub lead: &'static str,
    /// From when the numbers are.
    pub as_of: &'static str,
    /// Name of the list of rules.
    pub contents: &'static str,
    /// In front of each why.
    pub why: &'static str,
    /// In front of the reference to the law.
    pub law: &'static str,
    /// Benefit period and frame.
    pub period: RuleText,
    /// Employment account.
    pub account: RuleText,
    /// Requalification.
    pub requalification: RuleText,
    /// Karens.
    pub karens: RuleText,
    /// Monthly payout.
    pub payout: RuleText,
    /// Unknown hours.
    pub unknown_hours: RuleText,
    /// Supplementary benefit.
    pub supplementary: RuleText,
    /// Rates and their steps.
    pub rates: RuleText,
    /// Sanctions.
    pub sanctions: RuleText,
    /// Duties and their days.
    pub duties: RuleText,
    /// Social assistance by kroner.
    pub social_assistance: RuleText,
    /// The 225-hour rule, as history.
    pub history: RuleText,
}

/// A page of text.
#[derive(Debug)]
pub struct Statement {
    /// Heading.
    pub title: &'static str,
    /// The answer first.
    pub lead: &'static str,
    /// The rest: both languages have the same number.
    pub sections: [Section; 5],
}

/// A part of a page of text.
#[derive(Debug)]
pub struct Section {
    /// Heading.
    pub title: &'static str,
    /// Sentences.
    pub text: &'static str,
    /// Points, if any.
    pub points: &'static [&'static str],
}
