//! The pages of prose: the rules in plain words, and the statements. They are in other parts of the
//! page than the first; what that needs is in `messages.rs`.

use super::account_messages::texts;
pub use super::my_data::MyDataTexts;

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
    /// The dialogs of the session.
    pub session: &'static SessionTexts,
    /// The ways in.
    pub sign_in: &'static SignInTexts,
    /// Who has looked at her data, and the data itself.
    pub my_data: &'static MyDataTexts,
}

texts! {
    /// The dialogs of the session.
    SessionTexts {
        /// Heading: it ends soon.
        ending,
        /// How much is left: `{minutes}`, `{seconds}`.
        left,
        /// What she can do.
        ending_text,
        /// The same, when the end cannot be put off.
        ending_last_text,
        /// Keeps the session alive.
        go_on,
        /// Heading: it has ended.
        ended,
        /// What it means.
        ended_text,
        /// The same, when something she typed waits.
        ended_kept,
        /// Back in as the same demo identity.
        again,
        /// Or as another.
        other,
    }
}

texts! {
    /// The ways in.
    SignInTexts {
        /// Heading.
        title,
        /// What to do.
        lead,
        /// Heading: what happens.
        steps,
        /// One: to the provider.
        step_there,
        /// Two: back.
        step_back,
        /// Three: how it ends.
        step_out,
        /// Heading of the demo identities.
        demo,
        /// She or the provider broke it off.
        refused,
        /// What to do.
        refused_text,
        /// Not sure enough who she is.
        level,
        /// What to do.
        level_text,
        /// It took too long.
        expired,
        /// What to do.
        expired_text,
        /// The provider does not answer.
        provider,
        /// What to do.
        provider_text,
        /// She may be nothing here.
        no_access,
        /// What to do.
        no_access_text,
        /// Problem: the link of a message has ended.
        link,
        /// What to do then.
        link_text,
        /// Heading: signed in.
        there,
        /// Where to go on.
        there_text,
        /// To the overview.
        there_on,
        /// Heading: not in any register.
        unknown,
        /// What it means.
        unknown_text,
    }
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
    /// Link to every row of law with its source.
    pub rows: &'static str,
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
