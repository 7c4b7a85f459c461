//! The queue on both databases, with carriers that do what the test says and a composer of its own.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Trouble;
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use jobnet_server::clock::Clock;
use jobnet_server::outbox::carrier::{
    Carrier, Handed, Known, NotNow, Ready, Refused, Slip, Soon, Stops,
};
use jobnet_server::outbox::message::{Channel, Compose, Composed, Content, Planned, Words};
use jobnet_server::outbox::outcome::{self, Came};
use jobnet_server::outbox::queue;
use jobnet_server::outbox::send::{Pace, Sender};
use jobnet_server::outbox::window::Window;
use jobnet_server::outbox::{Retried, enqueue, message_id, opened, overview, retry};
use support::database::{TestDatabase, both};
use support::extracts::query;
use uuid::Uuid;

/// 26 November 2026, 12:00 in Denmark.
const NOON: i64 = 1_795_690_800;

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn planned(unit: &str) -> Planned {
    Planned {
        id: message_id("letters", unit, "first", Channel::Email),
        citizen: 7,
        channel: Channel::Email,
        trial: "letters".to_owned(),
        step: "first".to_owned(),
        target: "/breve".to_owned(),
        not_before: time(NOON),
    }
}

/// A carrier that answers what it is told and remembers what it was given.
#[derive(Default)]
struct Told {
    answers: Mutex<Vec<Handed>>,
    refuses: Mutex<Option<Refused>>,
    known: Mutex<Option<Result<Known, NotNow>>>,
    handed: Mutex<Vec<Uuid>>,
}

impl Carrier for Told {
    fn channel(&self) -> Channel {
        Channel::Email
    }

    fn settles_after(&self) -> TimeDelta {
        TimeDelta::seconds(60)
    }

    fn timeout(&self) -> TimeDelta {
        TimeDelta::seconds(30)
    }

    fn prepare<'a>(
        &'a self,
        _: &'a Slip,
        _: Content,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        let refused = self.refuses.lock().unwrap().clone();
        Box::pin(async move { refused.map_or(Ok(Ready::Staged), Err) })
    }

    fn hand_over<'a>(&'a self, slip: &'a Slip, _: Ready) -> Soon<'a, Handed> {
        self.handed.lock().unwrap().push(slip.id);
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Handed::Accepted);
        Box::pin(async move { answer })
    }

    fn reconcile<'a>(
        &'a self,
        _: &'a Slip,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        let known = self.known.lock().unwrap().clone().unwrap_or(Ok(Known::Unknown));
        Box::pin(async move { known })
    }

    fn forget<'a>(&'a self, _: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async {})
    }
}

/// A composer with an answer for each message, else an e-mail.
#[derive(Clone, Default)]
struct Says(Arc<Mutex<BTreeMap<Uuid, Composed>>>);

impl Compose for Says {
    async fn compose(&self, message: &Planned, _: DateTime<Utc>) -> anyhow::Result<Composed> {
        let said = self.0.lock().unwrap().get(&message.id).cloned();
        Ok(said.unwrap_or(Composed::Send(Content::NemSms {
            cpr: "0101010000".to_owned(),
            text: "A".to_owned(),
            language: Language::Da,
        })))
    }
}

struct Office {
    database: TestDatabase,
    carrier: Arc<Told>,
    says: Says,
    now: Arc<AtomicI64>,
    sender: Sender<Says>,
}

impl Office {
    fn open(database: TestDatabase) -> Self {
        let (carrier, says) = (Arc::new(Told::default()), Says::default());
        let now = Arc::new(AtomicI64::new(NOON));
        let read = Arc::clone(&now);
        let draws = AtomicU64::new(0);
        let pace = Pace {
            window: Window { from: 9, until: 22 },
            lease: TimeDelta::seconds(300),
            first_wait: TimeDelta::seconds(60),
            longest_wait: TimeDelta::hours(1),
            attempts: 3,
        };
        let sender = Sender::new(
            database.database.clone(),
            says.clone(),
            vec![Arc::clone(&carrier) as Arc<dyn Carrier>],
            pace,
            Clock::new(move || time(read.load(Ordering::SeqCst))),
            Arc::new(move || draws.fetch_add(1, Ordering::SeqCst)),
            Arc::new(AtomicBool::new(false)),
        );
        Self { database, carrier, says, now, sender }
    }

