//! Who is to get which message of a trial on a day, and why not.
//!
//! What is known of her is always that of the day: somebody who has recovered, died, got her address
//! protected or objected since she was enrolled gets nothing. It must not know how a message is
//! sent, what it says, or what was sent before: the same message has the same step and channel
//! every day, and whoever plans keeps it to once.

use chrono::{Days, NaiveDate};

use crate::protocol::eligible::{Facts, all_last, all_met};
use crate::protocol::{Channel, DelayedControl, Dispatch, Key, Protocol, Trigger};

/// Where a trial is in its life, as far as messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It runs.
    Running,
    /// Nothing is planned, nothing sent.
    Paused,
    /// It has ended; only who has waited for the end may get something.
    Closed {
        /// The day.
        on: NaiveDate,
    },
}

/// A unit on a day.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// The arm that was drawn.
    pub arm: &'a Key,
    /// The day.
    pub enrolled_on: NaiveDate,
    /// What is known of her.
    pub facts: &'a Facts,
    /// How she can be reached.
    pub reach: Reach,
}

/// Whether and how somebody can be reached. What is unknown is false, but for `is_protected`.
#[allow(clippy::struct_excessive_bools, reason = "each is a field of a register")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// She does not want to be in the trial.
    pub objects: bool,
    /// She has died.
    pub is_dead: bool,
    /// Her name and address are protected, or it is not known that they are not.
    pub is_protected: bool,
    /// She gets Digital Post.
    pub has_digital_post: bool,
    /// Her e-mail address is known.
    pub has_email: bool,
    /// Her postal address is known.
    pub has_address: bool,
    /// Her mobile number is known.
    pub has_mobile: bool,
    /// What she wants to be told by.
    pub wish: Wish,
}

/// What she wants to be told of news by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// She has not said.
    Unknown,
    /// E-mail.
    Email,
    /// E-mail, and a text message.
    Sms,
    /// Not at all.
    Nothing,
}

/// Why a message that is due is not sent, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Withheld {
    /// She objects.
    Objected,
    /// She has died.
    Died,
    /// Her address is protected.
    Protected,
    /// What the message depends on is over: she has recovered.
    Recovered,
    /// She does not get Digital Post.
    Exempt,
    /// Her e-mail address is not known.
    NoEmail,
    /// Her postal address is not known.
    NoAddress,
    /// Her mobile number is not known.
    NoMobile,
    /// She does not want to be told this way.
    Unwanted,
}

impl Withheld {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Objected,
        Self::Died,
        Self::Protected,
        Self::Recovered,
        Self::Exempt,
        Self::NoEmail,
        Self::NoAddress,
        Self::NoMobile,
        Self::Unwanted,
    ];

    /// Its name in tables and counts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Objected => "objected",
            Self::Died => "died",
            Self::Protected => "protected",
            Self::Recovered => "recovered",
            Self::Exempt => "exempt",
            Self::NoEmail => "no_email",
            Self::NoAddress => "no_address",
            Self::NoMobile => "no_mobile",
            Self::Unwanted => "unwanted",
        }
    }
}

/// A message whose day has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// Which.
    pub step: &'a Dispatch,
    /// How.
    pub channel: Channel,
    /// The first day on which it could be sent.
    pub on: NaiveDate,
    /// Why it is not sent, if it is not.
    pub withheld: Option<Withheld>,
}

/// Every message whose day has come for a unit, each step once in each of its channels, in the
/// protocol's order. The same tomorrow, as long as nothing changes.
pub fn due<'a>(
    protocol: &'a Protocol,
    life: Life,
    unit: &Unit<'_>,
    today: NaiveDate,
) -> Vec<Due<'a>> {
    let mut due = Vec::new();
    for step in &protocol.dispatch {
        let Some(on) = first_day(protocol, life, unit.arm, unit.enrolled_on, step) else {
            continue;
        };
        if today < on {
            continue;
        }
        let holds = holds(protocol, unit, step, today);
        for channel in &step.channels {
            let withheld = unit.reach.withheld(*channel, holds);
            due.push(Due { step, channel: *channel, on, withheld });
        }
    }
    due
}

/// The first day on which a unit may get a message; `None`: it is not hers, or not as the trial
/// stands.
pub fn first_day(
    protocol: &Protocol,
    life: Life,
    arm: &Key,
    enrolled_on: NaiveDate,
    step: &Dispatch,
) -> Option<NaiveDate> {
    let day = enrolled_on.checked_add_days(Days::new(u64::from(step.after_days)))?;
    match (waits(protocol, arm, step).map(|delayed| &delayed.trigger), life) {
        (_, Life::Paused) => None,
        (None, Life::Running) => step.arms.contains(arm).then_some(day),
        (None, Life::Closed { .. }) => None,
        (Some(Trigger::Days { after, .. }), Life::Running) => {
            day.checked_add_days(Days::new(u64::from(*after)))
        }
        (Some(Trigger::Closed {}), Life::Closed { on }) => Some(day.max(on)),
        (Some(Trigger::ClosedStill { after, .. }), Life::Closed { on }) => {
            Some(day.checked_add_days(Days::new(u64::from(*after)))?.max(on))
        }
        (Some(_), _) => None,
    }
}

/// Whether this step waits for a unit of the control arm.
fn waits<'a>(protocol: &'a Protocol, arm: &Key, step: &Dispatch) -> Option<&'a DelayedControl> {
    let is_control = protocol.control().is_some_and(|control| control.key == *arm);
    let delayed = protocol.delayed.as_ref().filter(|_| is_control && !step.arms.contains(arm))?;
    step.arms.contains(&delayed.then).then_some(delayed)
}

/// Whether what the message depends on holds.
fn holds(protocol: &Protocol, unit: &Unit<'_>, step: &Dispatch, today: NaiveDate) -> bool {
    let all = |still: &[_], lasting: &[String]| {
        all_met(still, unit.facts) && all_last(lasting, unit.facts, unit.enrolled_on, today)
    };
    let waited = match waits(protocol, unit.arm, step).map(|delayed| &delayed.trigger) {
        Some(Trigger::Days { still, .. }) => all(still, &[]),
        Some(Trigger::ClosedStill { still, lasting, .. }) => all(still, lasting),
        Some(Trigger::Closed {}) | None => true,
    };
    waited && all(&step.still, &step.lasting)
}

impl Reach {
    /// Why nothing is sent to her this way. No protocol can undo the first three.
    fn withheld(self, channel: Channel, holds: bool) -> Option<Withheld> {
        let general = [
            (self.objects, Withheld::Objected),
            (self.is_dead, Withheld::Died),
            (self.is_protected, Withheld::Protected),
            (!holds, Withheld::Recovered),
        ];
        let special: &[(bool, Withheld)] = match channel {
            Channel::Email => &[
                (!self.has_email, Withheld::NoEmail),
                (self.wish == Wish::Nothing, Withheld::Unwanted),
            ],
            Channel::DigitalPost => &[(!self.has_digital_post, Withheld::Exempt)],
            Channel::Letter => &[(!self.has_address, Withheld::NoAddress)],
            // It goes through Digital Post, to those who have chosen it.
            Channel::NemSms => &[
                (!self.has_digital_post, Withheld::Exempt),
                (!self.has_mobile, Withheld::NoMobile),
                (self.wish != Wish::Sms, Withheld::Unwanted),
            ],
        };
        general.iter().chain(special).find(|(is_so, _)| *is_so).map(|(_, why)| *why)
    }
}
