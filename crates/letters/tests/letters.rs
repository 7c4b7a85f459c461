//! Letters, read again by programs that did not write them: `qpdf` and poppler.

#![allow(clippy::unwrap_used, reason = "a test")]

mod pdf;

use chrono::NaiveDate;
use jobnet_letters::envelope::Envelope;
use jobnet_letters::{LetterError, Missing, Posting, Press, Sender};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Fact, Letter};
use jobnet_messages::message::Message;
use pdf::Pdf;

/// Markup of every kind there is.
const TRAPS: &str = "#panic(\"x\") *b* <a> $x^2$ // @b `c` \\ #include \"main.typ\" _d_ ~ -- ...";

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

fn fact(name: &str, value: &str) -> Fact {
    Fact { name: name.to_owned(), value: value.to_owned() }
}

fn sender() -> Sender {
    Sender {
        name: "Demomyndigheden".to_owned(),
        address: owned(&["Vestervoldgade 17", "1552 København V"]),
        contact: owned(&["demo.example/kontakt", "Telefon 70 00 00 00"]),
    }
}

fn danish() -> Letter {
    Letter {
        title: "Du har 12 måneder tilbage med dagpenge".to_owned(),
        body: vec![
            paragraph("Her kan du læse, hvad du kan gøre nu."),
            Block::Heading { text: "Hvad skal du gøre?".to_owned() },
            Block::Steps { items: owned(&["Se dine tal igennem.", "Ring til din a-kasse."]) },
            Block::Facts { rows: vec![fact("A-kasse", "3F"), fact("Timer", "1.924,50")] },
            Block::List { items: owned(&["Det er frivilligt.", "Det koster ikke noget."]) },
            Block::Link {
                text: "Se mere på din side:".to_owned(),
                url: "https://demo.example/breve".to_owned(),
            },
        ],
    }
}

fn english() -> Letter {
    Letter {
        title: "You have 12 months left".to_owned(),
        body: vec![
            paragraph("Here you can read what you can do now."),
            Block::Heading { text: "What can you do?".to_owned() },
            Block::List { items: owned(&["Look at your figures.", "Call your fund."]) },
        ],
    }
}

fn posting<'a>(
    letter: &'a Letter,
    language: Language,
    sender: &'a Sender,
    recipient: &'a [String],
) -> Posting<'a> {
    Posting {
        letter,
        language,
        sender,
        recipient,
        date: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        reference: "BREV-0042",
        missing: Missing::Refuse,
    }
}

fn print(letter: &Letter, language: Language, recipient: &[&str]) -> Result<Pdf, LetterError> {
    let press = Press::new(Envelope::c5()).unwrap();
    press.print(&posting(letter, language, &sender(), &owned(recipient))).map(Pdf::new)
}

/// Every text of a letter, in the order in which it is read.
fn texts(letter: &Letter) -> Vec<&str> {
    let mut texts = vec![letter.title.as_str()];
    for block in &letter.body {
        match block {
            Block::Heading { text } | Block::Paragraph { text } => texts.push(text),
            Block::List { items } | Block::Steps { items } => {
                texts.extend(items.iter().map(String::as_str));
            }
            Block::Facts { rows } => {
                texts.extend(rows.iter().flat_map(|row| [row.name.as_str(), &row.value]));
            }
            Block::Link { text, url } => texts.extend([text.as_str(), url]),
        }
    }
    texts
}

