//! The ways in, in Danish.

use crate::i18n::messages::{IdentityTexts, LandingTexts};

pub(super) static LANDING: LandingTexts = LandingTexts {
    title: "Se dine timer og din ydelse",
    lead: "Her kan en ledig se, hvad der sker nu, hvad hun får udbetalt, og hvornår hendes timer slipper op. Det er en prøve: Alle personer og tal er opdigtede.",
    choose: "Vælg en person",
    choose_hint: "Du logger på med ét klik. Du kan altid skifte igen.",
    citizens: "Borgere",
    staff: "Ansatte",
    no_ways_in: "Denne server har ingen prøvepersoner. Man kan ikke logge ind på den lige nu.",
    way_in: "Log ind med din nationale e-identitet",
    way_in_hint: "Du kommer over på en anden side og viser, hvem du er. Så er du tilbage her.",
    way_in_new_tab: "Siden til at logge ind åbner i en ny fane. Lad denne fane stå. Det, du har skrevet, er kun her.",
};

pub(super) static IDENTITIES: IdentityTexts = IdentityTexts {
    full_time: "Arbejder lidt ved siden af dagpengene og er tæt på en karensdag. En måned er rettet, og i en måned er timerne ukendte.",
    part_time: "Er deltidsforsikret. Perioden er næsten brugt, men der er timer på kontoen.",
    graduate: "Er lige blevet færdig med en uddannelse. Satsen falder snart.",
    social_assistance: "Får kontanthjælp og tjener lidt ved siden af.",
    sick_listed: "Har været syg længe. Det giver længere tid til at bruge timerne.",
    new: "Meldte sig ledig i går og har ingen tal endnu.",
    caseworker: "Arbejder i en a-kasse.",
    job_centre: "Arbejder i et jobcenter.",
    researcher: "Planlægger forsøg og ser aldrig en person.",
    administrator: "Henter det, borgerne har skrevet om timer, der mangler.",
};
