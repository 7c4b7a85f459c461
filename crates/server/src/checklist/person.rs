//! What the registers say of her, as the checklist needs it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use jobnet_api::profile::{ProfileResult, Submission};
use jobnet_checklist::item::Sign;
use jobnet_checklist::plan::Person;
use jobnet_profiling::profile::{Direction, Factor};
use jobnet_rules::case::Scheme;
use jobnet_rules::units::Hours;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::assemble;
use crate::db::Connections;
use crate::db::registers::{as_of, citizen_facts, job_search, measures, meetings};
use crate::problem::Failure;
use crate::profiles;

/// So many applications within so many days count as a rhythm.
const RHYTHM: (usize, u64) = (2, 28);

/// Her as the registers stood on a day; `None`: nothing is known of her, or not when she registered.
///
/// # Errors
/// When the database fails or holds what no import could have written.
pub(super) async fn person(
    connection: &Connections,
    citizen: i32,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Person>, Failure> {
    let Some(facts) = assemble::facts(connection, citizen, day, now).await? else {
        return Ok(None);
    };
    let Some(registered_on) = facts.registered_on else { return Ok(None) };
    let scheme = facts.case.scheme;
    let meetings = meetings::Entity::find()
        .filter(meetings::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(day)))
        .filter(meetings::Column::HeldOn.gte(registered_on))
        .order_by_asc(meetings::Column::HeldOn)
        .all(connection)
        .await?;
    let is_hers = |row: &&meetings::Model| match scheme {
        Scheme::Dagpenge | Scheme::Graduate => row.party == "fund",
        Scheme::SocialAssistance => row.party != "fund",
    };
    let applied: Vec<NaiveDate> = job_search::Entity::find()
        .filter(job_search::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(day)))
        .filter(job_search::Column::AppliedOn.gte(registered_on))
        .filter(job_search::Column::AppliedOn.lte(day))
        .order_by_asc(job_search::Column::AppliedOn)
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.applied_on)
        .collect();
    let measure = measures::Entity::find()
        .filter(measures::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(day)))
        .filter(measures::Column::Status.ne("cancelled"))
        .filter(measures::Column::FromDay.gte(registered_on))
        .order_by_asc(measures::Column::ValidFrom)
        .one(connection)
        .await?;
    // Also one from before she registered: it is there.
    let known = citizen_facts::Entity::find()
        .filter(citizen_facts::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(day)))
        .one(connection)
        .await?;
    // Whenever she sent it: what she did herself is no news.
    let form = profiles::newest(connection, citizen).await?;
    let settled = facts.case.months.iter().filter(|month| month.settled).max_by_key(|m| m.month);
    let works_beside = settled.filter(|month| month.work_hours.is_some_and(|h| h > Hours::ZERO));
    let talk = meetings.iter().find(|row| is_hers(row) && row.held == Some(true));
    let signs = [
        (Sign::ACv, known.and_then(|known| known.cv_since)),
        (Sign::AnApplication, applied.first().copied()),
        (Sign::RecentApplications, rhythm(&applied, day)),
        (Sign::TheForm, form.as_ref().map(|_| day)),
        (Sign::ATalk, talk.map(|row| row.held_on)),
        // The day on which it was first known: it may begin later.
        (Sign::AMeasure, measure.map(|row| row.valid_from)),
        (Sign::WorkBeside, works_beside.map(|month| month.month.last_day())),
    ];
    Ok(Some(Person {
        scheme,
        registered_on,
        first_talk: meetings.iter().find(is_hers).map(|row| row.held_on),
        signs: signs
            .into_iter()
            .filter_map(|(sign, day)| Some((sign, day?)))
            .collect::<BTreeMap<_, _>>(),
        raised: form.as_ref().map(raised).unwrap_or_default(),
    }))
}

/// What raised her profile.
fn raised(form: &Submission) -> BTreeSet<Factor> {
    let ProfileResult::Profile(profile) = &form.result else { return BTreeSet::new() };
    let raises = profile.effects.iter().filter(|effect| effect.direction == Direction::Raises);
    raises.map(|effect| effect.factor).collect()
}

/// The day from which her applications are a rhythm; `None`: they are not.
fn rhythm(applied: &[NaiveDate], day: NaiveDate) -> Option<NaiveDate> {
    let from = day.checked_sub_days(Days::new(RHYTHM.1 - 1))?;
    let recent = applied.iter().filter(|applied| (from..=day).contains(*applied));
    recent.copied().nth(RHYTHM.0 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_applications_within_four_weeks_are_a_rhythm() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let today = day("2026-10-28");
        // 1 October is the first of 28 days.
        let applied =
            |days: &[&str]| rhythm(&days.iter().map(|text| day(text)).collect::<Vec<_>>(), today);
        assert_eq!(applied(&["2026-10-01", "2026-10-20"]), Some(day("2026-10-20")));
        assert_eq!(applied(&["2026-09-30", "2026-10-20"]), None);
        assert_eq!(applied(&["2026-10-20", "2026-10-20"]), Some(day("2026-10-20")));
        assert_eq!(applied(&["2026-10-20", "2026-10-29"]), None);
        assert_eq!(applied(&[]), None);
    }
}
