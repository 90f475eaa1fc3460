//! Every place of a definition where a rule can be changed, found by the keys of its YAML. The forms of rules are in `rules`.

use rust_decimal::Decimal;

use super::Mutant;
use super::pathway_sites::codes_on_pathway;
use super::tokens::{codes, in_expression, neighbour};
use crate::Instrument;
use crate::definition::{Definition, number};
use crate::plan::{Purpose, ScoringPlan, State};
use crate::reach::{Evaluation, NumberSet};
use crate::source::{Kind, Source, Span, Value, parse};

/// All changes of an instrument that are tried, in the order of its file.
#[must_use]
pub fn mutants(instrument: &Instrument) -> Vec<Mutant> {
    let source = &instrument.definition().source;
    let Ok(document) = parse(source) else { return Vec::new() };
    let definition = instrument.definition();
    let mut sites = Sites { source, definition, plan: instrument.plan(), found: Vec::new() };
    sites.definition(&document.root);
    in_order(sites.found)
}

pub(super) struct Sites<'s> {
    pub(super) source: &'s Source,
    pub(super) definition: &'s Definition,
    pub(super) plan: &'s ScoringPlan,
    pub(super) found: Vec<Mutant>,
}

/// In the order of the file, each once.
pub(super) fn in_order(mut found: Vec<Mutant>) -> Vec<Mutant> {
    found.sort_by(|one, two| (one.span, &one.new, &one.what).cmp(&(two.span, &two.new, &two.what)));
    found.dedup_by(|one, two| one.edits == two.edits);
    found
}

/// The value of a key.
pub(super) fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let Kind::Mapping(entries) = &value.kind else { return None };
    entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
}

/// The text of a scalar.
pub(super) fn text(value: &Value) -> Option<&str> {
    if let Kind::Scalar(scalar) = &value.kind { Some(&scalar.text) } else { None }
}

/// The members of a list; nothing where it is none.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    match value.map(|value| &value.kind) {
        Some(Kind::Sequence(values)) => values,
        _ => &[],
    }
}

/// The entries of a mapping; nothing where it is none.
pub(super) fn entries(value: Option<&Value>) -> &[crate::source::Entry] {
    match value.map(|value| &value.kind) {
        Some(Kind::Mapping(entries)) => entries,
        _ => &[],
    }
}

