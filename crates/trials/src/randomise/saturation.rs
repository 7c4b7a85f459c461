//! Two stages (Baird, Bohren, McIntosh and Özler, REStat 100, 2018): each region draws the share of
//! its units that is treated; within the region that share decides the weights of the arms.

/// The weights of the arms within a region of which `treated_per_mille` are treated: the control
/// arm has the rest, the others divide the share as their own weights say. In the arms' order, in
/// lowest terms, so that blocks are short.
pub fn weights_within(weights: &[u32], control: usize, treated_per_mille: u32) -> Vec<u32> {
    let treated = u64::from(treated_per_mille.min(1000));
    let others: u64 = weights
        .iter()
        .enumerate()
        .filter(|(arm, _)| *arm != control)
        .map(|(_, weight)| u64::from(*weight))
        .sum();
    let parts: Vec<u64> =
        (0..)
            .zip(weights)
            .map(|(arm, weight)| {
                if arm == control {
                    (1000 - treated) * others
                } else {
                    treated * u64::from(*weight)
                }
            })
            .collect();
    let divisor = parts.iter().copied().fold(0, greatest_common_divisor).max(1);
    let part = |part: u64| u32::try_from(part / divisor).unwrap_or(u32::MAX);
    parts.into_iter().map(part).collect()
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_becomes_weights() {
        for (weights, control, share, expected) in [
            (&[1, 1][..], 0, 500, &[1, 1][..]),
            (&[1, 1], 0, 250, &[3, 1]),
            (&[1, 1], 1, 250, &[1, 3]),
            (&[1, 1], 0, 0, &[1, 0]),
            (&[1, 1], 0, 1000, &[0, 1]),
            (&[1, 1, 1, 1], 0, 250, &[9, 1, 1, 1]),
            (&[5, 2, 1], 0, 750, &[1, 2, 1]),
            (&[7, 0], 0, 500, &[0, 0]),
        ] {
            assert_eq!(weights_within(weights, control, share), expected);
        }
    }

    proptest! {
        #[test]
        fn the_treated_have_their_share_and_keep_their_proportions(
            weights in prop::collection::vec(1_u32..50, 2..6),
            share in 1_u32..1000,
        ) {
            let within = weights_within(&weights, 0, share);
            let total: u64 = within.iter().map(|weight| u64::from(*weight)).sum();
            let treated = total - u64::from(within[0]);
            prop_assert_eq!(treated * 1000, total * u64::from(share));
            for arm in 2..weights.len() {
                prop_assert_eq!(
                    u64::from(within[1]) * u64::from(weights[arm]),
                    u64::from(within[arm]) * u64::from(weights[1])
                );
            }
        }
    }
}
