//! What has happened, newest first, with what it costs.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::provision::{Authority, Provision, provision};
use super::timeline::day_number;
use super::{Basis, Cost, Entry, History, Kind, MeasureStatus, Sanctioned};
use crate::case::{Away, Case, Insurance, Scheme};
use crate::law::{Key, by_insurance, fact, row};
use crate::order::sort_by;
use crate::rates::MonthRate;
use crate::sanctions::{SanctionEffect, SanctionKind, cost, effect, work_requirement};
use crate::trace::Status;
use crate::units::{Hours, Money, Month};

/// Everything that has happened up to the day of the case.
pub(super) fn past(case: &Case, history: &History) -> Vec<Entry> {
    let today = case.as_of;
    let who = Authority::of(case.scheme);
    let basis = |of, on| provision(of, who, on).map(Into::into).into_iter().collect();
    let mut past: Vec<Entry> = Vec::new();
    past.extend(history.registered_on.filter(|on| *on <= today).map(|on| Entry {
        on: Some(on),
        basis: basis(Provision::Registration, on),
        ..Entry::new(Kind::Registered, "registered".to_owned())
    }));
    past.extend(applications(&history.applications, today).map(|(month, count)| Entry {
        on: Some(month.last_day().min(today)),
        month: Some(month),
        count: Some(count),
        basis: basis(Provision::JobLog, month.last_day().min(today)),
        ..Entry::new(Kind::Applications, format!("applications-{month}"))
    }));
    let begun = history.measures.iter().filter(|measure| {
        measure.from <= today
            && !(measure.status == MeasureStatus::Planned && measure.from == today)
    });
    past.extend(begun.map(|measure| Entry {
        on: Some(measure.from),
        to: measure.to,
        name: Some(measure.name.clone()),
        provider: measure.provider.clone(),
        measure: Some(measure.status),
        basis: basis(Provision::Offer, measure.from),
        ..Entry::new(Kind::Measure, format!("activity-{}", measure.from))
    }));
    past.extend(history.talks.iter().filter(|talk| talk.on <= today).map(|talk| {
        let kind = if talk.held { Kind::TalkHeld } else { Kind::TalkMissed };
        let with = if talk.with_fund { "fund" } else { "job-centre" };
        let of = if talk.with_fund { Provision::FundTalks } else { Provision::MunicipalityTalks };
        let of = if talk.held { of } else { Provision::MissedTalk };
        let id = format!("talk-{with}-{}", talk.on);
        Entry {
            on: Some(talk.on),
            with_fund: Some(talk.with_fund),
            basis: basis(of, talk.on),
            ..Entry::new(kind, id)
        }
    }));
    past.extend(history.absences.iter().filter(|spell| spell.from <= today).map(|spell| {
        let (kind, name) = match spell.kind {
            Away::Sickness => (Kind::Sickness, "sickness"),
            Away::ParentalLeave => (Kind::ParentalLeave, "leave"),
            Away::Care => (Kind::Care, "care"),
        };
        // The first weeks of a sickness use up the period of a member of a fund.
        let weeks = (spell.kind == Away::Sickness && who == Authority::Fund)
            .then(|| fact::<i32>(Key::PeriodSicknessWeeksNotLengthening, spell.from))
            .flatten();
        Entry {
            on: Some(spell.from),
            to: spell.to,
            count: weeks.map(|weeks| weeks.value.unsigned_abs()),
            basis: weeks.map(|weeks| weeks.row.into()).into_iter().collect(),
            ..Entry::new(kind, format!("{name}-{}", spell.from))
        }
    }));
    let decided = history.sanctions.iter().filter(|sanction| sanction.decided_on <= today);
    past.extend(decided.map(|sanction| sanctioned(case, history, sanction)));
    sort_by(&mut past, |entry| entry.on.map_or(i64::MIN, |on| -day_number(on)));
    past
}

/// Applications by month.
fn applications(days: &[NaiveDate], today: NaiveDate) -> impl Iterator<Item = (Month, u32)> {
    let mut months: BTreeMap<i32, u32> = BTreeMap::new();
    for day in days.iter().filter(|day| **day <= today) {
        *months.entry(Month::of(*day).index()).or_default() += 1;
    }
    months.into_iter().map(|(index, count)| (Month::from_index(index), count))
}

