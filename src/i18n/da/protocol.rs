//! The fields and words of a protocol in Danish.

use crate::pages::research::fields_model::Field;

/// What a field is called, and what it means.
pub(crate) const fn field(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::TitleDa => ("Titel på dansk", "Det, forsøget hedder for borgerne."),
        Field::TitleEn => ("Titel på engelsk", "Det samme på engelsk."),
        Field::WhyDa => ("Hvorfor, på dansk", "Hvorfor forsøget bliver lavet."),
        Field::WhyEn => ("Hvorfor, på engelsk", "Det samme på engelsk."),
        Field::ComparedDa => ("Hvad sammenlignes, på dansk", "Hvad grupperne ser forskelligt."),
        Field::ComparedEn => ("Hvad sammenlignes, på engelsk", "Det samme på engelsk."),
        Field::DecidedDa => ("Hvem har besluttet det, på dansk", "For eksempel en styrelse."),
        Field::DecidedEn => ("Hvem har besluttet det, på engelsk", "Det samme på engelsk."),
        Field::ObjectionDa => {
            ("Hvordan siger man fra, på dansk", "Hvad en borger gør, der ikke vil være med.")
        }
        Field::ObjectionEn => ("Hvordan siger man fra, på engelsk", "Det samme på engelsk."),
        Field::Question => ("Spørgsmålet", "En sætning, som forsøget kan svare ja eller nej til."),
        Field::Rationale => ("Baggrund", "Hvorfor det er nødvendigt, og hvordan det skulle virke."),
        Field::Funding => ("Penge", "Hvem betaler, og hvad de bestemmer."),
        Field::Conflicts => ("Interesser", "Hvad dem, der står bag, kunne have ud af det."),
        Field::Involvement => ("Inddragelse", "Hvordan borgere har været med til at forme det."),
        Field::Harms => ("Skader", "Hvilke skader du leder efter, og hvordan."),
        Field::Blinding => ("Hvem kender ikke gruppen", "For eksempel dem, der regner på tallene."),
        Field::MissingData => ("Manglende data", "Hvad du gør med svar, der mangler."),
        Field::DataSharing => ("Deling af data", "Hvor data og kode kan hentes."),
        Field::PrimaryAnalysis => {
            ("Analysen af det vigtigste mål", "Modellen i ord, så den kan regnes efter.")
        }
        Field::Unit => (
            "Hvem trækkes der lod om?",
            "Skal en hel gruppe borgere se det samme, så vælg det her.",
        ),
        Field::Design => (
            "Hvordan hører grupperne sammen?",
            "Faktorielt: alle kombinationer. Mætning: andelen trækkes også.",
        ),
        Field::Within => (
            "Sted, der får en andel",
            "Der trækkes en andel for hver værdi, for eksempel hvert jobcenter. Vælg det samme under “Grupperne skal ligne hinanden på”, når der trækkes i blokke.",
        ),
        Field::Shares => (
            "Andele, der får noget nyt (procent)",
            "Med semikolon imellem: 0; 50; 100. Skal en andel trækkes oftere, så skriv 50 × 2.",
        ),
        Field::Allocation => (
            "Hvordan trækkes der lod?",
            "Blokke holder grupperne lige store hele tiden. Nøgle er til meget store forsøg.",
        ),
        Field::Multiples => (
            "Blokkenes størrelse",
            "Hvor mange gange vægtene er i en blok, med komma imellem. Flere tal gør det sværere at gætte.",
        ),
        Field::Starts => ("Første dag", "Ingen kommer med før."),
        Field::Ends => ("Sidste dag", "Ingen kommer med efter."),
        Field::Disclosure => (
            "Må borgeren vide det undervejs?",
            "Vælg kun nej, hvis det ville ødelægge sammenligningen. Så får borgeren det at vide bagefter.",
        ),
        Field::Delayed => ("Får kontrolgruppen det senere?", "En venteliste er ofte det rimelige."),
        Field::DelayedDays => {
            ("Dage, kontrolgruppen venter", "Talt fra den dag, borgeren kom med.")
        }
        Field::DelayedThen => ("Hvad får de så?", "Den gruppe, de får det samme som."),
        Field::Multiplicity => (
            "Flere sammenligninger",
            "Holm passer på, at flere test ikke finder noget ved et tilfælde.",
        ),
        Field::Alpha => ("Niveau", "Risikoen for at se noget, der ikke er der. Som regel 5."),
        Field::Units => {
            ("Hvor mange skal være med i alt?", "Tallet låses. Lad siden regne det ud nedenfor.")
        }
        Field::Power => ("Styrke", "Chancen for at se effekten, hvis den er der. Mindst 80."),
        Field::Baseline => (
            "Uden indsatsen",
            "Hvor stor en del det gælder for i dag, hvis målet er en andel. For tid: hvor stor en del det når at ske for.",
        ),
        Field::Effect => (
            "Mindste effekt, der er værd at finde",
            "Forskellen i procentpoint. For et gennemsnit: i procent af en standardafvigelse. For tid: hvor meget farten ændrer sig. 20 er en hazard ratio på 1,2 eller 0,8.",
        ),
        Field::Direction => {
            ("Hvilken vej går effekten?", "For tid: sker det hurtigere eller senere?")
        }
        Field::ClusterSize => (
            "Borgere i hver gruppe, der trækkes lod om",
            "Gennemsnittet, for eksempel borgere for hver sagsbehandler.",
        ),
        Field::ClusterVariation => (
            "Hvor forskellige er gruppernes størrelser?",
            "Standardafvigelsen i procent af gennemsnittet. Tomt: de er lige store.",
        ),
        Field::Icc => (
            "Hvor ens er borgere i samme gruppe?",
            "Kun når der trækkes lod om hele grupper (ICC). Ofte 1 til 5.",
        ),
        Field::Attrition => ("Hvor mange falder fra?", "Dem, du ikke kan måle på til sidst."),
        Field::Interim => (
            "Må nogen se resultater undervejs?",
            "Nej: her regnes intet ud, før forsøget er lukket. Vælg, at ingen ser med.",
        ),
    }
}

