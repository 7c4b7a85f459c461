//! The drawing and the style sheet use the same colours.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_charts::theme::{DARK, LIGHT, RGBColor, Theme};

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

/// The contrast of two colours, by the formula of WCAG 2.2.
fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let luminance = |RGBColor(red, green, blue): RGBColor| {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (a / b).max(b / a)
}

#[test]
fn more_contrast_leaves_no_pale_text_and_no_pale_line() {
    assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
    for theme in [LIGHT, DARK] {
        let strong = theme.strong();
        for (name, color) in strong.tokens() {
            let least = match name {
                "ink" | "ink-2" | "edge" | "axis" | "limit" => 7.0,
                "grid" | "hatch" | "hours" | "benefit" | "accent" => 3.0,
                _ => continue,
            };
            let found = contrast(color, strong.page);
            assert!(found >= least, "{name}: {found:.2} instead of {least}");
        }
        assert_eq!((strong.hours, strong.benefit), (theme.hours, theme.benefit), "the legend's");
    }
}
