//! What a result depends on: nodes, fields, and the parts of it that stand for themselves. Counts nothing.

use rust_decimal::Decimal;

use super::given::Given;
use crate::plan::{Expr, FieldId, NodeId, ScoringPlan, Type, cuts_of};
use crate::sort::sort;
use crate::sorted::{SortedMap, SortedSet};

/// Everything that some expressions depend on, directly or not, skip logic included.
#[derive(Debug, Clone)]
pub(super) struct Cone<'a> {
    plan: &'a ScoringPlan,
    tops: Vec<&'a Expr>,
    pub(super) nodes: SortedSet<NodeId>,
    pub(super) fields: SortedSet<FieldId>,
    /// By what is read, the nodes that read it; `None` for the expressions themselves.
    field_readers: SortedMap<FieldId, Readers>,
    node_readers: SortedMap<NodeId, Readers>,
}

type Readers = SortedSet<Option<NodeId>>;

impl<'a> Cone<'a> {
    /// The cone of expressions. Fields that are given are constants and do not belong to it.
    pub(super) fn of(plan: &'a ScoringPlan, tops: &[&'a Expr], given: &Given<'_>) -> Self {
        let mut cone = Self {
            plan,
            tops: tops.to_vec(),
            nodes: SortedSet::new(),
            fields: SortedSet::new(),
            field_readers: SortedMap::new(),
            node_readers: SortedMap::new(),
        };
        for top in tops {
            cone.gather(top, None, given);
        }
        cone
    }

    fn gather(&mut self, expr: &'a Expr, reader: Option<NodeId>, given: &Given<'_>) {
        let (mut fields, mut nodes) = (Vec::new(), Vec::new());
        expr.for_each_read(&mut |field| fields.push(field), &mut |node| nodes.push(node));
        for field in fields {
            if given.get(field).is_some() {
                continue;
            }
            self.fields.insert(field);
            if let Some(readers) = self.field_readers.or_insert_with(field, SortedSet::new) {
                readers.insert(reader);
            }
            // Whoever reads a field that may be hidden depends on what hides it.
            nodes.extend(given.shown(field));
        }
        for node in nodes {
            if let Some(readers) = self.node_readers.or_insert_with(node, SortedSet::new) {
                readers.insert(reader);
            }
            if self.nodes.insert(node) {
                self.gather(&self.plan.node(node).expr, Some(node), given);
            }
        }
    }

    /// Whether everything that a node depends on matters to the rest only through the node.
    pub(super) fn stands_alone(&self, node: NodeId, given: &Given<'_>) -> bool {
        let inner = Cone::of(self.plan, &[&self.plan.node(node).expr], given);
        let inside = |readers: Option<&Readers>| {
            readers.is_none_or(|readers| {
                readers.as_slice().iter().all(|reader| reader.is_some_and(|reader| reader == node || inner.nodes.contains(&reader)))
            })
        };
        !inner.fields.as_slice().is_empty()
            && inner.fields.as_slice().iter().all(|field| inside(self.field_readers.get(field)))
            && inner.nodes.as_slice().iter().all(|inner| inside(self.node_readers.get(inner)))
    }

    /// The numbers with which the rest compares a node, where it does nothing else with it.
    pub(super) fn cuts(&self, node: NodeId) -> Option<Vec<Decimal>> {
        if self.plan.node(node).kind != Type::Number {
            return None;
        }
        let readers = self.node_readers.get(&node)?;
        let mut cuts = Vec::new();
        for reader in readers.as_slice() {
            let exprs: Vec<&Expr> = match reader {
                Some(reader) => vec![&self.plan.node(*reader).expr],
                None => self.tops.clone(),
            };
            for expr in exprs {
                cuts.extend(cuts_of(self.plan, expr, &Expr::Node(node))?);
            }
        }
        sort(&mut cuts);
        cuts.dedup();
        Some(cuts)
    }
}