/// A word of the file for people.
pub(crate) fn word(word: &str) -> Option<&'static str> {
    Some(match word {
        "citizen" => "En borger",
        "caseworker" => "Sagsbehandler",
        "job_centre" => "Jobcenter",
        "parallel" => "Side om side",
        "factorial" => "Alle kombinationer (faktorielt)",
        "saturation" => "Forskellige andele hvert sted (mætning)",
        "blocks" => "I blokke",
        "keyed" => "Med nøgle",
        "open" => "Ja, fra begyndelsen",
        "withheld" => "Nej",
        "given" => "Ja",
        "account" => "Overblik og timer",
        "profile" => "Risikoprofil",
        "receipt" => "Kvittering",
        "checklist" => "Tjekliste",
        "letters" => "Breve til sygemeldte",
        "access" => "Har en tjekliste",
        "text" => "Kvitteringens tekst",
        "post" => "Brev",
        "3.1" | "plain" => "Kun hvad der er modtaget",
        "3.2" | "next_steps" => "Også de næste skridt",
        "3.3" | "encouraging" => "Også hvad samtalen er til",
        "number" => "Tal",
        "icon_array" => "Billede",
        "none_until_asked" => "Intet, før hun spørger",
        "digital" => "Digitalt",
        "physical" => "På papir",
        "physical_and_follow_up" => "På papir og en opfølgning",
        "later" => "Senere",
        "generic_notice" => "Besked til alle (kan kun ses)",
        "no" => "Nej",
        "yes" => "Ja",
        "days" => "Ja, efter nogle dage",
        "closed" => "Ja, når forsøget er afsluttet",
        "closed_still" => "Ja, når forsøget er afsluttet, og noget stadig gælder",
        "sick_leave_days" => "Dage som sygemeldt",
        "address" => "Adresse",
        "address_protected" => "Adressebeskyttet",
        "known" => "Kendt",
        "missing" => "Mangler",
        "none" => "Nej",
        "holm" => "Ja, efter Holm",
        "anytime" => "En regel om skade (når som helst)",
        "primary" => "Vigtigste mål",
        "secondary" => "Andet mål",
        "harm" => "Skade",
        "more" => "Mere, eller hurtigere",
        "less" => "Mindre, eller senere",
        "proportion" => "Andel",
        "mean" => "Gennemsnit",
        "time_to_event" => "Tid, til noget sker",
        "presentation" => "Visning",
        "framing" => "Vinkel",
        "words" => "Ord",
        "counters" => "Tællere",
        "timeline" => "Tidslinje",
        "what_if" => "Hvad nu hvis",
        "earned" => "Det du har optjent",
        "lacking" => "Det du mangler",
        "made_up" => "Lavet til formålet",
        "new" => "Ny som ledig",
        "ordinary" => "Som de er",
        "no_hours" => "Ingen timer",
        "unknown_hours" => "Ukendte timer",
        "near_limit" => "Tæt på grænsen",
        "email" => "E-mail",
        "letter" => "Brev på papir",
        "nem_sms" => "Sms",
        "checklist-invitation" => "Besked om tjeklisten",
        "health-letter" => "Brev ved sygdom",
        "health-follow-up" => "Brev ved sygdom, anden gang",
        "scheme" => "Ydelse",
        "insurance" => "Forsikring",
        "language" => "Sprog",
        "digital_post" => "Digital Post",
        "sick" | "sick_listed" => "Sygemeldt",
        "region" => "Region",
        "municipality" => "Kommune",
        "fund" => "A-kasse",
        "age" => "Alder i år",
        "weeks_registered" => "Uger som ledig",
        "dagpenge" => "Dagpenge",
        "graduate" => "Dimittend",
        "social_assistance" => "Kontanthjælp",
        "full_time" => "Fuldtid",
        "part_time" => "Deltid",
        "da" => "Dansk",
        "en" => "Engelsk",
        "receives" => "Får Digital Post",
        "exempt" => "Fritaget",
        _ => return None,
    })
}
