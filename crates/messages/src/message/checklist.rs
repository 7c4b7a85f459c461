//! The invitation to the checklist, the day after registration.

use crate::Language;
use crate::letter::{Block, Letter, items, paragraph};

pub(super) fn invitation(language: Language, url: &str) -> Letter {
    let link = |text: &str| Block::Link { text: text.to_owned(), url: url.to_owned() };
    match language {
        Language::Da => Letter {
            title: "Du har fået en tjekliste til din jobsøgning".to_owned(),
            body: vec![
                paragraph("Listen kan hjælpe dig godt i gang. Den siger, hvad du kan gøre først:"),
                Block::List {
                    items: items(&[
                        "Fortæl dem, du kender, at du søger job.",
                        "Lav dit CV, før du skal til den første samtale.",
                        "Søg de første job.",
                    ]),
                },
                link("Åbn din tjekliste"),
                paragraph("Du skal logge ind. Så kommer du til listen."),
                paragraph(
                    "Det er frivilligt at bruge listen. Den er din, og andre ser den kun, hvis du \
                     selv deler den. Det ændrer ikke dine penge, om du bruger den.",
                ),
                paragraph("Du kan ikke svare på denne mail."),
            ],
        },
        Language::En => Letter {
            title: "You have got a checklist for your job search".to_owned(),
            body: vec![
                paragraph("The list can help you get started. It says what you can do first:"),
                Block::List {
                    items: items(&[
                        "Tell those you know that you are looking for a job.",
                        "Make your CV before your first talk.",
                        "Apply for the first jobs.",
                    ]),
                },
                link("Open your checklist"),
                paragraph("You must sign in. Then you come to the list."),
                paragraph(
                    "Using the list is voluntary. It is yours, and others see it only if you share \
                     it. Whether you use it does not change your money.",
                ),
                paragraph("You cannot reply to this e-mail."),
            ],
        },
    }
}
