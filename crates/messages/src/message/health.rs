//! The health letters to those on sick leave: rights they may have in a pension or insurance
//! scheme, what to do, whom to call. No threat, and no figure: what a scheme gives is for the
//! scheme to say.

use crate::Language;
use crate::letter::{Block, Letter, heading, items, paragraph};

pub(super) fn first(language: Language) -> Letter {
    let (title, opening) = match language {
        Language::Da => (
            "Du kan have ret til hjælp eller penge i din pension",
            "Du er sygemeldt. Mange har en forsikring i deres pension uden at vide det. Den kan \
             måske hjælpe dig, mens du er syg.",
        ),
        Language::En => (
            "You may have a right to help or money in your pension",
            "You are on sick leave. Many have an insurance in their pension without knowing it. It \
             may be able to help you while you are ill.",
        ),
    };
    letter(language, title, opening)
}

pub(super) fn follow_up(language: Language) -> Letter {
    let (title, opening) = match language {
        Language::Da => (
            "Du kan stadig have ret til hjælp eller penge i din pension",
            "Vi har skrevet til dig før. Du er stadig sygemeldt, så vi skriver en gang til. Har du \
             ringet til dit pensionsselskab, skal du ikke gøre mere.",
        ),
        Language::En => (
            "You may still have a right to help or money in your pension",
            "We have written to you before. You are still on sick leave, so we write once more. If \
             you have called your pension company, you need not do more.",
        ),
    };
    letter(language, title, opening)
}

fn letter(language: Language, title: &str, opening: &str) -> Letter {
    let mut body = vec![paragraph(opening)];
    body.extend(match language {
        Language::Da => danish(),
        Language::En => english(),
    });
    Letter { title: title.to_owned(), body }
}

fn danish() -> Vec<Block> {
    vec![
        heading("Det kan du måske få"),
        Block::List {
            items: items(&[
                "Behandling, for eksempel hos en fysioterapeut eller en psykolog.",
                "Råd fra en sygeplejerske eller en socialrådgiver.",
                "Hjælp til at blive undersøgt.",
                "Penge, hvis du er meget syg.",
            ]),
        },
        paragraph("Det er ikke ens for alle. Vi kan ikke se, hvad du har ret til."),
        heading("Sådan gør du"),
        Block::Steps {
            items: items(&[
                "Find navnet på dit pensionsselskab. Det står på din lønseddel.",
                "Ring til selskabet, og sig, at du er sygemeldt.",
                "Spørg: Hvad kan jeg få, mens jeg er syg?",
            ]),
        },
        paragraph(
            "Ved du ikke, om du har en pension? Så spørg din fagforening, eller der hvor du har \
             arbejdet sidst.",
        ),
        heading("Det er frivilligt"),
        paragraph(
            "Du bestemmer selv, om du vil ringe. Lader du være, sker der ikke noget. Det ændrer \
             ikke dine penge eller din sag. Vi får ikke at vide, om du ringer.",
        ),
        paragraph("Venlig hilsen Styrelsen for Arbejdsmarked og Rekruttering."),
    ]
}

fn english() -> Vec<Block> {
    vec![
        heading("What you may be able to get"),
        Block::List {
            items: items(&[
                "Treatment, for example by a physiotherapist or a psychologist.",
                "Advice from a nurse or a social worker.",
                "Help to be examined.",
                "Money, if you are very ill.",
            ]),
        },
        paragraph("It is not the same for everyone. We cannot see what you have a right to."),
        heading("What to do"),
        Block::Steps {
            items: items(&[
                "Find the name of your pension company. It is on your payslip.",
                "Call the company and say that you are on sick leave.",
                "Ask: What can I get while I am ill?",
            ]),
        },
        paragraph(
            "Not sure whether you have a pension? Then ask your trade union, or the place where \
             you last worked.",
        ),
        heading("It is voluntary"),
        paragraph(
            "You decide whether you want to call. If you do not, nothing happens. It does not \
             change your money or your case. We are not told whether you call.",
        ),
        paragraph("Kind regards, the Danish Agency for Labour Market and Recruitment."),
    ]
}
