//! The compiled scoring plan: flat, ordered, hashed. Made from a definition; assessing needs nothing else. Holds no wording.

mod answer_text;
mod claims;
mod compile;
mod cone;
mod evaluate;
mod expression;
mod forms;
mod names;
mod rebuild;
mod regions;
mod results;
mod routing;
mod script_form;
mod state;
mod typing;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::definition::{AbsentReason, Definition, ItemType, Role};
use crate::sort::sort;
use crate::source::Diagnostic;

pub use claims::Considered;
pub(crate) use claims::claims;
pub(crate) use cone::{Cones, Leaf};
pub(crate) use evaluate::{Share, adds_up, calculate, collect, finish_sum};
pub(crate) use expression::form_itself;
pub use expression::{
    Accept, Adjusted, Arithmetic, Change, CodeSetId, CombineBy, Comparison, DecisionTable, Expr, FieldId, Missing, NodeId, OptionTerm,
    Read, ScriptCall, Sum, Type, Value,
};
pub(crate) use rebuild::{Rebuild, rebuilt};
pub(crate) use regions::cuts_of;
pub use results::{ResultField, ResultKind};
pub(crate) use routing::Linked;
pub use state::State;
pub(crate) use state::{FieldSet, Knowledge, NodeSet, number, truth};

/// Something that is answered: an item, an input, a setting, an entered score.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// The kind of answer.
    pub kind: ItemType,
    /// Its place in `Definition::settings` (settings) or `Definition::items` (all others).
    pub place: usize,
    /// The codes of its options.
    pub codes: Option<CodeSetId>,
    /// How many options it has.
    pub choices: u8,
    /// Points by option, or of no and yes, where they are stated.
    pub points: Option<Vec<Decimal>>,
    /// Options that may not stand beside others, one bit each.
    pub exclusive: u64,
    /// The most points of several choices.
    pub at_most: Option<Decimal>,
    /// The lowest and highest number allowed.
    pub range: Option<(Decimal, Decimal)>,
    /// The grid of a decimal.
    pub step: Option<Decimal>,
    /// The node that says whether it is shown.
    pub shown: Option<NodeId>,
    /// What it counts as when hidden; `None` for left out.
    pub otherwise: Option<Value>,
    /// The absent reasons it allows.
    pub absent: Vec<AbsentReason>,
    /// The answer of a setting that nobody set.
    pub default: Option<Value>,
    /// Where rules only compare the number with fixed numbers: one number for each region that they tell apart.
    pub regions: Option<Vec<Decimal>>,
}

impl Field {
    /// A field that stands for no question of its definition, such as the day of the assessment.
    pub(crate) const fn no_item(id: String, kind: ItemType) -> Self {
        Self {
            id,
            role: Role::Input,
            kind,
            place: usize::MAX,
            codes: None,
            choices: 0,
            points: None,
            exclusive: 0,
            at_most: None,
            range: None,
            step: None,
            shown: None,
            otherwise: None,
            absent: Vec::new(),
            default: None,
            regions: None,
        }
    }

    /// The type of its answer.
    pub(crate) fn answer_type(&self) -> Type {
        let set = self.codes.unwrap_or(CodeSetId(usize::MAX));
        match self.kind {
            ItemType::Choice => Type::Code(set),
            ItemType::Choices => Type::Codes(set),
            ItemType::Boolean => Type::Boolean,
            ItemType::Integer | ItemType::Decimal => Type::Number,
            ItemType::Date => Type::Date,
            ItemType::Time => Type::Time,
            ItemType::Text => Type::Text,
        }
    }
}

/// What a computed node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Whether a field is shown.
    Shown(FieldId),
    /// A score, by its place in the definition.
    Score(usize),
    /// A band set, by its place in the definition.
    Band(usize),
    /// The preliminary grade.
    Preliminary,
    /// Whether an adjustment holds, by its place in the definition.
    Adjustment(usize),
    /// The grade.
    Grade,
    /// Whether a finding holds, by its place in the definition.
    Finding(usize),
    /// Whether an alert holds, by its place in the definition.
    Alert(usize),
    /// Whether an assessment of a pathway is called for, by its place.
    Wanted(usize),
    /// Whether a clause of a pathway holds, by its place.
    Clause(usize),
    /// The kind of care setting that the rules propose.
    Proposal,
    /// The care setting of that kind.
    ProposalSetting,
    /// The kind of care setting after the person's wishes.
    Routing,
    /// The care setting of that kind.
    RoutingSetting,
}

