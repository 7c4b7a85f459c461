//! The steps from state to state, and a trial from the events that are stored of it.

use chrono::{DateTime, Utc};

use super::{
    Amendment, Any, Change, Closed, Draft, Entry, Event, Paused, Refused, Registered, Reported,
    Running, Seal, State, Trial,
};
use crate::protocol::check::{Catalogue, Finding, Problem};
use crate::protocol::{Bilingual, Digest, OutcomeRole, Protocol};

pub(super) fn list(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What of a change a check of the whole protocol would find.
fn found(change: &Change, protocol: &Protocol) -> Vec<Finding> {
    let (field, problem) = match change {
        Change::Ends { ends } if *ends < protocol.starts => ("ends", Problem::EndsBeforeStart),
        Change::Units { units: 0 } => ("power.units", Problem::Missing),
        _ => return Vec::new(),
    };
    vec![Finding { field: field.to_owned(), problem }]
}

fn reason(why: String) -> Result<String, Refused> {
    if why.trim().is_empty() { Err(Refused::NoReason) } else { Ok(why) }
}

impl<S> Trial<S> {
    /// The protocol as it was registered.
    pub const fn protocol(&self) -> &Protocol {
        &self.protocol
    }

    /// Its changes, oldest first.
    pub fn amendments(&self) -> &[Amendment] {
        &self.amendments
    }

    /// The protocol as it stands now.
    pub fn amended(&self) -> Protocol {
        let mut protocol = self.protocol.clone();
        for amendment in &self.amendments {
            match &amendment.change {
                Change::Ends { ends } => protocol.ends = *ends,
                Change::Units { units } => protocol.power.units = *units,
                Change::Outcome { outcome } => protocol.outcomes.push(outcome.clone()),
                Change::Words { .. } => {}
            }
        }
        protocol
    }

    fn into<T>(self, state: impl FnOnce(S) -> T) -> Trial<T> {
        Trial { protocol: self.protocol, amendments: self.amendments, state: state(self.state) }
    }
}

impl Trial<Draft> {
    /// A new trial.
    pub const fn draft(protocol: Protocol) -> Self {
        Self { protocol, amendments: Vec::new(), state: Draft }
    }

    /// Locks it.
    ///
    /// # Errors
    /// What the protocol lacks to be served by `catalogue`.
    pub fn register(
        self,
        catalogue: &Catalogue,
        seed: Digest,
        at: DateTime<Utc>,
    ) -> Result<Trial<Registered>, Refused> {
        let findings = self.protocol.check(catalogue);
        if !findings.is_empty() {
            return Err(Refused::Incomplete(findings));
        }
        let protocol =
            self.protocol.digest().map_err(|error| Refused::Unwritable(error.to_string()))?;
        Ok(self.into(|_| Registered { seal: Seal { protocol, seed, at } }))
    }
}

impl Trial<Registered> {
    /// Begins it.
    pub fn start(self, at: DateTime<Utc>) -> Trial<Running> {
        self.into(|state| Running { seal: state.seal, started: at })
    }
}

impl Trial<Running> {
    /// Stops it for now.
    ///
    /// # Errors
    /// There is no reason.
    pub fn pause(self, why: String) -> Result<Trial<Paused>, Refused> {
        let why = reason(why)?;
        Ok(self.into(|state| Paused { seal: state.seal, started: state.started, why }))
    }

    /// Ends it.
    ///
    /// # Errors
    /// There is no reason.
    pub fn close(self, why: String, at: DateTime<Utc>) -> Result<Trial<Closed>, Refused> {
        let why = reason(why)?;
        Ok(self.into(|state| Closed { seal: state.seal, started: state.started, closed: at, why }))
    }
}

impl Trial<Paused> {
    /// Goes on.
    pub fn resume(self) -> Trial<Running> {
        self.into(|state| Running { seal: state.seal, started: state.started })
    }

    /// Ends it.
    ///
    /// # Errors
    /// There is no reason.
    pub fn close(self, why: String, at: DateTime<Utc>) -> Result<Trial<Closed>, Refused> {
        self.resume().close(why, at)
    }

    /// Why it was stopped.
    pub fn why(&self) -> &str {
        &self.state.why
    }
}

impl Trial<Closed> {
    /// Tells what was found.
    pub fn report(self, found: Bilingual) -> Trial<Reported> {
        self.into(|closed| Reported { closed, found })
    }
}

impl Trial<Reported> {
    /// What was found.
    pub const fn found(&self) -> &Bilingual {
        &self.state.found
    }
}

impl<S> Trial<S> {
    /// Changes it.
    fn amend(mut self, amendment: Amendment) -> Result<Self, Refused> {
        if amendment.why.trim().is_empty() {
            return Err(Refused::NoReason);
        }
        if let Change::Outcome { outcome } = &amendment.change
            && outcome.role == OutcomeRole::Primary
        {
            return Err(Refused::PrimaryOutcome);
        }
        self.amendments.push(amendment);
        Ok(self)
    }
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Started {} => "started",
            Self::Paused { .. } => "paused",
            Self::Resumed {} => "resumed",
            Self::Closed { .. } => "closed",
            Self::Reported { .. } => "reported",
            Self::Amended { .. } => "amended",
        }
    }
}

impl Any {
    /// A trial from what is stored of it. The catalogue of today is not asked: what was complete
    /// when it was registered stays registered.
    ///
    /// # Errors
    /// The events do not follow each other, or the protocol is not the one that was locked.
    pub fn replay(protocol: Protocol, entries: &[Entry]) -> Result<Self, Refused> {
        let mut trial = Self::Draft(Trial::draft(protocol));
        let mut last = None;
        for entry in entries {
            if last.is_some_and(|last| entry.at < last) {
                return Err(Refused::OutOfOrder);
            }
            last = Some(entry.at);
            trial = trial.stored(entry)?;
        }
        Ok(trial)
    }

