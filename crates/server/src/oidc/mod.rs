//! Signing in through an OpenID Connect provider: code flow with PKCE, state and nonce, everything
//! on the server. The provider's tokens are looked at and forgotten; no browser ever sees one.
//!
//! It must not know of sessions, cookies or pages.

mod claims;
mod discovery;
mod heard;
mod logout;
mod pending;
mod provider;

pub use claims::{ClaimsError, Person, person};
pub use heard::sign_out_once;
pub use logout::{LoggedOut, LogoutWord};
pub use pending::{Pending, begin, finish};
pub use provider::{Ask, Begun, Oidc, OidcError};
