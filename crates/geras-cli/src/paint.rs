//! Colours, widths and line breaks of the terminal. Only the basic colours, which every theme makes readable on dark and on light.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// What went wrong.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What somebody should look at.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is in order.
pub(crate) const FINE: Style = AnsiColor::Green.on_default().bold();
/// Titles and headings.
pub(crate) const HEADING: Style = Style::new().bold();
/// What is there to be looked up, not to be read first.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What nobody may miss.
pub(crate) const ALARM: Style = AnsiColor::Red.on_default().bold().invert();

/// A line is never longer, however wide the terminal is.
const WIDEST: usize = 100;
/// A line is never broken shorter, however narrow the terminal is.
const NARROWEST: usize = 40;

/// A text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{}", style.render_reset())
}

/// A text with spaces after it, so wide as a terminal shows it: a Chinese character takes two columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The widest of several texts.
pub(crate) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> usize {
    texts.into_iter().map(|text| text.width()).max().unwrap_or(0)
}

/// A paragraph broken into lines, the first with `first` before it and the others with as many spaces.
pub(crate) fn wrapped(first: &str, text: &str) -> String {
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    let (indent, widest) = (first.width(), terminal.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST));
    let (mut lines, mut line, mut used) = (first.to_owned(), String::new(), indent);
    for piece in pieces(text) {
        if used + piece.trim_end().width() > widest && !line.is_empty() {
            lines = format!("{lines}{}\n{}", line.trim_end(), " ".repeat(indent));
            (line, used) = (String::new(), indent);
        }
        line.push_str(piece);
        used += piece.width();
    }
    lines + line.trim_end()
}

/// The parts of a text between which a line may end: behind spaces, and between Chinese characters except before or behind some punctuation.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        let Some(&(at, next)) = letters.peek() else { break };
        let wide = letter.width() == Some(2) || next.width() == Some(2);
        let held = "，。；：、！？）”’》】…".contains(next) || "（“‘《【".contains(letter);
        if (letter == ' ' && next != ' ') || (wide && next != ' ' && !held) {
            pieces.extend(text.get(start..at));
            start = at;
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

/// A number with its thousands apart: `1,000,000`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// `1 warning`, `2 warnings`.
pub(crate) fn counted(number: usize, one: &str) -> String {
    format!("{} {one}{}", thousands(number as u64), if number == 1 { "" } else { "s" })
}
