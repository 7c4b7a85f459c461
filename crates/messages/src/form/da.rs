//! The questions, answers and facts of the preparation form in Danish.

use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::{Choice, Question};

use super::{FactTexts, QuestionTexts};

/// A question.
pub(super) const fn question(question: Question) -> QuestionTexts {
    let (name, title, hint) = match question {
        Question::Education => {
            ("Uddannelse", "Hvad er den højeste uddannelse, du har gjort færdig?", "")
        }
        Question::Field => ("Fag", "Hvilket fag er din uddannelse inden for?", ""),
        Question::Expectation => (
            "Dit eget bud",
            "Hvor længe tror du, der går, før du har et job?",
            "Det er kun et bud. Du kan altid ændre det.",
        ),
        Question::Ending => ("Sidste job", "Hvordan sluttede dit sidste job?", ""),
        Question::Notice => ("Varsel", "Hvor længe har du vidst, at du ville blive ledig?", ""),
        Question::Applied => (
            "Søgte job",
            "Hvor mange job har du søgt?",
            "Tæl dem, du har søgt, siden du vidste, at du ville blive ledig.",
        ),
        Question::Outlook => ("Chancer", "Hvordan ser du dine chancer for at få et job?", ""),
        Question::KnownJob => ("Dit næste job", "Ved du, hvilket job du vil have?", ""),
        Question::Channels => ("Søgeveje", "Hvordan søger du job?", ""),
        Question::Considering => {
            ("Nye veje", "Hvad kunne du finde på at gøre for at få et job?", "")
        }
        Question::Difficulty => {
            ("Det svære", "Er der noget, der gør det svært for dig at få et job?", "")
        }
        Question::Difficulties => (
            "Hvad er svært",
            "Hvad gør det svært?",
            "Din sagsbehandler kan se det. Vælg “Ved ikke”, hvis du helst ikke vil sige det.",
        ),
    };
    QuestionTexts { name, title, hint }
}

