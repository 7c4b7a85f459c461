//! Enrolment: a citizen gets her lot, once, whatever is asked at the same time at however many
//! servers. All of it is one transaction, committed before anything is shown.
//!
//! Locks are taken in one order, so that nobody waits in a circle: the trial (shared), her unit,
//! her cluster's list, her stratum's list.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::eligible::{Excluded, Fact, Facts};
use jobnet_trials::protocol::{Allocation, Protocol};
use jobnet_trials::randomise::{Clusters, Lots};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, LockType, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, TryInsertResult,
};

use super::rows::{assignment, baseline, cluster, exclusion, list, objection, trial, unit};
use super::{Running, TrialError};
use crate::db::Database;
use crate::secret;

/// A citizen's place in a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Her pseudonym in it.
    pub unit: String,
    /// The key of the arm that was drawn for her.
    pub arm: String,
    /// When.
    pub at: DateTime<Utc>,
    /// She has objected: she gets the ordinary page, and stays in the analysis as drawn.
    pub objected: bool,
}

/// What came of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assessed {
    /// She is in it.
    Enrolled(Enrolled),
    /// She may not be in it.
    Excluded(Excluded),
    /// It does not enrol now.
    NotNow,
}

/// Her place in a trial, if she is in it.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    trial: i32,
    citizen: i32,
) -> Result<Option<Enrolled>, TrialError> {
    let query = Query::select()
        .columns([("a", "unit"), ("a", "arm"), ("a", "assigned_at")])
        .column(("o", "at"))
        .from_as("trial_units", "u")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("a"))
        .join_as(JoinType::LeftJoin, "trial_objections", "o", same_unit("o"))
        .and_where(Expr::col(("u", "trial_id")).eq(trial))
        .and_where(Expr::col(("u", "citizen_id")).eq(citizen))
        .take();
    let Some(row) = connection.query_one(&query).await? else { return Ok(None) };
    Ok(Some(Enrolled {
        unit: row.try_get("", "unit")?,
        arm: row.try_get("", "arm")?,
        at: time(row.try_get("", "assigned_at")?)?,
        objected: row.try_get::<Option<i64>>("", "at")?.is_some(),
    }))
}

/// The rows of another table about the unit of `trial_units`, which is called `u`.
fn same_unit(table: &'static str) -> Condition {
    Condition::all()
        .add(Expr::col((table, "trial_id")).equals(("u", "trial_id")))
        .add(Expr::col((table, "unit")).equals(("u", "unit")))
}

/// Assesses a citizen and, if she may be in the trial, gives her the next lot.
///
/// # Errors
/// When the database fails or the design gives no lots. Nothing is stored then.
pub async fn enrol(
    database: &Database,
    trial: &Running,
    citizen: i32,
    facts: &Facts,
    today: NaiveDate,
    now: DateTime<Utc>,
    build: &str,
) -> Result<Assessed, TrialError> {
    let protocol = &trial.protocol;
    if trial.closed.is_some() || !(protocol.starts..=protocol.ends).contains(&today) {
        return Ok(Assessed::NotNow);
    }
    let stratum = match protocol.assess(facts) {
        Ok(stratum) => stratum,
        Err(excluded) => {
            exclude(database, trial.id, citizen, &excluded, now).await?;
            return Ok(Assessed::Excluded(excluded));
        }
    };
    let cluster = match protocol.clusters() {
        Clusters::None => None,
        Clusters::Arm(fact) | Clusters::Share(fact) => match facts.get(fact) {
            Some(Fact::Value(value)) => Some(value.clone()),
            Some(Fact::Number(number)) => Some(number.to_string()),
            None => {
                let excluded = Excluded::Unknown(fact.to_owned());
                exclude(database, trial.id, citizen, &excluded, now).await?;
                return Ok(Assessed::Excluded(excluded));
            }
        },
    };
    let transaction = database.begin_write().await?;
    // A step in the trial's life waits for this, or this for the step: then the version is another.
    let version = trial::Entity::find_by_id(trial.id)
        .lock(LockType::Share)
        .one(&transaction)
        .await?
        .map(|row| row.version);
    if version != Some(trial.version) {
        transaction.rollback().await?;
        return Ok(Assessed::NotNow);
    }
    let (unit, is_new) = unit_of(&transaction, trial.id, citizen).await?;
    // Of a pseudonym that was made just now there is nothing to be found.
    if !is_new {
        if let Some(enrolled) = find(&transaction, trial.id, citizen).await? {
            transaction.rollback().await?;
            return Ok(Assessed::Enrolled(enrolled));
        }
        let objection = objection::Entity::find_by_id((trial.id, unit.clone()));
        if objection.one(&transaction).await?.is_some() {
            transaction.rollback().await?;
            return Ok(Assessed::NotNow);
        }
    }
    let lot = Draw { transaction: &transaction, trial, now, build };
    let row = lot.unit(&unit, cluster, stratum).await?;
    let enrolled = Enrolled {
        unit: unit.clone(),
        arm: row.arm.clone(),
        at: time(row.assigned_at)?,
        objected: false,
    };
    assignment::Entity::insert(row.into_active_model())
        .exec_without_returning(&transaction)
        .await?;
    let known = baseline::ActiveModel {
        trial_id: Set(trial.id),
        unit: Set(unit),
        facts: Set(baseline_text(facts)),
    };
    baseline::Entity::insert(known).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(Assessed::Enrolled(enrolled))
}

