//! Definition to plan: makes fields and nodes, each node after all that it reads, and finds cycles. Rule forms are compiled in `forms`.

use rust_decimal::Decimal;

use super::expression::{Adjusted, Change, CodeSetId, CombineBy, Expr, FieldId, NodeId, Type, Value};
use super::names::Names;
use super::routing::Linked;
use super::{Considered, Field, Node, Purpose, ResultField, ScoringPlan};
use crate::definition::{
    ClauseKind, ClockTime, Combine, Definition, Effect, ExpressionText, Id, Item, ItemType, Literal, Otherwise, did_you_mean, shortened,
};
use crate::sorted::SortedMap;
use crate::source::{Diagnostic, Severity, Source, Span, Spanned};

/// How far a node is made.
#[derive(Debug, Clone, Copy)]
enum Progress {
    /// In the making: whoever asks for it now stands in a circle.
    Doing,
    /// Made, or found faulty.
    Done(Option<NodeId>),
}

/// The state of a compilation.
pub(super) struct Compiler<'d> {
    pub(super) definition: &'d Definition,
    pub(super) names: Names<'d>,
    pub(super) fields: Vec<Field>,
    pub(super) codes: Vec<Vec<String>>,
    nodes: Vec<Node>,
    progress: SortedMap<PurposeKey, Progress>,
    making: Vec<(PurposeKey, String, Span)>,
    faults: Vec<Diagnostic>,
    pub(super) assessed_on: Option<FieldId>,
    pub(super) grade_codes: Option<CodeSetId>,
    /// The text in which faults are at this moment: a pathway's clauses may come from another file.
    pub(super) source: Source,
    pub(super) pathway: Option<Linked<'d>>,
    pub(super) results: Vec<ResultField>,
    pub(super) kinds: Option<CodeSetId>,
    pub(super) care_settings: Option<CodeSetId>,
    considered: Vec<(Purpose, Considered)>,
}

/// A purpose that can be ordered, to find nodes again.
type PurposeKey = (u8, usize);

fn key(purpose: Purpose) -> PurposeKey {
    match purpose {
        Purpose::Shown(field) => (0, field.0),
        Purpose::Score(place) => (1, place),
        Purpose::Band(place) => (2, place),
        Purpose::Preliminary => (3, 0),
        Purpose::Adjustment(place) => (4, place),
        Purpose::Grade => (5, 0),
        Purpose::Finding(place) => (6, place),
        Purpose::Alert(place) => (7, place),
        Purpose::Wanted(place) => (8, place),
        Purpose::Clause(place) => (9, place),
        Purpose::Proposal => (10, 0),
        Purpose::ProposalSetting => (11, 0),
        Purpose::Routing => (12, 0),
        Purpose::RoutingSetting => (13, 0),
    }
}

/// Compiles a definition; see `ScoringPlan::compile`.
pub(super) fn compile(definition: &Definition, linked: Option<Linked<'_>>) -> (Option<ScoringPlan>, Vec<Diagnostic>) {
    let mut twice = Vec::new();
    let names = Names::gather(definition, linked.map(|linked| linked.pathway), |id, first| twice.push((id, first)));
    let mut compiler = Compiler {
        definition,
        names,
        fields: Vec::new(),
        codes: Vec::new(),
        nodes: Vec::new(),
        progress: SortedMap::new(),
        making: Vec::new(),
        faults: Vec::new(),
        assessed_on: None,
        grade_codes: None,
        source: definition.source.clone(),
        pathway: linked,
        results: Vec::new(),
        kinds: None,
        care_settings: None,
        considered: Vec::new(),
    };
    // Adjustments and alerts are named in results, each kind by itself.
    let adjustments: Vec<&Id> = definition.grade.iter().flat_map(|grade| &grade.adjustments).map(|adjustment| &adjustment.id).collect();
    let alerts: Vec<&Id> = definition.alerts.iter().map(|alert| &alert.id).collect();
    let sets: Vec<&Id> = definition.band_sets.iter().map(|set| &set.id).collect();
    for ids in [adjustments, alerts, sets] {
        let again = ids.iter().enumerate().filter_map(|(place, id)| {
            let first = ids.iter().take(place).find(|first| first.value == id.value)?;
            Some((*id, first.span))
        });
        twice.extend(again);
    }
    for (id, first) in twice {
        let fault = Diagnostic::new("duplicate-id", Severity::Error, &definition.source, id.span, format!("`{}` is given twice", id.value));
        compiler.faults.push(fault.also(first, "first given here").help("give each its own id"));
    }
    compiler.fields();
    compiler.routing_codes();
    compiler.everything();
    compiler.all_clauses();
    compiler.considered = compiler.considered();
    compiler.finish()
}

