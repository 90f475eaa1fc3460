//! Reads a file of cases from the YAML tree.

use super::model::{Case, CaseFile, Expected, ExpectedCode, ExpectedNumber, Sheet};
use super::suggest::UNFILLED;
use crate::definition::{ClauseKind, Fields, Id, Reader};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Kind, Source, Spanned, Value, parse};

impl CaseFile {
    /// Reads a file of cases that messages call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let document = parse(&source)?;
        let mut reader = Reader::new(&source);
        let file = reader.cases(&document.root);
        let mut faults = reader.faults;
        sort_by_key(&mut faults, Diagnostic::order);
        file.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

impl<'a> Reader<'a> {
    fn cases(&mut self, root: &'a Value) -> Option<CaseFile> {
        let mut fields = self.fields(root, "a file of cases")?;
        let instrument = fields.need(self, "cases_for").and_then(|name| self.text(name, "an instrument with its edition"));
        let mut sheets = Vec::new();
        if let Some(named) = fields.get("sheets") {
            for entry in self.named(named, "sheets by name") {
                self.check_id(&entry.key, '_');
                sheets.extend(self.sheet(entry.key.clone(), &entry.value));
            }
        }
        let mut cases: Vec<Case> = Vec::new();
        if let Some(list) = fields.need(self, "cases") {
            for case in self.list(list, "a list of cases") {
                let Some(case) = self.case(case) else { continue };
                if let Some(first) = cases.iter().find(|first| first.name.value == case.name.value) {
                    let (span, first) = (case.name.span, first.name.span);
                    let fault = self.error("duplicate-id", span, "two cases have the same name");
                    *fault = fault.clone().also(first, "first written here").help("say in the name what is special about this case");
                }
                cases.push(case);
            }
        }
        fields.finish(self);
        Some(CaseFile { source: self.source.clone(), instrument: instrument?, sheets, cases })
    }

    fn sheet(&mut self, id: Id, value: &'a Value) -> Option<Sheet> {
        let mut fields = self.fields(value, "a sheet")?;
        let base = fields.get("sheet").and_then(|base| self.text(base, "the name of a sheet"));
        let fills = [("first", false), ("last", true)];
        let fill = fields.get("fill").and_then(|fill| self.word(fill, "a way to fill a sheet", &fills)).map(|fill| fill.value);
        let answers = self.answers_of(&mut fields);
        let without = fields.get("without").map(|list| self.ids(list)).unwrap_or_default();
        fields.finish(self);
        Some(Sheet { id, base, fill, answers, without })
    }

    fn answers_of(&mut self, fields: &mut Fields<'a>) -> Vec<(Id, Value)> {
        let Some(answers) = fields.get("answers") else { return Vec::new() };
        self.named(answers, "answers by item").iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    }

    fn case(&mut self, value: &'a Value) -> Option<Case> {
        let mut fields = self.fields(value, "a case")?;
        let name = fields.need(self, "name").and_then(|name| self.text(name, "a sentence"));
        let sheet = fields.get("sheet").and_then(|sheet| self.text(sheet, "the name of a sheet"));
        let date = fields.get("date").and_then(|date| self.date(date));
        let answers = self.answers_of(&mut fields);
        let without: Vec<Id> = fields.get("without").map(|list| self.ids(list)).unwrap_or_default();
        let mut settings = Vec::new();
        if let Some(named) = fields.get("settings") {
            for entry in self.named(named, "a code for each setting") {
                settings.extend(self.text(&entry.value, "a code").map(|code| (entry.key.clone(), code)));
            }
        }
        let expected = fields.need(self, "expect").and_then(|expect| self.expected(expect));
        let cite = self.plain(&mut fields, "cite");
        fields.finish(self);
        for removed in &without {
            if let Some((item, _)) = answers.iter().find(|(item, _)| item.value == removed.value) {
                let message = format!("`{}` is answered and taken away in one case", removed.value);
                let fault = self.error("case-contradicts-itself", removed.span, message);
                *fault = fault.clone().also(item.span, "answered here").help("take one of the two away");
            }
        }
        Some(Case { name: name?, sheet, date, answers, without, settings, expected: expected?, cite })
    }

    /// Whether somebody still has to fill in an expectation; then that is told.
    fn unfilled(&mut self, key: &str, value: &Value) -> bool {
        let unfilled = matches!(&value.kind, Kind::Scalar(scalar) if scalar.text == UNFILLED);
        if unfilled {
            let message = format!("the expectation of `{key}` is not filled in");
            let help = format!("work out from the source what `{key}` has to be, and write it in place of `\"{UNFILLED}\"`");
            self.help("case-unfilled", value.span, message, help);
        }
        unfilled
    }

