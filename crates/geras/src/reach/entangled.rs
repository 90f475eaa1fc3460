//! Which parts of an expression hang on the same open answers, and what has to be tried so that they no longer do. Tries nothing itself.

use std::rc::Rc;

use super::explore::{Explorer, Pivot};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, Leaf, NodeId, NodeSet, State};
use crate::sort::sort_by_key;

/// The parts of an expression that are combined with one another, by what they read: all leaves in a row, and where each part ends.
#[derive(Default)]
struct Parts {
    leaves: Vec<Leaf>,
    ends: Vec<usize>,
}

impl Parts {
    /// The parts of an expression; none where it has only one.
    fn of(expr: &Expr) -> Self {
        let mut parts = Self::default();
        match expr {
            Expr::Sum(sum) => {
                for term in &sum.options {
                    parts.leaves.push(Leaf::Field(term.field));
                    parts.end();
                }
                sum.others.iter().for_each(|(expr, _)| parts.add(&[expr]));
            }
            // Only one branch is ever taken, so that it does not matter what the two share.
            Expr::If(test, then, otherwise) => {
                parts.add(&[test]);
                parts.add(&[then, otherwise]);
            }
            Expr::Adjust(_) => expr.for_each_leaf(&mut |leaf| {
                parts.leaves.push(leaf);
                parts.end();
            }),
            Expr::Rank(_)
            | Expr::Not(_)
            | Expr::Accepts(..)
            | Expr::Negate(_)
            | Expr::Absolute(_)
            | Expr::Round(..)
            | Expr::Whole(..)
            | Expr::Steps(..) => {}
            _ => expr.for_each_part(&mut |part| parts.add(&[part])),
        }
        parts
    }

    fn add(&mut self, exprs: &[&Expr]) {
        exprs.iter().for_each(|expr| expr.for_each_leaf(&mut |leaf| self.leaves.push(leaf)));
        self.end();
    }

    fn end(&mut self) {
        self.ends.push(self.leaves.len());
    }

    fn iter(&self) -> impl Iterator<Item = &[Leaf]> {
        let mut start = 0;
        self.ends.iter().map(move |end| self.leaves.get(std::mem::replace(&mut start, *end)..*end).unwrap_or_default())
    }
}

impl Explorer<'_> {
    /// What to try values of, so that the parts become independent; empty where they already are.
    pub(super) fn pivots(&mut self, expr: &Expr) -> Vec<Pivot> {
        let parts = Parts::of(expr);
        if parts.ends.len() < 2 {
            return Vec::new();
        }
        let mut seen: Vec<(Leaf, Rc<FieldSet>)> = Vec::new();
        let mut here: Vec<(Leaf, Rc<FieldSet>)> = Vec::new();
        let (mut together, mut entangled, mut repeated) = (FieldSet::default(), FieldSet::default(), None);
        for part in parts.iter() {
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
            seen.append(&mut here);
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
            self.open_nodes(*leaf, entangled, &mut met, &mut nodes);
        }
        // The node that stands for most fields with fewest values first: it leaves the fewest combinations.
        if nodes.len() > 1 {
            let rank = |(id, fields): (NodeId, Rc<FieldSet>)| {
                let values = self.possible_node(id).count(self.budget).unwrap_or(usize::MAX);
                ((std::cmp::Reverse(fields.len()), values, id), fields)
            };
            let mut ranked: Vec<_> = nodes.into_iter().map(rank).collect();
            sort_by_key(&mut ranked, |(rank, _)| *rank);
            nodes = ranked.into_iter().map(|((.., id), fields)| (id, fields)).collect();
        }
        let (mut chosen, mut settled) = (Vec::new(), FieldSet::default());
        for (id, fields) in &nodes {
            if fields.overlaps(&settled) || leaves.iter().any(|(leaf, _)| *leaf == Leaf::Node(*id)) {
                continue;
            }
            let (behind, mut met) = (NodeSet::of([*id]), NodeSet::default());
            if !leaves.iter().any(|(leaf, _)| self.reads_besides(*leaf, &behind, fields, &mut met)) {
                settled.merge(fields);
                chosen.push(self.ways_of(Leaf::Node(*id)));
            }
        }
        let rest = |settled: &FieldSet| entangled.iter().filter(|field| !settled.contains(*field)).collect::<Vec<FieldId>>();
        let mut fields: Vec<Pivot> = rest(&settled).into_iter().map(|field| self.ways_of(Leaf::Field(field))).collect();
        sort_by_key(&mut fields, |pivot| if pivot.ways.is_empty() { usize::MAX } else { pivot.ways.len() });
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
        sort_by_key(&mut counted, |(id, _)| *id);
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

    /// Every open node below a leaf, itself included, that depends on some of these open fields, with all open fields on which it depends.
    fn open_nodes(&self, leaf: Leaf, of: &FieldSet, met: &mut NodeSet, found: &mut Vec<(NodeId, Rc<FieldSet>)>) {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => self.plan.field(field).shown,
        };
        let Some(node) = node.filter(|node| met.add(*node)) else { return };
        // What can never depend on them need not be looked into.
        if self.plan.cones.cone(node).is_some_and(|cone| !cone.fields.overlaps(of)) || self.node(node).is_some() {
            return;
        }
        let open = self.open_below(Leaf::Node(node));
        if open.overlaps(of) {
            found.push((node, open));
            self.plan.cones.reads(node).iter().for_each(|leaf| self.open_nodes(*leaf, of, met, found));
        }
    }

    /// Whether a leaf depends on some of these open fields otherwise than through some nodes. Nodes that were met are not looked at again.
    fn reads_besides(&self, leaf: Leaf, behind: &NodeSet, fields: &FieldSet, met: &mut NodeSet) -> bool {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) if fields.contains(field) => return true,
            Leaf::Field(field) => self.plan.field(field).shown.filter(|_| self.state(field) == State::Unclear),
        };
        let Some(node) = node.filter(|node| !behind.contains(*node) && met.add(*node)) else { return false };
        let Some(cone) = self.plan.cones.cone(node) else { return true };
        if !cone.fields.overlaps(fields) || self.node(node).is_some() {
            return false;
        }
        if !cone.nodes.overlaps(behind) {
            return self.open_below(Leaf::Node(node)).overlaps(fields);
        }
        self.plan.cones.reads(node).iter().any(|leaf| self.reads_besides(*leaf, behind, fields, met))
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
                self.plan.cones.reads(node).iter().for_each(|leaf| open.merge(&self.open_below(*leaf)));
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
            self.plan.cones.reads(node).iter().for_each(|leaf| self.open_besides(*leaf, behind, met, open));
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
        expr.for_each_leaf(&mut |leaf| open.merge(&self.open_below(leaf)));
        open
    }
}
