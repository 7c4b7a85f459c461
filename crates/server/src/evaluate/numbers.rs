//! JSON in which every hour and every krone has exactly two decimals.
//!
//! All floats of the wire types are hours or kroner (whole hundredths); counts are integers and
//! stay as they are.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Appends a value over several lines, for people.
pub(super) fn write_pretty(output: &mut Vec<u8>, value: &impl Serialize) -> serde_json::Result<()> {
    write(output, value, PrettyFormatter::new())
}

/// Appends a value on one line, for programs.
pub(super) fn write_line(output: &mut Vec<u8>, value: &impl Serialize) -> serde_json::Result<()> {
    write(output, value, CompactFormatter)
}

fn write(
    output: &mut Vec<u8>,
    value: &impl Serialize,
    layout: impl Formatter,
) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *output, TwoDecimals(layout)))?;
    output.push(b'\n');
    Ok(())
}

/// Another formatter's layout with our numbers.
struct TwoDecimals<F>(F);

/// Hands methods over to the inner formatter.
macro_rules! delegate {
    ($($method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$method(writer $(, $argument)*)
        }
    )*};
}

impl<F: Formatter> Formatter for TwoDecimals<F> {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        write!(writer, "{value:.2}")
    }

    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}
