//! The days to come as a calendar file (iCalendar, RFC 5545). A calendar is often shared: names are
//! neutral, and nothing in it is about her.

use chrono::NaiveDate;
use ics::parameters;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp};
use ics::{Event, ICalendar, escape_text};
use jobnet_api::rights::MyRights;

use crate::i18n::{Language, fill};

/// What a browser calls such a file.
pub(super) const KIND: &str = "text/calendar;charset=utf-8";

/// The file. The same deadline has the same name on every day, so that a calendar that reads it again
/// has it once.
pub(super) fn file(rights: &MyRights, language: Language, address: &str) -> String {
    let t = language.rights();
    let product = format!("-//Jobnet//Kalender//{}", language.code().to_uppercase());
    let mut calendar = ICalendar::new("2.0", product);
    let stamp = format!("{}T000000Z", basic(rights.timeline.today));
    let about = fill(t.calendar_event, &[("address", address)]);
    for entry in &rights.timeline.coming {
        let Some(on) = entry.on else { continue };
        let Some(after) = on.succ_opt() else { continue };
        let name = format!("{}-{}@jobnet", entry.id, rights.calendar_key);
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
