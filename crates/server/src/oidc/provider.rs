//! The provider: what it publishes about itself, asking it for a person, and its words that someone
//! has signed out.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenVerifier,
};
use openidconnect::{
    AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, IssuerUrl, LogoutRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, TokenResponse,
};
use serde_json::Value;

use super::Pending;
use super::claims::{self, ClaimsError, Person};
use super::discovery::{Discovery, Metadata};
use super::logout::{self, Fault, LogoutWord, is_asymmetric};
use crate::config::OidcConfig;

/// How long the provider may take to answer us.
const PATIENCE: Duration = Duration::from_secs(5);
/// How far, in **seconds**, the provider's clock may be behind ours. It tells whole seconds, and
/// servers that ask for the time are less than one apart: the rest is for a clock that has lost it
/// for a while. Whoever showed who she is so shortly before signing out could be taken for the next
/// one at the same computer.
const BEHIND: i64 = 10;

/// Why a sign-in did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// An address of the configuration is none.
    #[error("oidc: an address cannot be used: {0}")]
    Address(String),
    /// Our own client cannot be made.
    #[error("oidc: requests cannot be made: {0}")]
    Client(#[from] reqwest::Error),
    /// The provider cannot be reached, or answers what is no answer.
    #[error("the provider cannot be asked: {0}")]
    Provider(String),
    /// The provider refuses the code: made up, used before, or of someone else.
    #[error("the provider refuses the code: {0}")]
    Code(String),
    /// The token is not one for us, or its signature is by no key the provider publishes.
    #[error("the token cannot be trusted: {0}")]
    Token(String),
    /// She showed the provider too long ago who she is, or it does not say when.
    #[error("the provider does not say that she has shown lately who she is")]
    Old,
    /// The claims do not sign anyone in.
    #[error(transparent)]
    Claims(#[from] ClaimsError),
}

impl OidcError {
    /// Which of them it is, in a word for the log: the text may be someone else's.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Address(_) => "address",
            Self::Client(_) => "client",
            Self::Provider(_) => "provider",
            Self::Code(_) => "code",
            Self::Token(_) => "token",
            Self::Old => "old",
            Self::Claims(ClaimsError::Level) => "level",
            Self::Claims(ClaimsError::Claim(_)) => "claim",
            Self::Claims(ClaimsError::Role) => "role",
        }
    }
}

/// A sign-in that begins: where to send the browser, and what to remember.
pub struct Begun {
    /// The address at the provider.
    pub address: String,
    /// Comes back with the answer.
    pub state: String,
    /// What the answer must fit.
    pub pending: Pending,
}

/// What the provider asks her when it knows her already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Nothing, if it so chooses.
    AsItLikes,
    /// Who she is: whoever was here before may have left.
    Again,
}

/// The provider as configured.
#[derive(Debug)]
pub struct Oidc {
    config: OidcConfig,
    issuer: IssuerUrl,
    callback: RedirectUrl,
    signed_out: PostLogoutRedirectUrl,
    http: reqwest::Client,
    discovery: Arc<Discovery>,
}

impl Oidc {
    /// Nothing is asked yet: a provider that is down keeps no server from starting.
    ///
    /// # Errors
    /// When an address is malformed.
    pub fn new(config: OidcConfig, base_url: &str) -> Result<Self, OidcError> {
        let address = |error: openidconnect::url::ParseError| OidcError::Address(error.to_string());
        let callback = format!("{base_url}{}", jobnet_api::paths::AUTH_CALLBACK);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(address)?;
        Ok(Self {
            discovery: Discovery::new(
                issuer.clone(),
                http.clone(),
                Duration::from_secs(config.keys_seconds.into()),
            ),
            issuer,
            callback: RedirectUrl::new(callback).map_err(address)?,
            signed_out: PostLogoutRedirectUrl::new(format!("{base_url}/")).map_err(address)?,
            http,
            config,
        })
    }

    /// The issuer, as the provider must call itself.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Reads what the provider publishes, if that is due; waits for nothing.
    pub fn prepare(&self) {
        self.discovery.prepare();
    }

