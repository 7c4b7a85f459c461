//! The fields and words of a protocol in English.

use crate::pages::research::fields_model::Field;

/// What a field is called, and what it means.
pub(crate) const fn field(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::TitleDa => ("Title in Danish", "What the trial is called for citizens."),
        Field::TitleEn => ("Title in English", "The same in English."),
        Field::WhyDa => ("Why, in Danish", "Why the trial is done."),
        Field::WhyEn => ("Why, in English", "The same in English."),
        Field::ComparedDa => ("What is compared, in Danish", "What the arms see differently."),
        Field::ComparedEn => ("What is compared, in English", "The same in English."),
        Field::DecidedDa => ("Who decided it, in Danish", "For example an agency."),
        Field::DecidedEn => ("Who decided it, in English", "The same in English."),
        Field::ObjectionDa => {
            ("How to object, in Danish", "What a citizen does who does not want to take part.")
        }
        Field::ObjectionEn => ("How to object, in English", "The same in English."),
        Field::Question => ("The question", "A sentence that the trial can answer with yes or no."),
        Field::Rationale => ("Rationale", "Why it is needed and how it should work."),
        Field::Funding => ("Funding", "Who pays, and what say they have."),
        Field::Conflicts => ("Interests", "What those behind it might gain."),
        Field::Involvement => ("Involvement", "How citizens took part in shaping it."),
        Field::Harms => ("Harms", "Which harms you look for, and how."),
        Field::Blinding => ("Who does not know the arm", "For example those who analyse the data."),
        Field::MissingData => ("Missing data", "What you do about missing answers."),
        Field::DataSharing => ("Data sharing", "Where data and code can be had."),
        Field::PrimaryAnalysis => {
            ("Analysis of the primary outcome", "The model in words, so that it can be repeated.")
        }
        Field::Unit => (
            "What is drawn by lot?",
            "If a whole group of citizens shall see the same, choose that here.",
        ),
        Field::Design => (
            "How do the arms belong together?",
            "Factorial: every combination. Saturation: the share is drawn too.",
        ),
        Field::Within => (
            "Places that get a share",
            "A share is drawn for each value, for example each job centre. With blocks, choose the same among what the arms are balanced within.",
        ),
        Field::Shares => (
            "Shares that get something new (per cent)",
            "With semicolons: 0; 50; 100. If a share shall be drawn more often, write 50 × 2.",
        ),
        Field::Allocation => (
            "How are lots drawn?",
            "Blocks keep the arms even all the time. Keyed is for very large trials.",
        ),
        Field::Multiples => (
            "Size of the blocks",
            "How many times the weights are in a block, with commas. More numbers are harder to guess.",
        ),
        Field::Starts => ("First day", "Nobody is enrolled before it."),
        Field::Ends => ("Last day", "Nobody is enrolled after it."),
        Field::Disclosure => (
            "May she know of it meanwhile?",
            "Choose no only if knowing would undo the comparison. Then she is told afterwards.",
        ),
        Field::Delayed => {
            ("Does the control get it later?", "A wait-list is often the fair thing.")
        }
        Field::DelayedDays => ("Days the control waits", "Counted from the day of enrolment."),
        Field::DelayedThen => ("What do they get then?", "The arm whose page they get."),
        Field::Multiplicity => (
            "Several comparisons",
            "Holm guards against finding something by chance in many tests.",
        ),
        Field::Alpha => ("Level", "The risk of seeing what is not there. Usually 5."),
        Field::Units => {
            ("How many in all?", "The number is locked. Let the page work it out below.")
        }
        Field::Power => ("Power", "The chance of seeing the effect if it is there. At least 80."),
        Field::Baseline => (
            "Without the intervention",
            "How many it holds for today, if the outcome is a share. For time: the share it happens to before the end.",
        ),
        Field::Effect => (
            "Smallest effect worth finding",
            "The difference in percentage points. For a mean: in per cent of a standard deviation. For time: how much the rate changes. 20 is a hazard ratio of 1.2 or 0.8.",
        ),
        Field::Direction => {
            ("Which way does the effect go?", "For time: does it happen sooner or later?")
        }
        Field::ClusterSize => (
            "Citizens of each group that is drawn",
            "The mean, for example citizens of each caseworker.",
        ),
        Field::ClusterVariation => (
            "How different are the sizes of the groups?",
            "The standard deviation in per cent of the mean. Empty: they are equal.",
        ),
        Field::Icc => (
            "How alike are citizens of one group?",
            "Only when whole groups are drawn (ICC). Often 1 to 5.",
        ),
        Field::Attrition => ("How many drop out?", "Those you cannot measure in the end."),
        Field::Interim => (
            "May anyone see results on the way?",
            "No: nothing is computed here before the trial is closed. Choose that nobody looks.",
        ),
    }
}

