//! The days to come as a calendar file (iCalendar, RFC 5545). A calendar is often shared: names are
//! neutral, and nothing in it is about her.

use chrono::NaiveDate;
use ics::parameters;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp};
use ics::{Event, ICalendar, escape_text};
use jobnet_rules::rights::Timeline;

use crate::i18n::{Language, fill};

/// What a browser calls such a file.
pub(super) const KIND: &str = "text/calendar;charset=utf-8";

/// The file; `key` ends the names of its events. The same deadline has the same name on every day, so
/// that a calendar that reads it again has it once.
pub(super) fn file(timeline: &Timeline, key: &str, language: Language, address: &str) -> String {
    let t = language.rights();
    let product = format!("-//Jobnet//Kalender//{}", language.code().to_uppercase());
    let mut calendar = ICalendar::new("2.0", product);
    let stamp = format!("{}T000000Z", basic(timeline.today));
    let about = fill(t.calendar_event, &[("address", address)]);
    for entry in &timeline.coming {
        let Some(on) = entry.on else { continue };
        let Some(after) = on.succ_opt() else { continue };
        let name = format!("{}-{key}@jobnet", entry.id);
        let mut event = Event::new(name, stamp.clone());
        let whole_day = || parameters!("VALUE" => "DATE");
        let mut start = DtStart::new(basic(on));
        start.append(whole_day());
        let mut end = DtEnd::new(basic(after));
        end.append(whole_day());
        event.push(start);
        event.push(end);
        event.push(Summary::new(escape_text(language.rights_kind(entry.kind).calendar)));
        event.push(Description::new(escape_text(about.clone())));
        event.push(Transp::transparent());
        calendar.add_event(event);
    }
    calendar.to_string()
}

/// `20261211`.
fn basic(day: NaiveDate) -> String {
    day.to_string().replace('-', "")
}

// Read back by another library than the writer, which wasm has not (see `Cargo.toml`).
#[cfg(not(target_arch = "wasm32"))]
#[cfg(test)]
mod tests {
    use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime};
    use jobnet_rules::case::Case;
    use jobnet_rules::duties::DeadlineKind;
    use jobnet_rules::rights::{History, timeline};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const KEY: &str = "Abc_-123";

    fn rights(as_of: &str) -> Timeline {
        let case = serde_json::json!({ "as_of": as_of, "scheme": "dagpenge" });
        let case: Case = serde_json::from_value(case).unwrap();
        let history = History {
            registered_on: Some(day("2026-11-21")),
            deadlines: vec![
                (DeadlineKind::Cv, day("2026-12-05")),
                (DeadlineKind::BenefitCard, day("2026-12-31")),
                (DeadlineKind::FundMeeting, day("2026-12-01")),
            ],
            ..History::default()
        };
        timeline(&case, &history)
    }

    /// What another implementation reads.
    fn read(file: &str) -> Vec<icalendar::Event> {
        let calendar: Calendar = file.parse().unwrap();
        let events = calendar.components.into_iter().map(|component| match component {
            CalendarComponent::Event(event) => event,
            other => panic!("{other:?}"),
        });
        events.collect()
    }

    #[test]
    fn another_reader_finds_whole_days_with_neutral_names() {
        let rights = rights("2026-11-22");
        let address = "https://jobnet.example/ret-og-pligt?a,b;c\\d";
        let file = file(&rights, KEY, Language::Danish, address);
        let events = read(&file);
        assert_eq!(events.len(), rights.coming.len());
        let year_end =
            events.iter().find(|event| event.get_summary() == Some("Send kort")).unwrap();
        assert_eq!(year_end.get_start(), Some(DatePerhapsTime::Date(day("2026-12-31"))));
        assert_eq!(year_end.get_end(), Some(DatePerhapsTime::Date(day("2027-01-01"))));
        for event in &events {
            assert!(matches!(event.get_start(), Some(DatePerhapsTime::Date(_))), "{event:?}");
            let about = event.get_description().unwrap();
            assert_eq!(about, format!("Se mere her: {address}"), "escaped and folded");
            let stamp = event.get_timestamp().unwrap();
            assert_eq!(CalendarDateTime::from(stamp), CalendarDateTime::Utc(stamp));
            assert!(event.get_uid().unwrap().ends_with("-Abc_-123@jobnet"));
        }
    }

    #[test]
    fn lines_are_folded_at_75_bytes_and_end_as_the_standard_says() {
        let address = "å".repeat(200);
        let file = file(&rights("2026-11-22"), KEY, Language::English, &address);
        assert!(file.ends_with("END:VCALENDAR\r\n") && !file.replace("\r\n", "").contains('\n'));
        for line in file.split("\r\n") {
            assert!(line.len() <= 76, "{} bytes: {line}", line.len());
        }
        assert!(read(&file)[0].get_description().unwrap().ends_with(&address));
    }

    #[test]
    fn the_same_deadline_has_the_same_name_on_another_day() {
        let names = |as_of| -> Vec<String> {
            let events = read(&file(&rights(as_of), KEY, Language::Danish, ""));
            events.iter().map(|event| event.get_uid().unwrap().to_owned()).collect()
        };
        let (first, second) = (names("2026-11-22"), names("2026-11-23"));
        assert_eq!(first, second);
        let different: std::collections::BTreeSet<_> = first.iter().collect();
        assert_eq!(different.len(), first.len());
    }
}