/// Facts as they are stored: a JSON object of texts and numbers.
fn baseline_text(facts: &Facts) -> String {
    let fields = facts.iter().map(|(name, fact)| {
        let value = match fact {
            Fact::Value(value) => serde_json::Value::from(value.as_str()),
            Fact::Number(number) => serde_json::Value::from(*number),
        };
        (name.clone(), value)
    });
    serde_json::Value::Object(fields.collect()).to_string()
}

fn time(at: i64) -> Result<DateTime<Utc>, TrialError> {
    DateTime::from_timestamp_millis(at).ok_or_else(|| TrialError::stored("a time that is none"))
}

/// Her pseudonym in a trial, made if she has none, and whether it was; locked until the end of the
/// transaction.
pub(super) async fn unit_of(
    transaction: &DatabaseTransaction,
    trial: i32,
    citizen: i32,
) -> Result<(String, bool), TrialError> {
    let new = secret::unit().map_err(crate::keys::KeyError::Random)?;
    let row = unit::ActiveModel {
        trial_id: Set(trial),
        citizen_id: Set(citizen),
        unit: Set(new.clone()),
    };
    let inserted = unit::Entity::insert(row)
        .on_conflict_do_nothing_on([unit::Column::TrialId, unit::Column::CitizenId])
        .exec_without_returning(transaction)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        return Ok((new, true));
    }
    let row =
        unit::Entity::find_by_id((trial, citizen)).lock(LockType::Update).one(transaction).await?;
    let row = row.ok_or_else(|| TrialError::stored("a pseudonym vanished"))?;
    Ok((row.unit, false))
}

