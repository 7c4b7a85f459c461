//! Whether a protocol can be registered: every finding names the field and what is wrong with it.
//!
//! The same check runs in the form of the researcher and at registration.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Allocation, Arm, Bilingual, Channel, Condition, Design, Enrolment, Interim, Measure,
    OutcomeRole, Protocol, Trigger, Unit, dispatch,
};

/// What a server can serve: the facts it knows of a citizen, and the surfaces with their settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// Fact → what it may be.
    pub facts: BTreeMap<String, FactKind>,
    /// Surface → setting → values.
    pub surfaces: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Surface → what enrols a citizen there.
    #[serde(default)]
    pub enrolment: BTreeMap<String, Enrolment>,
    /// Message → how it can be sent.
    #[serde(default)]
    pub messages: BTreeMap<String, Vec<Channel>>,
    /// Surface → setting → values of which a harm is published: they can be looked at in a preview
    /// and are never served, whatever an arm says of them.
    #[serde(default)]
    pub harmful: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// What a fact may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum FactKind {
    /// One of these.
    OneOf {
        /// The values.
        values: Vec<String>,
    },
    /// Any text, such as the number of a job centre.
    Text,
    /// A whole number.
    Number,
}

/// Something that stands in the way of registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// The field, as in the file: `arms[1].weight`.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProtocolProblem))]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// It is empty.
    Missing,
    /// It stands more than once.
    Twice,
    /// The server does not know it.
    Unknown,
    /// It is a number out of its bounds.
    OutOfBounds,
    /// Two arms are needed at least.
    TooFew,
    /// Exactly one must be.
    NotOne,
    /// A combination of the factors is missing.
    NotEveryCombination,
    /// It ends before it begins.
    EndsBeforeStart,
    /// It has a published harm and may only be looked at.
    KnownHarm,
    /// It does not go with the design, the unit or the surface.
    DoesNotFit,
    /// Every block is as long as the others, so that its last arms can be computed.
    OneLength,
    /// It asks for a look at outcomes by arm before the end, and this version never looks.
    NoEarlyLook,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.problem {
            Problem::Missing => "is missing",
            Problem::Twice => "stands more than once",
            Problem::Unknown => "is not known to this server",
            Problem::OutOfBounds => "is out of bounds",
            Problem::TooFew => "must be two at least",
            Problem::NotOne => "must be exactly one",
            Problem::NotEveryCombination => "lacks a combination of the factors",
            Problem::EndsBeforeStart => "is before the start",
            Problem::KnownHarm => "has a published harm and can only be previewed",
            Problem::DoesNotFit => "does not go with the design, the unit or the surface",
            Problem::OneLength => {
                "must have two different numbers, such as 1 and 2: if every block is as long, its \
                 last arms can be computed"
            }
            Problem::NoEarlyLook => {
                "must be of the type “none”: this version computes no outcome before the trial is \
                 closed, so that no rule can stop it early; pause or close it by hand, with the reason"
            }
        };
        write!(out, "{} {problem}", self.field)
    }
}

#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, field: impl Into<String>, problem: Problem) {
        self.0.push(Finding { field: field.into(), problem });
    }

    pub(super) fn unless(&mut self, holds: bool, field: impl Into<String>, problem: Problem) {
        if !holds {
            self.add(field, problem);
        }
    }

    fn text(&mut self, field: impl Into<String>, text: &str) {
        self.unless(!text.trim().is_empty(), field, Problem::Missing);
    }

    fn bilingual(&mut self, field: &str, text: &Bilingual) {
        self.text(format!("{field}.da"), &text.da);
        self.text(format!("{field}.en"), &text.en);
    }
}

impl Protocol {
    /// Everything that stands in the way of registering it; empty: nothing.
    pub fn check(&self, catalogue: &Catalogue) -> Vec<Finding> {
        let mut findings = Findings::default();
        self.check_words(&mut findings);
        self.check_arms(catalogue, &mut findings);
        self.check_design(catalogue, &mut findings);
        self.check_people(catalogue, &mut findings);
        self.check_measures(catalogue, &mut findings);
        self.check_dispatch(catalogue, &mut findings);
        findings.0
    }

    fn check_words(&self, findings: &mut Findings) {
        let public = &self.public;
        for (field, text) in [
            ("public.title", &public.title),
            ("public.why", &public.why),
            ("public.compared", &public.compared),
            ("public.decided_by", &public.decided_by),
            ("public.objection", &public.objection),
        ] {
            findings.bilingual(field, text);
        }
        findings.text("question", &self.question);
        let said = &self.statements;
        for (field, text) in [
            ("statements.rationale", &said.rationale),
            ("statements.funding", &said.funding),
            ("statements.conflicts", &said.conflicts),
            ("statements.involvement", &said.involvement),
            ("statements.harms", &said.harms),
            ("statements.blinding", &said.blinding),
            ("statements.missing_data", &said.missing_data),
            ("statements.data_sharing", &said.data_sharing),
        ] {
            findings.text(field, text);
        }
        findings.unless(self.ends >= self.starts, "ends", Problem::EndsBeforeStart);
    }