    /// The next state after `event`.
    ///
    /// # Errors
    /// There is no such step from here, or it lacks what it needs.
    pub fn after(
        self,
        catalogue: &Catalogue,
        event: Event,
        at: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        if let (Self::Draft(trial), Event::Registered { protocol, seed }) = (&self, &event) {
            let registered = trial.clone().register(catalogue, *seed, at)?;
            let found = registered.state.seal.protocol;
            if found != *protocol {
                return Err(Refused::AnotherProtocol { registered: *protocol, found });
            }
            return Ok(Self::Registered(registered));
        }
        if let Event::Amended { amendment } = &event
            && let Change::Outcome { outcome } = &amendment.change
        {
            let is_taken = self.amended().outcomes.iter().any(|other| other.key == outcome.key);
            if is_taken || outcome.variable.trim().is_empty() {
                return Err(Refused::BadOutcome);
            }
        }
        if let Event::Amended { amendment } = &event {
            let findings = found(&amendment.change, self.protocol());
            if !findings.is_empty() {
                return Err(Refused::BadChange(findings));
            }
        }
        self.stored(&Entry { at, event })
    }

    fn stored(self, entry: &Entry) -> Result<Self, Refused> {
        let at = entry.at;
        let refused = Refused::NoSuchStep { from: self.state(), to: entry.event.name() };
        Ok(match (self, entry.event.clone()) {
            (Self::Draft(trial), Event::Registered { protocol, seed }) => {
                let found = trial
                    .protocol
                    .digest()
                    .map_err(|error| Refused::Unwritable(error.to_string()))?;
                if found != protocol {
                    return Err(Refused::AnotherProtocol { registered: protocol, found });
                }
                Self::Registered(trial.into(|_| Registered { seal: Seal { protocol, seed, at } }))
            }
            (Self::Registered(trial), Event::Started {}) => Self::Running(trial.start(at)),
            (Self::Running(trial), Event::Paused { why }) => Self::Paused(trial.pause(why)?),
            (Self::Paused(trial), Event::Resumed {}) => Self::Running(trial.resume()),
            (Self::Running(trial), Event::Closed { why }) => Self::Closed(trial.close(why, at)?),
            (Self::Paused(trial), Event::Closed { why }) => Self::Closed(trial.close(why, at)?),
            (Self::Closed(trial), Event::Reported { found }) => Self::Reported(trial.report(found)),
            (Self::Registered(trial), Event::Amended { amendment }) => {
                Self::Registered(trial.amend(amendment)?)
            }
            (Self::Running(trial), Event::Amended { amendment }) => {
                Self::Running(trial.amend(amendment)?)
            }
            (Self::Paused(trial), Event::Amended { amendment }) => {
                Self::Paused(trial.amend(amendment)?)
            }
            (Self::Closed(trial), Event::Amended { amendment }) => {
                Self::Closed(trial.amend(amendment)?)
            }
            _ => return Err(refused),
        })
    }

    /// The name of its state.
    pub const fn state(&self) -> State {
        match self {
            Self::Draft(_) => State::Draft,
            Self::Registered(_) => State::Registered,
            Self::Running(_) => State::Running,
            Self::Paused(_) => State::Paused,
            Self::Closed(_) => State::Closed,
            Self::Reported(_) => State::Reported,
        }
    }

    /// The protocol as it was registered.
    pub const fn protocol(&self) -> &Protocol {
        match self {
            Self::Draft(trial) => &trial.protocol,
            Self::Registered(trial) => &trial.protocol,
            Self::Running(trial) => &trial.protocol,
            Self::Paused(trial) => &trial.protocol,
            Self::Closed(trial) => &trial.protocol,
            Self::Reported(trial) => &trial.protocol,
        }
    }

    /// The protocol as it stands now.
    pub fn amended(&self) -> Protocol {
        match self {
            Self::Draft(trial) => trial.amended(),
            Self::Registered(trial) => trial.amended(),
            Self::Running(trial) => trial.amended(),
            Self::Paused(trial) => trial.amended(),
            Self::Closed(trial) => trial.amended(),
            Self::Reported(trial) => trial.amended(),
        }
    }

    /// What locks it; `None`: it is a draft.
    pub const fn seal(&self) -> Option<&Seal> {
        match self {
            Self::Draft(_) => None,
            Self::Registered(trial) => Some(&trial.state.seal),
            Self::Running(trial) => Some(&trial.state.seal),
            Self::Paused(trial) => Some(&trial.state.seal),
            Self::Closed(trial) => Some(&trial.state.seal),
            Self::Reported(trial) => Some(&trial.state.closed.seal),
        }
    }

    /// When it began, if it did.
    pub const fn started(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Draft(_) | Self::Registered(_) => None,
            Self::Running(trial) => Some(trial.state.started),
            Self::Paused(trial) => Some(trial.state.started),
            Self::Closed(trial) => Some(trial.state.started),
            Self::Reported(trial) => Some(trial.state.closed.started),
        }
    }

    /// When it ended and why, if it did.
    pub fn closed(&self) -> Option<(DateTime<Utc>, &str)> {
        match self {
            Self::Closed(trial) => Some((trial.state.closed, &trial.state.why)),
            Self::Reported(trial) => Some((trial.state.closed.closed, &trial.state.closed.why)),
            _ => None,
        }
    }
}
