//! What the real population looks like: published figures that the synthetic one reproduces.
//!
//! Counts of persons and insured members are of June 2026, as published by STAR (Jobindsats
//! tables y01a02, y01a12, y01h01) and Statistics Denmark (AUA01, AUP03). Shares that no source
//! gives are in the modules that use them and are named in docs/synthetic-population.md.

/// A region and what is published about it.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    /// Its name.
    pub name: &'static str,
    /// Members of unemployment funds.
    pub insured: u32,
    /// Full-time persons on dagpenge in a month.
    pub full_time_unemployed: u32,
    /// Full-time unemployed in percent of the insured, as published.
    pub unemployment_percent: f64,
    /// Percent of those on dagpenge in a quarter who were sanctioned in it.
    pub sanctioned_percent: f64,
    /// Some of its municipalities, with weights that follow their size roughly.
    pub municipalities: &'static [(&'static str, f64)],
}

/// The five regions.
pub const REGIONS: [Region; 5] = [
    Region {
        name: "Hovedstaden",
        insured: 747_268,
        full_time_unemployed: 30_756,
        unemployment_percent: 4.1,
        sanctioned_percent: 5.6,
        municipalities: &[
            ("København", 66.0),
            ("Frederiksberg", 10.0),
            ("Gladsaxe", 7.0),
            ("Helsingør", 6.0),
            ("Gentofte", 7.0),
            ("Høje-Taastrup", 5.5),
            ("Hillerød", 5.5),
            ("Bornholm", 4.0),
        ],
    },
    Region {
        name: "Sjælland",
        insured: 309_427,
        full_time_unemployed: 8_717,
        unemployment_percent: 2.8,
        sanctioned_percent: 5.8,
        municipalities: &[
            ("Roskilde", 9.0),
            ("Næstved", 8.5),
            ("Slagelse", 8.0),
            ("Holbæk", 7.5),
            ("Guldborgsund", 6.0),
            ("Køge", 6.0),
        ],
    },
    Region {
        name: "Syddanmark",
        insured: 453_010,
        full_time_unemployed: 13_103,
        unemployment_percent: 2.9,
        sanctioned_percent: 5.3,
        municipalities: &[
            ("Odense", 21.0),
            ("Vejle", 12.0),
            ("Esbjerg", 11.5),
            ("Kolding", 9.5),
            ("Sønderborg", 7.5),
            ("Svendborg", 6.0),
        ],
    },
    Region {
        name: "Midtjylland",
        insured: 527_577,
        full_time_unemployed: 15_663,
        unemployment_percent: 3.0,
        sanctioned_percent: 5.7,
        municipalities: &[
            ("Aarhus", 36.5),
            ("Randers", 10.0),
            ("Silkeborg", 10.0),
            ("Horsens", 9.5),
            ("Viborg", 9.5),
            ("Herning", 9.0),
        ],
    },
    Region {
        name: "Nordjylland",
        insured: 226_421,
        full_time_unemployed: 6_702,
        unemployment_percent: 3.0,
        sanctioned_percent: 4.1,
        municipalities: &[
            ("Aalborg", 22.5),
            ("Hjørring", 6.0),
            ("Frederikshavn", 5.5),
            ("Thisted", 4.0),
            ("Mariagerfjord", 4.0),
        ],
    },
];

/// Percent of newly registered who are still on dagpenge without a break after so many weeks
/// (y01b01, registered in the second quarter of 2025). Published for the whole country are the
/// values at 4, 13 and 26 weeks; those between and after follow the regions' curves.
pub const SURVIVAL: [(f64, f64); 9] = [
    (0.0, 100.0),
    (4.0, 39.8),
    (8.0, 24.8),
    (13.0, 13.8),
    (17.0, 9.3),
    (26.0, 4.2),
    (39.0, 1.55),
    (52.0, 0.72),
    (104.0, 0.05),
];

/// Persons on dagpenge in a month by months of benefit consumed in the period, up to so many
/// (y01a12).
pub const CONSUMPTION: [(f64, u32); 5] =
    [(3.0, 35_720), (6.0, 22_117), (12.0, 22_064), (18.0, 10_625), (24.0, 8_633)];

/// Percent in a job as an employee three months after the spell ended (y01b15).
pub const IN_JOB_AFTER_3_MONTHS_PERCENT: f64 = 64.0;

/// Insured members by age, from and to (AUA01, the regions added up). The youngest group is
/// published as 16–24; no one here is so young that her placement was before she was 18.
pub const AGES: [(i32, i32, u32); 6] = [
    (21, 24, 134_310),
    (25, 29, 261_717),
    (30, 39, 562_847),
    (40, 49, 475_743),
    (50, 59, 539_880),
    (60, 66, 289_206),
];

/// Sanctions of the first quarter of 2026 by kind, the regions added up (y01h01): exclusions,
/// karantæne, work requirements.
pub const SANCTION_KINDS: [(&str, f64); 3] =
    [("exclusion", 2_838.0), ("quarantine", 5_111.0), ("work_requirement", 228.0)];

/// The day on which `share` of the newly registered are left, counted from registration.
pub(crate) fn days_at(share: f64) -> f64 {
    let percent = share * 100.0;
    for pair in SURVIVAL.windows(2) {
        let [(from, above), (to, below)] = [pair[0], pair[1]];
        if percent > below {
            // Within a piece, an equal share leaves every day.
            return 7.0 * (from + (to - from) * (above / percent).ln() / (above / below).ln());
        }
    }
    7.0 * 104.0
}

/// Mean days on dagpenge after a day, per person newly registered: the area under the curve.
pub(crate) fn days_beyond(day: f64) -> f64 {
    let mut area = 0.0;
    for pair in SURVIVAL.windows(2) {
        let [(from, above), (to, below)] = [pair[0], pair[1]];
        let (start, end) = (from * 7.0, to * 7.0);
        if day >= end {
            continue;
        }
        let rate = (above / below).ln() / (end - start);
        let at = day.max(start);
        let share = above / 100.0 * (-rate * (at - start)).exp();
        area += (share - below / 100.0) / rate;
    }
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_passes_through_the_published_points() {
        for (weeks, percent) in SURVIVAL.into_iter().skip(1) {
            assert!((days_at(percent / 100.0) - weeks * 7.0).abs() < 0.01, "{weeks} weeks");
        }
        assert!(days_at(1.0).abs() < 0.01);
    }

    #[test]
    fn the_area_agrees_with_adding_up_days() {
        let steps = 100_000;
        let added: f64 = (0..steps).map(|i| days_at((f64::from(i) + 0.5) / f64::from(steps))).sum();
        assert!((added / f64::from(steps) - days_beyond(0.0)).abs() < 0.5);
    }

    #[test]
    fn full_time_unemployed_and_insured_give_the_published_percent() {
        for region in REGIONS {
            let percent =
                100.0 * f64::from(region.full_time_unemployed) / f64::from(region.insured);
            assert!((percent - region.unemployment_percent).abs() < 0.05, "{}", region.name);
        }
    }
}
