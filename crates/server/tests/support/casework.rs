//! A server with citizens who stand to the demo caseworkers in every way there is.

use std::collections::BTreeMap;

use jobnet_api::access::Relation;
use jobnet_server::config::{Config, OidcConfig};
use sea_orm::{ConnectionTrait, Statement};

use super::database::TestDatabase;
use super::extracts::{CITIZENS, Extracts, query};
use super::server::{Serve, TestServer, demo_extracts};

/// How each stands to both demo caseworkers.
pub const PEOPLE: [(Relation, &str); 4] = [
    (Relation::Caseload, "SYN-OWN"),
    (Relation::Former, "SYN-FORMER"),
    (Relation::Guest, "SYN-GUEST"),
    (Relation::Stranger, "SYN-STRANGER"),
];

/// Server and citizens.
pub struct Office {
    pub server: TestServer,
    public_ids: BTreeMap<String, String>,
}

fn row(id: &str, cpr: &str, name: &str, place: &str) -> String {
    format!(
        "{id},{cpr},{name},1990-01-01,Aarhus,{place},dagpenge,full_time,22041.00,,false,\
         2026-03-01,2026-02-27,,3"
    )
}

/// The citizens as of a day before and a day after one of them moved.
fn people(former: &str) -> Extracts {
    const OURS: &str = "Fagenes A-kasse,Jobcenter Aarhus";
    const THEIRS: &str = "Videns A-kasse,Jobcenter Odense";
    let rows = [
        row("SYN-OWN", "0183901111", "Own,Ørsted", OURS),
        row("SYN-FORMER", "0183902222", "Former,Æbelø", former),
        row("SYN-GUEST", "0183903333", "Guest,Åkær", THEIRS),
        row("SYN-STRANGER", "0183904444", "Stranger,Else", THEIRS),
    ];
    let all = demo_extracts();
    let demo = std::fs::read_to_string(all.path().join("citizens.csv")).expect("reads");
    let demo: Vec<&str> = demo.lines().skip(1).collect();
    let rows: Vec<&str> = demo.into_iter().chain(rows.iter().map(String::as_str)).collect();
    all.with("citizens", CITIZENS, &rows)
}

/// The same with her who left back again.
pub fn moved_back() -> Extracts {
    people("Fagenes A-kasse,Jobcenter Aarhus")
}

/// The same with her away again.
pub fn moved_again() -> Extracts {
    people("Videns A-kasse,Jobcenter Odense")
}

/// A demo that could also sign in through a provider, if that were not down.
fn config() -> Config {
    let mut config = Config::default();
    config.server.demo = true;
    // Whoever tries every route as everyone asks more often than anyone may.
    config.limits.requests_per_minute = 0;
    let issuer = "http://127.0.0.1:9".to_owned();
    config.oidc = Some(OidcConfig { issuer, ..OidcConfig::default() });
    config
}

impl Office {
    /// Opens it on an empty database.
    pub async fn open(database: TestDatabase) -> Self {
        let db = &database.database;
        people("Fagenes A-kasse,Jobcenter Aarhus").import_well(db, "2026-11-21").await;
        people("Videns A-kasse,Jobcenter Odense").import_well(db, "2026-11-22").await;
        let ids = query(db, "SELECT register_id, public_id FROM citizens").await;
        let public_ids = ids.iter().map(|row| {
            let (register, public) = row.split_once(' ').expect("two columns");
            let value = |text: &str| text.split_once('=').expect("a value").1.to_owned();
            (value(register), value(public))
        });
        let public_ids = public_ids.collect();
        let office = Self { server: TestServer::new(database, config()), public_ids };
        for persona in ["caseworker", "caseworker-job-centre"] {
            office.server.sign_in(persona).await;
            office.give_reason(persona).await;
        }
        office
    }

    /// The id in addresses of a citizen.
    pub fn public_id(&self, register_id: &str) -> &str {
        &self.public_ids[register_id]
    }

    /// Guest access to SYN-GUEST for a caseworker, as if granted a while ago.
    async fn give_reason(&self, persona: &str) {
        let db = self.server.database.database.read();
        let sql = format!(
            "INSERT INTO guest_access \
             (id, citizen_id, handle, organisation, reason, granted_at, ends_at) \
             SELECT '{persona}', citizens.id, sessions.handle, sessions.organisation, \
             'She moves to us on Monday', 1795348000, 1795377600 \
             FROM citizens, sessions \
             WHERE register_id = 'SYN-GUEST' AND persona = '{persona}'"
        );
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.execute_raw(statement).await.expect("inserts");
    }
}
