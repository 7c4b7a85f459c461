//! JSON as text: what stands next in it.
//!
//! It must not know what is made of it. Few of these functions are wanted inside those who call them:
//! they are called in many places, and each would be the longer for it.

/// How deep values may stand in each other.
const DEEPEST: u32 = 128;

/// What was being read when it could not be: a field, or nothing that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unread(pub(super) &'static str);

pub(super) type Result<T> = std::result::Result<T, Unread>;

pub(super) const UNREAD: Unread = Unread("");

/// A text, and how far it is read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    deep: u32,
    /// The last text that had to be put together.
    unescaped: String,
}

/// A number as it stands there.
pub(super) enum Number {
    Whole(u64),
    Negative(i64),
    Other(f64),
}

impl<'a> Reader<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, deep: 0, unescaped: String::new() }
    }

    /// The line, and the field if it has a name.
    #[inline(never)]
    pub(super) fn place(&self, Unread(field): Unread) -> String {
        let before = self.bytes.get(..self.at).unwrap_or(self.bytes);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let line = line.to_string();
        if field.is_empty() { line } else { [&line, " (", field, ")"].concat() }
    }

    /// The next byte that is no space; 0 at the end.
    #[inline(never)]
    pub(super) fn peek(&mut self) -> u8 {
        while let Some(byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    /// The byte here, even a space; 0 at the end.
    fn here(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline(never)]
    pub(super) fn take(&mut self, wanted: u8) -> Result<()> {
        if self.peek() != wanted {
            return Err(UNREAD);
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn end(&mut self) -> Result<()> {
        self.peek();
        if self.at == self.bytes.len() { Ok(()) } else { Err(UNREAD) }
    }

    #[inline(never)]
    fn word(&mut self, word: &str) -> Result<()> {
        self.peek();
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(UNREAD);
        }
        self.at += word.len();
        Ok(())
    }

    pub(super) fn flag(&mut self) -> Result<bool> {
        let flag = self.peek() == b't';
        self.word(if flag { "true" } else { "false" })?;
        Ok(flag)
    }

    #[inline(never)]
    pub(super) fn nothing(&mut self) -> Result<()> {
        self.word("null")
    }

    #[inline(never)]
    pub(super) fn open(&mut self, bracket: u8) -> Result<()> {
        self.take(bracket)?;
        self.deep += 1;
        if self.deep > DEEPEST { Err(UNREAD) } else { Ok(()) }
    }

    #[inline(never)]
    pub(super) fn close(&mut self, bracket: u8) -> Result<()> {
        self.deep -= 1;
        self.take(bracket)
    }

    /// Whether another item comes before the bracket.
    #[inline(never)]
    pub(super) fn another(&mut self, first: &mut bool, bracket: u8) -> Result<bool> {
        if self.peek() == bracket {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.take(b',')?;
        }
        Ok(true)
    }

    fn digits(&mut self, mut each: impl FnMut(u8)) -> Result<()> {
        let from = self.at;
        while self.here().is_ascii_digit() {
            each(self.here() - b'0');
            self.at += 1;
        }
        if self.at == from { Err(UNREAD) } else { Ok(()) }
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> Result<Number> {
        let negative = self.peek() == b'-';
        let from = self.at;
        self.at += usize::from(negative);
        let leading = self.at;
        // Its digits without the point, if they are few enough; and how many stand behind it.
        let (mut whole, mut behind) = (Some(0_u64), 0_i32);
        let mut add = |digit: u8| {
            whole = whole.and_then(|whole| whole.checked_mul(10)?.checked_add(digit.into()));
        };
        self.digits(&mut add)?;
        if self.bytes[leading] == b'0' && self.at > leading + 1 {
            return Err(UNREAD);
        }
        let mut is_whole = true;
        if self.here() == b'.' {
            is_whole = false;
            self.at += 1;
            self.digits(|digit| {
                add(digit);
                behind += 1;
            })?;
        }
        let mut is_scaled = false;
        if matches!(self.here(), b'e' | b'E') {
            is_scaled = true;
            self.at += 1;
            self.at += usize::from(matches!(self.here(), b'+' | b'-'));
            self.digits(|_| ())?;
        }
        match whole {
            Some(whole) if is_whole && !is_scaled && !negative => return Ok(Number::Whole(whole)),
            Some(whole) if is_whole && !is_scaled && whole != 0 => {
                if let Some(negative) = 0_i64.checked_sub_unsigned(whole) {
                    return Ok(Number::Negative(negative));
                }
            }
            // Both are exact, and so their quotient is the nearest there is.
            Some(whole) if !is_scaled && whole < 1 << 53 && behind <= 22 => {
                let mut number = whole as f64;
                let mut scale = 1.0;
                (0..behind).for_each(|_| scale *= 10.0);
                number /= scale;
                return Ok(Number::Other(if negative { -number } else { number }));
            }
            _ => {}
        }
        let text = std::str::from_utf8(&self.bytes[from..self.at]).map_err(|_| UNREAD)?;
        let number = float(text);
        if number.is_finite() { Ok(Number::Other(number)) } else { Err(UNREAD) }
    }

    #[inline(never)]
    pub(super) fn unsigned(&mut self) -> Result<u64> {
        match self.number()? {
            Number::Whole(number) => Ok(number),
            _ => Err(UNREAD),
        }
    }

    #[inline(never)]
    pub(super) fn signed(&mut self) -> Result<i64> {
        match self.number()? {
            Number::Whole(number) => number.try_into().map_err(|_| UNREAD),
            Number::Negative(number) => Ok(number),
            Number::Other(_) => Err(UNREAD),
        }
    }

    #[inline(never)]
    pub(super) fn float(&mut self) -> Result<f64> {
        Ok(match self.number()? {
            Number::Whole(number) => number as f64,
            Number::Negative(number) => number as f64,
            Number::Other(number) => number,
        })
    }

    #[inline(never)]
    pub(super) fn text(&mut self) -> Result<&str> {
        self.take(b'"')?;
        let from = self.at;
        loop {
            match self.here() {
                b'"' => break,
                b'\\' => return self.escaped(from),
                0..0x20 => return Err(UNREAD),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        std::str::from_utf8(&self.bytes[from..self.at - 1]).map_err(|_| UNREAD)
    }

    /// A text with something escaped here.
    #[inline(never)]
    fn escaped(&mut self, mut from: usize) -> Result<&str> {
        self.unescaped.clear();
        loop {
            let byte = self.here();
            if matches!(byte, b'"' | b'\\') {
                let plain = &self.bytes[from..self.at];
                self.unescaped.push_str(std::str::from_utf8(plain).map_err(|_| UNREAD)?);
                self.at += 1;
                if byte == b'"' {
                    return Ok(&self.unescaped);
                }
                let character = self.escape()?;
                self.unescaped.push(character);
                from = self.at;
            } else if byte < 0x20 {
                return Err(UNREAD);
            } else {
                self.at += 1;
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let byte = self.here();
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                let code = if (0xD800..0xDC00).contains(&unit) {
                    if self.here() != b'\\' || self.bytes.get(self.at + 1) != Some(&b'u') {
                        return Err(UNREAD);
                    }
                    self.at += 2;
                    let low = self.unit()?.wrapping_sub(0xDC00);
                    if low >= 0x400 {
                        return Err(UNREAD);
                    }
                    0x10000 + ((unit - 0xD800) << 10) + low
                } else {
                    unit
                };
                char::from_u32(code).ok_or(UNREAD)?
            }
            _ => return Err(UNREAD),
        })
    }

    /// Four hexadecimal digits.
    #[inline(never)]
    fn unit(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.here()).to_digit(16).ok_or(UNREAD)?;
            self.at += 1;
        }
        Ok(unit)
    }

    /// The place of a text among names; behind the last if it is none of them.
    #[inline(never)]
    pub(super) fn one_of(&mut self, names: &[&str]) -> Result<u32> {
        let text = self.text()?;
        let place = names.iter().position(|name| *name == text);
        Ok(place.unwrap_or(names.len()) as u32)
    }

    /// Passes over a value.
    #[inline(never)]
    pub(super) fn skip(&mut self) -> Result<()> {
        let mut first = true;
        match self.peek() {
            b'"' => self.text().map(drop),
            b'n' => self.nothing(),
            b't' | b'f' => self.flag().map(drop),
            b'[' => {
                self.open(b'[')?;
                while self.another(&mut first, b']')? {
                    self.skip()?;
                }
                self.close(b']')
            }
            b'{' => {
                self.open(b'{')?;
                while self.another(&mut first, b'}')? {
                    self.text()?;
                    self.take(b':')?;
                    self.skip()?;
                }
                self.close(b'}')
            }
            _ => self.number().map(drop),
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn float(text: &str) -> f64 {
    wasm_bindgen::JsValue::from_str(text).unchecked_into_f64()
}

#[cfg(not(target_arch = "wasm32"))]
fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
