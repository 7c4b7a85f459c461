//! The schema's history, oldest first; a migration that was released never changes.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

mod m20261122_000001_registers;
mod m20261122_000002_sessions;

/// The list of migrations.
pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_registers::Migration),
            Box::new(m20261122_000002_sessions::Migration),
        ]
    }
}
