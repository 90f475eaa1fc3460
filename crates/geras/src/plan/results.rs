//! What a pathway's expressions read of its instruments: each result becomes a field that is filled in from the instrument's outcome.

use rust_decimal::Decimal;

use super::compile::Compiler;
use super::expression::{CodeSetId, Expr, FieldId, Type};
use super::names::Name;
use super::{Field, Purpose};
use crate::Instrument;
use crate::definition::{Definition, ItemType, did_you_mean, shortened};
use crate::expression::{Syntax, SyntaxKind};
use crate::reach::NumberSet;
use crate::source::Span;

/// A field that stands for a result of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultField {
    /// The field.
    pub field: FieldId,
    /// The place of the assessment in the pathway.
    pub assessment: usize,
    /// Which result it is.
    pub what: ResultKind,
    /// The numbers that it can be, in any edition of the instrument; none where it is no number.
    pub(crate) numbers: Option<NumberSet>,
}

/// A result of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultKind {
    /// Whether the assessment is done at all.
    Done,
    /// A score by its id.
    Score(String),
    /// A band of a set, by the set's id.
    Band(String),
    /// The grade.
    Grade,
    /// The grade before the adjustments.
    PreliminaryGrade,
    /// Whether a finding holds, by its id.
    Finding(String),
    /// Whether an alert is raised, by its id.
    Alert(String),
    /// The answer to an item or input.
    Answer(String),
    /// The points of such an answer.
    Points(String),
}

impl ResultKind {
    /// What the instrument computes for it; none for answers, and for whether the assessment is done.
    pub(crate) fn purpose(&self, definition: &Definition) -> Option<Purpose> {
        Some(match self {
            Self::Score(id) => Purpose::Score(definition.scores.iter().position(|score| score.id.value == *id)?),
            Self::Band(id) => Purpose::Band(definition.band_sets.iter().position(|set| set.id.value == *id)?),
            Self::Grade => Purpose::Grade,
            Self::PreliminaryGrade => Purpose::Preliminary,
            Self::Finding(id) => Purpose::Finding(definition.findings.iter().position(|finding| finding.id.value == *id)?),
            Self::Alert(id) => Purpose::Alert(definition.alerts.iter().position(|alert| alert.id.value == *id)?),
            Self::Done | Self::Answer(_) | Self::Points(_) => return None,
        })
    }
}

/// What a result is, for the field that stands for it.
struct Shape {
    what: ResultKind,
    kind: ItemType,
    codes: Vec<String>,
    numbers: Option<NumberSet>,
}

impl Compiler<'_> {
    /// The assessment at the root of `phq9.total.band`, with the names behind it.
    pub(super) fn result_path<'s>(&self, syntax: &'s Syntax) -> Option<(usize, Vec<(&'s str, Span)>)> {
        match &syntax.kind {
            SyntaxKind::Name(name) => match self.names.get(name)? {
                Name::Assessment(place) => Some((place, Vec::new())),
                _ => None,
            },
            SyntaxKind::Property(of, property) => {
                let (place, mut path) = self.result_path(of)?;
                path.push((property.value.as_str(), property.span));
                Some((place, path))
            }
            _ => None,
        }
    }

    /// The expression that reads a result.
    pub(super) fn result(&mut self, assessment: usize, path: &[(&str, Span)], span: Span) -> Option<(Expr, Type)> {
        let (names, rank) = match path {
            [names @ .., ("rank", _)] if !names.is_empty() => (names, true),
            names => (names, false),
        };
        let editions = self.instruments_of(assessment);
        let newest = editions.last()?;
        let name = self.pathway.and_then(|linked| linked.pathway.assessments.get(assessment))?.id.value.clone();
        let words: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let Some(shape) = shape(newest, &words) else {
            let (wrong, at) = names.first().copied().unwrap_or(("", span));
            let message = match names {
                [] => format!("`{name}` is an assessment, not a value"),
                _ => format!("the instrument `{}` has no result `{}`", newest.definition().id.value, shortened(&words.join("."))),
            };
            let known = result_names(newest);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let help = if names.is_empty() { format!("write a result of it, such as `{name}.grade`") } else { did_you_mean(wrong, &known) };
            self.help("unknown-name", at, message, help);
            return None;
        };
        let mut numbers = shape.numbers.clone();
        for edition in editions.iter().rev().skip(1) {
            let other = self::shape(edition, &words).filter(|other| other.codes == shape.codes && other.kind == shape.kind);
            let Some(other) = other else {
                let (old, new) = (&edition.definition().edition.value, &newest.definition().edition.value);
                let message = format!("`{}` is not the same in the editions `{old}` and `{new}` of the instrument", words.join("."));
                let help = format!("name the edition: `instrument: {}@{new}`", newest.definition().id.value);
                self.help("unknown-name", span, message, help);
                return None;
            };
            numbers = match (other.numbers, numbers) {
                (Some(one), Some(two)) => Some(one.union(&two)),
                (one, two) => one.or(two),
            };
        }
        let id = format!("{name}.{}", words.join("."));
        let field = self.result_field(id, assessment, Shape { numbers, ..shape });
        let kind = self.field_type(field);
        match (rank, kind) {
            (false, _) => Some((Expr::Field(field), kind)),
            (true, Type::Code(_)) => Some((Expr::Rank(Box::new(Expr::Field(field))), Type::Number)),
            (true, _) => {
                self.help("types-differ", span, format!("`{}` has no rank", words.join(".")), "a choice, a band or a grade has one");
                None
            }
        }
    }

    /// Whether an assessment is done.
    pub(super) fn done(&mut self, assessment: usize) -> Option<Expr> {
        let name = self.pathway?.pathway.assessments.get(assessment)?.id.value.clone();
        let shape = Shape { what: ResultKind::Done, kind: ItemType::Boolean, codes: Vec::new(), numbers: None };
        Some(Expr::Field(self.result_field(format!("done({name})"), assessment, shape)))
    }

    fn result_field(&mut self, id: String, assessment: usize, shape: Shape) -> FieldId {
        if let Some(place) = self.fields.iter().position(|field| field.id == id) {
            return FieldId(place);
        }
        let coded = shape.kind == ItemType::Choice;
        let codes = coded.then(|| {
            self.codes.push(shape.codes.clone());
            CodeSetId(self.codes.len() - 1)
        });
        let range = shape.numbers.as_ref().and_then(|numbers| numbers.min().zip(numbers.max()));
        let choices = u8::try_from(shape.codes.len()).unwrap_or(u8::MAX);
        self.fields.push(Field { codes, choices, range, ..Field::no_item(id, shape.kind) });
        let field = FieldId(self.fields.len() - 1);
        self.results.push(ResultField { field, assessment, what: shape.what, numbers: shape.numbers });
        field
    }
}

