//! Sessions on the server: who is signed in. The browser holds a random id in a cookie; the
//! database holds only the id's SHA-256, so a stolen database opens no session. Deleting a row
//! revokes the session at every server at once.
//!
//! It must not know of cookies, routes or providers.

mod row;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::boot::Role;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, DatabaseTransaction};
use serde::{Deserialize, Serialize};

use crate::db::Database;
use crate::identity::{self, NewIdentity};
use crate::secret;

/// “Last seen” is written at most this often, so that reading does not write.
const TOUCH: TimeDelta = TimeDelta::seconds(60);

/// The least that a session lasts without a request outside a demo: its last use is written late.
pub const LEAST_IDLE_SECONDS: u32 = 120;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lifetimes {
    /// **Seconds** without a request.
    pub idle_seconds: u32,
    /// The same of a caseworker: shorter where other people's data is on the screen of a shared
    /// office.
    pub caseworker_idle_seconds: u32,
    /// **Seconds** in any case.
    pub longest_seconds: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        let minute = 60;
        Self {
            idle_seconds: 30 * minute,
            caseworker_idle_seconds: 15 * minute,
            longest_seconds: 8 * 60 * minute,
        }
    }
}

impl Lifetimes {
    /// A session of this role ends after this long without a request.
    pub fn idle(&self, role: Role) -> TimeDelta {
        let seconds = match role {
            Role::FundCaseworker | Role::JobCentreCaseworker => self.caseworker_idle_seconds,
            Role::Citizen | Role::Researcher | Role::Administrator => self.idle_seconds,
        };
        TimeDelta::seconds(seconds.into())
    }

    /// Whether sessions last long enough to be used.
    pub fn are_usable(&self) -> bool {
        let usable = LEAST_IDLE_SECONDS..=self.longest_seconds;
        usable.contains(&self.idle_seconds) && usable.contains(&self.caseworker_idle_seconds)
    }

    /// A session ends after this long in any case.
    pub fn longest(&self) -> TimeDelta {
        TimeDelta::seconds(self.longest_seconds.into())
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its id, as it is stored.
    pub key: String,
    /// Key of the demo identity, if she came in as one.
    pub persona: Option<String>,
    /// Her pseudonym in the record.
    pub handle: String,
    /// Her number in the database, if she is a citizen whom the registers know.
    pub citizen: Option<i32>,
    /// Name to show. Of a caseworker: as the registers write it.
    pub name: String,
    /// What she may be.
    pub role: Role,
    /// Of a caseworker: her fund or job centre, as the registers write it.
    pub organisation: Option<String>,
    /// When it ends unless she goes on.
    pub ends_at: DateTime<Utc>,
    /// When it ends in any case.
    pub ends_at_the_latest: DateTime<Utc>,
}

/// Who is about to be signed in.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Key of the demo identity.
    pub persona: Option<String>,
    /// Who she is for whoever vouches for her: the provider and its name for her.
    pub subject: String,
    /// The provider's name for its own session, if it gave one.
    pub provider_session: Option<String>,
    /// Her number in the database, if she is a citizen whom the registers know.
    pub citizen: Option<i32>,
    /// Name to show.
    pub name: String,
    /// What she may be.
    pub role: Role,
    /// Of a caseworker: her fund or job centre.
    pub organisation: Option<String>,
}

/// Whether asking for a session keeps it alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// It is used.
    Use,
    /// It is only looked at.
    Look,
}

/// Which sessions to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of one pseudonym.
    Handle(String),
    /// Those of one person, by the hash of her subject.
    Subject(String),
    /// Those that began with one session at the provider; and of this person, those of which nobody
    /// knows with which they began, since the provider did not say.
    Provider {
        /// The provider's name for its session.
        session: String,
        /// Whose it is, if that is known.
        subject: Option<String>,
    },
    /// All.
    All,
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

