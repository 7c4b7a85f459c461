//! Without a law that says so the model does not run.

use jobnet_api::profile::LegalBasis;
use jobnet_api::trials::protocol::Bilingual;
use jobnet_server::config::Config;
use jobnet_server::population::Population;
use jobnet_server::profiles::legal_basis;
use serde_json::{Value, json};

use crate::Visitor;
use crate::models::models;
use crate::support::database::both;
use crate::support::extracts::{day, query};
use crate::support::server::{TestServer, demo_extracts};

fn basis(valid_from: &str) -> LegalBasis {
    let both = |text: &str| Bilingual { da: text.to_owned(), en: text.to_owned() };
    LegalBasis {
        law: both("Lov om et eksempel, § 1"),
        text: both("Den tillader det."),
        valid_from: day(valid_from),
    }
}

fn config(basis: Option<LegalBasis>, demo: bool) -> Config {
    let mut config = Config::default();
    config.server.demo = demo;
    config.profiling.legal_basis = basis;
    config
}

#[tokio::test]
async fn a_law_that_does_not_apply_yet_lets_nothing_be_fetched_or_computed() {
    for database in both().await {
        demo_extracts().import_well(&database.database, "2026-11-22").await;
        let server = TestServer::new(database, config(Some(basis("2026-11-23")), true));
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let profile = hers.profile().await;
        assert_eq!((&profile["legal_basis"], &profile["facts"]), (&Value::Null, &json!([])));
        let receipt = hers.fill_and_send("one").await;
        assert_eq!(receipt["result"], json!({ "no_profile": { "type": "no_legal_basis" } }));
        let nothing = json!({ "age": null, "months_employed": null, "origin": null });
        assert_eq!(receipt["facts"], nothing);
        let rows = query(&server.database.database, "SELECT model_digest FROM profile_submissions");
        assert_eq!(rows.await, ["model_digest="], "it did not run");
        assert_eq!(models(&server).await["legal_basis"], Value::Null);

        let day_after = TestServer::new(server.database, config(Some(basis("2026-11-22")), true));
        let hers = Visitor::of(&day_after, "citizen-full-time").await;
        let law = json!("Lov om et eksempel, § 1");
        assert_eq!(hers.profile().await["legal_basis"]["law"]["da"], law);
        assert!(hers.send("two").await.json()["result"]["profile"].is_object());
        assert_eq!(models(&day_after).await["legal_basis"]["law"]["en"], law);
    }
}

#[tokio::test]
async fn only_a_demonstration_without_real_people_needs_no_law() {
    for database in both().await {
        let today = day("2026-11-22");
        let made_up = Population { as_of: Some(today), synthetic: true, only_synthetic: true };
        let mixed = Population { only_synthetic: false, ..made_up };
        let found = |server: &TestServer, population| legal_basis(&server.app, population, today);
        let demo = TestServer::new(database, config(None, true));
        let said = found(&demo, made_up).expect("it says that it is a demonstration");
        assert!(said.text.da.contains("opdigtede") && said.text.en.contains("made up"), "{said:?}");
        assert_eq!(found(&demo, mixed), None, "real people");
        let real = TestServer::new(demo.database, config(None, false));
        assert_eq!((found(&real, made_up), found(&real, mixed)), (None, None));
        let with_law = TestServer::new(real.database, config(Some(basis("2026-01-01")), false));
        assert_eq!(found(&with_law, mixed), Some(basis("2026-01-01")));
    }
}

#[tokio::test]
async fn another_delivered_model_can_be_chosen_the_tree_gives_a_group_and_no_share() {
    for database in both().await {
        demo_extracts().import_well(&database.database, "2026-11-22").await;
        let mut config = config(None, true);
        config.profiling.model = "tree-reconstruction".to_owned();
        let server = TestServer::new(database, config);
        assert_eq!(models(&server).await["default"], "tree-reconstruction");
        let hers = Visitor::of(&server, "citizen-full-time").await;
        assert_eq!(hers.profile().await["model"], "tree-reconstruction");
        let result = hers.fill_and_send("one").await["result"].clone();
        assert_eq!(result["profile"]["model"], "tree-reconstruction");
        let group = json!({ "type": "group", "group": "low" });
        assert_eq!(result["profile"]["outcome"], group, "{result}");
        assert_eq!(result["profile"]["base_rate"], Value::Null, "{result}");
    }
}
