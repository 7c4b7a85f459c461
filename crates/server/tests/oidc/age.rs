//! How long ago she showed the provider who she is.

use reqwest::{Method, Url};

use crate::support::database::{both, sqlite};
use crate::support::provider::{Browser, Place, Site};

const PAGE: &str = "/timer-og-ydelse";
const TOO_OLD: &str = "/log-ind?problem=expired";

/// A site that lets in who has shown within ten minutes who she is.
async fn site() -> Site {
    Site::start_with(sqlite().await, |oidc| oidc.max_age_seconds = Some(600)).await
}

/// The beginning of a sign-in with these words of its address changed, or taken out (`None`), as
/// somebody at the browser could; what was asked, and where the provider leads.
async fn begin_with(
    browser: &Browser,
    site: &Site,
    changes: &[(&str, Option<&str>)],
) -> (Vec<String>, Place) {
    let login = site.at(&format!("/auth/login?return_to={PAGE}"));
    let mut begun = browser.ask(Method::GET, &login, &[]).await;
    let asked = |address: &Url| -> Vec<(String, String)> {
        address.query_pairs().map(|(name, value)| (name.into(), value.into())).collect()
    };
    let all = asked(&begun.address);
    let changed = all.iter().filter_map(|(name, value)| {
        match changes.iter().find(|(changed, _)| changed == name) {
            Some((_, change)) => change.map(|change| (name.as_str(), change)),
            None => Some((name.as_str(), value.as_str())),
        }
    });
    begun.address.query_pairs_mut().clear().extend_pairs(changed);
    let there = browser.follow(begun, |next| next.path() == "/auth/callback").await;
    (all.into_iter().map(|(name, value)| format!("{name}={value}")).collect(), there)
}

#[tokio::test]
async fn who_showed_too_long_ago_who_she_is_is_not_let_in() {
    for database in both().await {
        let site = Site::start_with(database, |oidc| oidc.max_age_seconds = Some(600)).await;
        for (sub, page) in [("asta", PAGE), ("recent", PAGE), ("stale", TOO_OLD)] {
            let browser = Browser::open();
            assert_eq!(browser.sign_in(&site, sub).await.path(), page, "{sub}");
            assert_eq!(browser.is_signed_in(&site).await, page == PAGE, "{sub}");
        }
    }
    // Where it is not configured, the provider decides.
    let site = Site::start(sqlite().await).await;
    assert_eq!(Browser::open().sign_in(&site, "stale").await.path(), PAGE);
}

#[tokio::test]
async fn without_a_word_of_when_nobody_is_let_in() {
    let site = site().await;
    let browser = Browser::open();
    let (asked, question) = begin_with(&browser, &site, &[("max_age", None)]).await;
    assert!(asked.contains(&"max_age=600".to_owned()), "{asked:?}");
    let back = browser.choose(&question, "asta").await;
    assert_eq!(browser.follow(back, |_| false).await.path(), TOO_OLD);
    assert!(!browser.is_signed_in(&site).await);
}

#[tokio::test]
async fn nobody_comes_in_as_the_one_before_by_changing_the_question() {
    // Whether or not it is configured how long ago it may have been.
    for configured in [Some(600), None] {
        let site = Site::start_with(sqlite().await, |oidc| oidc.max_age_seconds = configured).await;
        for changes in [
            // The provider is asked nothing of it, and says nothing of when.
            &[("prompt", None), ("max_age", None)][..],
            // It says when, and that is long ago.
            &[("prompt", None), ("max_age", Some("3600"))],
        ] {
            let browser = Browser::open();
            assert_eq!(browser.sign_in(&site, "recent").await.path(), PAGE);
            // She signs out here and not at the provider, which still knows her.
            browser.sign_out(&site).await;
            let (asked, back) = begin_with(&browser, &site, changes).await;
            for word in ["prompt=login", "max_age=0"] {
                assert!(asked.contains(&word.to_owned()), "{asked:?}");
            }
            assert_eq!(back.address.path(), "/auth/callback", "the provider asked nobody");
            assert_eq!(browser.follow(back, |_| false).await.path(), TOO_OLD);
            assert!(!browser.is_signed_in(&site).await);
        }
        // One of both words is enough for the provider to ask.
        for name in ["prompt", "max_age"] {
            let browser = Browser::open();
            browser.sign_in(&site, "asta").await;
            browser.sign_out(&site).await;
            let (_, question) = begin_with(&browser, &site, &[(name, None)]).await;
            assert!(question.address.path().starts_with("/interaction/"), "{question:?}");
        }
        // Whoever answers the question comes in, unless that was long ago, too.
        let browser = Browser::open();
        for _ in 0..2 {
            assert_eq!(browser.sign_in(&site, "asta").await.path(), PAGE);
            browser.sign_out(&site).await;
        }
        let browser = Browser::open();
        assert_eq!(browser.sign_in(&site, "recent").await.path(), PAGE);
        browser.sign_out(&site).await;
        assert_eq!(browser.sign_in(&site, "recent").await.path(), TOO_OLD);
    }
}
