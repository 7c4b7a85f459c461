//! Receipts in Danish.

use super::ReceiptTexts;

pub(super) static TEXTS: ReceiptTexts = ReceiptTexts {
    title: "Vi har fået dine svar",
    number: "Kvittering {id}. Sendt {date} kl. {time}.",
    sent: "Det har du sendt",
    next: "Hvad sker der nu?",
    plain: "Din sagsbehandler kan se dine svar før samtalen. Du skal ikke gøre mere.",
    next_steps: "Hvis du vil, kan du nå det her før samtalen:",
    step_rights: "Se dine frister, og gør dit CV klar.",
    step_hours: "Se, om vi kender alle dine timer.",
    step_rules: "Læs reglerne, og skriv ned, hvad du vil spørge om.",
    encouraging: "Samtalen skal hjælpe dig videre. Din sagsbehandler hjælper dig. Du kan tage dine egne spørgsmål med. En profil afgør ikke noget.",
    voluntary: "Det var frivilligt at svare. Du kan slette det igen på siden med din risikoprofil.",
    hours_title: "Vi har fået din besked om timer",
    hours_said: "Du skrev, at du arbejdede {hours} timer i {month}.",
    hours_month: "Du skrev, at der mangler timer i {month}.",
    hours_next: "Din a-kasse ser på det. Tallene på siden ændrer sig først, når de er rettet dér, hvor de kommer fra.",
    unknown: "Det ved vi ikke.",
    left_out: "Bliver ikke brugt",
    wrong: "Du siger, det er forkert",
};
