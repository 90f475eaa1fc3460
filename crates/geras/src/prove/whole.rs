//! One plan of a pathway and its instruments: each result is computed from the instrument's own answers, and counts where the assessment is done. Counts nothing.

use std::convert::Infallible;

use crate::definition::{Hit, ItemType};
use crate::plan::{
    Accept, CodeSetId, DecisionTable, Expr, Field, FieldId, Node, NodeId, OptionTerm, Purpose, Read, Rebuild, ResultField, ResultKind,
    ScoringPlan, ScriptCall, Sum, Type, Value, rebuilt,
};
use crate::sorted::SortedMap;
use crate::{Instrument, Pathway};

/// Where the parts of one plan stand in the whole one.
struct Places {
    fields: usize,
    nodes: usize,
    codes: usize,
    /// The nodes that stand for fields: results of instruments.
    results: SortedMap<FieldId, NodeId>,
}

/// The one plan. The pathway's own fields keep their places; the results among them are read by nothing any more.
pub(crate) fn whole(pathway: &Pathway) -> ScoringPlan {
    let plan = pathway.plan();
    let mut fields: Vec<Field> = plan.fields().to_vec();
    // A question of an instrument can have the name of a result, so that the fields of results go by another one.
    for result in &plan.results {
        if let Some(field) = fields.get_mut(result.field.0).filter(|_| result.what != ResultKind::Done) {
            field.id = format!("result({})", field.id);
        }
    }
    let mut codes: Vec<Vec<String>> = plan.codes.to_vec();
    let mut nodes: Vec<Node> = Vec::new();
    let mut results: SortedMap<FieldId, NodeId> = SortedMap::new();
    for (assessment, editions) in pathway.instruments().iter().enumerate() {
        let Some(instrument) = editions.last() else { continue };
        let wanted: Vec<&ResultField> = plan.results.iter().filter(|result| result.assessment == assessment).collect();
        if wanted.is_empty() {
            continue;
        }
        let name = pathway.definition().assessments.get(assessment).map_or("", |assessment| assessment.id.value.as_str());
        let known = wanted.iter().find(|result| result.what == ResultKind::Done).map(|result| result.field);
        let done = known.unwrap_or_else(|| {
            fields.push(Field::no_item(format!("done({name})"), ItemType::Boolean));
            FieldId(fields.len() - 1)
        });
        let places = Places { fields: fields.len(), nodes: nodes.len(), codes: codes.len(), results: SortedMap::new() };
        let own = instrument.plan();
        codes.extend(own.codes.iter().cloned());
        fields.extend(own.fields().iter().map(|field| Field { id: format!("{name}.{}", field.id), ..places.field(field) }));
        nodes.extend(own.nodes().iter().map(|node| Node { id: format!("{name}.{}", node.id), ..places.node(node) }));
        for result in wanted.into_iter().filter(|result| result.what != ResultKind::Done) {
            let field = plan.field(result.field);
            let Some(value) = places.value(result, instrument, field.codes.map_or(&[][..], |set| plan.codes(set))) else { continue };
            let expr = Expr::If(Box::new(Expr::Field(done)), Box::new(value), Box::new(Expr::nothing()));
            // It stands for the field, as a field is shown by a node; nothing looks for it by its purpose.
            nodes.push(Node {
                id: field.id.clone(),
                purpose: Purpose::Shown(result.field),
                expr,
                kind: field.answer_type(),
                range: field.range,
            });
            results.insert(result.field, NodeId(nodes.len() - 1));
        }
    }
    let places = Places { fields: 0, nodes: nodes.len(), codes: 0, results };
    for field in fields.iter_mut().take(plan.fields().len()) {
        field.shown = field.shown.map(|shown| places.id(shown));
    }
    nodes.extend(plan.nodes().iter().map(|node| places.node(node)));
    ScoringPlan::of_parts(fields, nodes, codes)
}

impl Places {
    fn id(&self, node: NodeId) -> NodeId {
        NodeId(node.0 + self.nodes)
    }

    fn at(&self, field: FieldId) -> FieldId {
        FieldId(field.0 + self.fields)
    }

