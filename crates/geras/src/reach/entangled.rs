//! Which parts of an expression hang on the same open answers, and what has to be tried so that they no longer do. Tries nothing itself.

use std::cell::RefCell;
use std::rc::Rc;

use super::explore::{Explorer, Leaf, Pivot};
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
    pub(super) fn pivots(&mut self, parts: &[Vec<Leaf>]) -> Vec<Pivot> {
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
        if entangled.is_empty() { repeated.map(|leaf| self.ways_of(leaf)).into_iter().collect() } else { self.shared(&seen, &entangled) }
    }

    fn is_decided(&self, leaf: Leaf) -> bool {
        match leaf {
            Leaf::Node(node) => self.node(node).is_some(),
            Leaf::Field(field) => matches!(self.state(field), State::Known(_) | State::LeftOut),
        }
    }

    /// The ways in which one leaf can stand.
    fn ways_of(&mut self, leaf: Leaf) -> Pivot {
        let states: Option<Vec<State>> = match leaf {
            Leaf::Field(field) => self.domain(field),
            Leaf::Node(node) => self.possible_node(node).values(self.budget).map(|values| values.into_iter().map(State::Known).collect()),
        };
        Pivot { leaves: vec![leaf], ways: states.into_iter().flatten().map(|state| vec![state]).collect() }
    }

    /// What to try for the shared fields: a node through which alone some of them are read; sums and counts through which together others are
    /// read; or else the fields themselves.
    fn shared(&mut self, leaves: &[(Leaf, Rc<FieldSet>)], entangled: &FieldSet) -> Vec<Pivot> {
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
        for (id, fields) in &nodes {
            if fields.overlaps(&settled) || leaves.iter().any(|(leaf, _)| *leaf == Leaf::Node(*id)) {
                continue;
            }
            let behind = NodeSet::of([*id]);
            if !self.besides(leaves, &behind).overlaps(fields) {
                settled.merge(fields);
                chosen.push(self.ways_of(Leaf::Node(*id)));
            }
        }
        let rest = |settled: &FieldSet| entangled.iter().filter(|field| !settled.contains(*field)).collect::<Vec<FieldId>>();
        let mut fields: Vec<Pivot> = rest(&settled).into_iter().map(|field| self.ways_of(Leaf::Field(field))).collect();
        fields.sort_by_key(|pivot| if pivot.ways.is_empty() { usize::MAX } else { pivot.ways.len() });
        nodes.retain(|(_, open)| !open.overlaps(&settled));
        if fields.len() > 1
            && let Some((joint, through)) = self.together(leaves, &nodes, &fields)
        {
            fields.retain(|pivot| !pivot.leaves.iter().any(|leaf| matches!(leaf, Leaf::Field(field) if through.contains(*field))));
            chosen.push(joint);
        }
        chosen.extend(fields);
        chosen
    }

    /// Sums and counts through which alone shared fields are read, with all that they can come to together: where these are fewer ways than the
    /// fields themselves have. Beside them the fields that they stand for.
    fn together(&self, leaves: &[(Leaf, Rc<FieldSet>)], nodes: &[(NodeId, Rc<FieldSet>)], fields: &[Pivot]) -> Option<(Pivot, FieldSet)> {
        let most = fields.iter().fold(1_usize, |all, pivot| all.saturating_mul(pivot.ways.len().max(1)));
        let mut counted: Vec<(NodeId, Rc<FieldSet>)> = nodes.iter().filter(|(id, _)| self.is_tally(*id)).cloned().collect();
        counted.sort_by_key(|(id, _)| *id);
        let (behind, mut through) = (NodeSet::of(counted.iter().map(|(id, _)| *id)), FieldSet::default());
        counted.iter().for_each(|(_, open)| through.merge(open));
        if counted.is_empty() || self.besides(leaves, &behind).overlaps(&through) {
            return None;
        }
        let ids: Vec<NodeId> = counted.into_iter().map(|(id, _)| id).collect();
        let most = usize::try_from(self.budget).unwrap_or(usize::MAX).min(most);
        let ways = self.tallied_together(&ids, most)?;
        Some((Pivot { leaves: ids.into_iter().map(Leaf::Node).collect(), ways }, through))
    }

    /// The open fields on which leaves depend besides what is read through some nodes.
    fn besides(&self, leaves: &[(Leaf, Rc<FieldSet>)], behind: &NodeSet) -> FieldSet {
        let (mut met, mut others) = (NodeSet::default(), FieldSet::default());
        leaves.iter().for_each(|(leaf, _)| self.open_besides(*leaf, behind, &mut met, &mut others));
        others
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

    /// The open fields on which a leaf depends, not counting what is read through some nodes. Nodes that were met are not looked at again.
    fn open_besides(&self, leaf: Leaf, behind: &NodeSet, met: &mut NodeSet, open: &mut FieldSet) {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => self.open_field_itself(field, open),
        };
        let Some(node) = node.filter(|node| !behind.contains(*node) && !met.contains(*node)) else { return };
        met.insert(node);
        let apart = self.plan.cones.cone(node).is_some_and(|cone| !cone.nodes.overlaps(behind));
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
