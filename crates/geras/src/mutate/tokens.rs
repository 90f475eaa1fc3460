//! Changes inside of an expression: operators, numbers and codes, one at a time. Knows what a token is, not what it means.

use rust_decimal::Decimal;

use super::Mutant;
use crate::definition::{Definition, number};
use crate::source::{Scalar, Source, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Operator,
    Number,
    /// With its quotes.
    Text,
    Name,
    Sign,
}

/// The changes of one expression.
pub(super) fn in_expression(source: &Source, codes: &dyn Fn(&str) -> Vec<String>, scalar: &Scalar, what: &str, found: &mut Vec<Mutant>) {
    let text = scalar.text.as_str();
    let tokens = tokens(text);
    let slice = |place: usize| tokens.get(place).and_then(|(_, start, end)| text.get(*start..*end)).unwrap_or("");
    let kind = |place: usize| tokens.get(place).map(|(kind, ..)| *kind);
    let mut add = |start: usize, end: usize, new: String| {
        let span = Span::new(scalar.locate(start), scalar.locate(end.saturating_sub(1)) + 1);
        let old = text.get(start..end).unwrap_or("");
        // A text that is written with escapes is not changed: it stands elsewhere than it seems.
        if source.slice(span) == old && !old.is_empty() {
            found.push(Mutant { what: what.to_owned(), span, old: old.to_owned(), new: new.clone(), edits: vec![(span, new)] });
        }
    };
    for (place, (token, start, end)) in tokens.iter().enumerate() {
        let own = slice(place);
        match token {
            Token::Operator => {
                let other = match own {
                    ">=" => ">",
                    ">" => ">=",
                    "<=" => "<",
                    "<" => "<=",
                    "==" => "!=",
                    "!=" => "==",
                    "&&" => "||",
                    "||" => "&&",
                    "+" => "-",
                    "!" => "",
                    _ => continue,
                };
                add(*start, *end, other.to_owned());
            }
            Token::Number => {
                if let Some(value) = number(own) {
                    let unit = Decimal::new(1, value.scale());
                    add(*start, *end, (value + unit).to_string());
                    if value >= unit {
                        add(*start, *end, (value - unit).to_string());
                    }
                }
            }
            Token::Text => {
                let compared = place >= 2 && kind(place - 2) == Some(Token::Name) && ["==", "!="].contains(&slice(place - 1));
                if compared {
                    let code = own.trim_matches('"');
                    let codes = codes(slice(place - 2));
                    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
                    if let Some(other) = neighbour(&codes, code) {
                        add(*start, *end, format!("\"{other}\""));
                    }
                } else if slice(place + 1) == "," {
                    // One of a list: taken out together with the comma behind it, or before it.
                    let until = tokens.get(place + 2).map_or(*end, |(_, next, _)| *next);
                    add(*start, until, String::new());
                } else if place > 0 && slice(place - 1) == "," && slice(place + 1) == "]" {
                    let from = tokens.get(place - 1).map_or(*start, |(_, comma, _)| *comma);
                    add(from, *end, String::new());
                }
            }
            Token::Name | Token::Sign => {}
        }
    }
}

/// The codes that a name of an instrument can have.
pub(super) fn codes<'d>(definition: &'d Definition, name: &str) -> Vec<&'d str> {
    if let Some(set) = name.strip_suffix(".band") {
        let set = definition.band_sets.iter().find(|known| known.id.value == set);
        return set.map(|set| set.bands.iter().map(|band| band.id.value.as_str()).collect()).unwrap_or_default();
    }
    if ["grade", "preliminary_grade"].contains(&name) {
        return definition.grade.iter().flat_map(|grade| &grade.scale).map(|step| step.id.value.as_str()).collect();
    }
    let item = definition.items.iter().chain(&definition.settings).find(|item| item.id.value == name);
    item.map(|item| item.options.iter().map(|option| option.code.value.as_str()).collect()).unwrap_or_default()
}

/// The next code of a list, or the one before the last.
pub(super) fn neighbour<'c>(codes: &[&'c str], code: &str) -> Option<&'c str> {
    let place = codes.iter().position(|known| *known == code)?;
    codes.iter().skip(place).find(|other| **other != code).or_else(|| codes.iter().take(place).rfind(|other| **other != code)).copied()
}

fn tokens(text: &str) -> Vec<(Token, usize, usize)> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        let kind = if first == '"' {
            for (at, next) in rest.by_ref() {
                end = at + next.len_utf8();
                if next == '"' {
                    break;
                }
            }
            Token::Text
        } else if first.is_ascii_digit() {
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_ascii_digit() || *next == '.') {
                end = at + next.len_utf8();
            }
            Token::Number
        } else if first.is_alphabetic() || first == '_' {
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_alphanumeric() || *next == '_' || *next == '.') {
                end = at + next.len_utf8();
            }
            Token::Name
        } else if "><=!&|".contains(first) {
            while let Some((at, next)) = rest.next_if(|(_, next)| "=&|".contains(*next)) {
                end = at + next.len_utf8();
            }
            Token::Operator
        } else if first.is_whitespace() {
            continue;
        } else if "+-*/%".contains(first) {
            Token::Operator
        } else {
            Token::Sign
        };
        found.push((kind, start, end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{neighbour, tokens};

    #[test]
    fn an_expression_falls_into_its_tokens() {
        let text = "!hurt && falls >= 2 || walking in [\"a b\", \"c\"]";
        let words: Vec<&str> = tokens(text).iter().filter_map(|(_, start, end)| text.get(*start..*end)).collect();
        assert_eq!(words, ["!", "hurt", "&&", "falls", ">=", "2", "||", "walking", "in", "[", "\"a b\"", ",", "\"c\"", "]"]);
    }

    #[test]
    fn the_neighbour_is_the_next_or_else_the_one_before() {
        assert_eq!(neighbour(&["a", "b", "c"], "a"), Some("b"));
        assert_eq!(neighbour(&["a", "b", "c"], "c"), Some("b"));
        assert_eq!(neighbour(&["a"], "a"), None);
    }
}
