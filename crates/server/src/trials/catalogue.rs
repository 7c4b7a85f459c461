//! What this server can serve to a trial: the facts it knows of a citizen, and the surfaces on which
//! an arm can show.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jobnet_api::arm::{Arm, Framing, Presentation};
use jobnet_api::profile::{ProfilePresentation, ReceiptText};
use jobnet_messages::message::Message;
use jobnet_trials::protocol::check::{Catalogue, FactKind};
use jobnet_trials::protocol::{self, Channel, Enrolment, Key};
use serde::Serialize;

use crate::db::registers::{stored_word, word};
use crate::trials::regions::REGIONS;

/// The account on `/` and `/timer-og-ydelse`.
pub const ACCOUNT: &str = "account";
/// Her profile on `/risikoprofil`; opening it the first time enrols.
pub const PROFILE: &str = "profile";
/// The receipt of a preparation form; sending the form enrols.
pub const RECEIPT: &str = "receipt";
/// Setting of [`ACCOUNT`] and of [`PROFILE`]: how it is shown.
pub const PRESENTATION: &str = "presentation";
/// Setting of [`ACCOUNT`]: from which side.
pub const FRAMING: &str = "framing";
/// Value of [`PRESENTATION`] of [`ACCOUNT`] that can only be looked at: a notice of the rules that is
/// the same for everyone. It made people at low risk of a sanction work less (Cairo and Mahlstedt,
/// Journal of Public Economics 226, 2023). There is no [`Presentation`] of this name.
pub const GENERIC_NOTICE: &str = "generic_notice";
/// Setting of [`RECEIPT`]: the id of its text, group and number in it ([`ReceiptText`]).
pub const TEXT: &str = "text";

/// The job-search checklist.
pub const CHECKLIST: &str = "checklist";
/// Setting of [`CHECKLIST`]: whether she has one.
pub const ACCESS: &str = "access";
/// Value of [`ACCESS`]: she has.
pub const GIVEN: &str = "given";
/// Value of [`ACCESS`]: to her there is no such thing.
pub const WITHHELD: &str = "withheld";

/// Letters about her sick leave. They show on no page.
pub const LETTERS: &str = "letters";
/// Setting of [`LETTERS`]: which she gets.
pub const POST: &str = "post";

/// Facts that are one of a few words, as the registers write them.
const WORDS: [(&str, &[&str]); 8] = [
    ("scheme", &["dagpenge", "graduate", "social_assistance"]),
    ("insurance", &["full_time", "part_time"]),
    ("language", &["da", "en"]),
    ("digital_post", &["receives", "exempt"]),
    ("sick", &["yes", "no"]),
    ("address", &["known", "missing"]),
    ("address_protected", &["yes", "no"]),
    ("region", &REGIONS),
];
/// Facts that are any text.
const TEXTS: [&str; 4] = ["municipality", "fund", "job_centre", "caseworker"];
/// Facts that are numbers: years, whole weeks since she was registered as unemployed, and whole
/// days of the sick leave she is on.
const NUMBERS: [&str; 3] = ["age", "weeks_registered", "sick_leave_days"];

