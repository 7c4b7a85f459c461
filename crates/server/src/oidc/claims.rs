//! From the claims of a checked token to a person: how sure the provider is, who she is, what she
//! may be. Which claim says what is configuration.

use jobnet_api::boot::Role;
use serde_json::Value;

use crate::config::OidcConfig;
use crate::cpr;
use crate::session::role_of_key;

/// Someone the provider vouches for.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Provider and its name for her.
    pub subject: String,
    /// Provider and its name for its session.
    pub provider_session: Option<String>,
    /// Name to show.
    pub name: String,
    /// What she may be.
    pub role: Role,
    /// Of a caseworker: her fund or job centre.
    pub organisation: Option<String>,
    /// Her CPR number, if the provider told.
    pub cpr: Option<String>,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// The provider is not sure enough.
    #[error("the assurance level is not one of those accepted")]
    Level,
    /// A claim is missing or of another kind than configured.
    #[error("the claim {0} is missing or cannot be used")]
    Claim(String),
    /// Her roles are none of ours, or more than one.
    #[error("the role claim names no role, or several")]
    Role,
}

/// Reads the claims.
///
/// # Errors
/// When the level is too low, or a claim that is needed is missing.
pub fn person(config: &OidcConfig, claims: &Value) -> Result<Person, ClaimsError> {
    let names = &config.claims;
    let level = text(claims, &names.level).ok_or(ClaimsError::Level)?;
    if !config.accepted_levels.contains(&level) {
        return Err(ClaimsError::Level);
    }
    let needed = |name: &str| text(claims, name).ok_or_else(|| ClaimsError::Claim(name.to_owned()));
    let issuer = needed("iss")?;
    let role = role(config, claims)?;
    let organisation = match role {
        Role::FundCaseworker | Role::JobCentreCaseworker => Some(needed(&names.organisation)?),
        Role::Citizen | Role::Researcher | Role::Administrator => None,
    };
    let number = match (role, text(claims, &names.cpr)) {
        (Role::Citizen, Some(number)) => {
            let wrong = |_| ClaimsError::Claim(names.cpr.clone());
            Some(cpr::parse(&number).map_err(wrong)?)
        }
        _ => None,
    };
    Ok(Person {
        subject: format!("{issuer} {}", needed("sub")?),
        provider_session: text(claims, "sid").map(|sid| format!("{issuer} {sid}")),
        name: needed(&names.name)?,
        role,
        organisation,
        cpr: number,
    })
}

/// Her role: a citizen's, unless the claim names exactly one of those configured.
fn role(config: &OidcConfig, claims: &Value) -> Result<Role, ClaimsError> {
    let stated: Vec<&str> = match find(claims, &config.claims.role) {
        None | Some(Value::Null) => return Ok(Role::Citizen),
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Err(ClaimsError::Role),
    };
    if stated.is_empty() {
        return Ok(Role::Citizen);
    }
    let mut roles: Vec<Role> = stated
        .iter()
        .filter_map(|name| config.roles.get(*name))
        .filter_map(|key| role_of_key(key))
        .collect();
    roles.dedup();
    match roles.as_slice() {
        [one] => Ok(*one),
        _ => Err(ClaimsError::Role),
    }
}

fn text(claims: &Value, path: &str) -> Option<String> {
    let text = find(claims, path)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A claim by its name, or by a path of names with points between (`person.cpr`); names that are
/// addresses hold points themselves and are looked for first.
fn find<'a>(claims: &'a Value, path: &str) -> Option<&'a Value> {
    claims.get(path).or_else(|| path.split('.').try_fold(claims, |value, name| value.get(name)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config() -> OidcConfig {
        let mut config = OidcConfig::default();
        config.claims.cpr = "person.cpr".to_owned();
        for (name, key) in [("urn:fund", "fund_caseworker"), ("urn:research", "researcher")] {
            config.roles.insert(name.to_owned(), key.to_owned());
        }
        config
    }

    fn read(extra: Value) -> Result<Person, ClaimsError> {
        let mut claims =
            json!({"iss": "https://op", "sub": "7", "acr": "Substantial", "name": "A"});
        for (name, value) in extra.as_object().unwrap() {
            claims[name] = value.clone();
        }
        person(&config(), &claims)
    }

    #[test]
    fn a_citizen_has_no_role_claim_and_perhaps_no_cpr_number() {
        let person = read(json!({"person": {"cpr": "018190-1234"}, "sid": "s"})).unwrap();
        assert_eq!((person.role, person.cpr.as_deref()), (Role::Citizen, Some("0181901234")));
        assert_eq!(person.subject, "https://op 7");
        assert_eq!(person.provider_session.as_deref(), Some("https://op s"));
        assert_eq!(read(json!({})).unwrap().cpr, None);
        assert_eq!(read(json!({"roles": []})).unwrap().role, Role::Citizen);
    }

    #[test]
    fn what_is_missing_or_too_weak_signs_nobody_in() {
        let claim = |name: &str| Some(ClaimsError::Claim(name.to_owned()));
        for (extra, expected) in [
            (json!({"acr": "Low"}), Some(ClaimsError::Level)),
            (json!({"acr": "substantial"}), Some(ClaimsError::Level)),
            (json!({"acr": 3}), Some(ClaimsError::Level)),
            (json!({"acr": null}), Some(ClaimsError::Level)),
            (json!({"acr": "High"}), None),
            (json!({"acr": "https://data.gov.dk/concept/core/nsis/Substantial"}), None),
            (json!({"name": " "}), claim("name")),
            (json!({"person": {"cpr": "1"}}), claim("person.cpr")),
            (json!({"roles": "urn:fund"}), claim("organisation")),
            (json!({"roles": "urn:fund", "organisation": "F"}), None),
            (json!({"roles": ["urn:other"]}), Some(ClaimsError::Role)),
            (json!({"roles": ["urn:fund", "urn:research"]}), Some(ClaimsError::Role)),
            (json!({"roles": ["urn:other", "urn:research"]}), None),
            (json!({"roles": {"a": 1}}), Some(ClaimsError::Role)),
        ] {
            assert_eq!(read(extra.clone()).err(), expected, "{extra}");
        }
    }

    #[test]
    fn a_name_that_is_an_address_is_one_name() {
        let claims = json!({"https://data.gov.dk/loa": "x", "a": {"b": {"c": 1}}});
        assert_eq!(find(&claims, "https://data.gov.dk/loa"), Some(&json!("x")));
        assert_eq!(find(&claims, "a.b.c"), Some(&json!(1)));
        assert_eq!(find(&claims, "a.x.c"), None);
    }
}