    async fn metadata(&self) -> Result<Metadata, OidcError> {
        self.discovery.get().await.map_err(OidcError::Provider)
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.config.client_secret.clone().map(ClientSecret::new)
    }

    /// Begins a sign-in; `now` by the system's clock, as the provider has it.
    ///
    /// # Errors
    /// When the provider cannot be asked about itself.
    pub async fn begin(
        &self,
        return_to: String,
        ask: Ask,
        now: DateTime<Utc>,
    ) -> Result<Begun, OidcError> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata.as_ref().clone(),
            self.client_id(),
            self.secret(),
        )
        .set_redirect_uri(self.callback.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge);
        for scope in &self.config.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        for level in &self.config.requested_levels {
            request =
                request.add_auth_context_value(AuthenticationContextClass::new(level.clone()));
        }
        if ask == Ask::Again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let longest = longest(ask, self.config.max_age_seconds);
        if let Some(longest) = longest {
            request = request.set_max_age(Duration::from_secs(longest.into()));
        }
        // The address goes through her browser, where somebody may take `prompt` or `max_age` out
        // of it: what was asked is kept here.
        let shown_since = longest.map(|longest| now.timestamp() - i64::from(longest) - BEHIND);
        let (address, state, nonce) = request.url();
        Ok(Begun {
            address: address.into(),
            state: state.secret().clone(),
            pending: Pending {
                nonce: nonce.secret().clone(),
                verifier: verifier.secret().clone(),
                return_to,
                shown_since,
            },
        })
    }

    /// Exchanges the code for a person.
    ///
    /// # Errors
    /// When the provider cannot be reached or refuses, or the token or its claims do not do.
    pub async fn finish(&self, code: String, pending: &Pending) -> Result<Person, OidcError> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata.as_ref().clone(),
            self.client_id(),
            self.secret(),
        )
        .set_redirect_uri(self.callback.clone());
        let response = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(answer) => OidcError::Code(answer.to_string()),
                error => OidcError::Provider(error.to_string()),
            })?;
        let missing = || OidcError::Token("there is no ID token".to_owned());
        let token = response.id_token().ok_or_else(missing)?;
        let nonce = Nonce::new(pending.nonce.clone());
        let check = |verifier: CoreIdTokenVerifier<'_>| token.claims(&verifier, &nonce).map(drop);
        self.check(&metadata, check).await?;
        let claims = payload(token)?;
        if !has_shown(&claims, pending.shown_since) {
            return Err(OidcError::Old);
        }
        Ok(claims::person(&self.config, &claims)?)
    }

    /// Who the provider says has signed out (OpenID Connect Back-Channel Logout 1.0, section 2.6).
    /// While nothing newer can be had, the keys that were read last count, however old: a word that
    /// is believed wrongly ends a session, and one that is lost leaves one open.
    ///
    /// # Errors
    /// When the token is not the provider's, not for us, or not about signing out.
    pub async fn logged_out(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<LogoutWord, OidcError> {
        let metadata = match self.metadata().await {
            Ok(metadata) => metadata,
            Err(error) => self.discovery.known().ok_or(error)?,
        };
        let refused = |what: &str| OidcError::Token(what.to_owned());
        match logout::read(token, &metadata, &self.config.client_id, now) {
            Ok(word) => Ok(word),
            Err(Fault::Word(what)) => Err(refused(what)),
            Err(Fault::Signature) => {
                let renewed = self.discovery.renewed().await.map_err(OidcError::Provider)?;
                logout::read(token, &renewed, &self.config.client_id, now).map_err(|fault| {
                    refused(match fault {
                        Fault::Word(what) => what,
                        Fault::Signature => "no key of the provider's signed it",
                    })
                })
            }
        }
    }

    /// Checks a token. If no key we know signed it, the provider may have a new one: then it is
    /// asked once more.
    async fn check(
        &self,
        metadata: &ProviderMetadataWithLogout,
        check: impl Fn(CoreIdTokenVerifier<'_>) -> Result<(), ClaimsVerificationError>,
    ) -> Result<(), OidcError> {
        let first = check(self.verifier(metadata));
        let Err(ClaimsVerificationError::SignatureVerification(error)) = &first else {
            return first.map_err(|error| OidcError::Token(error.to_string()));
        };
        if !matches!(
            error,
            SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_)
        ) {
            return first.map_err(|error| OidcError::Token(error.to_string()));
        }
        let metadata = self.discovery.renewed().await.map_err(OidcError::Provider)?;
        check(self.verifier(&metadata)).map_err(|error| OidcError::Token(error.to_string()))
    }

    fn verifier(&self, metadata: &ProviderMetadataWithLogout) -> CoreIdTokenVerifier<'static> {
        let (issuer, keys) = (metadata.issuer().clone(), metadata.jwks().clone());
        let verifier = CoreIdTokenVerifier::new_public_client(self.client_id(), issuer, keys);
        // Signed with the provider's private key, never with a secret that we share.
        verifier.set_allowed_algs(
            metadata
                .id_token_signing_alg_values_supported()
                .iter()
                .filter(|algorithm| is_asymmetric(algorithm))
                .cloned(),
        )
    }

    /// Where the browser signs out at the provider, too; `None`: the provider has no such place, or
    /// it is not known yet. Nobody is asked: signing out here must not wait for the provider.
    ///
    /// No `id_token_hint`: it would put the ID token, with name and CPR number, into an address.
    pub fn sign_out_address(&self) -> Option<String> {
        let metadata = self.discovery.known()?;
        let place = metadata.additional_metadata().end_session_endpoint.clone()?;
        let request = LogoutRequest::from(place)
            .set_client_id(self.client_id())
            .set_post_logout_redirect_uri(self.signed_out.clone());
        Some(request.http_get_url().into())
    }
}