/// Starts a session, ends the one that the browser had (`previous`) and clears away those that
/// have run out. Returns the id for the cookie; a new one at every sign-in.
///
/// # Errors
/// When the database or the system's randomness fails.
pub async fn start(
    database: &Database,
    new: NewSession,
    previous: Option<&str>,
    lifetimes: &Lifetimes,
    now: DateTime<Utc>,
) -> Result<String, SessionError> {
    let id = secret::session_id()?;
    let transaction = database.begin_write().await?;
    delete_expired(&transaction, lifetimes, now).await?;
    if let Some(previous) = previous {
        row::Entity::delete_by_id(secret::hash(previous)).exec(&transaction).await?;
    }
    let subject_hash = secret::hash(&new.subject);
    let identity = NewIdentity {
        subject_hash: subject_hash.clone(),
        citizen: as_citizen(new.role, new.citizen),
        name: new.name.clone(),
    };
    let known = identity::know(&transaction, identity, now).await?;
    let row = row::ActiveModel {
        id_hash: Set(secret::hash(&id)),
        persona: Set(new.persona),
        handle: Set(known.handle),
        citizen_id: Set(as_citizen(new.role, new.citizen.or(known.citizen))),
        name: Set(new.name),
        role: Set(role_key(new.role).to_owned()),
        organisation: Set(new.organisation),
        provider_session_hash: Set(new.provider_session.as_deref().map(secret::hash)),
        subject_hash: Set(subject_hash),
        created_at: Set(now.timestamp()),
        seen_at: Set(now.timestamp()),
    };
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Which citizen a session is: one of the staff is none, even if she is a citizen at other times and
/// signs in under the same name.
fn as_citizen(role: Role, citizen: Option<i32>) -> Option<i32> {
    citizen.filter(|_| role == Role::Citizen)
}

/// The session of an id, if it lives.
///
/// # Errors
/// When the database fails.
pub async fn find(
    database: &Database,
    id: &str,
    touch: Touch,
    lifetimes: &Lifetimes,
    now: DateTime<Utc>,
) -> Result<Option<Session>, DbErr> {
    let Some(row) = row::find(database.read(), secret::hash(id)).await? else { return Ok(None) };
    let seen = row.seen_at;
    let Some(mut session) = living(row, lifetimes, now) else { return Ok(None) };
    if touch == Touch::Use && now.timestamp() - seen >= TOUCH.num_seconds() {
        // Reading must not wait for a writer (an import may hold the database for a while).
        tokio::spawn(touch_later(database.clone(), session.key.clone(), now));
        session.ends_at = (now + lifetimes.idle(session.role)).min(session.ends_at_the_latest);
    }
    Ok(Some(session))
}

/// Keeps a session alive: its last use is now.
///
/// # Errors
/// When the database fails.
pub async fn extend(
    database: &Database,
    session: Session,
    lifetimes: &Lifetimes,
    now: DateTime<Utc>,
) -> Result<Session, DbErr> {
    write_seen(database, &session.key, now).await?;
    let ends_at = (now + lifetimes.idle(session.role)).min(session.ends_at_the_latest);
    Ok(Session { ends_at, ..session })
}

/// The session of a row; `None` when it has run out or is not one of ours.
fn living(row: row::Model, lifetimes: &Lifetimes, now: DateTime<Utc>) -> Option<Session> {
    let created = DateTime::from_timestamp(row.created_at, 0)?;
    let seen = DateTime::from_timestamp(row.seen_at, 0)?;
    let role = role_of_key(&row.role)?;
    let ends_at_the_latest = created + lifetimes.longest();
    let ends_at = (seen + lifetimes.idle(role)).min(ends_at_the_latest);
    (now < ends_at).then_some(Session {
        key: row.id_hash,
        persona: row.persona,
        handle: row.handle,
        citizen: as_citizen(role, row.citizen_id),
        name: row.name,
        role,
        organisation: row.organisation,
        ends_at,
        ends_at_the_latest,
    })
}

/// Writes “last seen”. If that fails the session merely ends earlier, so it is only logged.
async fn touch_later(database: Database, key: String, now: DateTime<Utc>) {
    if let Err(error) = write_seen(&database, &key, now).await {
        tracing::warn!(%error, "a session's last use was not written");
    }
}

async fn write_seen(database: &Database, key: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let transaction = database.begin_write().await?;
    row::Entity::update_many()
        .col_expr(row::Column::SeenAt, Expr::value(now.timestamp()))
        .filter(row::Column::IdHash.eq(key))
        .filter(row::Column::SeenAt.lt(now.timestamp()))
        .exec(&transaction)
        .await?;
    transaction.commit().await
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

/// Ends sessions wherever they are used; how many.
///
/// # Errors
/// When the database fails.
pub async fn revoke(database: &Database, which: &Which) -> Result<u64, DbErr> {
    let transaction = database.begin_write().await?;
    let ended = revoke_in(&transaction, which).await?;
    transaction.commit().await?;
    Ok(ended)
}

/// The same as part of a transaction.
pub(crate) async fn revoke_in(
    transaction: &DatabaseTransaction,
    which: &Which,
) -> Result<u64, DbErr> {
    let chosen = match which {
        Which::Handle(handle) => Condition::all().add(row::Column::Handle.eq(handle)),
        Which::Subject(subject) => {
            Condition::all().add(row::Column::SubjectHash.eq(secret::hash(subject)))
        }
        Which::Provider { session, subject } => Condition::any()
            .add(row::Column::ProviderSessionHash.eq(secret::hash(session)))
            .add_option(subject.as_deref().map(|subject| {
                Condition::all()
                    .add(row::Column::ProviderSessionHash.is_null())
                    .add(row::Column::SubjectHash.eq(secret::hash(subject)))
            })),
        Which::All => Condition::all(),
    };
    let ended = row::Entity::delete_many().filter(chosen).exec(transaction).await?;
    Ok(ended.rows_affected)
}

async fn delete_expired(
    transaction: &DatabaseTransaction,
    lifetimes: &Lifetimes,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let begun = (now - lifetimes.longest()).timestamp();
    let mut over = Condition::any().add(row::Column::CreatedAt.lte(begun));
    for (role, key) in ROLES {
        over = over.add(
            Condition::all()
                .add(row::Column::Role.eq(key))
                .add(row::Column::SeenAt.lte((now - lifetimes.idle(role)).timestamp())),
        );
    }
    row::Entity::delete_many().filter(over).exec(transaction).await?;
    Ok(())
}

const ROLES: [(Role, &str); 5] = [
    (Role::Citizen, "citizen"),
    (Role::FundCaseworker, "fund_caseworker"),
    (Role::JobCentreCaseworker, "job_centre_caseworker"),
    (Role::Researcher, "researcher"),
    (Role::Administrator, "administrator"),
];

/// A role as it is stored.
pub(crate) fn role_key(role: Role) -> &'static str {
    ROLES.iter().find(|(each, _)| *each == role).map_or("", |(_, key)| key)
}

/// The inverse of [`role_key`].
pub(crate) fn role_of_key(key: &str) -> Option<Role> {
    ROLES.iter().find(|(_, each)| *each == key).map(|(role, _)| *role)
}
