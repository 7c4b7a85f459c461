//! Ledgers of every design, written as a server writes them, and drawn again.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::collections::BTreeMap;

use jobnet_trials::protocol::{Allocation, Design, Protocol, Share, Unit};
use jobnet_trials::randomise::{Clusters, Lots, Mistake, Row, Seed, verify};

fn protocol() -> Protocol {
    serde_json::from_str(include_str!("protocol/complete.json")).unwrap()
}

fn saturation(allocation: Allocation) -> Protocol {
    let share = |treated_per_mille, weight| Share { treated_per_mille, weight };
    let shares = vec![share(0, 1), share(250, 2), share(750, 1)];
    let design = Design::Saturation { within: "job_centre".to_owned(), shares };
    Protocol { design, allocation, ..protocol() }
}

/// So many units of each of some job centres, in turn.
fn ledger(seed: &Seed, protocol: &Protocol, centres: u32, units: u32) -> (Vec<Row>, Vec<Row>) {
    let lots = Lots::new(seed, protocol);
    let mut last = BTreeMap::<(bool, String), (u32, u32, u32)>::new();
    let mut clusters = BTreeMap::<String, Row>::new();
    let mut all = Vec::new();
    for number in 0..centres * units {
        let centre = format!("centre {}", number % centres);
        let stratum = if protocol.strata.is_empty() { String::new() } else { format!("/{centre}") };
        let unit = format!("unit {number}");
        let mut row = |name: &str, stratum: &str, share: Option<Option<u16>>| {
            let stage = (share.is_none(), stratum.to_owned());
            let before = last.get(&stage).copied();
            let place = before.map(|(_, block, position)| (block, position));
            let (drawn, place) = match share {
                None => {
                    let lot = lots.share(name, place).unwrap();
                    (lot.drawn.to_string(), lot.place)
                }
                Some(share) => {
                    let lot = lots.arm(name, stratum, share, place).unwrap();
                    (lot.drawn.key.to_string(), lot.place)
                }
            };
            let number = before.map_or(0, |(number, ..)| number + 1);
            let place = place.map(|(block, position)| (number, block, position));
            last.extend(place.map(|place| (stage, place)));
            Row {
                unit: name.to_owned(),
                cluster: None,
                drawn,
                stratum: stratum.to_owned(),
                place,
                algorithm: protocol.algorithm().to_owned(),
            }
        };
        let of_unit = match protocol.clusters() {
            Clusters::None => row(&unit, &stratum, Some(None)),
            Clusters::Arm(_) => {
                let cluster =
                    clusters.entry(centre.clone()).or_insert_with(|| row(&centre, "", Some(None)));
                Row { unit, cluster: Some(centre), place: None, ..cluster.clone() }
            }
            Clusters::Share(_) => {
                let cluster =
                    clusters.entry(centre.clone()).or_insert_with(|| row(&centre, "", None));
                let share = cluster.drawn.parse().unwrap();
                let of_unit = row(&unit, &stratum, Some(Some(share)));
                Row { cluster: Some(centre), ..of_unit }
            }
        };
        all.push(of_unit);
    }
    (clusters.into_values().collect(), all)
}

fn designs() -> Vec<(&'static str, Protocol)> {
    let clustered = Protocol { unit: Unit::JobCentre, strata: Vec::new(), ..protocol() };
    let open = Protocol { allocation: Allocation::Keyed {}, strata: Vec::new(), ..protocol() };
    vec![
        ("blocks", protocol()),
        ("clusters", clustered.clone()),
        ("keyed clusters", Protocol { allocation: Allocation::Keyed {}, ..clustered }),
        ("saturation", saturation(protocol().allocation)),
        ("keyed saturation", Protocol { strata: Vec::new(), ..saturation(Allocation::Keyed {}) }),
        ("keyed", open),
    ]
}

#[test]
fn a_ledger_of_every_design_is_drawn_again_and_no_change_of_it_stays_unseen() {
    let seed = Seed::new([9; 32]);
    for (name, protocol) in designs() {
        let (clusters, units) = ledger(&seed, &protocol, 12, 20);
        let found = verify(&seed, &seed.commitment(), &protocol, &clusters, &units);
        assert_eq!(found, [], "{name}");

        let another = Seed::new([8; 32]);
        let found = verify(&another, &seed.commitment(), &protocol, &clusters, &units);
        assert!(found.len() > 1 && found[0] == Mistake::Seed, "{name}");

        for (place, row) in units.iter().enumerate().step_by(17) {
            let mut changed = units.clone();
            let arm = protocol.arms.iter().find(|arm| arm.key.as_str() != row.drawn).unwrap();
            changed[place].drawn = arm.key.to_string();
            let found = verify(&seed, &seed.commitment(), &protocol, &clusters, &changed);
            assert!(
                matches!(&found[..], [Mistake::Lot { unit, .. }] if *unit == row.unit),
                "{name}: {found:?}"
            );
            let mut changed = units.clone();
            changed[place].algorithm = "blocks-0".to_owned();
            let found = verify(&seed, &seed.commitment(), &protocol, &clusters, &changed);
            let is_follower = matches!(protocol.clusters(), Clusters::Arm(_));
            assert_eq!(found.is_empty(), is_follower, "{name}");
        }
        if units[0].place.is_some() {
            let mut without = units.clone();
            without.remove(3);
            let found = verify(&seed, &seed.commitment(), &protocol, &clusters, &without);
            assert!(matches!(&found[..], [Mistake::Gap { number: 0, .. }]), "{found:?}");
        }
        if !clusters.is_empty() {
            let found = verify(&seed, &seed.commitment(), &protocol, &clusters[1..], &units);
            assert!(found.iter().any(|one| matches!(one, Mistake::NoCluster { .. })), "{name}");
        }
    }
}

#[test]
fn regions_get_the_shares_and_their_units_the_arms_as_often_as_it_says() {
    let protocol = saturation(protocol().allocation);
    let seed = Seed::new([4; 32]);
    // A block of shares has 4 or 8 regions, and with this seed the last one is whole; 250 per mille
    // of 4 arms are blocks of 12 or 24.
    let (regions, units) = ledger(&seed, &protocol, 32, 240);
    let times = |share: &str| regions.iter().filter(|row| row.drawn == share).count();
    assert_eq!((times("0"), times("250"), times("750")), (8, 16, 8));
    for region in &regions {
        let own = units.iter().filter(|row| row.cluster.as_ref() == Some(&region.unit));
        let treated = own.filter(|row| row.drawn != "words-earned").count();
        let share: usize = region.drawn.parse().unwrap();
        // The last block may be cut.
        assert!(treated.abs_diff(240 * share / 1000) <= 12, "{share}: {treated}");
        assert!(share != 0 || treated == 0);
    }
}