    fn check_arms(&self, catalogue: &Catalogue, findings: &mut Findings) {
        findings.unless(self.arms.len() >= 2, "arms", Problem::TooFew);
        let controls = self.arms.iter().filter(|arm| arm.control).count();
        findings.unless(controls == 1, "arms.control", Problem::NotOne);
        let weights: u32 = self.arms.iter().map(|arm| u32::from(arm.weight)).sum();
        findings.unless(weights <= MAX_WEIGHTS, "arms.weight", Problem::OutOfBounds);
        let surface = catalogue.surfaces.get(&self.surface);
        findings.unless(surface.is_some(), "surface", Problem::Unknown);
        let enrols = catalogue.enrolment.get(&self.surface);
        let fits = enrols.is_none_or(|enrols| *enrols == self.enrolment);
        findings.unless(fits, "enrolment", Problem::DoesNotFit);
        let mut keys = BTreeSet::new();
        for (index, arm) in self.arms.iter().enumerate() {
            let field = |name: &str| format!("arms[{index}].{name}");
            findings.unless(keys.insert(&arm.key), field("key"), Problem::Twice);
            findings.bilingual(&field("name"), &arm.name);
            findings.text(field("description"), &arm.description);
            findings.unless(arm.weight > 0, field("weight"), Problem::OutOfBounds);
            findings.unless(arm.known_harm.is_none(), field("known_harm"), Problem::KnownHarm);
            findings.unless(!arm.settings.is_empty(), field("settings"), Problem::Missing);
            let Some(surface) = surface else { continue };
            let harmful = catalogue.harmful.get(&self.surface);
            for (setting, value) in &arm.settings {
                let has = |values: &BTreeMap<String, Vec<String>>| {
                    values.get(setting).is_some_and(|values| values.contains(value))
                };
                let problem = match harmful.is_some_and(has) {
                    true => Problem::KnownHarm,
                    false if has(surface) => continue,
                    false => Problem::Unknown,
                };
                findings.add(field(&format!("settings.{setting}")), problem);
            }
        }
    }

    fn check_design(&self, catalogue: &Catalogue, findings: &mut Findings) {
        match &self.design {
            Design::Parallel {} => {
                let distinct: BTreeSet<_> = self.arms.iter().map(|arm| &arm.settings).collect();
                findings.unless(distinct.len() == self.arms.len(), "arms.settings", Problem::Twice);
            }
            Design::Factorial {} => findings.unless(
                every_combination(&self.arms),
                "arms.settings",
                Problem::NotEveryCombination,
            ),
            Design::Saturation { within, shares } => {
                findings.unless(
                    catalogue.facts.contains_key(within),
                    "design.within",
                    Problem::Unknown,
                );
                findings.unless(shares.len() >= 2, "design.shares", Problem::TooFew);
                for (index, share) in shares.iter().enumerate() {
                    findings.unless(
                        share.treated_per_mille <= 1000 && share.weight > 0,
                        format!("design.shares[{index}]"),
                        Problem::OutOfBounds,
                    );
                }
                findings.unless(self.unit == Unit::Citizen, "unit", Problem::DoesNotFit);
                findings.unless(
                    matches!(self.allocation, Allocation::Keyed {}) || self.strata.contains(within),
                    "strata",
                    Problem::DoesNotFit,
                );
            }
        }
        if let Allocation::Blocks { multiples } = &self.allocation {
            findings.unless(!multiples.is_empty(), "allocation.multiples", Problem::Missing);
            findings.unless(
                multiples.iter().all(|multiple| (1..=MAX_MULTIPLE).contains(multiple)),
                "allocation.multiples",
                Problem::OutOfBounds,
            );
            let different: BTreeSet<_> = multiples.iter().collect();
            findings.unless(different.len() != 1, "allocation.multiples", Problem::OneLength);
        }
        findings.unless(
            !matches!(self.allocation, Allocation::Keyed {}) || self.strata.is_empty(),
            "strata",
            Problem::DoesNotFit,
        );
        if let Some(delayed) = &self.delayed {
            let then = self.arm(&delayed.then);
            findings.unless(then.is_some(), "delayed.then", Problem::Unknown);
            findings.unless(
                then.is_none_or(|arm| !arm.control),
                "delayed.then",
                Problem::DoesNotFit,
            );
            if let Trigger::Days { after, still } | Trigger::ClosedStill { after, still, .. } =
                &delayed.trigger
            {
                findings.unless(*after > 0, "delayed.trigger.after", Problem::OutOfBounds);
                conditions("delayed.trigger.still", still, catalogue, findings);
            }
            if let Trigger::ClosedStill { still, lasting, .. } = &delayed.trigger {
                let by_calendar = still.is_empty() && lasting.is_empty();
                findings.unless(!by_calendar, "delayed.trigger.still", Problem::Missing);
                dispatch::lasting("delayed.trigger.lasting", lasting, catalogue, findings);
            }
        }
    }

