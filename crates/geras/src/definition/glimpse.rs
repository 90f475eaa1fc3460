//! What a file seems to define, seen without reading it: enough to choose the files to read. Decides nothing; the reader does.

/// The plain value under a key at the top of a text, in block style or as one mapping in braces, as JSON is.
#[must_use]
pub fn glimpse<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().filter(|line| !line.trim_start().is_empty());
    let first = lines.find(|line| !line.trim_start().starts_with(['#', '%']) && line.trim_end() != "---")?;
    if first.trim_start().starts_with('{') {
        return in_braces(text, key);
    }
    let margin = first.len() - first.trim_start().len();
    text.lines().find_map(|line| value_behind(line.get(margin..)?, key))
}

/// Whether a text defines a pathway, as far as can be seen without reading it.
#[must_use]
pub fn is_pathway(text: &str) -> bool {
    glimpse(text, "pathway").is_some()
}

/// The value on a line of block style that begins with the key.
fn value_behind<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let bare = line.strip_prefix(key);
    let quoted = || ['"', '\''].into_iter().find_map(|quote| line.strip_prefix(quote)?.strip_prefix(key)?.strip_prefix(quote));
    let value = bare.or_else(quoted)?.trim_start().strip_prefix(':')?;
    Some(value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']))
}

/// The value of a key of the outermost braces.
fn in_braces<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (mut depth, mut quote, mut escaped, mut begin, mut comment, mut leads) = (0_usize, None, false, 0, false, false);
    for (at, letter) in text.char_indices() {
        if comment {
            comment = letter != '\n';
            // Only where nothing stands before the comment does the entry begin behind it.
            begin = if leads { at } else { begin };
            continue;
        }
        if let Some(open) = quote {
            quote = (escaped || letter != open).then_some(open);
            escaped = !escaped && letter == '\\' && open == '"';
            continue;
        }
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        match letter {
            '"' | '\'' if before.is_none_or(|before| before.is_whitespace() || "{[,:".contains(before)) => quote = Some(letter),
            '#' if before.is_none_or(char::is_whitespace) => {
                comment = true;
                leads = text.get(begin..at).is_some_and(|entry| entry.trim().is_empty());
            }
            '{' | '[' => {
                depth += 1;
                begin = if depth == 1 { at + 1 } else { begin };
            }
            ',' | '}' | ']' => {
                if depth == 1 {
                    let entry = text.get(begin..at)?;
                    if let Some(value) = value_behind(entry.trim(), key) {
                        return Some(value);
                    }
                    begin = at + 1;
                }
                depth = if letter == ',' { depth } else { depth.saturating_sub(1) };
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{glimpse, is_pathway};

    #[test]
    fn a_pathway_written_as_one_mapping_is_seen() {
        let json = "{\"title\": {\"en\": \"pathway: {no\"}, \"pathway\": \"city\", \"edition\": \"1\"}";
        assert_eq!(glimpse(json, "pathway"), Some("city"));
        assert_eq!(glimpse(json, "edition"), Some("1"));
        assert_eq!(glimpse("# a note\n{pathway: a, # the id: b, c\n edition: '2'}", "edition"), Some("2"));
        assert_eq!(glimpse("{pathway: a # the id\n, edition: 2}", "pathway"), Some("a"));
        assert_eq!(glimpse("\n{\n  \"edition\" : \"3\"\n}\n", "edition"), Some("3"));
    }

    #[test]
    fn a_key_further_down_is_not_the_top() {
        assert!(!is_pathway("{\"instrument\": \"x\", \"sections\": [{\"pathway\": \"y\"}]}"));
        assert!(!is_pathway("instrument: x\nsource:\n  pathway: y\n"));
        assert!(is_pathway("---\n# a note\n\"pathway\": y\n"));
    }
}