    fn expected(&mut self, value: &'a Value) -> Option<Expected> {
        let mut fields = self.fields(value, "`expect`")?;
        let mut unfilled = false;
        let mut expected = Expected { span: value.span, ..Expected::default() };
        if let Some(scores) = fields.get("scores") {
            for entry in self.named(scores, "a number for each score") {
                if self.unfilled(&entry.key.value, &entry.value) {
                    unfilled = true;
                    continue;
                }
                expected.scores.extend(self.expected_number(&entry.value).map(|number| (entry.key.clone(), number)));
            }
        }
        if let Some(bands) = fields.get("bands") {
            for entry in self.named(bands, "a band for each band set") {
                if self.unfilled(&entry.key.value, &entry.value) {
                    unfilled = true;
                    continue;
                }
                expected.bands.extend(self.expected_code(&entry.value).map(|code| (entry.key.clone(), code)));
            }
        }
        let mut given = |reader: &mut Self, key: &'static str| {
            let value = fields.get(key)?;
            let waits = reader.unfilled(key, value);
            unfilled |= waits;
            (!waits).then_some(value)
        };
        expected.preliminary_grade = given(self, "preliminary_grade").and_then(|code| self.expected_code(code));
        expected.grade = given(self, "grade").and_then(|code| self.expected_code(code));
        expected.adjustments = given(self, "adjustments").map(|list| self.names(list));
        expected.findings = given(self, "findings").map(|list| self.names(list));
        expected.alerts = given(self, "alerts").map(|list| self.names(list));
        expected.waiting_on = given(self, "waiting_on").map(|list| self.names(list));
        expected.problems = given(self, "problems").map(|list| self.names(list));
        expected.setting = given(self, "setting").and_then(|code| self.expected_code(code));
        expected.routing = given(self, "routing").and_then(|code| self.expected_code(code));
        expected.proposal = given(self, "proposal").and_then(|code| self.expected_code(code));
        expected.rule = given(self, "rule").and_then(|code| self.expected_code(code));
        expected.wish = given(self, "wish").and_then(|code| self.expected_code(code));
        expected.priority = given(self, "priority").and_then(|number| self.expected_number(number));
        expected.review = given(self, "review").and_then(|number| self.expected_number(number));
        for kind in [ClauseKind::Contradiction, ClauseKind::Service, ClauseKind::Referral, ClauseKind::Entitlement] {
            expected.clauses.extend(given(self, kind.key()).map(|list| (kind, self.names(list))));
        }
        let codes = [&expected.setting, &expected.routing, &expected.proposal, &expected.rule, &expected.wish];
        let of_a_pathway = codes.iter().any(|code| code.is_some())
            || expected.priority.is_some()
            || expected.review.is_some()
            || !expected.clauses.is_empty();
        let results = of_a_pathway
            || !expected.scores.is_empty()
            || !expected.bands.is_empty()
            || expected.preliminary_grade.is_some()
            || expected.grade.is_some()
            || [&expected.adjustments, &expected.findings, &expected.alerts, &expected.waiting_on].iter().any(|names| names.is_some());
        if results && expected.problems.is_some() {
            let span = fields.key_span("problems");
            let help = "a refused sheet has no results: write two cases";
            self.help("case-contradicts-itself", span, "the case expects that the sheet is refused, and results too", help);
        } else if !results && expected.problems.is_none() && !unfilled {
            self.error("missing-key", value.span, "the case expects nothing");
        }
        fields.finish(self);
        Some(expected)
    }

    fn names(&mut self, list: &'a Value) -> Spanned<Vec<String>> {
        let names = self.list(list, "a list of ids").iter().filter_map(|name| self.text(name, "an id")).map(|name| name.value);
        Spanned::new(names.collect(), list.span)
    }

    fn expected_number(&mut self, value: &'a Value) -> Option<ExpectedNumber> {
        if let Kind::Mapping(_) = value.kind {
            let mut fields = self.fields(value, "the ends of an open score")?;
            let low = fields.need(self, "min").and_then(|number| self.number(number));
            let high = fields.need(self, "max").and_then(|number| self.number(number));
            fields.finish(self);
            return Some(ExpectedNumber { span: value.span, ends: (low?, high?) });
        }
        let number = self.number(value)?;
        Some(ExpectedNumber { span: value.span, ends: (number, number) })
    }

    fn expected_code(&mut self, value: &'a Value) -> Option<ExpectedCode> {
        if let Kind::Mapping(_) = value.kind {
            let mut fields = self.fields(value, "what is still possible")?;
            let codes = fields.need(self, "possible").map(|codes| self.ids(codes));
            fields.finish(self);
            return Some(ExpectedCode { span: value.span, codes: codes?.into_iter().map(|code| code.value).collect() });
        }
        let code = self.text(value, "an id")?;
        Some(ExpectedCode { span: code.span, codes: vec![code.value] })
    }
}
