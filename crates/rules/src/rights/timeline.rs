//! The timeline: what is coming, what holds all the time, and what has happened.

use chrono::{Days, Months, NaiveDate};

use super::past::past;
use super::provision::{Authority, Provision, ProvisionRow, provision};
use super::{Entry, History, Kind, Measure, MeasureStatus, Timeline};
use crate::case::{Away, Case, RateLevel, Scheme};
use crate::duties::{DeadlineKind, card_month};
use crate::law::{Key, row};
use crate::order::sort_by;
use crate::trace::Status;

/// The timeline of a citizen on the day of her case.
///
/// Rows of law are those in force on that day; a past entry has those of its own day.
pub fn timeline(case: &Case, history: &History) -> Timeline {
    let today = case.as_of;
    let who = Authority::of(case.scheme);
    let mut coming: Vec<Entry> = history
        .deadlines
        .iter()
        .filter(|(_, on)| *on >= today)
        .map(|(kind, on)| deadline(*kind, *on, case.scheme))
        .chain(measures_to_come(&history.measures, today))
        .chain(sick_pay(case, history, who))
        .chain(by_registration(case, history, who))
        .collect();
    sort_by(&mut coming, |entry| entry.on.map_or(i64::MAX, day_number));
    let (duties, rights) = standing(case, history, who);
    Timeline { today, coming, duties, rights, past: past(case, history) }
}

pub(super) fn day_number(day: NaiveDate) -> i64 {
    i64::from(chrono::Datelike::num_days_from_ce(&day))
}

fn deadline(kind: DeadlineKind, on: NaiveDate, scheme: Scheme) -> Entry {
    let talk = match scheme {
        Scheme::Dagpenge | Scheme::Graduate => Key::DutyFundMeetingWeeks,
        Scheme::SocialAssistance => Key::DutyMunicipalityMeetingWeeks,
    };
    let (kind, keys): (_, &[Key]) = match kind {
        DeadlineKind::FundMeeting => (Kind::FundMeeting, &[]),
        DeadlineKind::JobCentreMeeting => (Kind::JobCentreMeeting, &[]),
        DeadlineKind::Cv => (Kind::Cv, &[Key::DutyCvWeeks]),
        DeadlineKind::BenefitCard => (Kind::BenefitCard, &[Key::DutyCardMonths, Key::DutyCardDays]),
        DeadlineKind::BookMeeting => (Kind::BookMeeting, &[talk]),
    };
    let month = (kind == Kind::BenefitCard).then(|| card_month(on)).flatten();
    let name = match kind {
        Kind::FundMeeting => "talk-fund",
        Kind::JobCentreMeeting => "talk-job-centre",
        Kind::Cv => "cv",
        Kind::BenefitCard => "card",
        _ => "first-talk",
    };
    let rows = keys.iter().filter_map(|key| row(*key, on)).map(Into::into);
    let id = match (kind, month) {
        (_, Some(month)) => format!("{name}-{month}"),
        (Kind::FundMeeting | Kind::JobCentreMeeting, _) => format!("{name}-{on}"),
        _ => name.to_owned(),
    };
    Entry { on: Some(on), month, basis: rows.collect(), ..Entry::new(kind, id) }
}

fn measures_to_come(measures: &[Measure], today: NaiveDate) -> impl Iterator<Item = Entry> {
    let planned =
        move |measure: &&Measure| measure.from >= today && measure.status == MeasureStatus::Planned;
    measures.iter().filter(planned).map(|measure| Entry {
        on: Some(measure.from),
        to: measure.to,
        name: Some(measure.name.clone()),
        provider: measure.provider.clone(),
        measure: Some(measure.status),
        ..Entry::new(Kind::MeasureBegins, format!("activity-{}", measure.from))
    })
}

/// The day on which the municipality takes over, while a sickness lasts.
fn sick_pay(case: &Case, history: &History, who: Authority) -> Option<Entry> {
    let today = case.as_of;
    let row = confirmed(Provision::SickPayFromFund, who, today)?;
    let sick = history.absences.iter().find(|absence| {
        absence.kind == Away::Sickness
            && absence.from <= today
            && absence.to.is_none_or(|last| last >= today)
    })?;
    let on = sick.from.checked_add_days(Days::new(row.value?.into()))?;
    let lasts = sick.to.is_none_or(|last| on <= last);
    (on >= today && lasts).then(|| Entry {
        on: Some(on),
        count: row.value,
        basis: vec![row.into()],
        ..Entry::new(Kind::SickPayFromMunicipality, "sick-pay".to_owned())
    })
}