/// How long ago, in **seconds**, she may have shown the provider who she is; `None`: whenever. Where
/// the one before may be known to it still, it must be now, whatever is configured.
fn longest(ask: Ask, configured: Option<u32>) -> Option<u32> {
    match ask {
        Ask::Again => Some(0),
        Ask::AsItLikes => configured,
    }
}

/// Whether a token says that she has shown who she is since this time (**seconds** since 1970). A
/// provider that was asked for `max_age` must say when it was (OpenID Connect Core 1.0, section 2).
fn has_shown(claims: &Value, since: Option<i64>) -> bool {
    let at = claims.get("auth_time").and_then(Value::as_i64);
    since.is_none_or(|since| at.is_some_and(|at| at >= since))
}

/// All claims of a token that was checked.
fn payload(token: &CoreIdToken) -> Result<Value, OidcError> {
    let text = token.to_string();
    let payload = text.split('.').nth(1).and_then(|part| BASE64.decode(part).ok());
    let claims = payload.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    claims.ok_or_else(|| OidcError::Token("its claims cannot be read".to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn after_signing_out_it_must_be_now_whatever_is_configured() {
        for (ask, configured, expected) in [
            (Ask::AsItLikes, None, None),
            (Ask::AsItLikes, Some(600), Some(600)),
            (Ask::Again, None, Some(0)),
            (Ask::Again, Some(600), Some(0)),
        ] {
            assert_eq!(longest(ask, configured), expected, "{ask:?} {configured:?}");
        }
    }

    #[test]
    fn a_clock_may_be_ten_seconds_behind_and_not_eleven() {
        let now = 1_795_348_800;
        let since = Some(now - BEHIND);
        for (claims, expected) in [
            (json!({"auth_time": now}), true),
            (json!({"auth_time": now - 10}), true),
            (json!({"auth_time": now - 11}), false),
            (json!({"auth_time": null}), false),
            (json!({"auth_time": now.to_string()}), false),
            (json!({}), false),
        ] {
            assert_eq!(has_shown(&claims, since), expected, "{claims}");
            assert!(has_shown(&claims, None), "{claims}");
        }
    }
}
