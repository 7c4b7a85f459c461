//! What a provider says of a person: whoever is let in was vouched for at an accepted level, and
//! only staff have an organisation, only citizens a CPR number.
#![no_main]

use jobnet_server::config::OidcConfig;
use jobnet_server::oidc;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(claims) = serde_json::from_slice::<Value>(bytes) else { return };
    let mut config = OidcConfig::default();
    config.claims.cpr = "person.cpr".to_owned();
    for role in ["fund_caseworker", "job_centre_caseworker", "researcher", "administrator"] {
        config.roles.insert(role.to_owned(), role.to_owned());
    }
    let Ok(person) = oidc::person(&config, &claims) else { return };
    let level = claims.get(&config.claims.level).and_then(Value::as_str).unwrap_or_default();
    assert!(config.accepted_levels.iter().any(|accepted| accepted == level.trim()));
    assert!(!person.name.trim().is_empty());
    let role = format!("{:?}", person.role);
    assert_eq!(person.organisation.is_some(), role.ends_with("Caseworker"));
    assert!(person.cpr.is_none() || role == "Citizen");
    if let Some(number) = person.cpr {
        assert!(number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit()));
    }
});
