//! Links in messages: a token says which message, nothing of her. Whoever has one comes to a page
//! that asks who she is; so a link that was passed on gives nothing away. Where there is no room for a
//! token a short code stands in its place, of which only the hash is stored.
//!
//! It must not know routes or sessions.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::queue::note;
use super::rows::{message, short_link};
use crate::db::Database;
use crate::keys::Keyring;
use crate::secret;

/// How long a link leads somewhere: six months, the longest that a trial waits for her.
pub const LINK_DAYS: i64 = 183;
/// What every signed text begins with, so that no other signature can stand in for one.
const PURPOSE: &str = "link of a message";
/// A message's id and the end, in bytes; and as text.
const CLAIMS: usize = 16 + 8;
const CLAIMS_TEXT: usize = 32;
/// The characters of a short code.
const CODE_TEXT: usize = 20;

/// The token of the link in a message. It ends [`LINK_DAYS`] after `now`.
pub fn link_token(keys: &Keyring, id: Uuid, now: DateTime<Utc>) -> String {
    let until = (now + TimeDelta::days(LINK_DAYS)).timestamp();
    let mut claims = [0; CLAIMS];
    claims[..16].copy_from_slice(id.as_bytes());
    claims[16..].copy_from_slice(&until.to_be_bytes());
    let claims = BASE64.encode(claims);
    let signature = keys.sign(&format!("{PURPOSE} {claims}"));
    format!("{claims}{signature}")
}

/// The message of a token; `None`: it has ended, or we did not sign it.
pub fn message_of_token(keys: &Keyring, token: &str, now: DateTime<Utc>) -> Option<Uuid> {
    let (claims, signature) = token.split_at_checked(CLAIMS_TEXT)?;
    if !keys.is_signed(&format!("{PURPOSE} {claims}"), signature) {
        return None;
    }
    let claims = BASE64.decode(claims).ok()?;
    let (id, until) = claims.split_at_checked(16)?;
    let until = DateTime::from_timestamp(i64::from_be_bytes(until.try_into().ok()?), 0)?;
    (now < until).then(|| Uuid::from_slice(id).ok())?
}

/// A short code for the link in a message, in the place of a token. It ends [`LINK_DAYS`] after `now`.
/// A message may have several: one for each attempt at sending it.
///
/// # Errors
/// When the database fails, or the system has no randomness.
pub async fn link_code(database: &Database, id: Uuid, now: DateTime<Utc>) -> Result<String, DbErr> {
    let code = secret::link_code().map_err(|error| DbErr::Custom(error.to_string()))?;
    let row = short_link::ActiveModel {
        code_hash: Set(secret::hash(&code)),
        message_id: Set(id.to_string()),
        ends_at: Set((now + TimeDelta::days(LINK_DAYS)).timestamp_millis()),
    };
    let transaction = database.begin_write().await?;
    short_link::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(code)
}

/// The message of a link, by its token or short code; `None`: it has ended, or is none of ours.
///
/// # Errors
/// When the database fails, or holds what this program does not write.
pub async fn message_of_link(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbErr> {
    if text.len() != CODE_TEXT {
        return Ok(message_of_token(keys, text, now));
    }
    let row = short_link::Entity::find_by_id(secret::hash(text)).one(connection).await?;
    let Some(row) = row.filter(|row| now.timestamp_millis() < row.ends_at) else {
        return Ok(None);
    };
    let wrong = || DbErr::Type(format!("outbox_links holds the id “{}”", row.message_id));
    row.message_id.parse::<Uuid>().map(Some).map_err(|_| wrong())
}

/// Deletes the short links that have ended; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_ended(database: &Database, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let transaction = database.begin_write().await?;
    let deleted = short_link::Entity::delete_many()
        .filter(short_link::Column::EndsAt.lte(now.timestamp_millis()))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(deleted.rows_affected)
}

/// Counts that a link was opened and returns the page it leads to; `None`: there is no such message.
///
/// # Errors
/// When the database fails.
pub async fn opened(
    database: &Database,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbErr> {
    let id = id.to_string();
    let transaction = database.begin_write().await?;
    let Some(row) = message::Entity::find_by_id(id.clone()).one(&transaction).await? else {
        return Ok(None);
    };
    let first = message::Entity::update_many()
        .col_expr(message::Column::OpenedAt, Expr::value(now.timestamp_millis()))
        .filter(message::Column::Id.eq(id.clone()))
        .filter(message::Column::OpenedAt.is_null())
        .exec(&transaction)
        .await?;
    message::Entity::update_many()
        .col_expr(
            message::Column::Opens,
            Expr::col((message::Entity, message::Column::Opens)).add(1),
        )
        .filter(message::Column::Id.eq(id.clone()))
        .exec(&transaction)
        .await?;
    // Only the first is an event: whoever opens it a thousand times adds no rows.
    if first.rows_affected > 0 {
        note(&transaction, &id, now, "opened", u32::try_from(row.attempts).unwrap_or(0), None)
            .await?;
    }
    transaction.commit().await?;
    Ok(Some(row.target))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(digit: char) -> Keyring {
        Keyring::parse(&format!("k1:{}", digit.to_string().repeat(64))).unwrap()
    }

    #[test]
    fn a_token_is_of_one_message_until_it_ends_and_of_none_once_it_was_changed() {
        let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
        let (keys, id) = (ring('a'), Uuid::from_u128(7 << 90 | 5));
        let token = link_token(&keys, id, now);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(token.len(), 75);
        assert_eq!(message_of_token(&keys, &token, now), Some(id));
        let end = now + TimeDelta::days(LINK_DAYS);
        assert_eq!(message_of_token(&keys, &token, end - TimeDelta::seconds(1)), Some(id));
        assert_eq!(message_of_token(&keys, &token, end), None);
        assert_eq!(message_of_token(&ring('b'), &token, now), None);
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[place] = if changed[place] == b'w' { b'x' } else { b'w' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(message_of_token(&keys, &changed, now), None, "{changed}");
            assert_eq!(message_of_token(&keys, &token[..place], now), None);
        }
        for text in ["", "ø", &"ø".repeat(40), &format!("{token}A")] {
            assert_eq!(message_of_token(&keys, text, now), None, "{text}");
        }
    }
}
