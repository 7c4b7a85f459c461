//! Who may be in a trial, in which stratum, and what she gets of her arm on a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Arm, Condition, Key, Protocol, Trigger};

/// What is known of a unit when it is assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// One of a list of values.
    Value(String),
    /// A whole number.
    Number(i64),
}

/// All that is known of a unit. What is unknown is not in it.
pub type Facts = BTreeMap<String, Fact>;

/// Why a unit is not in a trial.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Excluded {
    /// The fact does not meet its condition.
    Unmet(String),
    /// The fact is not known.
    Unknown(String),
}

impl Excluded {
    /// Its name in counts: `unmet:` or `unknown:` and the fact.
    pub fn name(&self) -> String {
        match self {
            Self::Unmet(fact) => format!("unmet:{fact}"),
            Self::Unknown(fact) => format!("unknown:{fact}"),
        }
    }
}

impl Condition {
    /// Whether a known fact meets it. A value never meets bounds, nor a number a list.
    pub fn met(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::OneOf { values, .. }, Fact::Value(value)) => values.contains(value),
            (Self::Between { least, most, .. }, Fact::Number(number)) => {
                least.is_none_or(|least| *number >= least)
                    && most.is_none_or(|most| *number <= most)
            }
            _ => false,
        }
    }
}

/// Whether every condition is met. A fact that is unknown meets none.
pub(crate) fn all_met(conditions: &[Condition], facts: &Facts) -> bool {
    conditions
        .iter()
        .all(|condition| facts.get(condition.fact()).is_some_and(|fact| condition.met(fact)))
}

/// Whether everything that these facts count the days of has gone on since a day.
pub(crate) fn all_last(
    counted: &[String],
    facts: &Facts,
    since: NaiveDate,
    today: NaiveDate,
) -> bool {
    let days = (today - since).num_days();
    counted.iter().all(|name| matches!(facts.get(name), Some(Fact::Number(n)) if *n >= days))
}

impl Protocol {
    /// The stratum of a unit that may be in the trial: the values of the strata's facts in order,
    /// each after `/`; empty if there are none. A number stands as itself.
    ///
    /// # Errors
    /// The first condition that does not hold, or a stratum's fact that is unknown.
    pub fn assess(&self, facts: &Facts) -> Result<String, Excluded> {
        for condition in &self.eligibility {
            let name = condition.fact();
            match facts.get(name) {
                None => return Err(Excluded::Unknown(name.to_owned())),
                Some(fact) if !condition.met(fact) => {
                    return Err(Excluded::Unmet(name.to_owned()));
                }
                Some(_) => {}
            }
        }
        let mut stratum = String::new();
        for name in &self.strata {
            stratum.push('/');
            match facts.get(name) {
                None => return Err(Excluded::Unknown(name.clone())),
                Some(Fact::Value(value)) => stratum.push_str(value),
                Some(Fact::Number(number)) => stratum.push_str(&number.to_string()),
            }
        }
        Ok(stratum)
    }

    /// The arm whose settings a unit of `arm` gets `now`: its own, unless it has waited for its
    /// turn. `facts` are those of now. `None`: there is no such arm.
    pub fn served(
        &self,
        arm: &Key,
        enrolled: DateTime<Utc>,
        closed: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        facts: &Facts,
    ) -> Option<&Arm> {
        let own = self.arm(arm)?;
        let Some(delayed) = self.delayed.as_ref().filter(|_| own.control) else {
            return Some(own);
        };
        let closed = closed.is_some_and(|closed| now >= closed);
        let passed = |after: u16| now >= enrolled + TimeDelta::days(i64::from(after));
        let over = match &delayed.trigger {
            Trigger::Days { after, still } => passed(*after) && all_met(still, facts),
            Trigger::Closed {} => closed,
            Trigger::ClosedStill { after, still, lasting } => {
                let (since, today) = (enrolled.date_naive(), now.date_naive());
                closed
                    && passed(*after)
                    && all_met(still, facts)
                    && all_last(lasting, facts, since, today)
            }
        };
        if over { self.arm(&delayed.then) } else { Some(own) }
    }
}
