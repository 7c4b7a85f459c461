//! The built app: hashed files for ever, the page afresh, nothing made up for what is missing.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::Html;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use jobnet_api::paths;
use jobnet_api::problem::Code;
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use crate::problem::Failure;

/// For files whose name holds the hash of their content.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For a page that is made for whoever asks.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// For everything else: ask again each time, answered by 304 while nothing changed.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Which files some parts of the page have, as `cargo xtask build` writes it.
const PARTS: &str = "parts.json";

/// The folder that `cargo xtask build` makes.
#[derive(Clone, Debug)]
pub struct Site {
    index: PathBuf,
    html: Arc<str>,
    files: ServeDir,
    script_hashes: Vec<String>,
    parts: Arc<BTreeMap<String, Vec<String>>>,
}

/// The built app cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("the app cannot be read from {path}: {source} (build it with `cargo xtask build`)")]
pub struct SiteError {
    path: PathBuf,
    source: io::Error,
}

impl Site {
    /// Reads `index.html` of the folder, for the hashes of its inline scripts, and which files its
    /// parts have.
    ///
    /// # Errors
    /// When there is no readable `index.html`, or the list of parts cannot be read.
    pub fn open(dist: &Path) -> Result<Self, SiteError> {
        let index = dist.join("index.html");
        let html = std::fs::read_to_string(&index)
            .map_err(|source| SiteError { path: index.clone(), source })?;
        let files = ServeDir::new(dist)
            .append_index_html_on_directories(false)
            .redirect_to_trailing_slash(false)
            .precompressed_br()
            .precompressed_gzip();
        let script_hashes = inline_scripts(&html).map(csp_hash).collect();
        let listed = dist.join(PARTS);
        let parts = parts(&listed).map_err(|source| SiteError { path: listed, source })?;
        Ok(Self { index, html: html.into(), files, script_hashes, parts: parts.into() })
    }

    /// The sources of inline scripts for a content security policy, `'sha256-…'`.
    pub fn script_hashes(&self) -> &[String] {
        &self.script_hashes
    }

    /// What a browser may ask for before the page does, as a `Link` header: who is signed in, the
    /// list that a page begins with, and the files of a part of it.
    pub(crate) fn ahead(&self, part: &str, list: Option<&str>) -> Option<HeaderValue> {
        let files = self.parts.get(part).map(Vec::as_slice).unwrap_or_default();
        let addresses = [paths::BOOT].into_iter().chain(list);
        let links: Vec<String> =
            addresses.chain(files.iter().map(String::as_str)).map(preload).collect();
        HeaderValue::from_str(&links.join(", ")).ok()
    }

    /// Answers a request that no route of the API took; if it is for a page, with what whoever asks
    /// will need of it.
    pub async fn answer(&self, request: Request<Body>, ahead: Option<HeaderValue>) -> Response {
        let path = request.uri().path();
        if path.starts_with("/api/") || path == "/api" {
            return Failure::new(Code::NotFound).into_response();
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Failure::new(Code::MethodNotAllowed).into_response();
        }
        if let Some(token) = paths::preview_token(path) {
            return self.preview(token);
        }
        if is_page(path) {
            return match ahead {
                Some(links) => self.page_ahead(page_request(&request), links).await,
                None => self.page(request, StatusCode::OK).await,
            };
        }
        let cache = if is_hashed(path) { IMMUTABLE } else { REVALIDATE };
        let wants_page = is_navigation(&request);
        let missing = if wants_page { Some(page_request(&request)) } else { None };
        let mut response = match self.files.clone().oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        };
        match (response.status(), missing) {
            (StatusCode::NOT_FOUND, Some(request)) => {
                self.page(request, StatusCode::NOT_FOUND).await
            }
            (status, _) if status.is_client_error() || status.is_server_error() => {
                Failure::of_status(status).into_response()
            }
            _ => {
                response.headers_mut().insert(CACHE_CONTROL, cache);
                response
            }
        }
    }

    /// Answers a request for a page that only some have.
    pub async fn her_page(&self, request: Request<Body>) -> Response {
        self.page(request, StatusCode::OK).await
    }

    /// The app, asking for what a link shows and not for who is signed in: a look at a preview must
    /// not enrol whoever looks.
    fn preview(&self, token: &str) -> Response {
        let asks = paths::PREVIEW.replace("{token}", token);
        ([(CACHE_CONTROL, NO_STORE)], Html(self.html.replace(paths::BOOT, &asks))).into_response()
    }

    /// The app with what whoever asks will need of it: the next one at this browser may need something
    /// else, so nobody keeps it.
    async fn page_ahead(&self, request: Request<Body>, links: HeaderValue) -> Response {
        let mut response = self.page(request, StatusCode::OK).await;
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, NO_STORE);
        headers.insert(LINK, links);
        headers.remove(ETAG);
        headers.remove(LAST_MODIFIED);
        response
    }

    /// The app itself. An unknown address gets it too, since the app says so best, but with 404.
    async fn page(&self, request: Request<Body>, status: StatusCode) -> Response {
        let service = ServeFile::new(&self.index).precompressed_br().precompressed_gzip();
        let mut response = match service.oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        };
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, REVALIDATE);
        headers.append(VARY, HeaderValue::from_static("accept, sec-fetch-mode"));
        response
    }
}

