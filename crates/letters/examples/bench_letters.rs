//! How many letters a minute one core makes: prints JSON for `xtask bench`.
//!
//! Every letter has another name, other figures and an address in the window. The peer is
//! WeasyPrint, which makes accessible PDF/UA of HTML, with the same words and the same fonts. Both
//! are told by the time their process had a core, so that nothing else on the machine counts; both
//! have made some letters before.
//!
//! `cargo xtask bench letters`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use jobnet_letters::envelope::Envelope;
use jobnet_letters::{Missing, Posting, Press, Sender};
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Fact, Letter};
use serde_json::{Value, json};

const OURS: usize = 1_000;
const PEERS: usize = 60;
const WARM: usize = 5;
/// What the kernel counts time in (`USER_HZ`), the same on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn letter(number: usize) -> Letter {
    let paragraph = |text: &str| Block::Paragraph { text: text.to_owned() };
    let heading = |text: &str| Block::Heading { text: text.to_owned() };
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    Letter {
        title: "Du har været sygemeldt i fire uger".to_owned(),
        body: vec![
            paragraph("Du får sygedagpenge fra din kommune. Dine dagpenge venter imens."),
            paragraph(&format!("Her er, hvad du kan gøre nu. Det er brev nummer {number}.")),
            heading("Hvad kan du gøre?"),
            Block::Steps {
                items: owned(&[
                    "Ring til din kommune, hvis du er i tvivl om noget.",
                    "Se dine timer igennem. De tæller ikke ned, mens du er syg.",
                    "Sig til, når du er rask. Så begynder dine dagpenge igen.",
                ]),
            },
            heading("Det ved vi"),
            Block::Facts {
                rows: vec![
                    fact("Sygemeldt i", format!("{} dage", 28 + number % 60)),
                    fact("Timer, der er tilbage", format!("{},00 timer", 200 + number)),
                ],
            },
            Block::List { items: owned(&["Det er frivilligt.", "Det koster ikke noget."]) },
            Block::Link {
                text: "Se mere på din side:".to_owned(),
                url: format!("https://demo.example/l/{number:08}"),
            },
        ],
    }
}

fn recipient(number: usize) -> Vec<String> {
    owned(&[&format!("Ane Sørensen {number}"), "Østergade 12, 3. tv.", "8000 Aarhus C"])
}

/// How long this process has had a core, in seconds.
fn seconds() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    // The name in brackets may hold anything.
    let (_, fields) = status.rsplit_once(')').ok_or("no status")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS_PER_SECOND)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The same letter for the peer.
fn html(number: usize) -> Result<String, Box<dyn Error>> {
    let letter = letter(number);
    let title = escaped(&letter.title);
    let mut page = format!(
        "<!doctype html><html lang=da><title>{title}</title><p class=sender>Demomyndigheden</p>\
         <p class=window>{}</p><p>Dato: 26. november 2026</p><h1>{title}</h1>",
        recipient(number).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>")
    );
    let items = |items: &[String]| -> String {
        items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect()
    };
    for block in &letter.body {
        match block {
            Block::Heading { text } => write!(page, "<h2>{}</h2>", escaped(text))?,
            Block::Paragraph { text } => write!(page, "<p>{}</p>", escaped(text))?,
            Block::List { items: all } => write!(page, "<ul>{}</ul>", items(all))?,
            Block::Steps { items: all } => write!(page, "<ol>{}</ol>", items(all))?,
            Block::Facts { rows } => {
                let row = |row: &Fact| {
                    format!(
                        "<tr><th>{}</th><td>{}</td></tr>",
                        escaped(&row.name),
                        escaped(&row.value)
                    )
                };
                write!(page, "<table>{}</table>", rows.iter().map(row).collect::<String>())?;
            }
            Block::Link { text, url } => {
                let (text, url) = (escaped(text), escaped(url));
                write!(page, "<p>{text}<br><a href=\"{url}\">{url}</a></p>")?;
            }
        }
    }
    Ok(page)
}

fn peer() -> Result<Value, Box<dyn Error>> {
    let pages: Result<Vec<_>, _> = (0..WARM + PEERS).map(html).collect();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut python = Command::new("python3")
        .args(["bench/letters/peer.py", &WARM.to_string(), "crates/letters/fonts"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = python.stdin.take().ok_or("no input")?;
    input.write_all(&serde_json::to_vec(&pages?)?)?;
    drop(input);
    let output = python.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("WeasyPrint: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let press = Press::new(Envelope::c5())?;
    let sender = Sender {
        name: "Demomyndigheden".to_owned(),
        address: owned(&["Vestervoldgade 17", "1552 København V"]),
        contact: owned(&["Telefon 70 00 00 00"]),
    };
    let date = NaiveDate::from_ymd_opt(2026, 11, 26).ok_or("no day")?;
    let mut bytes = 0;
    let mut print = |number: usize| -> Result<(), Box<dyn Error>> {
        let (letter, recipient) = (letter(number), recipient(number));
        let file = press.print(&Posting {
            letter: &letter,
            language: Language::Da,
            sender: &sender,
            recipient: &recipient,
            date,
            reference: &format!("BREV-{number:06}"),
            missing: Missing::Refuse,
        })?;
        bytes += file.len();
        Ok(())
    };
    (0..WARM).try_for_each(&mut print)?;
    let begun = seconds()?;
    (WARM..WARM + OURS).try_for_each(&mut print)?;
    let per_minute = OURS as f64 * 60.0 / (seconds()? - begun);
    let peer = peer()?;
    let result = json!({
        "letters": OURS,
        "letters_per_core_minute": per_minute.round(),
        "bytes_per_letter": bytes / (WARM + OURS),
        "peer_letters": PEERS,
        "peer_weasyprint_letters_per_core_minute": peer["letters_per_core_minute"],
        "peer_weasyprint_bytes_per_letter": peer["bytes_per_letter"],
    });
    println!("{}", serde_json::to_string_pretty(&result)?);
    Ok(())
}
