//! The citizen's data, to take away.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use jobnet_api::data::MyData;
use jobnet_api::paths;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::my_data;
use crate::problem::Failure;

/// Everything that is stored about her, every version of it.
#[utoipa::path(
    get,
    path = paths::MY_DATA, operation_id = "my_data",
    responses(
        (status = 200, body = MyData),
    )
)]
pub(super) async fn json(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let tables = my_data::collect(&app, citizen).await?;
    Ok((NO_STORE, Json(my_data::json(tables, app.clock().now()))))
}

/// The same as a ZIP archive of CSV files, one per table.
#[utoipa::path(
    get,
    path = paths::MY_DATA_ZIP, operation_id = "my_data_zip",
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
    )
)]
pub(super) async fn zip(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let tables = my_data::collect(&app, citizen).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"my-data.zip\""),
        ),
    ];
    Ok((NO_STORE, headers, my_data::zip(&tables)?))
}
