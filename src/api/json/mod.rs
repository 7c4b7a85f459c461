//! Reads answers: JSON (RFC 8259), straight into what it says.
//!
//! It is here because of what it is not: each kind of answer brings a reader of its own into the page,
//! and this one keeps that small. A field is found by its number, not by its name; what is wrong is a
//! place and not a sentence; and a number that needs the long tables of rounding is read by the browser.

mod text;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};

use text::{Number, Reader, Result, UNREAD, Unread};

/// Reads a text.
///
/// # Errors
/// It is not JSON, or does not say what is asked for; with the line, and the field if it has a name.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> std::result::Result<T, String> {
    let mut reader = Reader::of(text);
    let value = T::deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|unread| reader.place(unread))
}

/// What stands between brackets: items, or names with values. Whether a name that is not known is
/// passed over or refused, its type decides.
struct Inside<'r, 'a> {
    reader: &'r mut Reader<'a>,
    names: Option<&'static [&'static str]>,
    first: bool,
}

impl<'r, 'a> Inside<'r, 'a> {
    fn of(reader: &'r mut Reader<'a>, names: Option<&'static [&'static str]>) -> Self {
        Self { reader, names, first: true }
    }

    /// The place of the next name among those that are known; behind the last, one that is not.
    #[inline(never)]
    fn next_place(&mut self, names: &[&str]) -> Result<Option<u32>> {
        if !self.reader.another(&mut self.first, b'}')? {
            return Ok(None);
        }
        let place = self.reader.one_of(names)?;
        self.reader.take(b':')?;
        Ok(Some(place))
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, '_> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.reader.another(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Inside<'_, '_> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if let Some(names) = self.names {
            return match self.next_place(names)? {
                Some(place) => seed.deserialize(place.into_deserializer()).map(Some),
                None => Ok(None),
            };
        }
        if !self.reader.another(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.reader.peek() != b'"' {
            return Err(UNREAD);
        }
        let key = seed.deserialize(&mut *self.reader)?;
        self.reader.take(b':')?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

/// The variant of an enum, with a value or without.
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    place: u32,
    has_value: bool,
}

impl<'de, 'r, 'a> EnumAccess<'de> for Variant<'r, 'a> {
    type Error = Unread;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let variant = seed.deserialize(self.place.into_deserializer())?;
        Ok((variant, self))
    }
}

impl<'r, 'a> Variant<'r, 'a> {
    fn value(self) -> Result<&'r mut Reader<'a>> {
        if self.has_value { Ok(self.reader) } else { Err(UNREAD) }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Unread;

    fn unit_variant(self) -> Result<()> {
        if self.has_value { self.reader.nothing() } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.value()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.value()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.value()?.deserialize_struct("", names, visitor)
    }
}

/// Methods that read one thing and show it.
macro_rules! shown {
    ($($method:ident => $read:ident, $show:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$show(self.$read()?)
        })*
    };
}

/// Methods that are another one.
macro_rules! same {
    ($($method:ident($($argument:ident: $kind:ty),*) => $other:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value> {
            self.$other(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Unread;

    shown! {
        deserialize_bool => flag, visit_bool;
        deserialize_u64 => unsigned, visit_u64;
        deserialize_i64 => signed, visit_i64;
        deserialize_f64 => float, visit_f64;
        deserialize_str => text, visit_str;
    }

    same! {
        deserialize_u8() => deserialize_u64;
        deserialize_u16() => deserialize_u64;
        deserialize_u32() => deserialize_u64;
        deserialize_i8() => deserialize_i64;
        deserialize_i16() => deserialize_i64;
        deserialize_i32() => deserialize_i64;
        deserialize_f32() => deserialize_f64;
        deserialize_char() => deserialize_str;
        deserialize_string() => deserialize_str;
        deserialize_bytes() => deserialize_seq;
        deserialize_byte_buf() => deserialize_seq;
        deserialize_identifier() => deserialize_str;
        deserialize_unit_struct(_name: &'static str) => deserialize_unit;
        deserialize_tuple(_size: usize) => deserialize_seq;
        deserialize_tuple_struct(_name: &'static str, _size: usize) => deserialize_seq;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek() {
            b'"' => self.deserialize_str(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'{' => self.deserialize_map(visitor),
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            _ => match self.number()? {
                Number::Whole(number) => visitor.visit_u64(number),
                Number::Negative(number) => visitor.visit_i64(number),
                Number::Other(number) => visitor.visit_f64(number),
            },
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.nothing()?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() == b'n' {
            self.nothing()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Inside::of(self, None))?;
        self.close(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.open(b'{')?;
        let value = visitor.visit_map(Inside::of(self, None))?;
        self.close(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.open(b'{')?;
        let value = visitor.visit_map(Inside::of(self, Some(names)))?;
        self.close(b'}')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let has_value = self.peek() != b'"';
        if has_value {
            self.open(b'{')?;
        }
        let place = self.one_of(names)?;
        if has_value {
            self.take(b':')?;
        }
        let value = visitor.visit_enum(Variant { reader: &mut *self, place, has_value })?;
        if has_value {
            self.close(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.0)
    }
}

impl std::error::Error for Unread {}

// The sentences of the others would bring the words of every kind of answer.
impl de::Error for Unread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        UNREAD
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        UNREAD
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        UNREAD
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        UNREAD
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        UNREAD
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        UNREAD
    }

    fn missing_field(field: &'static str) -> Self {
        Self(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(field)
    }
}
