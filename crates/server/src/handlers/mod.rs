//! The routes, flat, one file per resource. Who may use them: [`crate::access`].

mod body;
mod boot;
mod caseload;
mod citizens;
mod demo;
mod guest_access;
mod health;
mod hours_reports;
mod idempotency;
mod me;
mod models;
mod my_access_log;
mod my_account;
mod my_checklist;
mod my_data;
mod my_exposures;
mod my_letters;
mod my_profile;
mod my_profile_parts;
mod my_rights;
mod my_trials;
mod my_understanding;
pub(crate) mod ofrep;
mod oidc;
mod openapi;
mod outbox;
mod previews;
mod trial_messages;
mod trial_plan;
mod trials;
mod unblinding;

use axum::http::header::{CACHE_CONTROL, HeaderName, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub use openapi::document;

/// Personal answers are never stored by anyone.
const NO_STORE: [(HeaderName, HeaderValue); 1] =
    [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];

/// Whether the caller has this answer already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The route table; the OpenAPI document is made of the same.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base())
        .routes(routes!(boot::get))
        .routes(routes!(me::get))
        .routes(routes!(me::extend))
        .routes(routes!(my_access_log::get))
        .routes(routes!(my_data::json))
        .routes(routes!(my_data::zip))
        .routes(routes!(my_account::get))
        .routes(routes!(my_rights::get))
        .routes(routes!(hours_reports::list, hours_reports::create))
        .routes(routes!(hours_reports::export))
        .routes(routes!(my_trials::list))
        .routes(routes!(my_trials::object))
        .routes(routes!(my_trials::register))
        .routes(routes!(my_exposures::create))
        .routes(routes!(trials::list, trials::create))
        .routes(routes!(trials::catalogue))
        .routes(routes!(trials::get, trials::change))
        .routes(routes!(trials::step))
        .routes(routes!(trials::watch))
        .routes(routes!(trial_messages::list))
        .routes(routes!(trial_messages::file))
        .routes(routes!(trials::protocol))
        .routes(routes!(trials::export))
        .routes(routes!(my_understanding::get, my_understanding::create))
        .routes(routes!(my_checklist::get))
        .routes(routes!(my_checklist::mark))
        .routes(routes!(my_checklist::saw))
        .routes(routes!(my_checklist::share))
        .routes(routes!(my_checklist::of_citizen))
        .routes(routes!(my_profile::get, my_profile::withdraw))
        .routes(routes!(my_profile::send))
        .routes(routes!(my_profile::delete_sent))
        .routes(routes!(my_profile_parts::answer))
        .routes(routes!(my_profile_parts::fact))
        .routes(routes!(my_profile_parts::remark))
        .routes(routes!(my_profile_parts::said))
        .routes(routes!(my_exposures::create_of_profile))
        .routes(routes!(my_letters::list))
        .routes(routes!(my_letters::pdf))
        .routes(routes!(my_letters::read))
        .routes(routes!(models::list))
        .routes(routes!(previews::create))
        .routes(routes!(previews::get))
        .routes(routes!(ofrep::all))
        .routes(routes!(ofrep::one))
        .routes(routes!(caseload::first, caseload::search))
        .routes(routes!(citizens::card))
        .routes(routes!(citizens::account))
        .routes(routes!(citizens::profile))
        .routes(routes!(citizens::rights))
        .routes(routes!(unblinding::create))
        .routes(routes!(guest_access::create))
        .routes(routes!(trial_plan::create))
        .routes(routes!(demo::personas))
        .routes(routes!(demo::sign_in))
        .routes(routes!(demo::sign_out))
        .routes(routes!(oidc::login))
        .routes(routes!(oidc::callback))
        .routes(routes!(oidc::backchannel_logout))
        .routes(routes!(outbox::get))
        .routes(routes!(outbox::retry))
        .routes(routes!(outbox::follow))
        .routes(routes!(openapi::get))
        .routes(routes!(health::livez))
        .routes(routes!(health::readyz))
}
