//! Composes the events of the YAML parser into a tree whose keys and values know their places. Types no scalar and knows no instrument.

mod fault;
mod origin;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use granit_parser::{Event, Parser, StructureStyle};

use super::diagnostic::Diagnostic;
use super::document::{Document, Entry, Kind, Scalar, ScalarStyle, Value};
use super::text::{Source, Span, Spanned};
use crate::sort::sort_by_key;
use crate::sorted::SortedMap;

/// The largest text that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// How deep lists and mappings may stand inside each other.
pub const MAX_DEPTH: usize = 64;
/// How many values a document may hold once every alias is replaced by what it stands for; each copy of a long text counts several times.
pub const MAX_NODES: usize = 200_000;
/// How often aliases may be used in a document.
pub const MAX_ALIASES: usize = 200;

/// Reads one YAML document.
///
/// # Errors
/// All faults that could be found, in file order. Reading goes on behind a duplicate key, a tag, a merge key or a key that is no text; it
/// ends at the first place that is not YAML, at a limit, and at a second document.
pub fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let size = source.text().len();
    if size > MAX_BYTES {
        let message = format!("the text has {size} bytes, and at most {MAX_BYTES} are read");
        return Err(vec![fault::limit(source, Span::new(0, 0), message).help("divide it into several files")]);
    }
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut composer = Composer::new(source);
    for next in Parser::new_from_str_with_options(source.text(), options) {
        let taken = match next {
            Ok((event, place)) => composer.take(event, place),
            Err(error) => composer.stop(fault::syntax(source, &error, &composer.surroundings())),
        };
        if taken.is_break() {
            break;
        }
    }
    composer.finish()
}

/// A list or mapping that is not closed yet.
struct Frame {
    start: usize,
    flow: bool,
    anchor: usize,
    held: Held,
}

/// What a frame has gathered so far.
enum Held {
    Sequence(Vec<Value>),
    Mapping { entries: Vec<Entry>, key: Option<Spanned<String>> },
}

/// What an anchor stands for, with the cost of a copy.
struct Anchor {
    value: Value,
    weight: usize,
    height: usize,
}

struct Composer<'a> {
    source: &'a Source,
    faults: Vec<Diagnostic>,
    root: Option<Value>,
    stack: Vec<Frame>,
    anchors: SortedMap<usize, Anchor>,
    nodes: usize,
    aliases: usize,
    /// Where the last event ended.
    seen: usize,
    /// The last scalar.
    scalar: Option<Span>,
}

impl<'a> Composer<'a> {
    fn new(source: &'a Source) -> Self {
        let (faults, stack, anchors) = (Vec::new(), Vec::new(), SortedMap::new());
        Self { source, faults, root: None, stack, anchors, nodes: 0, aliases: 0, seen: 0, scalar: None }
    }

    /// Notes a fault behind which reading makes no sense.
    fn stop(&mut self, fault: Diagnostic) -> ControlFlow<()> {
        self.faults.push(fault);
        ControlFlow::Break(())
    }