/// What can be served.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let words =
            WORDS.iter().map(|(fact, words)| (*fact, FactKind::OneOf { values: list(words) }));
        let texts = TEXTS.iter().map(|fact| (*fact, FactKind::Text));
        let numbers = NUMBERS.iter().map(|fact| (*fact, FactKind::Number));
        let facts = words.chain(texts).chain(numbers);
        let surfaces = [
            (
                ACCOUNT,
                Enrolment::SignIn,
                vec![
                    (
                        PRESENTATION,
                        stored(&[
                            Presentation::Words,
                            Presentation::Counters,
                            Presentation::Timeline,
                            Presentation::WhatIf,
                        ]),
                    ),
                    (FRAMING, stored(&[Framing::Earned, Framing::Lacking])),
                ],
            ),
            (
                PROFILE,
                Enrolment::FirstUse,
                vec![(
                    PRESENTATION,
                    stored(&[
                        ProfilePresentation::Number,
                        ProfilePresentation::Words,
                        ProfilePresentation::IconArray,
                        ProfilePresentation::NoneUntilAsked,
                    ]),
                )],
            ),
            (CHECKLIST, Enrolment::Registration, vec![(ACCESS, list(&[GIVEN, WITHHELD]))]),
            (
                LETTERS,
                Enrolment::SickLeave,
                vec![(POST, list(&["digital", "physical", "physical_and_follow_up", "later"]))],
            ),
            (RECEIPT, Enrolment::FirstUse, vec![(TEXT, stored(&ReceiptText::ALL))]),
        ];
        let mut catalogue = Catalogue {
            facts: facts.map(|(fact, kind)| (fact.to_owned(), kind)).collect(),
            messages: Message::ALL
                .iter()
                .map(|message| (message.key().to_owned(), channels(*message).to_vec()))
                .collect(),
            harmful: BTreeMap::from([(
                ACCOUNT.to_owned(),
                BTreeMap::from([(PRESENTATION.to_owned(), list(&[GENERIC_NOTICE]))]),
            )]),
            ..Catalogue::default()
        };
        for (surface, enrolment, settings) in surfaces {
            let settings = settings.into_iter().map(|(name, values)| (name.to_owned(), values));
            catalogue.surfaces.insert(surface.to_owned(), settings.collect());
            catalogue.enrolment.insert(surface.to_owned(), enrolment);
        }
        catalogue
    });
    &CATALOGUE
}

/// How a message can be sent. An e-mail goes through others' hands: none about an illness.
const fn channels(message: Message) -> &'static [Channel] {
    match message {
        Message::ChecklistInvitation => &[Channel::Email, Channel::NemSms],
        Message::HealthLetter | Message::HealthFollowUp => {
            &[Channel::DigitalPost, Channel::Letter, Channel::NemSms]
        }
    }
}

/// The surfaces that show on a page, with their settings. Of the others nobody is told what she gets:
/// it would tell those in control that there is something.
pub fn shown() -> impl Iterator<Item = (&'static String, &'static BTreeMap<String, Vec<String>>)> {
    catalogue().surfaces.iter().filter(|(surface, _)| is_shown(surface))
}

/// Whether a surface shows on a page.
pub fn is_shown(surface: &str) -> bool {
    surface != LETTERS
}

/// Whether to those of an arm there is no such thing as what its trial is about: whoever asks is
/// answered as if there were no trial.
pub fn withholds(arm: &protocol::Arm) -> bool {
    arm.settings.get(ACCESS).is_some_and(|access| access != GIVEN)
}

fn stored(values: &[impl Serialize]) -> Vec<String> {
    values.iter().map(stored_word).collect()
}

/// What an arm of a trial decides about the account; `None`: nothing.
pub fn decided(trial: &Key, arm: &protocol::Arm) -> Option<Arm> {
    let presentation = word(arm.settings.get(PRESENTATION)?).ok()?;
    let framing = arm.settings.get(FRAMING).and_then(|framing| word(framing).ok());
    Some(Arm { trial: trial.to_string(), presentation, framing: framing.unwrap_or_default() })
}

/// How an arm of a trial presents a profile; `None`: it does not decide it.
pub fn profile(arm: &protocol::Arm) -> Option<ProfilePresentation> {
    word(arm.settings.get(PRESENTATION)?).ok()
}

/// Which text an arm of a trial gives a receipt; `None`: it does not decide it.
pub fn receipt(arm: &protocol::Arm) -> Option<ReceiptText> {
    ReceiptText::named(arm.settings.get(TEXT)?)
}

/// Whether what a setting of an arm decides is what was shown. Protocols and exposures from before
/// texts had ids name them by words.
pub fn decides(setting: &str, decided: &str, shown: &str) -> bool {
    let text = |name: &str| ReceiptText::named(name).filter(|_| setting == TEXT);
    decided == shown || text(decided).is_some_and(|decided| text(shown) == Some(decided))
}