#[test]
fn a_letter_is_whole_tagged_and_read_in_its_order() {
    let names = ["Ane Sørensen", "Østergade 12", "8000 Aarhus C"];
    let (da, en) = (danish(), english());
    let danish_words = ["Afsender:Demomyndigheden", "26.november2026", "Side1af1"];
    let english_words = ["From:Demomyndigheden", "26November2026", "Page1of1"];
    for (letter, language, tag, words) in
        [(&da, Language::Da, "da", danish_words), (&en, Language::En, "en", english_words)]
    {
        let pdf = print(letter, language, &names).unwrap();
        pdf.check();
        let info = pdf.info();
        assert!(info.contains(&format!("Title:           {}\n", letter.title)), "{info}");
        assert!(info.contains("Tagged:          yes\n"), "{info}");
        assert!(info.contains("CreationDate:    Thu Nov 26 00:00:00 2026 UTC\n"), "{info}");
        let inside = pdf.unpacked();
        assert!(inside.contains("<pdfuaid:part>1</pdfuaid:part>"));
        assert!(inside.contains(&format!("/Lang ({tag})")), "the language of {tag}");
        let read = pdf.read_aloud();
        let order = [&["Demomyndigheden"], &names[..], &["BREV-0042"], &texts(letter)].concat();
        pdf::assert_in_order(&read, &order);
        let everything = pdf::squeezed(&pdf.text());
        for words in words {
            assert!(everything.contains(words), "{words} in {everything}");
        }
        // The number of a page is no part of what is read.
        assert!(!read.contains(words[2]), "{read}");
    }
}

#[test]
fn headings_steps_and_facts_are_what_they_are_called() {
    let pdf = print(&danish(), Language::Da, &[]).unwrap();
    let tags = pdf.tags();
    let expected = [
        "P", "P", "P", "P", "H1", "P", "H2", "L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody",
        "Table", "TR", "TH", "TD", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody", "LI", "Lbl",
        "LBody", "P", "Link",
    ];
    let kept: Vec<&str> =
        tags.iter().map(String::as_str).filter(|tag| expected.contains(tag)).collect();
    assert_eq!(kept, expected, "{tags:?}");
}

#[test]
fn every_message_is_whole_tagged_and_read_in_its_order() {
    let names = ["Ane Sørensen", "Østergade 12", "8000 Aarhus C"];
    for (message, language) in
        Message::ALL.into_iter().flat_map(|message| Language::ALL.map(|each| (message, each)))
    {
        let letter = message.letter(language, "https://demo.example/breve");
        let pdf = print(&letter, language, &names).unwrap();
        pdf.check();
        let said = format!("{message:?} {language:?}");
        assert!(pdf.info().contains("Tagged:          yes\n"), "{said}");
        let inside = pdf.unpacked();
        let tag = if language == Language::Da { "da" } else { "en" };
        assert!(inside.contains("<pdfuaid:part>1</pdfuaid:part>"), "{said}");
        assert!(inside.contains(&format!("/Lang ({tag})")), "{said}");
        pdf::assert_in_order(&pdf.read_aloud(), &[&names[..], &texts(&letter)].concat());
        let tags = pdf.tags();
        let of = |tag: &str| tags.iter().filter(|each| *each == tag).count();
        let of_letter = |is_it: fn(&Block) -> bool| letter.body.iter().filter(|b| is_it(b)).count();
        let headings = of_letter(|block| matches!(block, Block::Heading { .. }));
        let lists = of_letter(|block| matches!(block, Block::List { .. } | Block::Steps { .. }));
        let links = of_letter(|block| matches!(block, Block::Link { .. }));
        assert_eq!((of("H1"), of("H2"), of("H3")), (1, headings, 0), "{said}: {tags:?}");
        assert_eq!((of("L"), of("Link")), (lists, links), "{said}: {tags:?}");
    }
}

#[test]
fn a_title_is_broken_between_words_only() {
    for message in Message::ALL {
        let letter = message.letter(Language::Da, "https://jobnet.example");
        let words = print(&letter, Language::Da, &[]).unwrap().words();
        let words: Vec<&str> = words.iter().map(|word| &*word.text).collect();
        let title: Vec<&str> = letter.title.split(' ').collect();
        assert!(words.windows(title.len()).any(|some| some == title), "{title:?} in {words:?}");
    }
}

