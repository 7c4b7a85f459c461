//! The API described (OpenAPI 3.1), made of the routes and wire types themselves.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::problem::MEDIA_TYPE;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response, Schema};

use crate::access::{self, Rule, Who};
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

/// The document. What every route may answer by its place in the table of access, and how a
/// problem looks, is said here once, not by each handler.
pub fn document() -> Document {
    let mut document = super::routes().split_for_parts().1;
    for rule in access::TABLE {
        let Some(item) = document.paths.paths.get_mut(rule.path) else { continue };
        let operation = match rule.method {
            Method::POST => &mut item.post,
            Method::PUT => &mut item.put,
            Method::DELETE => &mut item.delete,
            _ => &mut item.get,
        };
        if let Some(operation) = operation {
            // A protocol of others has its own way to say what is wrong.
            let is_ofrep = rule.path.starts_with(paths::OFREP_FLAGS);
            if !is_ofrep {
                add_problems(operation, rule);
            }
            let responses = operation.responses.responses.iter_mut();
            responses.for_each(|(status, response)| complete(status, response, is_ofrep));
        }
    }
    open_tagged(&mut document);
    document
}

/// What stands beside a tag in one of several forms has the tag's field, too: alone it would be
/// described as having no other fields than its own.
fn open_tagged(document: &mut Document) {
    let Some(components) = &mut document.components else { return };
    let parts = |schema: &RefOr<Schema>| match schema {
        RefOr::T(Schema::OneOf(one)) => one.items.clone(),
        RefOr::T(Schema::AllOf(all)) => all.items.clone(),
        _ => Vec::new(),
    };
    let forms =
        components.schemas.values().filter(|schema| matches!(schema, RefOr::T(Schema::OneOf(_))));
    let beside_tags: Vec<String> = forms
        .flat_map(parts)
        .filter(|form| matches!(form, RefOr::T(Schema::AllOf(_))))
        .flat_map(|form| parts(&form))
        .filter_map(|part| match part {
            RefOr::Ref(part) => part.ref_location.rsplit('/').next().map(ToOwned::to_owned),
            RefOr::T(_) => None,
        })
        .collect();
    for name in beside_tags {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(&name) {
            object.additional_properties = None;
        }
    }
}

/// The problems that the layers around a handler answer.
fn add_problems(operation: &mut Operation, rule: &Rule) {
    let is_post = rule.method != Method::GET;
    let is_signed_in = !matches!(rule.who, Who::Public | Who::Everyone);
    let is_limited = matches!(rule.who, Who::Roles(_) | Who::About(_));
    let problems = [
        // Parameters that it does not know.
        (StatusCode::BAD_REQUEST, true),
        (StatusCode::UNAUTHORIZED, is_signed_in),
        (StatusCode::FORBIDDEN, is_limited || is_post),
        (StatusCode::PAYLOAD_TOO_LARGE, operation.request_body.is_some()),
        (StatusCode::TOO_MANY_REQUESTS, rule.who != Who::Public),
        (StatusCode::SERVICE_UNAVAILABLE, true),
    ];
    for (status, happens) in problems {
        if happens {
            let response = || {
                let mut response = Response::default();
                let problem = Ref::from_schema_name("Problem");
                response.content.insert(MEDIA_TYPE.to_owned(), Content::new(Some(problem)).into());
                RefOr::T(response)
            };
            let all = &mut operation.responses.responses;
            all.entry(status.as_str().to_owned()).or_insert_with(response);
        }
    }
}

/// Problems have a media type of their own, and each answer says at least the name of its status.
fn complete(status: &str, response: &mut RefOr<Response>, is_ofrep: bool) {
    let (Ok(status), RefOr::T(response)) = (status.parse::<StatusCode>(), response) else { return };
    if (status.is_client_error() || status.is_server_error())
        && !is_ofrep
        && let Some(problem) = response.content.shift_remove("application/json")
    {
        response.content.insert(MEDIA_TYPE.to_owned(), problem);
    }
    if response.description.is_empty() {
        response.description = status.canonical_reason().unwrap_or_default().to_owned();
    }
}

/// This description.
#[utoipa::path(get, path = paths::OPENAPI, operation_id = "openapi", responses((status = 200, description = "OpenAPI 3.1")))]
pub(super) async fn get() -> Result<impl IntoResponse, Failure> {
    static TEXT: LazyLock<Result<String, Failure>> =
        LazyLock::new(|| document().to_json().map_err(Failure::internal));
    let text = TEXT.as_ref().map_err(Clone::clone)?;
    Ok(([(CONTENT_TYPE, "application/json")], text.as_str()))
}