    fn kind(&self, kind: Type) -> Type {
        match kind {
            Type::Code(set) => Type::Code(CodeSetId(set.0 + self.codes)),
            Type::Codes(set) => Type::Codes(CodeSetId(set.0 + self.codes)),
            other => other,
        }
    }

    fn field(&self, field: &Field) -> Field {
        Field {
            codes: field.codes.map(|set| CodeSetId(set.0 + self.codes)),
            shown: field.shown.map(|shown| self.id(shown)),
            regions: None,
            ..field.clone()
        }
    }

    fn node(&self, node: &Node) -> Node {
        let purpose = if let Purpose::Shown(field) = node.purpose { Purpose::Shown(self.at(field)) } else { node.purpose };
        Node { expr: self.expr(&node.expr), kind: self.kind(node.kind), purpose, ..node.clone() }
    }

    /// A result as the pathway sees it: with the pathway's codes.
    fn value(&self, result: &ResultField, instrument: &Instrument, codes: &[String]) -> Option<Expr> {
        let plan = instrument.plan();
        let (value, kind) = match &result.what {
            ResultKind::Answer(id) => {
                let field = plan.field_id(id)?;
                (Expr::Field(self.at(field)), plan.field(field).answer_type())
            }
            ResultKind::Points(id) => (Expr::Points(self.at(plan.field_id(id)?)), Type::Number),
            what => {
                let node = plan.find(what.purpose(instrument.definition())?)?;
                (Expr::Node(self.id(node)), plan.node(node).kind)
            }
        };
        let own = match kind {
            Type::Code(set) => plan.codes(set),
            _ => &[],
        };
        if own == codes {
            return Some(value);
        }
        let row = |(place, code): (usize, &String)| {
            let here = u8::try_from(codes.iter().position(|known| known == code)?).ok()?;
            Some((vec![Accept::Codes(1 << place)], Value::Code(here)))
        };
        let rows = own.iter().enumerate().map(row).collect::<Option<Vec<_>>>()?;
        Some(Expr::Table(Box::new(DecisionTable { columns: vec![value], rows, hit: Hit::First, aggregate: None, otherwise: None })))
    }

    fn expr(&self, expr: &Expr) -> Expr {
        let Ok(made) = rebuilt(expr, &mut &*self);
        made
    }

    fn parts(&self, parts: &[Expr]) -> Vec<Expr> {
        parts.iter().map(|part| self.expr(part)).collect()
    }
}

impl Rebuild for &Places {
    type Refused = Infallible;

    fn node(&mut self, node: NodeId) -> Result<NodeId, Infallible> {
        Ok(self.id(node))
    }

    fn setting(&mut self, setting: FieldId) -> Result<FieldId, Infallible> {
        Ok(self.at(setting))
    }

    fn reading(&mut self, expr: &Expr) -> Result<Expr, Infallible> {
        Ok(match expr {
            Expr::Field(field) => self.results.get(field).map_or_else(|| Expr::Field(self.at(*field)), |node| Expr::Node(*node)),
            Expr::Points(field) => Expr::Points(self.at(*field)),
            Expr::Has(field, code) => Expr::Has(self.at(*field), *code),
            Expr::Answered(field) => Expr::Answered(self.at(*field)),
            Expr::Extreme(highest, parts) => Expr::Extreme(*highest, self.parts(parts)),
            Expr::Count(parts) => Expr::Count(self.parts(parts)),
            Expr::Sum(sum) => {
                let options =
                    sum.options.iter().map(|term| OptionTerm { field: self.at(term.field), points: term.points.clone() }).collect();
                let others = sum.others.iter().map(|(part, factor)| (self.expr(part), *factor)).collect();
                Expr::Sum(Box::new(Sum { options, others, ..(**sum).clone() }))
            }
            Expr::Script(call) => {
                let read = |read: &Read| match read {
                    Read::One(part, kind) => Read::One(self.expr(part), self.kind(*kind)),
                    Read::Many(parts) => Read::Many(self.parts(parts)),
                };
                let reads = call.reads.iter().map(|(name, of)| (name.clone(), read(of))).collect();
                let codes = call.codes.map(|set| CodeSetId(set.0 + self.codes));
                Expr::Script(Box::new(ScriptCall { reads, codes, ..(**call).clone() }))
            }
            other => self.expr(other),
        })
    }
}
