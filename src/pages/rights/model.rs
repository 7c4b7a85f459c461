//! The timeline in words. Pure: every figure is the entry's own.

use chrono::NaiveDate;
use jobnet_rules::case::Scheme;
use jobnet_rules::rights::{Basis, Cost, Entry, Ground, Kind, MeasureStatus, Timeline};

use crate::i18n::rights_messages::RightsTexts;
use crate::i18n::{Language, fill};

/// For whom it is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) scheme: Scheme,
}

impl Words {
    fn authority(self) -> &'static str {
        let t = self.language.rights();
        match self.scheme {
            Scheme::Dagpenge | Scheme::Graduate => t.fund,
            Scheme::SocialAssistance => t.municipality,
        }
    }
}

/// One thing on the timeline, ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntryView {
    pub(super) id: String,
    pub(super) title: String,
    /// On which day, by which day, from when to when.
    pub(super) when: Option<String>,
    /// What kind of activity it is; in the register's own words, which are Danish, where we have none.
    pub(super) name: Option<String>,
    /// Whether these are the register's own words.
    pub(super) is_registers_name: bool,
    pub(super) says: Vec<String>,
    pub(super) costs: Vec<String>,
    pub(super) act: Option<String>,
    /// The law, or where it was read.
    pub(super) rule: Option<String>,
    /// Where the rule is explained.
    pub(super) anchor: Option<&'static str>,
    /// Whether the rule is confirmed.
    pub(super) is_sure: bool,
}

/// The next thing to do: the first of what is coming that is a duty.
pub(super) fn next(timeline: &Timeline) -> Option<&Entry> {
    timeline.coming.iter().find(|entry| entry.kind.is_duty())
}

/// How long until its day.
pub(super) fn left(entry: &Entry, today: NaiveDate, language: Language) -> Option<String> {
    let t = language.rights();
    Some(match entry.on?.signed_duration_since(today).num_days() {
        0 => t.today.to_owned(),
        1 => t.tomorrow.to_owned(),
        days => fill(t.days_left, &[("count", &language.integer(days))]),
    })
}

/// An entry in words.
pub(super) fn entry(entry: &Entry, today: NaiveDate, words: Words) -> EntryView {
    let language = words.language;
    let t = language.rights();
    let text = language.rights_kind(entry.kind);
    let is_sure = entry.ground().is_sure();
    let put = |text: &str| place(text, entry, words);
    let is_ahead = entry.on.is_none() || entry.kind.is_duty();
    let mut says: Vec<String> = Vec::new();
    // What is not confirmed is not said; of what has happened nothing has to be asked.
    match (is_sure, is_ahead) {
        (true, _) if !text.text.is_empty() && is_complete(text.text, entry) => {
            says.push(put(text.text));
        }
        (false, true) => says.push(fill(t.ask, &[("authority", words.authority())])),
        _ => {}
    }
    says.extend(entry.with_fund.map(|with_fund| {
        let with = if with_fund { t.with_fund } else { t.with_job_centre };
        with.to_owned()
    }));
    says.extend(entry.measure.filter(|_| entry.kind == Kind::Measure).map(|status| {
        match status {
            MeasureStatus::Planned => t.measure_planned,
            MeasureStatus::Ongoing => t.measure_ongoing,
            MeasureStatus::Completed => t.measure_completed,
            MeasureStatus::Cancelled => t.measure_cancelled,
        }
        .to_owned()
    }));
    let provider = entry.provider.as_ref();
    says.extend(provider.map(|provider| fill(t.provider, &[("provider", provider)])));
    let known = entry.name.as_deref().and_then(|name| activity(name, language));
    EntryView {
        id: entry.id.clone(),
        title: title(entry, today, words),
        when: when(entry, language),
        name: known.map(str::to_owned).or_else(|| entry.name.clone()),
        is_registers_name: known.is_none(),
        says,
        costs: costs(entry, words),
        act: (!text.act.is_empty()).then(|| put(text.act)),
        rule: basis(entry).map(|basis| named(basis, language)),
        anchor: anchor(entry.kind).filter(|_| is_sure),
        is_sure,
    }
}

/// A kind of activity that the extracts name by a word of their own (docs/data-format.md).
fn activity(kind: &str, language: Language) -> Option<&'static str> {
    let t = language.rights();
    match kind {
        "guidance" => Some(t.measure_guidance),
        "company_practice" => Some(t.measure_practice),
        "course" => Some(t.measure_course),
        "wage_subsidy_offer" => Some(t.measure_subsidy),
        _ => None,
    }
}

fn title(entry: &Entry, today: NaiveDate, words: Words) -> String {
    let t = words.language.rights();
    let text = match entry.kind {
        Kind::Applications if entry.count == Some(1) => t.one_application,
        Kind::Sickness if entry.to.is_none_or(|last| last >= today) => t.sick_now,
        kind => words.language.rights_kind(kind).title,
    };
    place(text, entry, words)
}

/// Whether an entry has what a text needs.
fn is_complete(text: &str, entry: &Entry) -> bool {
    (!text.contains("{count}") || entry.count.is_some())
        && (!text.contains("{within}") || entry.within_months.is_some())
        && (!text.contains("{month}") || entry.month.is_some())
}