    fn check_people(&self, catalogue: &Catalogue, findings: &mut Findings) {
        let mut strata = BTreeSet::new();
        for (index, fact) in self.strata.iter().enumerate() {
            let field = format!("strata[{index}]");
            findings.unless(catalogue.facts.contains_key(fact), field.clone(), Problem::Unknown);
            findings.unless(strata.insert(fact), field, Problem::Twice);
        }
        conditions("eligibility", &self.eligibility, catalogue, findings);
    }

    fn check_measures(&self, catalogue: &Catalogue, findings: &mut Findings) {
        let primary: Vec<_> =
            self.outcomes.iter().filter(|outcome| outcome.role == OutcomeRole::Primary).collect();
        findings.unless(!primary.is_empty(), "outcomes.primary", Problem::Missing);
        let harms = self.outcomes.iter().any(|outcome| outcome.role == OutcomeRole::Harm);
        findings.unless(harms, "outcomes.harm", Problem::Missing);
        let mut keys = BTreeSet::new();
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let field = format!("outcomes[{index}]");
            findings.unless(keys.insert(&outcome.key), format!("{field}.key"), Problem::Twice);
            findings.text(format!("{field}.variable"), &outcome.variable);
        }
        for (index, step) in self.follow_up.iter().enumerate() {
            findings.text(format!("follow_up[{index}].what"), &step.what);
        }
        findings.text("analysis.primary", &self.analysis.primary);
        for (index, fact) in self.analysis.covariates.iter().enumerate() {
            findings.unless(
                catalogue.facts.contains_key(fact),
                format!("analysis.covariates[{index}]"),
                Problem::Unknown,
            );
        }
        let level = |per_mille: u16| (1..=500).contains(&per_mille);
        findings.unless(
            level(self.analysis.alpha_per_mille),
            "analysis.alpha_per_mille",
            Problem::OutOfBounds,
        );
        // A mean is planned in standard deviations: where it lies makes no difference.
        let needs_baseline = primary.iter().any(|outcome| outcome.measure != Measure::Mean);
        self.power.check(self.unit, needs_baseline, findings);
        let is_blind = matches!(self.interim, Interim::None {});
        findings.unless(is_blind, "interim", Problem::NoEarlyLook);
    }
}

/// The largest sum of weights: a block is at most this times [`MAX_MULTIPLE`] long.
pub const MAX_WEIGHTS: u32 = 1000;
/// The largest multiple of the weights in a block.
pub const MAX_MULTIPLE: u8 = 8;

pub(super) fn conditions(
    field: &str,
    conditions: &[Condition],
    catalogue: &Catalogue,
    findings: &mut Findings,
) {
    for (index, condition) in conditions.iter().enumerate() {
        let field = format!("{field}[{index}]");
        let kind = catalogue.facts.get(condition.fact());
        match (condition, kind) {
            (_, None) => findings.add(field, Problem::Unknown),
            (Condition::OneOf { values, .. }, Some(FactKind::OneOf { values: known })) => {
                findings.unless(!values.is_empty(), field.clone(), Problem::Missing);
                let all = values.iter().all(|value| known.contains(value));
                findings.unless(all, field, Problem::Unknown);
            }
            (Condition::OneOf { values, .. }, Some(FactKind::Text)) => {
                findings.unless(!values.is_empty(), field, Problem::Missing);
            }
            (Condition::Between { least, most, .. }, Some(FactKind::Number)) => {
                let ordered = match (least, most) {
                    (Some(least), Some(most)) => least <= most,
                    (None, None) => false,
                    _ => true,
                };
                findings.unless(ordered, field, Problem::OutOfBounds);
            }
            _ => findings.add(field, Problem::DoesNotFit),
        }
    }
}

/// Whether the arms' settings are a full cross of the values that occur in them, each once.
fn every_combination(arms: &[Arm]) -> bool {
    let mut factors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arm in arms {
        for (setting, value) in &arm.settings {
            factors.entry(setting).or_default().insert(value);
        }
    }
    let distinct: BTreeSet<_> = arms.iter().map(|arm| &arm.settings).collect();
    let cells = factors.values().try_fold(1_usize, |cells, values| cells.checked_mul(values.len()));
    factors.len() >= 2
        && arms.iter().all(|arm| arm.settings.len() == factors.len())
        && distinct.len() == arms.len()
        && cells == Some(arms.len())
}
