//! Who may do what: one table, enforced in one place, walked completely by a test. A route that is
//! not in it is closed. What the table calls personal is recorded here, before it is answered.

mod recording;
mod table;

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use jobnet_api::access::{Category, Purpose, Relation};
use jobnet_api::boot::Role;
use jobnet_api::paths;
use jobnet_api::problem::Code;

use crate::app::App;
use crate::cookie;
use crate::limits::{Pace, TooOften};
use crate::problem::Failure;
use crate::record::Entry;
use crate::relation::{self, Subject};
use crate::session::{self, Session, Touch};

use recording::entries;
pub use recording::{Recording, Shown};
use table::rule;
pub use table::{Record, Rule, TABLE, Who};

/// A request that is let through.
struct Grant {
    session: Option<Session>,
    subject: Option<Subject>,
    record: Record,
}

/// A request whose address has been counted already.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted;

/// Lets a request through or not, tells the handler who is signed in and whom it is about, and
/// records what is shown. No record, no answer.
pub async fn enforce(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let asked = Asked::of(&app, &request);
    let (address, pace) = (asked.address, asked.rule.map_or(Pace::Ordinary, |rule| rule.pace));
    let is_public = asked.rule.is_some_and(|rule| rule.who == Who::Public);
    let is_counted = !is_public && pace != Pace::Uncounted;
    let is_counted = is_counted && request.extensions().get::<Counted>().is_none();
    if is_counted && let Err(too_often) = app.limits().count_address(address, pace) {
        return refused(too_often);
    }
    let checked = check(&app, asked).await;
    let session = checked.as_ref().ok().and_then(|grant| grant.session.as_ref());
    let counted = match session {
        Some(_) if pace == Pace::Uncounted => Ok(()),
        Some(session) => app.limits().count_session(&session.key, pace),
        None if is_public => Ok(()),
        None => app.limits().count_stranger(address),
    };
    if let Err(too_often) = counted {
        return refused(too_often);
    }
    let grant = match checked {
        Ok(grant) => grant,
        Err(failure) => return failure.into_response(),
    };
    request.extensions_mut().insert(Visitor(grant.session.clone()));
    if let Some(subject) = &grant.subject {
        request.extensions_mut().insert(subject.clone());
    }
    let now = app.clock().now();
    match grant.record {
        Record::Nothing => next.run(request).await,
        Record::One(category) => {
            let looks = grant.session.iter().zip(&grant.subject);
            let entries =
                looks.map(|(session, subject)| entry(session, subject, category, true, now));
            let recording = app.recorder().write(entries.collect());
            // What changes something is recorded before it is done: without the record nothing is.
            if !request.method().is_safe() {
                return match recording.await {
                    Ok(()) => next.run(request).await,
                    Err(error) => unrecorded(error).into_response(),
                };
            }
            // Side by side: the answer waits for both, so that recording costs it no time.
            let (response, recorded) = tokio::join!(next.run(request), recording);
            match recorded {
                Ok(()) => response,
                Err(error) => unrecorded(error).into_response(),
            }
        }
        Record::Found(category) => {
            let response = next.run(request).await;
            if !response.status().is_success() {
                return response;
            }
            let looks = grant.session.iter().zip(&grant.subject);
            let entries =
                looks.map(|(session, subject)| entry(session, subject, category, true, now));
            match app.recorder().write(entries.collect()).await {
                Ok(()) => response,
                Err(error) => unrecorded(error).into_response(),
            }
        }
        Record::First(category) => {
            let Some(session) = grant.session else {
                return Failure::internal("nobody is signed in who could look").into_response();
            };
            let recorder = app.recorder().clone();
            let is_written = Arc::default();
            let recording = Recording { recorder, session, category, at: now, is_written };
            request.extensions_mut().insert(recording.clone());
            let response = next.run(request).await;
            if response.status().is_success() && !recording.is_written() {
                return Failure::internal("a handler did not record what it shows").into_response();
            }
            response
        }
        Record::Shown(category) => {
            let mut response = next.run(request).await;
            let allowed = response.status().is_success();
            let shown = response.extensions_mut().remove::<Shown>();
            let (Some(shown), Some(session)) = (shown, grant.session) else {
                return if allowed {
                    Failure::internal("a handler did not say whose data it shows").into_response()
                } else {
                    response
                };
            };
            let entries = entries(&session, &shown, category, allowed, now);
            match app.recorder().write(entries).await {
                Ok(()) => response,
                Err(error) => unrecorded(error).into_response(),
            }
        }
    }
}

/// The answer to who asks too often.
pub(crate) fn refused(TooOften(wait): TooOften) -> Response {
    let seconds = wait.as_secs() + 1;
    ([(RETRY_AFTER, seconds.to_string())], Failure::new(Code::TooOften)).into_response()
}

fn unrecorded(error: crate::record::Unrecorded) -> Failure {
    Failure { internal: Some(error.to_string()), ..Failure::new(Code::Unavailable) }
}

/// What is known of a request before the database is asked. Owned: nothing of the request is kept
/// while it is.
struct Asked {
    rule: Option<&'static Rule>,
    is_known: bool,
    address: IpAddr,
    session_id: Option<String>,
    citizen: Option<String>,
}