/// A value that is computed once, after all that it reads.
#[derive(Debug, Clone)]
pub struct Node {
    /// The id of the score, band set, adjustment, finding or alert; `grade`, `preliminary_grade`, or the id of the shown field.
    pub id: String,
    /// What it stands for.
    pub purpose: Purpose,
    /// How it is computed.
    pub expr: Expr,
    /// The type of its value.
    pub kind: Type,
    /// The range that bounds it where it cannot be computed.
    pub range: Option<(Decimal, Decimal)>,
}

/// The compiled rules of a definition. Only sound ones leave this crate; assessing with one cannot fail.
#[derive(Debug, Clone)]
pub struct ScoringPlan {
    pub(crate) fields: Vec<Field>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) codes: Vec<Vec<String>>,
    pub(crate) by_name: Vec<(String, FieldId)>,
    pub(crate) assessed_on: Option<FieldId>,
    pub(crate) hash: String,
    pub(crate) index: Index,
    pub(crate) cones: Cones,
    /// By which what was computed with this plan is known to belong to it.
    pub(crate) seal: Arc<()>,
    /// The fields of a pathway that stand for results of its instruments.
    pub(crate) results: Vec<ResultField>,
    /// What each claim about worse answers considers: of scores, then of the grade.
    pub(crate) considered: Vec<(Purpose, Considered)>,
}

/// Where the nodes of each purpose are, in the author's order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub(crate) scores: Vec<NodeId>,
    pub(crate) bands: Vec<NodeId>,
    pub(crate) adjustments: Vec<NodeId>,
    pub(crate) findings: Vec<NodeId>,
    pub(crate) alerts: Vec<NodeId>,
    pub(crate) preliminary: Option<NodeId>,
    pub(crate) grade: Option<NodeId>,
    /// How many nodes it takes to know which fields are shown.
    pub(crate) until_shown: usize,
}

impl Index {
    /// The index of nodes that are all there.
    pub(crate) fn of(nodes: &[Node]) -> Self {
        let mut index = Self::default();
        let mut placed: Vec<(usize, NodeId)> = Vec::new();
        let mut gather = |wanted: fn(Purpose) -> Option<usize>| {
            placed.clear();
            placed.extend(nodes.iter().enumerate().filter_map(|(id, node)| Some((wanted(node.purpose)?, NodeId(id)))));
            sort(&mut placed);
            placed.iter().map(|(_, id)| *id).collect::<Vec<_>>()
        };
        index.scores = gather(|purpose| if let Purpose::Score(place) = purpose { Some(place) } else { None });
        index.bands = gather(|purpose| if let Purpose::Band(place) = purpose { Some(place) } else { None });
        index.adjustments = gather(|purpose| if let Purpose::Adjustment(place) = purpose { Some(place) } else { None });
        index.findings = gather(|purpose| if let Purpose::Finding(place) = purpose { Some(place) } else { None });
        index.alerts = gather(|purpose| if let Purpose::Alert(place) = purpose { Some(place) } else { None });
        index.preliminary = gather(|purpose| (purpose == Purpose::Preliminary).then_some(0)).first().copied();
        index.grade = gather(|purpose| (purpose == Purpose::Grade).then_some(0)).first().copied();
        index.until_shown = nodes.iter().rposition(|node| matches!(node.purpose, Purpose::Shown(_))).map_or(0, |last| last + 1);
        index
    }
}

impl ScoringPlan {
    /// Resolves and compiles a definition. The plan is there as far as it could be made, beside all that is wrong.
    pub(crate) fn compile(definition: &Definition) -> (Option<Self>, Vec<Diagnostic>) {
        compile::compile(definition, None)
    }