/// Notes that a citizen objects to being in a trial: from now on she gets the ordinary page. What
/// was drawn stays, and she is analysed as drawn.
///
/// # Errors
/// When the database fails.
pub async fn object(
    database: &Database,
    trial: i32,
    citizen: i32,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let transaction = database.begin_write().await?;
    let row = objection::ActiveModel {
        trial_id: Set(trial),
        unit: Set(unit_of(&transaction, trial, citizen).await?.0),
        at: Set(now.timestamp_millis()),
    };
    objection::Entity::insert(row)
        .on_conflict_do_nothing_on([objection::Column::TrialId, objection::Column::Unit])
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes away what leads from a citizen to her pseudonyms: what is left of her in the ledgers is
/// about nobody in particular. How many trials she was in.
///
/// # Errors
/// When the database fails.
pub async fn forget(database: &Database, citizen: i32) -> Result<u64, TrialError> {
    let transaction = database.begin_write().await?;
    let units =
        unit::Entity::find().filter(unit::Column::CitizenId.eq(citizen)).all(&transaction).await?;
    for unit in &units {
        baseline::Entity::delete_by_id((unit.trial_id, unit.unit.clone()))
            .exec(&transaction)
            .await?;
    }
    unit::Entity::delete_many()
        .filter(unit::Column::CitizenId.eq(citizen))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(units.len() as u64)
}

/// Notes once why she is not in it, for the count of those assessed (CONSORT 2025, item 22a).
async fn exclude(
    database: &Database,
    trial: i32,
    citizen: i32,
    excluded: &Excluded,
    now: DateTime<Utc>,
) -> Result<(), TrialError> {
    let reason = excluded.name();
    if let Some(known) = unit::Entity::find_by_id((trial, citizen)).one(database.read()).await? {
        let noted = exclusion::Entity::find_by_id((trial, known.unit, reason.clone()));
        if noted.one(database.read()).await?.is_some() {
            return Ok(());
        }
    }
    let transaction = database.begin_write().await?;
    let row = exclusion::ActiveModel {
        trial_id: Set(trial),
        unit: Set(unit_of(&transaction, trial, citizen).await?.0),
        reason: Set(reason),
        at: Set(now.timestamp_millis()),
    };
    exclusion::Entity::insert(row)
        .on_conflict_do_nothing_on([
            exclusion::Column::TrialId,
            exclusion::Column::Unit,
            exclusion::Column::Reason,
        ])
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The drawing of one lot.
struct Draw<'a> {
    transaction: &'a DatabaseTransaction,
    trial: &'a Running,
    now: DateTime<Utc>,
    build: &'a str,
}

/// The lists of a trial.
const UNITS: &str = "unit";
const CLUSTERS: &str = "cluster";

impl Draw<'_> {
    fn protocol(&self) -> &Protocol {
        &self.trial.protocol
    }

    fn lots(&self) -> Lots<'_> {
        Lots::new(&self.trial.seed, self.protocol())
    }

    async fn unit(
        &self,
        unit: &str,
        cluster: Option<String>,
        stratum: String,
    ) -> Result<assignment::Model, TrialError> {
        let row = |arm: String, place: Option<Place>| assignment::Model {
            trial_id: self.trial.id,
            unit: unit.to_owned(),
            cluster: cluster.clone(),
            arm,
            stratum: stratum.clone(),
            seq: place.map(|place| place.seq),
            block: place.map(|place| place.block),
            position: place.map(|place| place.position),
            algorithm: self.protocol().algorithm().to_owned(),
            assigned_at: self.now.timestamp_millis(),
            build: self.build.to_owned(),
        };
        let share = match (self.protocol().clusters(), &cluster) {
            (Clusters::Arm(_), Some(cluster)) => {
                let drawn = self.cluster(cluster, &stratum).await?;
                return Ok(row(drawn.drawn, None));
            }
            (Clusters::Share(_), Some(cluster)) => {
                let drawn = self.cluster(cluster, "").await?;
                Some(drawn.drawn.parse::<u16>().map_err(TrialError::stored)?)
            }
            _ => None,
        };
        let next = match self.protocol().allocation {
            Allocation::Blocks { .. } => self.next(UNITS, &stratum).await?,
            // Not from a list: nobody waits for anybody.
            Allocation::Keyed => Next { seq: 0, last: None },
        };
        let lot = self.lots().arm(unit, &stratum, share, next.last)?;
        let place = self.taken(UNITS, &stratum, next, lot.place).await?;
        Ok(row(lot.drawn.key.to_string(), place))
    }

    /// What was drawn for a cluster; its first unit draws it.
    async fn cluster(&self, name: &str, stratum: &str) -> Result<cluster::Model, TrialError> {
        let find = || cluster::Entity::find_by_id((self.trial.id, name.to_owned()));
        if let Some(drawn) = find().one(self.transaction).await? {
            return Ok(drawn);
        }
        let next = self.next(CLUSTERS, stratum).await?;
        // Somebody else may have drawn it while we waited for the list.
        if let Some(drawn) = find().one(self.transaction).await? {
            return Ok(drawn);
        }
        let (drawn, place) = match self.protocol().clusters() {
            Clusters::Share(_) => {
                let lot = self.lots().share(name, next.last)?;
                (lot.drawn.to_string(), lot.place)
            }
            _ => {
                let lot = self.lots().arm(name, stratum, None, next.last)?;
                (lot.drawn.key.to_string(), lot.place)
            }
        };
        let place = self.taken(CLUSTERS, stratum, next, place).await?;
        let row = cluster::Model {
            trial_id: self.trial.id,
            cluster: name.to_owned(),
            stratum: stratum.to_owned(),
            seq: place.map(|place| place.seq),
            block: place.map(|place| place.block),
            position: place.map(|place| place.position),
            drawn,
            algorithm: self.protocol().algorithm().to_owned(),
            assigned_at: self.now.timestamp_millis(),
            build: self.build.to_owned(),
        };
        cluster::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(self.transaction)
            .await?;
        Ok(row)
    }

    /// Where the next lot of a list is; the list is ours until the end of the transaction.
    async fn next(&self, purpose: &str, stratum: &str) -> Result<Next, TrialError> {
        let first = list::ActiveModel {
            trial_id: Set(self.trial.id),
            purpose: Set(purpose.to_owned()),
            stratum: Set(stratum.to_owned()),
            next: Set(0),
            block: Set(None),
            position: Set(None),
        };
        // Changing nothing locks the row, whether it was there or not.
        let keep = OnConflict::columns([
            list::Column::TrialId,
            list::Column::Purpose,
            list::Column::Stratum,
        ])
        .value(list::Column::Next, Expr::col((list::Entity, list::Column::Next)))
        .to_owned();
        let row = list::Entity::insert(first)
            .on_conflict(keep)
            .exec_with_returning(self.transaction)
            .await?;
        let number = |number: i32| u32::try_from(number).map_err(TrialError::stored);
        let last = match (row.block, row.position) {
            (Some(block), Some(position)) => Some((number(block)?, number(position)?)),
            _ => None,
        };
        Ok(Next { seq: row.next, last })
    }

    /// Moves a list on, past a lot that came from it.
    async fn taken(
        &self,
        purpose: &str,
        stratum: &str,
        next: Next,
        place: Option<(u32, u32)>,
    ) -> Result<Option<Place>, TrialError> {
        let Some((block, position)) = place else { return Ok(None) };
        let number = |number: u32| i32::try_from(number).map_err(TrialError::stored);
        let place = Place { seq: next.seq, block: number(block)?, position: number(position)? };
        list::Entity::update_many()
            .col_expr(list::Column::Next, Expr::value(next.seq + 1))
            .col_expr(list::Column::Block, Expr::value(place.block))
            .col_expr(list::Column::Position, Expr::value(place.position))
            .filter(list::Column::TrialId.eq(self.trial.id))
            .filter(list::Column::Purpose.eq(purpose))
            .filter(list::Column::Stratum.eq(stratum))
            .exec(self.transaction)
            .await?;
        Ok(Some(place))
    }
}

/// Where a list is.
#[derive(Clone, Copy)]
struct Next {
    seq: i32,
    last: Option<(u32, u32)>,
}

/// Where a lot was.
#[derive(Clone, Copy)]
struct Place {
    seq: i32,
    block: i32,
    position: i32,
}