impl Asked {
    fn of(app: &App, request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        Self {
            rule: rule(request.method(), route),
            address: app.limits().address(request.extensions().get(), request.headers()),
            is_known: TABLE.iter().any(|rule| rule.path == route),
            session_id: cookie::session_id(app, request.headers()).map(str::to_owned),
            citizen: citizen_in(route, request.uri().path()).map(str::to_owned),
        }
    }
}

/// What stands in an address in the place of `{citizen}`.
fn citizen_in<'a>(route: &str, path: &'a str) -> Option<&'a str> {
    route.split('/').zip(path.split('/')).find(|(name, _)| *name == "{citizen}").map(|(_, id)| id)
}

async fn check(app: &App, asked: Asked) -> Result<Grant, Failure> {
    let nobody = Grant { session: None, subject: None, record: Record::Nothing };
    let rule = match asked.rule {
        Some(Rule { who: Who::Public, .. }) => return Ok(nobody),
        Some(rule) => rule,
        // An unknown method of a known route is the router's to refuse.
        None if asked.is_known => return Ok(nobody),
        None => return Err(Failure::new(Code::Forbidden)),
    };
    // Looking at the clock must not wind it up, and neither must a program that asks now and then.
    let touch = match rule.path {
        paths::ME | paths::OFREP_FLAGS | paths::OFREP_FLAG => Touch::Look,
        _ => Touch::Use,
    };
    let now = app.clock().now();
    let Some(session) = found(app, asked.session_id.as_deref(), touch).await? else {
        return match rule.who {
            Who::Public | Who::Everyone => Ok(nobody),
            _ => Err(Failure::new(Code::SignedOut)),
        };
    };
    let herself = session.citizen.map(Subject::herself);
    let relations = match rule.who {
        Who::Public | Who::Everyone | Who::SignedIn => {
            return Ok(Grant { session: Some(session), subject: herself, record: rule.record });
        }
        Who::Roles(roles) if roles.contains(&session.role) => {
            return Ok(Grant { session: Some(session), subject: None, record: rule.record });
        }
        Who::Roles(_) => return Err(Failure::new(Code::Forbidden)),
        Who::About(rules) => rules.iter().find(|(role, _)| *role == session.role),
    };
    let (_, relations) = relations.ok_or(Failure::new(Code::Forbidden))?;
    let subject = match &asked.citizen {
        Some(id) => relation::of_public_id(app.database().read(), id, &session, now).await?,
        None => herself,
    };
    // From here on a citizen who must not be looked at and one who does not exist are the same: the
    // same steps, and both attempts are recorded. No rule lets a stranger through.
    let subject = subject.unwrap_or_else(Subject::nobody);
    if relations.contains(&subject.relation) {
        return Ok(Grant { session: Some(session), subject: Some(subject), record: rule.record });
    }
    let category = match rule.record {
        Record::Nothing => None,
        Record::Found(_) => Some(Category::Identity),
        Record::One(category) | Record::Shown(category) | Record::First(category) => Some(category),
    };
    if let Some(category) = category {
        let attempt = entry(&session, &subject, category, false, now);
        app.recorder().write(vec![attempt]).await.map_err(unrecorded)?;
    }
    Err(Failure::new(Code::NotFound))
}

/// The session of an id that is still one.
async fn found(app: &App, id: Option<&str>, touch: Touch) -> Result<Option<Session>, Failure> {
    let Some(id) = id else { return Ok(None) };
    let now = app.clock().now();
    let session = session::find(app.database(), id, touch, app.lifetimes(), now).await?;
    // A demo identity lasts no longer than the demo.
    let is_demo = session.as_ref().is_some_and(|session| session.persona.is_some());
    let is_over = is_demo && !app.is_demo_open(app.population().await?);
    Ok(session.filter(|_| !is_over))
}

/// Who asks, where no rule of the table is asked: looking does not wind the session's clock up.
pub(crate) async fn session(app: &App, headers: &HeaderMap) -> Result<Option<Session>, Failure> {
    found(app, cookie::session_id(app, headers), Touch::Look).await
}

fn entry(
    session: &Session,
    subject: &Subject,
    category: Category,
    allowed: bool,
    at: DateTime<Utc>,
) -> Entry {
    Entry {
        at,
        handle: session.handle.clone(),
        organisation: session.organisation.clone(),
        role: Some(session.role),
        relation: subject.relation,
        purpose: match (session.role, subject.relation) {
            (Role::Administrator | Role::Researcher, _) => Purpose::Administration,
            (_, Relation::Herself) => Purpose::SelfService,
            (_, Relation::Guest) => Purpose::GuestAccess,
            (_, Relation::Caseload | Relation::Former | Relation::Stranger) => Purpose::Casework,
        },
        reason: subject.reason.clone(),
        category,
        criterion: None,
        citizen: subject.citizen,
        allowed,
    }
}

/// Who asks; put there by [`enforce`].
#[derive(Clone, Debug)]
pub struct Visitor(pub Option<Session>);

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self(None)))
    }
}

/// The signed-in user of a route that needs one.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Session);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Visitor(session) = Visitor::from_request_parts(parts, state).await?;
        session.map(Self).ok_or(Failure::new(Code::SignedOut))
    }
}

/// The number in the database of the citizen whom the request is about.
#[derive(Clone, Copy, Debug)]
pub struct CitizenId(pub i32);

impl<S: Sync> FromRequestParts<S> for CitizenId {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let subject = parts.extensions.get::<Subject>();
        subject.and_then(|subject| subject.citizen).map(Self).ok_or(Failure::new(Code::NotFound))
    }
}
