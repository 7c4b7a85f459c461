//! The steps of a trial's life: which there are from where it is, and what each needs.

use jobnet_api::trial::Step;
use jobnet_api::trials::protocol::life::{Amendment, Change, State, Unblinding};
use jobnet_api::trials::protocol::{Bilingual, Outcome, OutcomeRole};

use super::fields_model::{read_measure, read_role};
use super::numbers_model::read_whole;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Lock it.
    Register,
    /// Begin.
    Start,
    /// Stop for now.
    Pause,
    /// Go on.
    Resume,
    /// End.
    Close,
    /// Tell what was found.
    Report,
    /// Change it.
    Amend,
}

/// The steps there are from a state, the most urgent first.
pub const fn from(state: State) -> &'static [Kind] {
    match state {
        State::Draft => &[Kind::Register],
        State::Registered => &[Kind::Start, Kind::Amend],
        State::Running => &[Kind::Pause, Kind::Close, Kind::Amend],
        State::Paused => &[Kind::Resume, Kind::Close, Kind::Amend],
        State::Closed => &[Kind::Report, Kind::Amend],
        State::Reported => &[],
    }
}

/// Why a step cannot be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The protocol lacks something.
    Incomplete,
    /// Something that was typed is not stored.
    Unsaved,
}

/// What stands in the way of a step: registering locks the draft as it is stored, for good.
pub const fn hindrance(kind: Kind, lacks: bool, is_changed: bool) -> Option<Hindrance> {
    match kind {
        Kind::Register if lacks => Some(Hindrance::Incomplete),
        Kind::Register if is_changed => Some(Hindrance::Unsaved),
        _ => None,
    }
}

/// What was typed for a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Why.
    pub why: String,
    /// What was found, in Danish.
    pub found_da: String,
    /// The same in English.
    pub found_en: String,
    /// What an amendment changes: `ends`, `units`, `outcome` or `words`.
    pub change: String,
    /// To what; of an outcome: what is measured.
    pub to: String,
    /// Of an outcome: its key.
    pub key: String,
    /// Of an outcome: `secondary` or `harm`.
    pub role: String,
    /// Of an outcome: how it is put together.
    pub measure: String,
    /// Of an outcome: days after enrolment.
    pub after: String,
    /// Whether somebody had seen outcomes by arm: `before` or `after`; empty: not said.
    pub unblinding: String,
}

impl Typed {
    /// What every form begins with: its lists show their first.
    pub fn begun() -> Self {
        let [change, role, measure] = ["ends", "secondary", "proportion"].map(str::to_owned);
        Self { change, role, measure, ..Self::default() }
    }
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// A reason.
    Why,
    /// What was found, in both languages.
    Found,
    /// What an amendment changes to, or it cannot be read.
    To,
    /// After how many days an outcome is measured, or it cannot be read.
    After,
    /// The key of an outcome, or it is none.
    Key,
    /// Whether somebody had seen outcomes.
    Unblinding,
}

