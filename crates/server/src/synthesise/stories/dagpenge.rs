//! Three members of a fund: part-time work close to a karens day, the last months of a period,
//! and a graduate whose rate falls.

use jobnet_rules::case::{Insurance, Scheme};
use jobnet_rules::units::Hours;

use super::super::cpr::Sex;
use super::super::ledger::Job;
use super::super::rows::{Dossier, Measure, Sickness};
use super::{Facts, Scene, graduate_facts, insured, work};

const CARE: &str = "Hjemmeplejen Skovbo";

/// Unemployed for fourteen months, working as a substitute beside her benefit. One month she
/// worked too much to be paid anything; one month her employer reported no hours; one month was
/// corrected upwards. The current window of four months needs some 28 hours more, or a day's
/// benefit goes.
pub(super) fn full_time(scene: &mut Scene<'_>) -> Dossier {
    let placed_on = scene.day(14, 1);
    let facts = Facts {
        sex: Sex::Female,
        age: 41,
        provider: true,
        registered_on: placed_on,
        claim: insured(Scheme::Dagpenge, Insurance::FullTime, placed_on),
        supplementary_weeks_used: Some(26),
    };
    let mut months = scene.months(14);
    let hours = [
        0, 0, 3_800, 4_450, // at most 148 hours: a karens day in the fourth month
        5_200, 15_075, 4_100, 3_650, // more than 148: none
        4_725, 5_500, 4_000, 6_050, // more than 148 even without the unknown month
        6_825, 5_200, 1_850, // two settled months of the current window, and one that is not
    ];
    for (index, (month, hours)) in months.iter_mut().zip(hours).enumerate() {
        if hours == 0 {
            continue;
        }
        let job = work(CARE, hours, 172);
        month.work(match index {
            10 => Job { known: false, ..job },
            11 => Job { first: Some(Hours::from_hundredths(4_200)), ..job },
            _ => job,
        });
    }
    let mut dossier = scene.dossier(&facts);
    // Five days: the fund goes on paying, and the frame stays where it is.
    let (from, to) = (scene.day(8, 9), scene.day(8, 13));
    dossier.sickness.push(Sickness { from, to: Some(to), kind: "sickness" });
    scene.tell(&facts, &months, &mut dossier);
    dossier.measures.push(Measure {
        kind: "guidance",
        from: scene.day(9, 3),
        to: Some(scene.day(9, 28)),
        provider: "Aarhus Kompetencehus",
        status: "completed",
    });
    dossier
}

/// Part-time insured, 58 years old. Two years ago she had work for five months; now her period
/// ends within three months, and those hours can extend it.
pub(super) fn part_time(scene: &mut Scene<'_>) -> Dossier {
    let placed_on = scene.day(28, 1);
    let facts = Facts {
        sex: Sex::Female,
        age: 58,
        provider: false,
        registered_on: scene.day(19, 1),
        claim: insured(Scheme::Dagpenge, Insurance::PartTime, placed_on),
        supplementary_weeks_used: Some(17),
    };
    let mut months = scene.months(28);
    for (index, month) in months.iter_mut().enumerate() {
        match index {
            // Work at 30 hours a week: no benefit, and none asked for.
            4..=8 => {
                month.work(work("Havnens Brugs", 12_850, 158));
                month.claim.claimed = false;
            }
            14..=19 => month.work(work("Solsikkens Børnehave", 1_850, 164)),
            _ => {}
        }
    }
    let mut dossier = scene.dossier(&facts);
    dossier.citizen.cv_since = Some(scene.day(19, 9));
    scene.tell(&facts, &months, &mut dossier);
    dossier.measures.push(Measure {
        kind: "wage_subsidy_offer",
        from: scene.day(-1, 4),
        to: Some(scene.day(-2, 26)),
        provider: "Aarhus Kompetencehus",
        status: "planned",
    });
    dossier
}

/// A graduate of 27 without children, with a student job that he kept. After 481 paid hours the
/// rate falls, and that is in the current month.
pub(super) fn graduate(scene: &mut Scene<'_>) -> Dossier {
    let placed_on = scene.day(4, 1);
    let facts = Facts {
        sex: Sex::Male,
        age: 27,
        provider: false,
        registered_on: placed_on,
        claim: super::Claim {
            graduate: Some(graduate_facts(false, 27, &scene.calendar)),
            ..insured(Scheme::Graduate, Insurance::FullTime, placed_on)
        },
        supplementary_weeks_used: Some(13),
    };
    let mut months = scene.months(4);
    // More than 148 hours in four months: no karens day. Paid so far: 466.32 hours.
    for (month, hours) in months.iter_mut().zip([6_000, 5_500, 5_000, 1_000]) {
        month.work(work("Kollegiets Kaffebar", hours, 195));
    }
    let mut dossier = scene.dossier(&facts);
    scene.tell(&facts, &months, &mut dossier);
    dossier
}
