//! The office that sends: the outbox as it is, with its tray and its batches, and at its very end
//! someone who writes down what comes to whom when.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Trouble;
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use jobnet_server::clock::Clock;
use jobnet_server::config::{LettersConfig, OutboxConfig};
use jobnet_server::db::Database;
use jobnet_server::dispatch::Composer;
use jobnet_server::outbox::carrier::{
    Carrier, Handed, Known, NotNow, Paper, Ready, Refused, Slip, Soon, Stops,
};
use jobnet_server::outbox::message::{Channel, Content};
use jobnet_server::outbox::send::Sender;
use jobnet_server::outbox::{Manifest, open, pace, queue};
use tempfile::TempDir;
use uuid::Uuid;

use crate::registers;
use crate::support::extracts::keys;
use crate::world::{self, Fate};

/// A message as it came.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) id: Uuid,
    pub(crate) at: DateTime<Utc>,
    pub(crate) channel: Channel,
    /// An e-mail address, a CPR number, or the lines in the window.
    pub(crate) to: String,
    /// What it says; of a letter its title.
    pub(crate) text: String,
    /// An e-mail as HTML.
    pub(crate) html: String,
}

/// The time, and what has come so far.
#[derive(Clone, Default)]
struct Desk {
    now: Arc<AtomicI64>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Desk {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.now.load(Ordering::SeqCst), 0).unwrap()
    }
}

/// The end of a channel, which takes messages, but not all of them at once.
struct Recorder {
    channel: Channel,
    desk: Desk,
    ready: Mutex<BTreeMap<Uuid, Content>>,
    /// When each was handed over first.
    first: Mutex<BTreeMap<Uuid, DateTime<Utc>>>,
}

impl Recorder {
    fn handed(&self, id: Uuid) -> Handed {
        let content = self.ready.lock().unwrap().remove(&id).unwrap();
        let now = self.desk.now();
        let (to, text, html) = match content {
            Content::Email { to, text, html, .. } => (to, text, html),
            Content::DigitalPost { cpr, letter, .. } => (cpr, letter.title, String::new()),
            Content::NemSms { cpr, text, .. } => (cpr, text, String::new()),
            Content::Letter { .. } => panic!("paper does not come here"),
        };
        let fate = world::fate(number_of(&to));
        let mut first = self.first.lock().unwrap();
        let is_new = !first.contains_key(&id);
        let since = *first.entry(id).or_insert(now);
        match fate {
            Fate::PutOff if world::today(since) == world::today(now) => {
                let reason = Trouble::PutOff.with(451);
                return Handed::Refused(Refused { stops: Stops::ForNow, reason });
            }
            Fate::Lost if is_new => return Handed::InDoubt(Trouble::NoAnswer.into()),
            _ => {}
        }
        let channel = self.channel;
        let came = Arrived { id, at: now, channel, to, text, html };
        self.desk.arrived.lock().unwrap().push(came);
        if fate == Fate::Unanswered && is_new {
            return Handed::InDoubt(Trouble::NoAnswer.into());
        }
        Handed::Accepted
    }
}

/// The citizen of an e-mail address or of a CPR number.
fn number_of(to: &str) -> i32 {
    match to.strip_suffix("@example.invalid") {
        Some(name) => name.trim_start_matches('c').parse().unwrap(),
        None => registers::number(to),
    }
}

impl Carrier for Recorder {
    fn channel(&self) -> Channel {
        self.channel
    }

    fn settles_after(&self) -> TimeDelta {
        TimeDelta::zero()
    }

    fn timeout(&self) -> TimeDelta {
        TimeDelta::seconds(60)
    }

    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        self.ready.lock().unwrap().insert(slip.id, content);
        Box::pin(async { Ok(Ready::Staged) })
    }

    fn hand_over<'a>(&'a self, slip: &'a Slip, _: Ready) -> Soon<'a, Handed> {
        let handed = self.handed(slip.id);
        Box::pin(async move { handed })
    }

    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        let has_come = self.desk.arrived.lock().unwrap().iter().any(|one| one.id == slip.id);
        Box::pin(async move { Ok(if has_come { Known::Delivered } else { Known::NotDelivered }) })
    }

    fn forget<'a>(&'a self, _: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async {})
    }
}

/// A letter as its title and the lines of the address.
struct Page;

impl Paper for Page {
    fn pdf(&self, letter: &Letter, _: Language, address: &[String]) -> anyhow::Result<Vec<u8>> {
        Ok([&[letter.title.clone()][..], address].concat().join("\n").into_bytes())
    }
}

/// All channels, and the folder of batches.
pub(crate) struct Office {
    database: Database,
    place: TempDir,
    desk: Desk,
    sender: Sender<Composer>,
}

impl Office {
    pub(crate) fn open(database: &Database) -> Self {
        let place = tempfile::tempdir().unwrap();
        let letters = LettersConfig { folder: place.path().to_owned(), ..LettersConfig::default() };
        let config = OutboxConfig { letters: Some(letters), ..OutboxConfig::default() };
        let desk = Desk::default();
        let mut carriers = open(&config, Some(Arc::new(Page))).unwrap();
        for channel in [Channel::Email, Channel::DigitalPost, Channel::NemSms] {
            let (ready, first) = (Mutex::default(), Mutex::default());
            carriers.push(Arc::new(Recorder { channel, desk: desk.clone(), ready, first }));
        }
        let site = "https://jobnet.example".to_owned();
        let composer = Composer { database: database.clone(), keys: keys(), site, today: None };
        let (clock, draws) = (desk.clone(), AtomicU64::new(0));
        let sender = Sender::new(
            database.clone(),
            composer,
            carriers,
            pace(&config),
            Clock::new(move || clock.now()),
            Arc::new(move || draws.fetch_add(1, Ordering::SeqCst)),
            Arc::new(AtomicBool::new(false)),
        );
        Self { database: database.clone(), place, desk, sender }
    }

    fn turn(&self, now: DateTime<Utc>) {
        self.desk.now.store(now.timestamp(), Ordering::SeqCst);
    }

    /// Sends what can be sent now.
    pub(crate) async fn send(&mut self, now: DateTime<Utc>) {
        self.turn(now);
        let left = queue::unfinished(self.database.read(), &Channel::ALL, now).await.unwrap();
        if left.waiting + left.begun > 0 {
            while self.sender.pass().await.unwrap() > 0 {}
        }
    }

    /// Makes a batch of the letters, which whoever prints takes away.
    pub(crate) async fn close(&mut self, now: DateTime<Utc>) {
        self.turn(now);
        let closed = self.sender.close_batch(self.place.path()).await.unwrap();
        let Some(batch) = closed.batch else { return };
        let manifest = fs::read(batch.join("manifest.json")).unwrap();
        let manifest: Manifest = serde_json::from_slice(&manifest).unwrap();
        let at = manifest.closed_at.parse().unwrap();
        for entry in manifest.letters {
            let page = fs::read_to_string(batch.join(&entry.file)).unwrap();
            let (title, to) = page.split_once('\n').unwrap();
            assert_eq!(to, entry.address.join("\n"));
            self.desk.arrived.lock().unwrap().push(Arrived {
                id: entry.id.parse().unwrap(),
                at,
                channel: Channel::Letter,
                to: to.to_owned(),
                text: title.to_owned(),
                html: String::new(),
            });
        }
        fs::remove_dir_all(batch).unwrap();
    }

    /// What has come, in its order.
    pub(crate) fn arrived(self) -> Vec<Arrived> {
        self.desk.arrived.lock().unwrap().clone()
    }
}
