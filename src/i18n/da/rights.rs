//! Rights and duties.

use jobnet_rules::rights::Kind;

use crate::i18n::rights_messages::{KindText, RightsTexts};

pub(crate) const RIGHTS: RightsTexts = RightsTexts {
    title: "Ret og pligt",
    lead: "Her ser du, hvad du skal gøre, og hvad du har ret til. Vi vil gerne hjælpe dig med at nå det.",
    loading: "Vi henter dine frister.",
    next: "Det næste, du skal gøre",
    by: "Senest {weekday} den {day}.",
    at: "{weekday} den {day}.",
    today: "Det er i dag.",
    tomorrow: "Det er i morgen.",
    days_left: "Der er {count} dage til.",
    next_none: "Du har ingen frist lige nu. Kommer der en, står den her.",
    coming: "Det kommer",
    coming_none: "Der er ikke mere på vej lige nu.",
    duties: "Det gælder hele tiden",
    rights: "Det har du ret til",
    past: "Det er sket",
    past_none: "Her er ikke noget endnu.",
    more: "Vis mere",
    shown: "Du ser {shown} af {of}.",
    calendar: "Tag dagene med i din kalender",
    calendar_text: "Du får en fil med de dage, der kommer. Filen siger ikke, at du er ledig. Så kan du trygt dele din kalender.",
    calendar_save: "Hent kalenderfil",
    calendar_file: "mine-dage",
    calendar_event: "Se mere her: {address}",
    calendar_failed: "Filen kunne ikke gemmes. Prøv igen.",
    act: "Det kan du gøre:",
    law: "Regel: {law}.",
    source: "Kilde: {source}.",
    since: "Reglen gælder fra den {day}.",
    sources: "Se kilder og datoer for reglerne",
    read: "Læs reglen",
    ask: "Her kender vi ikke reglen sikkert nok. Spørg {authority}, hvad der gælder for dig.",
    fund: "din a-kasse",
    municipality: "din kommune",
    from: "Fra den {day}.",
    from_to: "Fra den {from} til den {to}.",
    one_application: "Du søgte 1 job i {month}",
    with_fund: "Det var med din a-kasse.",
    with_job_centre: "Det var med dit jobcenter eller din kommune.",
    provider: "Det er hos {provider}.",
    measure_guidance: "Vejledning og opkvalificering",
    measure_practice: "Virksomhedspraktik",
    measure_course: "Kursus",
    measure_subsidy: "Job med løntilskud",
    measure_planned: "Det er planlagt.",
    measure_ongoing: "Du er i gang med det.",
    measure_completed: "Det er slut.",
    measure_cancelled: "Det blev aflyst.",
    sick_now: "Du er syg",
    cost_quarantine: "Det koster {hours} timer uden dagpenge. Du er færdig med {done} timer. Der er {left} timer tilbage.",
    cost_served: "Det kostede {hours} timer uden dagpenge. Du er færdig med dem alle.",
    cost_gross: "Det svarer til {gross} før skat.",
    cost_at_most: "Det svarer til højst {gross} før skat.",
    cost_requirement: "Du skal arbejde {hours} timer inden for {within} måneder i træk. Det meste, du har nået, er {done} timer. Du mangler {left} timer.",
    cost_met: "Du skulle arbejde {hours} timer inden for {within} måneder i træk. Det har du nået.",
    cost_unknown: "Vi ved ikke, hvad det koster. Spørg {authority}.",
};

