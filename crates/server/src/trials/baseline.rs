//! What is known of a citizen when she is assessed for a trial, by the names of the catalogue.

use chrono::NaiveDate;
use jobnet_trials::protocol::eligible::{Fact, Facts};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::db::registers::{as_of, citizen_facts, contacts, sickness};

/// Her facts on a day; empty if nothing is known of her.
///
/// # Errors
/// When the database fails.
pub async fn facts(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Facts, DbErr> {
    let person = citizen_facts::Entity::find()
        .filter(citizen_facts::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .one(connection)
        .await?;
    let Some(person) = person else { return Ok(Facts::new()) };
    let contact = contacts::Entity::find()
        .filter(contacts::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .one(connection)
        .await?;
    let spell = sickness::Entity::find()
        .filter(sickness::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .filter(sickness::Column::Kind.eq("sickness"))
        .filter(sickness::Column::FromDay.lte(today))
        .filter(
            Condition::any()
                .add(sickness::Column::ToDay.is_null())
                .add(sickness::Column::ToDay.gte(today)),
        )
        .one(connection)
        .await?;
    let weeks = person.registered_on.map(|since| (today - since).num_weeks());
    let post = contact.as_ref().and_then(|contact| contact.digital_post_exempt);
    let post = post.map(|exempt| if exempt { "exempt" } else { "receives" }.to_owned());
    let sick = if spell.is_some() { "yes" } else { "no" }.to_owned();
    let texts = [
        ("scheme", Some(person.scheme)),
        ("insurance", person.insurance),
        ("municipality", person.municipality),
        ("fund", person.fund),
        ("job_centre", person.job_centre),
        ("caseworker", person.caseworker),
        ("language", contact.and_then(|contact| contact.language)),
        ("digital_post", post),
        ("sick", Some(sick)),
    ];
    let numbers = [
        ("age", today.years_since(person.birth_date).map(i64::from)),
        ("weeks_registered", weeks.filter(|weeks| *weeks >= 0)),
    ];
    let texts = texts.into_iter().map(|(fact, text)| (fact, text.map(Fact::Value)));
    let numbers = numbers.into_iter().map(|(fact, number)| (fact, number.map(Fact::Number)));
    let known = texts.chain(numbers).filter_map(|(fact, value)| Some((fact.to_owned(), value?)));
    Ok(known.collect())
}
