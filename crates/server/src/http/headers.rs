//! Security headers, on every answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use jobnet_api::paths;
use jobnet_messages::mail;

use crate::app::App;
use crate::site::csp_hash;

/// The headers of this server, made once.
#[derive(Clone, Debug)]
pub(super) struct Headers(Arc<Sets>);

#[derive(Debug)]
struct Sets {
    of_all: HeaderMap,
    /// Of a preview, which our own pages show in frames.
    of_previews: HeaderMap,
    /// Of an e-mail in a frame: it brings its own style, and nothing else works in it.
    of_mails: HeaderMap,
}

impl Headers {
    pub(super) fn of(app: &App) -> Self {
        let https = app.config().is_https();
        let mut headers: HeaderMap = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (
                HeaderName::from_static("permissions-policy"),
                "camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()",
            ),
        ]
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect();
        if https {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains; preload"),
            );
        }
        let with = |frame: &'static str, ancestors: &str| {
            let mut headers = headers.clone();
            headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static(frame));
            let policy = content_security_policy(app.site().script_hashes(), ancestors, https);
            if let Ok(policy) = HeaderValue::from_str(&policy) {
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            headers
        };
        let (of_all, of_previews) = (with("DENY", "'none'"), with("SAMEORIGIN", "'self'"));
        let mut of_mails = of_previews.clone();
        if let Ok(policy) = HeaderValue::from_str(&mail_policy()) {
            of_mails.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Self(Arc::new(Sets { of_all, of_previews, of_mails }))
    }
}

pub(super) async fn add(State(headers): State<Headers>, request: Request, next: Next) -> Response {
    let is_preview = paths::preview_token(request.uri().path()).is_some();
    let is_mail = paths::is_mail(request.uri().path());
    let mut response = next.run(request).await;
    let target = response.headers_mut();
    let set = match () {
        () if is_preview => &headers.0.of_previews,
        () if is_mail => &headers.0.of_mails,
        () => &headers.0.of_all,
    };
    for (name, value) in set {
        target.insert(name, value.clone());
    }
    response
}

/// What an e-mail may do that our own page shows: have its one style.
fn mail_policy() -> String {
    format!(
        "default-src 'none'; style-src {}; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'self'; sandbox",
        csp_hash(mail::STYLE)
    )
}

/// Nothing but what is ours. `'wasm-unsafe-eval'` compiles WebAssembly and nothing else; the
/// hashes are those of the page's own inline scripts. Trusted types without a policy: nothing of the
/// page makes markup or scripts of a text, and nothing that tried would succeed.
fn content_security_policy(script_hashes: &[String], ancestors: &str, https: bool) -> String {
    let scripts = script_hashes.join(" ");
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src 'self'; \
         img-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-src 'self'; frame-ancestors {ancestors}; manifest-src 'self'; worker-src 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'{upgrade}"
    )
    .replace(" ;", ";")
}
