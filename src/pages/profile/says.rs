//! What she says of the facts of the registers, on its way to the server.

use jobnet_api::profile::{FactSay, ShownFact};
use jobnet_api::profiling::fact::Fact;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;

use super::store::Store;

impl Store {
    /// The facts with what she says of them: what waits counts as said.
    pub(super) fn facts(self) -> Vec<ShownFact> {
        let mut facts = self.profile.with(|profile| profile.facts.clone());
        self.says.with(|says| {
            for fact in &mut facts {
                if let Some((say, _)) = says.get(&fact.fact) {
                    fact.say = *say;
                }
            }
        });
        facts
    }

    /// Takes what she says of a fact and sends it.
    pub(super) fn say(self, fact: Fact, say: FactSay) {
        let is_under_way =
            self.says.with_untracked(|says| says.get(&fact).is_some_and(|(_, is_busy)| *is_busy));
        self.says.update(|says| {
            says.insert(fact, (say, true));
        });
        if !is_under_way {
            spawn_local(self.deliver_say(fact));
        }
    }

    pub(super) fn retry_says(self) {
        let failed: Vec<_> = self.says.with_untracked(|says| {
            let failed = says.iter().filter(|(_, (_, is_busy))| !is_busy);
            failed.map(|(fact, (say, _))| (*fact, *say)).collect()
        });
        for (fact, say) in failed {
            self.say(fact, say);
        }
    }

    async fn deliver_say(self, fact: Fact) {
        let now = move || self.says.try_with_untracked(|says| says.get(&fact).copied()).flatten();
        while let Some((say, _)) = now() {
            let answer = api::profile::say(fact, &say).await;
            // Unless she has left the page, or said something else meanwhile.
            let Some((wanted, _)) = now() else { return };
            match answer {
                Ok(()) => {
                    self.profile.update(|profile| {
                        let known = profile.facts.iter_mut().find(|known| known.fact == fact);
                        if let Some(known) = known {
                            known.say = say;
                        }
                    });
                    if wanted == say {
                        self.says.update(|says| {
                            says.remove(&fact);
                        });
                        return;
                    }
                }
                Err(error) => {
                    self.says.update(|says| {
                        says.insert(fact, (wanted, false));
                    });
                    self.session.note_error(&error);
                    return;
                }
            }
        }
    }
}
