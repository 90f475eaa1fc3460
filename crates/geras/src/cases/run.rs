//! Runs cases against their instrument and says where what came out is not what was expected.

use super::coverage::{Counter, Coverage};
use super::model::{Case, CaseFile, Expected, ExpectedCode, ExpectedNumber};
use super::target;
use crate::Instrument;
use crate::assess::{AnswerProblem, CheckedAnswers, Coded, Holds, Outcome, Scored, problem_sentence};
use crate::definition::did_you_mean;
use crate::sort::sort;
use crate::sorted::SortedMap;
use crate::source::{Diagnostic, Entry, Kind, Severity, Span, Spanned, Value};

/// What became of a file of cases.
#[derive(Debug, Clone)]
pub struct CaseReport {
    /// Each case in the author's order.
    pub results: Vec<CaseResult>,
    /// What failed, where, and what came out instead.
    pub diagnostics: Vec<Diagnostic>,
    /// What the cases have touched.
    pub coverage: Coverage,
}

/// What became of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// The case's name.
    pub name: String,
    /// Whether everything came out as expected.
    pub passed: bool,
}

/// Runs every case of a file. The cases must be meant for this instrument.
#[must_use]
pub fn run(file: &CaseFile, instrument: &Instrument) -> CaseReport {
    let mut runner = Runner::new(file);
    let mut counter = Counter::new(target::of_instrument(instrument));
    let mut results = Vec::new();
    let mut seen: SortedMap<String, &Case> = SortedMap::new();
    for case in &file.cases {
        let before = runner.faults.len();
        let sheet = runner.resolve(case);
        if let Some(first) = seen.get(&sheet.fingerprint()).copied() {
            runner.same_sheet(first, case);
        } else {
            seen.insert(sheet.fingerprint(), case);
        }
        runner.check(instrument, case, &sheet, |outcome| counter.count(&outcome.evaluation));
        results.push(CaseResult { name: case.name.value.clone(), passed: runner.faults.len() == before });
    }
    CaseReport { results, diagnostics: runner.faults, coverage: counter.finish() }
}

/// Counts what the sheets of a file touch, whatever is expected of them.
pub(super) fn covering(file: &CaseFile, instrument: &Instrument, mut counter: Counter) -> Counter {
    let mut runner = Runner::new(file);
    for case in &file.cases {
        let sheet = runner.resolve(case);
        if let Ok(answers) = Runner::take(instrument, &sheet) {
            counter.count(&instrument.assess(&answers).evaluation);
        }
    }
    counter
}

/// The first case that comes out otherwise than it is expected; none where all come out.
pub(crate) fn first_failing<'f>(file: &'f CaseFile, instrument: &Instrument) -> Option<&'f str> {
    let mut runner = Runner::new(file);
    file.cases.iter().find_map(|case| {
        let sheet = runner.resolve(case);
        runner.check(instrument, case, &sheet, |_| {});
        (!runner.faults.is_empty()).then_some(case.name.value.as_str())
    })
}

/// The answers of a case after all sheets below it are put together.
#[derive(Clone)]
pub(super) struct Resolved<'f> {
    pub(super) answers: SortedMap<&'f str, Value>,
    pub(super) without: Vec<&'f str>,
    pub(super) fill: Option<bool>,
    pub(super) case: &'f Case,
}

impl Resolved<'_> {
    /// The same for two cases that have the same answers.
    pub(super) fn fingerprint(&self) -> String {
        let answers: Vec<String> = self.answers.iter().map(|(item, value)| format!("{item}={}", plain(value))).collect();
        let settings: Vec<String> = self.case.settings.iter().map(|(id, code)| format!("{}={}", id.value, code.value)).collect();
        let date = self.case.date.as_ref().map(|date| date.value.to_string());
        format!("{answers:?}{:?}{:?}{settings:?}{date:?}", self.without, self.fill)
    }
}