fn sanctioned(case: &Case, history: &History, sanction: &Sanctioned) -> Entry {
    let on = sanction.decided_on;
    let (kind, name) = match sanction.kind {
        SanctionKind::Quarantine => (Kind::Quarantine, "quarantine"),
        SanctionKind::WorkRequirement => (Kind::WorkRequirement, "work-requirement"),
        SanctionKind::Exclusion => (Kind::Exclusion, "exclusion"),
    };
    let entry = Entry { on: Some(on), ..Entry::new(kind, format!("{name}-{on}")) };
    if case.scheme == Scheme::SocialAssistance {
        // What it costs is not confirmed: the municipality says it.
        let basis = provision(Provision::MissedTalk, Authority::Municipality, on);
        return Entry { basis: basis.map(Into::into).into_iter().collect(), ..entry };
    }
    let (cost, basis) = match sanction.kind {
        SanctionKind::Quarantine => quarantine(case, history, sanction),
        SanctionKind::WorkRequirement => requirement(case, sanction),
        SanctionKind::Exclusion => {
            let row = provision(Provision::MissedTalk, Authority::Fund, on);
            (None, row.map(Into::into).into_iter().collect())
        }
    };
    let months = (kind == Kind::WorkRequirement)
        .then(|| fact::<i32>(Key::SanctionWorkRequirementMonths, on))
        .flatten();
    let within_months = months.map(|months| months.value.unsigned_abs());
    Entry { cost, basis, within_months, ..entry }
}

/// Hours of the register, else of the rule; kroner by her rate on the day of the decision.
fn quarantine(case: &Case, history: &History, sanction: &Sanctioned) -> (Option<Cost>, Vec<Basis>) {
    let (on, insurance) = (sanction.decided_on, case.insurance);
    let (full, part) = (Key::SanctionQuarantineHoursFullTime, Key::SanctionQuarantineHoursPartTime);
    let row = row(by_insurance(insurance, full, part), on);
    let by_rule = || -> Option<Hours> {
        let decisions = history
            .sanctions
            .iter()
            .filter(|other| other.kind != SanctionKind::Exclusion && other.decided_on < on);
        let last = decisions.map(|other| other.decided_on).max();
        let effect = effect(on, last, insurance)?;
        match effect.value {
            SanctionEffect::Quarantine(hours) if effect.status != Status::Unconfirmed => {
                Some(hours)
            }
            _ => None,
        }
    };
    // Hours that the fund has reported are a fact, whatever is known of the rule.
    let hours = sanction.hours.or_else(by_rule);
    let basis = match (row, sanction.hours) {
        (Some(row), None) => vec![row.into()],
        (Some(row), Some(_)) if row.status != Status::Unconfirmed => vec![row.into()],
        _ => Vec::new(),
    };
    let rate = rate(case, insurance, on);
    let gross = hours.zip(rate).and_then(|(hours, (rate, _))| cost(hours, rate, insurance, on));
    let cost = Cost {
        hours,
        done_hours: sanction.served_hours,
        left_hours: hours.map(|hours| (hours - sanction.served_hours).or_zero()),
        gross: gross.map(|gross| gross.value),
        is_at_most: rate.is_some_and(|(_, is_own)| !is_own),
    };
    (Some(cost), basis)
}

/// How many hours have to be worked, and how many are.
fn requirement(case: &Case, sanction: &Sanctioned) -> (Option<Cost>, Vec<Basis>) {
    let on = sanction.decided_on;
    let work: Vec<(Month, Hours)> =
        case.months.iter().filter_map(|month| Some((month.month, month.work_hours?))).collect();
    let Some(met) = work_requirement(&work, on, case.insurance) else {
        return (None, Vec::new());
    };
    let (full, part) =
        (Key::SanctionWorkRequirementHoursFullTime, Key::SanctionWorkRequirementHoursPartTime);
    let keys = [by_insurance(case.insurance, full, part), Key::SanctionWorkRequirementMonths];
    let basis = keys.into_iter().filter_map(|key| row(key, on)).map(Into::into).collect();
    let cost = Cost {
        hours: Some(met.value.required_hours),
        done_hours: met.value.best_hours,
        left_hours: Some(met.value.missing_hours),
        gross: None,
        is_at_most: false,
    };
    (Some(cost), basis)
}

/// Her monthly rate on a day, else the highest she can have; and whether it is her own.
fn rate(case: &Case, insurance: Insurance, on: NaiveDate) -> Option<(Money, bool)> {
    MonthRate::of(case, insurance, Month::of(on)).map(|rate| rate.highest())
}
