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

/// The beginning of a sign-in without these words in its address, as somebody at the browser could
/// take them out; to where the provider leads.
async fn begin_without(browser: &Browser, site: &Site, names: &[&str]) -> (Vec<String>, Place) {
    let login = site.at(&format!("/auth/login?return_to={PAGE}"));
    let mut begun = browser.ask(Method::GET, &login, &[]).await;
    let asked = |address: &Url| -> Vec<(String, String)> {
        address.query_pairs().map(|(name, value)| (name.into(), value.into())).collect()
    };
    let all = asked(&begun.address);
    let kept = all.iter().filter(|(name, _)| !names.contains(&name.as_str()));
    begun.address.query_pairs_mut().clear().extend_pairs(kept);
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
    let (asked, question) = begin_without(&browser, &site, &["max_age"]).await;
    assert!(asked.contains(&"max_age=600".to_owned()), "{asked:?}");
    let back = browser.choose(&question, "asta").await;
    assert_eq!(browser.follow(back, |_| false).await.path(), TOO_OLD);
    assert!(!browser.is_signed_in(&site).await);
}

#[tokio::test]
async fn nobody_comes_in_as_the_one_before_by_changing_the_question() {
    let site = site().await;
    let browser = Browser::open();
    assert_eq!(browser.sign_in(&site, "recent").await.path(), PAGE);
    // She signs out here and not at the provider, which still knows her.
    browser.sign_out(&site).await;
    let (asked, back) = begin_without(&browser, &site, &["prompt"]).await;
    assert!(asked.contains(&"prompt=login".to_owned()), "{asked:?}");
    assert_eq!(back.address.path(), "/auth/callback", "the provider asked nobody");
    assert_eq!(browser.follow(back, |_| false).await.path(), TOO_OLD);
    assert!(!browser.is_signed_in(&site).await);
    // Whoever answers the question comes in.
    let browser = Browser::open();
    for _ in 0..2 {
        assert_eq!(browser.sign_in(&site, "asta").await.path(), PAGE);
        browser.sign_out(&site).await;
    }
}
