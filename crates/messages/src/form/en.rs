//! The questions, answers and facts of the preparation form in English.

use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::{Choice, Question};

use super::{FactTexts, QuestionTexts};

/// A question.
pub(super) const fn question(question: Question) -> QuestionTexts {
    let (name, title, hint) = match question {
        Question::Education => {
            ("Education", "What is the highest education you have finished?", "")
        }
        Question::Field => ("Field", "Which field is your education in?", ""),
        Question::Expectation => (
            "Your own guess",
            "How long do you think it will take until you have a job?",
            "It is only a guess. You can always change it.",
        ),
        Question::Ending => ("Last job", "How did your last job end?", ""),
        Question::Notice => ("Notice", "How long have you known that you would be unemployed?", ""),
        Question::Applied => (
            "Applications",
            "How many jobs have you applied for?",
            "Count those you have applied for since you knew that you would be unemployed.",
        ),
        Question::Outlook => ("Chances", "How do you see your chances of getting a job?", ""),
        Question::KnownJob => ("Your next job", "Do you know which job you want?", ""),
        Question::Channels => ("Ways to search", "How do you look for jobs?", ""),
        Question::Considering => ("New ways", "What would you consider doing to get a job?", ""),
        Question::Difficulty => {
            ("What is difficult", "Does anything make it difficult for you to get a job?", "")
        }
        Question::Difficulties => (
            "What it is",
            "What makes it difficult?",
            "Your caseworker can see it. Choose “Don’t know” if you would rather not say.",
        ),
    };
    QuestionTexts { name, title, hint }
}

/// An answer.
pub(super) const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::PrimarySchool => "Primary and lower secondary school",
        Choice::GeneralUpperSecondary => "General upper secondary school (stx or hf)",
        Choice::VocationalUpperSecondary => {
            "Business or technical upper secondary school (hhx or htx)"
        }
        Choice::VocationalTraining => "Vocational training, such as carpenter or care assistant",
        Choice::ShortHigher => "Short higher education, such as laboratory technician",
        Choice::ProfessionalBachelor => "Professional bachelor, such as teacher",
        Choice::AcademicBachelor => "Bachelor from a university",
        Choice::Master => "Master",
        Choice::Doctorate => "PhD or doctorate",
        Choice::ForeignNotRecognised => {
            "An education from another country that is not recognised in Denmark"
        }
        Choice::Teaching => "Teaching and children",
        Choice::Arts => "Arts, languages and culture",
        Choice::SocialScience => "Society",
        Choice::BusinessAndLaw => "Trade, office and law",
        Choice::NaturalScience => "Natural science",
        Choice::InformationTechnology => "IT",
        Choice::EngineeringAndConstruction => "Engineering, construction and industry",
        Choice::Agriculture => "Agriculture, forestry and fishery",
        Choice::HealthAndCare => "Health and care",
        Choice::ServiceAndTransport => "Service and transport",
        Choice::OtherField => "Another field",
        Choice::HasJob => "I have got a job but not begun",
        Choice::Within1Month => "At most 1 month",
        Choice::Within3Months => "At most 3 months",
        Choice::Within6Months => "At most 6 months",
        Choice::Over6Months => "More than 6 months",
        Choice::MaternitySoon => "I will soon be on maternity or parental leave",
        Choice::RetiresSoon => "I will soon retire",
        Choice::DismissedForCuts => "I was dismissed because of cuts",
        Choice::DismissedOtherwise => "I was dismissed for another reason",
        Choice::FixedTermEnded => "The job was only for some time",
        Choice::Resigned => "I resigned",
        Choice::FinishedEducation => "I have just finished an education",
        Choice::OwnBusinessClosed => "I closed my own business",
        Choice::OtherEnding => "In another way",
        Choice::KnownUnder1Month => "Less than 1 month",
        Choice::Known1To3Months => "1 to 3 months",
        Choice::Known3To6Months => "3 to 6 months",
        Choice::KnownOver6Months => "Over 6 months",
        Choice::NoJobBefore => "I had no job",
        Choice::Applied0 => "None",
        Choice::Applied1 => "1",
        Choice::Applied2To5 => "2 to 5",
        Choice::AppliedOver5 => "More than 5",
        Choice::VeryGood => "Very good",
        Choice::Good => "Good",
        Choice::Poor => "Poor",
        Choice::VeryPoor => "Very poor",
        Choice::ExactJob => "Yes, I know exactly which",
        Choice::SeveralJobs => "Yes, there are several I would like",
        Choice::AnyJob => "I would say yes to almost anything",
        Choice::NoJobInMind => "No, not yet",
        Choice::JobPortals => "I answer advertisements on the web",
        Choice::Network => "I ask people I know",
        Choice::Unsolicited => "I write to places that have not advertised",
        Choice::SocialMedia => "I use social media",
        Choice::FundOrJobCentre => "My fund or the job centre helps me",
        Choice::NotYet => "I have not begun yet",
        Choice::ChangeIndustry => "Change industry",
        Choice::Commute => "Travel further to work",
        Choice::Move => "Move",
        Choice::FurtherEducation => "Take an education or a course",
        Choice::LowerPay => "Earn less",
        Choice::Nothing => "None of these",
        Choice::Yes => "Yes",
        Choice::No => "No",
        Choice::PhysicalHealth => "My body is ill or worn",
        Choice::MentalHealth => "I am struggling mentally",
        Choice::PersonalMatters => "Something private or in the family",
        Choice::Finances => "My finances",
        Choice::Addiction => "Alcohol or drugs",
        Choice::ReadingAndWriting => "Reading or writing",
        Choice::ItSkills => "Using a computer",
        Choice::DanishLanguage => "Speaking Danish",
        Choice::OtherDifficulty => "Something else",
        Choice::DontKnow => "Don’t know",
    }
}

/// A fact of a register.
pub(super) const fn fact(fact: Fact) -> FactTexts {
    match fact {
        Fact::Age => FactTexts {
            name: "Your age",
            says: "You are {value} years old.",
            says_one: "You are {value} year old.",
            source: "From your birthday, which your fund or municipality has.",
            why: "The model has seen that age can go together with how long people are unemployed.",
        },
        Fact::MonthsEmployed => FactTexts {
            name: "Your months with work",
            says: "You have worked in {value} of the last 36 months.",
            says_one: "You have worked in {value} of the last 36 months.",
            source: "From the hours that employers have reported to the state. Subsidised work does not count.",
            why: "The model has seen that earlier work can go together with how long people are unemployed.",
        },
        Fact::Origin => FactTexts {
            name: "Origin",
            says: "Class {value}.",
            says_one: "Class {value}.",
            source: "We do not fetch it.",
            why: "Some models use it. The model we use does not.",
        },
    }
}