/// What comes up so many months after she registered.
fn by_registration(case: &Case, history: &History, who: Authority) -> impl Iterator<Item = Entry> {
    let (today, registered_on) = (case.as_of, history.registered_on);
    let has_activity = history.measures.iter().any(|measure| {
        measure.status != MeasureStatus::Cancelled
            && registered_on.is_some_and(|registered| measure.from >= registered)
    });
    [
        (Provision::Offer, Kind::Offer, "offer"),
        (Provision::MoreTalks, Kind::MoreTalks, "more-talks"),
        (Provision::JointTalk, Kind::JointTalk, "joint-talk"),
    ]
    .into_iter()
    .filter(move |(_, kind, _)| *kind != Kind::Offer || !has_activity)
    .filter_map(move |(of, kind, id)| {
        let row = confirmed(of, who, today)?;
        let on = registered_on?.checked_add_months(Months::new(row.within?))?;
        (on >= today).then(|| Entry {
            on: Some(on),
            count: row.value,
            within_months: row.within,
            basis: vec![row.into()],
            ..Entry::new(kind, id.to_owned())
        })
    })
}

/// What holds all the time: duties, and rights.
fn standing(case: &Case, history: &History, who: Authority) -> (Vec<Entry>, Vec<Entry>) {
    let today = case.as_of;
    let lasts_months = |of: Provision| {
        let row = provision(of, who, today)?;
        history.registered_on?.checked_add_months(Months::new(row.within?))
    };
    let is_early = |of| lasts_months(of).is_some_and(|end| today <= end);
    let is_over = |of| lasts_months(of).is_some_and(|end| today > end);
    let is_sick = history.absences.iter().any(|absence| {
        absence.kind == Away::Sickness && absence.to.is_none_or(|last| last >= today)
    });
    let low = matches!(case.rate_level, Some(RateLevel::Minimum | RateLevel::LivingAtHome));
    let duties = [
        (Provision::JobLog, Kind::JobLog, true),
        (Provision::JobSuggestions, Kind::JobSuggestions, true),
        (Provision::Availability, Kind::Availability, true),
        (Provision::ReportSickness, Kind::ReportSickness, true),
        (Provision::ReportAbsence, Kind::ReportAbsence, true),
        (Provision::WorkDuty, Kind::WorkDuty, low),
    ];
    let rights = [
        (Provision::FundTalks, Kind::FundTalks, is_early(Provision::FundTalks)),
        (
            Provision::MunicipalityTalks,
            Kind::MunicipalityTalks,
            is_early(Provision::MunicipalityTalks),
        ),
        (Provision::MoreTalks, Kind::MoreTalks, is_over(Provision::MoreTalks)),
        (Provision::SickPayReview, Kind::SickPayReview, is_sick),
        (Provision::Violence, Kind::Violence, true),
        (Provision::Complaint, Kind::Complaint, true),
    ];
    let entries = |list: &[(Provision, Kind, bool)]| {
        let shown = list.iter().filter(|(_, _, holds)| *holds);
        shown.filter_map(|(of, kind, _)| rule_entry(*of, *kind, who, today)).collect()
    };
    (entries(&duties), entries(&rights))
}

/// A rule that holds all the time. What is not confirmed has no figure.
fn rule_entry(of: Provision, kind: Kind, who: Authority, today: NaiveDate) -> Option<Entry> {
    let row = provision(of, who, today)?;
    let is_confirmed = row.status != Status::Unconfirmed;
    Some(Entry {
        count: row.value.filter(|_| is_confirmed),
        within_months: row.within.filter(|_| is_confirmed),
        basis: vec![row.into()],
        ..Entry::new(kind, of.key().replace('_', "-"))
    })
}

/// The row in force, if it may be shown as a fact.
fn confirmed(of: Provision, who: Authority, on: NaiveDate) -> Option<&'static ProvisionRow> {
    provision(of, who, on).filter(|row| row.status != Status::Unconfirmed)
}
