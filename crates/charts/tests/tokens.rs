//! The drawing and the style sheet use the same colours.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_charts::theme::{DARK, LIGHT, Theme};

/// The values of `--ml-<name>` in a part of the style sheet.
fn check(part: &str, theme: &Theme, which: &str) {
    for (name, color) in theme.tokens() {
        let declared = part
            .lines()
            .find_map(|line| line.trim().strip_prefix(&format!("--ml-{name}:")))
            .unwrap_or_else(|| panic!("{which}: --ml-{name} is missing"));
        let value = declared.split(';').next().unwrap().trim().to_lowercase();
        let ours = format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2);
        assert_eq!(value, ours, "{which}: --ml-{name}");
    }
}

#[test]
fn light_and_dark_are_those_of_the_style_sheet() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style/tokens.scss");
    let sheet = std::fs::read_to_string(path).unwrap();
    let (light, rest) = sheet.split_once("@mixin dark").unwrap();
    check(light, &LIGHT, "light");
    check(rest, &DARK, "dark");
}
