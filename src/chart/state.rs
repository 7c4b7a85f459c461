//! What a reader of one timeline has chosen, and how each choice changes it. No drawing here.

use jobnet_charts::spec::{Hidden, Layer, TimelineSpec};
use jobnet_charts::timeline::{Layout, View};
use jobnet_charts::window::Window;
use leptos::prelude::*;

use super::keys::Action;

/// The choices of one reader in one timeline.
#[derive(Clone, Copy)]
pub(super) struct ChartState {
    /// Months shown; `None` until she zooms or moves: then the width decides.
    pub(super) window: RwSignal<Option<Window>>,
    /// Layers not shown.
    pub(super) hidden: RwSignal<Hidden>,
    /// The month she points at.
    pub(super) active: RwSignal<Option<usize>>,
    /// Which figure of the month the keys are on; `None`: the whole month.
    pub(super) column: RwSignal<Option<usize>>,
    /// The month she compares with.
    pub(super) pinned: RwSignal<Option<usize>>,
    /// Is the table shown?
    pub(super) table: RwSignal<bool>,
    /// Where everything was drawn last; `None` before the first drawing and after a failure.
    pub(super) layout: RwSignal<Option<Layout>>,
    /// The last drawing failed.
    pub(super) failed: RwSignal<bool>,
}

/// A change of the months shown by half as much again.
const ZOOM_STEP: f64 = 1.5;

impl ChartState {
    pub(super) fn new() -> Self {
        Self {
            window: RwSignal::new(None),
            hidden: RwSignal::new(Hidden::default()),
            active: RwSignal::new(None),
            column: RwSignal::new(None),
            pinned: RwSignal::new(None),
            table: RwSignal::new(false),
            layout: RwSignal::new(None),
            failed: RwSignal::new(false),
        }
    }

    /// What to draw in a chart of this width (**CSS pixels**).
    pub(super) fn view(self, spec: &TimelineSpec, width_css: f64) -> View {
        let window = self.window.get_untracked();
        let window = window.unwrap_or_else(|| Window::initial(spec, width_css));
        View { window, hidden: self.hidden.get_untracked() }
    }

    /// Follows what [`ChartState::view`] is made of.
    pub(super) fn track_view(self) {
        self.window.track();
        self.hidden.track();
    }

    /// The window as drawn last, or the whole timeline.
    fn drawn_window(self, total: usize) -> Window {
        self.layout.with_untracked(|layout| {
            layout.as_ref().map_or_else(|| Window::new(0, total, total), |layout| layout.window)
        })
    }

    /// The month pointed at, or else the one to begin with.
    pub(super) fn month_or_first(self, spec: &TimelineSpec) -> usize {
        let last_settled = spec.months.iter().rposition(|month| month.settled);
        self.active
            .get_untracked()
            .filter(|month| *month < spec.months.len())
            .or(last_settled)
            .unwrap_or(0)
    }

    pub(super) fn toggle(self, layer: Layer) {
        self.hidden.update(|hidden| *hidden = hidden.toggled(layer));
    }

    pub(super) fn set_window(self, window: Window) {
        if self.window.get_untracked() != Some(window) {
            self.window.set(Some(window));
        }
    }

    /// Shows more or fewer months around one.
    pub(super) fn zoom(self, factor: f64, around: usize, total: usize) {
        self.set_window(self.drawn_window(total).zoomed(factor, around, total));
    }

    /// Does what a key or a button asks for. Returns whether there was anything to do.
    pub(super) fn act(self, action: Action, spec: &TimelineSpec, columns: usize) -> bool {
        let total = spec.months.len();
        let Some(last) = total.checked_sub(1) else { return false };
        let month = self.month_or_first(spec);
        match action {
            Action::Months(step) => {
                // The first key shows where she is before it moves.
                let next = match self.active.get_untracked() {
                    None => month,
                    Some(_) => month.saturating_add_signed(step).min(last),
                };
                self.go(next, total);
            }
            Action::First => self.go(0, total),
            Action::Last => self.go(last, total),
            Action::Figures(step) => {
                let places = columns as isize + 1;
                let at = self.column.get_untracked().map_or(0, |column| column as isize + 1);
                let next = (at + step).rem_euclid(places);
                self.column.set(usize::try_from(next - 1).ok());
                self.go(month, total);
            }
            Action::Pin => {
                let now = self.pinned.get_untracked();
                self.pinned.set(if now.is_some() { None } else { Some(month) });
                self.go(month, total);
            }
            Action::Leave => {
                if self.pinned.get_untracked().is_some() {
                    self.pinned.set(None);
                } else {
                    self.active.set(None);
                    self.column.set(None);
                }
            }
            Action::ZoomIn => self.zoom(1.0 / ZOOM_STEP, month, total),
            Action::ZoomOut => self.zoom(ZOOM_STEP, month, total),
            Action::ZoomReset => self.window.set(None),
            Action::Pan(share) => {
                let window = self.drawn_window(total);
                let step = (window.count() as f64 / 2.0).ceil() as isize * share;
                self.set_window(window.panned(step, total));
            }
            Action::Table => self.table.update(|table| *table = !*table),
        }
        true
    }

