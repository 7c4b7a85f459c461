//! Fingers and mouse on a timeline: drag to move, pinch to zoom, tap or hover to read. Pure: takes
//! places, gives wishes.

/// What the reader's hand asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    /// Point at the month here; **CSS pixels** from the chart's left edge.
    Point(f64),
    /// A tap or click here, without moving.
    Tap(f64),
    /// The window as at the beginning of the gesture, moved by these **CSS pixels**.
    Drag(f64),
    /// The window as at the beginning of the gesture, this many times as many months, around here.
    Pinch {
        /// Times as many months; above 1 zooms out.
        factor: f64,
        /// **CSS pixels** from the chart's left edge.
        at: f64,
    },
}

/// Farther than this, **CSS pixels**, a press is a drag.
const DRAG: f64 = 6.0;

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
pub(super) struct Gesture {
    /// Pointer, where it went down, where it is.
    down: Vec<(i32, f64, f64)>,
    /// It became a drag or a pinch, so its end is no tap.
    moved: bool,
}

impl Gesture {
    /// A pointer goes down. Returns whether a gesture begins or changes, so that the window as it
    /// is now is what later wishes refer to.
    pub(super) fn press(&mut self, pointer: i32, x: f64) -> bool {
        if self.down.len() >= 2 || self.down.iter().any(|(id, ..)| *id == pointer) {
            return false;
        }
        self.moved |= !self.down.is_empty();
        self.down.push((pointer, x, x));
        for (_, start, now) in &mut self.down {
            *start = *now;
        }
        true
    }

    /// A pointer moves.
    pub(super) fn shift(&mut self, pointer: i32, x: f64) -> Option<Wish> {
        match self.down.iter_mut().find(|(id, ..)| *id == pointer) {
            Some((_, _, now)) => *now = x,
            None => return self.down.is_empty().then_some(Wish::Point(x)),
        }
        match self.down[..] {
            [(_, start, now)] => {
                self.moved |= (now - start).abs() > DRAG;
                self.moved.then_some(Wish::Drag(now - start))
            }
            [(_, a, a_now), (_, b, b_now), ..] => {
                let (before, after) = ((a - b).abs().max(1.0), (a_now - b_now).abs().max(1.0));
                self.moved = true;
                Some(Wish::Pinch { factor: before / after, at: (a + b) / 2.0 })
            }
            [] => None,
        }
    }

    /// A pointer goes up.
    pub(super) fn lift(&mut self, pointer: i32, x: f64) -> Option<Wish> {
        self.cancel(pointer).then_some(Wish::Tap(x))
    }

    /// The browser takes the pointer away (to scroll). Returns whether it would have been a tap.
    pub(super) fn cancel(&mut self, pointer: i32) -> bool {
        let before = self.down.len();
        self.down.retain(|(id, ..)| *id != pointer);
        let tap = before == 1 && self.down.is_empty() && !self.moved;
        for (_, start, now) in &mut self.down {
            *start = *now;
        }
        if self.down.is_empty() {
            self.moved = false;
        }
        tap
    }

    /// Is a pointer down?
    pub(super) fn is_active(&self) -> bool {
        !self.down.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hovering_points_and_a_still_press_taps() {
        let mut hand = Gesture::default();
        assert_eq!(hand.shift(1, 40.0), Some(Wish::Point(40.0)));
        assert!(hand.press(1, 40.0));
        assert_eq!(hand.shift(1, 43.0), None);
        assert_eq!(hand.lift(1, 43.0), Some(Wish::Tap(43.0)));
    }

    #[test]
    fn a_drag_is_no_tap_even_if_it_comes_back() {
        let mut hand = Gesture::default();
        hand.press(1, 40.0);
        assert_eq!(hand.shift(1, 60.0), Some(Wish::Drag(20.0)));
        assert_eq!(hand.shift(1, 41.0), Some(Wish::Drag(1.0)));
        assert_eq!(hand.lift(1, 41.0), None);
        assert!(!hand.is_active());
    }

    #[test]
    fn two_fingers_pinch_around_their_middle() {
        let mut hand = Gesture::default();
        hand.press(1, 100.0);
        hand.press(2, 200.0);
        let wish = hand.shift(2, 300.0);
        assert_eq!(wish, Some(Wish::Pinch { factor: 0.5, at: 150.0 }));
        assert_eq!(hand.lift(2, 300.0), None);
        assert_eq!(hand.lift(1, 100.0), None, "what is left of a pinch is no tap");
    }
}
