//! Who may do what: one table, enforced in one place, walked completely by a test. A route that is
//! not in it is closed.

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jobnet_api::boot::Role;
use jobnet_api::paths;
use jobnet_api::problem::Code;

use crate::app::App;
use crate::problem::Failure;
use crate::session::{self, Session};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, and who asks is not even looked up.
    Public,
    /// Everyone; who is signed in gets her own answer.
    Everyone,
    /// Whoever is signed in.
    SignedIn,
    /// One role.
    Only(Role),
}

/// Every route of the API.
pub const TABLE: &[(Method, &str, Access)] = &[
    (Method::GET, paths::LIVEZ, Access::Public),
    (Method::GET, paths::READYZ, Access::Public),
    (Method::GET, paths::OPENAPI, Access::Public),
    (Method::GET, paths::BOOT, Access::Everyone),
    (Method::GET, paths::PERSONAS, Access::Everyone),
    (Method::POST, paths::DEMO_SESSION, Access::Everyone),
    (Method::POST, paths::END_SESSION, Access::Everyone),
    (Method::GET, paths::ME, Access::SignedIn),
    (Method::GET, paths::MY_ACCOUNT, Access::Only(Role::Citizen)),
    (Method::GET, paths::MY_HOURS_REPORTS, Access::Only(Role::Citizen)),
    (Method::POST, paths::MY_HOURS_REPORTS, Access::Only(Role::Citizen)),
    (Method::GET, paths::HOURS_REPORTS_CSV, Access::Only(Role::Administrator)),
];

/// What the table says of a route; GET also answers HEAD.
fn access(method: &Method, route: &str) -> Option<Access> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    TABLE
        .iter()
        .find(|(each, path, _)| each == method && *path == route)
        .map(|(_, _, access)| *access)
}

/// Lets a request through or not, and tells the handler who is signed in.
pub async fn enforce(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let allowed = {
        let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        check(&app, request.method(), route, request.headers())
    };
    match allowed.await {
        Ok(session) => {
            request.extensions_mut().insert(Visitor(session));
            next.run(request).await
        }
        Err(failure) => failure.into_response(),
    }
}

/// Not an `async fn`: nothing of the request is kept while the database is asked.
fn check(
    app: &App,
    method: &Method,
    route: &str,
    headers: &HeaderMap,
) -> impl Future<Output = Result<Option<Session>, Failure>> + use<> {
    let access = access(method, route);
    let is_known = TABLE.iter().any(|(_, path, _)| *path == route);
    let id = session_id(app, headers).map(str::to_owned);
    let app = app.clone();
    async move {
        let access = match access {
            Some(Access::Public) => return Ok(None),
            Some(access) => access,
            // An unknown method of a known route is the router's to refuse.
            None if is_known => return Ok(None),
            None => return Err(Failure::new(Code::Forbidden)),
        };
        let session = match id {
            Some(id) => session::find(app.database(), &id, app.clock().now()).await?,
            None => None,
        };
        match (access, &session) {
            (Access::SignedIn | Access::Only(_), None) => Err(Failure::new(Code::SignedOut)),
            (Access::Only(role), Some(session)) if session.role != role => {
                Err(Failure::new(Code::Forbidden))
            }
            _ => Ok(session),
        }
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

/// The number of the signed-in citizen in the database.
#[derive(Clone, Copy, Debug)]
pub struct CitizenId(pub i32);

impl<S: Sync> FromRequestParts<S> for CitizenId {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, state).await?;
        session.citizen.map(Self).ok_or(Failure::new(Code::Forbidden))
    }
}

/// Name of the session cookie. `__Host-` binds it to this host and https; plain http (loopback)
/// cannot set such a cookie.
pub fn cookie_name(app: &App) -> &'static str {
    if app.config().is_https() { "__Host-sid" } else { "sid" }
}

/// The session id that the browser sent.
pub fn session_id<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(app);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(each, id)| (each == name && id.len() == 64).then_some(id))
}

/// The session cookie: a new id, or (`None`) its removal.
pub fn cookie(app: &App, id: Option<&str>) -> String {
    let secure = if app.config().is_https() { "; Secure" } else { "" };
    let age = match id {
        Some(_) => session::ABSOLUTE.num_seconds(),
        None => 0,
    };
    let (name, id) = (cookie_name(app), id.unwrap_or_default());
    format!("{name}={id}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}