    async fn plan(&self, unit: &str) -> Planned {
        let planned = planned(unit);
        assert!(enqueue(&self.database.database, &planned, time(NOON)).await.unwrap());
        planned
    }

    async fn later(&mut self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
        self.sender.pass().await.unwrap();
    }

    fn handed(&self) -> usize {
        self.carrier.handed.lock().unwrap().len()
    }

    async fn state(&self, message: &Planned) -> String {
        let sql = format!("SELECT state, reason FROM outbox_messages WHERE id = '{}'", message.id);
        query(&self.database.database, &sql).await.remove(0)
    }

    async fn events(&self, message: &Planned) -> Vec<String> {
        let sql = format!(
            "SELECT 100 + number AS n, kind FROM outbox_events WHERE message_id = '{}'",
            message.id
        );
        let rows = query(&self.database.database, &sql).await;
        rows.iter().map(|row| row.rsplit_once('=').unwrap().1.to_owned()).collect()
    }
}

fn put_off() -> Handed {
    Handed::Refused(Refused { stops: Stops::ForNow, reason: Trouble::PutOff.with(451) })
}

#[tokio::test]
async fn a_message_is_planned_once_waits_for_its_time_and_the_window_and_leaves_once() {
    for database in both().await {
        let mut office = Office::open(database);
        let mut message = planned("a");
        // 21:59:30 in Denmark.
        message.not_before = time(NOON + 10 * 3600 - 30);
        let db = office.database.database.clone();
        assert!(enqueue(&db, &message, time(NOON)).await.unwrap());
        message.not_before = time(NOON);
        assert!(!enqueue(&db, &message, time(NOON)).await.unwrap(), "planned already");
        office.later(0).await;
        office.later(10 * 3600 - 31).await;
        assert_eq!(office.handed(), 0, "its time has not come");
        // A minute later the window has closed; it opens at nine.
        office.later(61).await;
        office.later(11 * 3600 - 61).await;
        assert_eq!(office.handed(), 0, "at night nothing leaves");
        office.later(61).await;
        office.later(600).await;
        assert_eq!(office.handed(), 1);
        assert_eq!(office.events(&message).await, ["planned", "claimed", "handing_over", "sent"]);
        assert_eq!(office.state(&message).await, "state=sent reason=");
        assert!(!enqueue(&db, &message, time(NOON)).await.unwrap(), "not even after it was sent");
    }
}

#[tokio::test]
async fn what_is_put_off_is_tried_again_later_and_later_and_is_dead_after_the_last_attempt() {
    for database in both().await {
        let mut office = Office::open(database);
        let message = office.plan("a").await;
        *office.carrier.answers.lock().unwrap() = vec![put_off(), put_off(), put_off()];
        office.later(0).await;
        office.later(29).await;
        assert_eq!(office.handed(), 1, "half of a minute is certain");
        office.later(31).await;
        assert_eq!(office.handed(), 2);
        office.later(59).await;
        assert_eq!(office.handed(), 2, "half of two minutes");
        office.later(61).await;
        assert_eq!(office.handed(), 3);
        assert_eq!(office.state(&message).await, "state=dead reason=put_off: 451");
        office.later(24 * 3600).await;
        assert_eq!(office.handed(), 3);
        // An administrator has it tried again; asking twice is asking once.
        let db = &office.database.database;
        let retried = retry(db, message.id, office_now(&office)).await.unwrap();
        assert!(matches!(retried, Retried::Now(_)));
        assert_eq!(retry(db, message.id, office_now(&office)).await.unwrap(), retried);
        office.later(0).await;
        assert_eq!(office.state(&message).await, "state=sent reason=");
        let events = office.events(&message).await;
        assert_eq!(events.iter().filter(|kind| *kind == "retried").count(), 1, "{events:?}");
    }
}

