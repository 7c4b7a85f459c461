//! The first answer of a page load.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jobnet_api::boot::Boot;
use jobnet_api::paths;

use super::{NO_STORE, demo, me};
use crate::access::Visitor;
use crate::app::App;
use crate::problem::Failure;
use crate::trials::arm;
use crate::{assemble, checklist};

/// Who is signed in, her account if she is a citizen, and in a demo the ways in.
#[utoipa::path(get, path = paths::BOOT, operation_id = "boot", responses((status = 200, body = Boot)))]
pub(super) async fn get(
    State(app): State<App>,
    Visitor(session): Visitor,
) -> Result<impl IntoResponse, Failure> {
    let population = app.population().await?;
    let today = app.today(population);
    let now = app.clock().now();
    let (account, arm, has_checklist) = match session.as_ref().and_then(|session| session.citizen) {
        Some(citizen) => tokio::join!(
            assemble::facts(app.database().read(), citizen, today, now),
            arm::of_citizen(&app, citizen, today, now),
            checklist::is_given(&app, citizen, today, now),
        ),
        None => (Ok(None), None, false),
    };
    let boot = Boot {
        today,
        synthetic: population.synthetic,
        sign_in_at: app.oidc().map(|_| paths::AUTH_LOGIN.to_owned()),
        personas: demo::offered(&app, population),
        me: session.map(|session| me::of(session, now)),
        account: account?,
        arm,
        has_checklist,
        preview: false,
    };
    Ok((NO_STORE, Json(boot)))
}