#[test]
fn the_window_shows_the_address_and_nothing_else() {
    let envelope = Envelope::c5();
    let names = [
        "Ane Marie Sørensen",
        "c/o Jens Østergaard",
        "Østergade 12, 3. tv.",
        "Hjerting",
        "8000 Aarhus C",
    ];
    let pdf = print(&danish(), Language::Da, &names).unwrap();
    let points = |tenths: u16| f64::from(tenths) * 72.0 / 254.0;
    // What is left of rounding.
    let slack = 0.01;
    let (left, top) = (points(envelope.left) - slack, points(envelope.top) - slack);
    let (right, bottom) =
        (points(envelope.left + envelope.width), points(envelope.top + envelope.height));
    let words = pdf.words();
    let is_inside = |word: &&pdf::Word| {
        word.left >= left && word.right <= right && word.top >= top && word.bottom <= bottom
    };
    let inside: Vec<&str> = words.iter().filter(is_inside).map(|word| &*word.text).collect();
    assert_eq!(inside, names.join(" ").split(' ').collect::<Vec<_>>());
    // What else the window may show: the line with the sender's address.
    let [zone_left, zone_top, zone_right, zone_bottom] =
        [170, 250, 170 + 1150, 250 + 890].map(points);
    let in_zone = |word: &&pdf::Word| {
        word.right > zone_left
            && word.left < zone_right
            && word.bottom > zone_top
            && word.top < zone_bottom
    };
    let shown: Vec<&str> = words.iter().filter(in_zone).map(|word| &*word.text).collect();
    let back = "Afsender: Demomyndigheden, Vestervoldgade 17, 1552 København V";
    assert_eq!(shown.join(" "), format!("{back} {}", names.join(" ")));
}

#[test]
fn a_long_head_pushes_the_text_down() {
    let many = Sender { contact: vec!["Telefon 70 00 00 00".to_owned(); 12], ..sender() };
    let press = Press::new(Envelope::c5()).unwrap();
    let letter = english();
    let pdf = Pdf::new(press.print(&posting(&letter, Language::En, &many, &[])).unwrap());
    let words = pdf.words();
    let telephones = words.iter().filter(|word| word.text == "Telefon");
    let last = telephones.map(|word| word.bottom).fold(0.0, f64::max);
    let title = words.iter().find(|word| word.text == "You").unwrap();
    assert!(title.top > last, "{title:?} below {last}");
}

#[test]
fn an_address_that_does_not_fit_is_refused() {
    let lines = ["x"; 7];
    let error = print(&english(), Language::En, &lines).map(drop);
    assert_eq!(error, Err(LetterError::AddressTooLong { lines: 7, most: 6 }));
    let wide = "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";
    let error = print(&english(), Language::En, &["Ane", wide]).map(drop);
    assert_eq!(error, Err(LetterError::AddressTooWide { line: 2 }));
}

#[test]
fn what_she_wrote_is_never_markup() {
    let letter = Letter {
        title: TRAPS.to_owned(),
        body: vec![
            Block::Heading { text: TRAPS.to_owned() },
            paragraph(TRAPS),
            Block::Steps { items: owned(&[TRAPS]) },
            Block::Facts { rows: vec![fact("#name", "{\"json\": [1]}")] },
        ],
    };
    let pdf = print(&letter, Language::Da, &["#panic(\"x\") *b* <a>", "= 8000 Aarhus"]).unwrap();
    pdf.check();
    pdf::assert_in_order(&pdf.read_aloud(), &["#panic(\"x\") *b* <a>", "= 8000 Aarhus"]);
    pdf::assert_in_order(&pdf.read_aloud(), &texts(&letter));
}

#[test]
fn the_same_letter_is_the_same_file() {
    let press = Press::new(Envelope::c5()).unwrap();
    let (letter, other, sender) = (danish(), english(), sender());
    let names = owned(&["Ane Sørensen"]);
    let first = press.print(&posting(&letter, Language::Da, &sender, &names)).unwrap();
    press.print(&posting(&other, Language::En, &sender, &[])).unwrap();
    assert!(press.print(&posting(&letter, Language::Da, &sender, &names)).unwrap() == first);
    let anew = Press::new(Envelope::c5()).unwrap();
    assert!(anew.print(&posting(&letter, Language::Da, &sender, &names)).unwrap() == first);
    let later = Posting {
        date: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
        ..posting(&letter, Language::Da, &sender, &names)
    };
    assert!(press.print(&later).unwrap() != first);
}

