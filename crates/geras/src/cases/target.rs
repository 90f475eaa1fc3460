//! Everything of a definition that a case can touch, each with the condition that it is touched. Runs no case.

use super::edges::sides;
use crate::definition::{ClauseKind, Definition, Form, Hit, ItemType, Role};
use crate::plan::{Accept, DecisionTable, Expr, FieldId, NodeId, Purpose, ScoringPlan, form_itself};
use crate::{Instrument, Pathway};

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Option,
    Band,
    Grade,
    Adjustment,
    Row,
    Edge,
    Finding,
    Alert,
    Setting,
    Rule,
    Clause,
}

/// One thing that a case can touch.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) kind: Kind,
    /// What it is called in a list.
    pub(super) name: String,
    /// What is true of a sheet that touches it, as a sentence.
    pub(super) sentence: String,
    /// Holds on the sheets that touch it.
    pub(super) condition: Expr,
    /// The rules whose results a case for it should look at.
    pub(super) rules: Vec<NodeId>,
}

/// The targets of an instrument.
pub(super) fn of_instrument(instrument: &Instrument) -> Vec<Target> {
    let (definition, plan) = (instrument.definition(), instrument.plan());
    let mut targets = Targets { plan, all: Vec::new() };
    targets.options(definition);
    for (place, set) in definition.band_sets.iter().enumerate() {
        targets.codes(Kind::Band, plan.find(Purpose::Band(place)), |band| {
            (format!("{}: {band}", set.id.value), format!("{} is in the band {band}", set.id.value))
        });
    }
    targets.codes(Kind::Grade, plan.find(Purpose::Grade), |grade| (grade.to_owned(), format!("the grade is {grade}")));
    for (place, score) in definition.scores.iter().enumerate() {
        if let Some(node) = plan.find(Purpose::Score(place)) {
            targets.rows(node, &score.id.value, form_itself(&plan.node(node).expr, score), &score.form.value);
        }
    }
    if let (Some(grade), Some(node)) = (&definition.grade, plan.find(Purpose::Preliminary)) {
        targets.rows(node, "preliminary_grade", &plan.node(node).expr, &grade.preliminary.value);
    }
    let places = |count: usize| 0..count;
    let adjustments = definition.grade.as_ref().map_or(0, |grade| grade.adjustments.len());
    targets.holds(Kind::Adjustment, "the adjustment", places(adjustments).map(Purpose::Adjustment));
    targets.holds(Kind::Finding, "the finding", places(definition.findings.len()).map(Purpose::Finding));
    targets.holds(Kind::Alert, "the alert", places(definition.alerts.len()).map(Purpose::Alert));
    targets.edges();
    targets.all
}

/// The targets of a pathway.
pub(super) fn of_pathway(pathway: &Pathway) -> Vec<Target> {
    let (definition, plan) = (pathway.definition(), pathway.plan());
    let mut targets = Targets { plan, all: Vec::new() };
    targets.options(&definition.head);
    let routing = plan.find(Purpose::Routing);
    targets.codes(Kind::Setting, routing, |kind| (kind.to_owned(), format!("the way leads to {kind}")));
    // Behind the kinds stands the word for those on whom people decide.
    let own = |id: &str| definition.kinds().any(|(_, kind)| kind.id.value == id && kind.source.path() == definition.head.source.path());
    targets.all.retain(|target| target.kind != Kind::Setting || own(&target.name));
    let node = |place: usize| plan.find(Purpose::Clause(place));
    // What is taken over from an extended pathway has its cases there.
    let name = definition.name();
    let conditions = |kind: ClauseKind| -> Vec<(&str, NodeId, bool)> {
        let of = |(place, clause): (usize, &'_ crate::definition::Clause)| (place, *clause.pathway == *name);
        let own: Vec<(usize, bool)> = definition.of_kind(kind).map(of).collect();
        let ids = definition.of_kind(kind).map(|(_, clause)| clause.id.value.as_str());
        ids.zip(own).filter_map(|(id, (place, own))| Some((id, node(place)?, own))).collect()
    };
    let wishes = conditions(ClauseKind::Wish);
    for (kind, word) in [(ClauseKind::Rule, "rule"), (ClauseKind::Wish, "wish")] {
        let clauses = conditions(kind);
        for (place, (id, own, here)) in clauses.iter().enumerate() {
            let before = clauses.iter().take(place).map(|(_, node, _)| *node);
            let over = wishes.iter().filter(|_| kind == ClauseKind::Rule).map(|(_, node, _)| *node);
            if !here {
                continue;
            }
            let not = before.chain(over).map(|node| Expr::Not(Box::new(Expr::Node(node))));
            let condition = Expr::And(std::iter::once(Expr::Node(*own)).chain(not).collect());
            let name = format!("{}: {id}", kind.key());
            targets.push(Kind::Rule, name, format!("the {word} {id} decides"), condition, routing.into_iter().chain([*own]).collect());
        }
    }
    for kind in ClauseKind::ALL.into_iter().filter(|kind| kind.has_a_name()) {
        for (id, node, _) in conditions(kind).into_iter().filter(|(.., here)| *here) {
            let (list, name) = match kind {
                ClauseKind::Alert => (Kind::Alert, id.to_owned()),
                _ => (Kind::Clause, format!("{}: {id}", kind.key())),
            };
            targets.push(list, name, format!("the {} {id} holds", kind.word()), Expr::Node(node), vec![node]);
        }
    }
    targets.edges();
    targets.all
}

struct Targets<'p> {
    plan: &'p ScoringPlan,
    all: Vec<Target>,
}