impl Sites<'_> {
    pub(super) fn put(&mut self, what: &str, span: Span, new: impl Into<String>) {
        let new = new.into();
        self.all(what, span, self.source.slice(span).to_owned(), new.clone(), vec![(span, new)]);
    }

    pub(super) fn all(&mut self, what: &str, span: Span, old: String, new: String, edits: Vec<(Span, String)>) {
        self.found.push(Mutant { what: what.to_owned(), span, old, new, edits });
    }

    /// A number one step up and one step down.
    pub(super) fn number(&mut self, what: &str, value: &Value, step: Option<Decimal>) {
        let Some(own) = text(value).and_then(number) else { return };
        let step = step.unwrap_or_else(|| Decimal::new(1, own.scale()));
        self.put(what, value.span, (own + step).normalize().to_string());
        self.put(what, value.span, (own - step).normalize().to_string());
    }

    pub(super) fn expression(&mut self, what: &str, value: Option<&Value>) {
        if let Some(Kind::Scalar(scalar)) = value.map(|value| &value.kind) {
            let (definition, plan) = (self.definition, self.plan);
            let codes_of = |name: &str| {
                let own = codes(definition, name);
                if own.is_empty() { codes_on_pathway(plan, name) } else { own.into_iter().map(str::to_owned).collect() }
            };
            in_expression(self.source, &codes_of, scalar, what, &mut self.found);
        }
    }

    fn definition(&mut self, root: &Value) {
        for entry in entries(get(root, "option_lists")) {
            let options = get(&entry.value, "options").unwrap_or(&entry.value);
            self.options(&entry.key.value, options);
        }
        for section in list(get(root, "sections")) {
            let id = get(section, "id").and_then(text).unwrap_or_default();
            self.expression(&format!("when of the section {id}"), get(section, "when"));
            self.otherwise(id, section);
            list(get(section, "items")).iter().for_each(|item| self.item(item));
        }
        list(get(root, "inputs")).iter().for_each(|item| self.item(item));
        for score in entries(get(root, "scores")) {
            self.score(&score.key.value, &score.value);
        }
        self.missing("the instrument", get(root, "missing"));
        for set in entries(get(root, "bands")) {
            let of = get(&set.value, "of").and_then(text).unwrap_or(&set.key.value);
            let bands = get(&set.value, "bands").unwrap_or(&set.value);
            let reached = self.reached(of);
            self.intervals(&format!("bands of {}", set.key.value), bands, reached.as_ref());
            self.results(
                &format!("bands of {}", set.key.value),
                &list(Some(bands)).iter().filter_map(|band| get(band, "id")).collect::<Vec<_>>(),
            );
        }
        if let Some(grade) = get(root, "grade") {
            self.grade(grade);
        }
        for (key, word) in [("findings", "finding"), ("alerts", "alert")] {
            for clause in list(get(root, key)) {
                let id = get(clause, "id").and_then(text).unwrap_or_default();
                self.expression(&format!("when of the {word} {id}"), get(clause, "when"));
            }
        }
    }

    /// The numbers that a score reaches.
    fn reached(&self, score: &str) -> Option<NumberSet> {
        let place = self.definition.scores.iter().position(|known| known.id.value == score)?;
        let node = self.plan.find(Purpose::Score(place))?;
        let blank = Evaluation::new(self.plan, vec![State::Blank; self.plan.fields().len()], crate::check::sheets::BUDGET);
        crate::cases::edges::numbers(self.plan, &blank, &crate::plan::Expr::Node(node), crate::check::sheets::BUDGET)
    }

    pub(super) fn item(&mut self, item: &Value) {
        let id = get(item, "id").and_then(text).unwrap_or_default();
        if let Some(options) = get(item, "options").filter(|options| matches!(options.kind, Kind::Sequence(_))) {
            self.options(id, options);
        }
        let points: Vec<&Value> = entries(get(item, "points")).iter().map(|entry| &entry.value).collect();
        let step = smallest_difference(&points);
        for entry in entries(get(item, "points")) {
            self.number(&format!("points of {id}: {}", entry.key.value), &entry.value, step);
        }
        self.expression(&format!("when of {id}"), get(item, "when"));
        self.otherwise(id, item);
        if let Some(most) = get(item, "at_most") {
            self.number(&format!("at_most of {id}"), most, None);
        }
    }

    /// What something counts as when it is hidden.
    fn otherwise(&mut self, id: &str, whole: &Value) {
        let Some(value) = get(whole, "otherwise") else { return };
        let what = format!("otherwise of {id}");
        match text(value) {
            Some("true") => self.put(&what, value.span, "false"),
            Some("false") => self.put(&what, value.span, "true"),
            Some("left_out") | None => {}
            Some(own) if number(own).is_some() => self.number(&what, value, None),
            Some(own) => {
                let item = self.definition.items.iter().find(|item| item.id.value == id);
                let codes: Vec<&str> = item.iter().flat_map(|item| &item.options).map(|option| option.code.value.as_str()).collect();
                if let Some(other) = neighbour(&codes, own) {
                    self.put(&what, value.span, crate::seek::quoted(other));
                }
            }
        }
    }

    /// The points of a list of options, moved by the smallest step between them.
    fn options(&mut self, whose: &str, options: &Value) {
        let points: Vec<&Value> = list(Some(options)).iter().filter_map(|option| get(option, "points")).collect();
        let step = smallest_difference(&points);
        for option in list(Some(options)) {
            let code = get(option, "code").and_then(text).unwrap_or_default();
            if let Some(points) = get(option, "points") {
                self.number(&format!("points of {whose}: {code}"), points, step);
            }
        }
    }

    fn grade(&mut self, grade: &Value) {
        if let Some(preliminary) = get(grade, "preliminary") {
            self.form("the preliminary grade", preliminary);
        }
        let scale: Vec<&str> = self.definition.grade.iter().flat_map(|grade| &grade.scale).map(|step| step.id.value.as_str()).collect();
        let adjustments = get(grade, "adjustments");
        for (place, adjustment) in list(adjustments).iter().enumerate() {
            let id = get(adjustment, "id").and_then(text).unwrap_or_default();
            self.expression(&format!("when of the adjustment {id}"), get(adjustment, "when"));
            for key in ["set", "at_least"] {
                let Some(value) = get(adjustment, key) else { continue };
                let own = scale.iter().position(|step| text(value) == Some(step));
                let others = own.into_iter().flat_map(|own| [own.checked_sub(1), own.checked_add(1)]).flatten();
                for other in others.filter_map(|other| scale.get(other)) {
                    self.put(&format!("{key} of the adjustment {id}"), value.span, crate::seek::quoted(other));
                }
            }
            if let Some(raise) = get(adjustment, "raise") {
                self.number(&format!("raise of the adjustment {id}"), raise, None);
            }
            self.without(&format!("the adjustment {id}"), adjustments, place);
        }
        if let Some(combine) = get(grade, "combine") {
            match text(combine) {
                Some("strongest_once") => self.put("combine", combine.span, "sum"),
                Some("sum") => self.put("combine", combine.span, "strongest_once"),
                _ => {
                    for entry in entries(get(combine, "choose")) {
                        let other = if text(&entry.value) == Some("sum") { "strongest_once" } else { "sum" };
                        self.put(&format!("combine for {}", entry.key.value), entry.value.span, other);
                    }
                }
            }
        }
    }

    /// A list without one of its members.
    pub(super) fn without(&mut self, what: &str, whole: Option<&Value>, place: usize) {
        let Some(whole) = whole else { return };
        let members = list(Some(whole));
        let Some(own) = members.get(place).filter(|_| members.len() > 1) else { return };
        let old = self.source.slice(own.span).to_owned();
        let text = self.source.text();
        let edit = if self.source.slice(whole.span).starts_with('[') {
            let others = members.iter().enumerate().filter(|(other, _)| *other != place);
            let others: Vec<&str> = others.map(|(_, member)| self.source.slice(member.span)).collect();
            (whole.span, format!("[{}]", others.join(", ")))
        } else {
            let start = text.get(..own.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let end = text.get(own.span.end..).and_then(|behind| behind.find('\n')).map_or(text.len(), |at| own.span.end + at + 1);
            (Span::new(start, end), String::new())
        };
        self.all(what, own.span, old, String::new(), vec![edit]);
    }
}

/// The smallest step between numbers.
fn smallest_difference(values: &[&Value]) -> Option<Decimal> {
    let mut numbers: Vec<Decimal> = values.iter().filter_map(|value| number(text(value)?)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().zip(numbers.iter().skip(1)).map(|(low, high)| high - low).min()
}
