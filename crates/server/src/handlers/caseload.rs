//! A caseworker's caseload.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::access::{Purpose, Relation};
use jobnet_api::casework::{Caseload, CaseloadQuery};
use jobnet_api::paths;
use jobnet_api::problem::Problem;

use super::NO_STORE;
use super::body::Body;
use crate::access::{Shown, SignedIn};
use crate::app::App;
use crate::caseload::{self, Scope};
use crate::cpr;
use crate::problem::Failure;

/// A page of the citizens of her fund or job centre. Each citizen shown is in the record.
#[utoipa::path(
    post,
    path = paths::CASELOAD, operation_id = "search_caseload",
    request_body = CaseloadQuery,
    responses(
        (status = 200, body = Caseload),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn search(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(query): Body<CaseloadQuery>,
) -> Result<impl IntoResponse, Failure> {
    let problems = caseload::problems(&query);
    if !problems.is_empty() {
        return Err(Failure::invalid(problems));
    }
    let database = app.database();
    let number = cpr::parse(query.search.trim()).ok();
    let by_cpr = match &number {
        Some(number) => Some(cpr::find(database.read(), app.keys(), number).await?),
        None => None,
    };
    let today = app.today(app.population().await?);
    let scope = Scope { session: &session, today, by_cpr };
    let page = caseload::search(database.read(), &scope, &query).await?;
    let state = caseload::state(database.read()).await?;
    let is_current = caseload::is_current(database.read(), today).await?;
    let shown = Shown {
        citizens: page.citizens,
        relation: Relation::Caseload,
        purpose: Purpose::Search,
        reason: None,
        criterion: Some(criterion(&app, &query)?),
    };
    let answer = Caseload {
        rows: page.rows,
        total: page.total,
        counts: page.counts,
        page: query.page,
        page_size: query.page_size,
        figures_as_of: state.map(|state| state.as_of),
        is_current,
    };
    Ok((NO_STORE, Extension(shown), Json(answer)))
}

/// The caseload as it is first shown: everyone, by name. As nobody is searched for, it can be asked for
/// by an address, which the document of her first page names. Recorded as the same search is.
#[utoipa::path(
    get,
    path = paths::CASELOAD, operation_id = "first_caseload",
    responses((status = 200, body = Caseload))
)]
pub(super) async fn first(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<impl IntoResponse, Failure> {
    search(State(app), SignedIn(session), Body(CaseloadQuery::default())).await
}

/// The query as it is recorded: CPR numbers by their keyed hash only, and nothing else that may be
/// one.
fn criterion(app: &App, query: &CaseloadQuery) -> Result<String, Failure> {
    let named = |number: &str| format!("CPR number {}", app.keys().index(number));
    let search = cpr::veiled(&query.search, named);
    serde_json::to_string(&CaseloadQuery { search, ..query.clone() }).map_err(Failure::internal)
}
