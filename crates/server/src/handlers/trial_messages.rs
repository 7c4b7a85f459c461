//! What a trial sends, for those who run it. It tells of no citizen.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jobnet_api::outbox::MessageChannel;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use jobnet_api::trial_messages::{MessageContent, TrialMessages};
use jobnet_messages::Language;

use super::NO_STORE;
use super::trials::{failure, looked};
use crate::app::App;
use crate::db::registers::word;
use crate::dispatch;
use crate::letters::Dated;
use crate::problem::Failure;
use crate::trials::store;

/// Every message of every arm as its recipient sees it, and when it is sent, with counts by arm.
#[utoipa::path(
    get,
    path = paths::TRIAL_MESSAGES, operation_id = "trial_messages",
    params(("trial" = String, Path, description = "Its key")),
    responses((status = 200, body = TrialMessages), (status = 404, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let stored = store::load(database, &key).await.map_err(failure)?;
    let site = app.config().base_url();
    let messages = dispatch::messages(database, &stored, &site).await.map_err(failure)?;
    Ok((NO_STORE, Extension(looked(&key, "messages")), Json(messages)))
}

/// One of its messages as a file, to somebody made up: a letter as a PDF file that can be read aloud
/// (PDF/UA-1), an e-mail as the HTML that is sent.
#[utoipa::path(
    get,
    path = paths::TRIAL_MESSAGE, operation_id = "trial_message",
    params(
        ("trial" = String, Path, description = "Its key"),
        ("step" = String, Path, description = "The step of its protocol"),
        ("file" = String, Path, description = "`CHANNEL-LANGUAGE.pdf` or `email-LANGUAGE.html`"),
    ),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem),
    )
)]
pub(super) async fn file(
    State(app): State<App>,
    Path((key, step, file)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let nowhere = || Failure::new(Code::NotFound);
    let stored = store::load(app.database().read(), &key).await.map_err(failure)?;
    let (name, kind) = file.rsplit_once('.').ok_or_else(nowhere)?;
    let (channel, language) = name.rsplit_once('-').ok_or_else(nowhere)?;
    let channel: MessageChannel = word(channel).map_err(|_| nowhere())?;
    let language: Language = word(language).map_err(|_| nowhere())?;
    let site = app.config().base_url();
    let content = dispatch::message(&stored, &site, &step, channel, language);
    let (bytes, kind) = match (content.ok_or_else(nowhere)?, kind) {
        (MessageContent::Email { html, .. }, "html") => {
            (html.into_bytes(), "text/html; charset=utf-8")
        }
        (content, "pdf") => {
            let date = app.today(app.population().await?);
            let sheet = sheet(content, language, date);
            (app.printer().pdf(sheet.ok_or_else(nowhere)?).await?, "application/pdf")
        }
        _ => return Err(nowhere()),
    };
    Ok((NO_STORE, [(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes))
}

/// A message as a sheet of paper; an e-mail is none: it is looked at as what it is.
fn sheet(content: MessageContent, language: Language, date: chrono::NaiveDate) -> Option<Dated> {
    let (letter, recipient) = match content {
        MessageContent::Letter { letter, address } => (letter, address),
        MessageContent::DigitalPost { letter, .. } => (letter, Vec::new()),
        MessageContent::Email { .. } | MessageContent::NemSms { .. } => return None,
    };
    Some(Dated { letter, language, date, number: String::new(), recipient })
}
