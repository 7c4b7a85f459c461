//! Rights and duties.

use jobnet_rules::rights::Kind;

use crate::i18n::rights_messages::{KindText, RightsTexts};

pub(crate) const RIGHTS: RightsTexts = RightsTexts {
    title: "Rights and duties",
    lead: "Here you see what you have to do and what you have a right to. We want to help you manage it.",
    loading: "Fetching your deadlines.",
    next: "The next thing to do",
    by: "By {weekday} {day}.",
    at: "{weekday} {day}.",
    today: "It is today.",
    tomorrow: "It is tomorrow.",
    days_left: "{count} days are left.",
    next_none: "You have no deadline right now. If one comes up, it will be here.",
    coming: "Coming up",
    coming_none: "Nothing more is coming up right now.",
    duties: "What always applies",
    rights: "What you have a right to",
    past: "What has happened",
    past_none: "There is nothing here yet.",
    more: "Show more",
    shown: "You see {shown} of {of}.",
    calendar: "Take the days with you in your calendar",
    calendar_text: "You get a file with the days to come. It does not say that you are unemployed, so you can safely share your calendar.",
    calendar_save: "Download calendar file",
    calendar_file: "my-days",
    calendar_event: "See more here: {address}",
    calendar_failed: "The file could not be saved. Try again.",
    act: "What you can do:",
    law: "Rule: {law}.",
    source: "Source: {source}.",
    since: "The rule applies from {day}.",
    sources: "See the sources and dates of the rules",
    read: "Read the rule",
    ask: "We do not know this rule well enough. Ask {authority} what applies to you.",
    fund: "your unemployment fund",
    municipality: "your municipality",
    from: "From {day}.",
    from_to: "From {from} to {to}.",
    one_application: "You applied for 1 job in {month}",
    with_fund: "It was with your unemployment fund.",
    with_job_centre: "It was with your job centre or municipality.",
    provider: "It is at {provider}.",
    measure_guidance: "Guidance and training",
    measure_practice: "Practice at a company",
    measure_course: "Course",
    measure_subsidy: "Job with a wage subsidy",
    measure_planned: "It is planned.",
    measure_ongoing: "You are in it now.",
    measure_completed: "It is over.",
    measure_cancelled: "It was called off.",
    sick_now: "You are sick",
    cost_quarantine: "It costs {hours} hours without benefit. You have done {done} hours. {left} hours are left.",
    cost_served: "It cost {hours} hours without benefit. You have done all of them.",
    cost_gross: "That is {gross} before tax.",
    cost_at_most: "That is at most {gross} before tax.",
    cost_requirement: "You have to work {hours} hours within {within} months in a row. The most you have reached is {done} hours. {left} hours are missing.",
    cost_met: "You had to work {hours} hours within {within} months in a row. You have done so.",
    cost_unknown: "We do not know what it costs. Ask {authority}.",
};

