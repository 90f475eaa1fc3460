//! What every node depends on, directly or through others, and whose absence some rule makes something of. Computes no value.

use super::{Expr, FieldId, FieldSet, Missing, Node, NodeId, NodeSet, ScoringPlan};

/// Something that an expression reads directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leaf {
    Field(FieldId),
    Node(NodeId),
}

/// What a node depends on: skip logic included, itself not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cone {
    pub(crate) fields: FieldSet,
    pub(crate) nodes: NodeSet,
    /// What the node itself reads, each once, in the order in which it is read first.
    pub(crate) reads: Vec<Leaf>,
}

/// The cones of all nodes of a plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cones {
    cones: Vec<Cone>,
    /// Fields that a sum fills in for when they are absent, or that some rule asks to be answered.
    pub(crate) absence_counts: FieldSet,
}

impl Cones {
    /// The cones of nodes that stand in the order in which they are computed.
    pub(crate) fn of(plan: &ScoringPlan) -> Self {
        let mut all = Self::default();
        for Node { expr, .. } in &plan.nodes {
            let mut cone = Cone::default();
            let (mut fields, mut nodes) = (FieldSet::default(), NodeSet::default());
            expr.for_each_leaf(&mut |leaf| {
                let is_new = match leaf {
                    Leaf::Field(field) => fields.add(field),
                    Leaf::Node(node) => nodes.add(node),
                };
                if is_new {
                    cone.reads.push(leaf);
                }
            });
            fields.iter().filter_map(|field| plan.field(field).shown).for_each(|shown| nodes.insert(shown));
            for below in nodes.iter().filter_map(|node| all.cones.get(node.0)) {
                cone.fields.merge(&below.fields);
                cone.nodes.merge(&below.nodes);
            }
            cone.fields.merge(&fields);
            cone.nodes.merge(&nodes);
            all.cones.push(cone);
            absorbed(expr, &mut all.absence_counts);
        }
        all
    }

    /// What a node itself reads, each once.
    pub(crate) fn reads(&self, id: NodeId) -> &[Leaf] {
        self.cones.get(id.0).map_or(&[], |cone| &cone.reads)
    }

    /// What a node depends on.
    pub(crate) fn cone(&self, id: NodeId) -> Option<&Cone> {
        self.cones.get(id.0)
    }
}

/// The fields whose absence an expression makes something of.
fn absorbed(expr: &Expr, found: &mut FieldSet) {
    match expr {
        Expr::Sum(sum) if sum.missing != Missing::Refuse => {
            sum.options.iter().for_each(|term| found.insert(term.field));
            let bare = |expr: &Expr| if let Expr::Field(field) | Expr::Points(field) = expr { Some(*field) } else { None };
            sum.others.iter().filter_map(|(part, _)| bare(part)).for_each(|field: FieldId| found.insert(field));
        }
        Expr::Answered(field) => found.insert(*field),
        _ => {}
    }
    expr.for_each_part(&mut |part| absorbed(part, found));
}
