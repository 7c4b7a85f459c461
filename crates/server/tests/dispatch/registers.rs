//! The world as the registers hold it: the first rows by the importer, and all later versions.

use std::collections::BTreeMap;

use jobnet_server::db::Database;
use jobnet_server::db::registers::{FOREVER, citizen_facts, contacts, sickness};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Statement};

use crate::support::extracts::{CITIZENS, CONTACTS, Extracts};
use crate::world::{self, Citizen};

/// A number with a month above 80 is nobody's.
pub(crate) fn cpr(number: i32) -> String {
    format!("0181{:02}{:04}", number / 10_000 % 100, number % 10_000)
}

/// Whose number it is.
pub(crate) fn number(cpr: &str) -> i32 {
    cpr[4..].parse().unwrap()
}

/// The citizens as the importer reads them, and all later versions of their rows.
pub(crate) async fn fill(database: &Database, people: &[Citizen]) {
    let (mut citizens, mut reached) = (Vec::new(), Vec::new());
    for one in people {
        let id = format!("SYN-{}", one.number);
        let (facts, contact) = (&one.facts[0].row, &one.contacts[0].row);
        let cpr = cpr(one.number);
        let text = |word: Option<&str>| word.unwrap_or_default().to_owned();
        let flag = |flag: Option<bool>| flag.map(|flag| flag.to_string()).unwrap_or_default();
        citizens.push(format!(
            "{id},{cpr},First{0},Last{0},{1},{3},{2},,{4},,,,,,,,",
            one.number,
            facts.birth_date,
            text(facts.fund),
            text(facts.municipality),
            facts.scheme
        ));
        let (code, city) = if contact.street.is_some() { ("0000", "Ingensteds") } else { ("", "") };
        reached.push(format!(
            "{id},{},{},{},{},{},{},,{},{code},{city}",
            text(contact.email.as_deref()),
            text(contact.mobile.as_deref()),
            contact.language,
            flag(contact.digital_post_exempt),
            flag(contact.address_protected),
            text(contact.notification),
            text(contact.street.as_deref()),
        ));
    }
    let rows = |rows: &[String]| rows.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    Extracts::new()
        .with("citizens", CITIZENS, &[&rows(&citizens)])
        .with("contacts", &format!("{CONTACTS},street,postal_code,city"), &[&rows(&reached)])
        .with_bytes("synthetic.json", br#"{"synthetic": true}"#)
        .import_well(database, &world::day(-120).to_string())
        .await;
    // All that comes later is there from the start: each row is read as of its day.
    let transaction = database.begin_write().await.unwrap();
    let base: BTreeMap<i32, citizen_facts::Model> = citizen_facts::Entity::find()
        .all(&transaction)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.last_name.replace("Last", "").parse().unwrap(), row))
        .collect();
    let citizen = |one: &Citizen| base[&one.number].citizen_id;
    for one in people {
        for (table, end) in
            [("citizen_facts", one.facts[0].valid_to), ("contacts", one.contacts[0].valid_to)]
        {
            if end != FOREVER {
                let sql = format!(
                    "UPDATE {table} SET valid_to = '{end}' WHERE citizen_id = {}",
                    citizen(one)
                );
                let statement = Statement::from_string(transaction.get_database_backend(), sql);
                transaction.execute_raw(statement).await.unwrap();
            }
        }
    }
    let run = |place: usize| i32::try_from(place).unwrap() + 100;
    let facts = people.iter().flat_map(|one| {
        one.facts.iter().enumerate().skip(1).map(|(place, version)| citizen_facts::Model {
            run_id: run(place),
            registered_on: version.row.registered_on,
            valid_from: version.valid_from,
            valid_to: version.valid_to,
            ..base[&one.number].clone()
        })
    });
    let reached = people.iter().flat_map(|one| {
        one.contacts.iter().enumerate().skip(1).map(|(place, version)| {
            let row = version.row.clone();
            let is_known = row.street.is_some();
            contacts::Model {
                citizen_id: citizen(one),
                run_id: run(place),
                email: row.email,
                mobile: row.mobile,
                language: Some(row.language.to_owned()),
                digital_post_exempt: row.digital_post_exempt,
                address_protected: row.address_protected,
                notification: row.notification.map(str::to_owned),
                died_on: row.died_on,
                street: row.street,
                postal_code: is_known.then(|| "0000".to_owned()),
                city: is_known.then(|| "Ingensteds".to_owned()),
                valid_from: version.valid_from,
                valid_to: version.valid_to,
                replaced_by: None,
            }
        })
    });
    let sick = people.iter().flat_map(|one| {
        one.sickness.iter().enumerate().map(|(place, version)| sickness::Model {
            citizen_id: citizen(one),
            from_day: version.row.from_day,
            kind: version.row.kind.to_owned(),
            run_id: run(place),
            to_day: version.row.to_day,
            valid_from: version.valid_from,
            valid_to: version.valid_to,
            replaced_by: None,
        })
    });
    let (facts, reached, sick) =
        (facts.collect::<Vec<_>>(), reached.collect::<Vec<_>>(), sick.collect::<Vec<_>>());
    // Of five thousand: 3,000, 800 and 4,000.
    let least = |parts| people.len() / 25 * parts;
    assert!(facts.len() > least(15) && reached.len() > least(4) && sick.len() > least(20));
    for rows in facts.chunks(200) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        citizen_facts::Entity::insert_many(rows)
            .exec_without_returning(&transaction)
            .await
            .unwrap();
    }
    for rows in reached.chunks(200) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        contacts::Entity::insert_many(rows).exec_without_returning(&transaction).await.unwrap();
    }
    for rows in sick.chunks(200) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        sickness::Entity::insert_many(rows).exec_without_returning(&transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