/// What is said of an entry.
pub(crate) const fn rights_kind(kind: Kind) -> KindText {
    let (title, text, act, calendar) = match kind {
        Kind::FundMeeting => (
            "Samtale med din a-kasse",
            "I taler om, hvordan det går med at finde job.",
            "Kan du ikke komme, så sig det til a-kassen før samtalen.",
            "Samtale",
        ),
        Kind::JobCentreMeeting => (
            "Samtale med dit jobcenter eller din kommune",
            "I taler om, hvordan det går med at finde job.",
            "Kan du ikke komme, så sig det før samtalen.",
            "Samtale",
        ),
        Kind::Cv => (
            "Gør dit CV færdigt",
            "Det skal ligge på Jobnet, så andre kan finde det.",
            "Skriv om din uddannelse, dit arbejde og det job, du søger.",
            "Opdater CV",
        ),
        Kind::BenefitCard => (
            "Send dit dagpengekort for {month}",
            "A-kassen kan først betale, når den har dit kort.",
            "Send kortet til din a-kasse. Ring til dem, hvis noget driller.",
            "Send kort",
        ),
        Kind::BookMeeting => (
            "Hold din første samtale",
            "Du skal have talt med {authority} senest den dag.",
            "Book en tid, der passer dig.",
            "Første samtale",
        ),
        Kind::MeasureBegins => (
            "Du begynder på noget nyt",
            "Det er aftalt med dig, så du kan komme videre.",
            "Kan du ikke komme, så sig det før den dag.",
            "Aftale",
        ),
        Kind::SickPayFromMunicipality => (
            "Kommunen overtager dine sygedagpenge",
            "A-kassen betaler de første {count} dage, du er syg. Fra denne dag er det kommunen.",
            "Sig det til a-kassen, når du er rask igen.",
            "Aftale",
        ),
        Kind::MoreTalks => (
            "Du kan bede om flere samtaler",
            "Efter {within} måneder har du ret til flere samtaler, hvis du vil.",
            "Spørg ved din næste samtale.",
            "Aftale",
        ),
        Kind::JointTalk => (
            "En fælles samtale",
            "Efter {within} måneder får du en samtale, hvor flere hjælper dig på samme tid.",
            "Spørg din a-kasse, hvordan den foregår.",
            "Samtale",
        ),
        Kind::Offer => (
            "Et tilbud til dig",
            "De fleste får mindst {count} tilbud inden for {within} måneder. Det er både en ret og en pligt.",
            "Sig ved din næste samtale, hvad du selv gerne vil.",
            "Aftale",
        ),
        Kind::FundTalks => (
            "Samtaler med din a-kasse",
            "De fleste får mindst {count} samtaler i de første {within} måneder.",
            "Skriv ned, hvad du vil spørge om.",
            "Samtale",
        ),
        Kind::MunicipalityTalks => (
            "Samtaler med kommunen",
            "De fleste får mindst {count} samtaler i de første {within} måneder.",
            "Skriv ned, hvad du vil spørge om.",
            "Samtale",
        ),
        Kind::JobLog => (
            "Skriv ned, hvad du søger",
            "Dine job skal stå i din joblog på Jobnet. Loven siger ikke, hvor mange du skal søge. Det gør din a-kasse.",
            "Skriv i din joblog hver uge. Spørg {authority}, hvad der skal stå.",
            "Joblog",
        ),
        Kind::JobSuggestions => (
            "Se på de job, du får vist",
            "Du får vist job på Jobnet.",
            "Se på dem, når du alligevel er på Jobnet.",
            "Jobnet",
        ),
        Kind::Availability => (
            "Vær klar til at tage et job",
            "Du skal kunne tage et job.",
            "Spørg, hvor hurtigt du skal kunne begynde, og hvor langt du skal kunne rejse.",
            "Jobnet",
        ),
        Kind::ReportSickness => (
            "Sig det, hvis du bliver syg",
            "Meld det på Jobnet den første dag, du er syg.",
            "Er du syg længe, så tal med {authority} om, hvad der kan hjælpe.",
            "Jobnet",
        ),
        Kind::ReportAbsence => (
            "Sig det, hvis du holder ferie",
            "Det skal meldes.",
            "Spørg, hvornår du skal sige det, før du rejser.",
            "Jobnet",
        ),
        Kind::WorkDuty => (
            "Arbejdspligt",
            "Den kan gælde for dig. Så skal du være i gang op til {count} timer om ugen. Job, praktik og dansk tæller med.",
            "Spørg din kommune, om den gælder for dig.",
            "Aftale",
        ),
        Kind::SickPayReview => (
            "Er du syg længe, ser kommunen på det igen",
            "Det sker efter {count} uger med sygdom inden for {within} måneder.",
            "Tal med kommunen i god tid.",
            "Aftale",
        ),
        Kind::Violence => (
            "Siger du et job op på grund af vold",
            "Så får du ikke karantæne.",
            "Fortæl {authority}, hvad der er sket. De kan hjælpe dig.",
            "Aftale",
        ),
        Kind::Complaint => (
            "Er du uenig, kan du klage",
            "Du kan klage over en afgørelse.",
            "Se, om fristen står i brevet. Du må gerne få en anden til at hjælpe dig.",
            "Aftale",
        ),
        Kind::Registered => (
            "Du meldte dig ledig",
            "Du kan få dagpenge fra den dag, du er meldt ledig.",
            "",
            "Jobnet",
        ),
        Kind::Applications => {
            ("Du søgte {count} job i {month}", "De står i din joblog.", "", "Joblog")
        }
        Kind::Measure => {
            ("Et tilbud til dig", "Det er både en ret og en pligt at få et tilbud.", "", "Aftale")
        }
        Kind::TalkHeld => ("Du var til samtale", "", "", "Samtale"),
        Kind::TalkMissed => (
            "En samtale blev ikke til noget",
            "Kommer du ikke, kan dine dagpenge stoppe, til du taler med a-kassen igen.",
            "Har du ikke talt med dem siden, så ring nu, og aftal en ny tid.",
            "Samtale",
        ),
        Kind::Quarantine => (
            "Du fik karantæne",
            "I de timer får du ikke dagpenge. De bliver også trukket fra din periode.",
            "Er du uenig, kan du klage. Se, om fristen står i brevet. Ring til {authority}, hvis du er i tvivl.",
            "Aftale",
        ),
        Kind::WorkRequirement => (
            "Du skal arbejde, før du kan få dagpenge igen",
            "Alle timer med almindeligt arbejde tæller med, også korte job.",
            "Spørg {authority}, hvad der skal til. Er du uenig, kan du klage. Se, om fristen står i brevet.",
            "Aftale",
        ),
        Kind::Exclusion => (
            "Din ydelse blev stoppet for en tid",
            "Kom du ikke til en samtale, varer det, til du taler med a-kassen igen.",
            "Ring til {authority}, og spørg, hvad der skal til. Er du uenig, kan du klage.",
            "Aftale",
        ),
        Kind::Sickness => (
            "Du var syg",
            "De første {count} uger af en sygdom bruger stadig af din periode.",
            "",
            "Aftale",
        ),
        Kind::ParentalLeave => ("Barsel", "", "", "Aftale"),
        Kind::Care => ("Du passede en, der stod dig nær", "", "", "Aftale"),
    };
    KindText { title, text, act, calendar }
}