impl Targets<'_> {
    fn push(&mut self, kind: Kind, name: String, sentence: String, condition: Expr, rules: Vec<NodeId>) {
        if !self.all.iter().any(|known| known.kind == kind && known.name == name) {
            self.all.push(Target { kind, name, sentence, condition, rules });
        }
    }

    /// Every answer of every question with options, and of every question of yes and no.
    fn options(&mut self, definition: &Definition) {
        let plan = self.plan;
        for (place, field) in plan.fields().iter().enumerate() {
            let items = if field.role == Role::Setting { &definition.settings } else { &definition.items };
            if field.role == Role::Entered || items.get(field.place).is_none() {
                continue;
            }
            let (id, own) = (FieldId(place), Expr::Field(FieldId(place)));
            let codes = field.codes.map_or(&[][..], |set| plan.codes(set));
            let mut answers: Vec<(&str, Expr)> = Vec::new();
            match field.kind {
                ItemType::Choice => {
                    for (bit, code) in codes.iter().take(64).enumerate() {
                        answers.push((code, Expr::Accepts(Box::new(own.clone()), Accept::Codes(1 << bit))));
                    }
                }
                ItemType::Choices => {
                    for (code, bit) in codes.iter().zip(0_u8..64) {
                        answers.push((code, Expr::Has(id, bit)));
                    }
                }
                ItemType::Boolean => {
                    answers.push(("false", Expr::Accepts(Box::new(own.clone()), Accept::Booleans(true, false))));
                    answers.push(("true", Expr::Accepts(Box::new(own.clone()), Accept::Booleans(false, true))));
                }
                _ => {}
            }
            let reads = |node: &crate::plan::Node| {
                let mut read = false;
                node.expr.for_each_read(&mut |field| read |= field == id, &mut |_| {});
                read && !matches!(node.purpose, Purpose::Shown(_))
            };
            let rules: Vec<NodeId> =
                plan.nodes().iter().enumerate().filter(|(_, node)| reads(node)).map(|(place, _)| NodeId(place)).collect();
            // A fact that no rule reads changes nothing, whatever the answer.
            let mut hides = false;
            let shown = plan.nodes().iter().filter(|node| matches!(node.purpose, Purpose::Shown(_)));
            shown.for_each(|node| node.expr.for_each_read(&mut |field| hides |= field == id, &mut |_| {}));
            if field.role == Role::Input && rules.is_empty() && !hides {
                continue;
            }
            for (code, answered) in answers {
                // An answer that a hidden question counts as is not an answer that somebody gave.
                let shown = field.shown.map(Expr::Node);
                let condition = Expr::And(shown.into_iter().chain([answered]).collect());
                let (name, sentence) = (format!("{}: {code}", field.id), format!("{} is {code}", field.id));
                self.push(Kind::Option, name, sentence, condition, rules.clone());
            }
        }
    }

    fn codes(&mut self, kind: Kind, node: Option<NodeId>, name: impl Fn(&str) -> (String, String)) {
        let Some(node) = node else { return };
        for (bit, code) in self.plan.codes_of(node).iter().take(64).enumerate() {
            let (name, sentence) = name(code);
            let condition = Expr::Accepts(Box::new(Expr::Node(node)), Accept::Codes(1 << bit));
            self.push(kind, name, sentence, condition, vec![node]);
        }
    }

    fn holds(&mut self, kind: Kind, word: &str, purposes: impl Iterator<Item = Purpose>) {
        for node in purposes.filter_map(|purpose| self.plan.find(purpose)) {
            let id = self.plan.node(node).id.clone();
            let sentence = format!("{word} {id} holds");
            self.push(kind, id, sentence, Expr::Node(node), vec![node]);
        }
    }

    /// The rows of a table, the cells of a matrix, the steps of a lookup, the branches of a tree.
    fn rows(&mut self, node: NodeId, id: &str, expr: &Expr, form: &Form) {
        let mut found: Vec<(String, Expr)> = Vec::new();
        match (expr, form) {
            (Expr::Table(table), Form::Table(_) | Form::Matrix { .. }) => {
                let rows = (0..table.rows.len()).map(|row| (format!("row {}", row + 1), deciding(table, row)));
                found.extend(rows);
                if table.otherwise.is_some() {
                    found.push(("otherwise".to_owned(), none_before(table, table.rows.len())));
                }
            }
            (Expr::Steps(of, steps), Form::Lookup { .. }) => {
                for (place, (edges, _)) in steps.iter().enumerate() {
                    found.push((format!("step {}", place + 1), Expr::Accepts(of.clone(), Accept::Within(*edges))));
                }
            }
            (Expr::If(..), Form::Tree(_)) => branches(expr, &mut Vec::new(), &mut found),
            _ => {}
        }
        for (row, condition) in found {
            self.push(Kind::Row, format!("{id}: {row}"), format!("{row} of {id} decides"), condition, vec![node]);
        }
    }

    fn edges(&mut self) {
        for side in sides(self.plan) {
            let mut rules = vec![side.rule];
            if let Expr::Node(node) = side.of {
                rules.push(node);
            }
            self.push(Kind::Edge, side.name.clone(), side.name, side.condition, rules);
        }
    }
}