/// An answer.
pub(super) const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::PrimarySchool => "Grundskole, 9. eller 10. klasse",
        Choice::GeneralUpperSecondary => "Gymnasium, stx eller hf",
        Choice::VocationalUpperSecondary => "Gymnasium, hhx eller htx",
        Choice::VocationalTraining => "Erhvervsuddannelse, for eksempel tømrer eller sosu",
        Choice::ShortHigher => "Kort videregående, for eksempel laborant",
        Choice::ProfessionalBachelor => "Professionsbachelor, for eksempel lærer",
        Choice::AcademicBachelor => "Bachelor fra et universitet",
        Choice::Master => "Kandidat",
        Choice::Doctorate => "Ph.d. eller doktor",
        Choice::ForeignNotRecognised => {
            "En uddannelse fra et andet land, som ikke er godkendt i Danmark"
        }
        Choice::Teaching => "Undervisning og børn",
        Choice::Arts => "Kunst, sprog og kultur",
        Choice::SocialScience => "Samfund",
        Choice::BusinessAndLaw => "Handel, kontor og jura",
        Choice::NaturalScience => "Naturvidenskab",
        Choice::InformationTechnology => "It",
        Choice::EngineeringAndConstruction => "Teknik, byggeri og industri",
        Choice::Agriculture => "Landbrug, skov og fiskeri",
        Choice::HealthAndCare => "Sundhed og omsorg",
        Choice::ServiceAndTransport => "Service og transport",
        Choice::OtherField => "Et andet fag",
        Choice::HasJob => "Jeg har fået et job, men er ikke begyndt",
        Choice::Within1Month => "Højst 1 måned",
        Choice::Within3Months => "Højst 3 måneder",
        Choice::Within6Months => "Højst 6 måneder",
        Choice::Over6Months => "Mere end 6 måneder",
        Choice::MaternitySoon => "Jeg skal snart på barsel",
        Choice::RetiresSoon => "Jeg skal snart på pension eller efterløn",
        Choice::DismissedForCuts => "Jeg blev sagt op, fordi der skulle spares",
        Choice::DismissedOtherwise => "Jeg blev sagt op af en anden grund",
        Choice::FixedTermEnded => "Jobbet var kun for en tid",
        Choice::Resigned => "Jeg sagde selv op",
        Choice::FinishedEducation => "Jeg er lige blevet færdig med en uddannelse",
        Choice::OwnBusinessClosed => "Jeg lukkede mit eget firma",
        Choice::OtherEnding => "På en anden måde",
        Choice::KnownUnder1Month => "Under 1 måned",
        Choice::Known1To3Months => "1 til 3 måneder",
        Choice::Known3To6Months => "3 til 6 måneder",
        Choice::KnownOver6Months => "Over 6 måneder",
        Choice::NoJobBefore => "Jeg havde ikke et job",
        Choice::Applied0 => "Ingen",
        Choice::Applied1 => "1",
        Choice::Applied2To5 => "2 til 5",
        Choice::AppliedOver5 => "Mere end 5",
        Choice::VeryGood => "Meget gode",
        Choice::Good => "Gode",
        Choice::Poor => "Dårlige",
        Choice::VeryPoor => "Meget dårlige",
        Choice::ExactJob => "Ja, jeg ved præcis hvilket",
        Choice::SeveralJobs => "Ja, der er flere, jeg gerne vil have",
        Choice::AnyJob => "Jeg siger ja til næsten alt",
        Choice::NoJobInMind => "Nej, ikke endnu",
        Choice::JobPortals => "Jeg søger på opslag på nettet",
        Choice::Network => "Jeg spørger folk, jeg kender",
        Choice::Unsolicited => "Jeg skriver til steder, der ikke har slået noget op",
        Choice::SocialMedia => "Jeg bruger sociale medier",
        Choice::FundOrJobCentre => "Jeg får hjælp af a-kasse eller jobcenter",
        Choice::NotYet => "Jeg er ikke begyndt endnu",
        Choice::ChangeIndustry => "Skifte branche",
        Choice::Commute => "Køre længere til arbejde",
        Choice::Move => "Flytte",
        Choice::FurtherEducation => "Tage en uddannelse eller et kursus",
        Choice::LowerPay => "Gå ned i løn",
        Choice::Nothing => "Ikke noget af det",
        Choice::Yes => "Ja",
        Choice::No => "Nej",
        Choice::PhysicalHealth => "Min krop er syg eller slidt",
        Choice::MentalHealth => "Jeg har det psykisk svært",
        Choice::PersonalMatters => "Noget i familien eller privat",
        Choice::Finances => "Min økonomi",
        Choice::Addiction => "Alkohol eller stoffer",
        Choice::ReadingAndWriting => "At læse eller skrive",
        Choice::ItSkills => "At bruge computer",
        Choice::DanishLanguage => "At tale dansk",
        Choice::OtherDifficulty => "Noget andet",
        Choice::DontKnow => "Ved ikke",
    }
}

/// A fact of a register.
pub(super) const fn fact(fact: Fact) -> FactTexts {
    match fact {
        Fact::Age => FactTexts {
            name: "Din alder",
            says: "Du er {value} år.",
            says_one: "Du er {value} år.",
            source: "Fra din fødselsdag, som din a-kasse eller kommune har.",
            why: "Modellen har set, at alder kan hænge sammen med, hvor længe folk er ledige.",
        },
        Fact::MonthsEmployed => FactTexts {
            name: "Dine måneder med arbejde",
            says: "Du har haft arbejde i {value} af de sidste 36 måneder.",
            says_one: "Du har haft arbejde i {value} af de sidste 36 måneder.",
            source: "Fra de timer, som arbejdsgivere har meldt til staten. Støttet arbejde tæller ikke med.",
            why: "Modellen har set, at arbejde før kan hænge sammen med, hvor længe folk er ledige.",
        },
        Fact::Origin => FactTexts {
            name: "Herkomst",
            says: "Klasse {value}.",
            says_one: "Klasse {value}.",
            source: "Vi henter den ikke.",
            why: "Nogle modeller bruger den. Den model, vi bruger, gør ikke.",
        },
    }
}
