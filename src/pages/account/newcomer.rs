//! The page of a citizen without a settled month: what will appear, when, and what to do now.

use jobnet_api::account::{AccountAnswer, DeadlineKind};
use jobnet_rules::trace::Figure as Path;

use crate::i18n::{Language, fill as fill_words, language};
use crate::view::{View, view};

use super::explain::{how_view, line_view};
use super::figure::{Figure, Line, figure, figures, fill, word};

/// Has no month been settled yet?
pub(super) fn is_new(answer: &AccountAnswer) -> bool {
    answer.account.period.is_some() && !answer.case.months.iter().any(|month| month.settled)
}

/// What comes when, and what to do now.
pub(super) fn newcomer_view(answer: &AccountAnswer) -> View {
    let texts = language().account().new;
    let trace = &answer.account.trace;
    let lines = sentences(answer, language());
    let shown: Vec<Figure> = lines.iter().flat_map(|line| figures(line).copied()).collect();
    let coming: Vec<_> =
        lines.iter().map(|line| view! { <li>{line_view(line, trace)}</li> }).collect();
    let intro = answer.registered_on.map(|day| {
        let line = fill(texts.intro, &[("day", word(language().date(day)))]);
        view! { <p class="takeaway">{line_view(&line, trace)}</p> }
    });
    let deadlines: Vec<_> =
        deadlines(answer, language()).into_iter().map(|text| view! { <li>{text}</li> }).collect();
    let nothing = deadlines.is_empty().then_some(texts.no_deadlines);
    view! {
        <section class="section newcomer" aria-labelledby="newcomer-title" data-part="newcomer">
        <h2 id="newcomer-title">{texts.title}</h2>
        {intro}
        <h3>{texts.deadlines}</h3>
        {nothing.map(|text| view! { <p>{text}</p> })}
        <ul class="facts">{deadlines}</ul>
        <h3>{texts.when}</h3>
        <ul class="facts">{coming}</ul>
        {how_view(texts.when, shown, trace.clone())}
        </section>
    }
}

fn sentences(answer: &AccountAnswer, language: Language) -> Vec<Line> {
    let texts = language.account().new;
    let mut lines = vec![fill(texts.first_month, &[]), fill(texts.settled, &[])];
    if let Some(karens) = &answer.account.karens
        && let (Some(from), Some(to)) = (karens.window_from, karens.window_to)
    {
        lines.push(fill(
            texts.karens,
            &[
                ("from", figure(Path::KarensFrom, from)),
                ("to", figure(Path::KarensTo, to)),
                ("threshold", figure(Path::KarensThreshold, karens.threshold_hours)),
            ],
        ));
    }
    if let Some(period) = &answer.account.period
        && let Some(day) = period.frame_ends_on
    {
        lines.push(fill(
            texts.frame,
            &[
                ("left", figure(Path::RemainingHours, period.remaining_hours)),
                ("day", figure(Path::FrameEndsOn, day)),
            ],
        ));
    }
    lines
}

/// What she has to do by when, in words.
fn deadlines(answer: &AccountAnswer, language: Language) -> Vec<String> {
    let texts = language.account().new;
    answer
        .deadlines
        .iter()
        .map(|deadline| {
            let what = match deadline.kind {
                DeadlineKind::FundMeeting => texts.fund_meeting,
                DeadlineKind::JobCentreMeeting => texts.job_centre_meeting,
                DeadlineKind::Cv => texts.cv,
                DeadlineKind::BenefitCard => texts.benefit_card,
                DeadlineKind::BookMeeting => texts.book_meeting,
            };
            let day = language.date(deadline.on);
            fill_words(texts.deadline, &[("what", what), ("day", &day)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::figure::plain;
    use crate::pages::account::fixtures::answer;

    #[test]
    fn a_new_citizen_is_told_what_comes_with_the_figures_of_her_own_case() {
        let answer =
            answer(r#"{"as_of": "2026-11-22", "scheme": "dagpenge", "placed_on": "2026-11-21"}"#);
        assert!(is_new(&answer));
        let said: Vec<_> = sentences(&answer, Language::Danish)
            .iter()
            .map(|line| plain(line, Language::Danish).replace('\u{a0}', " "))
            .collect();
        assert!(said[2].contains("fra november 2026 til februar 2027"), "{said:?}");
        assert_eq!(
            said[3],
            "Du har 3.848 timer med dagpenge. De skal bruges senest 20. november 2029."
        );
    }
}
