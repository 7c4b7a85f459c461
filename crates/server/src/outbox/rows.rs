//! The tables of the outbox.
#![allow(unreachable_pub, reason = "what the entity macros make must be public")]

/// A message and how far it has come.
pub(super) mod message {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub citizen_id: i32,
        pub channel: String,
        pub trial: String,
        pub step: String,
        /// The page of ours to which its link leads.
        pub target: String,
        /// Milliseconds since 1970, as every time here.
        pub not_before: i64,
        pub state: String,
        /// How often it was handed over.
        pub attempts: i32,
        /// When it is next looked at.
        pub due_at: i64,
        /// Who works on it: a word that is drawn for each claim.
        pub lease_token: Option<String>,
        pub lease_until: i64,
        /// Under which claim it was handed over last.
        pub handed_by: Option<String>,
        pub handed_at: i64,
        /// Why it is in its state; a word without personal data.
        pub reason: Option<String>,
        pub opened_at: Option<i64>,
        pub opens: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened to a message.
pub(super) mod event {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_events")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub number: i32,
        pub message_id: String,
        /// Milliseconds since 1970.
        pub at: i64,
        pub kind: String,
        pub attempt: i32,
        pub detail: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a message said when it was last handed over.
pub(super) mod words {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_words")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub message_id: String,
        pub language: String,
        /// The letter as JSON.
        pub letter: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// To whom a message goes that only tries a channel.
pub(super) mod probe {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_probes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub message_id: String,
        pub recipient: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A short link of a message, as text messages have them.
pub(super) mod short_link {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_links")]
    pub struct Model {
        /// SHA-256 of its code, in hexadecimal digits.
        #[sea_orm(primary_key, auto_increment = false)]
        pub code_hash: String,
        pub message_id: String,
        /// Milliseconds since 1970.
        pub ends_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