/// A word of the file for people.
pub(crate) fn word(word: &str) -> Option<&'static str> {
    Some(match word {
        "citizen" => "One citizen",
        "caseworker" => "Caseworker",
        "job_centre" => "Job centre",
        "parallel" => "Side by side",
        "factorial" => "Every combination (factorial)",
        "saturation" => "Different shares in each place (saturation)",
        "blocks" => "In blocks",
        "keyed" => "Keyed",
        "open" => "Yes, from the start",
        "withheld" => "No",
        "given" => "Yes",
        "account" => "Overview and hours",
        "profile" => "Risk profile",
        "receipt" => "Receipt",
        "checklist" => "Checklist",
        "letters" => "Letters to those on sick leave",
        "access" => "Has a checklist",
        "text" => "Text of the receipt",
        "post" => "Letter",
        "3.1" | "plain" => "Only what was received",
        "3.2" | "next_steps" => "The next steps too",
        "3.3" | "encouraging" => "What the talk is for, too",
        "number" => "Number",
        "icon_array" => "Picture",
        "none_until_asked" => "Nothing until she asks",
        "digital" => "Digital",
        "physical" => "On paper",
        "physical_and_follow_up" => "On paper and a follow-up",
        "later" => "Later",
        "generic_notice" => "Notice to everyone (to look at only)",
        "no" => "No",
        "yes" => "Yes",
        "days" => "Yes, after some days",
        "closed" => "Yes, when the trial is closed",
        "closed_still" => "Yes, when the trial is closed and something still holds",
        "sick_leave_days" => "Days on sick leave",
        "address" => "Address",
        "address_protected" => "Address protected",
        "known" => "Known",
        "missing" => "Missing",
        "none" => "No",
        "holm" => "Yes, by Holm",
        "anytime" => "A rule about harm (any time)",
        "primary" => "Primary outcome",
        "secondary" => "Secondary outcome",
        "harm" => "Harm",
        "more" => "More, or sooner",
        "less" => "Less, or later",
        "proportion" => "Share",
        "mean" => "Mean",
        "time_to_event" => "Time until something happens",
        "presentation" => "Presentation",
        "framing" => "Framing",
        "words" => "Words",
        "counters" => "Counters",
        "timeline" => "Timeline",
        "what_if" => "What if",
        "earned" => "What you have earned",
        "lacking" => "What you still lack",
        "made_up" => "Made for this",
        "new" => "Newly registered",
        "ordinary" => "As they are",
        "no_hours" => "No hours",
        "unknown_hours" => "Unknown hours",
        "near_limit" => "Near the limit",
        "email" => "E-mail",
        "letter" => "Letter on paper",
        "nem_sms" => "Text message",
        "checklist-invitation" => "Notice of the checklist",
        "health-letter" => "Letter on sick leave",
        "health-follow-up" => "Letter on sick leave, the second",
        "scheme" => "Scheme",
        "insurance" => "Insurance",
        "language" => "Language",
        "digital_post" => "Digital Post",
        "sick" | "sick_listed" => "Sick-listed",
        "region" => "Region",
        "municipality" => "Municipality",
        "fund" => "Unemployment fund",
        "age" => "Age in years",
        "weeks_registered" => "Weeks unemployed",
        "dagpenge" => "Dagpenge",
        "graduate" => "Graduate",
        "social_assistance" => "Social assistance",
        "full_time" => "Full time",
        "part_time" => "Part time",
        "da" => "Danish",
        "en" => "English",
        "receives" => "Receives it",
        "exempt" => "Exempt",
        _ => return None,
    })
}
