//! A letter as an e-mail: as text and as HTML, both of the same structure.
//!
//! The HTML loads nothing: no picture, no font, nothing that tells that it was read. It reads at a
//! width of 320 pixels, in the light and in the dark, and without its style.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Language;
use crate::letter::{Block, Letter};

/// The one style of the HTML: whoever shows it knows by it what to allow. Colours have a contrast of
/// at least 7 to 1 on their ground.
pub const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;padding:16px;background:#fff;color:#1a1a1a;\
font:16px/1.5 system-ui,'Segoe UI',Roboto,Arial,sans-serif}\
main{max-width:36em;margin:0 auto;overflow-wrap:break-word}\
h1{font-size:1.5em;line-height:1.25}h2{font-size:1.2em;line-height:1.3}\
a{color:#003f8a}dt{font-weight:bold}dd{margin:0 0 .5em}\
@media(prefers-color-scheme:dark){body{background:#121212;color:#f2f2f2}a{color:#a8cbff}}";

/// As text, each block after an empty line, lines as long as they are.
#[must_use]
pub fn text(letter: &Letter) -> String {
    let mut parts = vec![letter.title.clone()];
    for block in &letter.body {
        parts.push(match block {
            Block::Heading { text } | Block::Paragraph { text } => text.clone(),
            Block::List { items } => lines(items.iter().map(|item| format!("- {item}"))),
            Block::Steps { items } => {
                lines((1..).zip(items).map(|(number, item)| format!("{number}. {item}")))
            }
            Block::Facts { rows } => {
                lines(rows.iter().map(|row| format!("{}: {}", row.name, row.value)))
            }
            Block::Link { text, url } => format!("{text}:\n{url}"),
        });
    }
    parts.join("\n\n") + "\n"
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// As a whole HTML document.
#[must_use]
pub fn html(letter: &Letter, language: Language) -> String {
    let lang = match language {
        Language::Da => "da",
        Language::En => "en",
    };
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (letter.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (letter.title) }
                    @for part in &letter.body { (block(part)) }
                }
            }
        }
    }
    .into_string()
}

fn block(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading { text } => h2 { (text) },
            Block::Paragraph { text } => p { (text) },
            Block::List { items } => ul { @for item in items { li { (item) } } },
            Block::Steps { items } => ol { @for item in items { li { (item) } } },
            Block::Facts { rows } => dl {
                @for row in rows { dt { (row.name) } dd { (row.value) } }
            },
            Block::Link { text, url } => p { a href=(url) { (text) } },
        }
    }
}
