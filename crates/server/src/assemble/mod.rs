//! From the registers' rows to a citizen's facts: read, translate, add as of when and from whom.
//! It must not know what the rules make of them.

mod case;
mod cell;
mod deadlines;
mod dossier;
mod records;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::account::{AccountFacts, Payment, Register, Sanction, SourceStamp, Spell};
use jobnet_api::report::HoursReport;
use jobnet_rules::case::{Case, Scheme};
use jobnet_rules::quarantine;

use self::records::{Facts, Records};
use crate::db::Connections;
use crate::problem::Failure;
use crate::synthesise::Dossier;

/// A citizen's facts as of a day; `None` if nothing was known of her then.
///
/// # Errors
/// `Internal` when the database fails or holds what no import could have written.
pub async fn facts(
    connection: &Connections,
    citizen: i32,
    as_of: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<AccountFacts>, Failure> {
    let records = records::read(connection, citizen, as_of).await?;
    Ok(assembled(&records, as_of, now))
}

/// The facts of someone made up, as an import of her dossier would give them; no database is read.
/// `None`: it holds what no import could read.
pub fn facts_of_dossier(
    dossier: &Dossier,
    as_of: NaiveDate,
    now: DateTime<Utc>,
) -> Option<AccountFacts> {
    assembled(&dossier::records(dossier, as_of)?, as_of, now)
}

fn assembled(records: &Records, as_of: NaiveDate, now: DateTime<Utc>) -> Option<AccountFacts> {
    let facts = records.facts.as_ref()?;
    let spells = spells(records);
    let case = case::case(records, facts, &spells, as_of);
    Some(AccountFacts {
        computed_at: now,
        authority: authority_of(facts),
        registered_on: facts.registered_on,
        sources: sources(records),
        payments: payments(records),
        sanctions: sanctions(records, &case),
        deadlines: deadlines::deadlines(records, facts, &case),
        reports: reports(records),
        spells,
        case,
    })
}

/// Who gets what a citizen reports: her fund or, on social assistance, her municipality; `None` if
/// nothing is known of her.
///
/// # Errors
/// `Internal` when the database fails.
pub async fn authority(
    connection: &Connections,
    citizen: i32,
    as_of: NaiveDate,
) -> Result<Option<String>, Failure> {
    let records = records::read(connection, citizen, as_of).await?;
    Ok(records.facts.as_ref().map(authority_of))
}

fn authority_of(facts: &Facts) -> String {
    let (first, second) = match facts.scheme {
        Scheme::SocialAssistance => (&facts.municipality, &facts.fund),
        Scheme::Dagpenge | Scheme::Graduate => (&facts.fund, &facts.municipality),
    };
    first.as_ref().or(second.as_ref()).cloned().unwrap_or_default()
}

fn spells(records: &Records) -> Vec<Spell> {
    let rows = records.absences.iter();
    let mut spells: Vec<Spell> =
        rows.map(|row| Spell { kind: row.kind, from: row.from, to: row.to }).collect();
    spells.sort_by_key(|spell| spell.from);
    spells
}

fn payments(records: &Records) -> Vec<Payment> {
    let rows = records.benefits.iter();
    let mut payments: Vec<Payment> = rows
        .map(|row| Payment {
            month: row.month,
            kind: row.kind,
            paid_hours: row.paid_hours,
            gross: row.gross,
            settled: row.settled,
            as_of: row.stated_on.unwrap_or(row.valid_from),
        })
        .collect();
    payments.sort_by_key(|payment| payment.month);
    payments
}

/// Her sanctions, oldest first. Of karantæne that is served which either register knows of.
fn sanctions(records: &Records, case: &Case) -> Vec<Sanction> {
    let mut served = quarantine::served(case, &case::decisions(records)).into_iter();
    let mut rows: Vec<_> = records.sanctions.iter().collect();
    rows.sort_by_key(|row| row.decided_on);
    rows.into_iter()
        .map(|row| {
            let by_months = case::decision(row).and_then(|_| served.next());
            Sanction {
                kind: row.kind,
                decided_on: row.decided_on,
                hours: row.hours,
                served_hours: by_months.or(row.served_hours).unwrap_or_default(),
            }
        })
        .collect()
}

/// As of when each register is known: the day it gives itself, else the day of its import.
fn sources(records: &Records) -> Vec<SourceStamp> {
    let newest = |register, days: &mut dyn Iterator<Item = NaiveDate>| {
        days.max().map(|as_of| SourceStamp { register, as_of })
    };
    let work = &mut records.work.iter().map(|row| row.reported_on.unwrap_or(row.valid_from));
    let benefits = &mut records.benefits.iter().map(|row| row.stated_on.unwrap_or(row.valid_from));
    [
        newest(Register::WorkHours, work),
        newest(Register::Benefits, benefits),
        newest(Register::Sickness, &mut records.absences.iter().map(|row| row.valid_from)),
        newest(Register::Sanctions, &mut records.sanctions.iter().map(|row| row.valid_from)),
        newest(Register::Meetings, &mut records.meetings.iter().map(|row| row.valid_from)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Her own remarks, newest first.
fn reports(records: &Records) -> Vec<HoursReport> {
    let rows = records.remarks.iter();
    let mut reports: Vec<HoursReport> = rows
        .map(|row| HoursReport {
            id: row.id.clone(),
            received_at: row.received_at,
            recipient: row.recipient.clone(),
            month: row.month,
            worked_hours: row.worked_hours,
            note: row.note.clone(),
        })
        .collect();
    reports.sort_by(|a, b| b.received_at.cmp(&a.received_at).then_with(|| a.id.cmp(&b.id)));
    reports
}
