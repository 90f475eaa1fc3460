//! Reads a whole instrument from the YAML tree: metadata, scores, bands, grade, findings, alerts. Gathers all faults; resolves nothing.

use sha2::{Digest, Sha256};

use super::form::{Form, Id};
use super::model::{
    Adjustment, Alert, Band, BandSet, Combine, Definition, Direction, Effect, Finding, Grade, GradeStep, Publication, Review, Role, Score,
};
use super::read_item::{Inherited, entered_item};
use super::reader::{Fields, Reader};
use crate::source::{Diagnostic, Document, Kind, Source, Spanned, Value, parse};

const DIRECTIONS: [(&str, Direction); 2] = [("higher_is_better", Direction::HigherIsBetter), ("higher_is_worse", Direction::HigherIsWorse)];

/// Reads an instrument. The definition is there as far as it could be read, beside all that is wrong with it.
pub(crate) fn read_definition(source: &Source) -> (Option<Definition>, Vec<Diagnostic>) {
    let document: Document = match parse(source) {
        Ok(document) => document,
        Err(faults) => return (None, faults),
    };
    let mut reader = Reader::new(source);
    let definition = reader.instrument(&document.root);
    let faults = reader.faults;
    (definition, faults)
}

/// SHA-256 of a text's bytes in hexadecimal.
pub(crate) fn content_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Reader<'a> {
    fn instrument(&mut self, root: &'a Value) -> Option<Definition> {
        let mut fields = self.fields(root, "an instrument")?;
        let head = self.head(&mut fields, "instrument", root);
        let domain =
            fields.need(self, "domain").and_then(|domain| self.word(domain, "a domain", &Definition::DOMAINS.map(|word| (word, word))));
        let loinc = self.plain(&mut fields, "loinc");
        let direction = self.direction(&mut fields);
        let missing = fields.get("missing").and_then(|rule| self.missing_rule(rule));
        let absent = fields.get("absent").map(|reasons| self.absent_reasons(reasons)).unwrap_or_default();
        let lists = fields.get("option_lists").map(|lists| self.option_lists(lists)).unwrap_or_default();
        let inherited = Inherited { lists, absent };
        let settings = fields.get("settings").map(|list| self.inputs(list, Role::Setting, &inherited)).unwrap_or_default();
        let (sections, mut items) = fields.get("sections").map(|list| self.sections(list, &inherited)).unwrap_or_default();
        items.extend(fields.get("inputs").map(|list| self.inputs(list, Role::Input, &inherited)).unwrap_or_default());
        let scores = fields.get("scores").map(|scores| self.scores(scores)).unwrap_or_default();
        for score in &scores {
            if let (Form::Entered { step }, Some(range)) = (&score.form.value, &score.range) {
                items.push(entered_item(&score.id, range.value, *step));
            }
        }
        let band_sets = fields.get("bands").map(|sets| self.band_sets(sets)).unwrap_or_default();
        let grade = fields.get("grade").and_then(|grade| self.grade(grade));
        let review = fields.get("review").and_then(|review| self.review(review));
        let not_graded = fields.get("not_graded").and_then(|why| self.texts(why));
        if let (Some(why), true) = (&not_graded, grade.is_some()) {
            let help = "take `not_graded` away, or the grade";
            self.help("wrong-form", why.span, "this says why no grade can be given, and the instrument has a grade", help);
        }
        let findings = fields.get("findings").map(|findings| self.findings(findings)).unwrap_or_default();
        let alerts = fields.get("alerts").map(|alerts| self.alerts(alerts)).unwrap_or_default();
        fields.finish(self);
        let domain = domain?;
        Some(Definition {
            domain: Spanned::new(domain.value.to_owned(), domain.span),
            loinc,
            direction,
            missing,
            settings,
            sections,
            items,
            scores,
            band_sets,
            grade,
            review,
            not_graded,
            findings,
            alerts,
            ..head?
        })
    }

    pub(super) fn jurisdiction(&mut self, value: &'a Value) -> Option<Id> {
        let code = self.text(value, "a jurisdiction")?;
        let upper = |part: &str, long: std::ops::RangeInclusive<usize>| {
            long.contains(&part.len()) && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        let fine = code.value == "INTL"
            || match code.value.split_once('-') {
                Some((country, part)) => upper(country, 2..=2) && upper(part, 1..=3),
                None => upper(&code.value, 2..=2),
            };
        if !fine {
            let help = "write an ISO 3166 code such as `CN` or `CN-SH`, or `INTL` for an instrument that belongs to no country";
            self.help("unknown-word", code.span, format!("`{}` is not a jurisdiction", code.value), help);
        }
        Some(code)
    }

    /// A direction that is misspelt counts as stated, so that the author is told once.
    fn direction(&mut self, fields: &mut Fields<'a>) -> Option<Spanned<Direction>> {
        let value = fields.get("direction")?;
        let stated = self.word(value, "a direction", &DIRECTIONS);
        Some(stated.unwrap_or(Spanned::new(Direction::HigherIsBetter, value.span)))
    }

    pub(super) fn publication(&mut self, value: &'a Value) -> Option<Publication> {
        let mut fields = self.fields(value, "`source`")?;
        let title = fields.need(self, "title").and_then(|title| self.text(title, "a text"));
        let (issuer, url) = (self.plain(&mut fields, "issuer"), self.plain(&mut fields, "url"));
        let date = fields.get("date").and_then(|date| self.date(date)).map(|date| date.value);
        let note = fields.get("note").and_then(|note| self.texts(note));
        fields.finish(self);
        Some(Publication { title: title?.value, issuer, url, date, note })
    }

    fn scores(&mut self, value: &'a Value) -> Vec<Score> {
        let mut scores = Vec::new();
        for entry in self.named(value, "scores by id") {
            self.check_id(&entry.key, '_');
            let Some(mut fields) = self.fields(&entry.value, "a score") else { continue };
            let form = self.form(&mut fields, false);
            let title = fields.get("title").and_then(|title| self.texts(title));
            let range = fields.get("range").and_then(|range| Some(Spanned::new(self.range(range)?, range.span)));
            let direction = self.direction(&mut fields);
            let missing = fields.get("missing").and_then(|rule| self.missing_rule(rule));
            let at_least = fields.get("at_least").and_then(|number| self.number(number));
            let at_most = fields.get("at_most").and_then(|number| self.number(number));
            let round = fields.get("round").and_then(|rounding| self.rounding(rounding));
            let (unit, cite) = (self.plain(&mut fields, "unit"), self.plain(&mut fields, "cite"));
            let loinc = self.plain(&mut fields, "loinc");
            let monotone = self.monotone(&mut fields);
            let note = fields.get("note").and_then(|note| self.texts(note));
            let provenance = self.provenance(&mut fields);
            if let Some(form) = &form
                && matches!(form.value, Form::Entered { .. } | Form::Script { .. })
                && range.is_none()
            {
                fields.need(self, "range");
            }
            fields.finish(self);
            let Some(form) = form else { continue };
            let id = entry.key.clone();
            scores.push(Score {
                id,
                title,
                form,
                range,
                direction,
                missing,
                at_least,
                at_most,
                round,
                unit,
                loinc,
                monotone,
                cite,
                note,
                provenance,
            });
        }
        scores
    }

    fn band_sets(&mut self, value: &'a Value) -> Vec<BandSet> {
        let mut sets = Vec::new();
        for entry in self.named(value, "bands by score, or named band sets") {
            self.check_id(&entry.key, '_');
            let mut set = BandSet {
                id: entry.key.clone(),
                of: entry.key.clone(),
                title: None,
                publication: None,
                provenance: None,
                bands: Vec::new(),
            };
            if let Kind::Mapping(_) = entry.value.kind {
                let Some(mut fields) = self.fields(&entry.value, "a band set") else { continue };
                if let Some(of) = fields.need(self, "of").and_then(|of| self.text(of, "the id of a score")) {
                    set.of = of;
                }
                set.title = fields.get("title").and_then(|title| self.texts(title));
                set.publication = self.plain(&mut fields, "source");
                set.provenance = self.provenance(&mut fields);
                set.bands = fields.need(self, "bands").map(|bands| self.bands(bands)).unwrap_or_default();
                fields.finish(self);
            } else {
                set.bands = self.bands(&entry.value);
            }
            sets.push(set);
        }
        sets
    }

    fn bands(&mut self, value: &'a Value) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for band in self.list(value, "a list of bands") {
            let Some(mut fields) = self.fields(band, "a band") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.text(id, "an id"));
            let label = fields.get("label").and_then(|label| self.texts(label));
            let edges = self.edges(&mut fields);
            let cite = self.plain(&mut fields, "cite");
            fields.finish(self);
            bands.extend(id.map(|id| Band { span: band.span, id, label, edges, cite }));
        }
        bands
    }

    fn grade(&mut self, value: &'a Value) -> Option<Grade> {
        let mut fields = self.fields(value, "a grade")?;
        let title = fields.get("title").and_then(|title| self.texts(title));
        let scale = fields.need(self, "scale").map(|scale| self.scale(scale)).unwrap_or_default();
        let preliminary = fields.need(self, "preliminary").and_then(|value| {
            let mut keys = self.fields(value, "the way to the preliminary grade")?;
            let form = self.form(&mut keys, true);
            keys.finish(self);
            form
        });
        let adjustments = fields.get("adjustments").map(|list| self.adjustments(list)).unwrap_or_default();
        let combine = match fields.get("combine") {
            Some(value) => self.combine(value),
            None if adjustments.len() > 1 => fields.need(self, "combine").and_then(|value| self.combine(value)),
            None => Some(Spanned::new(Combine::StrongestOnce, fields.span())),
        };
        let monotone = self.monotone(&mut fields);
        let cite = self.plain(&mut fields, "cite");
        let note = fields.get("note").and_then(|note| self.texts(note));
        let provenance = self.provenance(&mut fields);
        let span = fields.key_span("scale");
        fields.finish(self);
        Some(Grade { span, title, scale, preliminary: preliminary?, adjustments, combine: combine?, monotone, cite, note, provenance })
    }

    fn scale(&mut self, value: &'a Value) -> Vec<GradeStep> {
        let mut steps = Vec::new();
        for step in self.list(value, "a list of grades, mildest first") {
            if let Kind::Scalar(_) = step.kind {
                steps.extend(self.id(step, '_').map(|id| GradeStep { id, code: None, label: None }));
                continue;
            }
            let Some(mut fields) = self.fields(step, "a grade of the scale") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let code = self.plain(&mut fields, "code");
            let label = fields.get("label").and_then(|label| self.texts(label));
            fields.finish(self);
            steps.extend(id.map(|id| GradeStep { id, code, label }));
        }
        steps
    }

    fn adjustments(&mut self, value: &'a Value) -> Vec<Adjustment> {
        let mut adjustments = Vec::new();
        for adjustment in self.list(value, "a list of adjustments") {
            let Some(mut fields) = self.fields(adjustment, "an adjustment") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let when = fields.need(self, "when").and_then(|when| self.expression(when));
            let set = fields.get("set").and_then(|grade| self.text(grade, "a grade"));
            let at_least = fields.get("at_least").and_then(|grade| self.text(grade, "a grade"));
            let raise = fields.get("raise").and_then(|steps| Some(Spanned::new(self.count(steps)?, steps.span)));
            if let Some(raise) = raise.as_ref().filter(|raise| !(1..=63).contains(&raise.value)) {
                self.error("wrong-form", raise.span, "a grade is raised by 1 to 63 steps");
            }
            let reason = fields.get("reason").and_then(|reason| self.texts(reason));
            let cite = self.plain(&mut fields, "cite");
            let effect = match (set, at_least, raise) {
                (Some(set), None, None) => Some(Spanned::new(Effect::Set(set.clone()), set.span)),
                (None, Some(floor), None) => Some(Spanned::new(Effect::AtLeast(floor.clone()), floor.span)),
                (None, None, Some(raise)) => Some(Spanned::new(Effect::Raise(raise.value), raise.span)),
                _ => {
                    let help = "write exactly one of `set: <grade>`, `raise: <steps>`, `at_least: <grade>`";
                    self.help("wrong-form", fields.key_span("id"), "an adjustment does exactly one thing", help);
                    None
                }
            };
            fields.finish(self);
            if let (Some(id), Some(when), Some(effect)) = (id, when, effect) {
                adjustments.push(Adjustment { span: adjustment.span, id, when, effect, reason, cite });
            }
        }
        adjustments
    }

    fn combine(&mut self, value: &'a Value) -> Option<Spanned<Combine>> {
        if let Kind::Scalar(_) = value.kind {
            let ways = [("strongest_once", false), ("sum", true)];
            let sum = self.word(value, "a way to combine adjustments", &ways)?;
            return Some(Spanned::new(if sum.value { Combine::Sum } else { Combine::StrongestOnce }, sum.span));
        }
        let mut fields = self.fields(value, "`combine`")?;
        let setting = fields.need(self, "setting").and_then(|setting| self.text(setting, "the id of a setting"));
        let mut ways = Vec::new();
        if let Some(choose) = fields.need(self, "choose") {
            for entry in self.named(choose, "a way for each code of the setting") {
                match self.combine(&entry.value) {
                    Some(Spanned { value: Combine::BySetting(..), span }) => {
                        self.error("wrong-form", span, "one setting decides; write `strongest_once` or `sum` here");
                    }
                    way => ways.extend(way.map(|way| (entry.key.clone(), way))),
                }
            }
        }
        fields.finish(self);
        Some(Spanned::new(Combine::BySetting(setting?, ways), value.span))
    }

    fn review(&mut self, value: &'a Value) -> Option<Review> {
        let mut fields = self.fields(value, "`review`")?;
        let months = fields.need(self, "months").and_then(|months| Some(Spanned::new(self.count(months)?, months.span)));
        let text = fields.get("text").and_then(|text| self.texts(text));
        let cite = self.plain(&mut fields, "cite");
        let provenance = self.provenance(&mut fields);
        fields.finish(self);
        let months = months?;
        let fits = u32::try_from(months.value).ok().filter(|months| (1..=1200).contains(months));
        if fits.is_none() {
            self.error("wrong-kind", months.span, "an interval is a number of months from 1 to 1200");
        }
        Some(Review { months: fits?, text, cite, provenance })
    }

    fn findings(&mut self, value: &'a Value) -> Vec<Finding> {
        let mut findings = Vec::new();
        for finding in self.list(value, "a list of findings") {
            let Some(mut fields) = self.fields(finding, "a finding") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let when = fields.need(self, "when").and_then(|when| self.expression(when));
            let text = fields.need(self, "text").and_then(|text| self.texts(text));
            let advice = fields.get("advice").and_then(|advice| self.texts(advice));
            let cite = self.plain(&mut fields, "cite");
            fields.finish(self);
            if let (Some(id), Some(when), Some(text)) = (id, when, text) {
                findings.push(Finding { id, when, text, advice, cite });
            }
        }
        findings
    }

    fn alerts(&mut self, value: &'a Value) -> Vec<Alert> {
        let urgencies = [("now", true), ("soon", false)];
        let mut alerts = Vec::new();
        for alert in self.list(value, "a list of alerts") {
            let Some(mut fields) = self.fields(alert, "an alert") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let when = fields.need(self, "when").and_then(|when| self.expression(when));
            let text = fields.need(self, "text").and_then(|text| self.texts(text));
            let urgent = fields.need(self, "urgency").and_then(|urgency| self.word(urgency, "an urgency", &urgencies));
            let cite = self.plain(&mut fields, "cite");
            fields.finish(self);
            if let (Some(id), Some(when), Some(text), Some(urgent)) = (id, when, text, urgent) {
                alerts.push(Alert { id, when, text, urgent: urgent.value, cite });
            }
        }
        alerts
    }
}
