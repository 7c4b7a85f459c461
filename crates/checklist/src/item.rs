//! The items: what each is for, when it is due, what shows that it is done.

use jobnet_rules::case::Scheme;
use serde::{Deserialize, Serialize};

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistItem))]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Make a complete CV that employers can find.
    Cv,
    /// Tell the people she knows that she looks for a job.
    Network,
    /// Apply for the first jobs.
    FirstApplications,
    /// Write down what she applies for (joblog).
    JobLog,
    /// Know how many jobs her fund or municipality asks for.
    Requirement,
    /// Fill in the preparation form.
    PreparationForm,
    /// Prepare the first talk.
    FirstTalk,
    /// Send the benefit card.
    BenefitCard,
    /// See that her hours are right.
    CheckHours,
    /// A fixed rhythm of looking and applying.
    WeeklyRhythm,
    /// Look in occupations near her own.
    WidenSearch,
    /// Write to employers that have not advertised.
    Unsolicited,
    /// Have somebody read her CV and an application.
    Feedback,
    /// Graduates: use what her place of study still offers.
    AlumniHelp,
    /// Graduates: know when the rate changes.
    RateStep,
    /// Social assistance: hours of paid work beside it.
    SmallJob,
    /// Say what stands in the way at the next talk.
    TalkAboutObstacles,
    /// Ask about courses.
    Courses,
    /// Look back on what has worked.
    ReviewPlan,
    /// Ask for a measure that fits her plan.
    Measure,
    /// Practise interviews.
    InterviewPractice,
    /// Look at how much of her period is left.
    PeriodLeft,
    /// Ask for more talks.
    MoreTalks,
}

/// A stretch of time since registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistPhase))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Until the first talk, at most two weeks.
    Start,
    /// Until three months.
    Search,
    /// From three to six months.
    Widen,
    /// From six months.
    Review,
}

/// By when an item is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistDue))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The rules say by when the CV must be there.
    CvDeadline,
    /// The day before the first talk, or before the last day for it.
    BeforeFirstTalk,
    /// The rules say by when this month's card must be sent.
    CardDeadline,
    /// Days after registration: advice, no rule.
    Days(u16),
}

/// Why it helps: what is known, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistEvidence))]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A duty of the law.
    Law,
    /// A right by the law.
    Right,
    /// Personal, updated hours raised employment among those who had not reached what is required
    /// (Cairo & Mahlstedt, Journal of Public Economics 226, 2023).
    PersonalHours,
    /// Advice on other occupations led narrow searchers to look wider and to more interviews (Belot,
    /// Kircher & Muller).
    WiderSearch,
    /// Advice on vacancies and occupations on Jobnet raised hours worked, as long as less than half
    /// of the unemployed in the region got it (Altmann, Glenny, Mahlstedt & Sebald, IZA DP 15830).
    OnlineAdvice,
    /// What the trial “Den gode samtale 2” asked of those who got the checklist. Its effect is not
    /// published.
    GoodTalk,
    /// Advice that no trial known to us has tried by itself.
    Advice,
}

/// What in the registers shows that an item is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistSign))]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Her CV is there, complete and to be found.
    ACv,
    /// She has written down an application.
    AnApplication,
    /// She has written down two or more in the last four weeks.
    RecentApplications,
    /// She was at a talk.
    ATalk,
    /// She has sent the preparation form.
    TheForm,
    /// A measure is planned, goes on or is completed.
    AMeasure,
    /// She has worked beside benefit in the last settled month.
    WorkBeside,
}

/// Where it can be done, or read about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistLink))]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Hours and benefits.
    Hours,
    /// The preparation form.
    Profile,
    /// Her rights, duties and deadlines.
    Rights,
    /// Jobnet itself: what is done there is not done here.
    Jobnet,
}

