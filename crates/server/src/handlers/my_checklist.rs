//! A citizen's checklist. Whoever has none does not come as far as this (`http::hers`).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jobnet_api::checklist::{CitizenChecklist, MyChecklist, NewMark, SavedMark, Sharing};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_checklist::item::Item;
use jobnet_checklist::mark::{MAX_NOTE_CHARS, MarkError};

use super::NO_STORE;
use super::body::Body;
use crate::access::CitizenId;
use crate::app::App;
use crate::checklist;
use crate::db::registers::word;
use crate::problem::{Failure, FieldProblem};
use crate::trials::arm::Enrol;

/// Her list.
#[utoipa::path(
    get,
    path = paths::MY_CHECKLIST, operation_id = "my_checklist",
    responses(
        (status = 200, body = MyChecklist),
        (status = 404, body = Problem, description = "She has none"),
    )
)]
pub(super) async fn get(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    let list = checklist::of_citizen(&app, citizen, today, now).await?;
    Ok((NO_STORE, Json(list.ok_or(Failure::new(Code::NotFound))?)))
}

/// Lets only those through who have a list.
async fn has_one(app: &App, citizen: i32) -> Result<(), Failure> {
    if checklist::is_withheld(app, citizen, Enrol::Never).await? {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// What she says of an item.
#[utoipa::path(
    put,
    path = paths::MY_CHECKLIST_ITEM, operation_id = "mark_checklist_item",
    params(("item" = Item, Path, description = "The item")),
    request_body = NewMark,
    responses(
        (status = 200, body = SavedMark, description = "What stands"),
        (status = 404, body = Problem, description = "She has no list, or there is no such item"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn mark(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(item): Path<String>,
    said: Result<Body<NewMark>, Failure>,
) -> Result<impl IntoResponse, Failure> {
    // Before what she sent is read: to whom has none, nothing is said of it.
    has_one(&app, citizen).await?;
    let item: Item = word(&item).map_err(|_| Failure::new(Code::NotFound))?;
    let Body(said) = said?;
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    let mut mark = said.mark;
    // A change that was made before today may arrive today.
    let said_on = today.min(said.made_at.date_naive());
    mark.check(said_on).map_err(|error| {
        Failure::invalid(vec![match error {
            MarkError::LongNote => ("/mark/note", FieldProblem::TooLong(MAX_NOTE_CHARS)),
            MarkError::Past(_) | MarkError::TooLate(_) => {
                ("/mark/state/until", FieldProblem::NotADate)
            }
        }])
    })?;
    mark.note = mark.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    let stands =
        checklist::mark(app.database(), citizen, item, mark, said.made_at.min(now)).await?;
    Ok((NO_STORE, Json(stands)))
}

/// She has looked at it today.
#[utoipa::path(
    put,
    path = paths::MY_CHECKLIST_SEEN, operation_id = "saw_checklist",
    responses((status = 204), (status = 404, body = Problem, description = "She has none"))
)]
pub(super) async fn saw(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    has_one(&app, citizen).await?;
    checklist::saw(app.database(), citizen, app.today(app.population().await?)).await?;
    Ok((NO_STORE, StatusCode::NO_CONTENT))
}

/// Whether her caseworker may see it.
#[utoipa::path(
    put,
    path = paths::MY_CHECKLIST_SHARING, operation_id = "share_checklist",
    request_body = Sharing,
    responses(
        (status = 200, body = Sharing),
        (status = 404, body = Problem, description = "She has none"),
    )
)]
pub(super) async fn share(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    sharing: Result<Body<Sharing>, Failure>,
) -> Result<impl IntoResponse, Failure> {
    has_one(&app, citizen).await?;
    let Body(sharing) = sharing?;
    checklist::share(app.database(), citizen, sharing.is_shared).await?;
    Ok((NO_STORE, Json(sharing)))
}

/// A citizen's list, if she shares it.
#[utoipa::path(
    get,
    path = paths::CITIZEN_CHECKLIST, operation_id = "citizen_checklist",
    params(("citizen" = String, Path, description = "Her random id")),
    responses(
        (status = 200, body = CitizenChecklist),
        (status = 404, body = Problem, description = "She does not share one, must not be seen, or does not exist"),
    )
)]
pub(super) async fn of_citizen(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let (today, now) = (app.today(app.population().await?), app.clock().now());
    let list = checklist::shared(&app, citizen, today, now).await?;
    Ok((NO_STORE, Json(list.ok_or(Failure::new(Code::NotFound))?)))
}
