//! The API described (OpenAPI 3.1), made of the routes and wire types themselves.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use jobnet_api::paths;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::problem::Failure;

#[derive(OpenApi)]
#[openapi(info(
    title = "Jobnet for the citizen",
    description = "A citizen's benefits and working hours. Hours and kroner are decimal numbers \
                   with at most two decimals; errors are RFC 9457 problem details."
))]
struct Base;

pub(super) fn base() -> Document {
    Base::openapi()
}

/// The document.
pub fn document() -> Document {
    super::routes().split_for_parts().1
}

/// This description.
#[utoipa::path(get, path = paths::OPENAPI, operation_id = "openapi", responses((status = 200, description = "OpenAPI 3.1")))]
pub(super) async fn get() -> Result<impl IntoResponse, Failure> {
    static TEXT: LazyLock<Result<String, Failure>> =
        LazyLock::new(|| document().to_json().map_err(Failure::internal));
    let text = TEXT.as_ref().map_err(Clone::clone)?;
    Ok(([(CONTENT_TYPE, "application/json")], text.as_str()))
}