/// That a row counts: it accepts the case, and where the first one counts none before it does.
pub(crate) fn deciding(table: &DecisionTable, row: usize) -> Expr {
    let own = accepts(table, row);
    if table.hit != Hit::First {
        return own;
    }
    Expr::And(vec![own, none_before(table, row)])
}

/// That none of the first rows accepts the case.
pub(crate) fn none_before(table: &DecisionTable, count: usize) -> Expr {
    Expr::And((0..count).map(|row| Expr::Not(Box::new(accepts(table, row)))).collect())
}

/// That a row accepts the case.
pub(crate) fn accepts(table: &DecisionTable, row: usize) -> Expr {
    let cells = table.rows.get(row).map_or(&[][..], |(cells, _)| cells.as_slice());
    let tests = table.columns.iter().zip(cells).filter(|(_, cell)| **cell != Accept::Any);
    Expr::And(tests.map(|(column, cell)| Expr::Accepts(Box::new(column.clone()), cell.clone())).collect())
}

/// The leaves of a tree, each with the answers that lead there.
fn branches(expr: &Expr, path: &mut Vec<Expr>, found: &mut Vec<(String, Expr)>) {
    if let Expr::If(test, then, otherwise) = expr {
        path.push(test.as_ref().clone());
        branches(then, path, found);
        path.pop();
        path.push(Expr::Not(test.clone()));
        branches(otherwise, path, found);
        path.pop();
    } else {
        found.push((format!("branch {}", found.len() + 1), Expr::And(path.clone())));
    }
}

/// What a case should expect that is about some rules: `(key, id)`; the id is empty where the key alone is enough.
pub(crate) fn asked(
    plan: &ScoringPlan,
    definition: &Definition,
    pathway: Option<&Pathway>,
    rules: &[NodeId],
) -> Vec<(&'static str, String)> {
    let mut asked: Vec<(&'static str, String)> = Vec::new();
    let mut add = |key: &'static str, id: &str| {
        if !asked.iter().any(|(known, other)| *known == key && other == id) {
            asked.push((key, id.to_owned()));
        }
    };
    let mut for_grade = false;
    for node in rules.iter().map(|rule| plan.node(*rule)) {
        match node.purpose {
            Purpose::Score(_) => {
                add("scores", &node.id);
                let cut = definition.band_sets.iter().filter(|set| set.of.value == node.id);
                cut.for_each(|set| add("bands", &set.id.value));
                for_grade = true;
            }
            Purpose::Band(place) => {
                add("bands", &node.id);
                definition.band_sets.get(place).iter().for_each(|set| add("scores", &set.of.value));
                for_grade = true;
            }
            Purpose::Preliminary => {
                add("preliminary_grade", "");
                for_grade = true;
            }
            Purpose::Adjustment(_) => {
                add("adjustments", "");
                for_grade = true;
            }
            Purpose::Grade => for_grade = true,
            Purpose::Finding(_) => add("findings", ""),
            Purpose::Alert(_) => add("alerts", ""),
            Purpose::Clause(place) => {
                let clause = pathway.and_then(|pathway| pathway.definition().clauses.get(place));
                match clause.map(|clause| clause.kind) {
                    Some(ClauseKind::Rule) => add("rule", ""),
                    Some(ClauseKind::Wish) => add("wish", ""),
                    Some(kind) if kind.has_a_name() => add(kind.key(), ""),
                    _ => {}
                }
            }
            Purpose::Routing | Purpose::Proposal | Purpose::RoutingSetting | Purpose::ProposalSetting => add("routing", ""),
            Purpose::Shown(_) | Purpose::Wanted(_) => {}
        }
    }
    if for_grade && definition.grade.is_some() {
        add("grade", "");
    }
    if asked.is_empty() && pathway.is_some() {
        asked.push(("routing", String::new()));
    }
    if asked.is_empty() {
        // A question that no rule reads by itself: look at everything there is.
        asked.extend(definition.scores.iter().map(|score| ("scores", score.id.value.clone())));
        asked.extend(definition.grade.iter().map(|_| ("grade", String::new())));
    }
    asked
}
