//! The provider's signed word that someone has signed out (OpenID Connect Back-Channel Logout 1.0,
//! section 2.6). It is no ID token: it may name a session and nobody.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeyUse, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, SignatureVerificationError};
use serde::Deserialize;
use serde_json::Value;

use super::provider::is_asymmetric;

/// The event that a logout token is about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What is known of a word that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutWord {
    /// Issuer and its id of this word.
    pub id: String,
    /// Until when it could be told again.
    pub expires_at: DateTime<Utc>,
    /// Who.
    pub whom: LoggedOut,
}

/// Whom the provider has signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoggedOut {
    /// One of its sessions.
    Session(String),
    /// A person, wherever she is signed in.
    Subject(String),
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    typ: Option<String>,
    kid: Option<String>,
    /// Extensions that must be understood; we understand none.
    crit: Option<Value>,
}

/// A word as it came, of which nothing is believed yet.
pub(super) struct Unchecked<'a> {
    header: Header,
    claims: Value,
    signed: &'a str,
    signature: Vec<u8>,
}

/// Takes a word apart; `None`: it is no signed token of a kind that can be one.
pub(super) fn read(token: &str) -> Option<Unchecked<'_>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let part = |text: &str| BASE64.decode(text).ok();
    let header: Header = serde_json::from_slice(&part(header)?).ok()?;
    let kind = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    let is_kind =
        matches!(kind.strip_prefix("application/").unwrap_or(&kind), "jwt" | "logout+jwt");
    let claims = serde_json::from_slice(&part(claims)?).ok()?;
    let signature = part(signature)?;
    (is_kind && header.crit.is_none()).then_some(Unchecked { header, claims, signed, signature })
}

