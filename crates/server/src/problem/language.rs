//! Danish or English, by `Accept-Language`.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// A language the server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Danish: the first choice.
    Danish,
    /// English.
    English,
}

impl Language {
    /// The one the client prefers (RFC 9110, 12.5.4); Danish when it does not say, or likes both
    /// equally.
    pub fn of(headers: &HeaderMap) -> Self {
        let (mut danish, mut english, mut others) = (None, None, 0.0);
        let ranges =
            headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        for range in ranges.flat_map(|value| value.split(',')) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            let wanted = match tag.split('-').next().unwrap_or_default() {
                "da" => &mut danish,
                "en" => &mut english,
                "*" => {
                    others = quality;
                    continue;
                }
                _ => continue,
            };
            *wanted = Some(wanted.map_or(quality, |best: f32| best.max(quality)));
        }
        if english.unwrap_or(others) > danish.unwrap_or(others) {
            Self::English
        } else {
            Self::Danish
        }
    }

    /// The same language of what is written to her.
    pub const fn of_messages(self) -> jobnet_messages::Language {
        match self {
            Self::Danish => jobnet_messages::Language::Da,
            Self::English => jobnet_messages::Language::En,
        }
    }

    /// Its language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_language_wins_and_danish_breaks_ties() {
        for (header, expected) in [
            ("", Language::Danish),
            ("en", Language::English),
            ("en-GB,en;q=0.9,da;q=0.8", Language::English),
            ("da, en;q=0.9", Language::Danish),
            ("de, en;q=0.5", Language::English),
            ("de, *;q=0.5", Language::Danish),
            ("da;q=0, en;q=0.1", Language::English),
            ("da;q=0, *", Language::English),
            ("en;q=nonsense", Language::Danish),
            ("fr", Language::Danish),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
            assert_eq!(Language::of(&headers), expected, "{header}");
        }
        assert_eq!(Language::of(&HeaderMap::new()), Language::Danish);
    }
}
