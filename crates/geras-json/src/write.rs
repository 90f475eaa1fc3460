//! The finished texts: what `assess`, `batch`, `describe`, `list` and `check` print as JSON. Every caller gets the same bytes.

use geras::assess::AnswerProblem;
use geras::compare::{ComparedPathways, Comparison};
use geras::prove::{PathwayProof, Proof};
use geras::source::Diagnostic;
use geras::{Instrument, Pathway};
use serde::Serialize;

use crate::{
    AssessOutput, Assessment, BatchLine, Compared, ComparisonShape, Description, DiagnosticShape, Line, ListEntry, PathwayAccount,
    PathwayBatchLine, PathwayComparisonShape, PathwayDescription, PathwayEntry, PathwayLine, PathwayOutput, PathwayPerson,
    PathwayProofShape, PeopleShape, Person, ProofShape, Refused, TestReport, TestedFile, read_json, read_since,
};

/// Writes the line of one person behind what `out` already holds, without a line break. Problems are worded in `language`.
pub fn write_batch_line(instrument: &Instrument, person: &Person, language: &str, out: &mut Vec<u8>) {
    match &person.answers {
        Ok(answers) => write(out, &BatchLine::Assessed(Line::new(person.id.as_ref(), &instrument.assess(answers)))),
        Err(problems) => write(out, &BatchLine::Refused(Refused::new(person.id.as_ref(), problems, language))),
    }
}

