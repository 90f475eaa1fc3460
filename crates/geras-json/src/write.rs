//! The finished texts: what `assess`, `batch`, `describe`, `list` and `check` print as JSON. Every caller gets the same bytes.

use geras::assess::AnswerProblem;
use geras::compare::{ComparedPathways, Comparison};
use geras::prove::{PathwayProof, Proof};
use geras::source::Diagnostic;
use geras::{Instrument, Pathway};

use crate::writer::{indented, on_one_line};
use crate::{
    AssessOutput, Assessment, BatchLine, Compared, ComparisonShape, Description, DiagnosticShape, Line, ListEntry, PathwayAccount,
    PathwayBatchLine, PathwayComparisonShape, PathwayDescription, PathwayEntry, PathwayLine, PathwayOutput, PathwayPerson,
    PathwayProofShape, PeopleShape, Person, ProofShape, Refused, TestReport, TestedFile, read_json, read_since,
};

/// Writes the line of one person behind what `out` already holds, without a line break. Problems are worded in `language`.
pub fn write_batch_line(instrument: &Instrument, person: &Person, language: &str, out: &mut Vec<u8>) {
    let mut write = |line: &BatchLine<'_>| out.extend_from_slice(on_one_line(line).as_bytes());
    match &person.answers {
        Ok(answers) => write(&BatchLine::Assessed(Line::new(person.id.as_ref(), &instrument.assess(answers)))),
        Err(problems) => write(&BatchLine::Refused(Refused::new(person.id.as_ref(), problems, language))),
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
    match &person.answers {
        Ok(answers) => on_one_line(&PathwayBatchLine::Assessed(PathwayLine::new(person.id.as_ref(), &pathway.assess(answers)))),
        Err(problems) => on_one_line(&PathwayBatchLine::Refused(Refused::new(person.id.as_ref(), problems, language))),
    }
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

/// A text as JSON.
#[must_use]
pub fn text_json(text: &str) -> String {
    on_one_line(text)
}

/// Diagnostics as a list.
#[must_use]
pub fn diagnostics_json(diagnostics: &[Diagnostic]) -> String {
    indented(&diagnostics.iter().map(DiagnosticShape::from).collect::<Vec<_>>())
}

/// What became of a file of cases.
#[must_use]
pub fn report_json(report: &TestReport<'_>) -> String {
    indented(report)
}
