//! The rows of someone made up as they would be read from the database after an import. It must not
//! read a database.

use chrono::NaiveDate;

use super::records::{Absence, Benefit, Facts, Meeting, Records, Sanctioned, Work};
use crate::db::registers::word;
use crate::synthesise::Dossier;

/// Her rows, all of them from one day; `None`: a word in them is not one of a register.
pub(super) fn records(dossier: &Dossier, valid_from: NaiveDate) -> Option<Records> {
    let citizen = &dossier.citizen;
    let facts = Facts {
        municipality: Some(citizen.municipality.to_owned()),
        fund: citizen.fund.map(str::to_owned),
        scheme: word(citizen.scheme).ok()?,
        insurance: Some(word(citizen.insurance).ok()?),
        rate_level: citizen.rate_level.map(word).transpose().ok()?,
        monthly_rate: citizen.monthly_rate,
        supplementary_weeks_used: citizen.supplementary_weeks_used,
        provider: Some(citizen.provider),
        birth_date: citizen.birth_date,
        placed_on: citizen.placed_on,
        registered_on: Some(citizen.registered_on),
        cv_since: citizen.cv_since,
    };
    let work = dossier.work_hours.iter().map(|row| {
        Some(Work {
            month: row.month,
            kind: word(row.kind).ok()?,
            hours: row.hours,
            earnings: row.earnings,
            reported_on: Some(row.reported_on),
            valid_from,
        })
    });
    let benefits = dossier.benefits.iter().map(|row| {
        Some(Benefit {
            month: row.month,
            kind: word(row.kind).ok()?,
            paid_hours: row.paid_hours,
            quarantine_hours: Some(row.quarantine_hours),
            gross: row.gross,
            settled: row.settled,
            stated_on: Some(row.as_of),
            valid_from,
        })
    });
    let absences = dossier.sickness.iter().map(|row| {
        Some(Absence { kind: word(row.kind).ok()?, from: row.from, to: row.to, valid_from })
    });
    let sanctions = dossier.sanctions.iter().map(|row| {
        Some(Sanctioned {
            kind: word(row.kind).ok()?,
            decided_on: row.decided_on,
            hours: row.hours,
            served_hours: Some(row.served_hours),
            valid_from,
        })
    });
    let meetings = dossier.meetings.iter().map(|row| {
        Some(Meeting { party: word(row.with).ok()?, on: row.on, held: row.held, valid_from })
    });
    Some(Records {
        facts: Some(facts),
        work: work.collect::<Option<_>>()?,
        benefits: benefits.collect::<Option<_>>()?,
        absences: absences.collect::<Option<_>>()?,
        sanctions: sanctions.collect::<Option<_>>()?,
        meetings: meetings.collect::<Option<_>>()?,
        remarks: Vec::new(),
    })
}
