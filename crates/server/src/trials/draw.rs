//! Drawing the next lot of a list within the transaction of an enrolment. The list is locked until
//! the transaction ends, so that no lot is given twice and none is left out.

use chrono::{DateTime, Utc};
use jobnet_trials::protocol::{Allocation, Protocol};
use jobnet_trials::randomise::{Clusters, Lots};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::rows::{assignment, cluster, list};
use super::{Running, TrialError};

/// The drawing of one lot.
pub(super) struct Draw<'a> {
    pub(super) transaction: &'a DatabaseTransaction,
    pub(super) trial: &'a Running,
    pub(super) now: DateTime<Utc>,
    pub(super) build: &'a str,
}

/// The lists of a trial.
pub(super) const UNITS: &str = "unit";
const CLUSTERS: &str = "cluster";

impl Draw<'_> {
    fn protocol(&self) -> &Protocol {
        &self.trial.protocol
    }

    fn lots(&self) -> Lots<'_> {
        Lots::new(&self.trial.seed, self.protocol())
    }

    /// The row of a unit, to be added; draws its cluster first, if it is part of one that was not
    /// drawn yet.
    pub(super) async fn unit(
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
            Allocation::Keyed {} => Next { seq: 0, last: None },
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
