//! Which key does what in a timeline.

/// What a key or a button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// This many months on (back, if negative).
    Months(isize),
    /// To the first month.
    First,
    /// To the last month.
    Last,
    /// This many figures down (up, if negative).
    Figures(isize),
    /// Pins the month for comparison, or unpins.
    Pin,
    /// Unpins; with nothing pinned, points at no month any more.
    Leave,
    /// Fewer months.
    ZoomIn,
    /// More months.
    ZoomOut,
    /// The months shown first.
    ZoomReset,
    /// The window half its length on (back, if negative).
    Pan(isize),
    /// Shows the table, or hides it.
    Table,
}

/// The action of a key as browsers name it. Keys together with Ctrl, Alt or Meta are the
/// browser's own.
pub(super) fn action(key: &str, with_modifier: bool) -> Option<Action> {
    if with_modifier {
        return None;
    }
    Some(match key {
        "ArrowRight" => Action::Months(1),
        "ArrowLeft" => Action::Months(-1),
        "PageDown" => Action::Months(12),
        "PageUp" => Action::Months(-12),
        "Home" => Action::First,
        "End" => Action::Last,
        "ArrowDown" => Action::Figures(1),
        "ArrowUp" => Action::Figures(-1),
        "Enter" | " " => Action::Pin,
        "Escape" => Action::Leave,
        "+" | "=" => Action::ZoomIn,
        "-" | "_" => Action::ZoomOut,
        "0" => Action::ZoomReset,
        "t" | "T" => Action::Table,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(action("+", false), Some(Action::ZoomIn));
        assert_eq!(action("+", true), None);
        assert_eq!(action("Tab", false), None);
        assert_eq!(action("F5", false), None);
        assert_eq!(action("t", false), Some(Action::Table));
        assert_eq!(action("t", true), None, "a new tab");
    }
}
