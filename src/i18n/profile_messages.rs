//! What the pages about the preparation form and the profile say: one struct for each part, filled
//! once per language. Only the file of these pages reaches them.

use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_messages::form::{self, FactTexts, QuestionTexts};
use jobnet_messages::receipts::{self, ReceiptTexts};

use super::account_messages::texts;
use super::profile_parts::{FactorTexts, LetterTexts, ResultTexts, RightsTexts, TryTexts};
use super::{Language, da, en};

/// Every text of these pages but those of the models.
#[derive(Clone, Copy, Debug)]
pub struct ProfileMessages {
    /// Before the first question.
    pub start: &'static StartTexts,
    /// The frame around a question.
    pub form: &'static FormTexts,
    /// What the registers tell.
    pub facts: &'static FactPageTexts,
    /// Before she sends it.
    pub review: &'static ReviewTexts,
    /// Letters and receipts.
    pub letters: &'static LetterTexts,
    /// What the model says.
    pub result: &'static ResultTexts,
    /// What moved it.
    pub factors: &'static FactorTexts,
    /// Other answers, tried.
    pub what_if: &'static TryTexts,
    /// Her say, and what she may do.
    pub rights: &'static RightsTexts,
}

impl Language {
    /// The pages about the form and the profile.
    pub const fn profile(self) -> ProfileMessages {
        match self {
            Self::Danish => da::PROFILE,
            Self::English => en::PROFILE,
        }
    }

    /// A question.
    pub const fn question(self, question: Question) -> QuestionTexts {
        form::question(self.of_messages(), question)
    }

    /// An answer.
    pub const fn choice(self, choice: Choice) -> &'static str {
        form::choice(self.of_messages(), choice)
    }

    /// A fact of a register.
    pub const fn fact(self, fact: Fact) -> FactTexts {
        form::fact(self.of_messages(), fact)
    }

    /// What a receipt says, on the page and on paper.
    pub const fn receipt(self) -> &'static ReceiptTexts {
        receipts::texts(self.of_messages())
    }
}

texts! {
    /// Before the first question.
    StartTexts {
        /// Heading.
        title,
        /// What it is.
        lead,
        /// Heading: she need not.
        voluntary,
        /// What that means.
        voluntary_text,
        /// Heading: what it is for.
        purpose,
        /// What it is for.
        purpose_text,
        /// Heading: who sees it.
        who,
        /// Who.
        who_text,
        /// Heading: how long it is there.
        kept,
        /// That it is stored as she answers.
        kept_text,
        /// Begins.
        begin,
        /// Goes on.
        go_on,
        /// How far she is: `{done}`, `{all}`.
        progress,
        /// Leads to the models.
        models,
        /// Heading: the law.
        basis,
        /// Since when: `{day}`.
        basis_from,
        /// Heading: no law.
        no_basis,
        /// Why there is no profile then.
        no_basis_text,
    }
}

texts! {
    /// The frame around a question.
    FormTexts {
        /// Name of the guide.
        guide,
        /// Where she is: `{step}`, `{all}`, `{name}`.
        at,
        /// Closes the guide.
        close,
        /// A step that is done.
        done,
        /// A step that is not.
        open,
        /// Over the heading: `{number}`, `{all}`.
        counter,
        /// The same for a question that goes on.
        counter_more,
        /// Several answers.
        many,
        /// To the next step.
        next,
        /// To the step before.
        back,
        /// Leaves for a while.
        pause,
        /// In front of an error, for screen readers.
        error,
        /// Nothing is chosen.
        missing,
        /// The label of her own words.
        note,
        /// How much: `{max}`.
        note_hint,
        /// How much more: `{count}`.
        note_left,
        /// How much too much: `{count}`.
        note_over,
        /// On its way.
        saving,
        /// Stored.
        saved,
        /// Not stored.
        not_saved,
        /// The same, of other questions: `{names}`.
        not_saved_others,
        /// They are by now.
        saved_others,
        /// Tries again.
        retry,
        /// Heading: answered elsewhere.
        conflict,
        /// What happened.
        conflict_text,
        /// Her answer here.
        here,
        /// Her answer there.
        there,
        /// She has taken it back there.
        nothing,
        /// Takes this one.
        keep_here,
        /// Takes that one.
        keep_there,
    }
}

texts! {
    /// What the registers tell.
    FactPageTexts {
        /// In the guide.
        name,
        /// Heading.
        title,
        /// What the page is for.
        lead,
        /// Where a fact comes from.
        source,
        /// Why it is used.
        why,
        /// As of when: `{day}`.
        as_of,
        /// She marks it as wrong.
        wrong,
        /// What that does.
        wrong_then,
        /// She leaves it out.
        leave_out,
        /// What that does, where the model can do without.
        left_out_then,
        /// The same where it cannot.
        left_out_none,
        /// The same where it is not known which.
        left_out_maybe,
        /// No model here asks for origin.
        origin,
        /// The model uses no register.
        none,
    }
}

texts! {
    /// Before she sends it.
    ReviewTexts {
        /// In the guide.
        name,
        /// Heading.
        title,
        /// That nothing is sent yet.
        lead,
        /// Heading: her answers.
        answers,
        /// Heading: facts.
        facts,
        /// Not answered.
        unanswered,
        /// Leads to a question.
        change,
        /// The same for screen readers: `{name}`.
        change_of,
        /// A fact that is used.
        used,
        /// Answers are missing: `{count}`.
        missing,
        /// One is.
        missing_one,
        /// Answers are not stored yet.
        unsaved,
        /// Answers were changed elsewhere meanwhile.
        changed,
        /// What sending does.
        hint,
        /// Sends.
        send,
        /// Under way.
        sending,
        /// Heading: not sent.
        failed,
        /// No network.
        failed_offline,
        /// The session has ended.
        failed_session,
        /// The server.
        failed_server,
    }
}
