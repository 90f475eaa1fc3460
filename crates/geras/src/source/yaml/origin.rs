//! The way back from the text of a scalar to the source: where each run of equal text begins in both. Decodes nothing itself.

use super::super::text::Span;

/// `(offset in text, offset in source)` at the start of each run.
type Origin = Vec<(usize, usize)>;

/// For a text without quotes, which may go on over several lines.
pub(super) fn plain(source: &str, span: Span, text: &str) -> Origin {
    runs(source, span, text, |_, _| None)
}

/// For a text in single quotes; `span` holds the quotes.
pub(super) fn single_quoted(source: &str, span: Span, text: &str) -> Origin {
    runs(source, inside(span), text, |rest, _| rest.starts_with("''").then_some((2, 1)))
}

/// For a text in double quotes; `span` holds the quotes.
pub(super) fn double_quoted(source: &str, span: Span, text: &str) -> Origin {
    runs(source, inside(span), text, |rest, made| {
        let escaped = rest.strip_prefix('\\')?;
        let taken = match escaped.chars().next()? {
            '\r' | '\n' => {
                let (taken, breaks) = line_breaks(escaped);
                return Some((1 + taken, breaks - 1));
            }
            'x' => 4,
            // Two halves of a surrogate pair make one character.
            'u' if matches!(escaped.as_bytes(), [_, b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B', ..]) => 12,
            'u' => 6,
            'U' => 10,
            other => 1 + other.len_utf8(),
        };
        Some((taken, made.chars().next().map_or(0, char::len_utf8)))
    })
}

fn inside(span: Span) -> Span {
    Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1))
}

/// Walks over both texts. `escape` sees the rest of both and answers how many bytes an escape takes in the source and makes in the text.
fn runs(source: &str, span: Span, text: &str, escape: impl Fn(&str, &str) -> Option<(usize, usize)>) -> Origin {
    let mut origin = vec![(0, span.start)];
    let written = source.get(span.start..span.end).unwrap_or("");
    if written == text {
        return origin;
    }
    let mut rest = written;
    let mut at = 0;
    while let Some(next) = rest.chars().next() {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let jump = if rest.get(blanks..).is_some_and(|behind| behind.starts_with(['\r', '\n'])) {
            let (taken, breaks) = line_breaks(rest);
            // One line break becomes a space; of several, the first is dropped.
            Some((taken, (breaks - 1).max(1)))
        } else {
            escape(rest, text.get(at..).unwrap_or(""))
        };
        let (taken, made) = jump.unwrap_or_else(|| (blanks.max(next.len_utf8()), blanks.max(next.len_utf8())));
        rest = rest.get(taken..).unwrap_or("");
        at += made;
        if jump.is_some() {
            origin.push((at, span.end - rest.len()));
        }
    }
    origin
}

/// The length of the white space at the start of `rest` with its line breaks, and their number: at least one where there is any.
fn line_breaks(rest: &str) -> (usize, usize) {
    let taken = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let space = rest.get(..taken).unwrap_or("");
    (taken, lines(space).count().saturating_sub(1).max(1))
}

/// For a block after `|` or `>`: `span` begins anywhere before its header and ends behind its last line. Answers with the block's own span
/// too, from its header to the end of its last line with text.
pub(super) fn block(source: &str, span: Span, text: &str) -> (Span, Origin) {
    let header = block_header(source, span);
    let mut end = header;
    let mut origin = Origin::new();
    let mut at = 0;
    let mut start = header;
    for (number, line) in lines(source.get(header..span.end).unwrap_or("")).enumerate() {
        let words = line.trim_matches([' ', '\t']);
        let place = start + line.len() - line.trim_start_matches([' ', '\t']).len();
        start = next_line(source, start + line.len());
        if number == 0 {
            end = header + words.len();
        } else if !words.is_empty() {
            let gap = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\t', '\n']).len());
            if !text.get(at + gap..).is_some_and(|rest| rest.starts_with(words)) {
                break;
            }
            // Blanks that begin a line of the text are its own, not indentation.
            let kept = text.get(at..at + gap).map_or(0, |space| match space.rsplit_once('\n') {
                Some((_, blanks)) => blanks.len(),
                None if at == 0 => gap,
                None => 0,
            });
            origin.push((at + gap - kept, place - kept));
            at += gap + words.len();
            end = place + words.len();
        }
    }
    if origin.is_empty() {
        origin.push((0, end));
    }
    (Span::new(header, end), origin)
}

/// Where `|` or `>` stands: behind the signs, properties and comments that may come before it.
fn block_header(source: &str, span: Span) -> usize {
    let mut at = span.start;
    while let Some(next) = source.get(at..span.end).and_then(|rest| rest.chars().next()) {
        let rest = source.get(at..).unwrap_or("");
        at += match next {
            '|' | '>' => return at,
            '#' => rest.find(['\r', '\n']).unwrap_or(rest.len()),
            '&' | '!' => rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
            other => other.len_utf8(),
        };
    }
    span.end
}

/// The lines of a text without their ends, as YAML counts them: `\n`, `\r\n` and `\r` all end a line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.find(['\r', '\n']);
        rest = end.and_then(|end| text.get(next_line(text, end)..));
        text.get(..end.unwrap_or(text.len()))
    })
}

/// The offset behind the line break at `at`; `at` itself where there is none.
fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\r', '\n'])) }
}
