//! Which parts of an expression hang on the same open answers, and what has to be tried so that they no longer do. Tries nothing itself.

use std::cell::RefCell;
use std::rc::Rc;

use super::explore::{Explorer, Leaf};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, NodeId, NodeSet, State};

impl Explorer<'_> {
    /// The parts of an expression that are combined with one another.
    pub(super) fn parts(expr: &Expr) -> Vec<Vec<Leaf>> {
        let mut parts = Vec::new();
        match expr {
            Expr::Sum(sum) => {
                parts.extend(sum.options.iter().map(|term| vec![Leaf::Field(term.field)]));
                parts.extend(sum.others.iter().map(|(expr, _)| leaves(expr)));
            }
            // Only one branch is ever taken, so that it does not matter what the two share.
            Expr::If(test, then, otherwise) => parts.extend([leaves(test), [leaves(then), leaves(otherwise)].concat()]),
            Expr::Adjust(_) => parts.extend(leaves(expr).into_iter().map(|leaf| vec![leaf])),
            _ => expr.for_each_part(|part| parts.push(leaves(part))),
        }
        parts
    }

    /// What to try values of, so that the parts become independent; empty where they already are.
    pub(super) fn pivots(&mut self, parts: &[Vec<Leaf>]) -> Vec<Leaf> {
        if parts.len() < 2 {
            return Vec::new();
        }
        let mut seen: Vec<(Leaf, Rc<FieldSet>)> = Vec::new();
        let (mut together, mut entangled, mut repeated) = (FieldSet::default(), FieldSet::default(), None);
        for part in parts {
            let mut here: Vec<(Leaf, Rc<FieldSet>)> = Vec::new();
            for leaf in part {
                if self.is_decided(*leaf) || here.iter().any(|(known, _)| known == leaf) {
                    continue;
                }
                here.push((*leaf, self.open_below(*leaf)));
            }
            for (leaf, open) in &here {
                if !open.overlaps(&together) {
                    continue;
                }
                for (known, fields) in &seen {
                    // The same node can be tried as a whole; different leaves, and fields that may be hidden, only through what they share.
                    if known == leaf && matches!(leaf, Leaf::Node(_)) {
                        repeated = repeated.or(Some(*leaf));
                    } else if fields.overlaps(open) {
                        fields.common(open).for_each(|field| entangled.insert(field));
                    }
                }
            }
            here.retain(|(leaf, _)| !seen.iter().any(|(known, _)| known == leaf));
            here.iter().for_each(|(_, open)| together.merge(open));
            seen.extend(here);
        }
        if entangled.is_empty() { repeated.into_iter().collect() } else { self.shared(&seen, &entangled) }
    }

    fn is_decided(&self, leaf: Leaf) -> bool {
        match leaf {
            Leaf::Node(node) => self.node(node).is_some(),
            Leaf::Field(field) => matches!(self.state(field), State::Known(_) | State::LeftOut),
        }
    }

    /// For each shared field the leaf to try: a node through which alone it is read, if there is one, or else the field itself.
    fn shared(&mut self, leaves: &[(Leaf, Rc<FieldSet>)], entangled: &FieldSet) -> Vec<Leaf> {
        let (mut met, mut nodes) = (NodeSet::default(), Vec::new());
        for (leaf, _) in leaves {
            self.open_nodes(*leaf, &mut met, &mut nodes);
        }
        nodes.retain(|(_, fields)| fields.overlaps(entangled));
        // The node that stands for most fields with fewest values first: it leaves the fewest combinations.
        nodes.sort_by_cached_key(|(id, fields)| {
            let values = self.possible_node(*id).values(self.budget).map_or(usize::MAX, |values| values.len());
            (std::cmp::Reverse(fields.len()), values, *id)
        });
        let (mut chosen, mut settled) = (Vec::new(), FieldSet::default());
        for (id, fields) in nodes {
            if fields.overlaps(&settled) || leaves.iter().any(|(leaf, _)| *leaf == Leaf::Node(id)) {
                continue;
            }
            let (mut met, mut others) = (NodeSet::default(), FieldSet::default());
            leaves.iter().for_each(|(leaf, _)| self.open_besides(*leaf, id, &mut met, &mut others));
            if !others.overlaps(&fields) {
                settled.merge(&fields);
                chosen.push(Leaf::Node(id));
            }
        }
        let mut rest: Vec<FieldId> = entangled.iter().filter(|field| !settled.contains(*field)).collect();
        rest.sort_by_cached_key(|field| self.domain(*field).map_or(usize::MAX, |values| values.len()));
        chosen.extend(rest.into_iter().map(Leaf::Field));
        chosen
    }

    /// Every open node below a leaf, itself included, with the open fields on which it depends.
    fn open_nodes(&self, leaf: Leaf, met: &mut NodeSet, found: &mut Vec<(NodeId, Rc<FieldSet>)>) {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => self.plan.field(field).shown,
        };
        let Some(node) = node.filter(|node| !met.contains(*node)) else { return };
        met.insert(node);
        if self.node(node).is_none() {
            found.push((node, self.open_below(Leaf::Node(node))));
            leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_nodes(leaf, met, found));
        }
    }

    /// The open fields on which a leaf depends.
    fn open_below(&self, leaf: Leaf) -> Rc<FieldSet> {
        let mut open = FieldSet::default();
        match leaf {
            Leaf::Field(field) => {
                let shown = self.open_field_itself(field, &mut open);
                shown.into_iter().for_each(|shown| open.merge(&self.open_below(Leaf::Node(shown))));
            }
            Leaf::Node(node) if self.node(node).is_some() => {}
            Leaf::Node(node) => {
                if let Some(known) = self.remembered_open(node) {
                    return known;
                }
                leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| open.merge(&self.open_below(leaf)));
                return self.remember_open(node, open);
            }
        }
        Rc::new(open)
    }

    /// The open fields on which a leaf depends, not counting what is read through one node. Nodes that were met are not looked at again.
    fn open_besides(&self, leaf: Leaf, behind: NodeId, met: &mut NodeSet, open: &mut FieldSet) {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => self.open_field_itself(field, open),
        };
        let Some(node) = node.filter(|node| *node != behind && !met.contains(*node)) else { return };
        met.insert(node);
        let apart = self.plan.cones.cone(node).is_some_and(|cone| !cone.nodes.contains(behind));
        if apart {
            open.merge(&self.open_below(Leaf::Node(node)));
        } else if self.node(node).is_none() {
            leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_besides(leaf, behind, met, open));
        }
    }

    /// Adds a field if it is open itself; gives the node that says whether it is shown, where that is open.
    fn open_field_itself(&self, field: FieldId, open: &mut FieldSet) -> Option<NodeId> {
        let state = self.state(field);
        let answerable = matches!(self.raw(field), State::Blank | State::Absent(_)) && !self.is_tried(field);
        if answerable && matches!(state, State::Blank | State::Absent(_) | State::Unclear) {
            open.insert(field);
        }
        self.plan.field(field).shown.filter(|_| state == State::Unclear)
    }

    /// The open fields on which an expression depends.
    pub(crate) fn waiting_on(&self, expr: &Expr) -> FieldSet {
        let mut open = FieldSet::default();
        leaves(expr).into_iter().for_each(|leaf| open.merge(&self.open_below(leaf)));
        open
    }
}

/// Everything that an expression reads directly, as often as it is read.
pub(super) fn leaves(expr: &Expr) -> Vec<Leaf> {
    let found = RefCell::new(Vec::new());
    expr.for_each_read(&mut |field| found.borrow_mut().push(Leaf::Field(field)), &mut |node| found.borrow_mut().push(Leaf::Node(node)));
    found.into_inner()
}