/// What is known of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// When it comes up.
    pub phase: Phase,
    /// By when.
    pub due: Due,
    /// How long it takes.
    ///
    /// **Units**: minutes, our own estimate.
    pub minutes: u16,
    /// Why it helps.
    pub evidence: Evidence,
    /// What shows that it is done; `None`: only she knows.
    pub sign: Option<Sign>,
    /// Where it can be done, or read about.
    pub link: Option<Link>,
    /// Who has it.
    pub schemes: &'static [Scheme],
}

const EVERYONE: &[Scheme] = &[Scheme::Dagpenge, Scheme::Graduate, Scheme::SocialAssistance];
const FUND: &[Scheme] = &[Scheme::Dagpenge, Scheme::Graduate];

const fn spec(phase: Phase, due: Due, minutes: u16, evidence: Evidence) -> Spec {
    Spec { phase, due, minutes, evidence, sign: None, link: None, schemes: EVERYONE }
}

impl Spec {
    const fn seen_by(self, sign: Sign) -> Self {
        Self { sign: Some(sign), ..self }
    }

    const fn at(self, link: Link) -> Self {
        Self { link: Some(link), ..self }
    }

    const fn only(self, schemes: &'static [Scheme]) -> Self {
        Self { schemes, ..self }
    }
}

impl Item {
    /// All of them, in the order in which they are shown within a phase.
    pub const ALL: [Self; 23] = [
        Self::Cv,
        Self::Network,
        Self::FirstApplications,
        Self::JobLog,
        Self::Requirement,
        Self::PreparationForm,
        Self::FirstTalk,
        Self::BenefitCard,
        Self::CheckHours,
        Self::WeeklyRhythm,
        Self::WidenSearch,
        Self::Unsolicited,
        Self::Feedback,
        Self::AlumniHelp,
        Self::RateStep,
        Self::SmallJob,
        Self::TalkAboutObstacles,
        Self::Courses,
        Self::ReviewPlan,
        Self::Measure,
        Self::InterviewPractice,
        Self::PeriodLeft,
        Self::MoreTalks,
    ];

