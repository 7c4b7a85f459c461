//! Receipts in Danish.

use super::ReceiptTexts;

pub(super) static TEXTS: ReceiptTexts = ReceiptTexts {
    title: "Vi har fået dine svar",
    number: "Kvittering {id}. Sendt {date} kl. {time}.",
    sent: "Det har du sendt",
    next: "Hvad sker der nu?",
    plain: "Din sagsbehandler kan se dine svar før samtalen. Du skal ikke gøre mere.",
    next_steps: "Din sagsbehandler kan se dine svar før samtalen. Det her kan du nå før da:",
    step_cv: "Se på dit CV, og ret det, der er blevet gammelt.",
    step_jobs: "Skriv tre job ned, som du kunne tænke dig at søge.",
    step_questions: "Skriv ned, hvad du vil spørge om.",
    encouraging: "Tak, fordi du tog dig tid. Samtalen er din: den handler om, hvad du vil, og hvad du har brug for. Mange er i samme båd, og du er ikke alene om det.",
    voluntary: "Det var frivilligt at svare. Du kan slette det igen på siden med din risikoprofil.",
    hours_title: "Vi har fået din besked om timer",
    hours_said: "Du skrev, at du arbejdede {hours} timer i {month}.",
    hours_month: "Du skrev, at der mangler timer i {month}.",
    hours_next: "Din a-kasse ser på det. Tallene på siden ændrer sig først, når de er rettet dér, hvor de kommer fra.",
    unknown: "Det ved vi ikke.",
    left_out: "Bliver ikke brugt",
    wrong: "Du siger, det er forkert",
};