fn office_now(office: &Office) -> DateTime<Utc> {
    time(office.now.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_channel_that_takes_nothing_rests_and_costs_no_message_an_attempt() {
    for database in both().await {
        let mut office = Office::open(database);
        let (one, other) = (office.plan("a").await, office.plan("b").await);
        let down = Refused { stops: Stops::Carrier, reason: Trouble::Unreachable.into() };
        *office.carrier.refuses.lock().unwrap() = Some(down);
        for _ in 0..20 {
            office.later(600).await;
        }
        *office.carrier.refuses.lock().unwrap() = None;
        office.later(3600).await;
        assert_eq!(office.handed(), 2);
        for message in [&one, &other] {
            assert_eq!(office.state(message).await, "state=sent reason=");
        }
        let attempts =
            query(&office.database.database, "SELECT attempts FROM outbox_messages").await;
        assert_eq!(attempts, ["attempts=1", "attempts=1"]);
    }
}

#[tokio::test]
async fn what_is_in_doubt_is_looked_into_and_resent_only_if_it_surely_was_not_delivered() {
    for database in both().await {
        let mut office = Office::open(database);
        for (unit, known, state, handed) in [
            ("a", Ok(Known::Delivered), "state=sent reason=delivered", 1),
            ("b", Ok(Known::NotDelivered), "state=sent reason=", 2),
            ("c", Ok(Known::Unknown), "state=unknown reason=nobody_knows", 1),
            ("d", Err(NotNow(Trouble::Log.into())), "state=in_doubt reason=log", 1),
        ] {
            let before = office.handed();
            let mut message = planned(unit);
            message.not_before = office_now(&office);
            let db = office.database.database.clone();
            enqueue(&db, &message, office_now(&office)).await.unwrap();
            *office.carrier.known.lock().unwrap() = Some(known);
            *office.carrier.answers.lock().unwrap() =
                vec![Handed::InDoubt(Trouble::NoAnswer.into())];
            office.later(0).await;
            assert_eq!(office.state(&message).await, "state=in_doubt reason=no_answer");
            // The log needs a minute to tell.
            office.later(59).await;
            assert_eq!(office.state(&message).await, "state=in_doubt reason=no_answer");
            office.later(1).await;
            office.later(120).await;
            assert_eq!(office.state(&message).await, state, "{unit}");
            assert_eq!(office.handed() - before, handed, "{unit}");
        }
        // What may have left is not sent again, not even when asked.
        let doubtful = planned("d").id;
        let db = &office.database.database;
        assert_eq!(retry(db, doubtful, office_now(&office)).await.unwrap(), Retried::Doubtful);
        assert_eq!(retry(db, Uuid::nil(), office_now(&office)).await.unwrap(), Retried::Nowhere);
        let troubled = overview(db.read()).await.unwrap().troubled;
        assert_eq!(troubled.len(), 2);
    }
}

#[tokio::test]
async fn what_the_composer_withdraws_is_never_sent_and_what_waits_is_asked_again() {
    for database in both().await {
        let mut office = Office::open(database);
        let (over, paused) = (office.plan("a").await, office.plan("b").await);
        let say = |message: &Planned, said| office.says.0.lock().unwrap().insert(message.id, said);
        say(&over, Composed::Withdraw("recovered"));
        say(&paused, Composed::Wait);
        office.later(0).await;
        office.says.0.lock().unwrap().clear();
        office.later(599).await;
        assert_eq!(office.handed(), 0);
        office.later(1).await;
        assert_eq!(office.state(&over).await, "state=withdrawn reason=recovered");
        assert_eq!(office.state(&paused).await, "state=sent reason=");
        assert_eq!(*office.carrier.handed.lock().unwrap(), [paused.id]);
    }
}

#[tokio::test]
async fn two_claims_never_hold_one_message_and_a_lost_lease_counts_for_nothing_but_delivery() {
    for database in both().await {
        let db = database.database.clone();
        for number in 0..40 {
            enqueue(&db, &planned(&number.to_string()), time(NOON)).await.unwrap();
        }
        let lease = TimeDelta::seconds(60);
        let claim = async |token: &'static str, at| {
            queue::claim(&db, Channel::Email, 7, token, time(at), lease).await.unwrap()
        };
        let (one, other, third, fourth) =
            tokio::join!(claim("1", NOON), claim("2", NOON), claim("3", NOON), claim("4", NOON),);
        let mut ids: Vec<Uuid> = [&one, &other, &third, &fourth]
            .into_iter()
            .flatten()
            .map(|claim| claim.message.id)
            .collect();
        assert_eq!(ids.len(), 28);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 28, "no message is held twice");
        // The lease of the first runs out; another takes the message; the first wakes up.
        let again =
            queue::claim(&db, Channel::Email, 40, "5", time(NOON + 60), lease).await.unwrap();
        let taken = again.iter().find(|claim| claim.message.id == one[0].message.id).unwrap();
        assert_eq!(taken.left_by.as_deref(), Some("1"));
        let body = vec![Block::Paragraph { text: "A".to_owned() }];
        let letter = Letter { title: String::new(), body };
        let words = Words { letter, language: Language::Da };
        let begin = |claim, at| queue::begin_handing_over(&db, claim, &words, time(at), lease);
        assert!(!begin(&one[0], NOON + 61).await.unwrap());
        assert!(begin(taken, NOON + 61).await.unwrap());
        assert!(!begin(taken, NOON + 61).await.unwrap(), "once");
        let dead = Came::Dead { reason: "late".to_owned() };
        assert!(!outcome::end(&db, &one[0], false, &dead, time(NOON + 62)).await.unwrap());
        // The second one's lease runs out while it hands over: it is looked into; then it answers.
        let settle = TimeDelta::zero();
        let doubtful =
            queue::claim_doubtful(&db, Channel::Email, settle, 9, "6", time(NOON + 121), lease);
        assert_eq!(doubtful.await.unwrap().len(), 1);
        assert!(!outcome::end(&db, taken, true, &dead, time(NOON + 122)).await.unwrap());
        assert!(outcome::end(&db, taken, true, &Came::Sent, time(NOON + 122)).await.unwrap());
        let sql = "SELECT state, COUNT(*) AS n FROM outbox_messages GROUP BY state";
        assert_eq!(query(&db, sql).await, ["state=claimed n=39", "state=sent n=1"]);
    }
}

#[tokio::test]
async fn events_are_never_changed_and_opening_a_link_counts_its_first_time_as_one() {
    for database in both().await {
        let office = Office::open(database);
        let message = office.plan("a").await;
        let db = &office.database.database;
        for minute in 1..=3 {
            let page = opened(db, message.id, time(NOON + minute * 60)).await.unwrap();
            assert_eq!(page.as_deref(), Some("/breve"));
        }
        assert_eq!(opened(db, Uuid::nil(), time(NOON)).await.unwrap(), None);
        let sql = "SELECT opens, opened_at FROM outbox_messages";
        let expected = format!("opens=3 opened_at={}", (NOON + 60) * 1000);
        assert_eq!(query(db, sql).await, [expected]);
        assert_eq!(office.events(&message).await, ["planned", "opened"]);
        let transaction = db.begin_write().await.unwrap();
        let changed = sea_orm::ConnectionTrait::execute_unprepared(
            &transaction,
            "UPDATE outbox_events SET kind = 'sent'",
        );
        assert!(changed.await.is_err());
    }
}
