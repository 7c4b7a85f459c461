//! What the page of the models says. Figures stand in the files of the models; here are the words
//! around them, and what others have said of such models.

use super::account_messages::texts;
use super::{Language, da, en};

/// Something others have said or ruled.
#[derive(Clone, Copy, Debug)]
pub struct Criticism {
    /// When.
    pub day: &'static str,
    /// Who and what.
    pub said: &'static str,
    /// Where it can be read.
    pub source: &'static str,
}

impl Language {
    /// The page of the models.
    pub const fn card(self) -> &'static CardTexts {
        match self {
            Self::Danish => &da::CARD,
            Self::English => &en::CARD,
        }
    }

    /// What others have said, the oldest first.
    pub const fn criticism(self) -> &'static [Criticism] {
        match self {
            Self::Danish => &da::CRITICISM,
            Self::English => &en::CRITICISM,
        }
    }
}

texts! {
    /// The page of the models.
    CardTexts {
        /// Heading.
        title,
        /// What the page is.
        lead,
        /// Name of the choice of a model.
        choose,
        /// A model: tree.
        tree,
        /// A model: logistic regression.
        logistic,
        /// The same with origin.
        logistic_origin,
        /// It is the one that is used.
        is_used,
        /// It is not.
        is_not_used,
        /// No law lets it run.
        no_basis,
        /// Heading: purpose.
        purpose,
        /// What it estimates.
        purpose_text,
        /// Heading: what it is not for.
        not_purpose,
        /// What it must not be used for.
        not_purpose_text,
        /// Heading: made of.
        made,
        /// Kind, day, version: `{kind}`, `{day}`, `{version}`.
        made_text,
        /// Source: made-up people.
        synthetic,
        /// Source: reconstruction.
        reconstruction,
        /// Source: registers.
        registers,
        /// How many: `{people}`, `{events}`.
        people,
        /// Not published.
        people_unknown,
        /// Digest of the file: `{digest}`.
        digest,
        /// Heading: what it uses.
        used,
        /// How much a variable can do alone, in odds: `{name}`, `{times}`.
        reach,
        /// The range that the model has seen: `{least}`, `{most}`.
        range,
        /// Two count together: `{names}`.
        together,
        /// How many questions it does not use: `{count}`, `{all}`.
        used_count,
        /// It uses no fact.
        used_no_fact,
        /// Heading: what it does not use.
        unused,
        /// Nothing.
        unused_none,
        /// The tree in words.
        tree_text,
        /// What falls out of the tree.
        tree_origin,
        /// Heading: how well.
        accuracy,
        /// Nothing is known.
        accuracy_none,
        /// On people it was not made from: `{people}`, `{folds}`.
        accuracy_how,
        /// Area under the curve: `{of}`, `{low}`, `{high}`.
        auc,
        /// Mean squared error: `{brier}`, `{low}`, `{high}`.
        brier,
        /// Log odds by which it is too low on the whole: `{large}`, `{low}`, `{high}`.
        large,
        /// Slope: `{slope}`, `{low}`, `{high}`.
        slope,
        /// Heading of the plot.
        calibration,
        /// How to read it.
        calibration_text,
        /// Axis.
        observed,
        /// Axis.
        predicted,
        /// Header: people.
        h_people,
        /// Header: said.
        h_said,
        /// Header: it went.
        h_went,
        /// An interval: `{low}`, `{high}`.
        between,
        /// Heading: cut-offs.
        cut_offs,
        /// What they are.
        cut_offs_text,
        /// Header: from.
        h_from,
        /// Header: flagged.
        h_flagged,
        /// Header: found.
        h_found,
        /// Header: left alone.
        h_left,
        /// Heading: groups.
        groups,
        /// At which limit: `{at}`.
        groups_text,
        /// Header: group.
        h_group,
        /// Header: wrongly flagged.
        h_false_positive,
        /// Header: missed.
        h_false_negative,
        /// Header: gap.
        h_gap,
        /// Heading: whom a model flags that gives groups.
        flags,
        /// On whom: `{people}`.
        flags_text,
        /// Column: of those it did not happen to, so many were flagged.
        h_wrong_of_spared,
        /// Column: of those it happened to, so many were not.
        h_missed_of_hit,
        /// Header: of those flagged, how many it came true for.
        h_right_of_flagged,
        /// Everybody.
        all,
        /// How well it tells people apart in each group.
        within_groups,
        /// Header: how often the right one of two is highest.
        h_right_order,
        /// Header: mean error.
        h_brier,
        /// The first error at each limit.
        flagged_at,
        /// The second error at each limit.
        missed_at,
        /// Header: a limit: `{at}`.
        h_at,
        /// Group.
        men,
        /// Group.
        women,
        /// Group: `{ages}`.
        ages,
        /// Group.
        danish,
        /// Group.
        western,
        /// Group.
        non_western,
        /// Heading: origin.
        origin,
        /// The model in use has no place for origin.
        origin_unknown,
        /// The model in use has a place for it that stays empty.
        origin_has_place,
        /// Why there is a model with it.
        origin_text,
        /// What it adds: `{more}`, `{low}`, `{high}`.
        origin_cost,
        /// The same of the mean squared error: `{more}`, `{low}`, `{high}`.
        origin_brier,
        /// Heading: disagreement.
        disagreement,
        /// How often: `{model}`, `{flagged}`, `{differ}`, `{low}`, `{high}`.
        disagreement_text,
        /// Heading: what to keep in mind.
        limits,
        /// It leans on what she expects.
        limit_expectation,
        /// It uses origin.
        limit_origin,
        /// Few people in a group: `{group}`.
        limit_few,
        /// It flags wrongly more often: `{least}`, `{most}`.
        limit_flags,
        /// It misses more often: `{least}`, `{most}`.
        limit_misses,
        /// Heading: criticism.
        criticism,
        /// About which models it is.
        criticism_text,
        /// Header: when.
        h_when,
        /// Header: what.
        h_what,
        /// Header: where.
        h_where,
        /// Heading: how to contest.
        contest,
        /// How.
        contest_text,
        /// Leads to her profile.
        to_profile,
    }
}
