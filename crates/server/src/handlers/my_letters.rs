//! Letters and receipts to a citizen: as a list, and each as a file.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::profile::{Letter, LetterKind};
use serde::Deserialize;
use utoipa::IntoParams;

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::letters::Dated;
use crate::problem::{Failure, Language};
use crate::{profiles, reports};

/// Her receipts, newest first: of preparation forms and of reports of missing hours.
#[utoipa::path(
    get,
    path = paths::MY_LETTERS, operation_id = "my_letters",
    responses((status = 200, body = Vec<Letter>))
)]
pub(super) async fn list(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let sent = profiles::submissions(database, citizen).await?.into_iter().map(|sent| Letter {
        id: sent.id,
        sent_at: sent.received_at,
        kind: LetterKind::ProfileReceipt { receipt: sent.receipt },
    });
    let reports = reports::of_citizen(database, citizen).await?.into_iter().map(|report| Letter {
        id: report.id,
        sent_at: report.received_at,
        kind: LetterKind::HoursReport {},
    });
    let mut letters: Vec<Letter> = sent.chain(reports).collect();
    // Of the same second each kind stays in its own order.
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.sent_at));
    Ok((NO_STORE, Json(letters)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// The language it is written in; without it the one of `Accept-Language`.
    #[param(inline)]
    language: Option<jobnet_messages::Language>,
}

/// One of her receipts as a PDF file that can be read aloud (PDF/UA-1).
#[utoipa::path(
    get,
    path = paths::MY_LETTER_PDF, operation_id = "my_letter_pdf",
    params(("letter" = String, Path, description = "Number of the receipt"), Parameters),
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
    let language = parameters.language.unwrap_or_else(|| Language::of(&headers).of_messages());
    let letter = of_citizen(&app, citizen, &id, language).await?;
    let file = app.printer().pdf(letter.ok_or_else(|| Failure::new(Code::NotFound))?).await?;
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

/// The letter of that number, if it is one of hers.
async fn of_citizen(
    app: &App,
    citizen: i32,
    id: &str,
    language: jobnet_messages::Language,
) -> Result<Option<Dated>, Failure> {
    let database = app.database().read();
    let submissions = profiles::submissions(database, citizen).await?;
    if let Some(sent) = submissions.iter().find(|sent| sent.id == id) {
        return Ok(Some(Dated::of_form(language, sent)));
    }
    let reports = reports::of_citizen(database, citizen).await?;
    let report = reports.iter().find(|report| report.id == id);
    Ok(report.map(|report| Dated::of_report(language, report)))
}
