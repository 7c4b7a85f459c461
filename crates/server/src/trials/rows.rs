//! Rows of the trials' tables. Times are milliseconds since 1970, UTC; numbers count from 0.

/// A trial.
pub(super) mod trial {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trials")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub key: String,
        pub version: i32,
        pub protocol: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that happened to a trial.
pub(super) mod event {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub at: i64,
        pub by: String,
        pub event: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A sealed seed.
pub(super) mod seed {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_seeds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        pub key_id: String,
        pub sealed: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where the next lot of a list is.
pub(super) mod list {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_lists")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub purpose: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub stratum: String,
        pub next: i32,
        pub block: Option<i32>,
        pub position: Option<i32>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The pseudonym of a citizen in a trial.
pub(super) mod unit {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_units")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        pub unit: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was drawn for a cluster.
pub(super) mod cluster {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_clusters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub cluster: String,
        pub stratum: String,
        pub seq: Option<i32>,
        pub block: Option<i32>,
        pub position: Option<i32>,
        pub drawn: String,
        pub algorithm: String,
        pub assigned_at: i64,
        pub build: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was drawn for a unit.
pub(super) mod assignment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_assignments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub cluster: Option<String>,
        pub arm: String,
        pub stratum: String,
        pub seq: Option<i32>,
        pub block: Option<i32>,
        pub position: Option<i32>,
        pub algorithm: String,
        pub assigned_at: i64,
        pub build: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was known of a unit when it was enrolled.
pub(super) mod baseline {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_baselines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub facts: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Why a unit was not enrolled.
pub(super) mod exclusion {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_exclusions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub reason: String,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a unit objected: from then on she gets the ordinary page.
pub(super) mod objection {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_objections")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A variant that was shown to a unit on a surface on a day.
pub(super) mod exposure {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_exposures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub surface: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub presentation: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub framing: String,
        pub text_ids: String,
        pub drawing: Option<String>,
        pub build: String,
        pub viewport: String,
        pub shown_at: i64,
        pub received_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a unit opened on a day.
pub(super) mod opening {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trial_openings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trial_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub surface: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub opened: String,
        pub received_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
