//! Which point is nearest to the pointer.

/// The places of the points along the time axis, ascending, in **CSS pixels**.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HoverIndex {
    xs_css: Vec<f64>,
}

impl HoverIndex {
    /// Takes ascending places.
    pub fn new(xs_css: Vec<f64>) -> Self {
        Self { xs_css }
    }

    /// The index of the point nearest to `x_css` (the left one of two equally near); `None` if
    /// there is no point.
    pub fn nearest(&self, x_css: f64) -> Option<usize> {
        let right = self.xs_css.partition_point(|x| *x < x_css);
        let Some(left) = right.checked_sub(1) else {
            return (!self.xs_css.is_empty()).then_some(0);
        };
        match self.xs_css.get(right) {
            Some(x) if x - x_css < x_css - self.xs_css[left] => Some(right),
            _ => Some(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_points_no_answer() {
        assert_eq!(HoverIndex::default().nearest(3.0), None);
    }

    proptest! {
        #[test]
        fn no_point_is_nearer(mut xs in prop::collection::vec(-1e4..1e4_f64, 1..200),
                              x in -2e4..2e4_f64) {
            xs.sort_by(f64::total_cmp);
            let found = HoverIndex::new(xs.clone()).nearest(x).unwrap();
            let distance = (xs[found] - x).abs();
            prop_assert!(xs.iter().all(|other| (other - x).abs() >= distance));
        }
    }
}
