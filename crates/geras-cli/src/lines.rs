//! Cuts an input into chunks of whole lines, so that memory does not grow with it. What a line says is not known here.

use std::io::{self, BufRead, Read as _};

/// A chunk is closed once it holds so many bytes.
const CHUNK: usize = 128 * 1024;
/// A longer line is not kept: no answer sheet comes near.
const LONGEST: u64 = 1024 * 1024;

/// Some lines that follow each other.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// The number of the first line, from 1.
    first: u64,
    text: Vec<u8>,
    /// Where each record ends in `text`, and how many lines of the file it has.
    ends: Vec<(usize, u64)>,
    /// Bytes of the input that it stands for.
    pub(crate) bytes: u64,
}

/// Why a line cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooLong,
    NotUtf8,
}

impl Unreadable {
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::TooLong => "the line is longer than 1 MiB",
            Self::NotUtf8 => "the line is not UTF-8 text",
        }
    }
}

/// Cuts an input into chunks.
pub(crate) struct Cutter<R> {
    input: R,
    next: u64,
    /// Whether a line break inside quotes belongs to the record, as in CSV.
    quotes: bool,
}

impl<R: BufRead> Cutter<R> {
    pub(crate) fn new(input: R, quotes: bool) -> Self {
        Self { input, next: 1, quotes }
    }

    /// The next record alone, such as the head of a table.
    pub(crate) fn head(&mut self) -> io::Result<Chunk> {
        let mut chunk = Chunk { first: self.next, ..Chunk::default() };
        self.record(&mut chunk)?;
        Ok(chunk)
    }

    /// The next chunk; none at the end.
    pub(crate) fn chunk(&mut self) -> io::Result<Option<Chunk>> {
        let mut chunk = Chunk { first: self.next, ..Chunk::default() };
        while chunk.text.len() < CHUNK && self.record(&mut chunk)? {}
        Ok((!chunk.ends.is_empty()).then_some(chunk))
    }

    /// Adds one record; false at the end.
    fn record(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let start = chunk.text.len();
        let mut lines = 0;
        loop {
            let room = LONGEST + 1 - (chunk.text.len() - start) as u64;
            let read = self.input.by_ref().take(room).read_until(b'\n', &mut chunk.text)?;
            chunk.bytes += read as u64;
            lines += u64::from(read > 0);
            let record = chunk.text.get(start..).unwrap_or_default();
            let too_long = record.len() as u64 > LONGEST;
            if too_long && !record.ends_with(b"\n") {
                chunk.bytes += self.input.skip_until(b'\n')? as u64;
            }
            let open = self.quotes && record.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
            if read == 0 || too_long || !open {
                break;
            }
        }
        if lines > 0 {
            self.next += lines;
            chunk.ends.push((chunk.text.len(), lines));
        }
        Ok(lines > 0)
    }
}

impl Chunk {
    /// The records that are not blank, each with the number of its first line.
    pub(crate) fn records(&self) -> impl Iterator<Item = (u64, Result<&str, Unreadable>)> {
        let (mut start, mut number) = (0, self.first);
        self.ends.iter().filter_map(move |&(end, lines)| {
            let bytes = self.text.get(start..end).unwrap_or_default();
            let line = number;
            (start, number) = (end, number + lines);
            if bytes.len() as u64 > LONGEST {
                return Some((line, Err(Unreadable::TooLong)));
            }
            // A byte order mark may stand before the first line.
            let bytes = if line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
            let text = std::str::from_utf8(bytes).map(str::trim).map_err(|_| Unreadable::NotUtf8);
            (text != Ok("")).then_some((line, text))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Cutter, LONGEST, Unreadable};

    fn numbered(input: &str, quotes: bool) -> Vec<(u64, Result<String, Unreadable>)> {
        let mut cutter = Cutter::new(input.as_bytes(), quotes);
        let mut all = Vec::new();
        while let Ok(Some(chunk)) = cutter.chunk() {
            all.extend(chunk.records().map(|(line, text)| (line, text.map(str::to_owned))));
        }
        all
    }

    #[test]
    fn blank_lines_are_counted_and_not_read() {
        assert_eq!(numbered("\u{feff}a\n\n  \r\nb", false), [(1, Ok("a".to_owned())), (4, Ok("b".to_owned()))]);
        assert_eq!(numbered("", false), []);
    }

    #[test]
    fn a_line_break_in_quotes_belongs_to_the_record_of_a_table() {
        let all = numbered("id,note\n1,\"two\nlines\"\n2,x\n", true);
        assert_eq!(all, [(1, Ok("id,note".to_owned())), (2, Ok("1,\"two\nlines\"".to_owned())), (4, Ok("2,x".to_owned()))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_is_read() {
        let long = "x".repeat(usize::try_from(LONGEST).unwrap_or(0) * 3);
        assert_eq!(
            numbered(&format!("a\n{long}\nb\n"), false),
            [(1, Ok("a".to_owned())), (2, Err(Unreadable::TooLong)), (3, Ok("b".to_owned())),]
        );
    }
}