impl Unchecked<'_> {
    /// Whether one of the provider's keys has signed it, in a way that the provider says it uses:
    /// never with a secret that we share.
    ///
    /// # Errors
    /// None has; the provider may have a new one.
    pub(super) fn is_signed(
        &self,
        keys: &[CoreJsonWebKey],
        ways: &[CoreJwsSigningAlgorithm],
    ) -> Result<(), SignatureVerificationError> {
        let Header { alg, kid, .. } = &self.header;
        if !is_asymmetric(alg) || !ways.contains(alg) {
            return Err(SignatureVerificationError::DisallowedAlg("not the provider's".to_owned()));
        }
        let may_sign = |key: &&CoreJsonWebKey| {
            key.key_use().is_none_or(|kind| *kind == CoreJsonWebKeyUse::Signature)
                && kid.as_ref().is_none_or(|kid| key.key_id().is_some_and(|id| **id == *kid))
        };
        let has_signed = |key: &CoreJsonWebKey| {
            key.verify_signature(alg, self.signed.as_bytes(), &self.signature).is_ok()
        };
        let mut may = keys.iter().filter(may_sign);
        if may.any(has_signed) { Ok(()) } else { Err(SignatureVerificationError::NoMatchingKey) }
    }

    /// What it says, if it is this issuer's, for this client, and about signing out.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn says(
        &self,
        issuer: &str,
        client: &str,
        now: DateTime<Utc>,
    ) -> Result<LogoutWord, &'static str> {
        let claim = |name: &str| self.claims.get(name);
        let text = |name: &str| claim(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text("iss") != Some(issuer) {
            return Err("it is of another issuer");
        }
        let is_for_us = match claim("aud") {
            Some(Value::String(one)) => one == client,
            Some(Value::Array(several)) => several.iter().any(|one| one == client),
            _ => false,
        };
        if !is_for_us {
            return Err("it is for another client");
        }
        if claim("iat").and_then(Value::as_i64).is_none() {
            return Err("it names no time");
        }
        // An ID token has a nonce; a logout token must not be one.
        if claim("nonce").is_some() {
            return Err("it has a nonce");
        }
        if !claim("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
            return Err("it is not about signing out");
        }
        let expires_at = claim("exp").and_then(Value::as_i64);
        let expires_at = expires_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let session = text("sid").map(|sid| LoggedOut::Session(format!("{issuer} {sid}")));
        let person = || text("sub").map(|sub| LoggedOut::Subject(format!("{issuer} {sub}")));
        Ok(LogoutWord {
            id: format!("{issuer} {}", text("jti").ok_or("it names no jti")?),
            expires_at: expires_at.filter(|at| *at > now).ok_or("it is over")?,
            whom: session.or_else(person).ok_or("it names nobody")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::core::CoreEdDsaPrivateSigningKey;
    use openidconnect::{JsonWebKeyId, PrivateSigningKey};
    use serde_json::json;

    use super::*;

    /// Made for this test alone.
    const PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIPvLZ3vjR6K/dFJ9W3MfPyf7HT7bqF6VNeUgQLhKjECQ\n\
        -----END PRIVATE KEY-----\n";
    const WAYS: [CoreJwsSigningAlgorithm; 2] =
        [CoreJwsSigningAlgorithm::EdDsa, CoreJwsSigningAlgorithm::HmacSha256];

    fn key(id: &str) -> CoreEdDsaPrivateSigningKey {
        let id = JsonWebKeyId::new(id.to_owned());
        CoreEdDsaPrivateSigningKey::from_ed25519_pem(PEM, Some(id)).unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn claims() -> Value {
        json!({
            "iss": "https://op", "aud": ["other", "jobnet"], "iat": now().timestamp(),
            "exp": now().timestamp() + 120, "jti": "1", "sid": "s", "events": {EVENT: {}},
        })
    }

    fn token(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = key("1").sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64.encode(signature))
    }

    fn header() -> Value {
        json!({"alg": "EdDSA", "typ": "logout+jwt", "kid": "1"})
    }

    /// Whether it is believed, and what it says.
    fn heard(token: &str) -> Option<LogoutWord> {
        let word = read(token)?;
        word.is_signed(&[key("1").as_verification_key()], &WAYS).ok()?;
        word.says("https://op", "jobnet", now()).ok()
    }

    #[test]
    fn a_session_alone_is_enough_and_a_person_too() {
        let session = heard(&token(&header(), &claims())).unwrap();
        assert_eq!(session.whom, LoggedOut::Session("https://op s".to_owned()));
        assert_eq!(session.id, "https://op 1");
        let mut person = claims();
        person["sid"] = Value::Null;
        person["sub"] = json!("7");
        let person = heard(&token(&header(), &person)).unwrap();
        assert_eq!(person.whom, LoggedOut::Subject("https://op 7".to_owned()));
        let mut both = claims();
        both["sub"] = json!("7");
        let both = heard(&token(&header(), &both)).unwrap();
        assert_eq!(both.whom, LoggedOut::Session("https://op s".to_owned()), "one of hers");
    }

    #[test]
    fn what_is_not_the_providers_word_to_us_about_signing_out_is_refused() {
        for (name, value) in [
            ("iss", json!("https://other")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("iat", Value::Null),
            ("exp", json!(now().timestamp())),
            ("exp", Value::Null),
            ("jti", json!("")),
            ("sid", Value::Null),
            ("nonce", json!("n")),
            ("events", json!({"other": {}})),
            ("events", json!({EVENT: true})),
        ] {
            let mut wrong = claims();
            wrong[name] = value.clone();
            assert_eq!(heard(&token(&header(), &wrong)), None, "{name}: {value}");
        }
        for wrong in [
            json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "1"}),
            json!({"alg": "EdDSA", "kid": "1", "crit": ["b64"]}),
            json!({"alg": "EdDSA", "kid": "2"}),
            json!({"alg": "HS256", "kid": "1"}),
            json!({"alg": "none", "kid": "1"}),
        ] {
            assert_eq!(heard(&token(&wrong, &claims())), None, "{wrong}");
        }
        for kind in ["JWT", "application/logout+jwt"] {
            let header = json!({"alg": "EdDSA", "typ": kind, "kid": "1"});
            assert!(heard(&token(&header, &claims())).is_some(), "{kind}");
        }
    }

    #[test]
    fn a_word_that_was_changed_is_refused() {
        let token = token(&header(), &claims());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let head = signed.split('.').next().unwrap();
        let mut other = claims();
        other["sid"] = json!("t");
        let changed = format!("{head}.{}.{signature}", BASE64.encode(other.to_string()));
        assert_eq!(heard(&changed), None);
        for broken in [signed, "", "..", &format!("{token}.")] {
            assert_eq!(heard(broken), None, "{broken}");
        }
    }
}