fn place(text: &str, entry: &Entry, words: Words) -> String {
    let language = words.language;
    let number =
        |count: Option<u32>| count.map(|count| language.integer(count.into())).unwrap_or_default();
    let month = entry.month.map(|month| language.month(month)).unwrap_or_default();
    fill(
        text,
        &[
            ("count", &number(entry.count)),
            ("within", &number(entry.within_months)),
            ("month", &month),
            ("authority", words.authority()),
        ],
    )
}

/// Deadlines have a last day, talks their day; what has happened, one or a first and a last one.
fn when(entry: &Entry, language: Language) -> Option<String> {
    let t = language.rights();
    let on = entry.on?;
    let day = language.date(on);
    let dated = |text: &str| {
        let text = fill(text, &[("weekday", language.weekday(on)), ("day", &day)]);
        Language::capital(&text)
    };
    Some(match entry.kind {
        Kind::Cv | Kind::BenefitCard | Kind::BookMeeting | Kind::Offer => dated(t.by),
        Kind::SickPayFromMunicipality | Kind::MoreTalks | Kind::JointTalk => {
            fill(t.from, &[("day", &day)])
        }
        Kind::Applications => Language::capital(&language.month(entry.month?)),
        Kind::Sickness | Kind::ParentalLeave | Kind::Care | Kind::Measure => match entry.to {
            Some(to) if to == on => dated(t.at),
            Some(to) => fill(t.from_to, &[("from", &day), ("to", &language.date(to))]),
            None => fill(t.from, &[("day", &day)]),
        },
        Kind::MeasureBegins if entry.to.is_some() => {
            let to = entry.to.map(|to| language.date(to)).unwrap_or_default();
            fill(t.from_to, &[("from", &day), ("to", &to)])
        }
        _ => dated(t.at),
    })
}

fn costs(entry: &Entry, words: Words) -> Vec<String> {
    let t = words.language.rights();
    let unknown = || fill(t.cost_unknown, &[("authority", words.authority())]);
    let Some(cost) = entry.cost else {
        let is_decision =
            matches!(entry.kind, Kind::Quarantine | Kind::WorkRequirement | Kind::Exclusion);
        return if is_decision { vec![unknown()] } else { Vec::new() };
    };
    let Some(hours) = hours(&cost, entry, words.language) else { return vec![unknown()] };
    let kroner = cost.gross.map(|gross| {
        let text = if cost.is_at_most { t.cost_at_most } else { t.cost_gross };
        fill(text, &[("gross", &words.language.kroner_and_ore(gross))])
    });
    std::iter::once(hours).chain(kroner).collect()
}

fn hours(cost: &Cost, entry: &Entry, language: Language) -> Option<String> {
    let t = language.rights();
    let is_done = cost.left_hours?.hundredths() == 0;
    let text = match (entry.kind, is_done) {
        (Kind::WorkRequirement, true) => t.cost_met,
        (Kind::WorkRequirement, false) => t.cost_requirement,
        (_, true) => t.cost_served,
        (_, false) => t.cost_quarantine,
    };
    let within = entry.within_months.map(|months| language.integer(months.into()));
    let places = [
        ("hours", &*language.short_hours(cost.hours?)),
        ("done", &*language.short_hours(cost.done_hours)),
        ("left", &*language.short_hours(cost.left_hours?)),
        ("within", within.as_deref().unwrap_or_default()),
    ];
    Some(fill(text, &places))
}

/// By which rule, if it is confirmed.
fn basis(entry: &Entry) -> Option<&Basis> {
    entry.basis.first().filter(|_| entry.ground() == Ground::Law)
}

/// The law, or where it was read.
fn named(basis: &Basis, language: Language) -> String {
    let t = language.rights();
    if basis.law.is_empty() { read_in(basis, t) } else { fill(t.law, &[("law", &basis.law)]) }
}

fn read_in(basis: &Basis, t: &RightsTexts) -> String {
    fill(t.source, &[("source", &basis.source)])
}

/// Each rule of the timeline once: the law, where it was read, and since when, if that is recent.
pub(super) fn rules(timeline: &Timeline, language: Language) -> Vec<String> {
    let t = language.rights();
    let all = [&timeline.coming, &timeline.rights, &timeline.duties, &timeline.past];
    let mut rules: Vec<String> = Vec::new();
    for basis in all.into_iter().flatten().filter_map(basis) {
        let law = (!basis.law.is_empty()).then(|| named(basis, language));
        let recent = basis.valid_from.filter(|from| *from > jobnet_rules::law::FIRST_DAY);
        let since = recent.map(|from| fill(t.since, &[("day", &language.date(from))]));
        let said: Vec<String> = law.into_iter().chain([read_in(basis, t)]).chain(since).collect();
        let said = said.join(" ");
        if !rules.contains(&said) {
            rules.push(said);
        }
    }
    rules
}

/// Where `/regler` explains it.
const fn anchor(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Cv
        | Kind::BenefitCard
        | Kind::BookMeeting
        | Kind::FundMeeting
        | Kind::ReportSickness
        | Kind::Registered => Some("duties"),
        Kind::Quarantine
        | Kind::WorkRequirement
        | Kind::Exclusion
        | Kind::Violence
        | Kind::TalkMissed => Some("sanctions"),
        Kind::Sickness => Some("period"),
        _ => None,
    }
}
