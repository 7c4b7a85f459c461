//! What must hold of who got what, from the stories themselves, without the rules of either
//! reckoning.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_messages::Language;
use jobnet_messages::message::Message;
use jobnet_server::db::Database;
use jobnet_server::dispatch::counts;
use jobnet_server::outbox::message::Channel;
use jobnet_server::outbox::message_of_link;
use jobnet_trials::conceal::Telling;

use crate::found::{self, Ledger};
use crate::office::Arrived;
use crate::registers;
use crate::support::extracts::keys;
use crate::world::{self, Citizen};

const SITE: &str = "https://jobnet.example/l/";

/// The world holds every case that matters, several times.
pub(crate) fn every_case_occurs(lines: &BTreeSet<String>, events: &BTreeMap<String, i64>) {
    let count = |pattern: &dyn Fn(&[&str]) -> bool| {
        lines.iter().filter(|line| pattern(&line.split(',').collect::<Vec<_>>())).count()
    };
    for why in ["objected", "died", "protected", "recovered", "exempt", "no_email", "unwanted"] {
        assert!(count(&|line| line[5] == why) > 0, "nothing was withheld as {why}");
    }
    for why in ["objected", "recovered", "closed", "sent"] {
        assert!(count(&|line| line[7] == why) > 0, "no message was {why} at its sending");
    }
    for kind in ["claimed", "failed", "in_doubt", "reconciled", "taken_back", "withdrawn"] {
        let times = events.get(kind).copied().unwrap_or_default();
        assert!(times > 5, "messages were {kind} {times} times");
    }
    for (step, channel) in [
        ("checklist-invitation", "email"),
        ("checklist-invitation", "nem_sms"),
        ("letter-digital", "digital_post"),
        ("letter-physical", "letter"),
        ("follow-up", "letter"),
    ] {
        let sent = count(&|line| (line[2], line[3], line[7]) == (step, channel, "sent"));
        assert!(sent > 20, "{step} {channel}: {sent}");
    }
}

/// What came is addressed to her and says what its step is for, in her language; the link in it is
/// that of the message.
pub(crate) async fn everything_is_hers(
    database: &Database,
    people: &[Citizen],
    numbers: &BTreeMap<i32, i32>,
    arrived: &[Arrived],
) {
    let messages = found::messages(database).await;
    let mut links = BTreeSet::new();
    for one in arrived {
        let (_, citizen, step, channel) = &messages[&one.id.to_string()];
        let number = numbers[citizen];
        let person = &people[usize::try_from(number).unwrap() - 1];
        let today = world::today(one.at);
        let contact = person.contacts.iter().rfind(|version| version.valid_from <= today).unwrap();
        let language = Language::of_register(Some(contact.row.language));
        let message = match step.as_str() {
            "follow-up" => Message::HealthFollowUp,
            "letter-digital" | "letter-physical" => Message::HealthLetter,
            _ => Message::ChecklistInvitation,
        };
        let title = message.letter(language, "").title;
        assert_eq!(channel, one.channel.word(), "{one:?}");
        let to = match one.channel {
            Channel::Email => format!("c{number}@example.invalid"),
            Channel::DigitalPost | Channel::NemSms => registers::cpr(number),
            Channel::Letter => {
                let street = contact.row.street.as_ref().unwrap();
                format!("First{number} Last{number}\n{street}\n0000 Ingensteds")
            }
        };
        assert_eq!(one.to, to, "{one:?}");
        let link = match one.channel {
            Channel::Email => {
                assert!(one.text.starts_with(&title), "{one:?}");
                let link = one.text.lines().find(|line| line.starts_with(SITE)).unwrap();
                assert!(one.html.contains(&format!("href=\"{link}\"")));
                link
            }
            Channel::NemSms => {
                assert!(one.text.chars().count() <= 150, "{one:?}");
                one.text.split_whitespace().find(|word| word.starts_with(SITE)).unwrap()
            }
            Channel::DigitalPost | Channel::Letter => {
                assert_eq!(one.text, title, "{one:?}");
                continue;
            }
        };
        let token = link.strip_prefix(SITE).unwrap();
        let of = message_of_link(database.read(), &keys(), token, one.at).await.unwrap();
        assert_eq!(of, Some(one.id), "{one:?}");
        assert!(links.insert(link), "one link for two: {one:?}");
    }
}

/// From the stories themselves, without the rules of either reckoning. How many of control, who had
/// waited, were still sick.
pub(crate) fn nobody_too_early_twice_or_after_the_end(
    people: &[Citizen],
    ledger: &Ledger,
    lines: &BTreeSet<String>,
) -> u32 {
    let closed = world::day(330);
    let mut sent = BTreeSet::new();
    let mut late_letters = 0;
    for line in lines.iter().filter(|line| line.ends_with(",sent")) {
        let fields: Vec<_> = line.split(',').collect();
        let (trial, step, channel) = (fields[0], fields[2], fields[3]);
        let number: i32 = fields[1].parse().unwrap();
        let (on, time) = fields[6].split_once(' ').unwrap();
        let on: NaiveDate = on.parse().unwrap();
        assert!(("09:00".."22:00").contains(&time), "at night: {line}");
        assert!(sent.insert((trial, number, step, channel)), "twice: {line}");
        let person = &people[usize::try_from(number).unwrap() - 1];
        assert!(person.objects.get(trial).is_none_or(|objects| on < *objects), "objected: {line}");
        let contact = person.contacts.iter().rfind(|version| version.valid_from <= on).unwrap();
        assert_eq!(contact.row.died_on, None, "dead: {line}");
        assert_eq!(contact.row.address_protected, Some(false), "protected: {line}");
        let (arm, enrolled_on) = &ledger[trial][&number];
        if trial == "letters-2026" {
            // Every day from her enrolment to the sending lies in a spell of sickness.
            let mut each = *enrolled_on;
            while each <= on {
                let is_sick = person.sickness.iter().any(|version| {
                    version.valid_from <= on
                        && on < version.valid_to
                        && version.row.kind == "sickness"
                        && version.row.from_day <= each
                        && version.row.to_day.is_none_or(|last| last >= each)
                });
                assert!(is_sick, "recovered on {each}: {line}");
                each = each + Days::new(1);
            }
        }
        match (trial, arm.as_str()) {
            ("letters-2026", "later") => {
                late_letters += 1;
                let half_a_year = *enrolled_on + chrono::Months::new(6);
                assert!(on >= half_a_year && on >= closed, "too early: {line}");
                assert_eq!(channel, "digital_post");
            }
            ("checklist-2026", "ordinary") => panic!("control got something: {line}"),
            ("letters-2026", _) => assert!(on < closed, "after the end: {line}"),
            _ => assert!(on > *enrolled_on && on < world::day(198), "{line}"),
        }
    }
    late_letters
}

/// What a researcher sees is what the ledger says.
pub(crate) async fn sums_agree(database: &Database, lines: &BTreeSet<String>) {
    for (key, trial) in [("checklist-2026", 1), ("letters-2026", 2)] {
        let counts = counts(database.read(), trial, Telling::All).await.unwrap();
        let of_trial = || lines.iter().filter(|line| line.starts_with(key));
        let planned = of_trial().filter(|line| line.contains(",planned,")).count();
        assert_eq!(counts.values().map(|count| count.planned).sum::<u64>(), planned as u64);
        let withheld: u64 = counts.values().flat_map(|count| count.withheld.values()).sum();
        assert_eq!(withheld, (of_trial().count() - planned) as u64);
    }
}
