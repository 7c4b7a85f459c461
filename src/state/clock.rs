//! The day that counts as today.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Session;

/// The server's today: the app never asks the browser what day it is.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Memo<Option<NaiveDate>>);

impl Clock {
    /// The clock of a session.
    pub fn of(session: Session) -> Self {
        Self(Memo::new(move |_| session.boot().map(|boot| boot.today)))
    }

    /// The clock of a page that has its own day.
    pub fn on(day: NaiveDate) -> Self {
        Self(Memo::new(move |_| Some(day)))
    }

    /// Today, or `None` before the first answer.
    pub fn today(self) -> Option<NaiveDate> {
        self.0.get()
    }
}
