//! Searching a caseload: who belongs to it, who is left by search and filters, in which order.

use chrono::{Days, NaiveDate};
use jobnet_api::account::Deadline;
use jobnet_api::casework::{
    CaseloadCounts, CaseloadFilter, CaseloadQuery, CaseloadRow, CaseloadSort, ENDS_SOON_MONTHS,
    MAX_PAGE_SIZE, MAX_SEARCH_CHARS, NEW_DAYS,
};
use jobnet_rules::units::{Hours, Month};
use sea_orm::sea_query::{
    CaseStatement, Expr, ExprTrait, Func, LikeExpr, NullOrdering, SimpleExpr,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{fold, row};
use crate::db::registers::{citizens, month_from_db, month_to_db, word};
use crate::problem::FieldProblem;
use crate::relation::organisation_column;
use crate::session::Session;

/// Whose caseload, and what the search text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The caseworker.
    pub session: &'a Session,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// If the search text is a CPR number: whose it is, if anyone's.
    pub by_cpr: Option<Option<i32>>,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows of the page.
    pub rows: Vec<CaseloadRow>,
    /// Their numbers in the database, in the same order.
    pub citizens: Vec<i32>,
    /// How many there are on all pages together.
    pub total: u64,
    /// How many each filter would leave.
    pub counts: CaseloadCounts,
}

/// What cannot be used in a query, by JSON pointer; empty when all is well.
pub fn problems(query: &CaseloadQuery) -> Vec<(&'static str, FieldProblem)> {
    let mut problems = Vec::new();
    if query.search.chars().count() > MAX_SEARCH_CHARS {
        problems.push(("/search", FieldProblem::TooLong(MAX_SEARCH_CHARS)));
    }
    if query.search.chars().any(char::is_control) {
        problems.push(("/search", FieldProblem::ControlCharacters));
    }
    if query.page == 0 {
        problems.push(("/page", FieldProblem::NoPage));
    }
    if !(1..=MAX_PAGE_SIZE).contains(&query.page_size) {
        problems.push(("/page_size", FieldProblem::PageSize(MAX_PAGE_SIZE)));
    }
    problems
}

/// A page of the caseload.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn search(
    connection: &impl ConnectionTrait,
    scope: &Scope<'_>,
    query: &CaseloadQuery,
) -> Result<Page, DbErr> {
    let found = found(scope, query);
    let counts = counts(connection, scope, found.clone()).await?;
    let mut chosen = found;
    for filter in &query.filters {
        chosen = chosen.add(condition(*filter, scope.today));
    }
    let total = match query.filters.as_slice() {
        [] => counts.all,
        [one] => count_of(&counts, *one),
        _ => {
            let rows = row::Entity::find().filter(chosen.clone()).select_only();
            let total = rows.expr_as(Func::count(Expr::col(row::Column::CitizenId)), "total");
            total.into_tuple::<i64>().one(connection).await?.unwrap_or_default().cast_unsigned()
        }
    };
    let (column, order) = (
        match query.sort {
            CaseloadSort::Name => row::Column::NameKey,
            CaseloadSort::RunsOut => row::Column::RunsOutMonth,
            CaseloadSort::KarensMissing => row::Column::KarensMissing,
            CaseloadSort::RegisteredOn => row::Column::RegisteredOn,
            CaseloadSort::NextDeadline => row::Column::DeadlineOn,
        },
        if query.descending { Order::Desc } else { Order::Asc },
    );
    let mut page = row::Entity::find().filter(chosen);
    page = match query.sort {
        // Never empty: in the order of the index.
        CaseloadSort::Name => page.order_by(column, order),
        _ => page
            .order_by_with_nulls(column, order, NullOrdering::Last)
            .order_by_asc(row::Column::NameKey),
    };
    let rows = page
        .order_by_asc(row::Column::CitizenId)
        .offset(u64::from(query.page.saturating_sub(1)) * u64::from(query.page_size))
        .limit(u64::from(query.page_size))
        .all(connection)
        .await?;
    let citizens: Vec<i32> = rows.iter().map(|row| row.citizen_id).collect();
    let ids = public_ids(connection, &citizens).await?;
    let rows = rows.into_iter().map(|row| {
        let id = ids.iter().find(|(citizen, _)| *citizen == row.citizen_id);
        wire(row, id.map(|(_, id)| id.clone()).unwrap_or_default())
    });
    Ok(Page { rows: rows.collect::<Result<_, _>>()?, citizens, total, counts })
}