/// The result with this name; none where the instrument has no such one.
fn shape(instrument: &Instrument, names: &[&str]) -> Option<Shape> {
    let definition = instrument.definition();
    let coded = |what, codes: Vec<String>| Some(Shape { what, kind: ItemType::Choice, codes, numbers: None });
    let number = |what, numbers| Some(Shape { what, kind: ItemType::Decimal, codes: Vec::new(), numbers });
    let scale = || definition.grade.as_ref().map(|grade| grade.scale.iter().map(|step| step.id.value.clone()).collect());
    match names {
        ["grade"] => coded(ResultKind::Grade, scale()?),
        ["preliminary_grade"] => coded(ResultKind::PreliminaryGrade, scale()?),
        [set, "band"] => {
            let bands = definition.band_sets.iter().find(|known| known.id.value == *set)?;
            let mut codes: Vec<String> = Vec::new();
            for band in &bands.bands {
                if !codes.contains(&band.id.value) {
                    codes.push(band.id.value.clone());
                }
            }
            coded(ResultKind::Band((*set).to_owned()), codes)
        }
        [item, "points"] => {
            let field = instrument.plan().field_id(item).map(|id| instrument.plan().field(id))?;
            let points = field.points.as_ref()?;
            number(ResultKind::Points((*item).to_owned()), Some(NumberSet::from_values(points.iter().copied())))
        }
        [id] => {
            if definition.scores.iter().any(|score| score.id.value == *id) {
                return number(ResultKind::Score((*id).to_owned()), instrument.reachable_numbers(id));
            }
            if definition.alerts.iter().any(|alert| alert.id.value == *id) {
                let what = ResultKind::Alert((*id).to_owned());
                return Some(Shape { what, kind: ItemType::Boolean, codes: Vec::new(), numbers: None });
            }
            if definition.findings.iter().any(|finding| finding.id.value == *id) {
                let what = ResultKind::Finding((*id).to_owned());
                return Some(Shape { what, kind: ItemType::Boolean, codes: Vec::new(), numbers: None });
            }
            let item = definition.items.iter().find(|item| item.id.value == *id)?;
            let what = ResultKind::Answer((*id).to_owned());
            let codes = item.options.iter().map(|option| option.code.value.clone()).collect();
            match item.kind {
                ItemType::Choice => coded(what, codes),
                ItemType::Boolean => Some(Shape { what, kind: ItemType::Boolean, codes: Vec::new(), numbers: None }),
                ItemType::Integer | ItemType::Decimal => {
                    let step = item.step.or_else(|| (item.kind == ItemType::Integer).then_some(Decimal::ONE));
                    let grid =
                        |(low, high)| step.map_or_else(|| NumberSet::interval(low, high), |step| NumberSet::stepped(low, high, step));
                    number(what, item.range.map(grid))
                }
                ItemType::Choices | ItemType::Date | ItemType::Time | ItemType::Text => None,
            }
        }
        _ => None,
    }
}

/// The names of all results that expressions may read.
fn result_names(instrument: &Instrument) -> Vec<String> {
    let definition = instrument.definition();
    let grade = definition.grade.iter().map(|_| "grade".to_owned());
    let scores = definition.scores.iter().map(|score| score.id.value.clone());
    let findings = definition.findings.iter().map(|finding| finding.id.value.clone());
    let alerts = definition.alerts.iter().map(|alert| alert.id.value.clone());
    let items = definition.items.iter().map(|item| item.id.value.clone());
    grade.chain(scores).chain(findings).chain(alerts).chain(items).collect()
}