/// The step that was typed.
///
/// # Errors
/// What it lacks, the first of it.
pub fn step(kind: Kind, typed: &Typed) -> Result<Step, Lacking> {
    let said = |text: &str, lacking| {
        let text = text.trim();
        if text.is_empty() { Err(lacking) } else { Ok(text.to_owned()) }
    };
    let why = || said(&typed.why, Lacking::Why);
    Ok(match kind {
        Kind::Register => Step::Register {},
        Kind::Start => Step::Start {},
        Kind::Resume => Step::Resume {},
        Kind::Pause => Step::Pause { why: why()? },
        Kind::Close => Step::Close { why: why()? },
        Kind::Report => Step::Report {
            found: Bilingual {
                da: said(&typed.found_da, Lacking::Found)?,
                en: said(&typed.found_en, Lacking::Found)?,
            },
        },
        Kind::Amend => {
            let to = said(&typed.to, Lacking::To)?;
            let change = match typed.change.as_str() {
                "ends" => Change::Ends { ends: to.parse().map_err(|_| Lacking::To)? },
                "units" => {
                    let units = read_whole(&to).filter(|units| *units > 0);
                    Change::Units { units: units.ok_or(Lacking::To)? }
                }
                "outcome" => {
                    // Never a primary one: the trial was sized for that.
                    let role = read_role(&typed.role).filter(|role| *role != OutcomeRole::Primary);
                    let outcome = Outcome {
                        key: typed.key.trim().parse().map_err(|_| Lacking::Key)?,
                        role: role.ok_or(Lacking::To)?,
                        variable: to,
                        measure: read_measure(&typed.measure).ok_or(Lacking::To)?,
                        after_days: read_whole(&typed.after).ok_or(Lacking::After)?,
                    };
                    Change::Outcome { outcome }
                }
                _ => Change::Words { words: to },
            };
            let unblinding = match typed.unblinding.as_str() {
                "before" => Unblinding::Before,
                "after" => Unblinding::After,
                _ => return Err(Lacking::Unblinding),
            };
            Step::Amend { amendment: Amendment { change, why: why()?, unblinding } }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Kind; 7] = [
        Kind::Register,
        Kind::Start,
        Kind::Pause,
        Kind::Resume,
        Kind::Close,
        Kind::Report,
        Kind::Amend,
    ];

    /// The life of a trial, as its own types have it: each step that is offered from a state leads
    /// somewhere, and no other does.
    #[test]
    fn the_steps_offered_are_those_there_are() {
        let states = [
            State::Draft,
            State::Registered,
            State::Running,
            State::Paused,
            State::Closed,
            State::Reported,
        ];
        let allowed = |state, kind| match kind {
            Kind::Register => state == State::Draft,
            Kind::Start => state == State::Registered,
            Kind::Pause => state == State::Running,
            Kind::Resume => state == State::Paused,
            Kind::Close => matches!(state, State::Running | State::Paused),
            Kind::Report => state == State::Closed,
            Kind::Amend => !matches!(state, State::Draft | State::Reported),
        };
        for state in states {
            for kind in ALL {
                assert_eq!(from(state).contains(&kind), allowed(state, kind), "{state:?} {kind:?}");
            }
        }
    }

    #[test]
    fn only_a_draft_that_lacks_nothing_and_is_stored_is_registered() {
        for (lacks, is_changed, expected) in [
            (false, false, None),
            (false, true, Some(Hindrance::Unsaved)),
            (true, false, Some(Hindrance::Incomplete)),
            (true, true, Some(Hindrance::Incomplete)),
        ] {
            for kind in ALL {
                let expected = expected.filter(|_| kind == Kind::Register);
                assert_eq!(hindrance(kind, lacks, is_changed), expected, "{kind:?}");
            }
        }
    }

    #[test]
    fn an_outcome_that_is_added_is_whole_and_never_a_primary_one() {
        let whole = Typed {
            why: "asked for by citizens".to_owned(),
            change: "outcome".to_owned(),
            to: " complaints ".to_owned(),
            key: "complaints".to_owned(),
            role: "harm".to_owned(),
            measure: "mean".to_owned(),
            after: "90".to_owned(),
            unblinding: "before".to_owned(),
            ..Typed::default()
        };
        let Ok(Step::Amend { amendment }) = step(Kind::Amend, &whole) else {
            panic!("it is whole")
        };
        let file = serde_json::to_value(&amendment.change).unwrap();
        let outcome = serde_json::json!({"key": "complaints", "role": "harm", "variable": "complaints",
            "measure": "mean", "after_days": 90});
        assert_eq!(file, serde_json::json!({"type": "outcome", "outcome": outcome}));
        type Spoil = (fn(&mut Typed), Lacking);
        let spoils: [Spoil; 6] = [
            (|typed| typed.to.clear(), Lacking::To),
            (|typed| typed.key = "Complaints!".to_owned(), Lacking::Key),
            (|typed| typed.role = "primary".to_owned(), Lacking::To),
            (|typed| typed.role.clear(), Lacking::To),
            (|typed| typed.measure.clear(), Lacking::To),
            (|typed| typed.after = "soon".to_owned(), Lacking::After),
        ];
        for (spoil, lacking) in spoils {
            let mut typed = whole.clone();
            spoil(&mut typed);
            assert_eq!(step(Kind::Amend, &typed), Err(lacking), "{typed:?}");
        }
    }

    #[test]
    fn what_a_step_needs_is_asked_for() {
        let mut typed = Typed::default();
        assert_eq!(step(Kind::Register, &typed), Ok(Step::Register {}));
        assert_eq!(step(Kind::Pause, &typed), Err(Lacking::Why));
        assert_eq!(step(Kind::Report, &typed), Err(Lacking::Found));
        typed.why = " fejl ".to_owned();
        assert_eq!(step(Kind::Pause, &typed), Ok(Step::Pause { why: "fejl".to_owned() }));
        typed.change = "units".to_owned();
        assert_eq!(step(Kind::Amend, &typed), Err(Lacking::To));
        typed.to = "0".to_owned();
        assert_eq!(step(Kind::Amend, &typed), Err(Lacking::To));
        typed.to = "2.500".to_owned();
        assert_eq!(step(Kind::Amend, &typed), Err(Lacking::Unblinding));
        typed.unblinding = "before".to_owned();
        let amended = step(Kind::Amend, &typed).unwrap();
        let Step::Amend { amendment } = amended else { panic!("{amended:?}") };
        assert_eq!(amendment.change, Change::Units { units: 2500 });
        typed.change = "ends".to_owned();
        assert_eq!(step(Kind::Amend, &typed), Err(Lacking::To));
    }
}
