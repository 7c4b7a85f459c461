//! What is read is what another reader reads, and what that refuses is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::read;

/// Everything that a kind of answer may be made of.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    flag: bool,
    small: u8,
    signed: i64,
    large: u64,
    share: f64,
    text: String,
    letter: char,
    nothing: (),
    pair: (u8, String),
    two: [usize; 2],
    #[serde(default)]
    left_out: Option<u8>,
    nested: Option<Box<Everything>>,
    names: BTreeMap<Name, Vec<Name>>,
    variants: Vec<Variant>,
    tagged: Vec<Tagged>,
    #[serde(flatten)]
    flat: Flat,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    TheFirst,
    #[serde(rename = "2")]
    Second,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Variant {
    Unit,
    Wrapped(f64),
    Pair(u8, i8),
    Fields { more: Option<u8>, name: Name },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Tagged {
    Unit {},
    Fields { name: Name, shares: Vec<f64>, inside: Option<Box<Tagged>> },
    Wrapped(Flat),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    count: i32,
    at: String,
}

fn flat() -> Flat {
    Flat { count: -3, at: "æ\"\\/\u{8}\u{c}\n\r\t\u{1}🙂".to_owned() }
}

fn everything(nested: Option<Box<Everything>>) -> Everything {
    Everything {
        flag: nested.is_none(),
        small: 255,
        signed: i64::MIN,
        large: u64::MAX,
        share: -0.1 - 0.2,
        text: String::new(),
        letter: 'å',
        nothing: (),
        pair: (7, "seven".to_owned()),
        two: [0, 12],
        left_out: None,
        nested,
        names: [(Name::Second, vec![]), (Name::TheFirst, vec![Name::Second, Name::TheFirst])]
            .into(),
        variants: vec![
            Variant::Unit,
            Variant::Wrapped(1e300),
            Variant::Pair(1, -1),
            Variant::Fields { more: None, name: Name::Second },
        ],
        tagged: vec![
            Tagged::Unit {},
            Tagged::Fields {
                name: Name::TheFirst,
                shares: vec![0.0, 0.5, 12.0],
                inside: Some(Box::new(Tagged::Wrapped(flat()))),
            },
        ],
        flat: flat(),
    }
}

#[test]
fn what_another_program_wrote_is_read_as_it_was() {
    let all = everything(Some(Box::new(everything(None))));
    for text in [serde_json::to_string(&all), serde_json::to_string_pretty(&all)] {
        assert_eq!(read::<Everything>(&text.unwrap()).unwrap(), all);
    }
    // Names that are not asked for are passed over, whatever stands there.
    let mut more = json!(all);
    more["further"] = json!([{"a": [null, true, "}\"]"]}, {}, [], -1.5e-3]);
    assert_eq!(read::<Everything>(&more.to_string()).unwrap(), all);
}

#[test]
fn a_name_that_is_not_known_is_refused_where_its_type_refuses_it() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        strata: u8,
    }
    assert_eq!(read::<Strict>(r#"{"strata": 1}"#).unwrap(), Strict { strata: 1 });
    let mistyped = read::<Strict>("{\"strata\": 1,\n\"stratta\": 2}").unwrap_err();
    assert!(mistyped.contains('2'), "it names the line: {mistyped}");
}

#[test]
fn numbers_are_what_another_reader_says() {
    let mut texts: Vec<String> = [
        "0",
        "-0",
        "0.0",
        "-0.0",
        "1",
        "-1",
        "12.50",
        "0.1",
        "160.33",
        "1e3",
        "1E+3",
        "25e-1",
        "1e22",
        "1e-22",
        "0.30000000000000004",
        "9007199254740993",
        "9007199254740993.0",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e308",
        "1e309",
        "1e400",
        "5e-324",
        "2.2250738585072011e-308",
        "123456789012345678901234567890.5",
        "0.00000000000000000000000000000001",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "-01",
        "0x1",
        "1.e2",
    ]
    .map(str::to_owned)
    .into();
    texts.extend((0..2000).map(|hundredths| format!("{}", f64::from(hundredths) / 100.0)));
    for text in texts {
        // The other reader knows what a number is; the nearest one is the standard library's.
        let theirs = serde_json::from_str::<f64>(&text).ok().map(|_| text.parse::<f64>().unwrap());
        assert_eq!(read::<f64>(&text).ok().map(f64::to_bits), theirs.map(f64::to_bits), "{text}");
        assert_eq!(read::<u64>(&text).ok(), serde_json::from_str(&text).ok(), "{text}");
        assert_eq!(read::<i64>(&text).ok(), serde_json::from_str(&text).ok(), "{text}");
        assert_eq!(read::<i8>(&text).ok(), serde_json::from_str(&text).ok(), "{text}");
    }
}

/// Each byte left out, twice, or another: mostly no JSON any more, and sometimes other JSON.
#[test]
fn a_damaged_text_is_refused_where_another_reader_refuses_it() {
    let whole =
        r#" {"a":[1,-2.5e+1,null,true,false,"x\u00e6\ud83d\ude42\n"],"b":{"c":"","d":[]},"e":{}} "#;
    assert_eq!(read::<Value>(whole).unwrap(), serde_json::from_str::<Value>(whole).unwrap());
    let mut same = 0;
    for place in 0..whole.len() {
        let (before, after) = (&whole.as_bytes()[..place], &whole.as_bytes()[place + 1..]);
        let here = &whole.as_bytes()[place..=place];
        for other in
            [&b""[..], here, b"\"", b"\\", b",", b":", b"{", b"}", b"[", b"]", b"0", b"\n", b"u"]
        {
            let twice = if other == here { other } else { b"" };
            let Ok(text) = String::from_utf8([before, other, twice, after].concat()) else {
                continue;
            };
            let theirs = serde_json::from_str::<Value>(&text).ok();
            same += usize::from(theirs.is_some());
            assert_eq!(read::<Value>(&text).ok(), theirs, "{text}");
            // What is passed over is no other JSON.
            assert_eq!(read::<serde::de::IgnoredAny>(&text).is_ok(), theirs.is_some(), "{text}");
        }
        let cut = &whole[..place];
        assert!(place == whole.len() - 1 || read::<Value>(cut).is_err(), "{cut}");
    }
    assert!(same > 50);
}

#[test]
fn what_does_not_say_what_is_asked_for_is_refused() {
    for text in [
        "",
        "  ",
        "null",
        "[]",
        "{}",
        "{\"count\":1}",
        "{\"count\":1,\"at\":2}",
        "{\"count\":1,\"at\":\"\"}x",
    ] {
        assert!(read::<Flat>(text).is_err(), "{text}");
    }
    for text in [
        "\"Wrapped\"",
        "\"Third\"",
        "{\"Unit\":1}",
        "{\"Pair\":[1]}",
        "{\"Pair\":[1,2,3]}",
        "{}",
        "1",
    ] {
        assert!(read::<Variant>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<Variant>(text).is_err(), "{text}");
    }
    assert!(read::<[u8; 2]>("[1,2,3]").is_err());
    assert!(read::<Tagged>("{\"type\":\"Unit\",\"more\":1}").is_err());
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read::<Value>(&deep(100)).is_ok());
    assert!(read::<Value>(&deep(100_000)).is_err());
    assert!(read::<serde::de::IgnoredAny>(&deep(100_000)).is_err());
}

#[test]
fn where_it_is_wrong_is_said() {
    let missing = read::<Flat>("{\n\"count\": 1\n}").unwrap_err();
    assert_eq!(missing, "3 (at)");
    assert_eq!(read::<Flat>("{\n\"count\": \"one\",\n\"at\": \"\"\n}").unwrap_err(), "2");
    assert_eq!(read::<Flat>("{\n\n\"count\" 1\n}").unwrap_err(), "3");
}