    fn go(self, month: usize, total: usize) {
        self.active.set(Some(month));
        let window = self.drawn_window(total);
        if !window.contains(month) {
            self.set_window(window.with(month, total));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_charts::spec::{BenefitMark, HoursMark, MonthPoint, Words};
    use jobnet_rules::units::Month;

    fn spec(months: i32) -> TimelineSpec {
        let point = |index| MonthPoint {
            month: Month::from_index(24_300 + index),
            hours: HoursMark::Known(10.0),
            benefit: BenefitMark::Known(10.0),
            settled: index < 10,
        };
        TimelineSpec {
            months: (0..months).map(point).collect(),
            limits: vec![],
            markers: vec![],
            spells: vec![],
            sanctions: vec![],
            words: Words {
                benefit: String::new(),
                benefit_unit: String::new(),
                hours: String::new(),
                hours_unit: String::new(),
                unknown: String::new(),
                unsettled: String::new(),
                empty: String::new(),
                months: [""; 12],
                thousands: '.',
            },
        }
    }

    #[test]
    fn keys_walk_the_months_and_the_window_follows() {
        Owner::new().with(|| {
            let (state, spec) = (ChartState::new(), spec(30));
            state.layout.set(Some(Layout { window: Window::new(5, 6, 30), ..Layout::default() }));
            state.act(Action::Months(1), &spec, 3);
            assert_eq!(state.active.get_untracked(), Some(9), "first the last settled month");
            state.act(Action::Months(1), &spec, 3);
            state.act(Action::Months(1), &spec, 3);
            assert_eq!(state.active.get_untracked(), Some(11));
            assert_eq!(state.window.get_untracked(), Some(Window::new(6, 6, 30)));
            state.act(Action::Last, &spec, 3);
            assert_eq!(state.active.get_untracked(), Some(29));
            state.act(Action::Months(1), &spec, 3);
            assert_eq!(state.active.get_untracked(), Some(29), "no month after the last");
        });
    }

    #[test]
    fn escape_first_unpins_and_then_leaves() {
        Owner::new().with(|| {
            let (state, spec) = (ChartState::new(), spec(30));
            state.act(Action::Pin, &spec, 3);
            assert_eq!(state.pinned.get_untracked(), Some(9));
            state.act(Action::Leave, &spec, 3);
            assert_eq!(
                (state.pinned.get_untracked(), state.active.get_untracked()),
                (None, Some(9))
            );
            state.act(Action::Leave, &spec, 3);
            assert_eq!(state.active.get_untracked(), None);
        });
    }

    #[test]
    fn up_and_down_go_round_the_figures() {
        Owner::new().with(|| {
            let (state, spec) = (ChartState::new(), spec(30));
            for expected in [Some(0), Some(1), None, Some(0)] {
                state.act(Action::Figures(1), &spec, 2);
                assert_eq!(state.column.get_untracked(), expected);
            }
            state.act(Action::Figures(-1), &spec, 2);
            state.act(Action::Figures(-1), &spec, 2);
            assert_eq!(state.column.get_untracked(), Some(1));
        });
    }

    #[test]
    fn a_key_shows_the_table_and_hides_it_and_moves_nothing() {
        Owner::new().with(|| {
            let (state, spec) = (ChartState::new(), spec(30));
            for shown in [true, false] {
                assert!(state.act(Action::Table, &spec, 3));
                assert_eq!(state.table.get_untracked(), shown);
            }
            assert_eq!((state.active.get_untracked(), state.window.get_untracked()), (None, None));
        });
    }

    #[test]
    fn nothing_to_do_without_months() {
        Owner::new().with(|| assert!(!ChartState::new().act(Action::ZoomIn, &spec(0), 3)));
    }
}
