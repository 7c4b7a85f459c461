//! How far a message has come, in words.

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Its time has not come, or nobody has taken it.
    Waiting,
    /// Someone makes it ready. Nothing of it has left.
    Claimed,
    /// Someone hands it over: from here on it may have left.
    HandingOver,
    /// Nobody knows yet whether it has left.
    InDoubt,
    /// It has left.
    Sent,
    /// It is not sent, ever: what it was for is over.
    Withdrawn,
    /// It cannot be sent; an administrator may have it tried again.
    Dead,
    /// Whether it has left cannot be found out. It is not sent again.
    Unknown,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Claimed,
        Self::HandingOver,
        Self::InDoubt,
        Self::Sent,
        Self::Withdrawn,
        Self::Dead,
        Self::Unknown,
    ];

    /// Its name in the database, the API and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::HandingOver => "handing_over",
            Self::InDoubt => "in_doubt",
            Self::Sent => "sent",
            Self::Withdrawn => "withdrawn",
            Self::Dead => "dead",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
