//! How a citizen stands to a caseworker: hers now, hers once, a guest's with a reason, or nothing.
//! Figures and pages are others' business.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::access::Relation;
use jobnet_api::boot::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query};
use sea_orm::{ConnectionTrait, DbErr};

use crate::db::registers::FOREVER;
use crate::session::Session;

/// Whom a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Her number in the database; `None`: nobody who exists.
    pub citizen: Option<i32>,
    /// How she stands to who asks.
    pub relation: Relation,
    /// Why a guest looks.
    pub reason: Option<String>,
    /// Of one who was hers once, the last day of it: what was known later is not hers to see.
    pub last_day: Option<NaiveDate>,
}

impl Subject {
    /// The citizen who is signed in.
    pub fn herself(citizen: i32) -> Self {
        Self { citizen: Some(citizen), relation: Relation::Herself, reason: None, last_day: None }
    }

    /// Nobody who exists.
    pub(crate) fn nobody() -> Self {
        Self { citizen: None, relation: Relation::Stranger, reason: None, last_day: None }
    }
}

/// The column of `citizen_facts` that names a caseworker's organisation.
pub(crate) fn organisation_column(role: Role) -> Option<&'static str> {
    match role {
        Role::FundCaseworker => Some("fund"),
        Role::JobCentreCaseworker => Some("job_centre"),
        Role::Citizen | Role::Researcher | Role::Administrator => None,
    }
}

/// The citizen of a random id, and how she stands to who is signed in; `None`: there is no such
/// citizen. One round trip, whatever the answer.
///
/// # Errors
/// When the database fails.
pub async fn of_public_id(
    connection: &impl ConnectionTrait,
    public_id: &str,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Option<Subject>, DbErr> {
    let (Some(column), Some(organisation)) =
        (organisation_column(session.role), session.organisation.as_deref())
    else {
        return Ok(None);
    };
    let left_on = Query::select()
        .expr(Func::max(Expr::col(("citizen_facts", "valid_to"))))
        .from("citizen_facts")
        .and_where(Expr::col(("citizen_facts", "citizen_id")).equals(("citizens", "id")))
        .and_where(Expr::col(("citizen_facts", column)).eq(organisation))
        // A version that was corrected the day it came was never in force.
        .and_where(
            Expr::col(("citizen_facts", "valid_to")).gt(Expr::col(("citizen_facts", "valid_from"))),
        )
        .take();
    let reason = Query::select()
        .column(("guest_access", "reason"))
        .from("guest_access")
        .and_where(Expr::col(("guest_access", "citizen_id")).equals(("citizens", "id")))
        .and_where(Expr::col(("guest_access", "handle")).eq(session.handle.as_str()))
        .and_where(Expr::col(("guest_access", "ends_at")).gt(now.timestamp()))
        .order_by(("guest_access", "ends_at"), Order::Desc)
        .limit(1)
        .take();
    let query = Query::select()
        .column(("citizens", "id"))
        .expr_as(Expr::SubQuery(None, Box::new(left_on.into())), "left_on")
        .expr_as(Expr::SubQuery(None, Box::new(reason.into())), "reason")
        .from("citizens")
        .and_where(Expr::col(("citizens", "public_id")).eq(public_id))
        .take();
    let Some(row) = connection.query_one(&query).await? else { return Ok(None) };
    let left_on: Option<NaiveDate> = row.try_get("", "left_on")?;
    let reason: Option<String> = row.try_get("", "reason")?;
    let relation = match (left_on, &reason) {
        (Some(FOREVER), _) => Relation::Caseload,
        (_, Some(_)) => Relation::Guest,
        (Some(_), None) => Relation::Former,
        (None, None) => Relation::Stranger,
    };
    let reason = reason.filter(|_| relation == Relation::Guest);
    let is_former = relation == Relation::Former;
    // On the day on which another version replaced the last of hers she was not hers any more.
    let last_day = left_on.filter(|_| is_former).and_then(|day| day.pred_opt());
    Ok(Some(Subject { citizen: Some(row.try_get("", "id")?), relation, reason, last_day }))
}