impl Compiler<'_> {
    pub(super) fn fault(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    pub(super) fn help(&mut self, name: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Diagnostic::new(name, Severity::Error, &self.source, span, message).help(help));
    }

    fn fields(&mut self) {
        let definition = self.definition;
        for (place, item) in definition.settings.iter().enumerate().chain(definition.items.iter().enumerate()) {
            let field = self.make_field(place, item);
            self.fields.push(field);
        }
        for (place, item) in definition.settings.iter().chain(&definition.items).enumerate() {
            let id = FieldId(place);
            if let (Some(default), Some(set)) = (&item.default, self.field(id).codes) {
                let whose = format!("the setting `{}`", item.id.value);
                let code = self.code(set, &default.value, default.span, &whose);
                self.field_mut(id, |field| field.default = code.map(Value::Code));
            }
            if let Some(Spanned { value: Otherwise::Answer(literal), span }) = &item.otherwise {
                let kind = self.field_type(id);
                let value = self.literal(literal, kind, &format!("the item `{}`", item.id.value), *span);
                self.field_mut(id, |field| field.otherwise = value);
            }
        }
    }

    fn make_field(&mut self, place: usize, item: &Item) -> Field {
        let codes = matches!(item.kind, ItemType::Choice | ItemType::Choices).then(|| {
            self.codes.push(item.options.iter().map(|option| option.code.value.clone()).collect());
            CodeSetId(self.codes.len() - 1)
        });
        let option_points: Option<Vec<Decimal>> = item.options.iter().map(|option| option.points).collect();
        let points = match item.kind {
            ItemType::Boolean => item.boolean_points.map(|(yes, no)| vec![no, yes]),
            _ => option_points.filter(|points| !points.is_empty()),
        };
        let (range, step) = match item.kind {
            ItemType::Time => (Some((Decimal::ZERO, Decimal::from(ClockTime::DAY - 1))), Some(Decimal::ONE)),
            _ => (item.range, item.step),
        };
        let exclusive = item.options.iter().take(64).enumerate().filter(|(_, option)| option.exclusive);
        Field {
            id: item.id.value.clone(),
            role: item.role,
            kind: item.kind,
            place,
            codes,
            choices: u8::try_from(item.options.len()).unwrap_or(u8::MAX),
            points,
            exclusive: exclusive.fold(0, |bits, (bit, _)| bits | 1 << bit),
            at_most: item.at_most,
            range,
            step,
            shown: None,
            otherwise: None,
            absent: item.absent.clone(),
            default: None,
            regions: None,
        }
    }

    pub(super) fn field(&self, id: FieldId) -> &Field {
        #[allow(clippy::indexing_slicing, reason = "field ids are made together with the fields")]
        &self.fields[id.0]
    }

    fn field_mut(&mut self, id: FieldId, change: impl FnOnce(&mut Field)) {
        if let Some(field) = self.fields.get_mut(id.0) {
            change(field);
        }
    }

    /// The author's item behind a field.
    pub(super) fn item(&self, id: FieldId) -> Option<&Item> {
        self.definition.settings.iter().chain(&self.definition.items).nth(id.0)
    }

    pub(super) fn field_type(&self, id: FieldId) -> Type {
        self.field(id).answer_type()
    }

    /// A literal of a known type, or a fault.
    pub(super) fn literal(&mut self, literal: &Literal, kind: Type, whose: &str, span: Span) -> Option<Value> {
        let value = match kind {
            Type::Number if !literal.quoted => crate::definition::number(&literal.text).map(Value::Number),
            Type::Boolean if !literal.quoted => literal.text.parse().ok().map(Value::Boolean),
            Type::Code(set) => return self.code(set, &literal.text, span, whose).map(Value::Code),
            Type::Time => ClockTime::parse(&literal.text).map(Value::of_clock),
            _ => None,
        };
        if value.is_none() {
            let wanted = match kind {
                Type::Number => "a number",
                Type::Boolean => "`true` or `false`",
                Type::Time => "a clock time from `00:00` to `23:59`",
                _ => "nothing that could be written here",
            };
            let message = format!("{whose} takes {wanted}, not `{}`", shortened(&literal.text));
            self.fault(Diagnostic::new("types-differ", Severity::Error, &self.source, span, message));
        }
        value
    }

    /// The node with a purpose, made now if nobody asked for it before. `at` is the place that asks.
    pub(super) fn node(&mut self, purpose: Purpose, at: Span) -> Option<NodeId> {
        match self.progress.get(&key(purpose)) {
            Some(Progress::Done(node)) => return *node,
            Some(Progress::Doing) => {
                self.cycle(purpose, at);
                return None;
            }
            None => {}
        }
        let (id, span) = self.describe(purpose);
        self.progress.insert(key(purpose), Progress::Doing);
        self.making.push((key(purpose), id.clone(), at));
        let owner = self.owner(purpose).unwrap_or_else(|| self.source.clone());
        let before = std::mem::replace(&mut self.source, owner);
        let made = self.make(purpose, span);
        self.source = before;
        self.making.pop();
        let node = made.map(|(expr, kind)| {
            self.nodes.push(Node { id, purpose, expr, kind, range: self.range(purpose) });
            NodeId(self.nodes.len() - 1)
        });
        self.progress.insert(key(purpose), Progress::Done(node));
        node
    }

    /// The text that a node of a pathway was written in.
    fn owner(&self, purpose: Purpose) -> Option<Source> {
        let pathway = self.pathway?.pathway;
        match purpose {
            Purpose::Clause(place) => pathway.clauses.get(place).map(|clause| clause.source.clone()),
            Purpose::Wanted(place) => pathway.assessments.get(place).map(|assessment| assessment.source.clone()),
            Purpose::Shown(field) => pathway.input_sources.get(field.0.checked_sub(pathway.head.settings.len())?).cloned(),
            _ => None,
        }
    }

    pub(super) fn node_type(&self, id: NodeId) -> Type {
        self.nodes.get(id.0).map_or(Type::Text, |node| node.kind)
    }

    fn cycle(&mut self, purpose: Purpose, at: Span) {
        let from = self.making.iter().position(|(made, _, _)| *made == key(purpose)).unwrap_or(0);
        let circle: Vec<String> = self.making.iter().skip(from).map(|(_, id, _)| format!("`{id}`")).collect();
        let message = format!("{} needs itself: {} → {0}", circle.first().cloned().unwrap_or_default(), circle.join(" → "));
        let mut fault = Diagnostic::new("cyclic-reference", Severity::Error, &self.source, at, message)
            .help("take one of these references away, so that each value is known before it is used");
        for (_, id, asked) in self.making.iter().skip(from + 1) {
            fault = fault.also(*asked, format!("`{id}` is used here"));
        }
        self.fault(fault);
    }

    fn describe(&self, purpose: Purpose) -> (String, Span) {
        let definition = self.definition;
        let named = |id: Option<&crate::definition::Id>| id.map_or((String::new(), Span::default()), |id| (id.value.clone(), id.span));
        let grade = definition.grade.as_ref();
        match purpose {
            Purpose::Shown(field) => named(self.item(field).map(|item| &item.id)),
            Purpose::Score(place) => named(definition.scores.get(place).map(|score| &score.id)),
            Purpose::Band(place) => named(definition.band_sets.get(place).map(|set| &set.id)),
            Purpose::Preliminary => ("preliminary_grade".to_owned(), grade.map_or(Span::default(), |grade| grade.preliminary.span)),
            Purpose::Grade => ("grade".to_owned(), grade.map_or(Span::default(), |grade| grade.span)),
            Purpose::Adjustment(place) => named(grade.and_then(|grade| grade.adjustments.get(place)).map(|adjustment| &adjustment.id)),
            Purpose::Finding(place) => named(definition.findings.get(place).map(|finding| &finding.id)),
            Purpose::Alert(place) => named(definition.alerts.get(place).map(|alert| &alert.id)),
            Purpose::Clause(place) => named(self.pathway.and_then(|linked| linked.pathway.clauses.get(place)).map(|clause| &clause.id)),
            Purpose::Wanted(place) => {
                named(self.pathway.and_then(|linked| linked.pathway.assessments.get(place)).map(|assessment| &assessment.id))
            }
            Purpose::Proposal | Purpose::ProposalSetting => ("proposal".to_owned(), Span::default()),
            Purpose::Routing | Purpose::RoutingSetting => ("routing".to_owned(), Span::default()),
        }
    }

    fn range(&self, purpose: Purpose) -> Option<(Decimal, Decimal)> {
        let Purpose::Score(place) = purpose else { return None };
        self.definition.scores.get(place)?.range.as_ref().map(|range| range.value)
    }

    fn make(&mut self, purpose: Purpose, span: Span) -> Option<(Expr, Type)> {
        let definition = self.definition;
        match purpose {
            Purpose::Shown(field) => {
                let conditions: Vec<ExpressionText> = self.item(field)?.when.clone();
                let parts: Option<Vec<Expr>> = conditions.iter().map(|when| self.condition(when)).collect();
                Some((Expr::And(parts?), Type::Boolean))
            }
            Purpose::Score(place) => self.score(definition.scores.get(place)?),
            Purpose::Band(place) => self.band_set(definition.band_sets.get(place)?),
            Purpose::Preliminary => {
                let grade = definition.grade.as_ref()?;
                self.preliminary(grade)
            }
            Purpose::Adjustment(place) => {
                let when = &definition.grade.as_ref()?.adjustments.get(place)?.when;
                Some((self.condition(when)?, Type::Boolean))
            }
            Purpose::Grade => self.grade(span),
            Purpose::Finding(place) => Some((self.condition(&definition.findings.get(place)?.when)?, Type::Boolean)),
            Purpose::Alert(place) => Some((self.condition(&definition.alerts.get(place)?.when)?, Type::Boolean)),
            Purpose::Wanted(place) => self.wanted(place),
            Purpose::Clause(place) => self.clause(place),
            Purpose::Proposal => self.chain(ClauseKind::Rule, span),
            Purpose::Routing => self.chain(ClauseKind::Wish, span),
            Purpose::ProposalSetting => self.setting_of(Purpose::Proposal, span),
            Purpose::RoutingSetting => self.setting_of(Purpose::Routing, span),
        }
    }

    fn grade(&mut self, span: Span) -> Option<(Expr, Type)> {
        let grade = self.definition.grade.as_ref()?;
        let set = self.grade_codes?;
        let preliminary = self.node(Purpose::Preliminary, span);
        let mut clauses = Vec::new();
        for (place, adjustment) in grade.adjustments.iter().enumerate() {
            let node = self.node(Purpose::Adjustment(place), adjustment.when.span);
            let change = match &adjustment.effect.value {
                Effect::Set(id) => self.code(set, &id.value, id.span, "the scale").map(Change::Set),
                Effect::AtLeast(id) => self.code(set, &id.value, id.span, "the scale").map(Change::AtLeast),
                Effect::Raise(steps) => u8::try_from(*steps).ok().map(Change::Raise),
            };
            clauses.extend(node.zip(change));
        }
        let combine = match &grade.combine.value {
            Combine::BySetting(setting, ways) => self.combine_by(setting, ways)?,
            always => CombineBy::Always(CombineBy::adds(always)),
        };
        let worst = u8::try_from(grade.scale.len().saturating_sub(1)).ok()?;
        Some((Expr::Adjust(Box::new(Adjusted { preliminary: preliminary?, clauses, combine, worst })), Type::Code(set)))
    }

    fn combine_by(&mut self, setting: &crate::definition::Id, ways: &[(crate::definition::Id, Spanned<Combine>)]) -> Option<CombineBy> {
        let settings: Vec<&str> = self.definition.settings.iter().map(|setting| setting.id.value.as_str()).collect();
        let Some(place) = settings.iter().position(|id| *id == setting.value) else {
            let message = format!("there is no setting `{}`", shortened(&setting.value));
            self.help("unknown-name", setting.span, message, did_you_mean(&setting.value, &settings));
            return None;
        };
        let (field, set) = (FieldId(place), self.field(FieldId(place)).codes?);
        let whose = format!("the setting `{}`", setting.value);
        let mut adds: Vec<Option<bool>> = vec![None; self.codes.get(set.0)?.len()];
        for (code, way) in ways {
            if let Some(slot) = self.code(set, &code.value, code.span, &whose).and_then(|place| adds.get_mut(usize::from(place))) {
                *slot = Some(CombineBy::adds(&way.value));
            }
        }
        if adds.iter().any(Option::is_none) {
            self.help("wrong-form", setting.span, "some codes of the setting have no way to combine", "give one for each code");
        }
        Some(CombineBy::Setting(field, adds.into_iter().map(|add| add.unwrap_or(false)).collect()))
    }

    /// Makes every node in the printed order, so that a plan reads like its definition.
    fn everything(&mut self) {
        let definition = self.definition;
        if let Some(grade) = &definition.grade {
            self.codes.push(grade.scale.iter().map(|step| step.id.value.clone()).collect());
            self.grade_codes = Some(CodeSetId(self.codes.len() - 1));
            for (place, step) in grade.scale.iter().enumerate() {
                if let Some(first) = grade.scale.iter().take(place).find(|first| first.id.value == step.id.value) {
                    let message = format!("the grade `{}` stands on the scale twice", step.id.value);
                    let fault = Diagnostic::new("duplicate-id", Severity::Error, &definition.source, step.id.span, message);
                    self.fault(fault.also(first.id.span, "first written here").help("give each grade its own id"));
                }
            }
        }
        for place in 0..self.fields.len() {
            self.shown(FieldId(place), Span::default());
        }
        for place in 0..definition.scores.len() {
            self.node(Purpose::Score(place), Span::default());
            for (set, bands) in definition.band_sets.iter().enumerate() {
                if definition.scores.get(place).is_some_and(|score| score.id.value == bands.of.value) {
                    self.node(Purpose::Band(set), Span::default());
                }
            }
        }
        for place in 0..definition.band_sets.len() {
            self.node(Purpose::Band(place), Span::default());
        }
        for place in 0..definition.findings.len() {
            self.node(Purpose::Finding(place), Span::default());
        }
        if definition.grade.is_some() {
            self.node(Purpose::Grade, Span::default());
        }
        for place in 0..definition.alerts.len() {
            self.node(Purpose::Alert(place), Span::default());
        }
    }

    /// Makes the node that says whether a field is shown, before anything reads the field.
    pub(super) fn shown(&mut self, field: FieldId, at: Span) {
        if self.item(field).is_some_and(|item| !item.when.is_empty()) && self.field(field).shown.is_none() {
            let node = self.node(Purpose::Shown(field), at);
            self.field_mut(field, |field| field.shown = node);
        }
    }

    /// The field that stands for the day of the assessment, made when an expression first asks for it.
    pub(super) fn assessed_on(&mut self) -> FieldId {
        if let Some(field) = self.assessed_on {
            return field;
        }
        self.fields.push(Field::no_item("assessed_on".to_owned(), ItemType::Date));
        let id = FieldId(self.fields.len() - 1);
        self.assessed_on = Some(id);
        id
    }

    fn finish(self) -> (Option<ScoringPlan>, Vec<Diagnostic>) {
        let sound = !self.faults.iter().any(Diagnostic::is_error);
        let plan = ScoringPlan::of_parts(self.fields, self.nodes, self.codes);
        let hash = self.definition.hash.clone();
        (
            sound.then_some(ScoringPlan {
                assessed_on: self.assessed_on,
                hash,
                results: self.results,
                considered: self.considered,
                ..plan
            }),
            self.faults,
        )
    }
}
