//! A row of the table `caseload`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "caseload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: i32,
    pub fund: Option<String>,
    pub job_centre: Option<String>,
    pub caseworker: Option<String>,
    pub name: String,
    /// [`super::fold`] of surname and given names.
    pub name_key: String,
    pub birth_date: Date,
    pub scheme: String,
    pub registered_on: Option<Date>,
    pub remaining_hours: Option<i64>,
    pub runs_out_month: Option<i32>,
    pub frame_ends_on: Option<Date>,
    pub karens_state: Option<String>,
    pub karens_window_to: Option<i32>,
    pub karens_missing: Option<i64>,
    pub sick_since: Option<Date>,
    pub deadline_kind: Option<String>,
    pub deadline_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
