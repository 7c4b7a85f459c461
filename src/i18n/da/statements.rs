//! What is true of this app, in Danish.

use crate::i18n::prose::{Section, Statement};

pub(super) static ACCESSIBILITY: Statement = Statement {
    title: "Tilgængelighedserklæring",
    lead: "Alle skal kunne bruge Min ledighed. Her kan du læse, hvad vi har gjort, og hvad der mangler.",
    sections: [
        Section {
            title: "Sådan kan du bruge siden",
            text: "Du kan bruge hele siden uden mus. Alle tal i et billede står også i en tabel og i ord. Du kan vælge mellem dansk og engelsk.",
            points: &[
                "Siden følger dit valg af lys, mørk og høj kontrast.",
                "Intet bevæger sig, hvis du har slået bevægelse fra.",
                "Siden kan bruges på en smal telefon og med stor skrift.",
            ],
        },
        Section {
            title: "Hvad vi måler os med",
            text: "Vi følger WCAG 2.2 på trin AA. Loven kræver WCAG 2.1 på trin AA. Vi prøver hver side med et program, axe, i lys, mørk og høj kontrast, på bred og smal skærm.",
            points: &[],
        },
        Section {
            title: "Hvad vi ved mangler",
            text: "Et program finder ikke alle fejl. Siden er ikke prøvet af folk, der bruger skærmlæser hver dag. Den er heller ikke prøvet på alle telefoner.",
            points: &[
                "Uden JavaScript kan du ikke se dine tal.",
                "Teksten i et billede følger ikke med, når du kun gør skriften større. Brug zoom eller tabellen.",
            ],
        },
        Section {
            title: "Sig til, hvis noget driller",
            text: "Demomyndigheden er opdigtet. Den har ingen telefon og ingen post. Når en rigtig myndighed tager siden i brug, skal telefon og mail stå her.",
            points: &[],
        },
        Section {
            title: "Hvis du vil klage",
            text: "Digitaliseringsstyrelsen holder øje med, at loven om tilgængelige websteder bliver fulgt. Det gælder rigtige myndigheder.",
            points: &[],
        },
    ],
};

pub(super) static PRIVACY: Statement = Statement {
    title: "Privatliv og cookies",
    lead: "Vi følger dig ikke rundt på nettet. Vi bruger kun cookies til at logge dig ind og af.",
    sections: [
        Section {
            title: "Alle personer er opdigtede",
            text: "Navne, numre, timer og beløb er lavet af et program. De ligner rigtige tal, men handler ikke om nogen. Numrene kan ikke tilhøre et menneske.",
            points: &[],
        },
        Section {
            title: "Det gemmer din browser",
            text: "Din browser gemmer højst fire ting fra os. Ingen af dem siger, hvem du er.",
            points: &[
                "En cookie, der hedder sid. Den kommer, når du logger på, og slettes, når du logger af. Kun serveren kan læse den.",
                "En cookie, der hedder sign-in. Den er der kun i de få minutter, hvor du er ved at logge ind.",
                "En cookie, der hedder signed-out. Den kommer, når du logger af, og er der i et døgn. Så skal den næste på samme computer vise, hvem hun er.",
                "Dit valg af sprog, hvis du vælger et. Det står under navnet min-ledighed.language og bliver ikke sendt til os.",
            ],
        },
        Section {
            title: "Det gemmer serveren",
            text: "Serveren gemmer de tal, du kan se på siden. Den gemmer også, at du er logget på.",
            points: &[
                "Skriver du, at der mangler timer, gemmer vi måned, timer og din tekst. Din a-kasse skal have det. Her kan en administrator hente det.",
                "Svarer du på spørgsmål før din samtale, gemmer vi dine svar, det, modellen siger, og din bemærkning. Du kan slette det, når du vil.",
                "Ser nogen dine tal, skriver vi ned hvem, hvornår og hvorfor. Du kan læse det under Mine data.",
                "Er du med i et forsøg, trækker vi lod om, hvad du ser. Vi gemmer loddet, hvad vi vidste om dig den dag, hvad siden viste dig, og hvad du åbnede. Det står under en kode og ikke under dit navn.",
                "Spørger vi dig om dine timer, gemmer vi dine svar. Du kan se dem, når du henter dine data.",
                "Vi skriver ikke navne, numre eller tal i serverens log.",
            ],
        },
        Section {
            title: "Det gør vi ikke",
            text: "Vi tæller ikke besøg uden for et forsøg, og vi viser ingen reklamer. Siden henter intet fra andre end os. Adressen på en side siger aldrig noget om dig.",
            points: &[],
        },
        Section {
            title: "Spørgsmål",
            text: "Demomyndigheden er opdigtet og kan ikke svare. Når en rigtig myndighed tager siden i brug, skal det stå her, hvem du kan spørge.",
            points: &[],
        },
    ],
};
