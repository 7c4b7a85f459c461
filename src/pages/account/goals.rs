//! How far she is from what she can reach, told from one side: the framing of a trial. The figures
//! are the same on either side.

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::Framing;

use crate::i18n::{Language, language};
use crate::view::{View, view};

use super::explain::line_view;
use super::figure::Line;
use super::goals_model::{new_period, no_karens};

/// The framing as it stands in the page.
const fn key(framing: Framing) -> &'static str {
    match framing {
        Framing::Earned => "earned",
        Framing::Lacking => "lacking",
    }
}

/// A new period, and a day that is not deducted: the names of the texts, and the sentences.
pub(super) fn goals(
    answer: &AccountAnswer,
    framing: Framing,
    language: Language,
) -> Vec<(&'static str, Line)> {
    let texts = language.account().words;
    let framing = Some(framing);
    [new_period(answer, framing, texts), no_karens(answer, framing, texts)]
        .into_iter()
        .flatten()
        .collect()
}

/// Above the account, in every presentation.
pub(super) fn goals_view(answer: &AccountAnswer, framing: Framing) -> View {
    let lines: Vec<_> = goals(answer, framing, language())
        .into_iter()
        .map(|(_, line)| view! { <p>{line_view(&line, &answer.account.trace)}</p> })
        .collect();
    view! { <div class="goals" data-framing=key(framing)>{lines}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::figure::{figures, plain};
    use crate::pages::account::fixtures::answer;
    use crate::pages::account::tests::four_months;

    /// The sentences, and the figures in them in any order.
    fn told(case: &str, framing: Framing) -> (Vec<String>, Vec<String>) {
        let lines = goals(&answer(case), framing, Language::Danish);
        let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        let mut shown: Vec<_> =
            lines.iter().flat_map(|line| figures(line).map(|f| format!("{f:?}"))).collect();
        shown.sort();
        let words =
            lines.iter().map(|line| plain(line, Language::Danish).replace('\u{a0}', " ")).collect();
        (words, shown)
    }

    #[test]
    fn the_same_figures_are_told_from_either_side() {
        let one = four_months(["40", "0", "20", "13.5"]);
        for case in
            [&one, &four_months(["0", "0", "0", "0"]), &four_months(["0", "null", "9", "9"])]
        {
            let (earned, lacking) = (told(case, Framing::Earned), told(case, Framing::Lacking));
            assert_eq!(earned.1, lacking.1, "{case}");
            assert_ne!(earned.0, lacking.0, "{case}");
        }
        let (words, _) = told(&one, Framing::Earned);
        assert_eq!(
            words[0],
            "Du har optjent 73,50 arbejdstimer til en ny periode. Du skal have 1.924, så der er \
             1.850,50 igen."
        );
        let (words, _) = told(&one, Framing::Lacking);
        assert_eq!(
            words[0],
            "Du mangler 1.850,50 arbejdstimer for at få en ny periode. Du har 73,50 af 1.924."
        );
    }

    /// Who lacks nothing is told so, from both sides alike.
    #[test]
    fn nobody_is_told_that_she_lacks_nothing_as_a_number() {
        let months: Vec<_> = (1..=12)
            .map(|month| {
                format!(
                    r#"{{"month": "2025-{month:02}", "work_hours": 170, "paid_hours": 0, "settled": true}}"#
                )
            })
            .collect();
        let case = format!(
            r#"{{"as_of": "2026-01-11", "scheme": "dagpenge", "placed_on": "2025-01-01", "months": [{}]}}"#,
            months.join(",")
        );
        let (earned, lacking) = (told(&case, Framing::Earned), told(&case, Framing::Lacking));
        assert_eq!(earned, lacking);
        assert!(earned.0[0].starts_with("Du har timer nok til en ny periode."), "{earned:?}");
    }
}