#[test]
fn a_long_letter_goes_on_and_numbers_its_pages() {
    let sentence = "Du kan altid ringe til din a-kasse, hvis der er noget, du er i tvivl om. ";
    let body = (1..=12).flat_map(|number| {
        [Block::Heading { text: format!("Afsnit {number}") }, paragraph(&sentence.repeat(6))]
    });
    let letter = Letter { title: "Et langt brev".to_owned(), body: body.collect() };
    let pdf = print(&letter, Language::Da, &["Ane"]).unwrap();
    pdf.check();
    pdf::assert_in_order(&pdf.read_aloud(), &texts(&letter));
    let pages = pdf.pages();
    assert_eq!(pages.len(), 3);
    for (at, page) in pages.iter().enumerate() {
        assert!(pdf::squeezed(page).contains(&format!("Side{}af3", at + 1)), "{page}");
    }
}

#[test]
fn a_letter_may_say_nothing_but_must_have_a_title() {
    let empty = Letter { title: "Vi har fået dine svar".to_owned(), body: Vec::new() };
    let pdf = print(&empty, Language::Da, &[]).unwrap();
    pdf.check();
    assert!(pdf.text().contains("Vi har fået dine svar"));
    let parts = vec![Block::Facts { rows: Vec::new() }, Block::List { items: Vec::new() }];
    let hollow = Letter { body: parts, ..empty.clone() };
    print(&hollow, Language::Da, &[]).unwrap().check();
    let nameless = Letter { title: " ".to_owned(), ..empty };
    assert_eq!(print(&nameless, Language::Da, &[]).map(drop), Err(LetterError::NoTitle));
}

#[test]
fn no_word_leaves_the_sheet() {
    let address = format!("https://demo.example/{}", "sti/".repeat(40));
    let letter = Letter {
        title: format!("Lang {}", "W".repeat(61)),
        body: vec![
            paragraph(&"x".repeat(400)),
            paragraph("Arbejdsløshedsforsikringslovens arbejdsmarkedsuddannelsesforanstaltninger"),
            Block::Facts { rows: vec![fact(&"navn9".repeat(20), &"9".repeat(200))] },
            Block::Link { text: "Se:".to_owned(), url: address },
        ],
    };
    let pdf = print(&letter, Language::Da, &[]).unwrap();
    // Poppler 22 loses what follows a place to break when it reads the structure.
    pdf::assert_in_order(&pdf::squeezed(&pdf.text()), &texts(&letter));
    for word in pdf.words() {
        assert!(word.right <= (210.0 - 31.0) * 72.0 / 25.4, "{word:?}");
    }
}

#[test]
fn signs_the_typeface_lacks_are_refused_or_told() {
    let letter = Letter {
        title: "Din besked".to_owned(),
        body: vec![paragraph("Ωμέγα, Жанна, Łukasz, Nguyễn"), paragraph("🙂 مرحبا")],
    };
    let sender = sender();
    let press = Press::new(Envelope::c5()).unwrap();
    let strict = posting(&letter, Language::Da, &sender, &[]);
    assert_eq!(press.print(&strict).map(drop), Err(LetterError::NoGlyph('🙂')));
    let pdf = Pdf::new(press.print(&Posting { missing: Missing::Replace, ..strict }).unwrap());
    pdf.check();
    let text = pdf.text();
    assert!(text.contains("Ωμέγα, Жанна, Łukasz, Nguyễn"), "{text}");
    assert!(text.contains("□ står for et tegn"), "{text}");
    // A name is never changed.
    let names = owned(&["🙂 Sørensen"]);
    let named = Posting { recipient: &names, missing: Missing::Replace, ..strict };
    assert_eq!(press.print(&named).map(drop), Err(LetterError::NoGlyph('🙂')));
}
