//! What is known of a citizen when she is assessed for a trial, by the names of the catalogue, and
//! how she can be reached.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use jobnet_trials::dispatch::{Reach, Wish};
use jobnet_trials::protocol::eligible::{Fact, Facts};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::db::registers::{as_of, citizen_facts, contacts, sickness};
use crate::trials::regions::region;

/// So many citizens are asked for in one question.
const BATCH: usize = 500;

/// What the registers say of a citizen on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// By the names of the catalogue.
    pub facts: Facts,
    /// Herself.
    pub person: citizen_facts::Model,
    /// How she can be reached, if that is known.
    pub contact: Option<contacts::Model>,
}

/// Her facts on a day; empty if nothing is known of her.
///
/// # Errors
/// When the database fails.
pub async fn facts(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Facts, DbErr> {
    let known = known(connection, &[citizen], today).await?;
    Ok(known.into_values().next().map(|known| known.facts).unwrap_or_default())
}

/// What is known of each of some citizens on a day; of whom nothing is known is not in it.
///
/// # Errors
/// When the database fails.
pub async fn known(
    connection: &impl ConnectionTrait,
    citizens: &[i32],
    today: NaiveDate,
) -> Result<BTreeMap<i32, Known>, DbErr> {
    let mut all = BTreeMap::new();
    for citizens in citizens.chunks(BATCH) {
        let persons = citizen_facts::Entity::find()
            .filter(citizen_facts::Column::CitizenId.is_in(citizens.iter().copied()))
            .filter(as_of(Some(today)))
            .all(connection)
            .await?;
        let contacts = contacts::Entity::find()
            .filter(contacts::Column::CitizenId.is_in(citizens.iter().copied()))
            .filter(as_of(Some(today)))
            .all(connection)
            .await?;
        let spells = sickness::Entity::find()
            .filter(sickness::Column::CitizenId.is_in(citizens.iter().copied()))
            .filter(as_of(Some(today)))
            .filter(sickness::Column::Kind.eq("sickness"))
            .filter(sickness::Column::FromDay.lte(today))
            .all(connection)
            .await?;
        let mut contacts: BTreeMap<i32, contacts::Model> =
            contacts.into_iter().map(|contact| (contact.citizen_id, contact)).collect();
        let mut sick: BTreeMap<i32, Vec<Spell>> = BTreeMap::new();
        for spell in spells {
            sick.entry(spell.citizen_id).or_default().push((spell.from_day, spell.to_day));
        }
        for person in persons {
            let contact = contacts.remove(&person.citizen_id);
            let spells = sick.remove(&person.citizen_id).unwrap_or_default();
            let facts = named(&person, contact.as_ref(), sick_since(&spells, today), today);
            all.insert(person.citizen_id, Known { facts, person, contact });
        }
    }
    Ok(all)
}

/// First and last day of a sick leave; no last day: it goes on.
type Spell = (NaiveDate, Option<NaiveDate>);

/// The day since which she has been sick without a break; `None`: she is not. A spell that begins
/// the day after another goes on with it.
fn sick_since(spells: &[Spell], today: NaiveDate) -> Option<NaiveDate> {
    let reaches =
        |spell: &&Spell, day: NaiveDate| spell.0 <= day && spell.1.is_none_or(|last| last >= day);
    let mut since =
        spells.iter().filter(|spell| reaches(spell, today)).map(|spell| spell.0).min()?;
    while let Some(before) = since.checked_sub_days(Days::new(1)) {
        let earlier = spells.iter().filter(|spell| reaches(spell, before)).map(|spell| spell.0);
        match earlier.min() {
            Some(day) => since = day,
            None => break,
        }
    }
    Some(since)
}

fn named(
    person: &citizen_facts::Model,
    contact: Option<&contacts::Model>,
    sick_since: Option<NaiveDate>,
    today: NaiveDate,
) -> Facts {
    let yes = |is_so: bool| Some(if is_so { "yes" } else { "no" }.to_owned());
    let post = contact.and_then(|contact| contact.digital_post_exempt);
    let post = post.map(|exempt| if exempt { "exempt" } else { "receives" }.to_owned());
    let address = if contact.is_some_and(has_address) { "known" } else { "missing" };
    let texts = [
        ("scheme", Some(person.scheme.clone())),
        ("insurance", person.insurance.clone()),
        ("municipality", person.municipality.clone()),
        ("region", person.municipality.as_deref().and_then(region).map(str::to_owned)),
        ("fund", person.fund.clone()),
        ("job_centre", person.job_centre.clone()),
        ("caseworker", person.caseworker.clone()),
        ("language", contact.and_then(|contact| contact.language.clone())),
        ("digital_post", post),
        ("sick", yes(sick_since.is_some())),
        ("address", Some(address.to_owned())),
        ("address_protected", yes(is_protected(contact))),
    ];
    let weeks = person.registered_on.map(|since| (today - since).num_weeks());
    let numbers = [
        ("age", today.years_since(person.birth_date).map(i64::from)),
        ("weeks_registered", weeks.filter(|weeks| *weeks >= 0)),
        ("sick_leave_days", sick_since.map(|since| (today - since).num_days())),
    ];
    let texts = texts.into_iter().map(|(fact, text)| (fact, text.map(Fact::Value)));
    let numbers = numbers.into_iter().map(|(fact, number)| (fact, number.map(Fact::Number)));
    let known = texts.chain(numbers).filter_map(|(fact, value)| Some((fact.to_owned(), value?)));
    known.collect()
}

/// What is not known to be unprotected is protected.
fn is_protected(contact: Option<&contacts::Model>) -> bool {
    contact.and_then(|contact| contact.address_protected).unwrap_or(true)
}

fn has_address(contact: &contacts::Model) -> bool {
    [&contact.street, &contact.postal_code, &contact.city].iter().all(|part| part.is_some())
}

impl Known {
    /// How she can be reached.
    pub fn reach(&self, objects: bool) -> Reach {
        let contact = self.contact.as_ref();
        let wish = match contact.and_then(|contact| contact.notification.as_deref()) {
            Some("email") => Wish::Email,
            Some("sms") => Wish::Sms,
            Some("none") => Wish::Nothing,
            _ => Wish::Unknown,
        };
        Reach {
            objects,
            is_dead: contact.is_some_and(|contact| contact.died_on.is_some()),
            is_protected: is_protected(contact),
            has_digital_post: contact.and_then(|one| one.digital_post_exempt) == Some(false),
            has_email: contact.is_some_and(|contact| contact.email.is_some()),
            has_address: contact.is_some_and(has_address),
            has_mobile: contact.is_some_and(|contact| contact.mobile.is_some()),
            wish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_that_follow_each_other_are_one_sick_leave() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let today = day("2026-11-22");
        let since = |spells: &[(&str, Option<&str>)]| {
            let spells: Vec<_> = spells.iter().map(|(from, to)| (day(from), to.map(day))).collect();
            sick_since(&spells, today)
        };
        let open = ("2026-11-10", None);
        assert_eq!(since(&[open]), Some(day("2026-11-10")));
        assert_eq!(since(&[("2026-10-01", Some("2026-11-09")), open]), Some(day("2026-10-01")));
        assert_eq!(since(&[("2026-10-01", Some("2026-11-08")), open]), Some(day("2026-11-10")));
        assert_eq!(since(&[("2026-10-01", Some("2026-11-15")), open]), Some(day("2026-10-01")));
        assert_eq!(since(&[("2026-11-01", Some("2026-11-22"))]), Some(day("2026-11-01")));
        assert_eq!(since(&[("2026-11-01", Some("2026-11-21"))]), None);
        assert_eq!(since(&[("2026-11-23", None)]), None);
        assert_eq!(since(&[]), None);
    }
}
