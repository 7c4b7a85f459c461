//! What an arm decides, for programs that speak OFREP 0.3. Who is asked about is who is signed in;
//! an answer is never an exposure.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jobnet_api::arm::PREVIEW;
use jobnet_api::ofrep::{
    ErrorCode, Evaluation, EvaluationError, Flag, Flags, GeneralError, PREVIEW_TOKEN, Reason, Said,
    Value,
};
use jobnet_api::paths;
use jobnet_api::problem::Code;
use serde_json::Value as Given;

use super::{NO_STORE, body, is_known};
use crate::access::SignedIn;
use crate::app::App;
use crate::preview;
use crate::problem::{Failure, Language};
use crate::secret;
use crate::session::Session;
use crate::trials::arm::{self, Decision, Enrol};
use crate::trials::catalogue::{self, ACCOUNT};

/// One flag. It reads the assignment of who is signed in, and enrols her only where the first answer
/// of her page would.
#[utoipa::path(
    post,
    path = paths::OFREP_FLAG, operation_id = "ofrep_flag",
    params(("key" = String, Path, description = "The flag: a surface, or `SURFACE.SETTING`")),
    request_body = Evaluation,
    responses(
        (status = 200, body = Flag),
        (status = 400, body = EvaluationError),
        (status = 401, description = "Nobody is signed in"),
        (status = 403, description = "The targeting key is another's, the link has ended, or she is no citizen"),
        (status = 404, body = EvaluationError),
        (status = 413, body = GeneralError),
        (status = 429, description = "`Retry-After` says when to come back"),
        (status = 500, body = GeneralError),
        (status = 503, body = GeneralError),
    )
)]
pub(super) async fn one(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Failure> {
    let key = key.map_or_else(|_| String::new(), |Path(key)| key);
    let context = match context(&headers, &bytes) {
        Ok(context) => context,
        Err(wrong) => return Ok(wrong.of(Some(key))),
    };
    let asker = Asker::of(&app, &session, &context, &headers)?;
    let Some(name) = names().into_iter().find(|name| name.key() == key) else {
        let details = format!("Flag '{key}' was not found");
        return Ok(Wrong(ErrorCode::FlagNotFound, details).of(Some(key)));
    };
    // Elsewhere coming to the surface enrols, and to ask is not to come.
    let enrol = if name.surface == ACCOUNT { Enrol::IfEligible } else { Enrol::Never };
    let found = asker.found(&app, name.surface, enrol).await?;
    Ok((NO_STORE, Json(found.flag(&name))).into_response())
}

/// Every flag. It enrols nobody: programs ask it early, and for all flags.
#[utoipa::path(
    post,
    path = paths::OFREP_FLAGS, operation_id = "ofrep_flags",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer")),
    request_body = Evaluation,
    responses(
        (status = 200, body = Flags, headers(("ETag" = String, description = "Covers flags and context"))),
        (status = 304, description = "Nothing has changed"),
        (status = 400, body = EvaluationError),
        (status = 401, description = "Nobody is signed in"),
        (status = 403, description = "The targeting key is another's, the link has ended, or she is no citizen"),
        (status = 413, body = GeneralError),
        (status = 429, description = "`Retry-After` says when to come back"),
        (status = 500, body = GeneralError),
        (status = 503, body = GeneralError),
    )
)]
pub(super) async fn all(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Failure> {
    let context = match context(&headers, &bytes) {
        Ok(context) => context,
        Err(wrong) => return Ok(wrong.of(None)),
    };
    let asker = Asker::of(&app, &session, &context, &headers)?;
    let mut found = BTreeMap::new();
    for (surface, _) in catalogue::shown() {
        found.insert(surface.as_str(), asker.found(&app, surface, Enrol::Never).await?);
    }
    let flag = |name: &Name| found.get(name.surface).map(|found| found.flag(name));
    let flags = Flags { flags: names().iter().filter_map(flag).collect() };
    let text = serde_json::to_string(&(&session.handle, &context, &flags));
    let tag = format!("\"{}\"", secret::hash(&text.map_err(Failure::internal)?));
    let tagged = [(ETAG, tag.clone())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, NO_STORE, tagged).into_response());
    }
    Ok((NO_STORE, tagged, Json(flags)).into_response())
}

/// A failure of ours, as the protocol has it.
pub(crate) fn failed(failure: &Failure, language: Language) -> Response {
    let status = failure.status();
    match failure.code {
        Code::SignedOut | Code::Forbidden | Code::TooOften => status.into_response(),
        _ => {
            let error_details = failure.to_problem(language, None).detail;
            (status, Json(GeneralError { error_details })).into_response()
        }
    }
}

/// A question that cannot be answered.
struct Wrong(ErrorCode, String);