/// The files of parts; none of a page that is in one file.
fn parts(path: &Path) -> io::Result<BTreeMap<String, Vec<String>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// As the page will ask for it, or the browser would not find it again: style by an element, all else
/// by `fetch`.
fn preload(address: &str) -> String {
    let kind = if address.ends_with(".css") { "style" } else { "fetch; crossorigin" };
    format!("<{address}>; rel=preload; as={kind}")
}

/// A request for the whole page, whatever part or version of it was asked for.
fn page_request(request: &Request<Body>) -> Request<Body> {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    for header in [RANGE, IF_NONE_MATCH, IF_MODIFIED_SINCE] {
        copy.headers_mut().remove(header);
    }
    copy
}

pub(crate) fn is_page(path: &str) -> bool {
    paths::page_of(path).is_some() || paths::preview_token(path).is_some()
}

/// Whether a browser asks for a page to show, rather than a script or a program for a file.
fn is_navigation<B>(request: &Request<B>) -> bool {
    let header = |name: &str| text(request.headers(), name);
    let file_like = request.uri().path().rsplit('/').next().is_some_and(|last| last.contains('.'));
    match header("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        None => !file_like && header(ACCEPT.as_str()).is_some_and(|a| a.contains("text/html")),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a file's name holds Trunk's hash, as in `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() == 16 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The texts of `<script>` elements without `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|element| {
        let (attributes, rest) = element.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        let has_source = attributes
            .split_ascii_whitespace()
            .any(|attribute| attribute.starts_with("src=") || attribute == "src");
        (!has_source && !script.is_empty()).then_some(script)
    })
}

/// The source of an inline script or style for a content security policy.
pub(crate) fn csp_hash(element: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(element.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_a_browser_computes() {
        // MDN, “CSP: script-src”, example of a hash.
        assert_eq!(
            csp_hash("var inline = 1;"),
            "'sha256-B2yPHKaXnvFWtRChIbabYmUBFZdVfKKXHbWtWidDVF8='"
        );
    }

    #[test]
    fn only_inline_scripts_are_hashed() {
        let html = "<script src=\"/a.js\"></script><script type=\"module\">\nimport x\n</script>\
                    <script></script>";
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["\nimport x\n"]);
    }

    #[test]
    fn hashed_names_are_recognised() {
        for (path, expected) in [
            ("/jobnet-web-0123456789abcdef.js", true),
            ("/jobnet-web-0123456789abcdef_bg.wasm", true),
            ("/index.html", false),
            ("/fonts/ibm-plex-sans-latin.woff2", false),
            ("/robots.txt", false),
            ("/0123456789ABCDEF.js", false),
        ] {
            assert_eq!(is_hashed(path), expected, "{path}");
        }
    }
}