/// The line of one person whose sheet is a line of JSON.
#[must_use]
pub fn batch_line(instrument: &Instrument, sheet: &str, language: &str) -> String {
    let mut out = Vec::new();
    write_batch_line(instrument, &read_json(instrument, sheet), language, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The full account of one person, with sentences in these languages; problems are worded in the first of them.
#[must_use]
pub fn assess_json(instrument: &Instrument, person: &Person, languages: &[&str]) -> String {
    let id = person.id.as_ref();
    match &person.answers {
        Ok(answers) => {
            let outcome = instrument.assess(answers);
            indented(&AssessOutput::Assessed(Box::new(Assessment::new(id, &outcome, None, languages))))
        }
        Err(problems) => indented(&AssessOutput::Refused(Refused::new(id, problems, languages.first().copied().unwrap_or("en")))),
    }
}

/// The full account of one person beside an earlier outcome, of which `previous` is what `assess --json` printed; or why one of the two is refused. `editions`
/// are those of the instrument.
#[must_use]
pub fn assess_since_json<'i>(
    instrument: &'i Instrument,
    editions: &[&'i Instrument],
    person: &Person,
    previous: &str,
    languages: &[&str],
) -> String {
    let language = languages.first().copied().unwrap_or("en");
    let refuse = |problems: &[AnswerProblem]| indented(&AssessOutput::Refused(Refused::new(person.id.as_ref(), problems, language)));
    let answers = match &person.answers {
        Ok(answers) => answers,
        Err(problems) => return refuse(problems),
    };
    let outcome = instrument.assess(answers);
    match Compared::read(previous, person, &outcome, editions) {
        Ok(compared) => {
            let account = Assessment::new(person.id.as_ref(), &outcome, Some(&compared), languages);
            indented(&AssessOutput::Assessed(Box::new(account)))
        }
        Err(problems) => refuse(&problems),
    }
}

/// The problems of a sheet that was refused.
#[must_use]
pub fn refused_json(refused: &Refused<'_>) -> String {
    indented(refused)
}

/// The full account of one person on a pathway, with a report in these languages; problems are worded in the first of them.
#[must_use]
pub fn assess_pathway_json(pathway: &Pathway, person: &PathwayPerson, languages: &[&str]) -> String {
    let id = person.id.as_ref();
    match &person.answers {
        Ok(answers) => {
            let outcome = pathway.assess(answers);
            indented(&PathwayOutput::Assessed(Box::new(PathwayAccount::new(id, &outcome, None, languages))))
        }
        Err(problems) => indented(&PathwayOutput::Refused(Refused::new(id, problems, languages.first().copied().unwrap_or("en")))),
    }
}

/// The full account of one person on a pathway beside an earlier outcome, of which `previous` is what `assess --json` printed; or why one of the two
/// is refused.
#[must_use]
pub fn assess_pathway_since_json(pathway: &Pathway, person: &PathwayPerson, previous: &str, languages: &[&str]) -> String {
    let (id, language) = (person.id.as_ref(), languages.first().copied().unwrap_or("en"));
    let Ok(answers) = &person.answers else { return assess_pathway_json(pathway, person, languages) };
    let outcome = pathway.assess(answers);
    match read_since(previous, person, &outcome) {
        Ok(since) => indented(&PathwayOutput::Assessed(Box::new(PathwayAccount::new(id, &outcome, Some(&since), languages)))),
        Err(problems) => indented(&PathwayOutput::Refused(Refused::new(id, &problems, language))),
    }
}

/// The line of one person on a pathway, without a line break. Problems are worded in `language`.
#[must_use]
pub fn pathway_batch_line(pathway: &Pathway, person: &PathwayPerson, language: &str) -> String {
    let mut out = Vec::new();
    match &person.answers {
        Ok(answers) => write(&mut out, &PathwayBatchLine::Assessed(PathwayLine::new(person.id.as_ref(), &pathway.assess(answers)))),
        Err(problems) => write(&mut out, &PathwayBatchLine::Refused(Refused::new(person.id.as_ref(), problems, language))),
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The description of an instrument.
#[must_use]
pub fn describe_json(instrument: &Instrument) -> String {
    indented(&Description::new(instrument))
}

/// The description of a pathway.
#[must_use]
pub fn describe_pathway_json(pathway: &Pathway) -> String {
    indented(&PathwayDescription::new(pathway))
}

/// The instruments of a tree.
#[must_use]
pub fn list_json(entries: &[ListEntry<'_>]) -> String {
    indented(&entries)
}

/// A proof of an instrument.
#[must_use]
pub fn proof_json(instrument: &Instrument, proof: &Proof) -> String {
    indented(&ProofShape::new(instrument, proof))
}

/// A proof of a pathway.
#[must_use]
pub fn pathway_proof_json(pathway: &Pathway, proof: &PathwayProof) -> String {
    indented(&PathwayProofShape::new(pathway, proof))
}

/// Files of cases as a list.
#[must_use]
pub fn tests_json(files: &[TestedFile<'_>]) -> String {
    indented(&files)
}

/// A comparison of two pathways, with the people of a cohort where there are any.
#[must_use]
pub fn pathway_comparison_json(a: &Pathway, b: &Pathway, comparison: &ComparedPathways, people: Option<&PeopleShape>) -> String {
    indented(&PathwayComparisonShape::new(a, b, comparison, people))
}

/// A comparison of two editions, with the people of a cohort where there are any.
#[must_use]
pub fn comparison_json(a: &Instrument, b: &Instrument, comparison: &Comparison, people: Option<&PeopleShape>) -> String {
    indented(&ComparisonShape::new(a, b, comparison, people))
}

/// The pathways of a tree.
#[must_use]
pub fn pathways_json(pathways: &[Pathway]) -> String {
    indented(&pathways.iter().map(PathwayEntry::new).collect::<Vec<_>>())
}

/// Diagnostics as a list.
#[must_use]
pub fn diagnostics_json(diagnostics: &[Diagnostic]) -> String {
    indented(&diagnostics.iter().map(DiagnosticShape::from).collect::<Vec<_>>())
}

fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    // INVARIANT: the shapes have text keys only, their numbers are valid JSON, and a vector takes every byte: nothing can fail.
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// What became of a file of cases.
#[must_use]
pub fn report_json(report: &TestReport<'_>) -> String {
    indented(report)
}

/// As a person reads it. Written on one line first: a shape that is written in two ways is compiled twice.
pub(crate) fn indented(value: &impl Serialize) -> String {
    let mut line = Vec::new();
    write(&mut line, value);
    indent(&String::from_utf8(line).unwrap_or_default())
}

/// The same JSON with a line for each entry, two blanks further in for each bracket. Takes valid JSON without blanks between its parts.
fn indent(line: &str) -> String {
    let mut out = String::with_capacity(line.len() * 2);
    let (mut depth, mut in_text, mut escaped, mut after_open) = (0, false, false, false);
    for letter in line.chars() {
        if in_text {
            out.push(letter);
            in_text = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        let closes = matches!(letter, '}' | ']');
        if closes {
            depth -= 1;
        }
        if after_open != closes {
            break_line(&mut out, depth);
        }
        after_open = matches!(letter, '{' | '[');
        out.push(letter);
        match letter {
            '{' | '[' => depth += 1,
            ',' => break_line(&mut out, depth),
            ':' => out.push(' '),
            '"' => in_text = true,
            _ => {}
        }
    }
    out
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
}

#[cfg(test)]
mod tests {
    use super::indent;

    #[test]
    fn it_is_what_serde_writes() {
        for line in [
            "{}",
            "[]",
            "1",
            "\"a\"",
            "[[],{},[{}]]",
            r#"{"a":1,"b":[1,2,{"c":null}],"d":{"e":"x, y: {z} [w]","f":""}}"#,
            r#"{"quoted \" and \\":"\\","n":[-1.5e3,true,false]}"#,
            r#"["甲：乙","\u0000","{\"a\":[1]}"]"#,
        ] {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let compact = value.to_string();
            assert_eq!(indent(&compact), serde_json::to_string_pretty(&value).unwrap_or_default());
        }
    }
}
