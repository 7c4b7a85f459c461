//! What she says of the facts of the registers, on its way to the server.

use jobnet_api::profile::{FactSay, NewFactSay, ShownFact};
use jobnet_api::profiling::fact::Fact;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;

use super::store::Store;

/// What she says of a fact and the server does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) say: FactSay,
    pub(super) way: SayWay,
    /// What was stored when she said it.
    pub(super) seen: FactSay,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SayWay {
    /// On its way.
    Busy,
    /// It did not arrive.
    Failed,
    /// Something else was stored meanwhile: this.
    Conflict(FactSay),
}

impl Store {
    /// The facts with what she says of them: what waits counts as said.
    pub(super) fn facts(self) -> Vec<ShownFact> {
        let mut facts = self.profile.with(|profile| profile.facts.clone());
        self.says.with(|says| {
            for fact in &mut facts {
                if let Some(saying) = says.get(&fact.fact) {
                    fact.say = saying.say;
                }
            }
        });
        facts
    }

    /// Takes what she says of a fact and sends it.
    pub(super) fn say(self, fact: Fact, say: FactSay) {
        let before = self.saying(fact);
        let seen = before.map_or_else(|| self.said(fact), |before| before.seen);
        self.put_say(fact, Saying { say, way: SayWay::Busy, seen });
        // What is under way goes on with the newest when it has arrived.
        if before.is_none_or(|before| before.way != SayWay::Busy) {
            spawn_local(self.deliver_say(fact));
        }
    }

    pub(super) fn retry_says(self) {
        let failed: Vec<_> = self.says.with_untracked(|says| {
            let failed = says.iter().filter(|(_, saying)| saying.way == SayWay::Failed);
            failed.map(|(fact, saying)| (*fact, saying.say)).collect()
        });
        for (fact, say) in failed {
            self.say(fact, say);
        }
    }

    /// Whether what she says here, or what was said elsewhere, is to stand.
    pub(super) fn settle_say(self, fact: Fact, is_here: bool) {
        match self.saying(fact) {
            Some(Saying { say, way: SayWay::Conflict(there), .. }) if is_here => {
                self.put_say(fact, Saying { say, way: SayWay::Busy, seen: there });
                spawn_local(self.deliver_say(fact));
            }
            _ => self.drop_say(fact),
        }
    }

    fn saying(self, fact: Fact) -> Option<Saying> {
        self.says.try_with_untracked(|says| says.get(&fact).copied()).flatten()
    }

    fn put_say(self, fact: Fact, saying: Saying) {
        self.says.update(|says| {
            says.insert(fact, saying);
        });
    }

    fn drop_say(self, fact: Fact) {
        self.says.update(|says| {
            says.remove(&fact);
        });
    }

    /// What was stored of a fact when the server was asked last.
    fn said(self, fact: Fact) -> FactSay {
        self.profile.with_untracked(|profile| {
            let known = profile.facts.iter().find(|known| known.fact == fact);
            known.map(|known| known.say).unwrap_or_default()
        })
    }

    async fn deliver_say(self, fact: Fact) {
        while let Some(Saying { say, seen, .. }) = self.saying(fact) {
            let mut answer = api::profile::say(fact, &NewFactSay { say, seen }).await;
            let is_conflict = answer.as_ref().is_err_and(api::profile::is_conflict);
            if is_conflict {
                answer = self.refresh().await;
            }
            // Unless she has left the page.
            let Some(Saying { say: wanted, .. }) = self.saying(fact) else { return };
            let (way, seen) = match answer {
                Err(error) => {
                    self.session.note_error(&error);
                    (SayWay::Failed, seen)
                }
                Ok(()) if is_conflict => (SayWay::Conflict(self.said(fact)), seen),
                Ok(()) => {
                    self.profile.update(|profile| {
                        let known = profile.facts.iter_mut().find(|known| known.fact == fact);
                        if let Some(known) = known {
                            known.say = say;
                        }
                    });
                    (SayWay::Busy, say)
                }
            };
            let is_done = match way {
                SayWay::Busy => wanted == say,
                SayWay::Conflict(there) => wanted == there,
                SayWay::Failed => false,
            };
            if is_done {
                return self.drop_say(fact);
            }
            // She may have said something else meanwhile: that goes on.
            self.put_say(fact, Saying { say: wanted, way, seen });
            if way != SayWay::Busy {
                return;
            }
        }
    }
}