    /// As it stands in an address and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cv => "cv",
            Self::Network => "network",
            Self::FirstApplications => "first_applications",
            Self::JobLog => "job_log",
            Self::Requirement => "requirement",
            Self::PreparationForm => "preparation_form",
            Self::FirstTalk => "first_talk",
            Self::BenefitCard => "benefit_card",
            Self::CheckHours => "check_hours",
            Self::WeeklyRhythm => "weekly_rhythm",
            Self::WidenSearch => "widen_search",
            Self::Unsolicited => "unsolicited",
            Self::Feedback => "feedback",
            Self::AlumniHelp => "alumni_help",
            Self::RateStep => "rate_step",
            Self::SmallJob => "small_job",
            Self::TalkAboutObstacles => "talk_about_obstacles",
            Self::Courses => "courses",
            Self::ReviewPlan => "review_plan",
            Self::Measure => "measure",
            Self::InterviewPractice => "interview_practice",
            Self::PeriodLeft => "period_left",
            Self::MoreTalks => "more_talks",
        }
    }

    /// What is known of it.
    pub const fn spec(self) -> Spec {
        use Phase::*;
        match self {
            Self::Cv => {
                spec(Start, Due::CvDeadline, 90, Evidence::Law).seen_by(Sign::ACv).at(Link::Jobnet)
            }
            Self::Network => spec(Start, Due::BeforeFirstTalk, 45, Evidence::GoodTalk),
            Self::FirstApplications => spec(Start, Due::BeforeFirstTalk, 120, Evidence::GoodTalk)
                .seen_by(Sign::AnApplication)
                .at(Link::Jobnet),
            Self::JobLog => spec(Start, Due::Days(7), 15, Evidence::Law)
                .seen_by(Sign::AnApplication)
                .at(Link::Jobnet),
            Self::Requirement => {
                spec(Start, Due::BeforeFirstTalk, 10, Evidence::Advice).at(Link::Rights)
            }
            Self::PreparationForm => spec(Start, Due::BeforeFirstTalk, 10, Evidence::Advice)
                .seen_by(Sign::TheForm)
                .at(Link::Profile),
            Self::FirstTalk => {
                spec(Start, Due::BeforeFirstTalk, 30, Evidence::GoodTalk).seen_by(Sign::ATalk)
            }
            Self::BenefitCard => {
                spec(Start, Due::CardDeadline, 15, Evidence::Law).at(Link::Rights).only(FUND)
            }
            Self::CheckHours => {
                spec(Start, Due::Days(30), 10, Evidence::PersonalHours).at(Link::Hours).only(FUND)
            }
            Self::WeeklyRhythm => {
                spec(Search, Due::Days(28), 20, Evidence::Advice).seen_by(Sign::RecentApplications)
            }
            Self::WidenSearch => spec(Search, Due::Days(42), 45, Evidence::WiderSearch),
            Self::Unsolicited => spec(Search, Due::Days(49), 60, Evidence::Advice),
            Self::Feedback => spec(Search, Due::Days(56), 30, Evidence::Advice),
            Self::AlumniHelp => {
                spec(Search, Due::Days(30), 20, Evidence::Advice).only(&[Scheme::Graduate])
            }
            Self::RateStep => spec(Search, Due::Days(60), 10, Evidence::PersonalHours)
                .at(Link::Hours)
                .only(&[Scheme::Graduate]),
            Self::SmallJob => spec(Search, Due::Days(60), 60, Evidence::PersonalHours)
                .seen_by(Sign::WorkBeside)
                .at(Link::Hours)
                .only(&[Scheme::SocialAssistance]),
            Self::TalkAboutObstacles => {
                spec(Search, Due::Days(30), 10, Evidence::Advice).at(Link::Profile)
            }
            Self::Courses => spec(Widen, Due::Days(110), 30, Evidence::Advice),
            Self::ReviewPlan => spec(Widen, Due::Days(100), 40, Evidence::Advice),
            Self::Measure => {
                spec(Widen, Due::Days(150), 20, Evidence::Right).seen_by(Sign::AMeasure)
            }
            Self::InterviewPractice => spec(Widen, Due::Days(120), 60, Evidence::Advice),
            Self::PeriodLeft => {
                spec(Widen, Due::Days(170), 10, Evidence::PersonalHours).at(Link::Hours).only(FUND)
            }
            Self::MoreTalks => spec(Review, Due::Days(190), 5, Evidence::Right).at(Link::Rights),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_word_of_the_wire() {
        for item in Item::ALL {
            assert_eq!(serde_json::to_value(item).unwrap(), item.key());
        }
    }

    #[test]
    fn every_item_stands_once_and_in_the_order_of_its_phase() {
        let mut phases: Vec<Phase> = Item::ALL.iter().map(|item| item.spec().phase).collect();
        assert!(phases.is_sorted());
        phases.dedup();
        assert_eq!(phases.len(), 4);
        let mut items = Item::ALL.to_vec();
        items.dedup();
        assert!(items.is_sorted() && items.len() == Item::ALL.len());
    }

    #[test]
    fn a_duty_of_the_law_is_dated_by_the_law_or_has_no_day_of_ours_that_is_later() {
        for item in Item::ALL {
            let spec = item.spec();
            if spec.evidence == Evidence::Law {
                let dated = matches!(spec.due, Due::CvDeadline | Due::CardDeadline);
                assert!(dated || item == Item::JobLog, "{item:?}");
            }
            assert!((5..=120).contains(&spec.minutes), "{item:?}");
        }
    }

    #[test]
    fn each_scheme_has_its_own_list() {
        let of = |scheme| {
            Item::ALL.iter().filter(move |item| item.spec().schemes.contains(&scheme)).copied()
        };
        assert!(of(Scheme::Graduate).any(|item| item == Item::RateStep));
        assert!(!of(Scheme::Dagpenge).any(|item| item == Item::RateStep));
        assert!(!of(Scheme::SocialAssistance).any(|item| item == Item::BenefitCard));
        assert!(of(Scheme::SocialAssistance).any(|item| item == Item::SmallJob));
    }
}
