//! One plan of two editions: questions that are the same are one field, rules that are the same are one node. What cannot be put so is told, never guessed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pairing::{Carried, Origin, Pairing, range};
use super::undecided::Undecided;
use crate::definition::ItemType;
use crate::plan::{Accept, CodeSetId, DecisionTable, Expr, Field, FieldId, Node, NodeId, Purpose, ScoringPlan, Type, Value};
use crate::script::Script;

/// The two editions, the first and the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

impl Side {
    pub(super) const fn place(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }
}

/// A part that could not be put into the one plan, and why.
pub(super) type Made<T> = Result<T, Undecided>;

/// What one edition's field is in the one plan.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    /// The field itself, where it has this edition's codes and numbers and is asked when this edition asks.
    pub(super) bare: Option<FieldId>,
    /// The field whose answers stand for this edition's, with this edition's code by its code.
    pub(super) option: Option<(FieldId, Option<Vec<u8>>)>,
    /// Its answer where it is asked.
    pub(super) value: Expr,
    /// Whether it is asked; none for always.
    pub(super) shown: Option<NodeId>,
    /// What it counts as where it is not.
    pub(super) otherwise: Option<Value>,
    /// Whether the bare field has this edition's points.
    pub(super) points: bool,
}

/// The one plan in the making.
pub(super) struct Merger<'a> {
    pub(super) plans: [&'a ScoringPlan; 2],
    pairing: &'a Pairing,
    pub(super) fields: Vec<Field>,
    pub(super) nodes: Vec<Node>,
    pub(super) codes: Vec<Vec<String>>,
    /// The field of the one plan by the field of an edition.
    pub(super) ids: [Vec<FieldId>; 2],
    meanings: BTreeMap<(Side, FieldId), Option<Made<Meaning>>>,
    made: BTreeMap<(Side, NodeId), Made<NodeId>>,
    pub(super) scripts: Vec<Arc<Script>>,
}

/// The one plan, with the places of each edition's nodes in it.
pub(super) struct Merged {
    pub(super) plan: ScoringPlan,
    pub(super) ids: [Vec<FieldId>; 2],
    pub(super) nodes: BTreeMap<(Side, NodeId), Made<NodeId>>,
}

/// Puts two editions into one plan.
pub(super) fn merge(a: &ScoringPlan, b: &ScoringPlan, pairing: &Pairing) -> Merged {
    let mut merger = Merger {
        plans: [a, b],
        pairing,
        fields: Vec::new(),
        nodes: Vec::new(),
        codes: Vec::new(),
        ids: [Vec::new(), Vec::new()],
        meanings: BTreeMap::new(),
        made: BTreeMap::new(),
        scripts: Vec::new(),
    };
    merger.make_fields();
    for (side, plan) in [(Side::A, a), (Side::B, b)] {
        for place in 0..plan.fields().len() {
            // What is wrong with a field is said of every result that reads it.
            let _ = merger.meaning(side, FieldId(place));
        }
        for place in 0..plan.nodes().len() {
            let _ = merger.node(side, NodeId(place));
        }
    }
    Merged { plan: ScoringPlan::of_parts(merger.fields, merger.nodes, merger.codes), ids: merger.ids, nodes: merger.made }
}

