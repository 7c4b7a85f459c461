//! What is sent to whom in a trial, and when, as data of its protocol; and what stands in the way of
//! registering it. When a message is due is [`crate::dispatch`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::check::{Catalogue, FactKind, Findings, Problem, conditions};
use super::{Condition, Key, Protocol};

/// A message that the units of some arms get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Its name among the protocol's messages.
    pub key: Key,
    /// Which message, by the catalogue's names.
    pub message: Key,
    /// Who gets it.
    pub arms: Vec<Key>,
    /// How it is sent: by each of these.
    pub channels: Vec<Channel>,
    /// Days after she was enrolled.
    pub after_days: u16,
    /// What must hold when it is planned, and again when it is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still: Vec<Condition>,
    /// Facts that count the days of something, such as a sick leave: it must have gone on without
    /// a break since she was enrolled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lasting: Vec<String>,
}

/// How a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DispatchChannel))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Digital Post.
    DigitalPost,
    /// A letter on paper.
    Letter,
    /// A text message through Digital Post.
    NemSms,
}

impl Channel {
    /// Its name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::DigitalPost => "digital_post",
            Self::Letter => "letter",
            Self::NemSms => "nem_sms",
        }
    }
}

impl Protocol {
    pub(super) fn check_dispatch(&self, catalogue: &Catalogue, findings: &mut Findings) {
        let mut keys = BTreeSet::new();
        for (index, one) in self.dispatch.iter().enumerate() {
            let field = |name: &str| format!("dispatch[{index}].{name}");
            findings.unless(keys.insert(&one.key), field("key"), Problem::Twice);
            let channels = catalogue.messages.get(one.message.as_str());
            findings.unless(channels.is_some(), field("message"), Problem::Unknown);
            findings.unless(!one.channels.is_empty(), field("channels"), Problem::Missing);
            let distinct: BTreeSet<_> = one.channels.iter().collect();
            let once = distinct.len() == one.channels.len();
            findings.unless(once, field("channels"), Problem::Twice);
            let fit = channels.is_none_or(|known| one.channels.iter().all(|c| known.contains(c)));
            findings.unless(fit, field("channels"), Problem::DoesNotFit);
            findings.unless(!one.arms.is_empty(), field("arms"), Problem::Missing);
            let distinct: BTreeSet<_> = one.arms.iter().collect();
            findings.unless(distinct.len() == one.arms.len(), field("arms"), Problem::Twice);
            let known = one.arms.iter().all(|arm| self.arm(arm).is_some());
            findings.unless(known, field("arms"), Problem::Unknown);
            conditions(&field("still"), &one.still, catalogue, findings);
            lasting(&field("lasting"), &one.lasting, catalogue, findings);
        }
    }
}

/// Only what is counted can go on.
pub(super) fn lasting(
    field: &str,
    facts: &[String],
    catalogue: &Catalogue,
    findings: &mut Findings,
) {
    for (index, fact) in facts.iter().enumerate() {
        let field = format!("{field}[{index}]");
        match catalogue.facts.get(fact) {
            None => findings.add(field, Problem::Unknown),
            Some(FactKind::Number) => {}
            Some(_) => findings.add(field, Problem::DoesNotFit),
        }
    }
}
