//! The tables of a profile, by whose they are.
#![allow(unreachable_pub, reason = "what the entity macros make must be public")]

/// An answer to a question of the form.
pub(super) mod answer {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub question: String,
        /// JSON; `None`: taken back.
        pub answer: Option<String>,
        /// Drawn with every change; 0: nothing was answered yet.
        pub edition: i32,
        /// Seconds since 1970.
        pub saved_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What she says of a fact of the registers.
pub(super) mod fact {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_facts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub fact: String,
        pub is_wrong: bool,
        pub is_left_out: bool,
        /// Seconds since 1970.
        pub saved_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What she has sent.
pub(super) mod submission {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_submissions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub number: i32,
        pub id: String,
        pub citizen_id: i32,
        pub key: String,
        pub content_hash: String,
        /// Seconds since 1970.
        pub received_at: i64,
        /// JSON, as the next four.
        pub answers: String,
        pub facts: String,
        pub left_out: String,
        pub marked_wrong: String,
        pub result: String,
        pub model: String,
        /// `None`: the model did not run.
        pub model_digest: Option<String>,
        pub receipt: String,
        pub trial: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Her remark on her profile.
pub(super) mod remark {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_remarks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        pub text: String,
        /// Seconds since 1970.
        pub written_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
