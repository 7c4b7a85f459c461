//! Our MeMo beside the same messages written by another program (`tests/outbox/memo.py`).

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;

use super::*;

const PDF: &[u8] = b"%PDF-1.7\nnot one, but bytes \xe6\xf8\xe5\n";
const ID: Uuid = Uuid::from_u128(0x8c2e_a15d_61fb_4ba9_9366_42f8_b194_c365);

fn sender() -> Sender {
    Sender { cvr: "12345678".to_owned(), label: "Styrelsen & søn".to_owned() }
}

fn letter<'a>(label: &'a str, action: Option<(&'a str, &'a str)>) -> Post<'a> {
    let created = "2026-11-22T11:00:00+01:00".parse().unwrap();
    Post::DigitalPost { label, pdf: PDF, language: Language::Da, action, created }
}

/// An element: its path, its attributes and its text.
type Element = (String, Vec<(String, String)>, String);

/// Every element in its order.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml.trim_end());
    let (mut path, mut open, mut all) = (Vec::<String>::new(), Vec::<usize>::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                path.push(start.name().as_ref().to_owned());
                let attributes = start.attributes().map(|each| {
                    let each = each.unwrap();
                    (each.key.as_ref().to_owned(), each.value.into_owned())
                });
                open.push(all.len());
                all.push((path.join("/"), attributes.collect(), String::new()));
            }
            Event::Text(text) => {
                let at = *open.last().unwrap();
                all[at].2.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let at = *open.last().unwrap();
                match name.resolve_char_ref().unwrap() {
                    Some(each) => all[at].2.push(each),
                    None => {
                        all[at].2.push_str(resolve_predefined_entity(&name).unwrap());
                    }
                }
            }
            Event::End(_) => {
                path.pop();
                open.pop();
            }
            Event::Decl(_) => {}
            Event::Eof => return all,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn digital_post_is_element_by_element_what_another_program_writes() {
    let action = Some((action_label(Language::Da), "https://jobnet.example/l/abc?x=1&y=2"));
    let post = letter("Brev til dig: hjælp <mens du er syg>", action);
    let ours = elements(&xml(ID, &sender(), "0101010000", &post).unwrap());
    let theirs = elements(include_str!("../../../../../tests/outbox/digital_post.xml"));
    assert_eq!(theirs.len(), 27);
    assert_eq!(ours, theirs);
}

#[test]
fn nem_sms_is_element_by_element_what_another_program_writes() {
    let text = "Du har en ny besked på Jobnet. Log ind for at læse den.";
    let post = Post::NemSms { label: "Jobnet", text };
    let ours = elements(&xml(ID, &sender(), "0101010000", &post).unwrap());
    let theirs = elements(include_str!("../../../../../tests/outbox/nem_sms.xml"));
    assert_eq!(theirs.len(), 15);
    assert_eq!(ours, theirs);
}

#[test]
fn what_the_standard_does_not_take_is_refused_and_named_without_the_person() {
    let number = |cpr: &str| xml(ID, &sender(), cpr, &letter("A", None));
    for cpr in ["010101000", "01010100000", "010101-0000", "010101000a", ""] {
        let error = number(cpr).unwrap_err().to_string();
        assert_eq!(error, "the CPR number is none", "{cpr}");
    }
    let sms = |text: &str| xml(ID, &sender(), "0101010000", &Post::NemSms { label: "A", text });
    // Characters, not bytes.
    assert!(sms(&"å".repeat(150)).is_ok());
    for text in ["å".repeat(151), String::new()] {
        assert!(matches!(sms(&text), Err(MemoError::Length { most: 150, .. })), "{text}");
    }
    assert!(xml(ID, &sender(), "0101010000", &letter(&"å".repeat(257), None)).is_err());
    let nobody = Sender { cvr: "1234567".to_owned(), label: "A".to_owned() };
    assert!(xml(ID, &nobody, "0101010000", &letter("A", None)).is_err());
}

#[test]
fn names_of_files_hold_only_what_every_system_takes() {
    for (label, expected) in [
        ("Brev", "Brev"),
        ("a<b>c:d\"e/f\\g|h?i*j", "a b c d e f g h i j"),
        ("to\r\nlines\u{a0}and\u{2028}spaces\u{3000}", "to lines and spaces"),
        ("../../etc/passwd", "etc passwd"),
        ("...", UNNAMED),
        ("🙂", UNNAMED),
        ("Ændring på 5 % (nr. 2)", "Ændring på 5 (nr. 2)"),
    ] {
        assert_eq!(file_name(label), expected, "{label}");
    }
    assert!(file_name(&"å".repeat(256)).len() <= 100);
}
