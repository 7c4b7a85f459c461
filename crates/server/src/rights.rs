//! What the registers say of a citizen, as the timeline of rights and duties needs it. What it means
//! is for `jobnet_rules::rights` to say.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::rights::MyRights;
use jobnet_rules::absence::Absence;
use jobnet_rules::rights::{History, Measure, Sanctioned, Talk, timeline};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::app::App;
use crate::assemble;
use crate::db::registers::{as_of, job_search, measures, meetings, word};
use crate::problem::Failure;

/// How many characters of a keyed hash tell people apart: 132 bits.
const CALENDAR_KEY: usize = 22;

/// Her timeline on a day; `None`: nothing is known of her.
///
/// # Errors
/// `Internal` when the database fails or holds what no import could have written.
pub async fn of_citizen(
    app: &App,
    citizen: i32,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<MyRights>, Failure> {
    let database = app.database().read();
    let Some(facts) = assemble::facts(database, citizen, today, now).await? else {
        return Ok(None);
    };
    let history = History {
        registered_on: facts.registered_on,
        deadlines: facts.deadlines.iter().map(|due| (due.kind, due.on)).collect(),
        absences: facts
            .spells
            .iter()
            .map(|spell| Absence { kind: spell.kind, from: spell.from, to: spell.to })
            .collect(),
        measures: activities(database, citizen, today).await?,
        sanctions: facts
            .sanctions
            .iter()
            .map(|sanction| Sanctioned {
                kind: sanction.kind,
                decided_on: sanction.decided_on,
                hours: sanction.hours,
                served_hours: sanction.served_hours,
            })
            .collect(),
        talks: talks(database, citizen, today).await?,
        applications: applications(database, citizen, today).await?,
    };
    let mut calendar_key = app.keys().sign(&format!("calendar of citizen {citizen}"));
    calendar_key.truncate(CALENDAR_KEY);
    Ok(Some(MyRights { timeline: timeline(&facts.case, &history), calendar_key }))
}

async fn activities(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Vec<Measure>, Failure> {
    let rows = measures::Entity::find()
        .filter(measures::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .order_by_asc(measures::Column::FromDay)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Measure {
                status: word(&row.status)?,
                name: row.kind,
                provider: row.provider,
                from: row.from_day,
                to: row.to_day,
            })
        })
        .collect()
}

/// Talks of which it is known whether they were held.
async fn talks(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Vec<Talk>, Failure> {
    let rows = meetings::Entity::find()
        .filter(meetings::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .order_by_asc(meetings::Column::HeldOn)
        .all(connection)
        .await?;
    let known = rows.into_iter().filter_map(|row| {
        let with_fund = row.party == "fund";
        Some(Talk { with_fund, on: row.held_on, held: row.held? })
    });
    Ok(known.collect())
}

async fn applications(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Vec<NaiveDate>, Failure> {
    let rows = job_search::Entity::find()
        .filter(job_search::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .filter(job_search::Column::AppliedOn.lte(today))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.applied_on).collect())
}
