//! The schema's history, oldest first; a migration that was released never changes.

use sea_orm_migration::prelude::{DynIden, IntoIden};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

mod m20261122_000001_registers;
mod m20261122_000002_sessions;
mod m20261126_000003_identities;
mod m20261126_000004_access_log;
mod m20261126_000005_casework;
mod m20261126_000006_cpr_numbers;
mod m20261126_000007_sign_ins;
mod m20261126_000008_logout_words;
mod m20261126_000009_trials;
mod m20261126_000020_understanding;
mod m20261126_000040_checklist;
mod m20261127_000021_profiles;
mod m20261127_000022_model_watches;
mod m20261128_000050_outbox;
mod m20261128_000060_addresses;
mod m20261128_000061_dispatches;
mod m20261128_000090_unblindings;
mod m20261129_000080_words;
mod m20261129_000100_sign_in_age;
mod m20261130_000201_exposed_variants;
mod m20261201_000210_short_links;
mod m20261201_000220_cv;

/// The list of migrations.
pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_registers::Migration),
            Box::new(m20261122_000002_sessions::Migration),
            Box::new(m20261126_000003_identities::Migration),
            Box::new(m20261126_000005_casework::Migration),
            Box::new(m20261126_000006_cpr_numbers::Migration),
            Box::new(m20261126_000007_sign_ins::Migration),
            Box::new(m20261126_000008_logout_words::Migration),
            Box::new(m20261126_000009_trials::Migration),
            Box::new(m20261126_000020_understanding::Migration),
            Box::new(m20261126_000040_checklist::Migration),
            Box::new(m20261127_000021_profiles::Migration),
            Box::new(m20261127_000022_model_watches::Migration),
            Box::new(m20261128_000050_outbox::Migration),
            Box::new(m20261128_000060_addresses::Migration),
            Box::new(m20261128_000061_dispatches::Migration),
            Box::new(m20261128_000090_unblindings::Migration),
            Box::new(m20261129_000080_words::Migration),
            Box::new(m20261129_000100_sign_in_age::Migration),
            Box::new(m20261130_000201_exposed_variants::Migration),
            Box::new(m20261201_000210_short_links::Migration),
            Box::new(m20261201_000220_cv::Migration),
        ]
    }
}

/// The migrations of the access log, which on SQLite is a file of its own.
pub(super) struct RecordMigrator;

#[async_trait::async_trait]
impl MigratorTrait for RecordMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261126_000004_access_log::Migration)]
    }

    fn migration_table_name() -> DynIden {
        "record_migrations".into_iden()
    }
}
