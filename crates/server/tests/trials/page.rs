//! To whoever has no checklist its page and its addresses in the interface are like any that do not
//! exist: status, headers and every byte, however they are asked for.

use axum::body::Body;
use axum::http::StatusCode;

use crate::checklist::{plain, protocol};
use crate::run;
use crate::support::database::both;
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer, request};

type Headers<'a> = Vec<(&'a str, &'a str)>;

/// How browsers, programs and caches ask.
fn ways(tag: &str) -> [Headers<'_>; 8] {
    let navigates = ("sec-fetch-mode", "navigate");
    [
        vec![],
        vec![("accept", "text/html,*/*;q=0.8")],
        vec![navigates],
        vec![navigates, ("accept-encoding", "gzip, br")],
        vec![navigates, ("if-none-match", tag)],
        vec![navigates, ("range", "bytes=0-3")],
        vec![("accept", "application/json"), ("accept-language", "en")],
        vec![("sec-fetch-mode", "cors"), ("sec-fetch-site", "same-origin")],
    ]
}

#[tokio::test]
async fn without_a_list_its_addresses_answer_as_unknown_ones_byte_for_byte() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol("ordinary")).await;
        let hers = server.sign_in("citizen-full-time").await;
        server.get("/api/v1/boot", &[("cookie", &hers)]).await;
        assert_eq!(query(db, "SELECT arm FROM trial_assignments").await, ["arm=ordinary"]);
        let tag = server.get("/", &[]).await.header("etag").to_owned();
        assert_ne!(tag, "");
        let ask = async |method: &str, path: String, cookie: &str, way: &Headers<'_>| {
            let headers = [&[("cookie", cookie)][..], way].concat();
            plain(server.send(request(method, &path, &headers, Body::empty())).await)
        };
        let ways = ways(&tag);
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"] {
            for way in &ways {
                for rest in ["", "/", "?item=cv", "/mere", ".html"] {
                    let of = async |page: &str, cookie: &str| {
                        ask(method, format!("{page}{rest}"), cookie, way).await
                    };
                    for cookie in [hers.as_str(), ""] {
                        let (there, nowhere) =
                            (of("/tjekliste", cookie).await, of("/findes-ikke", cookie).await);
                        assert_eq!(there, nowhere, "{method} {rest} {way:?} “{cookie}”");
                    }
                }
            }
            for way in [&ways[0], &ways[6]] {
                for rest in ["", "/seen", "/sharing", "/items/cv"] {
                    let list = ask(method, format!("/api/v1/me/checklist{rest}"), &hers, way).await;
                    let nothing = ask(method, format!("/api/v1/me/shoes{rest}"), &hers, way).await;
                    assert_eq!(list, nothing, "{method} {rest} {way:?}");
                }
            }
        }
        // Whoever has one gets another answer: what is compared above can differ.
        let other = server.sign_in("citizen-social-assistance").await;
        let way = &ways[2];
        let page = ask("GET", "/tjekliste".to_owned(), &other, way).await;
        assert_eq!(page.0, StatusCode::OK);
        assert_ne!(page, ask("GET", "/tjekliste".to_owned(), &hers, way).await);
    }
}