    /// Takes in one event.
    fn take(&mut self, event: Event<'_>, place: granit_parser::Span) -> ControlFlow<()> {
        let span = place.byte_range().map_or(Span::new(self.seen, self.seen), |range| Span::new(range.start, range.end));
        let tag = place.tag_span().and_then(|tag| tag.byte_range()).map(|range| Span::new(range.start, range.end));
        if let Event::Scalar(.., Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) = &event {
            self.faults.push(fault::tag(self.source, tag.unwrap_or(span)));
        }
        let seen = std::mem::replace(&mut self.seen, span.end);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => return self.stop(fault::second_document(self.source, span)),
            // The place of an implicit start is that of the first token, which is still to come.
            Event::DocumentStart(false, _) => self.seen = seen,
            Event::Scalar(text, style, anchor, _) => {
                let value = self.scalar(text.into_owned(), style, span, seen);
                self.complete(value, anchor)?;
            }
            Event::SequenceStart(style, anchor, _) => self.open(style, anchor, span, Held::Sequence(Vec::new()))?,
            Event::MappingStart(style, anchor, _) => {
                self.open(style, anchor, span, Held::Mapping { entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(name) => {
                self.faults.push(fault::unknown_alias(self.source, span, &name));
                self.complete(Value { span, kind: Kind::Null }, 0)?;
            }
            // Start and end of the stream, end of the document, comments: they hold no value.
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn scalar(&mut self, text: String, style: granit_parser::ScalarStyle, span: Span, seen: usize) -> Value {
        let source = self.source.text();
        let (style, span, origin) = match style {
            granit_parser::ScalarStyle::Plain if span.start == span.end => {
                // The parser reports a missing value before its colon.
                let awaited = matches!(self.stack.last(), Some(Frame { held: Held::Mapping { key: Some(_), .. }, .. }));
                let behind_colon = awaited && source.get(span.end..).is_some_and(|rest| rest.starts_with(':'));
                let at = span.end + usize::from(behind_colon);
                return Value { span: Span::new(at, at), kind: Kind::Null };
            }
            granit_parser::ScalarStyle::Plain => (ScalarStyle::Plain, span, origin::plain(source, span, &text)),
            granit_parser::ScalarStyle::SingleQuoted => (ScalarStyle::Quoted, span, origin::single_quoted(source, span, &text)),
            granit_parser::ScalarStyle::DoubleQuoted => (ScalarStyle::Quoted, span, origin::double_quoted(source, span, &text)),
            granit_parser::ScalarStyle::Literal | granit_parser::ScalarStyle::Folded => {
                let (whole, origin) = origin::block(source, Span::new(seen, span.end), &text);
                (ScalarStyle::Block, whole, origin)
            }
        };
        self.scalar = Some(span);
        let null = style == ScalarStyle::Plain && matches!(text.as_str(), "~" | "null" | "Null" | "NULL");
        Value { span, kind: if null { Kind::Null } else { Kind::Scalar(Scalar { text, style, origin }) } }
    }

    fn open(&mut self, style: StructureStyle, anchor: usize, span: Span, held: Held) -> ControlFlow<()> {
        if self.stack.len() >= MAX_DEPTH {
            return self.stop(fault::depth(self.source, span));
        }
        self.stack.push(Frame { start: span.start, flow: style == StructureStyle::Flow, anchor, held });
        ControlFlow::Continue(())
    }

    fn close(&mut self, end: Span) -> ControlFlow<()> {
        let Some(Frame { start, flow, anchor, held }) = self.stack.pop() else { return ControlFlow::Continue(()) };
        if let Held::Mapping { entries, .. } = &held {
            self.duplicates(entries);
        }
        // The end of a block is only noticed at the next token, so the last value tells where it was.
        let last = match &held {
            Held::Sequence(values) => values.last().map(|value| value.span.end),
            Held::Mapping { entries, .. } => entries.last().map(|entry| entry.value.span.end),
        };
        let end = last.filter(|_| !flow).unwrap_or(end.end);
        let kind = match held {
            Held::Sequence(values) => Kind::Sequence(values),
            Held::Mapping { entries, .. } => Kind::Mapping(entries),
        };
        self.complete(Value { span: Span::new(start, end), kind }, anchor)
    }

    /// Puts a copy of what the alias stands for in its place, after weighing it.
    fn alias(&mut self, anchor: usize, span: Span) -> ControlFlow<()> {
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            return self.stop(fault::limit(self.source, span, format!("aliases are used more than {MAX_ALIASES} times")));
        }
        let Some(&Anchor { weight, height, .. }) = self.anchors.get(&anchor) else {
            self.faults.push(fault::endless_alias(self.source, span));
            return self.complete(Value { span, kind: Kind::Null }, 0);
        };
        if self.stack.len() + height > MAX_DEPTH {
            return self.stop(fault::depth(self.source, span));
        }
        self.grow(weight, span)?;
        if let Some(Anchor { value, .. }) = self.anchors.get(&anchor) {
            let value = Value { span, kind: value.kind.clone() };
            self.place(value);
        }
        ControlFlow::Continue(())
    }

    /// Counts a new value, remembers it if it has an anchor, and puts it in its place.
    fn complete(&mut self, value: Value, anchor: usize) -> ControlFlow<()> {
        self.grow(1, value.span)?;
        if anchor != 0 {
            let (weight, height) = measure(&value);
            // The anchor's own copy counts too: anchors inside anchors would multiply it.
            self.grow(weight, value.span)?;
            self.anchors.insert(anchor, Anchor { value: value.clone(), weight, height });
        }
        self.place(value);
        ControlFlow::Continue(())
    }

    fn grow(&mut self, weight: usize, span: Span) -> ControlFlow<()> {
        self.nodes = self.nodes.saturating_add(weight);
        if self.nodes > MAX_NODES {
            let message = format!("the document holds more than {MAX_NODES} values, those that aliases stand for included");
            return self.stop(fault::limit(self.source, span, message));
        }
        ControlFlow::Continue(())
    }

    fn place(&mut self, value: Value) {
        match self.stack.last_mut().map(|frame| &mut frame.held) {
            None => self.root = Some(value),
            Some(Held::Sequence(values)) => values.push(value),
            Some(Held::Mapping { entries, key }) => match key.take() {
                Some(key) => entries.push(Entry { key, value }),
                None => *key = Some(read_key(self.source, value, &mut self.faults)),
            },
        }
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        let mut first = BTreeMap::new();
        for Entry { key, .. } in entries {
            if let Some(&before) = first.get(key.value.as_str()) {
                self.faults.push(fault::duplicate_key(self.source, key, before));
            } else {
                first.insert(key.value.as_str(), key.span);
            }
        }
    }

    fn surroundings(&self) -> fault::Surroundings {
        let bracket = self.stack.last().filter(|frame| frame.flow).map(|frame| frame.start);
        fault::Surroundings { seen: self.seen, scalar: self.scalar, bracket }
    }

    fn finish(mut self) -> Result<Document, Vec<Diagnostic>> {
        // After a fault that ended the reading, mappings are still open and not yet searched for duplicates.
        while let Some(frame) = self.stack.pop() {
            if let Held::Mapping { entries, .. } = &frame.held {
                self.duplicates(entries);
            }
        }
        if self.faults.is_empty() {
            let root = self.root.unwrap_or(Value { span: Span::new(0, 0), kind: Kind::Null });
            return Ok(Document { source: self.source.clone(), root });
        }
        sort_by_key(&mut self.faults, |fault| (fault.primary.span, fault.name));
        Err(self.faults)
    }
}

/// The text of a key. A key that is refused is kept as it was written, so that reading can go on.
fn read_key(source: &Source, value: Value, faults: &mut Vec<Diagnostic>) -> Spanned<String> {
    match value.kind {
        Kind::Scalar(scalar) => {
            if scalar.style == ScalarStyle::Plain && scalar.text == "<<" {
                faults.push(fault::merge_key(source, value.span));
            }
            Spanned::new(scalar.text, value.span)
        }
        Kind::Null | Kind::Sequence(_) | Kind::Mapping(_) => {
            faults.push(fault::complex_key(source, value.span));
            Spanned::new(source.slice(value.span).to_owned(), value.span)
        }
    }
}

/// What a copy of a value costs, and how many levels of lists and mappings it has. Recursion is bounded by `MAX_DEPTH`.
fn measure(value: &Value) -> (usize, usize) {
    let add = |(weight, height): (usize, usize), inner: &Value| {
        let (more, below) = measure(inner);
        (weight + more, height.max(below + 1))
    };
    match &value.kind {
        Kind::Null => (1, 0),
        Kind::Scalar(scalar) => (1 + scalar.text.len() / 32, 0),
        Kind::Sequence(values) => values.iter().fold((1, 1), add),
        Kind::Mapping(entries) => {
            let keys = entries.iter().map(|entry| entry.key.value.len() / 32).sum::<usize>();
            entries.iter().map(|entry| &entry.value).fold((1 + keys, 1), add)
        }
    }
}
