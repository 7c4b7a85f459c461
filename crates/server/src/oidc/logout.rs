//! The provider's signed word that someone has signed out (OpenID Connect Back-Channel Logout 1.0,
//! sections 2.4 and 2.6). It is no ID token: it may name a session and no person, must say what it
//! is about, and must have no nonce.
//!
//! It must not know how the provider is asked, nor of our sessions.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{
    JsonWebKey, JsonWebKeyAlgorithm, JsonWebKeyUse, JwsSigningAlgorithm, ProviderMetadataWithLogout,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The event that a logout token is about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How far the provider's clock may be ahead of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// The provider's word that someone has signed out.
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
    /// One of its sessions, and whose it is, if it says so.
    Session {
        /// The session.
        session: String,
        /// The person.
        subject: Option<String>,
    },
    /// A person, wherever she is signed in.
    Subject(String),
}

/// Why a word does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No key that we know signed it: the provider may have a new one.
    Signature,
    /// It does not count, whoever signed it; what is wrong.
    Word(&'static str),
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    iat: i64,
    exp: i64,
    jti: String,
    events: HashMap<String, Value>,
    sub: Option<String>,
    sid: Option<String>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn is_only(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Several(several) => {
                !several.is_empty() && several.iter().all(|each| each == client)
            }
        }
    }
}

/// Reads a word for this client. The signature comes last: a word that would not count anyhow must
/// not make us ask the provider for new keys.
///
/// # Errors
/// When it does not count.
pub(super) fn read(
    token: &str,
    metadata: &ProviderMetadataWithLogout,
    client: &str,
    now: DateTime<Utc>,
) -> Result<LogoutWord, Fault> {
    let no_token = Fault::Word("it is no signed token");
    let (signed, signature) = token.rsplit_once('.').ok_or(no_token)?;
    let (header, claims) = signed.split_once('.').ok_or(no_token)?;
    let bytes = |part: &str| BASE64.decode(part).map_err(|_| no_token);
    let header: Header = serde_json::from_slice(&bytes(header)?).map_err(|_| no_token)?;
    let signature = bytes(signature)?;
    let claims: Claims = serde_json::from_slice(&bytes(claims)?)
        .map_err(|_| Fault::Word("a claim is missing or malformed"))?;

    let is_kind = |kind: &str| {
        let kind = kind.to_ascii_lowercase();
        matches!(kind.strip_prefix("application/").unwrap_or(&kind), "jwt" | "logout+jwt")
    };
    let is_plain = !["crit", "cty"].iter().any(|name| header.other.contains_key(*name));
    ensure(is_plain && header.typ.as_deref().is_none_or(is_kind), "it is no logout token")?;
    let published = metadata.id_token_signing_alg_values_supported();
    let is_allowed = is_asymmetric(&header.alg) && published.contains(&header.alg);
    ensure(is_allowed, "it is signed in a way that does not count")?;

    let issuer = metadata.issuer().as_str();
    ensure(claims.iss == issuer, "it is by another provider")?;
    ensure(claims.aud.is_only(client), "it is not for us")?;
    let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(Fault::Word("it has no time"));
    let expires_at = time(claims.exp)?;
    ensure(expires_at > now, "it has expired")?;
    ensure(time(claims.iat)? <= now + AHEAD, "it is from the future")?;
    ensure(claims.events.get(EVENT).is_some_and(Value::is_object), "it is not about signing out")?;
    ensure(!claims.other.contains_key("nonce"), "it has a nonce")?;
    let whom = match (claims.sid, claims.sub) {
        (Some(session), subject) => LoggedOut::Session {
            session: format!("{issuer} {session}"),
            subject: subject.map(|subject| format!("{issuer} {subject}")),
        },
        (None, Some(subject)) => LoggedOut::Subject(format!("{issuer} {subject}")),
        (None, None) => return Err(Fault::Word("it names nobody")),
    };

    let is_signed = metadata.jwks().keys().iter().any(|key| {
        fits(key, &header)
            && key.verify_signature(&header.alg, signed.as_bytes(), &signature).is_ok()
    });
    if !is_signed {
        return Err(Fault::Signature);
    }
    Ok(LogoutWord { id: format!("{issuer} {}", claims.jti), expires_at, whom })
}

fn ensure(holds: bool, otherwise: &'static str) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Word(otherwise)) }
}

/// Whether a key may have signed what has this header.
fn fits(key: &CoreJsonWebKey, header: &Header) -> bool {
    let is_named =
        header.kid.as_ref().is_none_or(|kid| key.key_id().is_some_and(|id| id.as_str() == kid));
    let is_for_it = match key.signing_alg() {
        JsonWebKeyAlgorithm::Algorithm(algorithm) => *algorithm == header.alg,
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    is_named
        && is_for_it
        && key.key_use().is_none_or(JsonWebKeyUse::allows_signature)
        && header.alg.key_type().as_ref() == Some(key.key_type())
}

/// Whether it is signed with the provider's private key, not with a secret that we share.
pub(super) fn is_asymmetric(algorithm: &CoreJwsSigningAlgorithm) -> bool {
    use CoreJwsSigningAlgorithm as Algorithm;
    !matches!(
        algorithm,
        Algorithm::HmacSha256 | Algorithm::HmacSha384 | Algorithm::HmacSha512 | Algorithm::None
    )
}
