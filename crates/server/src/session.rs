//! Sessions on the server: who is signed in. The browser holds a random id in a cookie; the
//! database holds only the id's SHA-256, so a stolen database opens no session.

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::boot::Role;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, DatabaseTransaction};

use crate::db::Database;
use crate::secret;

/// A session ends after this long without a request.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends after this long in any case.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(8);
/// “Last seen” is written at most this often, so that reading does not write.
const TOUCH: TimeDelta = TimeDelta::seconds(60);

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Key of the demo identity.
    pub persona: String,
    /// Her number in the database, if she is a citizen.
    pub citizen: Option<i32>,
    /// Name to show.
    pub name: String,
    /// What she may be.
    pub role: Role,
    /// When it ends unless she goes on.
    pub ends_at: DateTime<Utc>,
}

/// Who is about to be signed in.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Key of the demo identity.
    pub persona: String,
    /// Her number in the database, if she is a citizen.
    pub citizen: Option<i32>,
    /// Name to show.
    pub name: String,
    /// What she may be.
    pub role: Role,
}

/// Why a session could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// The system has no randomness.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id_hash: String,
        pub persona: String,
        pub citizen_id: Option<i32>,
        pub name: String,
        pub role: String,
        pub created_at: i64,
        pub seen_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Starts a session, ends the one that the browser had (`previous`) and clears away those that
/// have run out. Returns the id for the cookie; a new one at every sign-in.
///
/// # Errors
/// When the database or the system's randomness fails.
pub async fn start(
    database: &Database,
    new: NewSession,
    previous: Option<&str>,
    now: DateTime<Utc>,
) -> Result<String, SessionError> {
    let id = secret::session_id()?;
    let transaction = database.begin_write().await?;
    delete_expired(&transaction, now).await?;
    if let Some(previous) = previous {
        row::Entity::delete_by_id(secret::hash(previous)).exec(&transaction).await?;
    }
    let row = row::ActiveModel {
        id_hash: Set(secret::hash(&id)),
        persona: Set(new.persona),
        citizen_id: Set(new.citizen),
        name: Set(new.name),
        role: Set(role_key(new.role).to_owned()),
        created_at: Set(now.timestamp()),
        seen_at: Set(now.timestamp()),
    };
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The session of an id, if it lives; being asked for keeps it alive.
///
/// # Errors
/// When the database fails.
pub async fn find(
    database: &Database,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Session>, DbErr> {
    let Some(row) = row::Entity::find_by_id(secret::hash(id)).one(database.read()).await? else {
        return Ok(None);
    };
    let (Some(created), Some(seen), Some(role)) = (
        DateTime::from_timestamp(row.created_at, 0),
        DateTime::from_timestamp(row.seen_at, 0),
        role_of_key(&row.role),
    ) else {
        return Ok(None);
    };
    if now >= (seen + IDLE).min(created + ABSOLUTE) {
        return Ok(None);
    }
    let seen = if now - seen >= TOUCH {
        // Reading must not wait for a writer (an import may hold the database for a while).
        tokio::spawn(touch(database.clone(), row.id_hash, now));
        now
    } else {
        seen
    };
    Ok(Some(Session {
        persona: row.persona,
        citizen: row.citizen_id,
        name: row.name,
        role,
        ends_at: (seen + IDLE).min(created + ABSOLUTE),
    }))
}

/// Writes “last seen”. If that fails the session merely ends earlier, so it is only logged.
async fn touch(database: Database, id_hash: String, now: DateTime<Utc>) {
    let written = async {
        let transaction = database.begin_write().await?;
        row::Entity::update_many()
            .col_expr(row::Column::SeenAt, Expr::value(now.timestamp()))
            .filter(row::Column::IdHash.eq(id_hash))
            .filter(row::Column::SeenAt.lte((now - TOUCH).timestamp()))
            .exec(&transaction)
            .await?;
        transaction.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "a session's last use was not written");
    }
}

/// Ends a session; an unknown id is no error.
///
/// # Errors
/// When the database fails.
pub async fn end(database: &Database, id: &str) -> Result<(), DbErr> {
    let transaction = database.begin_write().await?;
    row::Entity::delete_by_id(secret::hash(id)).exec(&transaction).await?;
    transaction.commit().await
}

async fn delete_expired(
    transaction: &DatabaseTransaction,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    row::Entity::delete_many()
        .filter(
            Condition::any()
                .add(row::Column::SeenAt.lte((now - IDLE).timestamp()))
                .add(row::Column::CreatedAt.lte((now - ABSOLUTE).timestamp())),
        )
        .exec(transaction)
        .await?;
    Ok(())
}

const ROLES: [(Role, &str); 5] = [
    (Role::Citizen, "citizen"),
    (Role::FundCaseworker, "fund_caseworker"),
    (Role::JobCentreCaseworker, "job_centre_caseworker"),
    (Role::Researcher, "researcher"),
    (Role::Administrator, "administrator"),
];

fn role_key(role: Role) -> &'static str {
    ROLES.iter().find(|(each, _)| *each == role).map_or("", |(_, key)| key)
}

fn role_of_key(key: &str) -> Option<Role> {
    ROLES.iter().find(|(_, each)| *each == key).map(|(role, _)| *role)
}
