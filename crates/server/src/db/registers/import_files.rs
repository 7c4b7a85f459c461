//! The files of each import, with what proves their content.

use sea_orm::entity::prelude::*;

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_files")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i32,
    /// File name without its folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file: String,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub sha256: String,
    /// How many rows it had; 0 for the manifest.
    pub row_count: i64,
}

/// None are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