impl Wrong {
    fn of(self, key: Option<String>) -> Response {
        let Self(error_code, error_details) = self;
        let is_missing = error_code == ErrorCode::FlagNotFound;
        let status = if is_missing { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
        let error = EvaluationError { key, error_code, error_details };
        (status, NO_STORE, Json(error)).into_response()
    }
}

/// The context of a question; it names somebody.
fn context(headers: &HeaderMap, bytes: &Bytes) -> Result<serde_json::Map<String, Given>, Wrong> {
    let wrong = |code, details: &str| Wrong(code, details.to_owned());
    if !body::is_json(headers) {
        return Err(wrong(ErrorCode::ParseError, "The body must be called application/json"));
    }
    let body: Given = serde_json::from_slice(bytes)
        .map_err(|error| Wrong(ErrorCode::ParseError, format!("The body is not JSON: {error}")))?;
    let Some(Given::Object(context)) = body.get("context") else {
        return Err(wrong(ErrorCode::InvalidContext, "The body has no object 'context'"));
    };
    match context.get("targetingKey") {
        Some(Given::String(key)) if !key.is_empty() => Ok(context.clone()),
        Some(Given::String(_)) | None => {
            Err(wrong(ErrorCode::TargetingKeyMissing, "Context is missing targetingKey"))
        }
        Some(_) => Err(wrong(ErrorCode::InvalidContext, "targetingKey is not a string")),
    }
}

/// A flag: a surface with all its settings, or one of them.
struct Name {
    surface: &'static str,
    setting: Option<&'static str>,
}

impl Name {
    fn key(&self) -> String {
        match self.setting {
            Some(setting) => format!("{}.{setting}", self.surface),
            None => self.surface.to_owned(),
        }
    }
}

fn names() -> Vec<Name> {
    let flags = catalogue::shown().flat_map(|(surface, settings)| {
        let settings = settings.keys().map(|setting| Some(setting.as_str()));
        std::iter::once(None).chain(settings).map(|setting| Name { surface, setting })
    });
    flags.collect()
}

/// For whom is asked.
enum Asker {
    /// A citizen, by her number in the database.
    Citizen(i32),
    /// Whoever has a link.
    Preview(preview::Shown),
}

impl Asker {
    fn of(
        app: &App,
        session: &Session,
        context: &serde_json::Map<String, Given>,
        headers: &HeaderMap,
    ) -> Result<Self, Failure> {
        let forbidden = Failure::new(Code::Forbidden);
        if context.get("targetingKey").and_then(Given::as_str) != Some(session.handle.as_str()) {
            return Err(forbidden);
        }
        let Some(token) = headers.get(PREVIEW_TOKEN) else {
            return session.citizen.map(Self::Citizen).ok_or(forbidden);
        };
        let now = app.clock().now();
        let shown = token.to_str().ok().and_then(|token| preview::read(app.keys(), token, now));
        shown.map(Self::Preview).ok_or(forbidden)
    }

    async fn found(&self, app: &App, surface: &str, enrol: Enrol) -> Result<Found, Failure> {
        let citizen = match self {
            Self::Preview(shown) => return Ok(Found::preview(*shown, surface)),
            Self::Citizen(citizen) => *citizen,
        };
        let today = app.today(app.population().await?);
        let now = app.clock().now();
        let decision = arm::decision(app, surface, citizen, enrol, today, now).await;
        match decision.map_err(Failure::internal)? {
            Decision::Off => Ok(Found::nothing(Reason::Disabled)),
            Decision::Ordinary => Ok(Found::nothing(Reason::Unknown)),
            // To her there is no such trial.
            Decision::Served(served) if catalogue::withholds(&served.arm) => {
                Ok(Found::nothing(Reason::Disabled))
            }
            Decision::Served(served) => Ok(Found {
                reason: Reason::Split,
                variant: Some(served.arm.key.to_string()),
                settings: served.arm.settings,
                metadata: BTreeMap::from([
                    ("trial".to_owned(), Said::Text(served.trial.to_string())),
                    ("assignmentVersion".to_owned(), Said::Text(served.algorithm.to_owned())),
                    ("exposureLogged".to_owned(), Said::Is(false)),
                ]),
            }),
        }
    }
}

/// What a surface shows.
struct Found {
    reason: Reason,
    variant: Option<String>,
    settings: BTreeMap<String, String>,
    metadata: BTreeMap<String, Said>,
}

impl Found {
    fn nothing(reason: Reason) -> Self {
        let (settings, metadata) = (BTreeMap::new(), BTreeMap::new());
        Self { reason, variant: None, settings, metadata }
    }

    fn preview(shown: preview::Shown, surface: &str) -> Self {
        if surface != ACCOUNT {
            return Self::nothing(Reason::Unknown);
        }
        Self {
            reason: Reason::TargetingMatch,
            variant: Some(PREVIEW.to_owned()),
            settings: shown.settings(),
            metadata: BTreeMap::from([
                ("trial".to_owned(), Said::Text(PREVIEW.to_owned())),
                ("preview".to_owned(), Said::Is(true)),
                ("exposureLogged".to_owned(), Said::Is(false)),
            ]),
        }
    }

    fn flag(&self, name: &Name) -> Flag {
        let settings = &self.settings;
        let value = match name.setting {
            Some(setting) => settings.get(setting).cloned().map(Value::Text),
            None if settings.is_empty() => None,
            None => Some(Value::Settings(settings.clone())),
        };
        Flag {
            key: name.key(),
            reason: self.reason,
            variant: self.variant.clone(),
            value,
            metadata: self.metadata.clone(),
        }
    }
}
