//! Parameters in addresses: what a route does not know is refused, as in bodies. Whoever misspells
//! one learns of it, and nothing personal is written into an address unnoticed.
//!
//! A body that a route does not ask for is never read, so nothing in it can be misunderstood: it is
//! no reason to refuse a request, least of all a signing out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jobnet_api::paths;
use jobnet_api::problem::Code;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

use crate::problem::Failure;

/// Routes that take what they do not know.
const OPEN: [&str; 4] = [
    // OFREP 0.3 has parameters (`flagConfigEtag`) that a server need not know.
    paths::OFREP_FLAGS,
    paths::OFREP_FLAG,
    // A client ignores parameters of the provider's that it does not know (RFC 6749, section 4.1.2).
    paths::AUTH_CALLBACK,
    // Programs that show e-mail write words of their own behind the links in it.
    paths::MESSAGE_LINK,
];

/// The names that each route knows.
#[derive(Clone, Debug)]
pub(super) struct Known(Arc<BTreeMap<String, Names>>);

#[derive(Debug, Default)]
struct Names(Vec<(Method, BTreeSet<String>)>);

impl Known {
    /// By the description that the routes are made of.
    pub(super) fn of(document: &OpenApi) -> Self {
        let names = |item: &PathItem| {
            let of = |(method, operation): (Method, &Option<Operation>)| {
                Some((method, in_query(operation.as_ref()?)))
            };
            let operations = [
                (Method::GET, &item.get),
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::DELETE, &item.delete),
            ];
            Names(operations.into_iter().filter_map(of).collect())
        };
        let paths = &document.paths.paths;
        Self(Arc::new(paths.iter().map(|(path, item)| (path.clone(), names(item))).collect()))
    }

    fn knows(&self, route: &str, method: &Method, query: &str) -> bool {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let Some(Names(methods)) = self.0.get(route) else { return true };
        // A method that the route does not have is the router's to refuse.
        let Some((_, known)) = methods.iter().find(|(each, _)| each == method) else { return true };
        let mut parts = query.split('&').filter(|part| !part.is_empty());
        // The names are plain ASCII: one that is written with `%` is none of them.
        parts.all(|part| known.contains(part.split('=').next().unwrap_or_default()))
    }
}

fn in_query(operation: &Operation) -> BTreeSet<String> {
    let parameters = operation.parameters.iter().flatten();
    parameters
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => {
                Some(parameter.name.clone())
            }
            _ => None,
        })
        .collect()
}

/// Refuses parameters that the route does not know.
pub(super) async fn check(State(known): State<Known>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let is_known = OPEN.contains(&route)
        || request.uri().query().is_none_or(|query| known.knows(route, request.method(), query));
    if is_known { next.run(request).await } else { Failure::new(Code::BadRequest).into_response() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::TABLE;
    use crate::handlers;

    #[test]
    fn no_route_of_the_table_knows_what_it_is_not_asked() {
        let known = Known::of(&handlers::document());
        for rule in TABLE {
            let knows = |query| known.knows(rule.path, &rule.method, query);
            assert!(knows("") && knows("&"), "{rule:?}");
            for query in ["cpr=0181901234", "name", "a=1&b=2", "=1", "%61s_of=1"] {
                assert!(!knows(query), "{rule:?} {query}");
            }
        }
        let account = |query| known.knows(paths::MY_ACCOUNT, &Method::HEAD, query);
        assert!(account("as_of=2026-11-22"));
        assert!(!account("as_of=2026-11-22&asof=2026-11-22"));
        assert!(known.knows(paths::ME, &Method::PATCH, "a=1"), "the router refuses the method");
    }
}