    /// A plan of parts that were made elsewhere, each node after all that it reads.
    pub(crate) fn of_parts(fields: Vec<Field>, nodes: Vec<Node>, codes: Vec<Vec<String>>) -> Self {
        let mut by_name: Vec<(String, FieldId)> =
            fields.iter().enumerate().map(|(place, field)| (field.id.clone(), FieldId(place))).collect();
        sort(&mut by_name);
        let index = Index::of(&nodes);
        let mut plan = Self {
            fields,
            nodes,
            codes,
            by_name,
            assessed_on: None,
            hash: String::new(),
            index,
            results: Vec::new(),
            considered: Vec::new(),
            cones: Cones::default(),
            seal: Arc::default(),
        };
        let regions: Vec<Option<Vec<Decimal>>> = (0..plan.fields.len()).map(|place| regions::regions(&plan, FieldId(place))).collect();
        for (field, regions) in plan.fields.iter_mut().zip(regions) {
            field.regions = regions;
        }
        plan.cones = Cones::of(&plan);
        plan
    }

    /// Resolves and compiles a pathway together with the results of its instruments.
    pub(crate) fn link(linked: Linked<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        compile::compile(&linked.pathway.head, Some(linked))
    }

    /// Items, inputs, settings and entered scores: settings first, then in the printed order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// All computed nodes in the order in which they are computed.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The SHA-256 of the definition's text, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The id of a field.
    #[must_use]
    pub fn name_of(&self, id: FieldId) -> &str {
        &self.field(id).id
    }

    /// The field with an id.
    #[must_use]
    pub fn field_id(&self, name: &str) -> Option<FieldId> {
        let place = self.by_name.binary_search_by(|(id, _)| id.as_str().cmp(name)).ok()?;
        self.by_name.get(place).map(|(_, id)| *id)
    }

    pub(crate) fn field(&self, id: FieldId) -> &Field {
        // INVARIANT: ids are made by `compile` for this plan only.
        #[allow(clippy::indexing_slicing, reason = "field ids are made together with the fields")]
        &self.fields[id.0]
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        // INVARIANT: ids are made by `compile` for this plan only.
        #[allow(clippy::indexing_slicing, reason = "node ids are made together with the nodes")]
        &self.nodes[id.0]
    }

    /// The codes of a list, in order.
    #[must_use]
    pub fn codes(&self, set: CodeSetId) -> &[String] {
        self.codes.get(set.0).map_or(&[], Vec::as_slice)
    }

    /// Whether a node is computed from another one, directly or not.
    pub(crate) fn depends(&self, node: NodeId, on: NodeId) -> bool {
        self.cones.cone(node).is_some_and(|cone| cone.nodes.contains(on))
    }

    /// The codes that a node's value is one of.
    #[must_use]
    pub fn codes_of(&self, node: NodeId) -> &[String] {
        if let Type::Code(set) = self.node(node).kind { self.codes(set) } else { &[] }
    }

    /// The text of a code value of a type; empty for values that are no code.
    #[must_use]
    pub fn code_text(&self, kind: Type, value: Value) -> &str {
        match (kind, value) {
            (Type::Code(set) | Type::Codes(set), Value::Code(code)) => self.codes(set).get(usize::from(code)).map_or("", String::as_str),
            _ => "",
        }
    }

    /// Which answers count as worse in the claim about a score or the grade, where there is one.
    #[must_use]
    pub fn considered(&self, purpose: Purpose) -> Option<&Considered> {
        self.considered.iter().find(|(of, _)| *of == purpose).map(|(_, considered)| considered)
    }

    /// A node's value as an author writes it.
    #[must_use]
    pub fn value_text(&self, node: NodeId, value: Value) -> String {
        match value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Code(code) => self.codes_of(node).get(usize::from(code)).cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The node with a purpose.
    #[must_use]
    pub fn find(&self, purpose: Purpose) -> Option<NodeId> {
        match purpose {
            Purpose::Score(place) => self.index.scores.get(place).copied(),
            Purpose::Band(place) => self.index.bands.get(place).copied(),
            Purpose::Adjustment(place) => self.index.adjustments.get(place).copied(),
            Purpose::Finding(place) => self.index.findings.get(place).copied(),
            Purpose::Alert(place) => self.index.alerts.get(place).copied(),
            Purpose::Preliminary => self.index.preliminary,
            Purpose::Grade => self.index.grade,
            Purpose::Shown(field) => self.field(field).shown,
            other => self.nodes.iter().position(|node| node.purpose == other).map(NodeId),
        }
    }
}