/// Who belongs to the caseload and is left by search and `mine`.
fn found(scope: &Scope<'_>, query: &CaseloadQuery) -> Condition {
    let organisation = scope.session.organisation.as_deref();
    let of = organisation_column(scope.session.role).zip(organisation);
    let mut found = match of {
        Some((column, organisation)) => Condition::all().add(Expr::col(column).eq(organisation)),
        // Nobody belongs to someone without an organisation.
        None => Condition::any().add(Expr::val(1).eq(0)),
    };
    if query.mine {
        found = found.add(row::Column::Caseworker.eq(&scope.session.name));
    }
    match scope.by_cpr {
        Some(citizen) => found.add(row::Column::CitizenId.eq(citizen.unwrap_or_default())),
        None => fold(&query.search)
            .split_whitespace()
            .map(|word| {
                let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                Expr::col(row::Column::NameKey)
                    .like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
            })
            .fold(found, Condition::add),
    }
}

/// The citizens a filter leaves.
fn condition(filter: CaseloadFilter, today: NaiveDate) -> Condition {
    let month = |ahead: i32| month_to_db(Month::of(today).plus(ahead));
    let all = Condition::all();
    match filter {
        CaseloadFilter::BenefitEndsSoon => {
            all.add(row::Column::RunsOutMonth.lte(month(ENDS_SOON_MONTHS)))
        }
        CaseloadFilter::KarensAhead => all
            .add(row::Column::KarensState.eq("open"))
            .add(row::Column::KarensWindowTo.between(month(0), month(1))),
        CaseloadFilter::New => {
            let first = today.checked_sub_days(Days::new(u64::from(NEW_DAYS))).unwrap_or(today);
            all.add(row::Column::RegisteredOn.between(first, today))
        }
        CaseloadFilter::SickListed => all.add(row::Column::SickSince.is_not_null()),
    }
}

async fn counts(
    connection: &impl ConnectionTrait,
    scope: &Scope<'_>,
    found: Condition,
) -> Result<CaseloadCounts, DbErr> {
    let count = |filter| -> SimpleExpr {
        let one = CaseStatement::new().case(condition(filter, scope.today), 1);
        Func::count(Expr::Case(Box::new(one))).into()
    };
    let counted = row::Entity::find()
        .filter(found)
        .select_only()
        .expr_as(Func::count(Expr::col(row::Column::CitizenId)), "everyone")
        .expr_as(count(CaseloadFilter::BenefitEndsSoon), "ends_soon")
        .expr_as(count(CaseloadFilter::KarensAhead), "karens_ahead")
        .expr_as(count(CaseloadFilter::New), "newly_registered")
        .expr_as(count(CaseloadFilter::SickListed), "sick_listed")
        .into_tuple::<(i64, i64, i64, i64, i64)>()
        .one(connection)
        .await?;
    let (all, ends_soon, karens, new, sick) = counted.unwrap_or_default();
    Ok(CaseloadCounts {
        all: all.cast_unsigned(),
        benefit_ends_soon: ends_soon.cast_unsigned(),
        karens_ahead: karens.cast_unsigned(),
        new: new.cast_unsigned(),
        sick_listed: sick.cast_unsigned(),
    })
}

const fn count_of(counts: &CaseloadCounts, filter: CaseloadFilter) -> u64 {
    match filter {
        CaseloadFilter::BenefitEndsSoon => counts.benefit_ends_soon,
        CaseloadFilter::KarensAhead => counts.karens_ahead,
        CaseloadFilter::New => counts.new,
        CaseloadFilter::SickListed => counts.sick_listed,
    }
}

async fn public_ids(
    connection: &impl ConnectionTrait,
    citizens: &[i32],
) -> Result<Vec<(i32, String)>, DbErr> {
    citizens::Entity::find()
        .filter(citizens::Column::Id.is_in(citizens.iter().copied()))
        .select_only()
        .columns([citizens::Column::Id, citizens::Column::PublicId])
        .into_tuple()
        .all(connection)
        .await
}

fn wire(row: row::Model, citizen: String) -> Result<CaseloadRow, DbErr> {
    let month = |number: Option<i32>| {
        let wrong = |number| DbErr::Type(format!("caseload holds {number}, which is no month"));
        number.map(|number| month_from_db(number).ok_or_else(|| wrong(number))).transpose()
    };
    let deadline = row.deadline_kind.as_deref().map(word).transpose()?.zip(row.deadline_on);
    Ok(CaseloadRow {
        citizen,
        name: row.name,
        birth_date: row.birth_date,
        scheme: word(&row.scheme)?,
        registered_on: row.registered_on,
        caseworker: row.caseworker,
        remaining_hours: row.remaining_hours.map(Hours::from_hundredths),
        runs_out_month: month(row.runs_out_month)?,
        frame_ends_on: row.frame_ends_on,
        karens_state: row.karens_state.as_deref().map(word).transpose()?,
        karens_window_to: month(row.karens_window_to)?,
        karens_missing_hours: row.karens_missing.map(Hours::from_hundredths),
        sick_since: row.sick_since,
        next_deadline: deadline.map(|(kind, on)| Deadline { kind, on }),
    })
}
