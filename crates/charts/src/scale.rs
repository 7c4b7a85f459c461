//! From numbers to pixels and back, and where an axis gets its ticks.

/// The one mapping between numbers and CSS pixels: used for drawing and for the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    domain: (f64, f64),
    px: (f64, f64),
}

impl Scale {
    /// Maps the numbers `domain` to the CSS pixels `px`; either may run backwards. An empty or
    /// non-finite domain is widened to length one, so that the mapping never divides by zero.
    pub fn new(domain: (f64, f64), px: (f64, f64)) -> Self {
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let (from, to) = (finite(domain.0), finite(domain.1));
        let length = to - from;
        let to = if length.is_finite() && length.abs() > f64::EPSILON { to } else { from + 1.0 };
        Self { domain: (from, to), px: (finite(px.0), finite(px.1)) }
    }

    /// CSS pixels of a number; outside the domain it goes on in the same way.
    pub fn to_px(&self, value: f64) -> f64 {
        let share = (value - self.domain.0) / (self.domain.1 - self.domain.0);
        self.px.0 + share * (self.px.1 - self.px.0)
    }

    /// The number at a CSS pixel; the domain's beginning on a scale without length.
    pub fn from_px(&self, px: f64) -> f64 {
        let length = self.px.1 - self.px.0;
        if length.abs() < f64::EPSILON {
            return self.domain.0;
        }
        self.domain.0 + (px - self.px.0) / length * (self.domain.1 - self.domain.0)
    }

    /// CSS pixels for one unit, without sign.
    pub fn px_per_unit(&self) -> f64 {
        ((self.px.1 - self.px.0) / (self.domain.1 - self.domain.0)).abs()
    }

    /// The numbers at both ends.
    pub fn domain(&self) -> (f64, f64) {
        self.domain
    }

    /// The CSS pixels at both ends.
    pub fn px(&self) -> (f64, f64) {
        self.px
    }
}

/// Ticks at round numbers (1, 2, 4 or 5 times a power of ten) that include zero and reach from at
/// most `min` to at least `max`, in about `target` steps and at most twice as many.
pub fn round_ticks(min: f64, max: f64, target: usize) -> Vec<f64> {
    let (min, max) = (min.min(0.0), max.max(0.0));
    let span = max - min;
    if !span.is_finite() || span <= 0.0 || target == 0 {
        return vec![0.0, 1.0];
    }
    let raw = span / target as f64;
    let mut power = 1.0;
    while power > raw {
        power /= 10.0;
    }
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    let step = [1.0, 2.0, 4.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw * 0.999_999)
        .unwrap_or(10.0 * power);
    let first = (min / step + 1e-9).floor();
    let last = (max / step - 1e-9).ceil().max(first + 1.0);
    let count = (last - first).min(2.0 * target as f64 + 2.0) as usize;
    (0..=count).map(|i| (first + i as f64) * step).collect()
}

/// A round number with this sign between thousands: `12.000`, `0,5` never.
pub fn tick_text(value: f64, thousands: char) -> String {
    let digits = (value.abs().round() as u64).to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    if value <= -0.5 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_cover_the_data() {
        assert_eq!(round_ticks(0.0, 151.0, 4), [0.0, 40.0, 80.0, 120.0, 160.0]);
        assert_eq!(round_ticks(0.0, 14_100.0, 3), [0.0, 5_000.0, 10_000.0, 15_000.0]);
        assert_eq!(round_ticks(-12.0, 100.0, 3), [-40.0, 0.0, 40.0, 80.0, 120.0]);
        assert_eq!(round_ticks(0.0, 0.0, 4), [0.0, 1.0]);
        assert_eq!(round_ticks(0.0, f64::NAN, 4), [0.0, 1.0]);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(tick_text(0.0, '.'), "0");
        assert_eq!(tick_text(800.0, '.'), "800");
        assert_eq!(tick_text(20_000.0, '.'), "20.000");
        assert_eq!(tick_text(1_234_567.0, ','), "1,234,567");
        assert_eq!(tick_text(-40.0, '.'), "\u{2212}40");
    }

    #[test]
    fn an_empty_domain_still_maps() {
        let scale = Scale::new((5.0, 5.0), (0.0, 100.0));
        assert_eq!(scale.to_px(5.0), 0.0);
        assert_eq!(Scale::new((0.0, 1.0), (7.0, 7.0)).from_px(99.0), 0.0);
        assert!(Scale::new((f64::NAN, f64::INFINITY), (0.0, 9.0)).to_px(0.5).is_finite());
    }

    proptest! {
        #[test]
        fn from_px_undoes_to_px(a in -1e6..1e6_f64, length in 1e-3..1e6_f64, v in 0.0..1.0_f64,
                                p in -4e3..4e3_f64, q in 1.0..4e3_f64) {
            let scale = Scale::new((a, a + length), (p, p + q));
            let value = a + v * length;
            let back = scale.from_px(scale.to_px(value));
            prop_assert!((back - value).abs() <= 1e-6 * (1.0 + a.abs() + length));
        }

        #[test]
        fn ticks_reach_around_the_data(min in -1e5..1e5_f64, span in 1e-2..1e6_f64,
                                       target in 1_usize..8) {
            let max = min + span;
            let ticks = round_ticks(min, max, target);
            prop_assert!(ticks[0] <= min.min(0.0) + 1e-6 * span.max(min.abs()));
            prop_assert!(ticks[ticks.len() - 1] >= max.max(0.0) - 1e-6 * span.max(max.abs()));
            prop_assert!(ticks.len() <= 2 * target + 3);
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
