//! The record in words, and its last twelve months.

use jobnet_api::access::{Category, Look, MonthOfLooks, Purpose, Relation};
use jobnet_api::boot::Role;
use jobnet_charts::columns::{Column, ColumnsSpec};
use jobnet_rules::units::Month;

use crate::chart::ColumnsTexts;
use crate::i18n::{Language, fill};

/// Months in the chart.
const MONTHS: i32 = 12;

/// Who saw what, why, and the reason she gave.
pub(super) fn sentences(look: &Look, language: Language) -> Vec<String> {
    let t = language.prose().my_data;
    let is_herself = look.relation == Relation::Herself && look.role == Some(Role::Citizen);
    let organisation = look.organisation.as_deref().unwrap_or_default();
    let who = match look.role {
        _ if is_herself => t.you,
        Some(Role::FundCaseworker) => t.fund,
        Some(Role::JobCentreCaseworker) => t.job_centre,
        Some(Role::Citizen) => t.citizen,
        Some(Role::Researcher) => t.researcher,
        Some(Role::Administrator) => t.administrator,
        None => t.system,
    };
    let who = fill(who, &[("organisation", organisation)]);
    let what = match look.category {
        Category::Account => t.account,
        Category::Identity => t.identity,
        Category::Caseload => t.caseload,
        Category::HoursReports => t.hours_reports,
        Category::AccessLog => t.access_log,
        Category::AllData => t.all_data,
        Category::Trials => t.my_trials,
        Category::Profile => t.profile,
        Category::Letters => t.letters,
        Category::Rights => t.rights,
        Category::Checklist => t.checklist,
    };
    let why = match look.purpose {
        Purpose::SelfService => t.self_service,
        Purpose::Casework => t.casework,
        Purpose::Search => t.search,
        Purpose::GuestAccess => t.guest_access,
        Purpose::Unblinding => t.unblinding,
        Purpose::Administration => t.administration,
        Purpose::Retention => t.retention,
    };
    let mut said = vec![fill(t.sentence, &[("who", &who), ("what", what)])];
    if look.relation == Relation::Former {
        said.push(t.former.to_owned());
    }
    said.push(why.to_owned());
    said.extend(look.reason.as_ref().map(|reason| fill(t.reason, &[("reason", reason)])));
    said
}

/// The last twelve months as columns; the record may know a later day than the figures do.
pub(super) fn by_month(
    months: &[MonthOfLooks],
    today: Month,
    language: Language,
) -> (ColumnsSpec, ColumnsTexts) {
    let t = language.prose().my_data;
    let last = months.last().map_or(today, |newest| newest.month.max(today));
    let columns: Vec<Column> = (0..MONTHS)
        .rev()
        .map(|back| {
            let month = last.plus(-back);
            let of = months.iter().find(|of| of.month == month);
            let count = of.map_or(0, |of| of.looks);
            Column { month, count, figure: language.integer(count.into()) }
        })
        .collect();
    let total: u32 = columns.iter().map(|column| column.count).sum();
    // The newest of equals.
    let most = columns.iter().max_by_key(|column| (column.count, column.month));
    let takeaway = match most {
        Some(most) if total > 0 => {
            let text = if total == 1 { t.chart_one } else { t.chart_some };
            let (count, month) = (language.integer(total.into()), language.month(most.month));
            fill(text, &[("count", &count), ("month", &month), ("most", &most.figure)])
        }
        _ => t.chart_none.to_owned(),
    };
    let row =
        |column: &Column| (Language::capital(&language.month(column.month)), column.figure.clone());
    let texts = ColumnsTexts {
        title: t.chart.to_owned(),
        takeaway,
        month: t.month.to_owned(),
        count: t.count.to_owned(),
        rows: columns.iter().map(row).collect(),
    };
    let months = language.short_months();
    (ColumnsSpec { columns, months }, texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(change: impl FnOnce(&mut Look)) -> Look {
        let mut look = Look {
            number: 7,
            at: "2026-11-20T09:05:00Z".parse().unwrap(),
            by: "u-1".to_owned(),
            organisation: Some("Fagenes A-kasse".to_owned()),
            role: Some(Role::FundCaseworker),
            relation: Relation::Caseload,
            purpose: Purpose::Casework,
            reason: None,
            category: Category::Account,
        };
        change(&mut look);
        look
    }

    #[test]
    fn a_look_is_told_as_who_saw_what_and_why() {
        assert_eq!(
            sentences(&look(|_| ()), Language::Danish),
            [
                "En, der arbejder i Fagenes A-kasse, så dine timer og din ydelse.",
                "Det var for at vejlede dig."
            ]
        );
    }

    #[test]
    fn a_guests_reason_is_told_in_her_own_words() {
        let guest = look(|look| {
            look.relation = Relation::Guest;
            look.purpose = Purpose::GuestAccess;
            look.reason = Some("Vikar for {organisation}".to_owned());
        });
        let said = sentences(&guest, Language::English);
        assert_eq!(said.last().unwrap(), "The reason was: “Vikar for {organisation}”");
    }

    #[test]
    fn a_look_at_the_page_as_she_sees_it_says_nothing_of_a_trial() {
        let unblinded = look(|look| {
            look.purpose = Purpose::Unblinding;
            look.reason = Some("Hun ringede om sin side".to_owned());
        });
        let said = sentences(&unblinded, Language::Danish);
        assert_eq!(
            said,
            [
                "En, der arbejder i Fagenes A-kasse, så dine timer og din ydelse.",
                "Personen ville se siden, som du selv ser den.",
                "Grunden var: “Hun ringede om sin side”"
            ]
        );
        let english = sentences(&unblinded, Language::English).join(" ");
        assert!(!english.contains("trial") && !said.join(" ").contains("forsøg"));
    }

    #[test]
    fn her_own_looks_are_hers() {
        let own = look(|look| {
            look.role = Some(Role::Citizen);
            look.relation = Relation::Herself;
            look.purpose = Purpose::SelfService;
        });
        assert!(sentences(&own, Language::Danish)[0].starts_with("Du så "));
    }

    #[test]
    fn months_without_a_look_are_there_and_the_newest_is_the_last() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let of = |text, looks| MonthOfLooks { month: month(text), looks };
        let looks = [of("2025-01", 9), of("2026-03", 2), of("2026-11", 2)];
        let (spec, texts) = by_month(&looks, month("2026-10"), Language::Danish);
        let counts: Vec<_> = spec.columns.iter().map(|column| column.count).collect();
        assert_eq!(counts, [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!(texts.rows.first().unwrap().0, "December\u{a0}2025");
        assert!(texts.takeaway.contains("4 gange"), "{}", texts.takeaway);
        assert!(texts.takeaway.contains("november\u{a0}2026: 2"), "{}", texts.takeaway);
        let (_, none) = by_month(&[], month("2026-10"), Language::Danish);
        assert!(none.takeaway.starts_with("Ingen andre"));
    }
}
