//! Letters and receipts to a citizen: as a list, each as a file, and which she has opened.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use jobnet_api::letters::Letter;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::mailbox;
use crate::problem::{Failure, Language};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// The language receipts are written in; without it the one of `Accept-Language`. A message is in
    /// the language in which she got it.
    #[param(inline)]
    language: Option<jobnet_messages::Language>,
}

impl Parameters {
    fn language(&self, headers: &HeaderMap) -> jobnet_messages::Language {
        self.language.unwrap_or_else(|| Language::of(headers).of_messages())
    }
}

/// What was written to her, newest first: receipts of preparation forms and of reports of missing hours,
/// and every message that has reached her, as she got it.
#[utoipa::path(
    get,
    path = paths::MY_LETTERS, operation_id = "my_letters",
    params(Parameters),
    responses((status = 200, body = Vec<Letter>))
)]
pub(super) async fn list(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    let letters = mailbox::list(&app, citizen, parameters.language(&headers)).await?;
    Ok((NO_STORE, Json(letters)))
}

/// She has opened one of them. Only the first time counts.
#[utoipa::path(
    put,
    path = paths::MY_LETTER_READ, operation_id = "read_my_letter",
    params(("letter" = String, Path, description = "Its number")),
    responses((status = 204), (status = 404, body = Problem, description = "She has no such letter"))
)]
pub(super) async fn read(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    if mailbox::read(&app, citizen, &id, app.clock().now()).await? {
        return Ok((NO_STORE, StatusCode::NO_CONTENT));
    }
    Err(Failure::new(Code::NotFound))
}

/// One of them as a PDF file that can be read aloud (PDF/UA-1).
#[utoipa::path(
    get,
    path = paths::MY_LETTER_PDF, operation_id = "my_letter_pdf",
    params(("letter" = String, Path, description = "Its number"), Parameters),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem, description = "She has no such letter"),
    )
)]
pub(super) async fn pdf(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    let sheet = mailbox::sheet(&app, citizen, &id, parameters.language(&headers)).await?;
    let sheet = sheet.ok_or_else(|| Failure::new(Code::NotFound))?;
    let language = sheet.language;
    let file = app.printer().pdf(sheet).await?;
    // The name says nothing of her: it stays in the list of what was downloaded.
    let (tag, name) = match language {
        jobnet_messages::Language::Da => ("da", "attachment; filename=\"brev.pdf\""),
        jobnet_messages::Language::En => ("en", "attachment; filename=\"letter.pdf\""),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(tag)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ];
    Ok((NO_STORE, headers, file))
}
