//! The session's cookie: its name, and how it is read and set. It must not know what an id opens.

use axum::http::{HeaderMap, header};

use crate::app::App;

/// A day: providers end their own sessions within hours.
const SIGNED_OUT_SECONDS: i64 = 86_400;

/// Name of the session cookie. `__Host-` binds it to this host, the whole of it and https; a
/// browser refuses such a cookie from plain http, which is what a loopback address speaks.
pub fn name(app: &App) -> &'static str {
    if app.config().is_https() { "__Host-sid" } else { "sid" }
}

/// The session id that the browser sent.
pub fn session_id<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    find(headers, name(app)).filter(|id| id.len() == 64)
}

/// The value of a cookie that the browser sent.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(each, value)| (each == name).then_some(value))
}

/// The session cookie: a new id, or (`None`) its removal. It outlasts the session, whose end the
/// server decides: who comes with it afterwards is asked by the provider who she is.
pub fn session(app: &App, id: Option<&str>) -> String {
    let longest = i64::from(app.lifetimes().longest_seconds).max(SIGNED_OUT_SECONDS);
    let age = if id.is_some() { longest } else { 0 };
    cookie(app, name(app), id.unwrap_or_default(), age)
}

/// Name of the cookie that says that someone has signed out in this browser. It tells nobody who.
pub(crate) fn signed_out_name(app: &App) -> &'static str {
    if app.config().is_https() { "__Host-signed-out" } else { "signed-out" }
}

/// That cookie, or its removal. It lasts as long as a session at the provider may.
pub(crate) fn signed_out(app: &App, is_so: bool) -> String {
    let (value, age) = if is_so { ("1", SIGNED_OUT_SECONDS) } else { ("", 0) };
    cookie(app, signed_out_name(app), value, age)
}

/// A cookie out of reach of scripts, sent by links from other sites (the way back from the
/// provider) but not by their requests.
pub(crate) fn cookie(app: &App, name: &str, value: &str, seconds: i64) -> String {
    let secure = if app.config().is_https() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}
