//! Who has looked at her data, herself included, and who tried to and was refused.

use super::Table;
use crate::db::Database;
use crate::db::registers::stored_word;
use crate::problem::Failure;
use crate::record;
use crate::session::role_key;

const COLUMNS: [&str; 10] = [
    "number",
    "at",
    "by",
    "organisation",
    "role",
    "relation",
    "purpose",
    "reason",
    "category",
    "allowed",
];

/// Her rows, the newest first.
pub(super) async fn table(database: &Database, citizen: i32) -> Result<Table, Failure> {
    let looks = record::all_of_citizen(database, citizen).await?;
    let rows = looks.into_iter().map(|(look, allowed)| {
        vec![
            Some(look.number.to_string()),
            Some(look.at.to_rfc3339()),
            Some(look.by),
            look.organisation,
            look.role.map(|role| role_key(role).to_owned()),
            Some(stored_word(&look.relation)),
            Some(stored_word(&look.purpose)),
            look.reason,
            Some(stored_word(&look.category)),
            Some(allowed.to_string()),
        ]
    });
    Ok(Table { name: "access_log", columns: COLUMNS.to_vec(), rows: rows.collect() })
}
