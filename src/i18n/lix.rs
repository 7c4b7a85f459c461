//! The words of the pages are easy to read: LIX at most 35, as of letters.

#[cfg(test)]
mod tests {
    use jobnet_messages::lix::lix;
    use jobnet_rules::rights::Kind;

    use crate::i18n::Language;

    const LIMIT: f64 = 35.0;

    #[test]
    fn danish_prose_is_easy_to_read() {
        let (danish, pages) = (Language::Danish.messages(), Language::Danish.prose());
        let rules = pages.rules;
        let each_rule = [
            &rules.period,
            &rules.account,
            &rules.requalification,
            &rules.karens,
            &rules.payout,
            &rules.unknown_hours,
            &rules.supplementary,
            &rules.rates,
            &rules.sanctions,
            &rules.duties,
            &rules.social_assistance,
            &rules.history,
        ];
        let mut prose: Vec<(String, String)> = each_rule
            .iter()
            .map(|rule| (rule.title.to_owned(), format!("{} {}", rule.says, rule.why)))
            .collect();
        for statement in [pages.accessibility, pages.privacy] {
            let sections = statement.sections.iter().flat_map(|section| {
                std::iter::once(section.text).chain(section.points.iter().copied())
            });
            let text = std::iter::once(statement.lead).chain(sections).collect::<Vec<_>>();
            prose.push((statement.title.to_owned(), text.join(" ")));
        }
        let whole = |area: &str, texts: Vec<(&str, &str)>| {
            let sentences: Vec<_> =
                texts.into_iter().map(|(_, text)| text).filter(|text| is_prose(text)).collect();
            (area.to_owned(), sentences.join(" "))
        };
        prose.push(whole("shell", danish.shell.each()));
        prose.push(whole("landing", danish.landing.each()));
        prose.push(whole("identities", danish.identities.each()));
        prose.push(whole("overview", danish.overview.each()));
        prose.push(whole("staff", danish.staff.each()));
        prose.push(whole("session", pages.session.each()));
        prose.push(whole("sign-in", pages.sign_in.each()));
        prose.push(whole("my data", pages.my_data.each()));
        prose.push(whole("checklist", Language::Danish.checklist().each()));
        let items = jobnet_checklist::item::Item::ALL.map(|item| {
            let text = Language::Danish.checklist_item(item);
            [text.title, ".", text.how, text.why].join(" ")
        });
        prose.push(("items of the checklist".to_owned(), items.join(" ")));
        prose.push(whole("rights", Language::Danish.rights().each()));
        let kinds = Kind::ALL.map(|kind| {
            let text = Language::Danish.rights_kind(kind);
            [text.title, ".", text.text, text.act].join(" ")
        });
        prose.push(("entries of the timeline".to_owned(), kinds.join(" ")));

        let hard: Vec<_> = prose
            .iter()
            .map(|(name, text)| (name, lix(text)))
            .filter(|(_, index)| *index > LIMIT)
            .collect();
        assert!(hard.is_empty(), "harder than LIX {LIMIT}: {hard:#?}");
    }

    #[test]
    fn both_languages_have_the_same_places() {
        let [danish, english] = Language::ALL.map(Language::messages);
        let [danish_prose, english_prose] = Language::ALL.map(Language::prose);
        let pairs = [
            (danish_prose.session.each(), english_prose.session.each()),
            (danish_prose.sign_in.each(), english_prose.sign_in.each()),
            (danish_prose.my_data.each(), english_prose.my_data.each()),
            (Language::Danish.checklist().each(), Language::English.checklist().each()),
            (Language::Danish.rights().each(), Language::English.rights().each()),
            (danish.shell.each(), english.shell.each()),
            (danish.landing.each(), english.landing.each()),
            (danish.overview.each(), english.overview.each()),
        ];
        for (danish, english) in pairs {
            for ((name, danish), (_, english)) in danish.into_iter().zip(english) {
                assert_eq!(places(danish), places(english), "{name}");
                assert!(!danish.is_empty() && !english.is_empty(), "{name} is empty");
            }
        }
    }

    #[test]
    fn an_entry_says_the_same_in_both_languages_and_its_calendar_tells_nothing() {
        for kind in Kind::ALL {
            let [danish, english] = Language::ALL.map(|language| language.rights_kind(kind));
            for (danish, english) in [
                (danish.title, english.title),
                (danish.text, english.text),
                (danish.act, english.act),
                (danish.calendar, english.calendar),
            ] {
                assert_eq!(places(danish), places(english), "{kind:?}");
                assert_eq!(danish.is_empty(), english.is_empty(), "{kind:?}");
            }
            for name in [danish.calendar, english.calendar] {
                let name = name.to_lowercase();
                let tells = ["sanktion", "karan", "ledig", "dagpenge", "syg", "sick", "unempl"];
                assert!(
                    !name.is_empty() && !tells.iter().any(|word| name.contains(word)),
                    "{name}"
                );
            }
        }
    }

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<_> =
            text.split('{').skip(1).filter_map(|place| place.split('}').next()).collect();
        places.sort_unstable();
        places
    }

    /// Continuous prose: more than a label, and ended as a sentence.
    fn is_prose(text: &str) -> bool {
        text.ends_with('.') && text.split_whitespace().count() > 3
    }
}
