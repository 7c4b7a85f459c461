//! The configuration as it is read, and what is refused.
#![allow(clippy::result_large_err, reason = "figment's test jail wants its own error")]

use super::*;

fn with_env(variables: &[(&str, &str)], flags: Figment) -> Result<Config, ConfigError> {
    let mut result = None;
    figment::Jail::expect_with(|jail| {
        for (name, value) in variables {
            jail.set_env(name, value);
        }
        result = Some(Config::load(None, flags.clone()));
        Ok(())
    });
    result.unwrap()
}

#[test]
fn the_environment_beats_the_file_and_flags_beat_both() {
    figment::Jail::expect_with(|jail| {
        jail.create_file(
            "jobnet.toml",
            "[server]\ndrain_seconds = 1\ntimeout_seconds = 2\nbody_limit_bytes = 3\n",
        )?;
        jail.set_env("JOBNET__SERVER__TIMEOUT_SECONDS", "20");
        jail.set_env("JOBNET__SERVER__BODY_LIMIT_BYTES", "30");
        let flags = Figment::new().merge(("server.body_limit_bytes", 300));
        let server = Config::load(None, flags).unwrap().server;
        assert_eq!(
            (server.drain_seconds, server.timeout_seconds, server.body_limit_bytes),
            (1, 20, 300)
        );
        Ok(())
    });
}

#[test]
fn unknown_keys_are_refused() {
    let error = with_env(&[("JOBNET__SERVER__LISTENN", "127.0.0.1:1")], Figment::new());
    assert!(error.unwrap_err().to_string().contains("listenn"));
}

#[test]
fn the_demo_listens_on_loopback_only() {
    let listen = |address: &str, demo: &str| {
        with_env(
            &[("JOBNET__SERVER__LISTEN", address), ("JOBNET__SERVER__DEMO", demo)],
            Figment::new(),
        )
    };
    assert!(listen("127.0.0.1:8080", "true").is_ok());
    assert!(listen("[::1]:8080", "true").is_ok());
    assert!(listen("0.0.0.0:8080", "false").is_ok());
    for open in ["0.0.0.0:8080", "[::]:8080", "10.0.0.7:8080"] {
        assert!(matches!(listen(open, "true"), Err(ConfigError::DemoInTheOpen(_))), "{open}");
    }
}

#[test]
fn the_clock_is_moved_in_a_demo_only() {
    let now = ("JOBNET__SERVER__NOW", "2026-12-24T12:00:00+01:00");
    let demo = with_env(&[now, ("JOBNET__SERVER__DEMO", "true")], Figment::new()).unwrap();
    assert_eq!(demo.server.now, Some("2026-12-24T11:00:00Z".parse().unwrap()));
    let real = with_env(&[now], Figment::new());
    assert!(matches!(real, Err(ConfigError::NowOutsideDemo)));
}

#[test]
fn sessions_that_end_at_once_are_for_demos_only() {
    let load = |name: &str, seconds: u32, demo: &str| {
        let (name, seconds) = (format!("JOBNET__SESSIONS__{name}"), seconds.to_string());
        with_env(&[(&name, &seconds), ("JOBNET__SERVER__DEMO", demo)], Figment::new())
    };
    for (name, least) in [("IDLE_SECONDS", 120), ("LONGEST_SECONDS", 1800)] {
        assert!(load(name, least, "false").is_ok() && load(name, 9, "true").is_ok(), "{name}");
        let short = load(name, least - 1, "false");
        assert!(matches!(short, Err(ConfigError::Lifetimes)), "{name}");
    }
}

#[test]
fn keys_of_a_provider_are_believed_for_an_hour_at_most() {
    let load = |seconds: &str| {
        let issuer = ("JOBNET__OIDC__ISSUER", "http://127.0.0.1:9");
        with_env(&[issuer, ("JOBNET__OIDC__KEYS_SECONDS", seconds)], Figment::new())
    };
    assert!(load("1").is_ok() && load("3600").is_ok());
    for wrong in ["0", "3601"] {
        assert!(matches!(load(wrong), Err(ConfigError::KeysSeconds(_))), "{wrong}");
    }
}

#[test]
fn secrets_are_not_printed() {
    for (url, expected) in [
        ("postgres://user:secret@db:5432/jobnet", "postgres://…@db:5432/jobnet"),
        ("postgres:///jobnet?host=/run&password=secret", "postgres:///jobnet?…"),
        ("sqlite:jobnet.db", "sqlite:jobnet.db"),
    ] {
        assert_eq!(redact_url(url), expected);
    }
}

#[test]
fn the_law_of_profiles_is_read_from_the_file_and_from_the_environment() {
    let basis = |config: Config| config.profiling.legal_basis.unwrap();
    let law = "law = { da = \"Lov om A, § 1\", en = \"Act on A, section 1\" }";
    let text = "text = { da = \"Den tillader det.\", en = \"It allows it.\" }";
    let expected = serde_json::json!({
        "law": { "da": "Lov om A, § 1", "en": "Act on A, section 1" },
        "text": { "da": "Den tillader det.", "en": "It allows it." },
        "valid_from": "2026-07-01",
    });
    figment::Jail::expect_with(|jail| {
        let file = format!("[profiling.legal_basis]\n{law}\n{text}\nvalid_from = \"2026-07-01\"\n");
        jail.create_file("jobnet.toml", &file)?;
        let read = basis(Config::load(None, Figment::new()).unwrap());
        assert_eq!(serde_json::to_value(read).unwrap(), expected);
        jail.set_env("JOBNET__PROFILING__LEGAL_BASIS__LAW__DA", "Borgerens samtykke");
        let error = Config::load(None, Figment::new()).unwrap_err().to_string();
        assert!(error.contains("consent to an authority is not free"), "{error}");
        Ok(())
    });
    let name = |part: &str| format!("JOBNET__PROFILING__LEGAL_BASIS__{part}");
    let variables = [
        (name("LAW__DA"), "Lov om A, § 1"),
        (name("LAW__EN"), "Act on A, section 1"),
        (name("TEXT__DA"), "Den tillader det."),
        (name("TEXT__EN"), "It allows it."),
        (name("VALID_FROM"), "2026-07-01"),
    ];
    let variables = variables.each_ref().map(|(name, value)| (name.as_str(), *value));
    let read = basis(with_env(&variables, Figment::new()).unwrap());
    assert_eq!(serde_json::to_value(read).unwrap(), expected);
    let half = with_env(&variables[1..], Figment::new());
    assert!(matches!(half, Err(ConfigError::Unreadable(_))));
}