/// Answers on top of others: those of an instrument item by item, all else as a whole.
fn merged(below: Value, above: &Value) -> Value {
    let is_reason = |entries: &[Entry]| matches!(entries, [entry] if entry.key.value == "absent");
    match (below.kind, &above.kind) {
        (Kind::Mapping(mut whole), Kind::Mapping(own)) if !is_reason(&whole) && !is_reason(own) => {
            for entry in own {
                match whole.iter_mut().find(|known| known.key.value == entry.key.value) {
                    Some(known) => known.value = entry.value.clone(),
                    None => whole.push(entry.clone()),
                }
            }
            Value { span: above.span, kind: Kind::Mapping(whole) }
        }
        _ => above.clone(),
    }
}

/// A value without its places.
fn plain(value: &Value) -> String {
    match &value.kind {
        crate::source::Kind::Null => "null".to_owned(),
        crate::source::Kind::Scalar(scalar) => scalar.text.clone(),
        crate::source::Kind::Sequence(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        crate::source::Kind::Mapping(entries) => {
            entries.iter().map(|entry| format!("{}:{}", entry.key.value, plain(&entry.value))).collect()
        }
    }
}

pub(super) struct Runner<'f> {
    file: &'f CaseFile,
    pub(super) faults: Vec<Diagnostic>,
}

