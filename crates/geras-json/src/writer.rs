//! Writes shapes as the text of JSON, on one line or with a line for each entry. It cannot fail, so that no caller carries a way out: the browser's module is smaller for it.
//! Knows no shape.

use std::fmt::{self, Display, Write as _};

use serde::Serialize;
use serde::ser::{Error, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct, Serializer};

/// How `serde_json` marks a text that is JSON already, such as the digits of an exact number.
const RAW: &str = "$serde_json::private::RawValue";

/// A shape on one line.
pub(crate) fn on_one_line(value: &(impl Serialize + ?Sized)) -> String {
    written(value, false)
}

/// A shape as a person reads it: two blanks further in for each bracket.
pub(crate) fn indented(value: &(impl Serialize + ?Sized)) -> String {
    written(value, true)
}

fn written(value: &(impl Serialize + ?Sized), indented: bool) -> String {
    let mut writer = Writer { out: String::new(), depth: 0, indented, raw: false };
    let done = value.serialize(&mut writer);
    debug_assert!(done.is_ok(), "a shape of what JSON does not know");
    writer.out
}

struct Writer {
    out: String,
    depth: usize,
    indented: bool,
    /// Whether the next text is JSON already.
    raw: bool,
}

/// What a shape of the project never does: hold numbers that are not exact, bytes, or say that it cannot be written.
#[derive(Debug)]
struct Unwritable;

impl Display for Unwritable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("it cannot be written as JSON")
    }
}

impl std::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Unwritable>;

impl Writer {
    fn plain(&mut self, value: &dyn Display) -> Done {
        let written = write!(self.out, "{value}");
        debug_assert!(written.is_ok(), "a text takes every letter");
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, 0..0x20 | b'"' | b'\\')) {
            self.out.push_str(text.get(from..at).unwrap_or_default());
            from = at + 1;
            self.out.push('\\');
            match byte {
                b'\n' => self.out.push('n'),
                b'\r' => self.out.push('r'),
                b'\t' => self.out.push('t'),
                0x08 => self.out.push('b'),
                0x0c => self.out.push('f'),
                0..0x20 => {
                    let written = write!(self.out, "u{byte:04x}");
                    debug_assert!(written.is_ok(), "a text takes every letter");
                }
                _ => self.out.push(char::from(byte)),
            }
        }
        self.out.push_str(text.get(from..).unwrap_or_default());
        self.out.push('"');
    }

    fn open(&mut self, bracket: char, close: char) -> Entries<'_> {
        self.out.push(bracket);
        self.depth += 1;
        Entries { writer: self, empty: true, close }
    }

    /// The only key of an object, for a variant with contents.
    fn variant(&mut self, name: &str) -> Entries<'_> {
        let mut entries = self.open('{', '}');
        entries.key(name);
        entries
    }

    fn break_line(&mut self) {
        if self.indented {
            self.out.push('\n');
            (0..self.depth).for_each(|_| self.out.push_str("  "));
        }
    }
}

/// The entries of a list or an object.
struct Entries<'w> {
    writer: &'w mut Writer,
    empty: bool,
    close: char,
}

impl Entries<'_> {
    fn next(&mut self) {
        if !self.empty {
            self.writer.out.push(',');
        }
        self.empty = false;
        self.writer.break_line();
    }

    fn colon(&mut self) {
        self.writer.out.push_str(if self.writer.indented { ": " } else { ":" });
    }

    fn key(&mut self, key: &str) {
        self.next();
        self.writer.text(key);
        self.colon();
    }

    fn close(self) -> Done {
        self.writer.depth -= 1;
        if !self.empty {
            self.writer.break_line();
        }
        self.writer.out.push(self.close);
        Ok(())
    }
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Entries<'w>;
    type SerializeTuple = Entries<'w>;
    type SerializeTupleStruct = Entries<'w>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Entries<'w>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, value: bool) -> Done {
        self.plain(&value)
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.plain(&value)
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.plain(&value)
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.plain(&value)
    }

    fn serialize_i64(self, value: i64) -> Done {
        self.plain(&value)
    }

    fn serialize_i128(self, value: i128) -> Done {
        self.plain(&value)
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.plain(&value)
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.plain(&value)
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.plain(&value)
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.plain(&value)
    }

    fn serialize_u128(self, value: u128) -> Done {
        self.plain(&value)
    }

    fn serialize_f32(self, _: f32) -> Done {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Done {
        Err(Unwritable)
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Done {
        if self.raw {
            self.out.push_str(text);
        } else {
            self.text(text);
        }
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, name: &'static str, value: &T) -> Done {
        let entries = self.variant(name);
        value.serialize(&mut *entries.writer)?;
        entries.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries<'w>, Unwritable> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Entries<'w>, Unwritable> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Entries<'w>, Unwritable> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'w>, Unwritable> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Entries<'w>, Unwritable> {
        if name == RAW {
            self.raw = true;
            return Ok(Entries { writer: self, empty: true, close: '}' });
        }
        Ok(self.open('{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        Err(Unwritable)
    }
}

impl SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.next();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        self.close()
    }
}

impl SerializeTuple for Entries<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Done {
        self.close()
    }
}

impl SerializeTupleStruct for Entries<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Done {
        self.close()
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// Keys of shapes are texts.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.next();
        key.serialize(&mut *self.writer)?;
        self.colon();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        self.close()
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        if !self.writer.raw {
            self.key(key);
        }
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        if self.writer.raw {
            self.writer.raw = false;
            return Ok(());
        }
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::Value;
    use serde_json::value::RawValue;

    use super::{indented, on_one_line};

    #[derive(Serialize)]
    enum Kind {
        Plain,
        Holding(u8),
    }

    #[derive(Serialize)]
    struct Shape<'a> {
        text: &'a str,
        number: i128,
        exact: Box<RawValue>,
        nothing: Option<bool>,
        list: (u8, char, Kind, Kind),
        #[serde(flatten)]
        more: BTreeMap<&'a str, Option<Vec<()>>>,
    }

    #[test]
    fn it_is_what_serde_writes() -> Result<(), serde_json::Error> {
        let exact = RawValue::from_string("12.90".to_owned())?;
        let more = BTreeMap::from([("a", None), ("b", Some(Vec::new())), ("c", Some(vec![(), ()]))]);
        let list = (1, '"', Kind::Plain, Kind::Holding(2));
        let shape = Shape { text: "甲：\"乙\" \\ \n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}é", number: -1, exact, nothing: None, list, more };
        assert_eq!(on_one_line(&shape), serde_json::to_string(&shape)?);
        assert_eq!(indented(&shape), serde_json::to_string_pretty(&shape)?);
        for line in ["{}", "[]", "1", "\"a\"", "[[],{},[{}]]", r#"{"a":1,"b":[1,2,{"c":null}],"d":{"e":"x, y: {z} [w]","f":""}}"#] {
            let value: Value = serde_json::from_str(line)?;
            assert_eq!(on_one_line(&value), line);
            assert_eq!(indented(&value), serde_json::to_string_pretty(&value)?);
        }
        Ok(())
    }
}
