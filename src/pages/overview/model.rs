//! Three answers and one thing to do, from an account and a day. Pure: words and figures in,
//! nothing from the browser. It computes no law: a figure is a field of the answer or a row of
//! `rules::law`.

use chrono::NaiveDate;
use jobnet_api::account::{AccountAnswer, Deadline, DeadlineKind, Register};
use jobnet_rules::account::KarensState;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::Hours;

use super::money;
use crate::i18n::messages::OverviewTexts;
use crate::i18n::{Language, fill as words};
use crate::pages::account::figure::{Figure, Fill, Line, fill};

/// How near a deadline must be to be the one thing to do whatever else there is.
const SOON_DAYS: i64 = 14;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Who the figures are from, and as of when.
    pub source: String,
    /// Next deadline, next payout, what runs out first.
    pub answers: [Answer; 3],
    /// One thing to do.
    pub task: Task,
}

/// One answer: in large type, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is answered.
    pub question: &'static str,
    /// The answer.
    pub big: Line,
    /// Why, or what it rests on.
    pub why: Line,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub title: Line,
    /// Why.
    pub why: Line,
    /// Where it leads in this app.
    pub leads_to: Target,
    /// What the link says.
    pub link: &'static str,
}

/// Where the one thing to do leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Her hours and benefits.
    Hours,
    /// The rule about what is asked of her.
    Duties,
}

/// The overview of an account on a day.
pub fn overview(answer: &AccountAnswer, today: NaiveDate, language: Language) -> Overview {
    let t = language.messages().overview;
    Overview {
        source: source(answer, language, t),
        answers: [
            deadline(answer, today, language, t),
            money::payout(answer, today, language, t),
            money::runs_out(answer, today, language, t),
        ],
        task: task(answer, today, language, t),
    }
}

pub(super) fn text(value: impl Into<String>) -> Fill {
    Fill::Text(value.into())
}

pub(super) fn source(answer: &AccountAnswer, language: Language, t: &OverviewTexts) -> String {
    let of = |register| answer.sources.iter().find(|stamp| stamp.register == register);
    let stamp = of(Register::Benefits).or_else(|| of(Register::WorkHours));
    match stamp {
        Some(stamp) => {
            let day = language.date(stamp.as_of);
            words(t.source, &[("authority", &answer.authority), ("day", &day)])
        }
        None => words(t.source_none, &[("authority", &answer.authority)]),
    }
}

/// The first deadline not yet passed; if all have passed, the oldest of them.
fn next_deadline(answer: &AccountAnswer, today: NaiveDate) -> Option<&Deadline> {
    let by_day = |deadline: &&Deadline| deadline.on;
    let ahead = answer.deadlines.iter().filter(|deadline| deadline.on >= today).min_by_key(by_day);
    ahead.or_else(|| answer.deadlines.iter().min_by_key(by_day))
}

fn what(kind: DeadlineKind, answer: &AccountAnswer, t: &OverviewTexts) -> String {
    let text = match kind {
        DeadlineKind::FundMeeting => t.fund_meeting,
        DeadlineKind::JobCentreMeeting => t.job_centre_meeting,
        DeadlineKind::Cv => t.cv,
        DeadlineKind::BenefitCard => t.benefit_card,
        DeadlineKind::BookMeeting => t.book_meeting,
    };
    words(text, &[("authority", &answer.authority)])
}

fn deadline(
    answer: &AccountAnswer,
    today: NaiveDate,
    language: Language,
    t: &OverviewTexts,
) -> Answer {
    let Some(next) = next_deadline(answer, today) else {
        return Answer {
            question: t.deadline,
            big: fill(t.deadline_none, &[]),
            why: fill(t.deadline_none_why, &[]),
        };
    };
    let day = language.day_and_month(next.on);
    let weekday = Language::capital(language.weekday(next.on));
    let when = match (next.on - today).num_days() {
        ..0 => t.overdue.to_owned(),
        0 => t.today.to_owned(),
        1 => t.tomorrow.to_owned(),
        days => words(t.in_days, &[("days", &language.integer(days))]),
    };
    Answer {
        question: t.deadline,
        big: fill(t.deadline_day, &[("weekday", text(weekday)), ("day", text(day))]),
        why: fill(
            "{what}. {when}",
            &[("what", text(what(next.kind, answer, t))), ("when", text(when))],
        ),
    }
}

fn task(answer: &AccountAnswer, today: NaiveDate, language: Language, t: &OverviewTexts) -> Task {
    let next = next_deadline(answer, today);
    if let Some(next) = next.filter(|next| (next.on - today).num_days() <= SOON_DAYS) {
        return deadline_task(next, answer, t);
    }
    if let Some(month) = answer.account.unknown_hours_months.last() {
        return Task {
            title: fill(t.todo_unknown, &[("month", text(language.month(*month)))]),
            why: fill(t.todo_unknown_why, &[]),
            leads_to: Target::Hours,
            link: t.act_hours,
        };
    }
    let open = answer
        .account
        .karens
        .as_ref()
        .filter(|karens| karens.state == KarensState::Open && karens.work_hours > Hours::ZERO);
    if let Some((karens, last)) = open.and_then(|karens| Some((karens, karens.window_to?))) {
        let figure = |path, hours: Hours| Fill::Figure(Figure::new(path, hours));
        return Task {
            title: fill(
                t.todo_karens,
                &[("hours", figure(Path::KarensMissing, karens.missing_hours))],
            ),
            why: fill(
                t.todo_karens_why,
                &[
                    ("limit", figure(Path::KarensThreshold, karens.threshold_hours)),
                    ("month", text(language.month(last))),
                ],
            ),
            leads_to: Target::Hours,
            link: t.act_hours,
        };
    }
    if let Some(next) = next {
        return deadline_task(next, answer, t);
    }
    let by_kroner = answer.account.social_assistance.is_some();
    Task {
        title: fill(t.todo_none, &[]),
        why: fill(if by_kroner { t.todo_none_assistance_why } else { t.todo_none_why }, &[]),
        leads_to: Target::Hours,
        link: t.act_hours,
    }
}

fn deadline_task(next: &Deadline, answer: &AccountAnswer, t: &OverviewTexts) -> Task {
    let (what, why) = match next.kind {
        DeadlineKind::FundMeeting => (t.todo_fund_meeting, t.todo_meeting_why),
        DeadlineKind::JobCentreMeeting => (t.todo_job_centre_meeting, t.todo_meeting_why),
        DeadlineKind::Cv => (t.cv, t.todo_cv_why),
        DeadlineKind::BenefitCard => (t.benefit_card, t.todo_card_why),
        DeadlineKind::BookMeeting => (t.book_meeting, t.todo_book_why),
    };
    let what = words(what, &[("authority", &answer.authority)]);
    Task {
        title: fill(t.todo_deadline, &[("what", text(what))]),
        why: fill(why, &[]),
        leads_to: Target::Duties,
        link: t.act_rule,
    }
}