impl<'f> Runner<'f> {
    pub(super) const fn new(file: &'f CaseFile) -> Self {
        Self { file, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, name: &'static str, span: Span, message: String) -> &mut Diagnostic {
        self.faults.push(Diagnostic::new(name, Severity::Error, &self.file.source, span, message));
        let last = self.faults.len() - 1;
        #[allow(clippy::indexing_slicing, reason = "pushed just above")]
        &mut self.faults[last]
    }

    pub(super) fn same_sheet(&mut self, first: &Case, case: &Case) {
        let clash = expectations(&first.expected).into_iter().find_map(|(what, span, wanted)| {
            let other = expectations(&case.expected).into_iter().find(|(other, _, _)| *other == what)?;
            (other.2 != wanted).then_some((what, span, other.1))
        });
        if let Some((what, first_span, span)) = clash {
            let message = format!("this case expects another {what} than the case “{}” with the same answers", first.name.value);
            let fault = self.fault("case-contradicts-itself", span, message);
            *fault =
                fault.clone().also(first_span, "expected there").help("change the answers of one, or decide which expectation is right");
        }
    }

    /// Puts the sheets below a case together, nearest last.
    pub(super) fn resolve(&mut self, case: &'f Case) -> Resolved<'f> {
        let mut chain = Vec::new();
        let mut next = case.sheet.as_ref();
        while let Some(name) = next {
            let Some(sheet) = self.file.sheets.iter().find(|sheet| sheet.id.value == name.value) else {
                let known: Vec<&str> = self.file.sheets.iter().map(|sheet| sheet.id.value.as_str()).collect();
                let help = did_you_mean(&name.value, &known);
                let fault = self.fault("unknown-name", name.span, format!("there is no sheet `{}`", name.value));
                fault.help = Some(help);
                break;
            };
            if chain.iter().any(|known: &&super::Sheet| known.id.value == sheet.id.value) {
                self.fault("cyclic-reference", name.span, format!("the sheet `{}` is built on itself", sheet.id.value));
                break;
            }
            chain.push(sheet);
            next = sheet.base.as_ref();
        }
        let mut resolved = Resolved { answers: SortedMap::new(), without: Vec::new(), fill: None, case };
        let layers = chain.into_iter().rev().map(|sheet| (&sheet.answers, &sheet.without, sheet.fill));
        for (answers, without, fill) in layers.chain([(&case.answers, &case.without, None)]) {
            for (item, value) in answers {
                let whole = match resolved.answers.remove(&item.value.as_str()) {
                    Some(below) => merged(below, value),
                    None => value.clone(),
                };
                resolved.answers.insert(&item.value, whole);
                resolved.without.retain(|removed| *removed != item.value);
            }
            for removed in without {
                if let Some((instrument, item)) = removed.value.split_once('.')
                    && let Some(Value { kind: Kind::Mapping(entries), .. }) = resolved.answers.get_mut(&instrument)
                {
                    entries.retain(|entry| entry.key.value != item);
                }
                resolved.answers.remove(&removed.value.as_str());
                resolved.without.push(&removed.value);
            }
            resolved.fill = fill.or(resolved.fill);
        }
        resolved
    }

    pub(super) fn take(instrument: &Instrument, resolved: &Resolved<'f>) -> Result<CheckedAnswers, Vec<AnswerProblem>> {
        let mut sheet = instrument.sheet();
        for (item, value) in resolved.answers.iter() {
            sheet.answer_value(item, value);
        }
        for (setting, code) in &resolved.case.settings {
            sheet.setting(&setting.value, &code.value);
        }
        if let Some(date) = &resolved.case.date {
            sheet.on(date.value);
        }
        if let Some(last) = resolved.fill {
            sheet.fill(last, &resolved.without);
        }
        sheet.check()
    }

    fn check(&mut self, instrument: &Instrument, case: &'f Case, resolved: &Resolved<'f>, mut assessed: impl FnMut(&Outcome<'_>)) {
        let taken = Self::take(instrument, resolved);
        if self.is_let_in(case, taken.as_ref().err().map(Vec::as_slice))
            && let Ok(answers) = &taken
        {
            let outcome = instrument.assess(answers);
            assessed(&outcome);
            self.compare(case, &outcome);
        }
    }

    /// Holds the problems of a sheet against those expected; true where the results are to be compared.
    pub(super) fn is_let_in(&mut self, case: &Case, problems: Option<&[AnswerProblem]>) -> bool {
        match (problems, &case.expected.problems) {
            (Some(found), Some(wanted)) => {
                let mut found: Vec<&str> = found.iter().map(|problem| problem.kind.name()).collect();
                let mut names: Vec<&str> = wanted.value.iter().map(String::as_str).collect();
                sort(&mut found);
                sort(&mut names);
                if found != names {
                    self.differs(case, wanted.span, "the problems", &found.join(", "), &names.join(", "));
                }
            }
            (Some(found), None) => {
                let all: Vec<String> = found.iter().map(|problem| problem_sentence(problem, "en")).collect();
                let message = format!("“{}”: the sheet is refused: {}", case.name.value, all.join("; "));
                self.fault("case-fails", case.name.span, message);
            }
            (None, Some(wanted)) => self.differs(case, wanted.span, "the sheet", "taken", "refused"),
            (None, None) => return true,
        }
        false
    }

    pub(super) fn differs(&mut self, case: &Case, span: Span, what: &str, found: &str, wanted: &str) {
        let message = format!("“{}”: {what} came out as {found}, and {wanted} was expected", case.name.value);
        let fault = self.fault("case-fails", span, message);
        *fault = fault.clone().also(case.name.span, "in this case");
    }

    fn compare(&mut self, case: &Case, outcome: &Outcome<'_>) {
        let expected = &case.expected;
        for (id, wanted) in &expected.scores {
            match outcome.scores().find(|score| score.score.id.value == id.value) {
                Some(found) => self.number(case, &format!("`{}`", id.value), wanted, &found.number),
                None => self.unknown(id, "score", outcome.scores().map(|score| score.score.id.value.clone()).collect()),
            }
        }
        for (id, wanted) in &expected.bands {
            match outcome.bands().find(|band| band.set.id.value == id.value) {
                Some(found) => self.code(case, &format!("the band of `{}`", id.value), wanted, Some(found.band)),
                None => self.unknown(id, "band set", outcome.bands().map(|band| band.set.id.value.clone()).collect()),
            }
        }
        if let Some(wanted) = &expected.preliminary_grade {
            self.code(case, "the preliminary grade", wanted, outcome.preliminary_grade());
        }
        if let Some(wanted) = &expected.grade {
            self.code(case, "the grade", wanted, outcome.grade());
        }
        let holding = |holds: Holds| holds == Holds::Yes;
        let adjustments = outcome.adjustments().filter(|(_, holds)| holding(*holds)).map(|(adjustment, _)| adjustment.id.value.as_str());
        let alerts = outcome.alerts().filter(|alert| holding(alert.holds)).map(|alert| alert.alert.id.value.as_str());
        let findings = outcome.findings().filter(|found| holding(found.holds)).map(|found| found.finding.id.value.as_str());
        let lists = [
            ("the adjustments", &expected.adjustments, adjustments.collect::<Vec<_>>()),
            ("the findings", &expected.findings, findings.collect()),
            ("the alerts", &expected.alerts, alerts.collect()),
            ("what the open results wait on", &expected.waiting_on, outcome.waiting_on()),
        ];
        for (what, wanted, found) in lists {
            if let Some(wanted) = wanted {
                self.list(case, what, wanted, found);
            }
        }
    }

    pub(super) fn list(&mut self, case: &Case, what: &str, wanted: &Spanned<Vec<String>>, mut found: Vec<&str>) {
        let mut names: Vec<&str> = wanted.value.iter().map(String::as_str).collect();
        sort(&mut found);
        sort(&mut names);
        if found != names {
            let words = |names: &[&str]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            self.differs(case, wanted.span, what, &words(&found), &words(&names));
        }
    }

    fn unknown(&mut self, id: &crate::definition::Id, what: &str, known: Vec<String>) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let help = did_you_mean(&id.value, &known);
        let fault = self.fault("unknown-name", id.span, format!("there is no {what} `{}`", id.value));
        fault.help = Some(help);
    }

    pub(super) fn number(&mut self, case: &Case, what: &str, wanted: &ExpectedNumber, found: &Scored) {
        let ends = match found {
            Scored::Decided(number) => Some((*number, *number)),
            Scored::Open(ends) => *ends,
        };
        if ends != Some(wanted.ends) {
            let words = |ends: Option<(rust_decimal::Decimal, rust_decimal::Decimal)>| match ends {
                Some((low, high)) if low == high => low.to_string(),
                Some((low, high)) => format!("open from {low} to {high}"),
                None => "open".to_owned(),
            };
            self.differs(case, wanted.span, what, &words(ends), &words(Some(wanted.ends)));
        }
    }

    pub(super) fn code(&mut self, case: &Case, what: &str, wanted: &ExpectedCode, found: Option<Coded<'_>>) {
        let mut found: Vec<&str> = match found {
            Some(Coded::Decided(code)) => vec![code],
            Some(Coded::Open(codes)) => codes,
            None => Vec::new(),
        };
        let mut names: Vec<&str> = wanted.codes.iter().map(String::as_str).collect();
        sort(&mut found);
        sort(&mut names);
        if found != names {
            self.differs(case, wanted.span, what, &found.join(" or "), &names.join(" or "));
        }
    }
}

/// Everything that a case expects, as comparable texts.
fn expectations(expected: &Expected) -> Vec<(String, Span, String)> {
    let scores = expected.scores.iter().map(|(id, number)| (format!("score `{}`", id.value), number.span, format!("{:?}", number.ends)));
    let bands = expected.bands.iter().map(|(id, code)| (format!("band of `{}`", id.value), code.span, format!("{:?}", code.codes)));
    let codes = [("preliminary grade", &expected.preliminary_grade), ("grade", &expected.grade)];
    let codes =
        codes.into_iter().filter_map(|(what, code)| code.as_ref().map(|code| (what.to_owned(), code.span, format!("{:?}", code.codes))));
    scores.chain(bands).chain(codes).collect()
}