impl<'a> Merger<'a> {
    pub(super) fn plan(&self, side: Side) -> &'a ScoringPlan {
        match (side, self.plans) {
            (Side::A, [plan, _]) | (Side::B, [_, plan]) => plan,
        }
    }

    /// The list of codes, known before or not.
    pub(super) fn set(&mut self, codes: &[String]) -> CodeSetId {
        let known = self.codes.iter().position(|known| known == codes);
        CodeSetId(known.unwrap_or_else(|| {
            self.codes.push(codes.to_vec());
            self.codes.len() - 1
        }))
    }

    pub(super) fn kind(&mut self, side: Side, kind: Type) -> Type {
        match kind {
            Type::Code(set) => Type::Code(self.set(self.plan(side).codes(set))),
            Type::Codes(set) => Type::Codes(self.set(self.plan(side).codes(set))),
            other => other,
        }
    }

    fn make_fields(&mut self) {
        let [a, b] = self.plans;
        for (place, field) in a.fields().iter().enumerate() {
            let mut made = Field { shown: None, otherwise: None, regions: None, ..field.clone() };
            let codes = field.codes.map(|set| a.codes(set).to_vec()).unwrap_or_default();
            let partner = self.pairing.partner(FieldId(place));
            if let Some((partner, map)) = partner {
                let other = b.field(partner);
                made.range = range(field, other).unwrap_or(field.range);
                let keeps = |place: usize| map.is_none_or(|map| map.get(place).copied().flatten().is_some());
                let kept: Vec<String> = codes.iter().enumerate().filter(|(place, _)| keeps(*place)).map(|(_, code)| code.clone()).collect();
                if kept.len() < codes.len() {
                    let points = field.points.as_ref();
                    made.points =
                        points.map(|points| points.iter().enumerate().filter(|(place, _)| keeps(*place)).map(|(_, one)| *one).collect());
                    made.choices = u8::try_from(kept.len()).unwrap_or(u8::MAX);
                }
                made.codes = field.codes.map(|_| self.set(&kept));
            } else {
                made.codes = field.codes.map(|_| self.set(&codes));
            }
            self.add(Side::A, made);
        }
        for (place, field) in b.fields().iter().enumerate() {
            if let Some(Origin::Shared(from, _)) = self.pairing.origins.get(place) {
                let id = self.id(Side::A, *from);
                self.ids[1].push(id);
            } else {
                let codes = field.codes.map(|set| b.codes(set).to_vec());
                let codes = codes.map(|codes| self.set(&codes));
                self.add(Side::B, Field { shown: None, otherwise: None, regions: None, codes, ..field.clone() });
            }
        }
    }

    fn add(&mut self, side: Side, field: Field) {
        let id = FieldId(self.fields.len());
        self.fields.push(field);
        if let Some(ids) = self.ids.get_mut(side.place()) {
            ids.push(id);
        }
    }

    /// The field of the one plan.
    pub(super) fn id(&self, side: Side, field: FieldId) -> FieldId {
        self.ids.get(side.place()).and_then(|ids| ids.get(field.0)).copied().unwrap_or(FieldId(usize::MAX))
    }

    fn ask_when(&mut self, field: FieldId, shown: Option<NodeId>, otherwise: Option<Value>) {
        if let Some(field) = self.fields.get_mut(field.0) {
            field.shown = shown;
            field.otherwise = otherwise;
        }
    }

    pub(super) fn push(&mut self, node: Node) -> NodeId {
        let known = self.nodes.iter().position(|known| known.expr == node.expr && known.kind == node.kind);
        NodeId(known.unwrap_or_else(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        }))
    }

    /// The node of an edition in the one plan; a node that is the same as another is that one.
    pub(super) fn node(&mut self, side: Side, id: NodeId) -> Made<NodeId> {
        if let Some(made) = self.made.get(&(side, id)) {
            return made.clone();
        }
        let node = self.plan(side).node(id).clone();
        let made = self.rewrite(side, &node.expr).map(|expr| {
            let kind = self.kind(side, node.kind);
            let purpose = if let Purpose::Shown(field) = node.purpose { Purpose::Shown(self.id(side, field)) } else { node.purpose };
            self.push(Node { expr, kind, purpose, ..node })
        });
        self.made.insert((side, id), made.clone());
        made
    }

    /// What a field of an edition is in the one plan.
    pub(super) fn meaning(&mut self, side: Side, field: FieldId) -> Made<Meaning> {
        match self.meanings.get(&(side, field)) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return Err(Undecided::Circle(self.plan(side).field(field).id.clone())),
            None => {}
        }
        self.meanings.insert((side, field), None);
        let made = self.mean(side, field);
        self.meanings.insert((side, field), Some(made.clone()));
        made
    }

    fn shown(&mut self, side: Side, field: FieldId) -> Made<Option<NodeId>> {
        self.plan(side).field(field).shown.map(|shown| self.node(side, shown)).transpose()
    }

    fn mean(&mut self, side: Side, field: FieldId) -> Made<Meaning> {
        let origin = if side == Side::B { self.pairing.origins.get(field.0).cloned() } else { None };
        let partner = self.pairing.partner(field).filter(|_| side == Side::A).map(|(partner, _)| partner);
        let (id, own) = (self.id(side, field), self.plan(side).field(field).clone());
        match (origin, partner) {
            (Some(Origin::Shared(from, _)), _) => self.mean_pair(from, field, side),
            (_, Some(partner)) => self.mean_pair(field, partner, side),
            (Some(Origin::Carried(carried)), _) => self.mean_carried(field, &carried),
            _ => {
                let shown = self.shown(side, field)?;
                self.ask_when(id, shown, own.otherwise);
                Ok(Meaning {
                    bare: Some(id),
                    option: Some((id, None)),
                    value: Expr::Field(id),
                    shown,
                    otherwise: own.otherwise,
                    points: true,
                })
            }
        }
    }

    /// A question that both editions have, as one of them sees it.
    fn mean_pair(&mut self, a: FieldId, b: FieldId, side: Side) -> Made<Meaning> {
        let id = self.id(Side::A, a);
        let shown = [self.shown(Side::A, a)?, self.shown(Side::B, b)?];
        let maps = [self.codes_by_place(Side::A, a, id), self.codes_by_place(Side::B, b, id)];
        let fields = [self.plan(Side::A).field(a).clone(), self.plan(Side::B).field(b).clone()];
        let [shown_a, shown_b] = shown;
        let same =
            shown_a == shown_b && (shown_a.is_none() || (fields[0].otherwise == fields[1].otherwise && maps.iter().all(Option::is_none)));
        let either = match (shown_a, shown_b) {
            (Some(a), Some(b)) if a != b => {
                let expr = Expr::Or(vec![Expr::Node(a), Expr::Node(b)]);
                Some(self.push(Node { id: fields[0].id.clone(), purpose: Purpose::Shown(id), expr, kind: Type::Boolean, range: None }))
            }
            (Some(shown), Some(_)) => Some(shown),
            _ => None,
        };
        self.ask_when(id, either, if same { fields[0].otherwise } else { None });
        let place = side.place();
        let (Some(own), Some(shown), Some(map)) = (fields.get(place), shown.get(place), maps.get(place).cloned()) else {
            return Err(Undecided::Disagree);
        };
        let bare = (map.is_none() && (shown.is_none() || same)).then_some(id);
        let points = self.fields.get(id.0).is_some_and(|field| field.points == own.points && field.at_most == own.at_most);
        let value = match &map {
            None => Expr::Field(id),
            Some(map) => by_code(Expr::Field(id), map.iter().map(|code| Value::Code(*code))),
        };
        Ok(Meaning { bare, option: Some((id, map)), value, shown: *shown, otherwise: own.otherwise, points })
    }

    /// By each code of the one plan's field the code of an edition; none where they are the same.
    fn codes_by_place(&self, side: Side, field: FieldId, id: FieldId) -> Option<Vec<u8>> {
        let plan = self.plan(side);
        let theirs = plan.codes(plan.field(field).codes?);
        let ours = self.codes.get(self.fields.get(id.0)?.codes?.0)?;
        if ours == theirs {
            return None;
        }
        ours.iter().map(|code| theirs.iter().position(|known| known == code).and_then(|place| u8::try_from(place).ok())).collect()
    }

    /// A question of the second edition that is answered by a mapping from the first; where that determines nothing it is asked.
    fn mean_carried(&mut self, field: FieldId, carried: &Carried) -> Made<Meaning> {
        let own = self.plan(Side::B).field(field).clone();
        let (mut determined, mut numbers, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for source in &carried.from {
            let meaning = self.meaning(Side::A, *source)?;
            determined.extend(meaning.shown.map(Expr::Node));
            let kind = self.plan(Side::A).field(*source).kind;
            if let Some(table) = &carried.table {
                if table.iter().any(Option::is_none) {
                    let accept = accepted(kind, table.iter().enumerate().filter(|(_, target)| target.is_some()).map(|(place, _)| place));
                    determined.push(Expr::Accepts(Box::new(meaning.value.clone()), accept));
                }
                let rows = table.iter().enumerate().filter_map(|(place, target)| {
                    let number = Value::Number((*target)?.into());
                    Some((vec![accepted(kind, [place])], number))
                });
                numbers.push(table_of(meaning.value.clone(), rows.collect()));
            }
            values.push(meaning.value);
        }
        let value = match (&carried.table, values.into_iter().next()) {
            (None, Some(value)) => match &carried.codes {
                None => value,
                Some(codes) => {
                    let rows = codes
                        .iter()
                        .enumerate()
                        .filter_map(|(place, code)| Some((vec![accepted(ItemType::Choice, [place])], Value::Code((*code)?))));
                    table_of(value, rows.collect())
                }
            },
            (Some(table), Some(_)) => {
                let places: std::collections::BTreeSet<u8> = table.iter().copied().flatten().collect();
                let worst = if numbers.len() == 1 { numbers.pop().unwrap_or(Expr::nothing()) } else { Expr::Extreme(true, numbers) };
                let step = |place: u8| {
                    let edge = Some((place.into(), true));
                    let gives = if own.kind == ItemType::Boolean { Value::Boolean(place == 1) } else { Value::Code(place) };
                    (crate::definition::Edges { low: edge, high: edge }, gives)
                };
                Expr::Steps(Box::new(worst), places.into_iter().map(step).collect())
            }
            (_, None) => return Err(Undecided::NoAnswer(own.id)),
        };
        let (id, shown) = (self.id(Side::B, field), self.shown(Side::B, field)?);
        let value = if determined.is_empty() {
            value
        } else {
            let determined = Expr::And(determined);
            let open = Expr::And(shown.map(Expr::Node).into_iter().chain([Expr::Not(Box::new(determined.clone()))]).collect());
            let open = self.push(Node { id: own.id.clone(), purpose: Purpose::Shown(id), expr: open, kind: Type::Boolean, range: None });
            self.ask_when(id, Some(open), None);
            Expr::If(Box::new(determined), Box::new(value), Box::new(Expr::Field(id)))
        };
        Ok(Meaning { bare: None, option: None, value, shown, otherwise: own.otherwise, points: false })
    }
}

/// What a cell accepts that stands for these places.
pub(super) fn accepted(kind: ItemType, places: impl IntoIterator<Item = usize>) -> Accept {
    let bits = places.into_iter().fold(0_u64, |bits, place| bits | 1 << place);
    if kind == ItemType::Boolean { Accept::Booleans(bits & 1 == 1, bits >> 1 & 1 == 1) } else { Accept::Codes(bits) }
}

/// A table with one column.
pub(super) fn table_of(column: Expr, rows: Vec<(Vec<Accept>, Value)>) -> Expr {
    let hit = crate::definition::Hit::First;
    Expr::Table(Box::new(DecisionTable { columns: vec![column], rows, hit, aggregate: None, otherwise: None }))
}

/// A value for each code, in their order.
pub(super) fn by_code(of: Expr, values: impl Iterator<Item = Value>) -> Expr {
    table_of(of, values.enumerate().map(|(place, value)| (vec![accepted(ItemType::Choice, [place])], value)).collect())
}
