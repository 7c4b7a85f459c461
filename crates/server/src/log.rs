//! Logging: one JSON object a line on standard output, for machines. Never personal data: no
//! names, no CPR numbers, no query strings, no bodies. A last net blots out what looks like a CPR
//! number even so.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// This layer writes whole addresses, whatever the filter says.
const SILENT: &str = "tower_http::csrf=off";

/// The filter of the log is malformed.
#[derive(Debug, thiserror::Error)]
#[error("log.filter “{filter}” cannot be used: {source}")]
pub struct FilterError {
    filter: String,
    source: tracing_subscriber::filter::ParseError,
}

/// Starts logging to standard output. A second call does nothing.
///
/// # Errors
/// When the filter is malformed.
pub fn start(filter: &str) -> Result<(), FilterError> {
    let _already_started =
        subscriber(filter, io::stdout).map(tracing::subscriber::set_global_default)?;
    Ok(())
}

/// The log as a subscriber that writes to `target`.
///
/// # Errors
/// When the filter is malformed.
pub fn subscriber<W>(
    filter: &str,
    target: W,
) -> Result<impl tracing::Subscriber + Send + Sync, FilterError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let malformed = |source| FilterError { filter: filter.to_owned(), source };
    let silent = SILENT.parse().map_err(malformed)?;
    let filter = EnvFilter::try_new(filter).map_err(malformed)?.add_directive(silent);
    Ok(tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(Redacting(target))
        .finish())
}

/// Writes what it is given with CPR numbers blotted out. The JSON layer hands over whole lines.
struct Redacting<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = Redacting<W::Writer>;
    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut copy = line.to_vec();
        redact_cpr(&mut copy);
        self.0.write_all(&copy)?;
        Ok(line.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Replaces the digits of every `DDMMYYNNNN` or `DDMMYY-NNNN` that stands alone and could be a
/// date (synthetic numbers: months 81–92).
fn redact_cpr(line: &mut [u8]) {
    let mut start = 0;
    while start < line.len() {
        let run = line[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
            .count();
        if run == 0 {
            start += 1;
            continue;
        }
        let word = &mut line[start..start + run];
        let hyphen_fits = word.len() == 10 || (word.len() == 11 && word[6] == b'-');
        let digits: Vec<u8> = word.iter().copied().filter(u8::is_ascii_digit).collect();
        if hyphen_fits && digits.len() == 10 && is_cpr_date(&digits) {
            word.iter_mut().filter(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = b'*');
        }
        start += run;
    }
}

fn is_cpr_date(digits: &[u8]) -> bool {
    let pair = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    // 60 is added to the day of a replacement number.
    matches!(pair(0), 1..=31 | 61..=91) && matches!(pair(2), 1..=12 | 81..=92)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpr_numbers_are_blotted_out_and_nothing_else() {
        for (line, expected) in [
            ("cpr 0101701234.", "cpr **********."),
            ("\"311299-1234\"", "\"******-****\""),
            ("119 018512-4321 !", "119 ******-**** !"),
            ("0113701234", "0113701234"),
            ("id a0101701234", "id a0101701234"),
            ("2026-11-22T10:00:00.123456Z", "2026-11-22T10:00:00.123456Z"),
            ("01017012345", "01017012345"),
        ] {
            let mut bytes = line.as_bytes().to_vec();
            redact_cpr(&mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        }
    }
}