/// What is said of an entry.
pub(crate) const fn rights_kind(kind: Kind) -> KindText {
    let (title, text, act, calendar) = match kind {
        Kind::FundMeeting => (
            "Talk with your unemployment fund",
            "You talk about how finding a job is going.",
            "If you cannot come, tell the fund before the talk.",
            "Talk",
        ),
        Kind::JobCentreMeeting => (
            "Talk with your job centre or municipality",
            "You talk about how finding a job is going.",
            "If you cannot come, say so before the talk.",
            "Talk",
        ),
        Kind::Cv => (
            "Finish your CV",
            "It has to be on Jobnet where others can find it.",
            "Write about your education, your work and the job you are looking for.",
            "Update CV",
        ),
        Kind::BenefitCard => (
            "Send your benefit card for {month}",
            "The fund can only pay once it has your card.",
            "Send the card to your fund. Call them if something is difficult.",
            "Send card",
        ),
        Kind::BookMeeting => (
            "Have your first talk",
            "You must have talked with {authority} by that day.",
            "Book a time that suits you.",
            "First talk",
        ),
        Kind::MeasureBegins => (
            "You begin something new",
            "It is agreed with you, to help you on.",
            "If you cannot come, say so before that day.",
            "Appointment",
        ),
        Kind::SickPayFromMunicipality => (
            "The municipality takes over your sick pay",
            "The fund pays the first {count} days of your sickness. From this day it is the municipality.",
            "Tell the fund when you are well again.",
            "Appointment",
        ),
        Kind::MoreTalks => (
            "You can ask for more talks",
            "After {within} months you have a right to more talks if you want them.",
            "Ask at your next talk.",
            "Appointment",
        ),
        Kind::JointTalk => (
            "A joint talk",
            "After {within} months you have a talk where several people help you at once.",
            "Ask your fund how it works.",
            "Talk",
        ),
        Kind::Offer => (
            "An activity for you",
            "Most people get at least {count} offer within {within} months. It is both a right and a duty.",
            "Say at your next talk what you would like yourself.",
            "Appointment",
        ),
        Kind::FundTalks => (
            "Talks with your fund",
            "Most people have at least {count} talks in the first {within} months.",
            "Write down what you want to ask.",
            "Talk",
        ),
        Kind::MunicipalityTalks => (
            "Talks with the municipality",
            "Most people have at least {count} talks in the first {within} months.",
            "Write down what you want to ask.",
            "Talk",
        ),
        Kind::JobLog => (
            "Write down what you apply for",
            "Your jobs must be in your job log on Jobnet. The law does not say how many to apply for. Your fund does.",
            "Write in your job log every week. Ask {authority} what it must say.",
            "Job log",
        ),
        Kind::JobSuggestions => (
            "Look at the jobs you are shown",
            "You are shown jobs on Jobnet.",
            "Look at them when you are on Jobnet anyway.",
            "Jobnet",
        ),
        Kind::Availability => (
            "Be ready to take a job",
            "You must be able to take a job.",
            "Ask how soon you must be able to begin, and how far you must be able to travel.",
            "Jobnet",
        ),
        Kind::ReportSickness => (
            "Say so if you fall ill",
            "Report it on Jobnet on the first day you are ill.",
            "If you are ill for long, talk with {authority} about what can help.",
            "Jobnet",
        ),
        Kind::ReportAbsence => (
            "Say so if you go on holiday",
            "It has to be reported.",
            "Ask when you have to say so, before you leave.",
            "Jobnet",
        ),
        Kind::WorkDuty => (
            "Duty to take part (arbejdspligt)",
            "It may apply to you. Then you take part up to {count} hours a week. Jobs, training at a workplace and Danish lessons count.",
            "Ask your municipality whether it applies to you.",
            "Appointment",
        ),
        Kind::SickPayReview => (
            "If you are ill for long, the municipality looks at it again",
            "That is after {count} weeks of sickness within {within} months.",
            "Talk with the municipality in good time.",
            "Appointment",
        ),
        Kind::Violence => (
            "If you leave a job because of violence",
            "Then you do not get a waiting period (karantæne).",
            "Tell {authority} what has happened. They can help you.",
            "Appointment",
        ),
        Kind::Complaint => (
            "If you disagree, you can complain",
            "You can complain of a decision.",
            "See whether the letter gives a deadline. Someone else may help you.",
            "Appointment",
        ),
        Kind::Registered => (
            "You registered as unemployed",
            "You can get benefit from the day you are registered.",
            "",
            "Jobnet",
        ),
        Kind::Applications => {
            ("You applied for {count} jobs in {month}", "They are in your job log.", "", "Job log")
        }
        Kind::Measure => {
            ("An activity for you", "To get one is both a right and a duty.", "", "Appointment")
        }
        Kind::TalkHeld => ("You had a talk", "", "", "Talk"),
        Kind::TalkMissed => (
            "A talk did not take place",
            "If you do not come, your benefit can stop until you talk with the fund again.",
            "If you have not talked with them since, call now and agree on a new time.",
            "Talk",
        ),
        Kind::Quarantine => (
            "You got a waiting period (karantæne)",
            "You get no benefit for those hours. They are also taken from your period.",
            "If you disagree, you can complain. See whether the letter gives a deadline. Call {authority} if you are in doubt.",
            "Appointment",
        ),
        Kind::WorkRequirement => (
            "You have to work before you can get benefit again",
            "All hours of ordinary work count, short jobs too.",
            "Ask {authority} what it takes. If you disagree, you can complain. See whether the letter gives a deadline.",
            "Appointment",
        ),
        Kind::Exclusion => (
            "Your benefit was stopped for a time",
            "If you missed a talk, it lasts until you talk with the fund again.",
            "Call {authority} and ask what it takes. If you disagree, you can complain.",
            "Appointment",
        ),
        Kind::Sickness => (
            "You were sick",
            "The first {count} weeks of a sickness still use up your period.",
            "",
            "Appointment",
        ),
        Kind::ParentalLeave => ("Parental leave", "", "", "Appointment"),
        Kind::Care => ("You cared for someone close to you", "", "", "Appointment"),
    };
    KindText { title, text, act, calendar }
}
