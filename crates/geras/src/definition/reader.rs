//! Reading typed values out of the YAML tree. Keys that nobody asks for are unknown keys; all faults are gathered, none stops the reading.

use rust_decimal::Decimal;

use super::form::{ExpressionText, Id, Literal};
use super::text::{Date, Texts};
use crate::source::{Diagnostic, Entry, Kind, Scalar, ScalarStyle, Severity, Source, Span, Spanned, Value, closest};

/// Gathers the faults of one text while it is read.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Source,
    pub(crate) faults: Vec<Diagnostic>,
}

/// The keys of one mapping, while they are being asked for.
pub(crate) struct Fields<'a> {
    what: &'static str,
    span: Span,
    entries: &'a [Entry],
    known: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, faults: Vec::new() }
    }

    pub(crate) fn error(&mut self, name: &'static str, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.faults.push(Diagnostic::new(name, Severity::Error, self.source, span, message));
        let last = self.faults.len() - 1;
        // INVARIANT: the vector was pushed to in the line above.
        #[allow(clippy::indexing_slicing, reason = "pushed just above")]
        &mut self.faults[last]
    }

    pub(crate) fn help(&mut self, name: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.error(name, span, message).help = Some(help.into());
    }

    fn wrong_kind(&mut self, value: &Value, wanted: &str) {
        let found = match &value.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Scalar(scalar) => format!("`{}`", shortened(&scalar.text)),
            Kind::Sequence(_) => "a list".to_owned(),
            Kind::Mapping(entries) if entries.is_empty() => "nothing".to_owned(),
            Kind::Mapping(_) => "keys with values".to_owned(),
        };
        self.error("wrong-kind", value.span, format!("{wanted} is expected here, but {found} was written"));
    }

    /// The keys of a mapping that is `what`; a fault and `None` where it is none.
    pub(crate) fn fields(&mut self, value: &'a Value, what: &'static str) -> Option<Fields<'a>> {
        match &value.kind {
            Kind::Mapping(entries) => Some(Fields { what, span: value.span, entries, known: Vec::new() }),
            _ => {
                self.wrong_kind(value, &format!("{what} with its keys"));
                None
            }
        }
    }

    /// The entries of a mapping whose keys the author chooses.
    pub(crate) fn named(&mut self, value: &'a Value, what: &str) -> &'a [Entry] {
        match &value.kind {
            Kind::Mapping(entries) => entries,
            _ => {
                self.wrong_kind(value, what);
                &[]
            }
        }
    }

    pub(crate) fn list(&mut self, value: &'a Value, what: &str) -> &'a [Value] {
        match &value.kind {
            Kind::Sequence(values) => values,
            _ => {
                self.wrong_kind(value, what);
                &[]
            }
        }
    }

    pub(crate) fn scalar(&mut self, value: &'a Value, wanted: &str) -> Option<&'a Scalar> {
        match &value.kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_kind(value, wanted);
                None
            }
        }
    }

    pub(crate) fn text(&mut self, value: &'a Value, wanted: &str) -> Option<Id> {
        let text = self.scalar(value, wanted)?.text.clone();
        Some(Spanned::new(text, value.span))
    }

    /// An id: lower case, digits, and `between` (underscore in names that expressions use, hyphen in file names).
    pub(crate) fn id(&mut self, value: &'a Value, between: char) -> Option<Id> {
        let id = self.text(value, "an id")?;
        self.check_id(&id, between);
        Some(id)
    }

    pub(crate) fn check_id(&mut self, id: &Id, between: char) {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == between;
        if !id.value.starts_with(|c: char| c.is_ascii_lowercase()) || !id.value.chars().all(fine) {
            let message = format!("`{}` cannot be an id", shortened(&id.value));
            let rule = if between == '_' { "underscores" } else { "hyphens" };
            self.help("wrong-id", id.span, message, format!("an id begins with a small letter and holds small letters, digits and {rule}"));
        } else if between == '_' && RESERVED.contains(&id.value.as_str()) {
            let message = format!("`{}` cannot be an id, because expressions use it as a word", id.value);
            self.help("wrong-id", id.span, message, "choose another id");
        }
    }

    pub(crate) fn number(&mut self, value: &'a Value) -> Option<Decimal> {
        if let Kind::Scalar(scalar) = &value.kind
            && scalar.style == ScalarStyle::Plain
            && let Some(number) = number(&scalar.text)
        {
            return Some(number);
        }
        self.wrong_kind(value, "a number");
        None
    }

    pub(crate) fn count(&mut self, value: &'a Value) -> Option<usize> {
        if let Kind::Scalar(scalar) = &value.kind
            && let Ok(count) = scalar.text.parse::<usize>()
        {
            return Some(count);
        }
        self.wrong_kind(value, "a whole number");
        None
    }

    pub(crate) fn boolean(&mut self, value: &'a Value) -> Option<bool> {
        match &value.kind {
            Kind::Scalar(scalar) if scalar.style == ScalarStyle::Plain && scalar.text == "true" => Some(true),
            Kind::Scalar(scalar) if scalar.style == ScalarStyle::Plain && scalar.text == "false" => Some(false),
            _ => {
                self.wrong_kind(value, "`true` or `false`");
                None
            }
        }
    }

    pub(crate) fn date(&mut self, value: &'a Value) -> Option<Spanned<Date>> {
        let text = self.scalar(value, "a date")?;
        match Date::parse(&text.text) {
            Some(date) => Some(Spanned::new(date, value.span)),
            None => {
                self.wrong_kind(value, "a date like 2022-12-30");
                None
            }
        }
    }

    pub(crate) fn range(&mut self, value: &'a Value) -> Option<(Decimal, Decimal)> {
        let ends = self.list(value, "a range like [0, 32]");
        let [low, high] = ends else {
            if !ends.is_empty() || matches!(value.kind, Kind::Sequence(_)) {
                self.error("wrong-kind", value.span, "a range has two numbers, the lowest and the highest");
            }
            return None;
        };
        let (low, high) = (self.number(low)?, self.number(high)?);
        if low > high {
            self.error("wrong-kind", value.span, format!("the range ends at {high}, below its beginning at {low}"));
            return None;
        }
        Some((low, high))
    }

    pub(crate) fn literal(&mut self, value: &'a Value) -> Option<Literal> {
        let scalar = self.scalar(value, "a number, a code or `true` / `false`")?;
        Some(Literal { text: scalar.text.clone(), quoted: scalar.style != ScalarStyle::Plain, span: value.span })
    }

    pub(crate) fn expression(&mut self, value: &'a Value) -> Option<ExpressionText> {
        let scalar = self.scalar(value, "an expression")?;
        Some(ExpressionText { scalar: scalar.clone(), span: value.span })
    }

    pub(crate) fn texts(&mut self, value: &'a Value) -> Option<Texts> {
        let mut languages = Vec::new();
        for entry in self.named(value, "a text in its languages, like {zh: ..., en: ...}") {
            if let Some(text) = self.text(&entry.value, "a text") {
                languages.push((entry.key.clone(), text.value.trim().to_owned()));
            }
        }
        if let Kind::Mapping(entries) = &value.kind
            && entries.is_empty()
        {
            self.wrong_kind(value, "a text in its languages, like {zh: ..., en: ...}");
        }
        (!languages.is_empty()).then_some(Texts { span: value.span, languages })
    }

    /// One id or a list of ids.
    pub(crate) fn ids(&mut self, value: &'a Value) -> Vec<Id> {
        match &value.kind {
            Kind::Scalar(_) => self.text(value, "an id").into_iter().collect(),
            _ => {
                let list = self.list(value, "an id or a list of ids");
                if list.is_empty() && matches!(value.kind, Kind::Sequence(_)) {
                    self.error("wrong-kind", value.span, "the list is empty, and at least one id is expected");
                }
                list.iter().filter_map(|id| self.text(id, "an id")).collect()
            }
        }
    }

    /// A word of a closed list.
    pub(crate) fn word<T: Copy>(&mut self, value: &'a Value, what: &str, words: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let text = self.text(value, what)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*meaning, text.span));
        }
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` is not {what}", shortened(&text.value));
        let help = did_you_mean(&text.value, &all);
        self.help("unknown-word", text.span, message, help);
        None
    }
}

impl<'a> Fields<'a> {
    /// The value of a key, if it was written with one; a key with nothing behind it is reported by `finish`.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value).filter(|value| value.kind != Kind::Null)
    }

    /// The value of a key that must be there.
    pub(crate) fn need(&mut self, reader: &mut Reader<'a>, key: &'static str) -> Option<&'a Value> {
        let found = self.get(key);
        if found.is_none() {
            let place = Span::new(self.span.start, self.span.start + 1);
            let written = self.entries.iter().find(|entry| entry.key.value == key);
            if written.is_none() {
                reader.help("missing-key", place, format!("{} needs the key `{key}`", self.what), format!("add `{key}: ...`"));
            }
        }
        found
    }

    /// The place of the mapping.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The place of a key, or of the mapping's beginning.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        let written = self.entries.iter().find(|entry| entry.key.value == key);
        written.map_or(Span::new(self.span.start, self.span.start + 1), |entry| entry.key.span)
    }

    /// Reports every key that was not asked for, and every key with nothing behind it.
    pub(crate) fn finish(self, reader: &mut Reader<'a>) {
        for entry in self.entries {
            if entry.value.kind == Kind::Null && self.known.contains(&entry.key.value.as_str()) {
                let message = format!("nothing is written behind `{}`", entry.key.value);
                reader.help("wrong-kind", entry.key.span, message, "write its value, or take the key away");
            }
            if !self.known.contains(&entry.key.value.as_str()) {
                let message = format!("{} has no key `{}`", self.what, shortened(&entry.key.value));
                let help = did_you_mean(&entry.key.value, &self.known);
                reader.help("unknown-key", entry.key.span, message, help);
            }
        }
    }
}

/// Words that expressions give a meaning to.
const RESERVED: [&str; 36] = [
    "true",
    "false",
    "if",
    "else",
    "in",
    "let",
    "const",
    "while",
    "loop",
    "for",
    "do",
    "until",
    "switch",
    "return",
    "throw",
    "try",
    "catch",
    "fn",
    "this",
    "min",
    "max",
    "abs",
    "floor",
    "ceiling",
    "round",
    "answered",
    "years_between",
    "days_between",
    "minutes_between",
    "assessed_on",
    "grade",
    "preliminary_grade",
    "any",
    "done",
    "proposal",
    "routing",
];

/// A plain YAML number as an exact decimal. Exponents, hexadecimal and `inf` are no numbers here.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let fine = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.ends_with(|c: char| c.is_ascii_digit());
    let only = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    (fine && only).then(|| Decimal::from_str_exact(text).ok()).flatten().map(|number| number.normalize())
}

/// "did you mean", or else the whole list.
pub(crate) fn did_you_mean(wrong: &str, known: &[&str]) -> String {
    match closest(wrong, known.iter().copied()) {
        Some(right) => format!("did you mean `{right}`?"),
        None if known.is_empty() => "there are none".to_owned(),
        None => format!("one of: {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// At most forty characters of what an author wrote, on one line.
pub(crate) fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().count() > 40 { format!("{line}…") } else { line }
}
