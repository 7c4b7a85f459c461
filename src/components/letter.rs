//! A letter as a part of a page: the same words as on paper, as headings, lists and links.

use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};

use crate::view::{View, view};

/// How a language is named in the page.
pub const fn tag(language: Language) -> &'static str {
    match language {
        Language::Da => "da",
        Language::En => "en",
    }
}

/// What stands below the title. Its headings are of the second level, or of the fifth in a letter that
/// is shown among others.
pub fn letter_body(letter: &Letter, among_others: bool) -> View {
    View::many(letter.body.iter().map(|block| block_view(block, among_others)).collect())
}

fn block_view(block: &Block, among_others: bool) -> View {
    let points = |items: &[String]| -> Vec<View> {
        items.iter().map(|item| view! { <li>{item.clone()}</li> }).collect()
    };
    match block {
        Block::Heading { text } if among_others => view! { <h5>{text.clone()}</h5> },
        Block::Heading { text } => view! { <h2>{text.clone()}</h2> },
        Block::Paragraph { text } => view! { <p>{text.clone()}</p> },
        Block::List { items } => view! { <ul>{points(items)}</ul> },
        Block::Steps { items } => view! { <ol>{points(items)}</ol> },
        Block::Facts { rows } => {
            let rows: Vec<_> = rows
                .iter()
                .map(|row| view! { <div><dt>{row.name.clone()}</dt><dd>{row.value.clone()}</dd></div> })
                .collect();
            view! { <dl class="review">{rows}</dl> }
        }
        Block::Link { text, url } => view! { <p><a href=url.clone()>{text.clone()}</a></p> },
    }
}
