//! What is written to a citizen is easy to read, says nothing that is not confirmed, and gives
//! nothing away on its outside.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Fact, Letter};
use jobnet_messages::lix::lix;
use jobnet_messages::mail;
use jobnet_messages::message::{Message, SMS_LENGTH, not_kept};

const LINK: &str = "https://jobnet.example/l/a-token";

/// Every text of a letter but its addresses.
fn texts(letter: &Letter) -> Vec<String> {
    let mut texts = vec![format!("{}.", letter.title)];
    for block in &letter.body {
        match block {
            Block::Heading { text } => texts.push(format!("{text}.")),
            Block::Paragraph { text } => texts.push(text.clone()),
            Block::List { items } | Block::Steps { items } => texts.extend(items.clone()),
            Block::Facts { rows } => {
                texts.extend(rows.iter().map(|row| format!("{} {}", row.name, row.value)));
            }
            Block::Link { text, .. } => texts.push(format!("{text}.")),
        }
    }
    texts
}

fn all() -> impl Iterator<Item = (Message, Language)> {
    Message::ALL.into_iter().flat_map(|one| Language::ALL.map(|language| (one, language)))
}

#[test]
fn danish_messages_are_easy_to_read() {
    for message in Message::ALL {
        let prose = texts(&message.letter(Language::Da, LINK)).join(" ");
        assert!(lix(&prose) <= 35.0, "{message:?}: LIX {}", lix(&prose));
    }
    let prose = texts(&not_kept(Language::Da)).join(" ");
    assert!(lix(&prose) <= 35.0, "not kept: LIX {}", lix(&prose));
}

#[test]
fn no_message_has_a_figure_and_both_languages_have_the_same_parts() {
    let kinds = |message: Message, language| -> Vec<_> {
        let letter = message.letter(language, LINK);
        letter.body.iter().map(std::mem::discriminant).collect()
    };
    for (message, language) in all() {
        for text in texts(&message.letter(language, LINK)) {
            assert!(!text.chars().any(char::is_numeric), "{message:?}: {text}");
        }
        assert_eq!(kinds(message, language), kinds(message, Language::Da), "{message:?}");
        assert_eq!(Message::of_key(message.key()), Some(message));
    }
    assert_eq!(Message::of_key("shoes"), None);
}

#[test]
fn the_outside_gives_nothing_away() {
    let telling = [
        "syg",
        "sick",
        "ill",
        "helbred",
        "health",
        "pension",
        "job ",
        "ledig",
        "unemploy",
        "tjekliste ",
        "checklist ",
        "jobsøgning",
        "dagpenge",
    ];
    let address = format!("https://{}", "x".repeat(102));
    assert_eq!(address.len(), 110, "the longest");
    for (message, language) in all() {
        let sms = message.sms(language, &address);
        assert!(sms.chars().count() <= SMS_LENGTH, "{} characters: {sms}", sms.chars().count());
        for text in [message.label(language).to_owned(), sms] {
            let plain = text.replace(&address, "").to_lowercase();
            for word in telling {
                let found = plain.split_whitespace().any(|one| one == word.trim());
                assert!(!found, "“{text}” tells “{word}”");
            }
        }
    }
}

#[test]
fn an_email_as_html_is_one_page_that_loads_nothing() {
    for (message, language) in all() {
        let letter = message.letter(language, LINK);
        let page = mail::html(&letter, language);
        let lang = if language == Language::Da { "da" } else { "en" };
        assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{lang}\">")), "{page}");
        assert_eq!(page.matches("<h1>").count(), 1);
        for loading in ["<img", "<link", "<script", "src=", "url(", "@import", "<iframe"] {
            assert!(!page.contains(loading), "{message:?} {loading}");
        }
        assert_eq!(page.matches("href=").count(), usize::from(message.page().is_some()));
        if message.page().is_some() {
            assert!(page.contains(&format!("<a href=\"{LINK}\">")));
            assert!(mail::text(&letter).contains(LINK));
        }
    }
}

#[test]
fn text_and_html_say_the_same_and_what_is_written_cannot_become_markup() {
    let letter = Letter {
        title: "A <b> & \"c\"".to_owned(),
        body: vec![
            Block::Paragraph { text: "<script>x</script>".to_owned() },
            Block::Steps { items: vec!["one".to_owned(), "two".to_owned()] },
            Block::Facts { rows: vec![Fact { name: "hours".to_owned(), value: "7".to_owned() }] },
            Block::Link { text: "go".to_owned(), url: "https://x/?a=1&b=\"2".to_owned() },
        ],
    };
    let page = mail::html(&letter, Language::En);
    assert!(page.contains("<h1>A &lt;b&gt; &amp; &quot;c&quot;</h1>"), "{page}");
    assert!(page.contains("&lt;script&gt;x&lt;/script&gt;"));
    assert!(page.contains("<ol><li>one</li><li>two</li></ol><dl><dt>hours</dt><dd>7</dd></dl>"));
    assert!(page.contains("<a href=\"https://x/?a=1&amp;b=&quot;2\">go</a>"));
    let text = "A <b> & \"c\"\n\n<script>x</script>\n\n1. one\n2. two\n\nhours: 7\n\ngo:\nhttps://x/?a=1&b=\"2\n";
    assert_eq!(mail::text(&letter), text);
}
